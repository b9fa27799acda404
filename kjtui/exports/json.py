"""A snapshot as JSON. The types here are the published schema: docs/snapshot.schema.json."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kjtui.exports.citations import sources_of
from kjtui.history.fold import Pending, Standing
from kjtui.history.meetings import MeetingState, Status
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event, Form, Record, Source, SourceKind, Stage
from kjtui.record.partial_date import PATTERN

DateText = Annotated[str, Meta(pattern=f"^{PATTERN}$", description="ISO 8601, as precise as known")]


class DatasetJson(Struct):
    """The record this was drawn from; ``digest`` is the sha256 of its file."""

    title: str
    version: str
    digest: str


class PendingJson(Struct):
    """A state proposed or adopted and not in force; ``in_force`` is null where no day is set."""

    state: str
    stage: Stage
    in_force: date | None
    event: str


class TrackJson(Struct):
    """A track's standing; ``because`` is null for the state it had before its first event."""

    id: str
    group: str
    name: str
    state: str
    label: str
    since: DateText | None
    because: str | None
    pending: list[PendingJson]


class MeetingJson(Struct):
    """What is known of a meeting; null where it is not known."""

    id: str
    series: str
    round: int | None
    status: Status
    starts: DateText | None
    ends: DateText | None
    form: Form | None
    place: str | None
    level: str | None
    heads: dict[str, str]
    agenda: str | None
    outcome: str | None
    events: list[str]


class EventJson(Struct):
    """An event up to the day; ``disputed`` where sources disagree on it."""

    id: str
    date: DateText
    title: str
    disputed: bool
    sources: list[str]


class SourceJson(Struct):
    """Where a claim can be read."""

    id: str
    title: str
    publisher: str
    language: str
    kind: SourceKind
    machine_translated: bool
    date: DateText | UnsetType = UNSET
    url: str | UnsetType = UNSET


class SnapshotJson(Struct):
    """What held at the end of a day; ``covered`` is false outside the coverage of the record."""

    schema: Literal["kjtui/snapshot/1"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    tracks: list[TrackJson]
    meetings: list[MeetingJson]
    events: list[EventJson]
    sources: list[SourceJson]


def snapshot_json(snapshot: Snapshot) -> str:
    """What held at the end of a day, for programs."""
    record = snapshot.record
    cited = dict.fromkeys(source for s in snapshot.standings for source in s.track.initial.sources)
    for event in snapshot.events:
        cited.update(dict.fromkeys(sources_of(event)))
    document = SnapshotJson(
        schema="kjtui/snapshot/1",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(record),
        tracks=[track_json(standing) for standing in snapshot.standings],
        meetings=[_meeting(state) for state in snapshot.meetings.known],
        events=[event_json(event) for event in snapshot.events],
        sources=[source_json(record.sources[source]) for source in cited],
    )
    return encode(document)


def encode(document: Struct) -> str:
    """A document as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def dataset_json(record: Record) -> DatasetJson:
    """Which record a document was drawn from."""
    return DatasetJson(record.dataset.title, record.dataset.version, record.digest)


def track_json(standing: Standing) -> TrackJson:
    """A standing."""
    initial = standing.track.initial.since
    first = None if initial is None else initial.text
    since = first if standing.because is None or standing.since is None else standing.since.isoformat()
    return TrackJson(
        standing.track.id,
        standing.track.group,
        standing.track.name,
        standing.state.id,
        standing.state.label,
        since,
        standing.because.id if standing.because else None,
        [_pending(entry) for entry in standing.pending],
    )


def _pending(entry: Pending) -> PendingJson:
    return PendingJson(entry.state.id, entry.stage, entry.in_force, entry.event.id)


def _meeting(state: MeetingState) -> MeetingJson:
    return MeetingJson(
        id=state.meeting.id,
        series=state.meeting.series,
        round=state.meeting.round,
        status=state.status,
        starts=state.starts.text if state.starts else None,
        ends=state.ends.text if state.ends else None,
        form=state.form,
        place=state.place or None,
        level=state.level or None,
        heads=state.heads,
        agenda=state.agenda or None,
        outcome=state.outcome or None,
        events=[event.id for event in state.events],
    )


def event_json(event: Event) -> EventJson:
    """An event by its title."""
    return EventJson(event.id, event.date.text, event.title, bool(event.disputed), sources_of(event))


def source_json(source: Source) -> SourceJson:
    """A source."""
    return SourceJson(
        source.id,
        source.title,
        source.publisher,
        source.language,
        source.kind,
        source.machine_translated,
        source.date.text if source.date else UNSET,
        source.url or UNSET,
    )
