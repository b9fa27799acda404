"""Parse the provenance footer of an export, in any document format."""

from __future__ import annotations

import re
from datetime import date

import msgspec
from msgspec import Struct

from kjtui.documents.provenance import NAMES, OPTIONAL, Kind, Provenance, Request
from kjtui.languages import ENGLISH, LANGUAGES

_DAYS: dict[Kind, int] = {"snapshot": 1, "comparison": 2, "track": 1, "event": 1, "meeting": 1, "term": 1}
"""How many days the request for each kind of document contains."""

_WITH_ID = ("track", "event", "meeting", "term")
"""The kinds of document with an id in the request."""

_OPTIONS: dict[Kind, tuple[str, ...]] = {
    "snapshot": ("full", "notes"),
    "comparison": ("full",),
    "track": ("full",),
}
"""The options of each kind of document, in output order."""

_FIRST_SCHEMA = re.compile(r' *"schema": "kjtui/(snapshot|comparison|track|why)/1",')
_LIST = re.compile(
    r"^(Document: events |<dt>Document</dt><dd>events | *\"schema\": \"kjtui/\w+/1\",)", re.MULTILINE
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse_provenance(text: str) -> Provenance | None:
    """Return the provenance of an export, or ``None`` if it is missing or invalid.

    The text must not contain carriage returns at line ends.
    """
    return _parse_footer(text.split("\n")) or _parse_json(text)


def is_first_edition(text: str) -> bool:
    """Return whether a text looks like an export of kjtui 0.1."""
    lines = text.split("\n")
    if len(lines) > 1 and _FIRST_SCHEMA.fullmatch(lines[1]):
        return True
    return any(line.startswith("Data: ") for line in lines) and any(
        line.startswith(("Again: kjtui ", "Again: `")) for line in lines
    )


def is_list(text: str) -> bool:
    """Return whether a text looks like an exported list: a document of selected events, or a JSON list."""
    return _LIST.search(text) is not None


def _parse_footer(lines: list[str]) -> Provenance | None:
    """Return the provenance in the last footer, or ``None`` if there is no valid footer."""
    values: dict[str, str] = {}
    for name, value in map(_parse_line, reversed(lines)):
        if name in NAMES:
            values.setdefault(name, value)
        if name == NAMES[0]:
            break
    values = OPTIONAL | values
    if len(values) < len(NAMES):
        return None
    try:
        title, version, digest, asked, format_name, language, store = (
            _unquoted(values[name]) for name in NAMES
        )
    except msgspec.DecodeError:
        return None
    request = _parse_request(asked)
    if request is None or language not in LANGUAGES:
        return None
    return Provenance(title, version, digest, request, format_name, store, language)


def _parse_line(line: str) -> tuple[str, str]:
    """Split a footer line into name and value. The line can be plain text or HTML."""
    if line.startswith("<dt>"):
        from html import unescape  # imported only for HTML, because the module has a large table

        name, _, value = line.removeprefix("<dt>").partition("</dt><dd>")
        return name, unescape(value.removesuffix("</dd>"))
    name, _, value = line.partition(": ")
    return name, value


def _unquoted(value: str) -> str:
    return msgspec.json.decode(value, type=str) if value.startswith('"') else value


def _parse_request(text: str) -> Request | None:
    """Parse the text of a ``Request``. An id may contain spaces."""
    kind, _, arguments = text.partition(" ")
    arguments, of_section, section = arguments.partition(" --section=")  # a section name may contain spaces
    for request_kind, count in _DAYS.items():
        if kind == request_kind:
            words = arguments.split(" ")
            possible = _OPTIONS.get(request_kind, ())
            options = tuple(option for option in possible if f"--{option}" in words)
            words = words[: len(words) - len(options)]
            if of_section:
                options = (*options, f"section={section}")
            identity, days = " ".join(words[:-count]), [_parse_day(word) for word in words[-count:]]
            valid_days = tuple(day for day in days if day)
            request = Request(request_kind, valid_days, identity, options)
            complete = len(valid_days) == count and bool(identity) == (request_kind in _WITH_ID)
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
    language: str = ENGLISH


class _Named(Struct):
    id: str


class _Export(Struct):
    """The fields of a JSON export that are needed to reproduce the export."""

    schema: str
    dataset: _Dataset
    as_of: date | None = None
    before: date | None = None
    after: date | None = None
    track: _Named | None = None
    event: _Named | None = None
    meeting: _Named | None = None
    notes: object = None


def _parse_json(text: str) -> Provenance | None:
    try:
        said = msgspec.json.decode(text, type=_Export)
    except (msgspec.DecodeError, RecursionError):
        return None
    match said:
        case _Export(schema="kjtui/snapshot/2", as_of=date() as day):
            request = Request("snapshot", (day,), options=() if said.notes is None else ("notes",))
        case _Export(schema="kjtui/comparison/2", before=date() as day, after=date() as later_day):
            request = Request("comparison", (day, later_day))
        case _Export(schema="kjtui/track/3", as_of=date() as day, track=_Named(id=identity)):
            request = Request("track", (day,), identity)
        case _Export(schema="kjtui/meeting/1", as_of=date() as day, meeting=_Named(id=identity)):
            request = Request("meeting", (day,), identity)
        case _Export(schema="kjtui/event/1", as_of=date() as day, event=_Named(id=identity)):
            request = Request("event", (day,), identity)
        case _:
            return None
    dataset = said.dataset
    if dataset.language not in LANGUAGES:
        return None
    return Provenance(
        dataset.title, dataset.version, dataset.digest, request, "json", language=dataset.language
    )
