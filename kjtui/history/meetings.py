"""Fold events into the state of each meeting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from kjtui.record.model import Event, Form, Meeting, MeetingStep, Phase
from kjtui.record.partial_date import PartialDate

Status = Literal["planned", "under-way", "held", "cancelled"]

_STATUS: Mapping[Phase, Status] = {
    "planned": "planned",
    "opened": "under-way",
    "closed": "held",
    "cancelled": "cancelled",
}
"""The status of a meeting after each phase. The phase ``changed`` does not change the status."""

RECENT = timedelta(days=30)
"""The last meeting held is still shown for this time after its end or its last report."""


class MeetingState(Struct, frozen=True):
    """What is known about a meeting at the end of a day.

    ``events`` are the events that reported these details, in chronological order.
    """

    meeting: Meeting
    status: Status = "planned"
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    form: Form | None = None
    place: str = ""
    level: str = ""
    heads: dict[str, str] = {}
    agenda: str = ""
    outcome: str = ""
    events: tuple[Event, ...] = ()

    @property
    def first_day(self) -> date | None:
        """Return the first day of the meeting, if the day is known."""
        return self.starts.first if self.starts and self.starts.exact else None

    @property
    def last_day(self) -> date | None:
        """Return the last day of the meeting, if the day is known."""
        return self.ends.last if self.ends and self.ends.exact else self.first_day

    def is_overdue(self, day: date) -> bool:
        """Return whether the meeting still has the status "planned" although its planned days have passed."""
        planned = self.ends or self.starts
        return self.status == "planned" and planned is not None and planned.last < day

    def is_of(self, day: date) -> bool:
        """Return whether ``day`` is one of the days on which the meeting was held or is planned."""
        first, last = self.first_day, self.last_day
        return self.status != "cancelled" and first is not None and last is not None and first <= day <= last

    def sort_key(self) -> tuple[date, str]:
        """Return the sort key: meetings with a day come first, by day."""
        return (self.starts.first if self.starts else date.max, self.meeting.id)


class Meetings:
    """The states of all meetings. They stay the same until the next event about a meeting.

    Attributes:
        known: all known meetings, by day.
        planned: meetings with the status "planned", even if their day has passed.
        held: meetings with the status "held".
    """

    def __init__(self, states: Iterable[MeetingState], day: date) -> None:
        self.known = tuple(sorted(states, key=MeetingState.sort_key))
        self.planned = tuple(state for state in self.known if state.status == "planned")
        self.held = tuple(state for state in self.known if state.status == "held")
        self._near = tuple(state for state in self.known if _near(state, day))
        self._by_id = {state.meeting.id: state for state in self.known}
        self._previous: dict[str, MeetingState | None] = {}

    def to_show(self, day: date) -> MeetingState | None:
        """Return the first meeting of :meth:`on_day`. If there is none, return the last meeting held.

        The last meeting held is returned for 30 days after its end or its last report, whichever is later.
        """
        if of_day := self.on_day(day):
            return of_day[0]
        last = self.last_held
        if last is None or day - max(_ends(last), last.events[-1].day) > RECENT:
            return None
        return last

    @property
    def last_held(self) -> MeetingState | None:
        """Return the last meeting held."""
        return self.held[-1] if self.held else None

    def coming(self, day: date) -> tuple[MeetingState, ...]:
        """Return the meetings planned for ``day`` or later, and planned meetings without a day."""
        return tuple(state for state in self.planned if not state.is_overdue(day))

    def unreported(self, day: date) -> tuple[MeetingState, ...]:
        """Return the meetings that still have the status "planned" although their days have passed."""
        return tuple(state for state in self.planned if state.is_overdue(day))

    def on_day(self, day: date) -> tuple[MeetingState, ...]:
        """Return the meetings that are under way, and the meetings held or planned on ``day``.

        Meetings whose last event is minor come last. The states of the meetings must be the states at the end
        of ``day``.
        """
        of_day = (state for state in self._near if state.status == "under-way" or state.is_of(day))
        return tuple(sorted(of_day, key=lambda state: state.events[-1].weight == "minor"))

    def previous(self, state: MeetingState) -> MeetingState | None:
        """Return the previous meeting of the same series that was held.

        Sessions of the same meeting are ignored.
        """
        identity = state.meeting.id
        if identity not in self._previous:  # cached, because all days until the next event need it
            self._previous[identity] = self._find_previous(state)
        return self._previous[identity]

    def _find_previous(self, state: MeetingState) -> MeetingState | None:
        begins = _begins(state)
        earlier = [
            candidate
            for candidate in self.held
            if _ends(candidate) < begins and self._is_another_of_series(candidate.meeting, state.meeting)
        ]
        return max(earlier, key=_ends, default=None)

    def next(self, state: MeetingState) -> MeetingState | None:
        """Return the next known meeting of the same series that is not cancelled.

        Sessions of the same meeting are ignored.
        """
        ends = _ends(state)
        for candidate in self.known:
            is_later = _begins(candidate) > ends and candidate.status != "cancelled"
            if is_later and self._is_another_of_series(candidate.meeting, state.meeting):
                return candidate
        return None

    def get(self, meeting: str) -> MeetingState | None:
        """Return the state of a meeting, or ``None`` if the meeting is not known."""
        return self._by_id.get(meeting)

    def _is_another_of_series(self, other: Meeting, meeting: Meeting) -> bool:
        """Return whether another meeting belongs to the same series and is not a session of this meeting."""
        return other.part_of != whole_id(meeting) and self._series(other) == self._series(meeting)

    def _series(self, meeting: Meeting) -> str:
        """Return the series of a meeting; a session has the series of its parent meeting."""
        parent = self.get(meeting.part_of) if meeting.part_of else None
        return parent.meeting.series if parent else meeting.series


def whole_id(meeting: Meeting) -> str:
    """Return the id of a meeting; for a session, the id of its parent meeting."""
    return meeting.part_of or meeting.id


def _begins(state: MeetingState) -> date:
    return state.first_day or (state.starts.first if state.starts else date.max)


def _ends(state: MeetingState) -> date:
    return state.last_day or (state.starts.last if state.starts else date.max)


def _near(state: MeetingState, day: date) -> bool:
    """Return whether a meeting is under way, or whether its last day is ``day`` or later.

    For a cancelled meeting, return ``False``.
    """
    if state.status in ("held", "planned"):
        return state.last_day is not None and state.last_day >= day
    return state.status == "under-way"


class Stop(Struct, frozen=True):
    """A meeting and the day to jump to.

    The day is explained at :attr:`MeetingHistory.day`. Usually it is the first day of the meeting.
    """

    day: date
    meeting: Meeting


class MeetingHistory:
    """The states of one meeting over time."""

    def __init__(self, meeting: Meeting, steps: Iterable[tuple[Event, MeetingStep]]) -> None:
        self.meeting = meeting
        self._days: list[date] = []
        self._states: list[MeetingState] = []
        for event, step in steps:
            self._days.append(event.day)
            self._states.append(_apply_step(self._states[-1] if self._states else None, meeting, event, step))

    def state(self, day: date) -> MeetingState | None:
        """Return the state at the end of ``day``; ``None`` if the meeting was not yet known."""
        index = bisect_right(self._days, day)
        return self._states[index - 1] if index else None

    @property
    def day(self) -> date | None:
        """Return the first day of the meeting, as known at the end of the record.

        If this day became known only after it had passed, return the day on which it became known. For a
        cancelled meeting, return the day of the cancellation.
        """
        state = self._states[-1]
        if state.status == "cancelled":
            return state.events[-1].day
        begins = _certain_start(state)
        if begins is None:
            return None
        for day, then in zip(self._days, self._states, strict=True):
            if _certain_start(then) == begins:
                return max(begins, day)
        return begins


def _certain_start(state: MeetingState) -> date | None:
    """Return the first day of a meeting, if known.

    If a meeting took place and only its month or year is known, return the last day of that month or year.
    """
    if state.first_day is None and state.starts and state.status in ("held", "under-way"):
        return state.starts.last
    return state.first_day


def _apply_step(
    before: MeetingState | None, meeting: Meeting, event: Event, step: MeetingStep
) -> MeetingState:
    """Return the state after a step. Fields that the step leaves out keep their value."""
    previous = before or MeetingState(meeting)
    starts = step.starts or previous.starts
    if starts is None and step.phase in ("opened", "closed"):
        starts = event.date
    # If the meeting is moved, the planned last day is no longer valid.
    moved = step.starts and (previous.starts is None or step.starts.first != previous.starts.first)
    ends = step.ends or (None if moved else previous.ends)
    return MeetingState(
        meeting=meeting,
        status=_STATUS.get(step.phase, previous.status),
        starts=starts,
        ends=ends,
        form=step.form or previous.form,
        place=previous.place if step.place is None else step.place,
        level=previous.level if step.level is None else step.level,
        heads=previous.heads if step.heads is None else step.heads,
        agenda=previous.agenda if step.agenda is None else step.agenda,
        outcome=previous.outcome if step.outcome is None else step.outcome,
        events=(*previous.events, event),
    )
