"""What a day is about, for the header: a change, a decision, a meeting or an event, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import takewhile

from msgspec import Struct

from kjtui.history.fold import RANK, Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event, State, Track


class Change(Struct, frozen=True):
    """What came into force on the day: the standings that changed, by the event that names them best."""

    event: Event | None
    standings: tuple[Standing, ...]
    others: frozenset[str]
    """The ids of the other events that brought changes that day."""


class Happening(Struct, frozen=True):
    """The most important event of the day, and the ids of the others of weight ``main``."""

    event: Event
    others: frozenset[str]


class Lasting(Struct, frozen=True):
    """On a day without events: the leading standings in the same state, and for how many days."""

    standings: tuple[Standing, ...]
    days: int | None


Part = Change | Happening | MeetingState | Lasting
"""Something that a day is about."""


class Next(Struct, frozen=True):
    """What is set for a later day: a state of a track, or a meeting."""

    day: date
    what: tuple[Track, State] | MeetingState


class DayFocus(Struct, frozen=True):
    """What a day is about, the most important first; never empty. ``next`` is what is set for a later day."""

    parts: tuple[Part, ...]
    next: Next | None


def focus_of(snapshot: Snapshot) -> DayFocus:
    """Return what the snapshot's day is about.

    First comes what came into force, then what was decided, then the meetings of the day, then its most
    important event. On a day with minor events only, or with none, it is how long the leading tracks, which
    are those of the first group, have been in their state.
    """
    return DayFocus(_parts(snapshot) or (_lasting(snapshot),), _next(snapshot))


def lead_events(snapshot: Snapshot) -> Iterator[Event]:
    """Yield the events of the day that its focus is about, the most important first."""
    for part in _parts(snapshot):
        if isinstance(part, MeetingState):
            yield from (event for event in reversed(part.events) if event.day == snapshot.day)
        elif part.event:
            yield part.event


@lru_cache(maxsize=2)  # a step asks for it twice: for the header, and for the event to select
def _parts(snapshot: Snapshot) -> tuple[Change | Happening | MeetingState, ...]:
    return tuple(_find_parts(snapshot))


def _find_parts(snapshot: Snapshot) -> Iterator[Change | Happening | MeetingState]:
    events = snapshot.history.events_on(snapshot.day)
    change = _change(snapshot)
    if change:
        yield change
    named = change.event if change else None
    others = [event for event in events if event is not named and event.weight == "main"]
    order = {track: number for number, track in enumerate(snapshot.record.tracks)}
    best = max(others, key=lambda event: _telling(event, order), default=None)
    decided = best is not None and _telling(best, order)[0] >= RANK["adopted"]
    rest = frozenset(event.id for event in others if event is not best)
    if best and decided:
        yield Happening(best, rest)
    meetings = snapshot.meetings.on(snapshot.day)
    yield from meetings
    if (
        best
        and not decided
        and not (best.meeting and best.meeting.id in {one.meeting.id for one in meetings})
    ):
        yield Happening(best, rest)


def _change(snapshot: Snapshot) -> Change | None:
    """Return what came into force on the day. In the leading group, what had been set comes first."""
    changed = [s for s in snapshot.standings if s.because and s.since == snapshot.day]
    if not changed:
        return None
    leading = [standing for standing in changed if standing.track.group == changed[0].track.group]
    changed.sort(key=lambda standing: standing not in leading or not _was_set(standing, snapshot))
    lead = changed[0].because
    together = tuple(standing for standing in changed if standing.because is lead)
    others = frozenset(
        standing.because.id for standing in changed if standing.because and standing.because is not lead
    )
    return Change(lead if lead and lead.day == snapshot.day else None, together, others)


def _telling(event: Event, order: Mapping[str, int]) -> tuple[int, int, int]:
    """Rank an event by its firmest effect, how early the tracks come in the record, how many it bears on.

    ``order`` has the place of each track in the record.
    """
    firmest = max((RANK[effect.stage] for effect in event.effects), default=-1)
    leading = min((order[effect.track] for effect in event.effects), default=len(order))
    return firmest, -leading, len(event.touches)


def _was_set(standing: Standing, snapshot: Snapshot) -> bool:
    """Return whether a change of the track was set for a day on the day before, and so was expected."""
    if snapshot.day == date.min:
        return False
    before = snapshot.history.standing(standing.track.id, snapshot.day - timedelta(days=1))
    return any(entry.in_force for entry in before.pending)


def _lasting(snapshot: Snapshot) -> Lasting:
    """Return the standings of the first group that have the state and the day of the latest change."""
    group = snapshot.standings[0].track.group
    leading = tuple(takewhile(lambda standing: standing.track.group == group, snapshot.standings))
    latest = max(leading, key=lambda standing: standing.since or date.min)
    alike = tuple(s for s in leading if (s.state.label, s.since) == (latest.state.label, latest.since))
    return Lasting(alike, latest.age(snapshot.day))


def _next(snapshot: Snapshot) -> Next | None:
    """Return what is set for the nearest later day; of several things, the one on the leading track."""
    coming = [
        Next(entry.in_force, (standing.track, entry.state))
        for standing in snapshot.standings
        for entry in standing.pending
        if entry.in_force
    ]
    coming += [
        Next(state.first_day, state)
        for state in snapshot.meetings.planned
        if state.first_day and state.first_day > snapshot.day
    ]
    return min(coming, key=lambda entry: entry.day, default=None)
