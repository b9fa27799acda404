"""The focus of a day: what the header shows about the day, and the next scheduled item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from kjtui.history.fold import RANK, Pending, Standing, decides
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event, State, Track


class Change(Struct, frozen=True):
    """The standings that changed on the day, and the event behind the change."""

    event: Event | None
    standings: tuple[Standing, ...]
    others: frozenset[str]
    """The ids of the other events that caused changes on the day."""


class Happening(Struct, frozen=True):
    """The most important main event of the day, and the ids of the other main events."""

    event: Event
    others: frozenset[str]


class Lasting(Struct, frozen=True):
    """The focus of a day without main events: the standings that changed last, and their age.

    Attributes:
        days: the age of the standings in days; ``None`` if unknown.
    """

    standings: tuple[Standing, ...]
    days: int | None


Part = Change | Happening | MeetingState | Lasting
"""A part of the focus of a day."""


class Next(Struct, frozen=True):
    """The next scheduled item after the day: a state of a track, or a meeting."""

    day: date
    what: tuple[Track, State] | MeetingState


class DayFocus(Struct, frozen=True):
    """The parts of a day's focus, most important first, and the next scheduled item.

    There is at least one part.
    """

    parts: tuple[Part, ...]
    next: Next | None


def focus_of(snapshot: Snapshot) -> DayFocus:
    """Return the focus of the snapshot's day.

    The order of the parts is: states that came into force, a decision, the meetings of the day, and the most
    important event of the day. If there are none of these, the focus is the last change and its age.
    """
    return DayFocus(_parts(snapshot) or (_lasting(snapshot),), _next(snapshot))


def lead_events(snapshot: Snapshot) -> Iterator[Event]:
    """Yield the events of the day's focus, most important first."""
    for part in _parts(snapshot):
        if isinstance(part, MeetingState):
            yield from (event for event in reversed(part.events) if event.day == snapshot.day)
        elif part.event:
            yield part.event


@lru_cache(maxsize=2)  # called twice per cursor step: for the header, and for the event to select
def _parts(snapshot: Snapshot) -> tuple[Change | Happening | MeetingState, ...]:
    """Return the parts of the focus: the change, a decision, the meetings, then the main event.

    A change of state matters most. A meeting precedes an ordinary event, because the event usually reports
    the meeting.
    """
    change = _change(snapshot)
    happening = _happening(snapshot, change)
    meetings = snapshot.meetings.on_day(snapshot.day)
    parts: list[Change | Happening | MeetingState] = []
    if change:
        parts.append(change)
    if happening and decides(happening.event):
        parts.append(happening)
        happening = None
    parts += meetings
    if happening and not _is_about(happening.event, meetings):
        parts.append(happening)
    return tuple(parts)


def _happening(snapshot: Snapshot, change: Change | None) -> Happening | None:
    """Return the most important main event of the day. The event of ``change`` is left out."""
    change_event = change.event if change else None
    events = snapshot.history.events_on(snapshot.day)
    others = [event for event in events if event is not change_event and event.weight == "main"]
    if not others:
        return None
    order = {track: position for position, track in enumerate(snapshot.record.tracks)}
    best = max(others, key=lambda event: _importance(event, order))
    return Happening(best, frozenset(event.id for event in others if event is not best))


def _is_about(event: Event, meetings: Sequence[MeetingState]) -> bool:
    """Return whether an event is about one of the meetings. If it is, the header shows only the meeting."""
    ids = {state.meeting.id for state in meetings}
    return event.meeting is not None and event.meeting.id in ids


def _change(snapshot: Snapshot) -> Change | None:
    """Return the leading change and all other changes by the same event. ``None`` if no state changed.

    The leading change is in the same group of tracks as the first changed track. If some changes in this
    group were scheduled before the day, the leading change is the first of them. Otherwise it is the change
    of the first changed track. The ``event`` of the result is ``None`` if the leading change was decided on
    an earlier day.
    """
    changed = [s for s in snapshot.standings if s.because and s.since == snapshot.day]
    if not changed:
        return None
    group = changed[0].track.group
    scheduled = [s for s in changed if s.track.group == group and _was_set(s, snapshot)]
    leading_event = (scheduled or changed)[0].because
    together = []
    others = set()
    for standing in [*scheduled, *(s for s in changed if s not in scheduled)]:
        if standing.because is leading_event:
            together.append(standing)
        elif standing.because:
            others.add(standing.because.id)
    event = leading_event if leading_event and leading_event.day == snapshot.day else None
    return Change(event, tuple(together), frozenset(others))


def _importance(event: Event, order: Mapping[str, int]) -> tuple[int, int, int]:
    """Return the sort key of an event: stage of its firmest effect, first track, and number of tracks.

    Args:
        order: the position of each track in the record.
    """
    firmest = max((RANK[effect.stage] for effect in event.effects), default=-1)
    leading = min((order[effect.track] for effect in event.effects), default=len(order))
    return firmest, -leading, len(event.touches)


def _was_set(standing: Standing, snapshot: Snapshot) -> bool:
    """Return whether a change of the track was already scheduled at the end of the previous day."""
    if snapshot.day == date.min:
        return False
    before = snapshot.history.standing(standing.track.id, snapshot.day - timedelta(days=1))
    return any(entry.in_force for entry in before.pending)


def _lasting(snapshot: Snapshot) -> Lasting:
    """Return the standing that changed last.

    Standings of the same group that have the same state since the same day are included.
    """
    changed = [standing for standing in snapshot.standings if standing.because]
    candidates = changed or list(snapshot.standings)
    latest = max(candidates, key=lambda standing: standing.since or date.min)
    alike = [
        standing
        for standing in candidates
        if (standing.state.label, standing.since) == (latest.state.label, latest.since)
        and standing.track.group == latest.track.group
    ]
    return Lasting(tuple(alike), latest.days(snapshot.day))


def scheduled_states(snapshot: Snapshot) -> Iterator[tuple[date, Standing, Pending]]:
    """Yield each pending state with a scheduled day: the day, the standing of the track, and the state."""
    for standing in snapshot.standings:
        for entry in standing.pending:
            if entry.in_force:
                yield entry.in_force, standing, entry


def planned_meetings(snapshot: Snapshot) -> Iterator[tuple[date, MeetingState]]:
    """Yield the planned meetings of later days, each with its first day."""
    for state in snapshot.meetings.planned:
        if state.first_day and state.first_day > snapshot.day:
            yield state.first_day, state


def _next(snapshot: Snapshot) -> Next | None:
    """Return the next scheduled item.

    If several items have the same day, states come before meetings. The states are in the order of the
    tracks.
    """
    coming: list[Next] = []
    for day, standing, entry in scheduled_states(snapshot):
        coming.append(Next(day, (standing.track, entry.state)))
    for day, meeting in planned_meetings(snapshot):
        coming.append(Next(day, meeting))
    return min(coming, key=lambda item: item.day, default=None)
