"""Fold events into the standing of a track.

Events are applied in order. Each decided effect schedules a state of its track, usually with the day on which
the state takes effect. A newly scheduled state replaces the states that were scheduled earlier and are not in
force yet (docs/store.md, "How a status is derived").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from kjtui.record.model import Effect, Event, Stage, State, Track

RANK: Mapping[Stage, int] = {stage: rank for rank, stage in enumerate(get_args(Stage))}
"""The firmness of each stage. A higher number means a firmer stage."""

_DAY = timedelta(days=1)

TrackStep = tuple[Event, list[Effect]]
"""An event with its effects on one track."""


def is_decided(stage: Stage) -> bool:
    """Return whether a state with this stage comes into force on its day without a further event."""
    return RANK[stage] >= RANK["adopted"]


def decides(event: Event) -> bool:
    """Return whether an event has a decided effect on any track."""
    return any(is_decided(effect.stage) for effect in event.effects)


def days_held(first: date, last: date) -> int:
    """Return the number of days on which a state held, including the first and the last day.

    On screen and in documents, the age of every state is counted in this way. A state that begins today has
    held for 1 day. The lengths of all runs of a track add up to the number of days in its record.
    """
    return max((last - first).days + 1, 0)


class Pending(Struct, frozen=True):
    """A state that is not in force yet.

    Attributes:
        stage: the stage of the decision.
        in_force: the scheduled day on which a decided state takes effect, if any.
        event: the event that proposed or decided the state.
        meant_for: the target day, if the stage is below ``adopted``. The state does not take effect
            automatically on this day.
        until: the last day of the state, if the decision sets one.
    """

    state: State
    stage: Stage
    in_force: date | None
    event: Event
    note: str = ""
    meant_for: date | None = None
    until: date | None = None

    def is_overdue(self, day: date) -> bool:
        """Return whether the target day has passed without a decision."""
        return self.meant_for is not None and self.meant_for < day


class Standing(Struct, frozen=True):
    """A track's state on a day.

    Attributes:
        since: the first day of the current run of this state, if known.
        because: the event that put the state in force; ``None`` for the initial state.
        pending: the states that are not in force yet. Scheduled states come first, by day. The other states
            follow, most advanced stage first.
        until: the last day of the state, if the decision in force sets one.
        until_by: the event that set ``until`` or removed an earlier last day. It differs from ``because`` if
            the state was extended or lost its last day.
    """

    track: Track
    state: State
    since: date | None
    because: Event | None
    pending: tuple[Pending, ...]
    until: date | None = None
    until_by: Event | None = None

    def days(self, day: date) -> int | None:
        """Return the age of the state in days, at the end of ``day``; see :func:`days_held`."""
        return None if self.since is None else days_held(self.since, day)

    def is_overdue(self, day: date) -> bool:
        """Return whether ``until`` has passed and no event has set the next state."""
        return self.until is not None and self.until < day


class Run(Struct, frozen=True):
    """An unbroken period of days in one state.

    Attributes:
        first: the first day whose snapshot shows the state; ``date.min`` for the initial state.
        last: the last day whose snapshot shows the state; ``None`` for the state at the end of the record.
        since: the first day in force; ``None`` if unknown. This day is before ``first`` if the state was
            published later.
        because: the event that put the state in force; ``None`` for the initial state.
        end: the last day in force; ``None`` for the state at the end of the record. This day is before
            ``last`` if the next change was published later.
    """

    first: date
    last: date | None
    state: State
    since: date | None
    because: Event | None
    end: date | None

    def days(self, end: date) -> int | None:
        """Return the length of the run in days; ``None`` if its beginning is unknown.

        Args:
            end: days after this day are not counted.
        """
        if self.since is None:
            return None
        return days_held(self.since, end if self.end is None else min(self.end, end))


class TrackHistory:
    """The standings of one track over time.

    Attributes:
        track: the track.
        steps: the events with effects on the track, in order, each with its effects on the track.
    """

    def __init__(self, track: Track, steps: Iterable[TrackStep]) -> None:
        self.track = track
        self.steps = list(steps)
        self._days: list[date] = []
        self._standings = [_initial(track)]
        for day, of_day in groupby(self.steps, lambda step: step[0].day):
            self._days.append(day)
            self._standings.append(_end_of_day(self._standings[-1], day, of_day))

    def standing(self, day: date) -> Standing:
        """Return the standing at the end of ``day``, from the events up to that day.

        If the last day of the state has passed and the next state is scheduled, ``until`` is ``None``.
        """
        standing = _advance(self._standings[bisect_right(self._days, day)], day)
        if standing.is_overdue(day) and standing.pending and standing.pending[0].in_force:
            return replace(standing, until=None, until_by=None)
        return standing

    def chain(self, standing: Standing) -> tuple[Event, ...]:
        """Return the events behind the current state, in order.

        These events proposed the state, adopted it, and put it in force. The chain begins after the last
        event that put a different state in force.
        """
        if standing.because is None or standing.since is None:
            return ()
        start = max(standing.since, standing.because.day)
        chain: list[Event] = []
        for event, effects in self.steps:
            others = [effect for effect in effects if effect.state != standing.state.id]
            if any(self._held_before(start, effect, event) for effect in others):
                chain = []
            if any(standing.state.id in (effect.state, effect.then) for effect in effects):
                chain.append(event)
            if event is standing.because:
                break
        return tuple(chain)

    def _held_before(self, start: date, effect: Effect, event: Event) -> bool:
        """Return whether an effect put its state in force before the day ``start``."""
        day = scheduled_day(effect, event)
        if day is None:
            return False
        day = max(day, event.day)
        return day < start and self.standing(day).state.id == effect.state

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Return all runs of the track, in order. Only the state at the end of each day counts."""
        starts = [(date.min, self.standing(date.min))]
        for day in sorted(self._possible_changes()):
            standing = self.standing(day)
            if standing.state is not starts[-1][1].state:
                starts.append((day, standing))
        runs: list[Run] = []
        last: date | None = None
        end: date | None = None
        for first, standing in reversed(starts):
            run = Run(first, last, standing.state, standing.since, standing.because, end)
            runs.append(run)
            last = first - _DAY if first > date.min else None
            end = run.since - _DAY if run.since and run.since > date.min else last
        return tuple(reversed(runs))

    @property
    def changes(self) -> tuple[date, ...]:
        """Return the days on which the state changed, in order."""
        return tuple(run.first for run in self.runs[1:])

    @property
    def step_days(self) -> Sequence[date]:
        """Return the days of the steps, in order, without duplicates."""
        return self._days

    def _possible_changes(self) -> set[date]:
        """Return the days of the events, and the days for which these events scheduled a state."""
        scheduled = {entry.in_force for standing in self._standings for entry in standing.pending}
        return set(self._days) | {day for day in scheduled if day}


