"""Folding events into the standing of a track.

An event's effects on one track are one *word* on it. Words are taken in order; each schedules states
for days and replaces what was scheduled and not yet in force (docs/store.md: how a status is worked out).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from kjtui.record.model import Effect, Event, Stage, State, Track


class Pending(NamedTuple):
    """A state that was proposed or adopted and is not in force.

    ``in_force`` is the day it takes effect, where one was set.
    """

    state: State
    stage: Stage
    in_force: date | None
    event: Event
    note: str = ""


class Standing(NamedTuple):
    """A track's state on a day.

    ``since`` is the first day of the unbroken run of this state, where known, and ``because`` the event
    that put it in force: ``None`` for the state a track had before its first event.
    """

    track: Track
    state: State
    since: date | None
    because: Event | None
    pending: tuple[Pending, ...]

    def age(self, day: date) -> int | None:
        """For how many days the state has held on a day."""
        return None if self.since is None else (day - self.since).days


class Run(NamedTuple):
    """An unbroken run of one state: its first day, or ``date.min`` for the state before the first change."""

    first: date
    state: State


class TrackHistory:
    """Every standing of one track, ready to be asked for any day."""

    def __init__(self, track: Track, words: Iterable[tuple[Event, list[Effect]]]) -> None:
        self.track = track
        self._words = list(words)
        self._days: list[date] = []
        self._standings = [_initial(track)]
        for event, word in self._words:
            before = _in_force(self._standings[-1], event.day)
            self._days.append(event.day)
            self._standings.append(_say(before, event, word))

    def standing(self, day: date) -> Standing:
        """The standing at the end of a day, from the events up to that day alone."""
        return _in_force(self._standings[bisect_right(self._days, day)], day)

    def chain(self, standing: Standing) -> tuple[Event, ...]:
        """The events that led to a standing: those that proposed, adopted and put in force its state, after
        the last word by which another state came or stayed in force."""
        if standing.because is None:
            return ()
        chain: list[Event] = []
        for place, (event, word) in enumerate(self._words):
            until = self._days[place + 1] if place + 1 < len(self._days) else date.max
            others = [effect for effect in word if effect.state != standing.state.id]
            if event is not standing.because and any(_came(effect, event, until) for effect in others):
                chain = []
            if any(effect.state == standing.state.id for effect in word):
                chain.append(event)
            if event is standing.because:
                break
        return tuple(chain)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Every run of a state, in order, as the standings at the ends of days show it."""
        runs = [Run(date.min, self._standings[0].state)]
        for day in sorted(self._touched()):
            state = self.standing(day).state
            if state is not runs[-1].state:
                runs.append(Run(day, state))
        return tuple(runs)

    @property
    def changes(self) -> tuple[date, ...]:
        """The days on which the state changed, in order."""
        return tuple(run.first for run in self.runs[1:])

    def _touched(self) -> set[date]:
        """The days on which the state can have changed: of a word, or of what one scheduled."""
        scheduled = {entry.in_force for standing in self._standings for entry in standing.pending}
        return set(self._days) | {day for day in scheduled if day}


def _initial(track: Track) -> Standing:
    since = track.initial.since
    return Standing(
        track, track.state(track.initial.state), since.first if since and since.exact else None, None, ()
    )


def _say(before: Standing, event: Event, word: list[Effect]) -> Standing:
    """The standing after a word, with all that the word schedules still pending."""
    said = [
        Pending(before.track.state(effect.state), effect.stage, _day(effect, event), event, effect.note)
        for effect in word
    ]
    # A proposal changes nothing, so it cannot unsettle what has been adopted.
    kept = (
        [entry for entry in before.pending if entry.stage != "proposed"]
        if all(entry.stage == "proposed" for entry in said)
        else []
    )
    scheduled = sorted(kept + said, key=lambda entry: entry.in_force or date.max)
    return _in_force(before._replace(pending=tuple(scheduled)), event.day)


def _day(effect: Effect, event: Event) -> date | None:
    """The day for which an effect is scheduled: a proposal has none."""
    if effect.stage == "proposed":
        return None
    return effect.in_force or (event.day if effect.stage == "in-force" else None)


def _came(effect: Effect, event: Event, until: date) -> bool:
    """Whether an effect came into force before the next word on its track could replace it."""
    day = _day(effect, event)
    return day is not None and day <= until


def _in_force(standing: Standing, day: date) -> Standing:
    """The standing once everything scheduled up to a day has taken effect."""
    pending = standing.pending
    if not pending or pending[0].in_force is None or pending[0].in_force > day:
        return standing
    for index, entry in enumerate(pending):
        if entry.in_force is None or entry.in_force > day:
            return standing._replace(pending=pending[index:])
        # A later event that confirms a state names it better than the one that announced it;
        # one that merely repeats it later on does not begin it anew.
        if entry.state is not standing.state or entry.in_force == standing.since:
            standing = standing._replace(state=entry.state, since=entry.in_force, because=entry.event)
    return standing._replace(pending=())
