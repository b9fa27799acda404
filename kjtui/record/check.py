"""Is a store sound? Every rule it must keep, told all at once."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from tinydb import TinyDB

from kjtui.record.model import Event, Record
from kjtui.record.sanitize import may_need_sanitizing, sanitize_tree
from kjtui.record.store import Fault, Tables, build, dangling, parse, read

TITLE_CELLS = 60
SHORT_CELLS = 12

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CLOCK = re.compile(r"[01]\d:[0-5]\d|2[0-3]:[0-5]\d")


def check(path: Path) -> list[Fault]:
    """What is wrong with the store at ``path``; empty where it is sound.

    Raises ``StoreError`` where the file cannot be read at all or is not a TinyDB store.
    """
    digest, tables = read(path, as_written=True)
    values, faults = parse(tables)
    raw = path.read_bytes()
    faults += _written_twice(raw.decode("utf-8-sig"))
    faults += _read_otherwise(path, tables)
    if may_need_sanitizing(raw):
        faults += _unclean(tables)
    faults += _identities(values)
    if len(values["dataset"]) == 1:
        record = build(digest, values)
        faults += dangling(record)
        faults += _order(values["events"])
        for event in record.events:
            faults += _event(event, record)
        for track in record.tracks.values():
            if cell_len(track.short or track.name) > SHORT_CELLS:
                faults.append(Fault("tracks", track.id, "short", f"wider than {SHORT_CELLS} cells"))
        faults += _uncited(record)
        faults += _meetings(record)
    return faults


def _read_otherwise(path: Path, tables: Tables) -> Iterator[Fault]:
    """Tables in which TinyDB finds other documents than were read here."""
    with suppress(RecursionError), TinyDB(path, access_mode="r", encoding="utf-8-sig") as db:
        for table, documents in tables.items():
            found = {str(document.doc_id): document for document in db.table(table)}
            if found != documents:
                yield Fault(table, "", "", "TinyDB reads other documents")


def _written_twice(text: str) -> Iterator[Fault]:
    """Keys that an object has twice, as where two branches of a store took one number: one is not read."""
    with suppress(RecursionError):  # so deep are unknown fields alone, which are told of anyway
        for table, *keys in _keys_twice(json.loads(text, object_pairs_hook=tuple), ()):
            yield Fault(table, ": ".join(keys), "", "written twice, only the later is read")


def _keys_twice(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, tuple):  # the keys and values of an object
        if len(dict(value)) < len(value):
            yield from ((*path, key) for key, count in Counter(key for key, _ in value).items() if count > 1)
        for key, inner in value:
            yield from _keys_twice(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _keys_twice(inner, path)


def _unclean(tables: Tables) -> Iterator[Fault]:
    for table, documents in tables.items():
        for number, document in documents.items():
            for field, value in document.items():
                what = ""
                try:
                    if sanitize_tree(value) != value:
                        what = "control, bidirectional or invisible characters"
                except ValueError as error:
                    what = str(error)
                except RecursionError:
                    what = "nested too deeply"
                if what:
                    yield Fault(table, str(document.get("id", number)), field, what)


def _identities(values: dict[str, list[Any]]) -> Iterator[Fault]:
    for table, entries in values.items():
        if table == "dataset":
            continue
        for entry in entries:
            if not _SLUG.fullmatch(entry.id):
                yield Fault(table, entry.id, "id", "not lower-case words joined by hyphens")


def _order(events: list[Event]) -> Iterator[Fault]:
    for before, event in pairwise(events):
        if event.day < before.day:
            yield Fault("events", event.id, "date", f"stands after {before.id}, which is later")
        elif event.day == before.day and event.time and before.time and event.time < before.time:
            yield Fault("events", event.id, "time", f"stands after {before.id}, which is later")


def _event(event: Event, record: Record) -> Iterator[Fault]:
    def fault(field: str, what: str) -> Fault:
        return Fault("events", event.id, field, what)

    coverage = record.dataset.coverage
    if event.day > coverage.last or (event.day < coverage.first and event.kind != "background"):
        yield fault("date", "outside the coverage")
    if event.end and event.end.last < event.date.first:
        yield fault("end", "before the date")
    if event.time and not _CLOCK.fullmatch(event.time):
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
    if cell_len(event.title) > TITLE_CELLS:
        yield fault("title", f"wider than {TITLE_CELLS} cells")
    if event.effects and event.kind in ("licence", "statement"):
        yield fault("effects", f"a {event.kind} has none")
    for index, effect in enumerate(event.effects):
        if effect.in_force and effect.stage == "proposed":
            yield fault(f"effects[{index}].in_force", "a proposal has none")
        if effect.in_force and effect.in_force < event.date.first and not effect.note:
            yield fault(f"effects[{index}].in_force", "before the event, without a note")
        if effect.in_force and effect.in_force > event.day and effect.stage == "in-force":
            yield fault(f"effects[{index}].stage", "in force on a later day: adopted is meant")
    for dispute in event.disputed:
        if len(dispute.readings) < 2:
            yield fault("disputed", "fewer than two readings")
        if not all(reading.sources for reading in dispute.readings):
            yield fault("disputed", "a reading without a source")
    cited = [record.sources[source] for source in event.sources if source in record.sources]
    weak = all(source.machine_translated or source.kind == "forum" for source in cited)
    if cited and weak and event.confidence != "low":
        yield fault("confidence", "rests on machine translations or forum copies alone: low is meant")


def _uncited(record: Record) -> Iterator[Fault]:
    cited = {source for event in record.events for source in event.sources}
    cited |= {s for e in record.events for d in e.disputed for r in d.readings for s in r.sources}
    cited |= {source for track in record.tracks.values() for source in track.initial.sources}
    cited |= {source for term in record.terms.values() for source in term.sources}
    for source in record.sources:
        if source not in cited:
            yield Fault("sources", source, "", "nobody cites it")


def _meetings(record: Record) -> Iterator[Fault]:
    last = {event.meeting.id: event.meeting.phase for event in record.events if event.meeting}
    for meeting in record.meetings:
        if meeting not in last:
            yield Fault("meetings", meeting, "", "no event tells of it")
        elif last[meeting] == "opened":
            yield Fault("meetings", meeting, "", "opened and never closed")
