"""Build the blocks and phrases that documents share: standings, events, meetings and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from kjtui.documents.block_types import (
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
    plain,
)
from kjtui.history.fold import Standing
from kjtui.history.meetings import RECENT, MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, labelled, noted, tr
from kjtui.record.model import Event, Series
from kjtui.words import labels, meeting_words


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
    text = " ".join((event.summary or event.title, *event.says.values()))
    sources = select(Claim(event.sources, event.day, text))
    if select is every:
        sources = _by_date(sources, snapshot)
    return Citation(sources, snapshot.is_disputed(event))


def _by_date(sources: Iterable[str], snapshot: Snapshot) -> tuple[str, ...]:
    """Return sources in the order of publication, sources without a date last."""

    def published(source: str) -> date:
        period = snapshot.record.sources[source].date
        return period.last if period else date.max

    return tuple(sorted(sources, key=published))


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
        because = (*because, join_clauses(("", "")), *cited_title(standing.until_by, snapshot, select))
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
        because: the reason for the state.
        pending: the reason of each pending state.
        age: the days for which the state has held; ``None`` to leave them out.
        meaning: the meaning of the state; empty to leave it out.
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
    """Return an event in full. An event without texts takes one line and needs no empty lines around it."""
    told = tuple(remarks(event, snapshot))
    compact = not (event.summary or told)
    return EventDetails(event, cite(event, snapshot), told, tuple(outcomes), compact)


def event_summary(event: Event, snapshot: Snapshot, select: Select) -> EventDetails:
    """Return an event with the statements of each side. Disputes are shown by subject only."""
    about = join_clauses(dispute.about for dispute in snapshot.disputes(event))
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
        actor = snapshot.record.dataset.actors[code]
        yield Remark("", (tr("{actor}: {statement}", actor=actor, statement=said),))


def _disputes(event: Event, snapshot: Snapshot) -> Iterator[Remark]:
    for dispute in snapshot.disputes(event):
        about = tr("Sources disagree on {subject}", subject=dispute.about)
        readings: list[str | Citation] = []
        for reading in dispute.readings:
            readings += [
                join_clauses(("", "")) if readings else "",
                f"{reading.says} ",
                Citation(reading.sources),
            ]
        yield Remark(labels.DISPUTED, (labelled(about), *readings))


def _confidence(event: Event) -> Iterator[Remark]:
    if event.confidence != "high":
        yield Remark("", (tr("Confidence: {level}", level=tr(event.confidence)),))


def _dated(event: Event, snapshot: Snapshot, select: Select = every) -> DatedEvent:
    return DatedEvent(event.id, event.date.text, cited_title(event, snapshot, select))


def meeting_details(state: MeetingState, snapshot: Snapshot) -> MeetingDetails:
    """Return a meeting with all known details."""
    rows = meeting_fields(state, snapshot)
    return _meeting(state, snapshot, rows, [_dated(event, snapshot) for event in state.events])


def meeting_summary(state: MeetingState, snapshot: Snapshot, select: Select) -> MeetingDetails:
    """Return the essentials of a meeting; for a past meeting, its date and outcome.

    Without an outcome, the last event about the meeting is shown, unless it is recent: the document lists
    recent events anyway.
    """
    event, following = state.events[-1], snapshot.next_meeting
    if state is snapshot.meeting:
        fields = meeting_fields(state, snapshot)
        if following and following.meeting.part_of == state.meeting.id:  # shown in its own block
            fields = [field for field in fields if field.meeting != following.meeting.id]
    elif state.outcome:
        when = Field(tr("When"), (meeting_words.days(state),))
        fields = [when, Field(tr("Outcome"), (state.outcome,)), *_whole(state, snapshot)]
    else:
        fields = [*_particulars(state, snapshot), *_whole(state, snapshot)]
    known = state.outcome or snapshot.day - event.day <= RECENT
    return _meeting(state, snapshot, fields, [] if known else [_dated(event, snapshot, select)])


def meeting_fields(state: MeetingState, snapshot: Snapshot) -> list[Field]:
    """Return everything known about a meeting."""
    return [
        *_particulars(state, snapshot),
        *_whole(state, snapshot),
        *_sessions(state, snapshot),
        *_disputed(state, snapshot),
    ]


def _particulars(state: MeetingState, snapshot: Snapshot) -> Iterator[Field]:
    """Yield the details of a meeting from its events; delegation heads are listed under country names."""
    actors = snapshot.record.dataset.actors
    for name, text in meeting_words.rows(state):
        if text:
            yield Field(actors.get(name, name), (text,))


def _whole(state: MeetingState, snapshot: Snapshot) -> Iterator[Field]:
    """Yield the parent meeting of a session, if the parent is known by the day."""
    for other in snapshot.meetings.known:
        if other.meeting.id == state.meeting.part_of:
            yield Field(tr("Part of"), (other.meeting.name,), meeting=other.meeting.id)


def _sessions(state: MeetingState, snapshot: Snapshot) -> Iterator[Field]:
    """Yield the known sessions of a meeting, by day, each with its days and its status."""
    for session in snapshot.meetings.known:
        if session.meeting.part_of == state.meeting.id:
            parts = [session.meeting.name, meeting_words.status(session, snapshot.day)]
            if not session.is_overdue(snapshot.day):  # else the status includes the days
                parts.insert(1, meeting_words.days(session))
            yield Field(tr("Session"), (join_items(parts),), meeting=session.meeting.id)


def _disputed(state: MeetingState, snapshot: Snapshot) -> Iterator[Field]:
    """Yield a field with the disputed points about a meeting, if any."""
    disputes = [dispute.about for event in state.events for dispute in snapshot.disputes(event)]
    if disputes:
        yield Field(tr("Disputed"), (join_clauses(dict.fromkeys(disputes)),))


def _is_disputed(state: MeetingState, snapshot: Snapshot) -> bool:
    return any(snapshot.is_disputed(event) for event in state.events)


def _meeting(
    state: MeetingState, snapshot: Snapshot, fields: Iterable[Field], events: Sequence[DatedEvent]
) -> MeetingDetails:
    rows = tuple((field.name, plain(field.text)) for field in fields)
    status = meeting_words.status(state, snapshot.day)
    return MeetingDetails(
        state.meeting.id, status, state.meeting.name, rows, tuple(events), _is_disputed(state, snapshot)
    )


def meeting_list(
    states: Iterable[MeetingState], snapshot: Snapshot, select: Select = every
) -> Iterator[MeetingList]:
    """Yield a list of meetings by name; yield nothing without meetings."""
    if entries := tuple(_meeting_entry(state, snapshot, select) for state in states):
        yield MeetingList(entries)


def meeting_lines(
    states: Iterable[MeetingState], snapshot: Snapshot, select: Select
) -> Iterator[MeetingList]:
    """Yield a list of one line for each meeting."""
    for state in states:
        yield MeetingList((_meeting_entry(state, snapshot, select),))


def _meeting_entry(state: MeetingState, snapshot: Snapshot, select: Select) -> MeetingLine:
    name = noted(state.meeting.name, "" if state.status == "held" else labels.spoken(state.status))
    day = state.starts.text[:10] if state.starts else "–"
    cited = cite(state.events[-1], snapshot, select)
    text = (f"{name} ", Citation(cited.ids, _is_disputed(state, snapshot)))
    return MeetingLine(state.meeting.id, state.meeting.name, day, text)


def figures(known: Iterable[Series], select: Select = every) -> Iterator[Block]:
    """Yield the latest figure of each series."""
    yield FieldList(tuple(Field(series.title, _figure(series, select)) for series in known))


def _figure(series: Series, select: Select) -> Inline:
    point = labels.latest(series)
    return f"{labels.figure(series, point)} ", Citation(select(Claim(point.sources, point.published)))
