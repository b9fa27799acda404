"""Load a record from a store: read it through TinyDB, convert it to the model, check its references."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

import msgspec
from tinydb import TinyDB
from tinydb.table import Document

from kjtui.languages import ENGLISH, LANGUAGES, LOCALES, join_clauses, join_items, labelled, tr
from kjtui.record.model import Meeting, Record, Series, Source, StoreFile, Term, Track, Value
from kjtui.record.partial_date import PartialDate, Period
from kjtui.record.sanitize import sanitize
from kjtui.record.storage import ReadOnlyStorage, StoreError, is_folder, shorten, with_more

_MODELS: Mapping[str, type[Value]] = {
    field.name: get_args(field.type)[1] for field in msgspec.structs.fields(StoreFile)
}
"""The model class of each table."""

_MOST_ALLOWED = 20
"""Maximum number of values in a message that lists the allowed values."""

_BATCH = 256
"""Number of documents converted in one call.

Converting documents one by one takes twice as long. A larger batch needs more memory.
"""

V = TypeVar("V", bound=Value)
Identified = TypeVar("Identified", Track, Meeting, Series, Source, Term)


class Fault(NamedTuple):
    """A violation of the store's rules. Fields that do not apply are empty."""

    table: str
    id: str
    field: str
    message: str

    def __str__(self) -> str:
        """Return one line. Ids and field names come from the file, so they are sanitized and truncated."""
        return labelled("").join(shorten(part) for part in self if part)


def default_store(language: str = ENGLISH) -> Path:
    """Return the path of the bundled store in a language."""
    if language != ENGLISH:
        return LOCALES / language / "data.json"
    package = Path(__file__).parent.parent
    shipped = package / "data.json"
    return shipped if shipped.exists() else package.parent / "data.json"


def default_stores() -> dict[str, Path]:
    """Return a dict from language codes to the paths of bundled stores.

    A translated store is missing if it has not been built.
    """
    stores = {language: default_store(language) for language in LANGUAGES}
    return {language: path for language, path in stores.items() if path.exists()}


@lru_cache(maxsize=4)  # called several times for each typed letter of a query
def translation(record: Record, language: str) -> Record | None:
    """Return the bundled record in another language.

    Return ``None`` if ``record`` is not the bundled record, or if the translation is missing or has different
    events.
    """
    if record.store or language == record.dataset.language:
        return None
    path = default_stores().get(language)
    if path is None:
        return None
    translated = load(path)
    same_events = [event.id for event in translated.events] == [event.id for event in record.events]
    return translated if same_events else None


def load(path: Path) -> Record:
    """Return the record in the store at ``path``.

    Raises ``StoreError`` if the file cannot be read or is not a TinyDB store. Also raises ``StoreError`` for
    a value that the model does not allow, and for a reference to an unknown id.
    """
    with _no_collection():
        storage = ReadOnlyStorage(path)
        file, faults, _ = parse(storage)
        if not faults:
            name = "" if path in map(default_store, LANGUAGES) else sanitize(path.absolute().name)
            record = build_record(file, storage.digest, name)
            faults.extend(unresolved_references(record))
            if not faults:
                return record
    raise StoreError(with_more(describe_faults(path, faults[:1])[0], len(faults) - 1))


def describe_faults(path: Path, faults: Iterable[Fault]) -> list[str]:
    """Return one line per fault, with the path first. For a folder, file, line and column follow the path."""
    name = sanitize(str(path))
    if not is_folder(path):
        return [labelled(name, str(fault)) for fault in faults]
    from kjtui.record.folder.text_folder import TextFolder

    folder = TextFolder(path)
    lines = []
    for fault in faults:
        place = folder.place(fault.table, fault.id, fault.field)
        lines.append(f"{name}/{shorten(str(place))}: {fault}")
    return lines


