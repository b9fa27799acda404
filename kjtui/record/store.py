"""Load a record from a store: read it through TinyDB, convert it to the model, check its references."""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

import msgspec

from kjtui.record.model import Meeting, Record, Series, Source, StoreFile, Term, Track, Value
from kjtui.record.partial_date import PartialDate, Period
from kjtui.record.sanitize import sanitize
from kjtui.record.storage import (
    EncodedDocument,
    ReadOnlyStorage,
    StoreDatabase,
    StoreError,
    is_folder,
    shorten,
)

_MODELS: Mapping[str, type[Value]] = {
    field.name: get_args(field.type)[1] for field in msgspec.structs.fields(StoreFile)
}
"""The model of the documents of each table."""

V = TypeVar("V", bound=Value)
Identified = TypeVar("Identified", Track, Meeting, Series, Source, Term)

_LIMIT = re.compile("Expected `(?P<type>str|array)` of length <= (?P<limit>[0-9]+)")


class Fault(NamedTuple):
    """A violation of the store's rules; parts that do not apply are empty."""

    table: str
    id: str
    field: str
    message: str

    def __str__(self) -> str:
        """Return one line. Ids and field names come from the file, so they are sanitized and cut."""
        return ": ".join(shorten(part) for part in self if part)


def default_store() -> Path:
    """Return the path of the store that comes with the package."""
    package = Path(__file__).parent.parent
    shipped = package / "data.json"
    return shipped if shipped.exists() else package.parent / "data.json"


def load(path: Path) -> Record:
    """Return the record in the store at ``path``.

    Raises ``StoreError`` if the file cannot be read, is not a TinyDB store, holds a value that the model
    does not allow, or refers to an id that does not exist.
    """
    with _no_collection():
        file, faults, digest = _read(path)
        if not faults:
            name = "" if path == default_store() else sanitize(path.absolute().name)
            record = build_record(file, digest, name)
            faults.extend(unresolved_references(record))
            if not faults:
                return record
    more = f" (and {len(faults) - 1} more: kjtui check)" if len(faults) > 1 else ""
    raise StoreError(describe_faults(path, faults[:1])[0] + more)


def describe_faults(path: Path, faults: Iterable[Fault]) -> list[str]:
    """Return one line per fault, with the path; in a folder also with the file, line and column."""
    name = sanitize(str(path))
    if not is_folder(path):
        return [f"{name}: {fault}" for fault in faults]
    from kjtui.record.folder.text_folder import TextFolder

    folder = TextFolder(path)
    lines = []
    for fault in faults:
        place = folder.place(fault.table, fault.id, fault.field)
        lines.append(f"{name}/{shorten(str(place))}: {fault}")
    return lines


def _read(path: Path) -> tuple[StoreFile, list[Fault], str]:
    """Return the parsed file, its faults and its digest; free its bytes, which a large store has many of."""
    storage = ReadOnlyStorage(path)
    return *parse(storage), storage.digest


