"""Render a document as JSON. The types here are the published schemas: docs/*.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from kjtui.documents.document import Document, EventView, MeetingView, NoteList, TermView
from kjtui.files.atomic_write import ExportError
from kjtui.history.compare import Comparison, Difference
from kjtui.history.fold import Pending, Run, Standing
from kjtui.history.meetings import MeetingState, Status
from kjtui.history.outcomes import Fate, Outcome
from kjtui.history.snapshot import Snapshot, sources_of
from kjtui.history.track_page import Step, TrackPage
from kjtui.languages import ENGLISH, current_language
from kjtui.record.model import (
    Confidence,
    Effect,
    Event,
    Fact,
    Form,
    Kind,
    MeetingStep,
    Phase,
    Record,
    Series,
    Source,
    SourceKind,
    Stage,
    Weight,
)
from kjtui.record.partial_date import PATTERN

DateText = Annotated[str, Meta(pattern=f"^{PATTERN}$", description="ISO 8601, as precise as known")]


class DatasetJson(Struct):
    """The record of the document; ``digest`` is the sha256 of the store.

    ``language`` is the language of the document; English if it is missing.
    """

    title: str
    version: str
    digest: str
    language: str | UnsetType = UNSET


class PendingJson(Struct):
    """A state that is not in force yet.

    ``in_force`` is null unless it is decided and its day is set; ``meant_for`` is the day that a looser
    stage names; ``until`` is the last day on which it will hold by its own text.
    """

    state: str
    stage: Stage
    in_force: date | None
    meant_for: date | None
    until: date | None
    event: str


class FactJson(Struct):
    """A particular of a track that applies on the day, up to the day ``until`` where that is set."""

    label: str
    value: str
    until: date | None
    sources: list[str]


class TrackJson(Struct):
    """A track's standing; ``because`` is null for the state it had before its first event.

    ``until`` is the last day on which the state holds by its own text, and ``until_by`` the event that set
    it. If that day is before the day of the document, nothing that came into force is recorded since.
    ``requirements`` are the facts that apply in this state alone.
    """

    id: str
    group: str
    name: str
    state: str
    label: str
    since: DateText | None
    because: str | None
    until: date | None
    until_by: str | None
    pending: list[PendingJson]
    facts: list[FactJson]
    requirements: list[FactJson]


class MeetingJson(Struct):
    """The known details of a meeting; unknown values are null.

    ``part_of`` is the id of the parent meeting of a session.
    """

    id: str
    series: str
    name: str
    round: int | None
    part_of: str | None
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


class EffectJson(Struct):
    """What an event does to a track."""

    track: str
    state: str
    stage: Stage
    in_force: date | None
    until: date | None
    then: str
    note: str


class MeetingStepJson(Struct):
    """The details of a meeting reported by an event; unchanged values are null."""

    id: str
    phase: Phase
    starts: DateText | None
    ends: DateText | None
    form: Form | None
    place: str | None
    level: str | None
    heads: dict[str, str] | None
    agenda: str | None
    outcome: str | None


class ReadingJson(Struct):
    """One side of a disagreement between sources."""

    says: str
    sources: list[str]


class DisputeJson(Struct):
    """A point on which sources disagree, with the sides that were public by the day."""

    about: str
    readings: list[ReadingJson]


class EventJson(Struct):
    """An event; ``disputed`` where sources that were public by the day disagree on it.

    ``touches`` lists the tracks that the event concerns without changing them.
    """

    id: str
    date: DateText
    end: DateText | None
    time: str
    kind: Kind
    weight: Weight
    actors: list[str]
    title: str
    summary: str
    says: dict[str, str]
    effects: list[EffectJson]
    touches: list[str]
    meeting: MeetingStepJson | None
    confidence: Confidence
    disputed: bool
    disputes: list[DisputeJson]
    sources: list[str]


class PointJson(Struct):
    """A figure, known from the day ``published``; ``derived`` where it was computed from others."""

    period: str
    value: float
    published: date
    derived: bool
    sources: list[str]


class SeriesJson(Struct):
    """Figures about a track, published over time."""

    id: str
    track: str
    title: str
    measure: str
    unit: str
    note: str
    points: list[PointJson]


class NoteJson(Struct):
    """A note of the reader on an event or, if ``event`` is empty, on a day."""

    day: date
    event: str
    text: str


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
    accessed: DateText | UnsetType = UNSET
    archived: str | UnsetType = UNSET
    copy_of: str | UnsetType = UNSET


class SnapshotJson(Struct):
    """The states at the end of a day; ``covered`` is false outside the coverage of the record."""

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


class DifferenceJson(Struct):
    """A track on both days; ``events`` are those between that have effects on it."""

    track: str
    changed: bool
    before: TrackJson
    after: TrackJson
    events: list[str]


class ComparisonJson(Struct):
    """Two days of one record; ``covered`` is false where either lies outside the coverage.

    ``missed`` holds the states expected for a day between the two that did not come by the later day.
    ``events`` are those between the days, ``other_events`` all others that tracks and meetings refer to.
    """

    schema: Literal["kjtui/comparison/2"]
    before: date
    after: date
    days: int
    covered: bool
    dataset: DatasetJson
    tracks: list[DifferenceJson]
    missed: list[OutcomeJson]
    meetings: list[MeetingJson]
    events: list[EventJson]
    other_events: list[EventJson]
    sources: list[SourceJson]


class StepJson(Struct):
    """An event that concerns the track; ``effects`` is empty if the event changes nothing."""

    event: str
    date: DateText
    title: str
    effects: list[EffectJson]
    before: str
    after: str
    disputed: bool
    sources: list[str]


class RunJson(Struct):
    """An unbroken run of a state.

    ``first_day`` and ``last_day`` are days at whose end the record shows the state. ``first_day`` is null for
    the initial state, ``last_day`` for the current one. ``days`` counts the days in force, which may begin or
    end on another day than the one on which that was published.
    """

    state: str
    first_day: date | None
    last_day: date | None
    days: int | None
    because: str | None


class OutcomeJson(Struct):
    """A state that was pending from the day ``since``, and its fate by the day of the document.

    ``expected`` is the day for which it was set or meant, ``on`` the day on which it took effect, was
    replaced or was dropped, and ``by`` the event behind that. ``days`` counts from ``since`` to its effect.
    """

    track: str
    state: str
    stage: Stage
    since: date
    event: str
    expected: date | None
    fate: Fate
    on: date | None
    by: str | None
    days: int | None
    on_time: bool | None


class TrackPageJson(Struct):
    """A track: its standing, the events that concern it, and what else is known of it.

    ``steps`` are all events that concern it; ``licences``, ``statements`` and ``others`` are the ids of those
    without an effect on it. ``events`` holds all events that are referred to.
    """

    schema: Literal["kjtui/track/3"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    track: TrackJson
    steps: list[StepJson]
    licences: list[str]
    statements: list[str]
    others: list[str]
    runs: list[RunJson]
    outcomes: list[OutcomeJson]
    series: list[SeriesJson]
    events: list[EventJson]
    sources: list[SourceJson]


class EventDocumentJson(Struct):
    """An event, as known at the end of a day."""

    schema: Literal["kjtui/event/1"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    event: EventJson
    sources: list[SourceJson]


class MeetingDocumentJson(Struct):
    """A meeting, as known at the end of a day, with the events that report it."""

    schema: Literal["kjtui/meeting/1"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    meeting: MeetingJson
    events: list[EventJson]
    sources: list[SourceJson]


def render(document: Document) -> str:
    """Return the data of a document as JSON."""
    match document.subject:
        case Snapshot() as snapshot:
            data: Struct = _snapshot(snapshot, _notes(document))
        case Comparison() as comparison:
            data = _comparison(comparison)
        case TrackPage() as page:
            data = _track_page(page)
        case EventView() as view:
            data = _event_document(view)
        case MeetingView() as view:
            data = _meeting_document(view)
        case TermView():
            raise ExportError("a term is not exported as JSON; kjtui terms lists terms")
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def _snapshot(snapshot: Snapshot, notes: list[NoteJson] | UnsetType) -> SnapshotJson:
    record = snapshot.record
    cited = [source for s in snapshot.standings for source in s.track.initial.sources]
    cited += _cited_by(snapshot.events, snapshot)
    cited += [source for s in snapshot.standings for source in _of_facts(s, snapshot.day)]
    cited += _of_points(snapshot.series)
    return SnapshotJson(
        schema="kjtui/snapshot/2",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(record),
        tracks=[track_json(standing, snapshot.day) for standing in snapshot.standings],
        meetings=[meeting_json(state) for state in snapshot.meetings.known],
        events=[event_json(event, snapshot) for event in snapshot.events],
        series=[_series(series) for series in snapshot.series],
        sources=_sources(cited, record),
        notes=notes,
    )


def _notes(document: Document) -> list[NoteJson] | UnsetType:
    for block in document.blocks:
        if isinstance(block, NoteList):
            return [NoteJson(note.day, note.event, note.text) for note in block.notes]
    return [] if "notes" in document.request.options else UNSET


def _comparison(comparison: Comparison) -> ComparisonJson:
    after = comparison.after
    between = {event.id for event in comparison.events}
    standings = [s for difference in comparison.differences for s in (difference.before, difference.after)]
    referred = _referred(standings) | {e.id for state in comparison.meetings for e in state.events}
    referred |= {outcome.pending.event.id for outcome in comparison.missed}
    others = [event for event in after.events if event.id in referred - between]
    cited = _cited_by([*comparison.events, *others], after)
    cited += [source for s in comparison.before.standings for source in _of_facts(s, comparison.before.day)]
    cited += [source for standing in after.standings for source in _of_facts(standing, after.day)]
    return ComparisonJson(
        schema="kjtui/comparison/2",
        before=comparison.before.day,
        after=after.day,
        days=comparison.days,
        covered=comparison.before.covered and after.covered,
        dataset=dataset_json(after.record),
        tracks=[_difference(difference, comparison) for difference in comparison.differences],
        missed=[outcome_json(outcome) for outcome in comparison.missed],
        meetings=[meeting_json(state) for state in comparison.meetings],
        events=[event_json(event, after) for event in comparison.events],
        other_events=[event_json(event, after) for event in others],
        sources=_sources(cited, after.record),
    )


def _referred(standings: Iterable[Standing]) -> set[str]:
    """Return the ids of the events that standings refer to."""
    standings = tuple(standings)
    because = {standing.because.id for standing in standings if standing.because}
    because |= {standing.until_by.id for standing in standings if standing.until_by}
    return because | {entry.event.id for standing in standings for entry in standing.pending}


def _difference(difference: Difference, comparison: Comparison) -> DifferenceJson:
    return DifferenceJson(
        difference.after.track.id,
        difference.changed,
        track_json(difference.before, comparison.before.day),
        track_json(difference.after, comparison.after.day),
        [event.id for event in difference.events],
    )


def _track_page(page: TrackPage) -> TrackPageJson:
    snapshot, standing = page.snapshot, page.standing
    series = [series for series in snapshot.series if series.track == standing.track.id]
    events = [step.event for step in page.steps]
    cited = [*standing.track.initial.sources, *_cited_by(events, snapshot)]
    cited += [*_of_facts(standing, snapshot.day), *_of_points(series)]
    return TrackPageJson(
        schema="kjtui/track/3",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(snapshot.record),
        track=track_json(standing, snapshot.day),
        steps=[_step(step, snapshot) for step in page.steps],
        licences=[event.id for event in page.licences],
        statements=[event.id for event in page.statements],
        others=[event.id for event in page.others],
        runs=[_run(run, snapshot.day) for run in page.runs],
        outcomes=[outcome_json(outcome) for outcome in page.outcomes],
        series=[_series(one) for one in series],
        events=[event_json(event, snapshot) for event in events],
        sources=_sources(cited, snapshot.record),
    )


def _run(run: Run, day: date) -> RunJson:
    first = None if run.first == date.min else run.first
    because = run.because.id if run.because else None
    return RunJson(run.state.id, first, run.last, run.days(day), because)


def outcome_json(outcome: Outcome) -> OutcomeJson:
    """Return an outcome as data."""
    entry = outcome.pending
    return OutcomeJson(
        outcome.track.id,
        entry.state.id,
        entry.stage,
        outcome.since,
        entry.event.id,
        outcome.expected,
        outcome.fate,
        outcome.day,
        outcome.by.id if outcome.by else None,
        outcome.days,
        outcome.on_time,
    )


def _step(step: Step, snapshot: Snapshot) -> StepJson:
    event = step.event
    effects = [_effect(effect) for effect in step.effects]
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


def _event_document(view: EventView) -> EventDocumentJson:
    event, snapshot = view.event, view.snapshot
    return EventDocumentJson(
        schema="kjtui/event/1",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(snapshot.record),
        event=event_json(event, snapshot),
        sources=_sources(sources_of(event, snapshot), snapshot.record),
    )


def _meeting_document(view: MeetingView) -> MeetingDocumentJson:
    state, snapshot = view.state, view.snapshot
    return MeetingDocumentJson(
        schema="kjtui/meeting/1",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(snapshot.record),
        meeting=meeting_json(state),
        events=[event_json(event, snapshot) for event in state.events],
        sources=_sources(_cited_by(state.events, snapshot), snapshot.record),
    )


def _cited_by(events: Iterable[Event], snapshot: Snapshot) -> list[str]:
    return [source for event in events for source in sources_of(event, snapshot)]


def _of_facts(standing: Standing, day: date) -> Iterator[str]:
    """Yield the sources of the facts that apply on a day, of requirements only those of the state."""
    track = standing.track
    for fact in (*track.facts_known(day), *track.requirements(standing.state.id, day)):
        yield from fact.sources


def _of_points(known: Iterable[Series]) -> Iterator[str]:
    return (source for series in known for point in series.points for source in point.sources)


def _sources(cited: Iterable[str], record: Record) -> list[SourceJson]:
    return [source_json(record.sources[source]) for source in dict.fromkeys(cited)]


def dataset_json(record: Record) -> DatasetJson:
    """Return the metadata of a record as data."""
    language = current_language()
    return DatasetJson(
        record.dataset.title,
        record.dataset.version,
        record.digest,
        UNSET if language == ENGLISH else language,
    )


def track_json(standing: Standing, day: date) -> TrackJson:
    """Return a standing on a day as data."""
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
        standing.until,
        standing.until_by.id if standing.until_by else None,
        [_pending(entry) for entry in standing.pending],
        [_fact(fact) for fact in standing.track.facts_known(day)],
        [_fact(fact) for fact in standing.track.requirements(standing.state.id, day)],
    )


def _fact(fact: Fact) -> FactJson:
    return FactJson(fact.label, fact.value, fact.until, list(fact.sources))


def _pending(entry: Pending) -> PendingJson:
    return PendingJson(
        entry.state.id, entry.stage, entry.in_force, entry.meant_for, entry.until, entry.event.id
    )


def meeting_json(state: MeetingState) -> MeetingJson:
    """Return the state of a meeting as data."""
    return MeetingJson(
        id=state.meeting.id,
        series=state.meeting.series,
        name=state.meeting.name,
        round=state.meeting.round,
        part_of=state.meeting.part_of,
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


def event_json(event: Event, snapshot: Snapshot) -> EventJson:
    """Return an event as data, with the sides of disagreements that were public by the day."""
    disputes = [
        DisputeJson(dispute.about, [ReadingJson(side.says, list(side.sources)) for side in dispute.readings])
        for dispute in snapshot.disputes(event)
    ]
    return EventJson(
        id=event.id,
        date=event.date.text,
        end=event.end.text if event.end else None,
        time=event.time,
        kind=event.kind,
        weight=event.weight,
        actors=list(event.actors),
        title=event.title,
        summary=event.summary,
        says=event.says,
        effects=[_effect(effect) for effect in event.effects],
        touches=list(event.touches),
        meeting=_meeting_step(event.meeting) if event.meeting else None,
        confidence=event.confidence,
        disputed=bool(disputes),
        disputes=disputes,
        sources=sources_of(event, snapshot),
    )


def _effect(effect: Effect) -> EffectJson:
    return EffectJson(
        effect.track, effect.state, effect.stage, effect.in_force, effect.until, effect.then, effect.note
    )


def _meeting_step(step: MeetingStep) -> MeetingStepJson:
    return MeetingStepJson(
        step.id,
        step.phase,
        step.starts.text if step.starts else None,
        step.ends.text if step.ends else None,
        step.form,
        step.place,
        step.level,
        step.heads,
        step.agenda,
        step.outcome,
    )


def _series(series: Series) -> SeriesJson:
    points = [
        PointJson(point.period.text, point.value, point.published, point.derived, list(point.sources))
        for point in series.points
    ]
    return SeriesJson(series.id, series.track, series.title, series.measure, series.unit, series.note, points)


def source_json(source: Source) -> SourceJson:
    """Return a source as data."""
    return SourceJson(
        source.id,
        source.title,
        source.publisher,
        source.language,
        source.kind,
        source.machine_translated,
        source.date.text if source.date else UNSET,
        source.url or UNSET,
        source.accessed.isoformat() if source.accessed else UNSET,
        source.archived or UNSET,
        source.copy_of or UNSET,
    )