@contextmanager
def _no_collection() -> Iterator[None]:
    """Suspend garbage collection, which would cost time and free nothing: all objects stay alive."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Parsed(NamedTuple):
    """A store converted to the model.

    Attributes:
        file: the valid documents.
        faults: the faults of invalid documents and of tables.
        invalid: maps each table to its invalid documents.
    """

    file: StoreFile
    faults: list[Fault]
    invalid: dict[str, list[dict[str, Any]]]


def parse(storage: ReadOnlyStorage) -> Parsed:
    """Convert the documents of a store to the model. Omit invalid documents and report their faults."""
    database = TinyDB(storage=lambda: storage)
    names = database.tables()
    faults = [unknown_table(name, _MODELS) for name in sorted(names - {*_MODELS})]
    tables: dict[str, dict[str, Any]] = {}
    invalid: dict[str, list[dict[str, Any]]] = {}
    for table, model in _MODELS.items():
        documents = database.table(table)
        tables[table], invalid[table], wrong = _convert(table, documents, model)
        faults += wrong
        if table != "dataset":
            faults += _duplicate_ids(table, tables[table].values())
    if (datasets := len(database.table("dataset"))) != 1:
        faults.append(Fault("dataset", "", "", tr("needs one document, has {count}", count=datasets)))
    for table in ("tracks", "events"):
        if not len(database.table(table)):
            faults.append(Fault(table, "", "", tr("is empty")))
    return Parsed(StoreFile(**tables), faults, invalid)


def _convert(
    table: str, documents: Iterable[Document], model: type[V]
) -> tuple[dict[str, V], list[dict[str, Any]], list[Fault]]:
    """Convert the documents of a table to model values.

    Return the values of the valid documents, the invalid documents, and their faults.
    """
    values: dict[str, V] = {}
    remaining = iter(documents)
    try:
        while batch := list(islice(remaining, _BATCH)):
            converted = msgspec.convert(batch, list[model], dec_hook=_decode_date)  # type: ignore[valid-type]  # a type is a value here
            values.update(zip([str(document.doc_id) for document in batch], converted, strict=True))
    except msgspec.ValidationError:
        return _convert_each(table, documents, model)
    return values, [], []


def _convert_each(
    table: str, documents: Iterable[Document], model: type[V]
) -> tuple[dict[str, V], list[dict[str, Any]], list[Fault]]:
    """Convert the documents of a table one by one, because some are invalid."""
    values: dict[str, V] = {}
    invalid: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for document in documents:
        try:
            values[str(document.doc_id)] = msgspec.convert(document, model, dec_hook=_decode_date)
        except msgspec.ValidationError as error:
            from kjtui.record.explain import explain
            from kjtui.record.folder.places import unnamed

            identity = document.get("id")
            name = identity if isinstance(identity, str) else unnamed(document.doc_id)
            field, message = explain(error, document, model)
            faults.append(Fault(table, name, field, message))
            invalid.append(document)
    return values, invalid, faults


def unknown_table(name: str, table_names: Iterable[str]) -> Fault:
    """Return the fault for an unknown table."""
    from kjtui.record.explain import hint

    tables = set(table_names)
    # If only invisible characters are wrong, the suggestion would look the same as the wrong name.
    near = "" if sanitize(name) in tables else hint(name, tables)
    return Fault(name, "", "", join_clauses(filter(None, (tr("unknown table"), near))))


def _decode_date(kind: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _date(kind, value)
    raise ValueError("Expected a date")


@lru_cache(maxsize=4096)  # the same days occur many times
def _date(kind: type[PartialDate] | type[Period], text: str) -> PartialDate | Period:
    return kind(text)


def _duplicate_ids(table: str, values: Iterable[Any]) -> Iterator[Fault]:
    for identity, count in _repeated(value.id for value in values):
        yield Fault(table, identity, "id", tr("used {count} times", count=count))
    if table == "tracks":
        for track in values:
            for identity, count in _repeated(state.id for state in track.states):
                yield Fault(
                    table,
                    track.id,
                    "states",
                    tr("{id} used {count} times", id=identity, count=count),
                )


def _repeated(ids: Iterable[str]) -> list[tuple[str, int]]:
    """Return the duplicate ids with their counts."""
    ids = list(ids)
    if len({*ids}) == len(ids):  # the usual case, quicker than counting
        return []
    return [(identity, count) for identity, count in Counter(ids).items() if count > 1]


def build_record(file: StoreFile, digest: str, store: str = "") -> Record:
    """Return the record of a parsed store, which must have exactly one dataset.

    If several documents have the same id, use the first.
    """
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


def unresolved_references(
    record: Record, invalid: Mapping[str, Iterable[Mapping[str, Any]]] | None = None
) -> Iterator[Fault]:
    """Yield a fault for each reference to an unknown id or state.

    Also yield a fault if the coverage ends before it begins.

    No history can be built from a record with such a fault.

    Args:
        record: the record.
        invalid: maps each table to its invalid documents. References to their ids are not faults.
    """
    coverage = record.dataset.coverage
    if coverage.last < coverage.first:
        yield Fault("dataset", "", "coverage", tr("ends before it begins"))
    elsewhere = {
        table: {document["id"] for document in documents if isinstance(document.get("id"), str)}
        for table, documents in (invalid or {}).items()
    }
    hints = _Hints()
    for table, identity, field, ids, named_table, existing_ids in _references(record):
        for referenced in ids:
            if referenced not in existing_ids and referenced not in elsewhere.get(named_table, ()):
                message = tr("unknown id {id!r}", id=referenced)
                hint = hints.nearest(referenced, existing_ids)
                if not hint and named_table == "meetings":
                    hint = tr("every meeting needs an entry in the table `meetings`")
                message = join_clauses(filter(None, (message, hint)))
                yield Fault(table, identity, field, message)
    named_states = [*_named_states(record), *_states_of_invalid_events((invalid or {}).get("events", ()))]
    states_of_tracks = {track.id: [state.id for state in track.states] for track in record.tracks.values()}
    for table, identity, field, track_id, state in named_states:
        states = states_of_tracks.get(track_id, [state])
        if state not in states:
            allowed = join_items(hints.allowed(state, states))
            message = tr(
                "unknown state {state!r} of {track}; allowed: {allowed}",
                state=state,
                track=track_id,
                allowed=allowed,
            )
            yield Fault(table, identity, field, message)


class _Hints:
    """Suggestions for the first 100 faults. Suggestions for thousands of faults would take minutes."""

    def __init__(self) -> None:
        self._left = 100

    def nearest(self, word: str, candidates: Iterable[str]) -> str:
        """Return a phrase that suggests the most similar known word, or an empty text."""
        from kjtui.record.explain import hint  # imported here, because only invalid stores need it

        self._left -= 1
        return hint(word, candidates) if self._left >= 0 else ""

    def allowed(self, word: str, candidates: list[str]) -> list[str]:
        """Return the allowed words that the message lists.

        For the first 100 faults, these are the words that are most similar to ``word``.
        """
        from kjtui.record.explain import most_similar_first

        self._left -= 1
        return (most_similar_first(word, candidates) if self._left >= 0 else candidates)[:_MOST_ALLOWED]


def _named_states(record: Record) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each reference to a state: table, document id, field name, track id, state id."""
    for track in record.tracks.values():
        yield "tracks", track.id, "initial.state", track.id, track.initial.state
        for index, fact in enumerate(track.facts):
            for state in fact.states:
                yield "tracks", track.id, f"facts[{index}].states", track.id, state
    for event in record.events:
        for index, effect in enumerate(event.effects):
            yield "events", event.id, f"effects[{index}].state", effect.track, effect.state
            if effect.then:
                yield "events", event.id, f"effects[{index}].then", effect.track, effect.then


