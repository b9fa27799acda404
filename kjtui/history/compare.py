"""Two days side by side: what differs between them, and the events that made the difference."""

from __future__ import annotations

from typing import NamedTuple

from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event


class Difference(NamedTuple):
    """A track on both days, with the events between them that have effects on it."""

    before: Standing
    after: Standing
    events: tuple[Event, ...]

    @property
    def changed(self) -> bool:
        """Whether the state is another one."""
        return self.before.state is not self.after.state


class Comparison(NamedTuple):
    """Two snapshots, the earlier first, and what differs."""

    before: Snapshot
    after: Snapshot
    differences: tuple[Difference, ...]
    events: tuple[Event, ...]
    meetings: tuple[MeetingState, ...]

    @property
    def changed(self) -> tuple[Difference, ...]:
        """The tracks whose state is another one."""
        return tuple(difference for difference in self.differences if difference.changed)

    @property
    def same(self) -> tuple[Difference, ...]:
        """The tracks whose state is the same."""
        return tuple(difference for difference in self.differences if not difference.changed)

    @property
    def days(self) -> int:
        """How many days lie between."""
        return (self.after.day - self.before.day).days


def compare(one: Snapshot, other: Snapshot) -> Comparison:
    """What differs between two days of one record, whichever is given first.

    ``events`` are those after the earlier day up to the later one, ``meetings`` those of which these tell
    that they were held.
    """
    before, after = sorted((one, other), key=lambda snapshot: snapshot.day)
    events = after.events[before.event_count :]
    differences = tuple(
        Difference(
            first,
            second,
            tuple(event for event in events if any(e.track == first.track.id for e in event.effects)),
        )
        for first, second in zip(before.standings, after.standings, strict=True)
    )
    held = {state.meeting.id for state in before.meetings.held}
    meetings = tuple(state for state in after.meetings.held if state.meeting.id not in held)
    return Comparison(before, after, differences, events, meetings)