def _initial(track: Track) -> Standing:
    since = track.initial.since
    first = since.first if since and since.exact else None
    return Standing(track, track.state(track.initial.state), first, None, ())


def _end_of_day(earlier: Standing, day: date, steps: Iterable[TrackStep]) -> Standing:
    """Return the standing at the end of a day with events.

    ``earlier`` is the standing at the end of the previous day with events, or the initial standing.
    """
    before = _advance(earlier, day - _DAY) if day > date.min else earlier
    standing = _advance(before, day)
    for event, effects in steps:
        standing = apply_event(standing, event, effects)
    if standing.state is before.state:
        # Within the day the state may have changed and changed back. For example, a change can be cancelled
        # on the day it was due. Only the state at the end of a day counts, so the run continues.
        standing = replace(standing, since=before.since, because=before.because)
    return standing


def apply_event(before: Standing, event: Event, effects: Iterable[Effect]) -> Standing:
    """Return the standing after an event, given the previous standing and the event's effects on the track.

    A decision replaces all pending states. An undecided effect replaces only pending states of the same or a
    lower stage.
    """
    # Use the firmest effect of the event: one event can adopt a state and also propose a later state.
    added = [entry for effect in effects for entry in _entries(effect, event, before.track)]
    firmest = max(RANK[entry.stage] for entry in added)
    remaining: list[Pending] = []
    if firmest < RANK["adopted"]:
        remaining = [entry for entry in before.pending if RANK[entry.stage] > firmest]
    return _advance(replace(before, pending=tuple(sorted(remaining + added, key=_order))), event.day)


def _entries(effect: Effect, event: Event, track: Track) -> Iterator[Pending]:
    """Yield the state that an effect sets. For a limited state, also yield the state after its last day."""
    state = track.state(effect.state)
    if not is_decided(effect.stage):
        yield Pending(state, effect.stage, None, event, effect.note, meant_for=effect.in_force)
        return
    day, until = scheduled_day(effect, event), effect.until
    yield Pending(state, effect.stage, day, event, effect.note, until=until)
    if effect.then and until and day and day <= until < date.max:
        yield Pending(track.state(effect.then), "adopted", until + _DAY, event)


def _order(entry: Pending) -> tuple[date, int]:
    """Return the sort key of a pending state.

    Scheduled states come first, by day. The other states follow, most advanced stage first.
    """
    return (entry.in_force, 0) if entry.in_force else (date.max, -RANK[entry.stage])


def scheduled_day(effect: Effect, event: Event) -> date | None:
    """Return the day on which an effect enters into force without a further event.

    ``None`` if a further event must set the day.
    """
    if not is_decided(effect.stage):
        return None
    return effect.in_force or (event.day if effect.stage == "in-force" else None)


def _advance(standing: Standing, day: date) -> Standing:
    """Return the standing after all states scheduled up to ``day`` have taken effect."""
    pending = standing.pending
    count = 0
    # Pending states are sorted by day, and states without a day come last, so the due states come first.
    while count < len(pending) and (due := pending[count].in_force) and due <= day:
        count += 1
        # If several states are scheduled for one day, only the last takes effect. The others do not end the
        # current run.
        if count == len(pending) or pending[count].in_force != due:
            standing = _take_effect(standing, pending[count - 1])
    return replace(standing, pending=pending[count:]) if count else standing


def _take_effect(standing: Standing, entry: Pending) -> Standing:
    # If an event confirms a state on the state's first day, `because` is this event, not the announcement.
    # An event that repeats the state on a later day does not start a new run.
    is_new = entry.state is not standing.state
    until_by = None if is_new else standing.until_by
    if entry.until or (standing.until and not is_new):
        until_by = entry.event
    if is_new or entry.in_force == standing.since:
        standing = replace(standing, state=entry.state, since=entry.in_force, because=entry.event)
    return replace(standing, until=entry.until, until_by=until_by)
