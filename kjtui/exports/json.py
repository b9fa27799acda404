"""Render a document as JSON. The types here are the published schemas: docs/*.schema.json."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kjtui.exports.blocks import sources_of
from kjtui.exports.document import Document
from kjtui.history.compare import Comparison, Difference
from kjtui.history.fold import Pending, Standing
from kjtui.history.meetings import MeetingState, Status
from kjtui.history.reason import Reason, Step
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


class DifferenceJson(Struct):
    """A track on both days; ``events`` are those between that have effects on it."""

    track: str
    changed: bool
    before: TrackJson
    after: TrackJson
    events: list[str]


class ComparisonJson(Struct):
    """Two days of one record; ``covered`` is false where either lies outside the coverage."""

    schema: Literal["kjtui/comparison/1"]
    before: date
    after: date
    days: int
    covered: bool
    dataset: DatasetJson
    tracks: list[DifferenceJson]
    meetings: list[str]
    events: list[EventJson]
    sources: list[SourceJson]


class StepJson(Struct):
    """An event that bears on the track; ``effects`` is empty for what changes nothing."""

    event: str
    date: DateText
    title: str
    effects: list[EffectJson]
    before: str
    after: str
    disputed: bool
    sources: list[str]


class EffectJson(Struct):
    """What the event does to the track."""

    state: str
    stage: Stage
    in_force: date | None


class ReasonJson(Struct):
    """A standing and the steps that led to it."""

    schema: Literal["kjtui/reason/1"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    track: TrackJson
    steps: list[StepJson]
    sources: list[SourceJson]


def render(document: Document) -> str:
    """Return what a document is drawn from as JSON."""
    match document.subject:
        case Snapshot() as snapshot:
            data: Struct = _snapshot(snapshot)
        case Comparison() as comparison:
            data = _comparison(comparison)
        case Reason() as reason:
            data = _reason(reason)
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def _snapshot(snapshot: Snapshot) -> SnapshotJson:
    record = snapshot.record
    cited = dict.fromkeys(source for s in snapshot.standings for source in s.track.initial.sources)
    for event in snapshot.events:
        cited.update(dict.fromkeys(sources_of(event, snapshot)))
    return SnapshotJson(
        schema="kjtui/snapshot/1",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=_dataset(record),
        tracks=[track_json(standing) for standing in snapshot.standings],
        meetings=[_meeting(state) for state in snapshot.meetings.known],
        events=[_event(event, snapshot) for event in snapshot.events],
        sources=[_source(record.sources[source]) for source in cited],
    )


def _comparison(comparison: Comparison) -> ComparisonJson:
    record = comparison.after.record
    cited = dict.fromkeys(
        source for event in comparison.events for source in sources_of(event, comparison.after)
    )
    return ComparisonJson(
        schema="kjtui/comparison/1",
        before=comparison.before.day,
        after=comparison.after.day,
        days=comparison.days,
        covered=comparison.before.covered and comparison.after.covered,
        dataset=_dataset(record),
        tracks=[_difference(difference) for difference in comparison.differences],
        meetings=[state.meeting.id for state in comparison.meetings],
        events=[_event(event, comparison.after) for event in comparison.events],
        sources=[_source(record.sources[source]) for source in cited],
    )


def _difference(difference: Difference) -> DifferenceJson:
    return DifferenceJson(
        difference.after.track.id,
        difference.changed,
        track_json(difference.before),
        track_json(difference.after),
        [event.id for event in difference.events],
    )


def _reason(reason: Reason) -> ReasonJson:
    snapshot = reason.snapshot
    cited = dict.fromkeys(reason.standing.track.initial.sources)
    cited.update(
        dict.fromkeys(source for step in reason.steps for source in sources_of(step.event, snapshot))
    )
    return ReasonJson(
        schema="kjtui/reason/1",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=_dataset(snapshot.record),
        track=track_json(reason.standing),
        steps=[_step(step, snapshot) for step in reason.steps],
        sources=[_source(snapshot.record.sources[source]) for source in cited],
    )


def _step(step: Step, snapshot: Snapshot) -> StepJson:
    event = step.event
    effects = [EffectJson(effect.state, effect.stage, effect.in_force) for effect in step.effects]
    return StepJson(
        event.id,
        event.date.text,
        event.title,
        effects,
        step.before.id,
        step.after.id,
        snapshot.is_disputed(event),
        sources_of(event, snapshot),
    )


def _dataset(record: Record) -> DatasetJson:
    return DatasetJson(record.dataset.title, record.dataset.version, record.digest)


def track_json(standing: Standing) -> TrackJson:
    """Return a standing as data."""
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


def _event(event: Event, snapshot: Snapshot) -> EventJson:
    return EventJson(
        event.id, event.date.text, event.title, snapshot.is_disputed(event), sources_of(event, snapshot)
    )


def _source(source: Source) -> SourceJson:
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
