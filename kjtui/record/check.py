"""Validate a store and report every violation."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from rich.cells import cell_len

from kjtui.record.model import Event, Record, Series, StoreFile
from kjtui.record.sanitize import may_need_sanitizing, sanitize_tree
from kjtui.record.storage import ReadOnlyStorage, Tables
from kjtui.record.store import Fault, build_record, parse, unresolved_references

MAX_TITLE_CELLS = 60
MAX_SHORT_CELLS = 12

_LONGEST_NOTICE = 366
"""Days that a figure can be published before its period, as a rate of duty is. More is a wrong year."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DATED_ID = re.compile(r"\d{4}-\d\d(-\d\d)?(?=-)")
_TIME = re.compile(r"[01]\d:[0-5]\d|2[0-3]:[0-5]\d")


def validate(path: Path) -> list[Fault]:
    """Return everything that is wrong with the store at ``path``; an empty list if it is valid.

    Raises ``StoreError`` if the file cannot be read at all or is not a TinyDB store.
    """
    storage = ReadOnlyStorage(path, sanitized=False)
    file, faults = parse(storage)
    faults += _duplicate_keys(storage.content.decode("utf-8-sig"))
    if may_need_sanitizing(storage.content):
        faults += _unsafe_text(storage.read())
    faults += _ids(file)
    if len(file.dataset) == 1:
        record = build_record(file, storage.digest)
        faults += unresolved_references(record)
        faults += _order(file.events.values())
        faults += _dataset(record)
        for event in record.events:
            faults += _event(event, record)
        for series in record.series.values():
            faults += _series(series)
        for track in record.tracks.values():
            if cell_len(track.short or track.name) > MAX_SHORT_CELLS:
                faults.append(Fault("tracks", track.id, "short", f"wider than {MAX_SHORT_CELLS} cells"))
        faults += _uncited_sources(record)
        faults += _meetings(record)
    return faults


def _duplicate_keys(text: str) -> Iterator[Fault]:
    """Yield keys that stand twice in one object, as after a merge that gave two documents one number."""
    with suppress(RecursionError):  # only unknown fields nest so deeply, and they are reported anyway
        # parse_int: Python refuses to convert numbers of more than 4,300 digits.
        tree = json.loads(text, object_pairs_hook=tuple, parse_int=str)
        for table, *keys in _find_duplicate_keys(tree, ()):
            yield Fault(table, ": ".join(keys), "", "written twice, only the later is read")


