"""Build the blocks of meetings: details with their sources, and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from kjtui.documents.block_builders import Claim, Select, cite, cited_title, every
from kjtui.documents.block_types import (
    Citation,
    DatedEvent,
    Field,
    Inline,
    MeetingDetails,
    MeetingLine,
    MeetingList,
)
from kjtui.history.meetings import RECENT, MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, noted, tr
from kjtui.record.model import Event
from kjtui.words import labels, meeting_words

_DAYS = ("starts", "ends")
"""The attributes that hold the first and the last day of a meeting."""


def meeting_details(state: MeetingState, snapshot: Snapshot) -> MeetingDetails:
    """Return a meeting with all known details."""
    rows = meeting_fields(state, snapshot)
    events = [_dated(event, snapshot, every) for event in state.events]
    return _meeting(state, snapshot, rows, events, every)


def meeting_summary(
    state: MeetingState, snapshot: Snapshot, select: Select, *, agenda: bool = True
) -> MeetingDetails:
    """Return the most important details of a meeting.

    For the meeting of the day, return all details. For a different meeting that has an outcome, return the
    date, outcome, parent meeting and disputes. If a meeting has no outcome and its last event is not recent,
    this event is added. A recent event is not added, because the document already lists all recent events.
    ``agenda`` says whether to include the agenda.
    """
    event, following = state.events[-1], snapshot.next_meeting
    # The page shows the disputes of the day's own events elsewhere.
    earlier = [event for event in state.events if event.day < snapshot.day]
    if state is snapshot.meeting:
        fields = meeting_fields(state, snapshot, select)
        if following and following.meeting.part_of == state.meeting.id:  # this session has its own block
            fields = [field for field in fields if field.meeting != following.meeting.id]
    elif state.outcome:
        when = Field(tr("When"), _reported(meeting_words.days(state), _DAYS, state, snapshot, select))
        outcome = Field(tr("Outcome"), _reported(state.outcome, ("outcome",), state, snapshot, select))
        fields = [when, outcome, *_whole(state, snapshot)]
    else:
        fields = [*_particulars(state, snapshot, select), *_whole(state, snapshot)]
    if state is not snapshot.meeting:
        fields += _disputed(earlier, snapshot, select)
        if snapshot.meeting:  # the meeting of the day has its own block
            fields = [field for field in fields if field.meeting != snapshot.meeting.meeting.id]
    if not agenda:
        fields = [field for field in fields if field.name != tr("Agenda")]
    events = []
    if not state.outcome and snapshot.day - event.day > RECENT:
        events.append(_dated(event, snapshot, select))
    return replace(_meeting(state, snapshot, fields, events, select), compact=True)


def meeting_fields(state: MeetingState, snapshot: Snapshot, select: Select = every) -> list[Field]:
    """Return fields with everything that is known about a meeting."""
    return [
        *_particulars(state, snapshot, select),
        *_whole(state, snapshot),
        *_sessions(state, snapshot, select),
        *_disputed(state.events, snapshot, select),
    ]


def _particulars(state: MeetingState, snapshot: Snapshot, select: Select) -> Iterator[Field]:
    """Yield the details of a meeting with their sources.

    The field for the head of a delegation is named after the country.
    """
    actors = snapshot.record.dataset.actors
    heads = [("heads",)] * len(state.heads)
    details = (_DAYS, ("form", "level", "place"), *heads, ("agenda",), ("outcome",))
    for (name, text), attributes in zip(meeting_words.rows(state), details, strict=True):
        if text:
            yield Field(actors.get(name, name), _reported(text, attributes, state, snapshot, select))


def _reported(
    text: str, attributes: Iterable[str], state: MeetingState, snapshot: Snapshot, select: Select
) -> Inline:
    """Return the text of some details, with the sources of the events that last reported these details."""
    reports: dict[str, Event] = {}
    for attribute in attributes:
        if getattr(state, attribute):
            event = _last_report(state, attribute)
            reports[event.id] = event
    events = reports.values() or state.events[-1:]
    cited = dict.fromkeys(source for event in events for source in cite(event, snapshot, select).ids)
    return f"{text} ", Citation(tuple(cited))


def _last_report(state: MeetingState, attribute: str) -> Event:
    """Return the last event that reported a detail.

    If no event did, return the last event about the meeting.
    """
    for event in reversed(state.events):
        if event.meeting and getattr(event.meeting, attribute) is not None:
            return event
    return state.events[-1]


def _whole(state: MeetingState, snapshot: Snapshot) -> Iterator[Field]:
    """Yield a field with the parent meeting of a session, if the parent is known on the snapshot's day."""
    for candidate in snapshot.meetings.known:
        if candidate.meeting.id == state.meeting.part_of:
            yield Field(tr("Part of"), (candidate.meeting.name,), meeting=candidate.meeting.id)


