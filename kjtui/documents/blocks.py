"""Build the blocks and phrases that documents share: standings, events, meetings and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from kjtui.documents.document import (
    Block,
    Citation,
    DatedEvent,
    EventDetails,
    EventList,
    Field,
    FieldList,
    Heading,
    Inline,
    Legend,
    MeetingDetails,
    MeetingLine,
    MeetingList,
    PendingState,
    Remark,
    StatusRow,
    StatusTable,
)
from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import Event, Series
from kjtui.words import labels

RECENT = timedelta(days=30)
"""The age up to which an event counts as recent."""


class Claim(Struct, frozen=True):
    """A claim with its sources.

    Attributes:
        sources: the ids of the sources.
        day: the day on which the claim became public, if known.
        text: the text of the claim; empty for a figure.
    """

    sources: tuple[str, ...]
    day: date | None = None
    text: str = ""


Select = Callable[[Claim], tuple[str, ...]]
"""A function that selects the cited sources of a claim."""


def every(claim: Claim) -> tuple[str, ...]:
    """Cite all sources."""
    return claim.sources


def cite(event: Event, snapshot: Snapshot, select: Select = every) -> Citation:
    """Cite the sources of an event, as known by the day of a snapshot."""
    text = " ".join((event.summary, *event.says.values()))
    return Citation(select(Claim(event.sources, event.day, text)), snapshot.is_disputed(event))


def cited_title(event: Event, snapshot: Snapshot, select: Select = every) -> Inline:
    """Return the title of an event with its sources."""
    return f"{event.title} ", cite(event, snapshot, select)


def status(snapshot: Snapshot, select: Select = every) -> Iterator[Block]:
    """Yield the standing of every track, by groups."""
    yield Legend(tuple(labels.legend(snapshot.standings)))
    for group, standings in groupby(snapshot.standings, lambda s: s.track.group):
        yield Heading(3, group)
        yield StatusTable(tuple(_full_status_row(standing, snapshot, select) for standing in standings))


def _full_status_row(standing: Standing, snapshot: Snapshot, select: Select) -> StatusRow:
    initial = standing.track.initial
    because: Inline = (f"{initial.note} ", Citation(select(Claim(initial.sources))))
    if standing.because:
        because = cited_title(standing.because, snapshot, select)
    if standing.until_by and standing.until_by is not standing.because:
        because = (*because, "; ", *cited_title(standing.until_by, snapshot, select))
    if overdue := labels.overdue(standing, snapshot.day):
        because = (f"{overdue} · ", *because)
    pending = [cited_title(entry.event, snapshot, select) for entry in standing.pending]
    return status_row(standing, snapshot, because, pending, age=standing.days(snapshot.day))


def status_row(
    standing: Standing,
    snapshot: Snapshot,
    because: Inline,
    pending: Sequence[Inline],
    *,
    age: int | None = None,
    meaning: str = "",
) -> StatusRow:
    """Return the row of a standing.

    Args:
        because: why the state holds.
        pending: the reason of each pending state.
        age: the days for which the state has held; ``None`` to leave them out.
        meaning: what the state means; empty to leave it out.
    """
    return StatusRow(
        standing.track.id,
        standing.track.name,
        standing.state.tone,
        labels.state_until(standing, snapshot.day),
        labels.since(standing),
        age,
        because,
        tuple(
            PendingState(labels.signed_pending(entry, snapshot.day), reason, entry.note)
            for entry, reason in zip(standing.pending, pending, strict=True)
        ),
        meaning,
    )


def event_list(events: Iterable[Event], snapshot: Snapshot, select: Select = every) -> Iterator[EventList]:
    """Yield a list of events by title; yield nothing without events."""
    if entries := tuple((event, cite(event, snapshot, select)) for event in events):
        yield EventList(entries)


def event_details(event: Event, snapshot: Snapshot, outcomes: Iterable[str] = ()) -> EventDetails:
    """Return an event in full."""
    return EventDetails(event, cite(event, snapshot), tuple(remarks(event, snapshot)), tuple(outcomes))


def event_summary(event: Event, snapshot: Snapshot, select: Select) -> EventDetails:
    """Return an event with the statements of each side. Of disputes, only the subjects are named."""
    about = "; ".join(dispute.about for dispute in snapshot.disputes(event))
    disputes = (
        [Remark(labels.DISPUTED, (tr("Sources disagree on {subject}", subject=about),))] if about else []
    )
    told = (*_says(event, snapshot), *disputes, *_confidence(event))
    return EventDetails(event, cite(event, snapshot, select), tuple(told), compact=True)


def remarks(event: Event, snapshot: Snapshot) -> Iterator[Remark]:
    """Yield the statements of each side, the disputes, and the confidence of an uncertain event."""
    yield from _says(event, snapshot)
    yield from _disputes(event, snapshot)
    yield from _confidence(event)


def _says(event: Event, snapshot: Snapshot) -> Iterator[Remark]:
    for code, said in event.says.items():
        yield Remark("", (f"{snapshot.record.dataset.actors[code]}: {said}",))


def _disputes(event: Event, snapshot: Snapshot) -> Iterator[Remark]:
    for dispute in snapshot.disputes(event):
        about = tr("Sources disagree on {subject}", subject=dispute.about)
        readings: list[str | Citation] = []
        for reading in dispute.readings:
            readings += ["; " if readings else "", f"{reading.says} ", Citation(reading.sources)]
        yield Remark(labels.DISPUTED, (f"{about}: ", *readings))


def _confidence(event: Event) -> Iterator[Remark]:
    if event.confidence != "high":
        yield Remark("", (tr("Confidence: {level}", level=tr(event.confidence)),))


def _dated(event: Event, snapshot: Snapshot, select: Select = every) -> DatedEvent:
    return DatedEvent(event.id, event.date.text, cited_title(event, snapshot, select))


def meeting_details(state: MeetingState, snapshot: Snapshot) -> MeetingDetails:
    """Return a meeting with all known details."""
    rows = meeting_fields(state, snapshot)
    return _meeting(state, snapshot.day, rows, [_dated(event, snapshot) for event in state.events])


def meeting_summary(state: MeetingState, snapshot: Snapshot, select: Select) -> MeetingDetails:
    """Return the essentials of a meeting; for a past meeting, its date and outcome.

    The last event about the meeting is shown if there is no outcome and the event is not recent, since the
    document lists recent events.
    """
    rows = meeting_fields(state, snapshot)
    event = state.events[-1]
    if state.outcome and state is not snapshot.meeting:
        rows = [
            (tr("When"), labels.meeting_days(state)),
            (tr("Outcome"), state.outcome),
            *_whole(state, snapshot),
        ]
    known = state.outcome or snapshot.day - event.day <= RECENT
    return _meeting(state, snapshot.day, rows, [] if known else [_dated(event, snapshot, select)])


def meeting_fields(state: MeetingState, snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return everything known about a meeting as name and value, with the countries of the heads by name."""
    actors = snapshot.record.dataset.actors
    rows = [(actors.get(name, name), text) for name, text in labels.meeting_rows(state)]
    return rows + _whole(state, snapshot)


