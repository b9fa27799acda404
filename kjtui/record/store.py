"""Opening a store: a TinyDB file, read once, never written, turned into a record.

TinyDB itself is left to ``check``, which sees that it reads the same: importing it takes as long as all the
rest of the reading.
"""

from __future__ import annotations

import hashlib
import re
import stat
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from kjtui.record.model import Dataset, Event, Meeting, Record, Source, Term, Track, Value
from kjtui.record.partial_date import PartialDate
from kjtui.record.sanitize import may_need_sanitizing, sanitize, sanitize_tree

TABLES: Mapping[str, type[Value]] = {
    "dataset": Dataset,
    "tracks": Track,
    "meetings": Meeting,
    "events": Event,
    "sources": Source,
    "terms": Term,
}

_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_LARGEST = 500_000_000
"""Bytes of a file beyond which it is not read: some ten times as much memory would be needed."""
_LONGEST = 160
"""Characters of a part of a fault."""

Tables = dict[str, dict[str, dict[str, Any]]]
"""What a TinyDB file holds: documents by number, by table."""

T = TypeVar("T", bound=Value)


class StoreError(Exception):
    """A store that cannot be used; the message is one line that names the file and the fault."""


class Fault(NamedTuple):
    """One thing that is wrong with a store."""

    table: str
    id: str
    field: str
    what: str

    def __str__(self) -> str:
        """The fault in one line: ids and field names come from the file, so they are cleaned and cut."""
        return ": ".join(_shown(part) for part in self if part)


def _shown(part: str) -> str:
    part = sanitize(part)
    return part if len(part) <= _LONGEST else part[:_LONGEST] + "…"


def default_store() -> Path:
    """The path of the store that comes with the package."""
    package = Path(__file__).parent.parent
    shipped = package / "data.json"
    return shipped if shipped.exists() else package.parent / "data.json"


def load(path: Path) -> Record:
    """The record in the store at ``path``.

    Raises ``StoreError`` where the file cannot be read, is not a TinyDB store, or holds something that
    the model does not allow or a reference to something that is not there.
    """
    digest, tables = read(path)
    values, faults = parse(tables)
    if not faults:
        record = build(digest, values, "" if path == default_store() else sanitize(path.name))
        faults.extend(dangling(record))
        if not faults:
            return record
    more = f" (and {len(faults) - 1} more: kjtui check)" if len(faults) > 1 else ""
    raise StoreError(f"{sanitize(str(path))}: {faults[0]}{more}")


