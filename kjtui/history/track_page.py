"""Explain a standing: every step on its track up to a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Effect, Event, State


class Step(NamedTuple):
    """An event that bears on a track.

    Attributes:
        effects: its effects on the track; none for a licence, which changes nothing.
        before: the state at the end of the day before the event.
        after: the state at the end of the event's day.
    """

    event: Event
    effects: tuple[Effect, ...]
    before: State
    after: State


class Reason(NamedTuple):
    """A standing and the steps that led to it, in order."""

    snapshot: Snapshot
    standing: Standing
    steps: tuple[Step, ...]


def explain(snapshot: Snapshot, track_id: str) -> Reason:
    """Return the reason for a track's standing. Raises ``KeyError`` if there is no such track."""
    standing = snapshot.standing(track_id)
    steps: list[Step] = []
    for event in snapshot.events:
        effects = tuple(effect for effect in event.effects if effect.track == track_id)
        if effects or (event.kind == "licence" and track_id in event.touches):
            before = steps[-1].after if steps else standing.track.state(standing.track.initial.state)
            if event.day > date.min:
                before = snapshot.history.standing(track_id, event.day - timedelta(days=1)).state
            after = snapshot.history.standing(track_id, event.day).state
            steps.append(Step(event, effects, before, after))
    return Reason(snapshot, standing, tuple(steps))