def _whole(state: MeetingState, snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return the name of a session's parent meeting, if the parent is known by the day."""
    known = (other.meeting for other in snapshot.meetings.known)
    return [(tr("Part of"), meeting.name) for meeting in known if meeting.id == state.meeting.part_of]


def _meeting(
    state: MeetingState, day: date, rows: list[tuple[str, str]], events: Sequence[DatedEvent]
) -> MeetingDetails:
    fields = tuple((name, text) for name, text in rows if text)
    status = labels.meeting_status(state, day)
    return MeetingDetails(state.meeting.id, status, state.meeting.name, fields, tuple(events))


def meeting_list(states: Iterable[MeetingState]) -> Iterator[MeetingList]:
    """Yield a list of meetings by name; yield nothing without meetings."""
    if entries := tuple(map(_meeting_entry, states)):
        yield MeetingList(entries)


def _meeting_entry(state: MeetingState) -> MeetingLine:
    status = "" if state.status == "held" else f" ({labels.spoken(state.status)})"
    day = state.starts.text[:10] if state.starts else "–"
    text = (f"{state.meeting.name}{status} ", Citation(state.events[-1].sources))
    return MeetingLine(state.meeting.id, state.meeting.name, day, text)


def figures(known: Iterable[Series], select: Select = every) -> Iterator[Block]:
    """Yield the latest figure of each series."""
    yield FieldList(tuple(Field(series.title, _figure(series, select)) for series in known))


def _figure(series: Series, select: Select) -> Inline:
    point = labels.latest(series)
    return f"{labels.figure(series, point)} ", Citation(select(Claim(point.sources, point.published)))