def _states_of_invalid_events(
    events: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the references to states in invalid events, so that a wrong state in them is reported too."""
    for event in events:
        effects = event.get("effects")
        for index, effect in enumerate(effects if isinstance(effects, list) else ()):
            if not isinstance(effect, dict):
                continue
            for field in ("state", "then"):
                identity, track, state = event.get("id"), effect.get("track"), effect.get(field)
                if isinstance(identity, str) and isinstance(track, str) and isinstance(state, str) and state:
                    yield "events", identity, f"effects[{index}].{field}", track, state


def _references(record: Record) -> Iterator[tuple[str, str, str, Iterable[str], str, Collection[str]]]:
    """Yield each field that refers to ids.

    Each item has six parts: table, document id, field name, referenced ids, target table, known ids.
    """
    tracks, meetings, sources, actors = record.tracks, record.meetings, record.sources, record.dataset.actors
    for track in tracks.values():
        yield "tracks", track.id, "initial.sources", track.initial.sources, "sources", sources
        for index, fact in enumerate(track.facts):
            yield "tracks", track.id, f"facts[{index}].sources", fact.sources, "sources", sources
    for meeting in meetings.values():
        if meeting.part_of is not None:
            yield "meetings", meeting.id, "part_of", [meeting.part_of], "meetings", meetings
    for series in record.series.values():
        yield "series", series.id, "track", [series.track], "tracks", tracks
        for index, point in enumerate(series.points):
            yield "series", series.id, f"points[{index}].sources", point.sources, "sources", sources
    for term in record.terms.values():
        yield "terms", term.id, "sources", term.sources, "sources", sources
    for event in record.events:
        yield "events", event.id, "sources", event.sources, "sources", sources
        yield "events", event.id, "actors", event.actors, "actors", actors
        yield "events", event.id, "says", event.says, "actors", actors
        for dispute in event.disputed:
            for reading in dispute.readings:
                yield "events", event.id, "disputed", reading.sources, "sources", sources
        for index, effect in enumerate(event.effects):
            yield "events", event.id, f"effects[{index}].track", [effect.track], "tracks", tracks
        yield "events", event.id, "touches", event.touches, "tracks", tracks
        if event.meeting:
            yield "events", event.id, "meeting.id", [event.meeting.id], "meetings", meetings
            yield "events", event.id, "meeting.heads", event.meeting.heads or (), "actors", actors