def read(path: Path, *, as_written: bool = False) -> tuple[str, Tables]:
    """The sha256 of the file and the documents of each table by number, with clean text or as written.

    Raises ``StoreError`` where the file cannot be read or is not a TinyDB store.
    """
    name = sanitize(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise StoreError(f"{name}: not a file")
        if status.st_size > _LARGEST:
            raise StoreError(f"{name}: larger than {_LARGEST // 1_000_000} MB")
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StoreError(f"{name}: cannot be read: {reason}") from None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise StoreError(f"{name}: not UTF-8 at byte {error.start}") from None
    try:
        root = msgspec.json.decode(raw.removeprefix(BOM_UTF8))
        _require_tables(root, name)
        if not as_written and may_need_sanitizing(raw):
            root = sanitize_tree(root)
    except msgspec.DecodeError as error:
        raise StoreError(f"{name}: not JSON: {_shown(str(error))}") from None
    except RecursionError:
        raise StoreError(f"{name}: not a store: nested too deeply") from None
    except ValueError as error:
        raise StoreError(f"{name}: not a store: {error}") from None
    return hashlib.sha256(raw).hexdigest(), root


def _require_tables(root: Any, name: str) -> None:
    if not isinstance(root, dict):
        raise StoreError(f"{name}: not a TinyDB store: its root is not an object")
    for table, documents in root.items():
        if not isinstance(documents, dict) or not all(isinstance(one, dict) for one in documents.values()):
            raise StoreError(f"{name}: {_shown(table)}: not a TinyDB table")
        if not all(map(_NUMBER.fullmatch, documents)):
            raise StoreError(f"{name}: {_shown(table)}: documents are not under running numbers")


def parse(tables: Tables) -> tuple[dict[str, list[Any]], list[Fault]]:
    """The values of each table, and what keeps documents from being such values."""
    values: dict[str, list[Any]] = {}
    faults = [Fault(table, "", "", "unknown table") for table in sorted({*tables} - {*TABLES})]
    for table, kind in TABLES.items():
        values[table], more = _convert(table, tables.get(table, {}), kind)
        faults += more
        if table != "dataset":
            faults += _repeated(table, values[table])
    if len(values["dataset"]) != 1 and not any(fault.table == "dataset" for fault in faults):
        faults.append(Fault("dataset", "", "", f"needs one document, has {len(values['dataset'])}"))
    for table in ("tracks", "events"):
        if not tables.get(table):
            faults.append(Fault(table, "", "", "is empty"))
    return values, faults


def _convert(
    table: str, documents: Mapping[str, dict[str, Any]], kind: type[T]
) -> tuple[list[T], list[Fault]]:
    try:
        return msgspec.convert([*documents.values()], list[kind], dec_hook=_decode), []  # type: ignore[valid-type]  # a type made at run time
    except msgspec.ValidationError:
        values, faults = [], []
        for number, document in documents.items():
            try:
                values.append(msgspec.convert(document, kind, dec_hook=_decode))
            except msgspec.ValidationError as error:
                what, _, where = str(error).partition(" - at `$")
                identity = document.get("id")
                name = identity if isinstance(identity, str) else f"document {number}"
                faults.append(Fault(table, name, where.strip("`."), what))
        return values, faults


def _repeated(table: str, entries: list[Any]) -> Iterator[Fault]:
    """Ids that more than one entry has, or more than one state of a track."""
    for identity, count in Counter(entry.id for entry in entries).items():
        if count > 1:
            yield Fault(table, identity, "id", f"used {count} times")
    if table == "tracks":
        for track in entries:
            for identity, count in Counter(state.id for state in track.states).items():
                if count > 1:
                    yield Fault(table, track.id, "states", f"{identity} used {count} times")


def _decode(kind: type, value: Any) -> Any:
    if kind is PartialDate and isinstance(value, str):
        return PartialDate(value)
    raise ValueError("Expected a date")


def build(digest: str, values: Mapping[str, list[Any]], store: str = "") -> Record:
    """A record of parsed values; of entries with one id, the first stands."""

    def by_id(table: str) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for value in values[table]:
            entries.setdefault(value.id, value)
        return entries

    return Record(
        digest=digest,
        store=store,
        dataset=values["dataset"][0],
        tracks=by_id("tracks"),
        meetings=by_id("meetings"),
        events=tuple(sorted(values["events"], key=lambda event: event.day)),
        sources=by_id("sources"),
        terms=by_id("terms"),
    )


def dangling(record: Record) -> Iterator[Fault]:
    """References to what is not there: nothing can be worked out while one is left."""
    coverage = record.dataset.coverage
    if coverage.last < coverage.first:
        yield Fault("dataset", "", "coverage", "ends before it begins")
    states = {track.id: {state.id for state in track.states} for track in record.tracks.values()}
    for track in record.tracks.values():
        if track.initial.state not in states[track.id]:
            yield Fault("tracks", track.id, "initial.state", f"unknown state {track.initial.state!r}")
        yield from _unknown("tracks", track.id, "initial.sources", track.initial.sources, record.sources)
    for term in record.terms.values():
        yield from _unknown("terms", term.id, "sources", term.sources, record.sources)
    for event in record.events:
        yield from _unknown("events", event.id, "sources", event.sources, record.sources)
        yield from _unknown("events", event.id, "actors", event.actors, record.dataset.actors)
        yield from _unknown("events", event.id, "says", event.says, record.dataset.actors)
        for dispute in event.disputed:
            for reading in dispute.readings:
                yield from _unknown("events", event.id, "disputed", reading.sources, record.sources)
        for index, effect in enumerate(event.effects):
            if effect.track not in states:
                yield Fault("events", event.id, f"effects[{index}].track", f"unknown id {effect.track!r}")
            elif effect.state not in states[effect.track]:
                what = f"unknown state {effect.state!r} of {effect.track}"
                yield Fault("events", event.id, f"effects[{index}].state", what)
        yield from _unknown("events", event.id, "touches", event.touches, record.tracks)
        if event.meeting:
            yield from _unknown("events", event.id, "meeting.id", [event.meeting.id], record.meetings)
            heads = event.meeting.heads or {}
            yield from _unknown("events", event.id, "meeting.heads", heads, record.dataset.actors)


def _unknown(table: str, name: str, field: str, ids: Any, known: Mapping[str, object]) -> Iterator[Fault]:
    for identity in ids:
        if identity not in known:
            yield Fault(table, name, field, f"unknown id {identity!r}")
