"""The provenance of an export: the record, and the command that reproduces the export.

The footer has one ``Name: value`` per line and is never wrapped, so that a program can read it back. A value
with significant whitespace is a JSON string. The line ``Again`` contains the command, but only for people: no
program reads the line or runs the command. JSON exports have fields instead of a footer.
"""

from __future__ import annotations

import shlex
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from kjtui.languages import ENGLISH

Kind = Literal["snapshot", "comparison", "track", "event", "events", "meeting", "term"]

_COMMANDS: dict[Kind, str] = {
    "snapshot": "snapshot",
    "comparison": "compare",
    "track": "track",
    "event": "event",
    "events": "events",
    "meeting": "meeting",
    "term": "term",
}
"""The command that prints each kind of document."""

NAMES = ("Record", "Version", "SHA-256", "Document", "Format", "Language", "Store")
"""Names of the footer lines that ``verify`` reads."""

OPTIONAL = {"Language": ENGLISH, "Store": ""}
"""Default values of optional footer lines: English, and the bundled store."""


class Request(Struct, frozen=True):
    """The request for a document: kind, days, id of the subject, and options.

    ``arguments`` are the command-line arguments that select the events of a list. They include the days.
    """

    kind: Kind
    days: tuple[date, ...]
    id: str = ""
    options: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the request as text, such as ``track photoresist 2020-03-10``."""
        return " ".join(filter(None, (self.kind, self.id, *self._words)))

    @property
    def command(self) -> str:
        """The command that prints the document, without the options for format, language and store."""
        return shlex.join(filter(None, ("kjtui", _COMMANDS[self.kind], self.id, *self._words)))

    @property
    def _words(self) -> list[str]:
        if self.arguments:
            return list(self.arguments)
        return [*map(str, self.days), *(f"--{option}" for option in self.options)]


class Provenance(Struct, frozen=True):
    """The data of a provenance footer: the record and the format of an export, and the requested document.

    Attributes:
        title: the title of the record.
        version: the version of the record.
        digest: the sha256 of the store.
        store: the file name of the store; empty for the bundled store and in JSON exports.
        language: the code of the text's language.
    """

    title: str
    version: str
    digest: str
    request: Request
    format: str
    store: str = ""
    language: str = ENGLISH

    @property
    def command(self) -> str:
        """The command that prints the export."""
        options = [] if self.format == "text" else ["--format", self.format]
        options += ["--lang", self.language] if self.language != ENGLISH else []
        options += ["--store", self.store] if self.store else []
        return f"{self.request.command} {shlex.join(options)}".strip()

    def fields(self) -> list[tuple[str, str]]:
        """Return the lines of the footer as pairs of name and value."""
        request = str(self.request)
        values = (self.title, self.version, self.digest, request, self.format, self.language, self.store)
        lines = []
        for name, value in zip(NAMES, values, strict=True):
            if value != OPTIONAL.get(name):
                lines.append((name, _quoted(value)))
        return [*lines, ("Again", self.command)]


def _quoted(value: str) -> str:
    """Return a value unchanged, or as a JSON string if a parser could change the unquoted value."""
    bare = value and value == " ".join(value.split()) and not value.startswith('"')
    return value if bare else msgspec.json.encode(value).decode()
