"""What an export says of itself: from which record it was drawn, and how to make it again.

The footer is one ``Name: value`` a line, never wrapped, so that a program reads it back as it was written. A
value whose white space could get lost is a JSON string. ``Again`` is for people: no program reads it, and the
command in it is never run. JSON exports carry the same in their fields.
"""

from __future__ import annotations

import re
import shlex
from datetime import date
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

Kind = Literal["snapshot", "comparison", "track", "event"]

_COMMANDS: dict[Kind, str] = {
    "snapshot": "snapshot",
    "comparison": "compare",
    "track": "track",
    "event": "event",
}
"""The command that makes each kind of document."""

_DAYS: dict[Kind, int] = {"snapshot": 1, "comparison": 2, "track": 1, "event": 1}
"""How many days each kind of document is about."""

_WITH_ID = ("track", "event")
"""The kinds of document that are about one thing, named by its id."""

_OPTIONS = ("full", "notes")
"""What a snapshot can be asked to hold besides: every event and source, and the reader's notes."""

_NAMES = ("Record", "Version", "SHA-256", "Document", "Format", "Store")
"""The names of the lines that are read back; ``Store`` is left out for the store of the package."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Request(NamedTuple):
    """Which document: its kind, its days, the id of its track or event, and options."""

    kind: Kind
    days: tuple[date, ...]
    id: str = ""
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return ``track photoresist 2020-03-10``."""
        return " ".join(filter(None, (self.kind, self.id, *self._words)))

    @property
    def command(self) -> str:
        """The command that prints the document, without options."""
        return shlex.join(filter(None, ("kjtui", _COMMANDS[self.kind], self.id, *self._words)))

    @property
    def _words(self) -> list[str]:
        return [*map(str, self.days), *(f"--{option}" for option in self.options)]


class Provenance(NamedTuple):
    """From which record an export was drawn, and how to make it again.

    Attributes:
        title: the title of the record.
        version: the version of the record.
        digest: the sha256 of the store.
        store: the name of the store's file; empty for the store of the package and in JSON exports.
    """

    title: str
    version: str
    digest: str
    request: Request
    format: str
    store: str = ""

    @property
    def command(self) -> str:
        """The command that prints the export."""
        options = [] if self.format == "text" else ["--format", self.format]
        options += ["--store", self.store] if self.store else []
        return f"{self.request.command} {shlex.join(options)}".strip()

    def fields(self) -> list[tuple[str, str]]:
        """Return the lines of the footer as name and value."""
        values = (self.title, self.version, self.digest, str(self.request), self.format, self.store)
        read_back = [(name, _quoted(value)) for name, value in zip(_NAMES, values, strict=True)]
        return [*(read_back if self.store else read_back[:-1]), ("Again", self.command)]


def parse_provenance(text: str) -> Provenance | None:
    """Return what an export with plain line ends says of itself; ``None`` where the footer is missing."""
    return _parse_footer(text.split("\n")) or _parse_json(text)


def is_first_edition(text: str) -> bool:
    """Return whether a text is like the exports of kjtui 0.1."""
    lines = text.split("\n")
    if len(lines) > 1 and lines[1].startswith('  "schema": "kjtui/') and lines[1].endswith('/1",'):
        return True
    return any(line.startswith("Data: ") for line in lines) and any(
        line.startswith(("Again: kjtui ", "Again: `")) for line in lines
    )


def _quoted(value: str) -> str:
    """Return a value as it is, or as a JSON string where reading it back could change it."""
    bare = value and value == " ".join(value.split()) and not value.startswith('"')
    return value if bare else msgspec.json.encode(value).decode()


def _parse_footer(lines: list[str]) -> Provenance | None:
    """Read the lines of the last footer."""
    found: dict[str, str] = {}
    for name, value in map(_parse_line, reversed(lines)):
        if name in _NAMES:
            found.setdefault(name, value)
        if name == _NAMES[0]:
            break
    found.setdefault("Store", "")
    if len(found) < len(_NAMES):
        return None
    try:
        title, version, digest, asked, format_name, store = (_unquoted(found[name]) for name in _NAMES)
    except msgspec.DecodeError:
        return None
    request = _parse_request(asked)
    return request and Provenance(title, version, digest, request, format_name, store)


def _parse_line(line: str) -> tuple[str, str]:
    """Split a line of a footer, plain or HTML, into name and value."""
    if line.startswith("<dt>"):
        from html import unescape  # only reading HTML needs its table of entities

        name, _, value = line.removeprefix("<dt>").partition("</dt><dd>")
        return name, unescape(value.removesuffix("</dd>"))
    name, _, value = line.partition(": ")
    return name, value


def _unquoted(value: str) -> str:
    return msgspec.json.decode(value, type=str) if value.startswith('"') else value


def _parse_request(text: str) -> Request | None:
    """Read what ``Request`` writes. An id may hold spaces."""
    kind, _, rest = text.partition(" ")
    for known, count in _DAYS.items():
        if kind == known:
            words = rest.split(" ")
            options = tuple(option for option in _OPTIONS if known == "snapshot" and f"--{option}" in words)
            words = words[: len(words) - len(options)]
            identity, days = " ".join(words[:-count]), [_parse_day(word) for word in words[-count:]]
            found = tuple(day for day in days if day)
            request = Request(known, found, identity, options)
            complete = len(found) == count and bool(identity) == (known in _WITH_ID)
            return request if complete and str(request) == text else None
    return None


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


class _Dataset(Struct):
    title: str
    version: str
    digest: str


class _Named(Struct):
    id: str


class _Export(Struct):
    """The fields of a JSON export by which it can be made again."""

    schema: str
    dataset: _Dataset
    as_of: date | None = None
    before: date | None = None
    after: date | None = None
    track: _Named | None = None
    event: _Named | None = None
    notes: object = None


def _parse_json(text: str) -> Provenance | None:
    try:
        said = msgspec.json.decode(text, type=_Export)
    except (msgspec.DecodeError, RecursionError):
        return None
    match said:
        case _Export(schema="kjtui/snapshot/2", as_of=date() as day):
            request = Request("snapshot", (day,), options=() if said.notes is None else ("notes",))
        case _Export(schema="kjtui/comparison/2", before=date() as day, after=date() as other):
            request = Request("comparison", (day, other))
        case _Export(schema="kjtui/reason/2", as_of=date() as day, track=_Named(id=identity)):
            request = Request("track", (day,), identity)
        case _Export(schema="kjtui/event/1", as_of=date() as day, event=_Named(id=identity)):
            request = Request("event", (day,), identity)
        case _:
            return None
    return Provenance(said.dataset.title, said.dataset.version, said.dataset.digest, request, "json")
