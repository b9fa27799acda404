"""The cursor: the current position in a history, as an immutable value."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kjtui.history.day_focus import lead_events
from kjtui.history.day_steps import add_months, next_of, previous_of
from kjtui.history.meetings import Stop
from kjtui.history.snapshot import History


class Cursor(NamedTuple):
    """The current day, the selected event, and the state needed to move.

    Events are given by their indices in ``record.events``. Methods that move return a new cursor, or ``None``
    if there is nowhere to move. A jump stores its starting day in ``back``; a step leaves ``back`` unchanged.

    Attributes:
        day: The day whose snapshot is on screen.
        selected: The selected event. ``None`` if the day has no visible event.
        back: The day from which the last jump started. ``None`` before the first jump.
        visible_events: The visible events, in order. :meth:`by_event` moves from one of them to the next.
        meeting: Id of the selected meeting. A move to a different day clears it.
    """

    day: date
    selected: int | None
    back: date | None
    visible_events: Sequence[int]
    meeting: str = ""

    @classmethod
    def at(cls, history: History, day: date, visible_events: Sequence[int] | None = None) -> Cursor:
        """Return a cursor on a day of a history. By default, all events are visible."""
        visible = range(len(history.record.events)) if visible_events is None else visible_events
        day = clamp(history, day)
        return cls(day, main_event(history, day, visible), None, visible)

    def to_day(self, history: History, day: date, *, jump: bool = True) -> Cursor:
        """Move to a day, or to the nearest day of the history, and select its main event."""
        day = clamp(history, day)
        return self._moved(day, main_event(history, day, self.visible_events), jump)

    def to_event(self, history: History, index: int, *, jump: bool = True) -> Cursor:
        """Move to an event. If the event is hidden, make it visible."""
        cursor = self._moved(history.record.events[index].day, index, jump)
        return cursor._replace(visible_events=with_index(self.visible_events, index))

    def to_back(self, history: History) -> Cursor | None:
        """Jump back to the day from which the last jump started. A second call undoes the first."""
        return self.to_day(history, self.back) if self.back else None

    def to_meeting(self, history: History, stop: Stop) -> Cursor:
        """Jump to a meeting and select its event. If the event is hidden, make it visible."""
        cursor = self.to_day(history, stop.day)
        for index in history.indices_on(cursor.day):
            event = history.record.events[index]
            if event.meeting is not None and event.meeting.id == stop.meeting.id:
                cursor = cursor._replace(selected=index)
        if cursor.selected is not None:
            visible = with_index(cursor.visible_events, cursor.selected)
            cursor = cursor._replace(visible_events=visible)
        return cursor._replace(meeting=stop.meeting.id)

    def by_days(self, history: History, days: int) -> Cursor | None:
        """Step by a number of days. Stop at the first and last day of the history."""
        try:
            day = clamp(history, self.day + timedelta(days=days))
        except OverflowError:  # outside the years 1 to 9999
            return None
        return None if day == self.day else self.to_day(history, day, jump=False)

    def by_months(self, history: History, months: int) -> Cursor | None:
        """Jump by a number of months.

        Stop at the first and last day of the history. If the target month is too short, for example for the
        31st, go to its last day.
        """
        try:
            day = clamp(history, add_months(self.day, months))
        except ValueError:  # outside the years 1 to 9999
            return None
        return None if day == self.day else self.to_day(history, day)

    def by_change(self, history: History, step: int, days: Sequence[date] | None = None) -> Cursor | None:
        """Jump to the next change of status, or to the previous change if ``step`` is negative.

        ``days`` are the days with a change of status. By default, a change of any track counts.
        """
        days = history.changes if days is None else days
        day = next_of(days, self.day) if step > 0 else previous_of(days, self.day)
        return None if day is None else self.to_day(history, day)

    def by_meeting(self, history: History, step: int, *, rounds: bool = False) -> Cursor | None:
        """Jump to the next meeting, or to the previous meeting if ``step`` is negative.

        If ``rounds`` is true, skip meetings that have no round number.
        """
        stops = [stop for stop in history.meeting_stops if stop.meeting.round or not rounds]
        at = self._stop(history, stops)
        if at is None:
            at = bisect_left([stop.day for stop in stops], self.day)
            at -= 0 if step > 0 else 1
        else:
            at += 1 if step > 0 else -1
        return self.to_meeting(history, stops[at]) if 0 <= at < len(stops) else None

    def by_event(self, history: History, step: int, events: Sequence[int] | None = None) -> Cursor | None:
        """Step to the next event, or to the previous event if ``step`` is negative.

        ``events`` are the events to step through. By default, these are the visible events.
        """
        index = self.neighbour(history, step, self.visible_events if events is None else events)
        return None if index is None else self.to_event(history, index, jump=False)

    def neighbour(self, history: History, step: int, events: Sequence[int]) -> int | None:
        """Return the first event of ``events`` after the cursor. ``events`` must be sorted.

        If ``step`` is negative, return the last event before the cursor.
        """
        cursor_index: float
        if self.selected is None:
            # The cursor is after all events up to the cursor's day, and before all later events.
            cursor_index = history.snapshot(self.day).event_count - 0.5
        else:
            cursor_index = self.selected
        position = bisect_right(events, cursor_index) if step > 0 else bisect_left(events, cursor_index) - 1
        return events[position] if 0 <= position < len(events) else None

    def to_nearest_event(self, history: History) -> Cursor | None:
        """Jump to the visible event with the nearest day.

        Return ``None`` if an event is already selected, or if no event is visible.
        """
        near = [self.neighbour(history, step, self.visible_events) for step in (-1, 1)]
        neighbours = [index for index in near if index is not None]
        if self.selected is not None or not neighbours:
            return None
        days = {index: abs((history.record.events[index].day - self.day).days) for index in neighbours}
        return self.to_event(history, min(neighbours, key=days.__getitem__))

    def with_visible(self, history: History, visible_events: Sequence[int]) -> Cursor:
        """Change the set of visible events, and select the day's main visible event."""
        return self._replace(
            selected=main_event(history, self.day, visible_events), visible_events=visible_events
        )

    def _moved(self, day: date, selected: int | None, jump: bool) -> Cursor:
        stays = day == self.day
        back = self.day if jump and not stays else self.back
        return Cursor(day, selected, back, self.visible_events, self.meeting if stays else "")

    def _stop(self, history: History, stops: Sequence[Stop]) -> int | None:
        """Return the index in ``stops`` for the selected meeting, or else for the meeting of the day."""
        shown = history.snapshot(self.day).meeting
        meeting_id = self.meeting or (shown.meeting.id if shown else "")
        return next(
            (
                index
                for index, stop in enumerate(stops)
                if stop.meeting.id == meeting_id and (self.meeting or stop.day == self.day)
            ),
            None,
        )


def with_index(visible_events: Sequence[int], index: int) -> Sequence[int]:
    """Insert an index into sorted indices. If it is already present, return ``visible_events`` itself."""
    position = bisect_left(visible_events, index)
    if position < len(visible_events) and visible_events[position] == index:
        return visible_events
    return (*visible_events[:position], index, *visible_events[position:])


def clamp(history: History, day: date) -> date:
    """Return the day of a history that is nearest to ``day``."""
    return min(max(day, history.first_day), history.last_day)


def main_event(history: History, day: date, visible_events: Sequence[int]) -> int | None:
    """Return the main event of a day. ``None`` if the day has no visible event.

    The main event is the most important visible event in the header. If the header has no visible event, the
    main event is the first visible event with an effect. If no visible event has an effect, the main event is
    the last visible event.
    """
    of_day = history.indices_on(day)
    first, last = (bisect_left(visible_events, index) for index in (of_day.start, of_day.stop))
    candidates = visible_events[first:last]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    by_id = {history.record.events[index].id: index for index in candidates}
    telling = [
        *(by_id[event.id] for event in lead_events(history.snapshot(day)) if event.id in by_id),
        *(index for index in candidates if history.record.events[index].effects),
        candidates[-1],
    ]
    return telling[0]
