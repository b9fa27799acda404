"""Snapshots as JSON, with the notes of the user."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from kjtui.documents.block_types import NoteList
from kjtui.documents.document import Document
from kjtui.formats.json.encoding import from_attributes
from kjtui.formats.json.event_json import EventJson, cited_by, event_json
from kjtui.formats.json.meeting_json import MeetingJson, meeting_json
from kjtui.formats.json.record_json import (
    DatasetJson,
    SeriesJson,
    SourceJson,
    cited_by_points,
    dataset_json,
    sources_json,
)
from kjtui.formats.json.track_json import TrackJson, cited_by_facts, track_json
from kjtui.history.snapshot import Snapshot


class NoteJson(Struct):
    """A note of the user about an event. If ``event`` is empty, the note is about the day."""

    day: date
    event: str
    text: str


class SnapshotJson(Struct):
    """The states at the end of a day. ``covered`` is false if the day is outside the record's coverage."""

    schema: Literal["kjtui/snapshot/2"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    tracks: list[TrackJson]
    meetings: list[MeetingJson]
    events: list[EventJson]
    series: list[SeriesJson]
    sources: list[SourceJson]
    notes: list[NoteJson] | UnsetType = UNSET


def snapshot_json(snapshot: Snapshot, notes: list[NoteJson] | UnsetType) -> SnapshotJson:
    """Convert a snapshot to its JSON struct."""
    record = snapshot.record
    cited: list[str] = []
    for standing in snapshot.standings:
        cited += standing.track.initial.sources
    cited += cited_by(snapshot.events, snapshot)
    for standing in snapshot.standings:
        cited += cited_by_facts(standing, snapshot.day)
    cited += cited_by_points(snapshot.series)
    return SnapshotJson(
        schema="kjtui/snapshot/2",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(record),
        tracks=[track_json(standing, snapshot.day) for standing in snapshot.standings],
        meetings=[meeting_json(state) for state in snapshot.meetings.known],
        events=[event_json(event, snapshot) for event in snapshot.events],
        series=[from_attributes(series, SeriesJson) for series in snapshot.series],
        sources=sources_json(cited, record),
        notes=notes,
    )


def notes_json(document: Document) -> list[NoteJson] | UnsetType:
    """Convert the notes of a document to JSON structs.

    If the document was requested without notes, return ``UNSET``.
    """
    for block in document.blocks:
        if isinstance(block, NoteList):
            return [from_attributes(note, NoteJson) for note in block.notes]
    return [] if "notes" in document.request.options else UNSET