def _find_duplicate_keys(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, tuple):  # an object, as its keys and values
        if len(dict(value)) < len(value):
            yield from ((*path, key) for key, count in Counter(key for key, _ in value).items() if count > 1)
        for key, inner in value:
            yield from _find_duplicate_keys(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _find_duplicate_keys(inner, path)


def _unsafe_text(tables: Tables) -> Iterator[Fault]:
    for table, documents in tables.items():
        for number, document in documents.items():
            for field, value in document.items():
                message = ""
                try:
                    if sanitize_tree(value) != value:
                        message = "control, bidirectional or invisible characters"
                except ValueError as error:
                    message = str(error)
                except RecursionError:
                    message = "nested too deeply"
                if message:
                    yield Fault(table, str(document.get("id", number)), field, message)


def _ids(file: StoreFile) -> Iterator[Fault]:
    for table, documents in msgspec.structs.asdict(file).items():
        if table == "dataset":
            continue
        for document in documents.values():
            if not _SLUG.fullmatch(document.id):
                yield Fault(table, document.id, "id", "not lower-case words joined by hyphens")


def _order(events: Iterable[Event]) -> Iterator[Fault]:
    for before, event in pairwise(events):
        if event.day < before.day:
            yield Fault("events", event.id, "date", f"stands after {before.id}, which is later")
        elif event.day == before.day and event.time and before.time and event.time < before.time:
            yield Fault("events", event.id, "time", f"stands after {before.id}, which is later")


def _dataset(record: Record) -> Iterator[Fault]:
    start = record.dataset.start
    if start and start not in record.dataset.coverage:
        yield Fault("dataset", "", "start", "outside the coverage")


def _event(event: Event, record: Record) -> Iterator[Fault]:
    def fault(field: str, message: str) -> Fault:
        return Fault("events", event.id, field, message)

    coverage = record.dataset.coverage
    if event.day > coverage.last or (event.day < coverage.first and event.kind != "background"):
        yield fault("date", "outside the coverage")
    dated = _DATED_ID.match(event.id)
    if dated and not event.date.text.startswith(dated[0]):
        yield fault("id", f"names another date than {event.date.text}")
    if event.end and event.end.last < event.date.first:
        yield fault("end", "before the date")
    if event.time and not _TIME.fullmatch(event.time):
        yield fault("time", "not HH:MM")
    step = event.meeting
    if step and step.starts and step.ends and step.ends.last < step.starts.first:
        yield fault("meeting.ends", "before it starts")
    if not event.sources:
        yield fault("sources", "none")
    if not event.actors:
        yield fault("actors", "none")
    if not event.title or not event.summary:
        yield fault("title" if not event.title else "summary", "empty")
    if cell_len(event.title) > MAX_TITLE_CELLS:
        yield fault("title", f"wider than {MAX_TITLE_CELLS} cells")
    if event.effects and event.kind in ("licence", "statement"):
        yield fault("effects", f"a {event.kind} has none")
    for index, effect in enumerate(event.effects):
        if effect.in_force and effect.in_force < event.date.first and not effect.note:
            yield fault(f"effects[{index}].in_force", "before the event, without a note")
        if effect.in_force and effect.in_force > event.day and effect.stage == "in-force":
            yield fault(f"effects[{index}].stage", "in force on a later day: adopted is meant")
    if event.kind == "licence" and not event.touches:
        yield fault("touches", "a licence names its tracks")
    both = {effect.track for effect in event.effects} & {*event.touches}
    if both:
        yield fault("touches", f"has an effect on {min(both)}")
    for dispute in event.disputed:
        if len(dispute.readings) < 2:
            yield fault("disputed", "fewer than two readings")
        if not all(reading.sources for reading in dispute.readings):
            yield fault("disputed", "a reading without a source")
    cited = [record.sources[source] for source in event.sources if source in record.sources]
    weak = all(source.machine_translated or source.kind == "forum" for source in cited)
    if cited and weak and event.confidence != "low":
        yield fault("confidence", "rests on machine translations or forum copies alone: low is meant")


def _series(series: Series) -> Iterator[Fault]:
    if not series.points:
        yield Fault("series", series.id, "points", "none")
    for before, point in pairwise(series.points):
        if point.period.first <= before.period.first:
            yield Fault(
                "series", series.id, "points", f"{point.period.text} stands after {before.period.text}"
            )
    for point in series.points:
        if not point.sources:
            yield Fault("series", series.id, "points", f"{point.period.text} has no source")
        if (point.period.first - point.published).days > _LONGEST_NOTICE:
            message = f"{point.period.text} was published more than a year before it began"
            yield Fault("series", series.id, "points", message)


def _uncited_sources(record: Record) -> Iterator[Fault]:
    cited = {source for event in record.events for source in event.sources}
    cited |= {s for e in record.events for d in e.disputed for r in d.readings for s in r.sources}
    cited |= {source for track in record.tracks.values() for source in track.initial.sources}
    cited |= {s for track in record.tracks.values() for fact in track.facts for s in fact.sources}
    cited |= {s for series in record.series.values() for point in series.points for s in point.sources}
    cited |= {source for term in record.terms.values() for source in term.sources}
    for source in record.sources:
        if source not in cited:
            yield Fault("sources", source, "", "not cited")


def _meetings(record: Record) -> Iterator[Fault]:
    last = {event.meeting.id: event.meeting.phase for event in record.events if event.meeting}
    for identity, meeting in record.meetings.items():
        whole = record.meetings.get(meeting.part_of or "")
        if whole and whole.part_of is not None:
            yield Fault("meetings", identity, "part_of", f"{whole.id} is itself a part")
        if identity not in last:
            yield Fault("meetings", identity, "", "no event mentions it")
        elif last[identity] == "opened":
            yield Fault("meetings", identity, "", "opened and never closed")
