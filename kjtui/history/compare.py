"""Compare two days: the differences, and the events that caused them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.outcomes import Outcome, outcomes, outcomes_of
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event


class Difference(NamedTuple):
    """A track on the two compared days: both standings, and the events and changes between the days.

    Attributes:
        events: the events with effects on the track.
        changes: the days on which the state changed.
    """

    before: Standing
    after: Standing
    events: tuple[Event, ...]
    changes: tuple[date, ...]

    @property
    def changed(self) -> bool:
        """Return whether the state differs between the two days."""
        return self.before.state is not self.after.state

    @property
    def changed_back(self) -> bool:
        """Return whether the state changed between the two days and then changed back."""
        return bool(self.changes) and not self.changed


class Comparison(NamedTuple):
    """Two snapshots, the earlier first, and their differences.

    Attributes:
        events: the events after the earlier day and up to the later day.
        meetings: the meetings that these events report as held.
        missed: the changes that had not happened by the later day. They were pending on the earlier day, or
            due between the two days.
    """

    before: Snapshot
    after: Snapshot
    differences: tuple[Difference, ...]
    events: tuple[Event, ...]
    meetings: tuple[MeetingState, ...]
    missed: tuple[Outcome, ...]

    @property
    def changed(self) -> tuple[Difference, ...]:
        """Return the tracks whose state differs between the two days."""
        return tuple(difference for difference in self.differences if difference.changed)

    @property
    def changed_back(self) -> tuple[Difference, ...]:
        """Return the tracks that changed between the two days and then returned to the same state."""
        return tuple(difference for difference in self.differences if difference.changed_back)

    @property
    def same(self) -> tuple[Difference, ...]:
        """Return the tracks whose state never changed between the two days."""
        return tuple(difference for difference in self.differences if not difference.changes)

    @property
    def days(self) -> int:
        """Return the number of days between the two snapshots."""
        return (self.after.day - self.before.day).days


def compare(first: Snapshot, second: Snapshot) -> Comparison:
    """Compare two snapshots of the same history. They can be given in any order."""
    before, after = sorted((first, second), key=lambda snapshot: snapshot.asked)
    events = after.events[before.event_count :]
    differences = []
    for standing_before, standing_after in zip(before.standings, after.standings, strict=True):
        track = standing_before.track.id
        affecting = tuple(event for event in events if _affects(event, track))
        changes = tuple(day for day in after.history.track(track).changes if before.day < day <= after.day)
        differences.append(Difference(standing_before, standing_after, affecting, changes))
    held = {state.meeting.id for state in before.meetings.held}
    meetings = tuple(state for state in after.meetings.held if state.meeting.id not in held)
    return Comparison(before, after, tuple(differences), events, meetings, _missed(before, after))


def _affects(event: Event, track: str) -> bool:
    return any(effect.track == track for effect in event.effects)


def _missed(before: Snapshot, after: Snapshot) -> tuple[Outcome, ...]:
    """Return the changes that were pending on the earlier day or due between the days, but did not happen.

    If a change was announced several times, only the last announcement is returned. A pending state without a
    day is left out if a later decision put it in force between the two days.
    """
    candidates = list(outcomes_of(after.history, before.day, after.day))
    candidates += [
        outcome
        for outcome in outcomes(after.history, after.day)
        if outcome.expected and before.day < outcome.expected <= after.day
    ]
    missed: dict[tuple[str, str, date | None], Outcome] = {}
    for outcome in candidates:
        if outcome.was_missed(after.day) and not _came_later(outcome, before, after):
            missed[outcome.track.id, outcome.pending.state.id, outcome.until or outcome.expected] = outcome
    return tuple(sorted(missed.values(), key=lambda outcome: outcome.since))


def _came_later(outcome: Outcome, before: Snapshot, after: Snapshot) -> bool:
    """Return whether a pending state without a day began between the two days."""
    if outcome.expected or outcome.until:
        return False
    runs = after.history.runs(outcome.track.id)
    return any(run.state is outcome.pending.state and before.day < run.first <= after.day for run in runs)
