"""The page of a track: its standing, events, facts and figures as known on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from kjtui.history.fold import Run, Standing
from kjtui.history.outcomes import Outcome, track_outcomes
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import STATEMENT_KINDS, Effect, Event, Fact, State


class Step(NamedTuple):
    """An event that concerns a track.

    Attributes:
        effects: the effects of the event on the track; empty if the event only concerns the track.
        before: the state at the end of the day before the event.
        after: the state at the end of the event's day.
    """

    event: Event
    effects: tuple[Effect, ...]
    before: State
    after: State


class TrackPage(NamedTuple):
    """A track as known at the end of a day. Each event that concerns the track is a step.

    Attributes:
        runs: the runs of the track up to the day, in order. The current run has no last day.
        outcomes: the outcomes, as of the day, of all states that were ever pending or limited.
        facts: the lasting facts that apply on the day.
        requirements: the facts that apply on the day only because of the state.
    """

    snapshot: Snapshot
    standing: Standing
    steps: tuple[Step, ...]
    runs: tuple[Run, ...]
    outcomes: tuple[Outcome, ...]
    facts: tuple[Fact, ...]
    requirements: tuple[Fact, ...]

    @property
    def changes(self) -> tuple[Step, ...]:
        """Return the steps with effects on the track."""
        return tuple(step for step in self.steps if step.effects)

    @property
    def licences(self) -> tuple[Event, ...]:
        """Return the track's licence events up to the displayed day."""
        return tuple(step.event for step in self.steps if step.event.kind == "licence")

    @property
    def touching(self) -> tuple[Event, ...]:
        """Return the events that concern the track but have no effect on it. Licences are left out."""
        return tuple(step.event for step in self.steps if not step.effects and step.event.kind != "licence")

    @property
    def statements(self) -> tuple[Event, ...]:
        """Return the events of :attr:`touching` that are statements or publish figures."""
        return tuple(event for event in self.touching if event.kind in STATEMENT_KINDS)

    @property
    def others(self) -> tuple[Event, ...]:
        """Return the other events of :attr:`touching`, such as measures."""
        return tuple(event for event in self.touching if event.kind not in STATEMENT_KINDS)


def track_page(snapshot: Snapshot, track_id: str) -> TrackPage:
    """Return the page of a track. Raises ``KeyError`` if there is no such track."""
    standing, day = snapshot.standing(track_id), snapshot.day
    return TrackPage(
        snapshot,
        standing,
        _steps(snapshot, track_id),
        _runs(snapshot, track_id),
        track_outcomes(snapshot.history, track_id, day),
        standing.track.facts_known(day),
        standing.track.requirements(standing.state.id, day),
    )


def _steps(snapshot: Snapshot, track_id: str) -> tuple[Step, ...]:
    history = snapshot.history
    steps: list[Step] = []
    for event in snapshot.events:
        if track_id not in event.tracks:
            continue
        effects = tuple(effect for effect in event.effects if effect.track == track_id)
        earlier = event.day - timedelta(days=1) if event.day > date.min else event.day
        before = history.standing(track_id, earlier).state
        steps.append(Step(event, effects, before, history.standing(track_id, event.day).state))
    return tuple(steps)


def _runs(snapshot: Snapshot, track_id: str) -> tuple[Run, ...]:
    *earlier, current = (run for run in snapshot.history.runs(track_id) if run.first <= snapshot.day)
    return (*earlier, replace(current, last=None, end=None))  # the end was not known on the day