@contextmanager
def _no_collection() -> Iterator[None]:
    """Suspend garbage collection: all that is built here lives on, and is much in a large store."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def parse(storage: ReadOnlyStorage) -> tuple[StoreFile, list[Fault]]:
    """Convert the documents of a store to the model; leave out invalid ones and report them."""
    database = StoreDatabase(storage)
    faults = [Fault(table, "", "", "unknown table") for table in sorted(database.tables() - {*_MODELS})]
    tables: dict[str, dict[str, Any]] = {}
    for table, model in _MODELS.items():
        documents: Iterable[Any] = database.table(table)
        tables[table], invalid = _decode(table, documents, model, storage)
        faults += invalid
        if table != "dataset":
            faults += _duplicate_ids(table, tables[table].values())
    file = StoreFile(**tables)
    if len(file.dataset) != 1 and not any(fault.table == "dataset" for fault in faults):
        faults.append(Fault("dataset", "", "", f"needs one document, has {len(file.dataset)}"))
    empty = [table for table in ("tracks", "events") if not len(database.table(table))]
    faults += [Fault(table, "", "", "is empty") for table in empty]
    return file, faults


def _decode(
    table: str, documents: Iterable[EncodedDocument], model: type[V], storage: ReadOnlyStorage
) -> tuple[dict[str, V], list[Fault]]:
    values = {}
    faults = []
    for document in documents:
        try:
            values[document.number] = storage.decode(document, model, _decode_date)
        except msgspec.ValidationError as error:
            identity = storage.fields(document).get("id")
            name = identity if isinstance(identity, str) else f"document {document.number}"
            message, _, where = str(error).partition(" - at `$")
            faults.append(Fault(table, name, where.strip("`."), _reason(message)))
    return values, faults


def _reason(message: str) -> str:
    """Return the reason of a validation error, in words for limits."""
    found = _LIMIT.fullmatch(message)
    if found is None:
        return message
    limit = f"{int(found['limit']):,}"
    return f"longer than {limit} characters" if found["type"] == "str" else f"more than {limit} entries"


def _decode_date(kind: type, value: Any) -> Any:
    if kind in (PartialDate, Period) and isinstance(value, str):
        return _date(kind, value)
    raise ValueError("Expected a date")


@lru_cache(maxsize=4096)  # a store names the same days again and again
def _date(kind: type[PartialDate] | type[Period], text: str) -> PartialDate | Period:
    return kind(text)


def _duplicate_ids(table: str, values: Iterable[Any]) -> Iterator[Fault]:
    for identity, count in _repeated(value.id for value in values):
        yield Fault(table, identity, "id", f"used {count} times")
    if table == "tracks":
        for track in values:
            for identity, count in _repeated(state.id for state in track.states):
                yield Fault(table, track.id, "states", f"{identity} used {count} times")


def _repeated(ids: Iterable[str]) -> list[tuple[str, int]]:
    """Return the ids that occur more than once, with how often."""
    ids = list(ids)
    if len({*ids}) == len(ids):  # nearly always, and quicker than to count
        return []
    return [(identity, count) for identity, count in Counter(ids).items() if count > 1]


def build_record(file: StoreFile, digest: str, store: str = "") -> Record:
    """Return the record of a parsed store, which has one dataset. The first of equal ids is kept."""
    return Record(
        digest=digest,
        store=store,
        dataset=next(iter(file.dataset.values())),
        tracks=_by_id(file.tracks),
        meetings=_by_id(file.meetings),
        events=tuple(sorted(file.events.values(), key=lambda event: event.day)),
        sources=_by_id(file.sources),
        terms=_by_id(file.terms),
        series=_by_id(file.series),
    )


def _by_id(table: Mapping[str, Identified]) -> dict[str, Identified]:
    values: dict[str, Identified] = {}
    for value in table.values():
        values.setdefault(value.id, value)
    return values


def unresolved_references(record: Record) -> Iterator[Fault]:
    """Yield what refers to an id that does not exist. A record with any cannot be folded."""
    coverage = record.dataset.coverage
    if coverage.last < coverage.first:
        yield Fault("dataset", "", "coverage", "ends before it begins")
    states = {track.id: {state.id for state in track.states} for track in record.tracks.values()}
    for track in record.tracks.values():
        if track.initial.state not in states[track.id]:
            yield Fault("tracks", track.id, "initial.state", f"unknown state {track.initial.state!r}")
        for index, fact in enumerate(track.facts):
            for state in fact.states:
                if state not in states[track.id]:
                    yield Fault("tracks", track.id, f"facts[{index}].states", f"unknown state {state!r}")
    for table, identity, field, ids, known in _references(record):
        for referenced in ids:
            if referenced not in known:
                yield Fault(table, identity, field, f"unknown id {referenced!r}")
    for event in record.events:
        for index, effect in enumerate(event.effects):
            if effect.track in states and effect.state not in states[effect.track]:
                message = f"unknown state {effect.state!r} of {effect.track}"
                yield Fault("events", event.id, f"effects[{index}].state", message)
            if effect.then and effect.track in states and effect.then not in states[effect.track]:
                message = f"unknown state {effect.then!r} of {effect.track}"
                yield Fault("events", event.id, f"effects[{index}].then", message)


def _references(record: Record) -> Iterator[tuple[str, str, str, Iterable[str], Container[str]]]:
    """Yield each field that names ids: its table, its document's id, its name, the ids, the known ids."""
    tracks, meetings, sources, actors = record.tracks, record.meetings, record.sources, record.dataset.actors
    for track in tracks.values():
        yield "tracks", track.id, "initial.sources", track.initial.sources, sources
        for fact in track.facts:
            yield "tracks", track.id, "facts", fact.sources, sources
    for meeting in meetings.values():
        if meeting.part_of is not None:
            yield "meetings", meeting.id, "part_of", [meeting.part_of], meetings
    for series in record.series.values():
        yield "series", series.id, "track", [series.track], tracks
        for point in series.points:
            yield "series", series.id, "points", point.sources, sources
    for term in record.terms.values():
        yield "terms", term.id, "sources", term.sources, sources
    for event in record.events:
        yield "events", event.id, "sources", event.sources, sources
        yield "events", event.id, "actors", event.actors, actors
        yield "events", event.id, "says", event.says, actors
        for dispute in event.disputed:
            for reading in dispute.readings:
                yield "events", event.id, "disputed", reading.sources, sources
        for index, effect in enumerate(event.effects):
            yield "events", event.id, f"effects[{index}].track", [effect.track], tracks
        yield "events", event.id, "touches", event.touches, tracks
        if event.meeting:
            yield "events", event.id, "meeting.id", [event.meeting.id], meetings
            yield "events", event.id, "meeting.heads", event.meeting.heads or (), actors
