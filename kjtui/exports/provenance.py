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

Kind = Literal["snapshot", "comparison", "reason"]

_COMMANDS: dict[Kind, str] = {"snapshot": "snapshot", "comparison": "compare", "reason": "why"}
"""The command that makes each kind of document."""

_DAYS: dict[Kind, int] = {"snapshot": 1, "comparison": 2, "reason": 1}
"""How many days each kind of document is about."""

_NAMES = ("Record", "Version", "SHA-256", "Document", "Format", "Store")
"""The names of the lines that are read back; ``Store`` is left out for the store of the package."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Request(NamedTuple):
    """Which document: its kind, its days and, for a reason, the id of its track."""

    kind: Kind
    days: tuple[date, ...]
    track: str = ""

    def __str__(self) -> str:
        """Return ``reason photoresist 2020-03-10``."""
        return " ".join(filter(None, (self.kind, self.track, *map(str, self.days))))

    @property
    def command(self) -> str:
        """The command that prints the document, without options."""
        return shlex.join(filter(None, ("kjtui", _COMMANDS[self.kind], self.track, *map(str, self.days))))


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
    """Return whether a text ends like the text and Markdown exports of kjtui 0.1."""
    lines = text.split("\n")
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
    """Read what ``Request`` writes. The id of a track may hold spaces."""
    kind, _, rest = text.partition(" ")
    for known, count in _DAYS.items():
        if kind == known:
            words = rest.split(" ")
            track, days = " ".join(words[:-count]), [_parse_day(word) for word in words[-count:]]
            found = tuple(day for day in days if day)
            complete = len(found) == count and bool(track) == (known == "reason")
            return Request(known, found, track) if complete else None
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


class _Track(Struct):
    id: str


class _Export(Struct):
    """The fields of a JSON export by which it can be made again."""

    schema: str
    dataset: _Dataset
    as_of: date | None = None
    before: date | None = None
    after: date | None = None
    track: _Track | None = None


def _parse_json(text: str) -> Provenance | None:
    try:
        said = msgspec.json.decode(text, type=_Export)
    except (msgspec.DecodeError, RecursionError):
        return None
    match said:
        case _Export(schema="kjtui/snapshot/1", as_of=date() as day):
            request = Request("snapshot", (day,))
        case _Export(schema="kjtui/comparison/1", before=date() as day, after=date() as other):
            request = Request("comparison", (day, other))
        case _Export(schema="kjtui/reason/1", as_of=date() as day, track=_Track(id=track)):
            request = Request("reason", (day,), track)
        case _:
            return None
    return Provenance(said.dataset.title, said.dataset.version, said.dataset.digest, request, "json")
