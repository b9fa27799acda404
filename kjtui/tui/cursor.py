"""The one owner of the cursor: a screen that moves through the days of a record."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

from textual.reactive import var
from textual.screen import Screen

from kjtui.history.goto import add_months, next_of, previous_of
from kjtui.history.snapshot import History, Snapshot


class CursorScreen(Screen[None]):
    """A day, its snapshot, and the event selected on it; what moves them, and nothing of how it looks."""

    day: var[date] = var(date.min, init=False)
    snapshot: var[Snapshot | None] = var(None, init=False)
    selected: var[int] = var(-1, init=False)
    """The selected event, as its place in the record; -1 where the day has none."""
    listed: var[tuple[int, ...] | None] = var(None, init=False)
    """The events a filter leaves, by which the cursor steps; all of them where there is none."""

    def __init__(self, history: History, day: date) -> None:
        super().__init__()
        self._back: date | None = None
        self.take(history, day)

    def take(self, history: History, day: date) -> None:
        """Stand on a day of a record; what is on screen does not follow."""
        self.history = history
        day = self.validate_day(day)
        self.set_reactive(CursorScreen.day, day)
        self.set_reactive(CursorScreen.snapshot, history.snapshot(day))
        self.set_reactive(CursorScreen.selected, self._event_on(day))

    def validate_day(self, day: date) -> date:
        """Keep the cursor within the record."""
        return min(max(day, self.history.first_day), self.history.last_day)

    def watch_day(self) -> None:
        """Draw everything from the snapshot of the new day."""
        self.snapshot = self.history.snapshot(self.day)

    def now(self) -> Snapshot:
        """What held at the end of the cursor's day."""
        return self.snapshot or self.history.snapshot(self.day)

    def move(self, day: date | None, *, selected: int | None = None, jump: bool = True) -> None:
        """Put the cursor on a day, or on an event of it; a bell where there is no such day.

        A ``jump`` can be undone: the day before it is kept for :meth:`action_go_back`.
        """
        if day is None:
            self.app.bell()
            return
        day = self.validate_day(day)
        if jump and day != self.day:
            self._back = self.day
        self.selected = self._event_on(day) if selected is None else selected
        self.day = day

    def move_to_event(self, place: int, *, jump: bool = True) -> None:
        """Put the cursor on an event, by its place in the record."""
        self.move(self.history.record.events[place].day, selected=place, jump=jump)

    def _event_on(self, day: date) -> int:
        """The event of a day that tells most of it: the one that changed a standing, else the first
        to decide on one, else the last.

        Events that a filter leaves out are passed over.
        """
        snapshot = self.history.snapshot(day)
        made = {s.because.id for s in snapshot.standings if s.because and s.since == day}
        first = snapshot.event_count - len(self.history.events_on(day))
        places = range(first, snapshot.event_count)
        listed = places if self.listed is None else self.listed
        seen = listed[bisect_left(listed, first) : bisect_left(listed, snapshot.event_count)]
        events = self.history.record.events
        changing = [place for place in seen if events[place].id in made]
        deciding = [place for place in seen if events[place].effects]
        return next(iter([*changing, *deciding, *reversed(seen)]), -1)

    def action_step_day(self, days: int) -> None:
        """Move by days."""
        with suppress(OverflowError):  # the end of the calendar
            self.move(self.day + timedelta(days=days), jump=False)

    def action_step_event(self, step: int) -> None:
        """Move to the next or previous event, of which a day can have several."""
        place = self.next_place(step, self.listed)
        if place is None:
            self.app.bell()
        else:
            self.move_to_event(place, jump=False)

    def next_place(self, step: int, places: Sequence[int] | None) -> int | None:
        """The next or previous of some events, or of all, from the cursor on."""
        everything = range(len(self.history.record.events)) if places is None else places
        here = self.selected if self.selected >= 0 else self.now().event_count - 0.5
        index = bisect_right(everything, here) if step > 0 else bisect_left(everything, here) - 1
        return everything[index] if 0 <= index < len(everything) else None

    def action_step_change(self, step: int) -> None:
        """Move to the next or previous change of a standing."""
        self.move(self._along(self.history.changes, step))

    def action_step_meeting(self, step: int) -> None:
        """Move to the next or previous day a meeting began."""
        self.move(self._along(self.history.meeting_days, step))

    def action_step_month(self, months: int) -> None:
        """Move by months; the last day of a shorter month stands for days it lacks."""
        with suppress(ValueError):  # the end of the calendar
            self.move(add_months(self.day, months))

    def action_go_end(self, step: int) -> None:
        """Move to the first or last day."""
        self.move(self.history.first_day if step < 0 else self.history.last_day)

    def action_go_back(self) -> None:
        """Return to the day before the last jump; again to come back here."""
        self.move(self._back)

    def _along(self, days: Sequence[date], step: int) -> date | None:
        return next_of(days, self.day) if step > 0 else previous_of(days, self.day)