def _sessions(state: MeetingState, snapshot: Snapshot, select: Select) -> Iterator[Field]:
    """Yield the known sessions of a meeting in chronological order, each with dates and status."""
    for session in snapshot.meetings.known:
        if session.meeting.part_of == state.meeting.id:
            # The status of an overdue session already contains the days, so the name must not repeat them.
            name = session.meeting.name if session.is_overdue(snapshot.day) else meeting_words.named(session)
            text = join_items((name, meeting_words.status(session, snapshot.day)))
            cited = Citation(cite(session.events[-1], snapshot, select).ids)
            yield Field(tr("Session"), (f"{text} ", cited), meeting=session.meeting.id)


def _disputed(events: Iterable[Event], snapshot: Snapshot, select: Select) -> Iterator[Field]:
    """Yield a field with the disputed subjects of a meeting. Yield nothing if there are none."""
    disputes = [dispute for event in events for dispute in snapshot.disputes(event)]
    if disputes:
        subjects = join_clauses(dict.fromkeys(dispute.about for dispute in disputes))
        readings = [reading for dispute in disputes for reading in dispute.readings]
        cited = [source for reading in readings for source in select(Claim(reading.sources))]
        yield Field(tr("Disputed"), (f"{subjects} ", Citation(tuple(dict.fromkeys(cited)))))


def _is_disputed(state: MeetingState, snapshot: Snapshot) -> bool:
    return any(snapshot.is_disputed(event) for event in state.events)


def _meeting(
    state: MeetingState,
    snapshot: Snapshot,
    fields: Iterable[Field],
    events: Sequence[DatedEvent],
    select: Select,
) -> MeetingDetails:
    """Return the block of a meeting.

    If a field cites the same sources as the name of the meeting, the citation in the field is omitted.
    """
    cited = cite(state.events[-1], snapshot, select).ids

    def other(piece: str | Citation) -> bool:
        return not isinstance(piece, Citation) or set(piece.ids) != set(cited)

    rows = ((field.name, tuple(filter(other, field.text))) for field in fields)
    status = meeting_words.status(state, snapshot.day)
    return MeetingDetails(
        state.meeting.id,
        status,
        state.meeting.name,
        Citation(cited, _is_disputed(state, snapshot)),
        tuple(rows),
        tuple(events),
    )


def meeting_list(
    states: Iterable[MeetingState], snapshot: Snapshot, select: Select = every
) -> Iterator[MeetingList]:
    """Yield a list of meetings, or nothing if there are no meetings."""
    if entries := tuple(_meeting_entry(state, snapshot, select) for state in states):
        yield MeetingList(entries)


def meeting_lines(
    states: Iterable[MeetingState], snapshot: Snapshot, select: Select
) -> Iterator[MeetingList]:
    """Yield each meeting as a list with a single line."""
    for state in states:
        yield MeetingList((_meeting_entry(state, snapshot, select),))


def other_meeting(state: MeetingState, snapshot: Snapshot, select: Select) -> Field:
    """Return a field with the name and the days of a meeting."""
    text = f"{join_items((_name(state), meeting_words.days(state)))} "
    return Field(tr("Other meeting"), (text, _cited(state, snapshot, select)), meeting=state.meeting.id)


def _meeting_entry(state: MeetingState, snapshot: Snapshot, select: Select) -> MeetingLine:
    day = state.starts.text[:10] if state.starts else "–"
    text = (f"{_name(state)} ", _cited(state, snapshot, select))
    return MeetingLine(state.meeting.id, state.meeting.name, day, text)


def _name(state: MeetingState) -> str:
    """Return the name of a meeting, followed by its status unless the meeting was held."""
    return noted(state.meeting.name, "" if state.status == "held" else labels.spoken(state.status))


def _cited(state: MeetingState, snapshot: Snapshot, select: Select) -> Citation:
    """Cite the last event about a meeting."""
    return Citation(cite(state.events[-1], snapshot, select).ids, _is_disputed(state, snapshot))


def _dated(event: Event, snapshot: Snapshot, select: Select) -> DatedEvent:
    return DatedEvent(event.id, event.date.text, cited_title(event, snapshot, select))
