"""Folding events into what is known of a meeting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from kjtui.record.model import Event, Form, Meeting, MeetingStep, Phase
from kjtui.record.partial_date import PartialDate

Status = Literal["planned", "under-way", "held", "cancelled"]

_STATUS: Mapping[Phase, Status] = {
    "planned": "planned",
    "opened": "under-way",
    "closed": "held",
    "cancelled": "cancelled",
}
"""What each phase makes of a meeting; ``changed`` leaves it as it was."""


class MeetingState(NamedTuple):
    """What is known of a meeting on a day; ``events`` are those that told it, in order."""

    meeting: Meeting
    status: Status
    starts: PartialDate | None
    ends: PartialDate | None
    form: Form | None
    place: str
    level: str
    heads: dict[str, str]
    agenda: str
    outcome: str
    events: tuple[Event, ...]

    @property
    def first_day(self) -> date | None:
        """The first day of the meeting, where the day is known."""
        return self.starts.first if self.starts and self.starts.exact else None

    @property
    def last_day(self) -> date | None:
        """The last day of the meeting, where the day is known."""
        return self.ends.last if self.ends and self.ends.exact else self.first_day

    def sort_key(self) -> tuple[date, str]:
        """Meetings stand in the order of their days; what has no day yet comes last."""
        return (self.starts.first if self.starts else date.max, self.meeting.id)


class Meetings:
    """What is known of all meetings after an event, the same until the next one.

    Attributes:
        known: all of them, in the order of their days.
        planned: those planned and not yet opened.
        held: those that were held.
    """

    def __init__(self, states: Iterable[MeetingState], day: date) -> None:
        self.known = tuple(sorted(states, key=MeetingState.sort_key))
        self.planned = tuple(state for state in self.known if state.status == "planned")
        self.held = tuple(state for state in self.known if state.status == "held")
        self._near = tuple(state for state in self.known if _near(state, day))

    def at(self, day: date) -> MeetingState | None:
        """The meeting that matters on a day up to the next event: under way, held that day, or the last
        one held."""
        for state in self._near:
            first, last = state.first_day, state.last_day
            if state.status == "under-way" or (first and last and first <= day <= last):
                return state
        return self.held[-1] if self.held else None

    def before(self, state: MeetingState) -> MeetingState | None:
        """The last meeting of its series that was held before a meeting."""
        earlier = state.status != "held"
        for other in reversed(self.held):
            if earlier and other.meeting.series == state.meeting.series:
                return other
            earlier = earlier or other is state
        return None


def _near(state: MeetingState, day: date) -> bool:
    """Whether a meeting can be the one that matters from a day on, rather than the last one held."""
    if state.status == "held":
        return state.last_day is not None and state.last_day >= day
    return state.status == "under-way"


class MeetingHistory:
    """Everything that became known of one meeting, ready to be asked for any day."""

    def __init__(self, meeting: Meeting, steps: Iterable[tuple[Event, MeetingStep]]) -> None:
        self.meeting = meeting
        self._days: list[date] = []
        self._states: list[MeetingState] = []
        for event, step in steps:
            self._days.append(event.day)
            self._states.append(_take(self._states[-1] if self._states else None, meeting, event, step))

    def state(self, day: date) -> MeetingState | None:
        """What was known at the end of a day; ``None`` where nothing was."""
        index = bisect_right(self._days, day)
        return self._states[index - 1] if index else None

    @property
    def day(self) -> date | None:
        """The day it began, or was last planned for, by the whole record."""
        state = self._states[-1]
        return state.first_day if state.status != "cancelled" else state.events[-1].day


def _take(before: MeetingState | None, meeting: Meeting, event: Event, step: MeetingStep) -> MeetingState:
    """The state after a step: what the step leaves out stays as it was known."""
    known = before or MeetingState(meeting, "planned", None, None, None, "", "", {}, "", "", ())
    starts = step.starts or known.starts
    if starts is None and step.phase in ("opened", "closed"):
        starts = event.date
    # The last day of a plan no longer holds once the meeting is moved.
    moved = step.starts and (known.starts is None or step.starts.first != known.starts.first)
    ends = step.ends or (None if moved else known.ends)
    return MeetingState(
        meeting,
        _STATUS.get(step.phase, known.status),
        starts,
        ends,
        step.form or known.form,
        known.place if step.place is None else step.place,
        known.level if step.level is None else step.level,
        known.heads if step.heads is None else step.heads,
        known.agenda if step.agenda is None else step.agenda,
        known.outcome if step.outcome is None else step.outcome,
        (*known.events, event),
    )
