"""What an export says of itself in its last lines: the command that printed it, and from which record.

An export to read is data from anywhere: the command in it is taken apart by a grammar of its own and never
run. JSON says the same in its fields.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kjtui.exports.json import DatasetJson

_TAIL = 16_384
"""How many of the last characters are searched: no line of an honest export is nearly so long."""

_DATA = re.compile(r"Data: .*, version (?P<version>.*), sha256 `?(?P<digest>[0-9a-f]{64})`?")
_CODE = re.compile(r"(`+)(?P<code>.*)\1")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Command(NamedTuple):
    """A command that prints a document: ``snapshot``, ``compare`` or ``why``, of its track and days."""

    name: str
    days: tuple[date, ...]
    track: str = ""

    def __str__(self) -> str:
        """The command as it is typed, without options."""
        return shlex.join(filter(None, ("kjtui", self.name, self.track, *map(str, self.days))))


class Claim(NamedTuple):
    """What an export says of itself.

    ``store`` is the name of the store's file, empty for the one that comes with the program. JSON tells the
    ``title`` of the record instead, which the other formats leave empty here.
    """

    command: Command
    format: str
    version: str
    digest: str
    store: str = ""
    title: str = ""


def claim(text: str) -> Claim | None:
    """What an export with plain line ends says of itself; ``None`` where it says nothing of the kind."""
    return _of_lines(text[-_TAIL:].split("\n")) or _of_json(text)


def _of_lines(lines: Sequence[str]) -> Claim | None:
    """What the last lines of text and Markdown say."""
    again = _last(lines, "Again: ")
    data = _last(lines[:again], "Data: ") if again is not None else None
    if again is None or data is None:
        return None
    about = _DATA.fullmatch(_joined(lines[data:again]))
    end = next((i for i, line in enumerate(lines) if i > again and line[:6].strip()), len(lines))
    typed = _joined(lines[again:end]).removeprefix("Again: ")
    code = _CODE.fullmatch(typed)
    try:
        typed_words = shlex.split(code["code"] if code else typed)
    except ValueError:  # a quotation without an end
        return None
    store, typed_format = "", "text"
    if "--store" in typed_words:
        place = typed_words.index("--store")
        store, typed_words = "".join(typed_words[place + 1 :]), typed_words[:place]
    if typed_words[-2:] == ["--format", "markdown"]:
        typed_format, typed_words = "markdown", typed_words[:-2]
    command = _command(typed_words)
    if command is None or about is None:
        return None
    return Claim(command, typed_format, about["version"].replace("\\", ""), about["digest"], store)


def _last(lines: Sequence[str], beginning: str) -> int | None:
    """The place of the last line that begins so."""
    return next((i for i in reversed(range(len(lines))) if lines[i].startswith(beginning)), None)


def _joined(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())


def _command(typed: list[str]) -> Command | None:
    match typed:
        case ["kjtui", "snapshot", day]:
            return _of_days("snapshot", day)
        case ["kjtui", "compare", day, other]:
            return _of_days("compare", day, other)
        case ["kjtui", "why", *track, day]:  # an id wider than a line is in pieces
            return _of_days("why", day, track="".join(track))
    return None


def _of_days(name: str, *days: str, track: str = "") -> Command | None:
    try:
        found = tuple(date.fromisoformat(day) for day in days if _DAY.fullmatch(day))
    except ValueError:
        return None
    return Command(name, found, track) if len(found) == len(days) else None


class _TrackJson(Struct):
    id: str


class _ExportJson(Struct):
    """The fields of an export by which it can be made again."""

    schema: str
    dataset: DatasetJson
    as_of: date | None = None
    before: date | None = None
    after: date | None = None
    track: _TrackJson | None = None


def _of_json(text: str) -> Claim | None:
    try:
        said = msgspec.json.decode(text, type=_ExportJson)
    except (msgspec.DecodeError, RecursionError):
        return None
    match said:
        case _ExportJson(schema="kjtui/snapshot/1", as_of=date() as day):
            command = Command("snapshot", (day,))
        case _ExportJson(schema="kjtui/comparison/1", before=date() as day, after=date() as other):
            command = Command("compare", (day, other))
        case _ExportJson(schema="kjtui/reason/1", as_of=date() as day, track=_TrackJson(id=track)):
            command = Command("why", (day,), track)
        case _:
            return None
    return Claim(command, "json", said.dataset.version, said.dataset.digest, title=said.dataset.title)
