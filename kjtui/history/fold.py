"""Fold events into the standing of a track.

Events are applied in order. The effects of an event on a track schedule states for days and replace what
was scheduled and is not yet in force (docs/store.md, "How a status is derived").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from kjtui.record.model import Effect, Event, Stage, State, Track

RANK: Mapping[Stage, int] = {stage: rank for rank, stage in enumerate(get_args(Stage))}
"""How firm each stage is; the higher, the firmer."""


class Pending(Struct, frozen=True):
    """A state that is not in force yet, with the stage it has reached.

    ``in_force`` is the day it takes effect, if one is set.
    """

    state: State
    stage: Stage
    in_force: date | None
    event: Event
    note: str = ""


class Standing(Struct, frozen=True):
    """A track's state on a day.

    Attributes:
        since: the first day of the unbroken run of this state, if known.
        because: the event that put it in force; ``None`` for the initial state.
        pending: what is not in force yet: by day, then, without a day, the firmest first.
    """

    track: Track
    state: State
    since: date | None
    because: Event | None
    pending: tuple[Pending, ...]

    def age(self, day: date) -> int | None:
        """Return for how many days the state has held on ``day``."""
        return None if self.since is None else (day - self.since).days


class Run(Struct, frozen=True):
    """An unbroken run of one state, from its first day; from ``date.min`` for the initial state."""

    first: date
    state: State


class TrackHistory:
    """Every standing of one track.

    ``steps`` are the events with effects on the track, in order, each with those effects.
    """

    def __init__(self, track: Track, steps: Iterable[tuple[Event, list[Effect]]]) -> None:
        self.track = track
        self._steps = list(steps)
        self._days: list[date] = []
        self._standings = [_initial(track)]
        for event, effects in self._steps:
            before = _advance(self._standings[-1], event.day)
            self._days.append(event.day)
            self._standings.append(apply_event(before, event, effects))

    def standing(self, day: date) -> Standing:
        """Return the standing at the end of ``day``, from the events up to that day."""
        return _advance(self._standings[bisect_right(self._days, day)], day)

    def chain(self, standing: Standing) -> tuple[Event, ...]:
        """Return the events behind the current state, in order.

        These proposed, adopted and put it in force, after the last event by which another state took effect.
        """
        if standing.because is None:
            return ()
        chain: list[Event] = []
        for index, (event, effects) in enumerate(self._steps):
            until = self._days[index + 1] if index + 1 < len(self._days) else date.max
            others = [effect for effect in effects if effect.state != standing.state.id]
            if event is not standing.because and any(took_effect(effect, event, until) for effect in others):
                chain = []
            if any(effect.state == standing.state.id for effect in effects):
                chain.append(event)
            if event is standing.because:
                break
        return tuple(chain)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Return every run of a state, in order, as the standings at the ends of days show it."""
        runs = [Run(date.min, self._standings[0].state)]
        for day in sorted(self._possible_changes()):
            state = self.standing(day).state
            if state is not runs[-1].state:
                runs.append(Run(day, state))
        return tuple(runs)

    @property
    def changes(self) -> tuple[date, ...]:
        """Return the days on which the state changed, in order."""
        return tuple(run.first for run in self.runs[1:])

    def _possible_changes(self) -> set[date]:
        """Return the days of the events, and those that they scheduled."""
        scheduled = {entry.in_force for standing in self._standings for entry in standing.pending}
        return set(self._days) | {day for day in scheduled if day}


def _initial(track: Track) -> Standing:
    since = track.initial.since
    return Standing(
        track, track.state(track.initial.state), since.first if since and since.exact else None, None, ()
    )


def apply_event(before: Standing, event: Event, effects: list[Effect]) -> Standing:
    """Return the standing at the end of an event's day, from the one before and the event's effects.

    What is decided replaces all that is pending. A looser stage replaces what is pending at its own or a
    lower stage, but nothing firmer.
    """
    added = [
        Pending(
            before.track.state(effect.state), effect.stage, _scheduled_day(effect, event), event, effect.note
        )
        for effect in effects
    ]
    firmest = max(RANK[effect.stage] for effect in effects)
    decided = firmest >= RANK["adopted"]
    kept = [] if decided else [entry for entry in before.pending if RANK[entry.stage] > firmest]
    return _advance(replace(before, pending=tuple(sorted(kept + added, key=_order))), event.day)


def _order(entry: Pending) -> tuple[date, int]:
    """Return the key that sorts what is pending: by day, then, without a day, the firmest first."""
    return (entry.in_force, 0) if entry.in_force else (date.max, -RANK[entry.stage])


def _scheduled_day(effect: Effect, event: Event) -> date | None:
    """Return the day on which an effect takes effect; below ``adopted`` there is none."""
    if RANK[effect.stage] < RANK["adopted"]:
        return None
    return effect.in_force or (event.day if effect.stage == "in-force" else None)


def took_effect(effect: Effect, event: Event, until: date) -> bool:
    """Return whether an effect took effect by ``until``, the day of the next event on its track."""
    day = _scheduled_day(effect, event)
    return day is not None and day <= until


def _advance(standing: Standing, day: date) -> Standing:
    """Return the standing after everything scheduled up to ``day`` has taken effect."""
    pending = standing.pending
    if not pending or pending[0].in_force is None or pending[0].in_force > day:
        return standing
    for index, entry in enumerate(pending):
        if entry.in_force is None or entry.in_force > day:
            return replace(standing, pending=pending[index:])
        # An event that confirms a state on its first day is its better reason than the one that announced
        # it. An event that repeats the state later on does not start a new run.
        if entry.state is not standing.state or entry.in_force == standing.since:
            standing = replace(standing, state=entry.state, since=entry.in_force, because=entry.event)
    return replace(standing, pending=())
