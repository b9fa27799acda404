"""The timeline: every event by year and month, the cursor's place, and what lies ahead of it dimmed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.reactive import var

from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event
from kjtui.record.when import MONTHS
from kjtui.record.width import fit
from kjtui.text import words
from kjtui.tui.lines import Line, LinePane

_ACTORS = 3
_LEAD = 2 + 7 + _ACTORS + 1
"""Cells before a title: marks, month and day, those who acted."""


class Timeline(LinePane):
    """Rows of years and events with the row of the cursor among them."""

    BORDER_TITLE: ClassVar[str] = "1 Timeline"

    snapshot: var[Snapshot | None] = var(None)
    selected: var[int] = var(-1)
    """The selected event, as its place in the record; -1 where the day has none."""

    class Picked(Message):
        """The reader pointed at an event."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(id="timeline", classes="pane")
        self._events = snapshot.record.events
        self._rows: list[int] = []  # an event's place in the record, or a year below zero
        self._row_of_event: list[int] = []
        year = None
        for index, event in enumerate(self._events):
            if event.day.year != year:
                year = event.day.year
                self._rows.append(-year)
            self._row_of_event.append(len(self._rows))
            self._rows.append(index)
        self.set_reactive(Timeline.snapshot, snapshot)
        self._cursor = self._cursor_row(snapshot)

    def line_count(self) -> int:
        """The rows and the cursor's."""
        return len(self._rows) + 1

    def line(self, index: int) -> Line:
        """A year, an event, or the cursor."""
        if index == self._cursor:
            return self._cursor_line()
        row = self._rows[index - (index > self._cursor)]
        if row < 0:
            style = "heading" if index < self._cursor else "ahead"
            return ((f" {-row}", style),)
        return self._event_line(row, self._events[row], ahead=index > self._cursor)

    def watch_snapshot(self) -> None:
        """Follow the cursor to another day."""
        if self.snapshot and self.is_mounted:
            self._cursor = self._cursor_row(self.snapshot)
            self.repaint()
            self._reveal()

    def watch_selected(self) -> None:
        """Mark another event."""
        if self.is_mounted:
            self.repaint()

    def relayout(self) -> None:
        """Keep the cursor in sight."""
        super().relayout()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Move to the event that was clicked."""
        index = event.get_content_offset(self)
        if index is None:
            return
        row = index.y + self.scroll_offset.y
        if row != self._cursor and row < self.line_count():
            place = self._rows[row - (row > self._cursor)]
            if place >= 0:
                self.post_message(self.Picked(place))

    def _cursor_row(self, snapshot: Snapshot) -> int:
        """The row of the cursor: after the last event up to the day, within the day's year."""
        row = self._row_of_event[snapshot.event_count - 1] + 1 if snapshot.event_count else 0
        heading = row < len(self._rows) and self._rows[row] < 0
        return row + 1 if heading and -self._rows[row] <= snapshot.day.year else row

    def _reveal(self) -> None:
        """Turn the page where the cursor would leave it, so that steps within one leave the rest still."""
        height = self.scrollable_content_region.height
        margin = min(2, height // 6)
        top, first = self.scroll_offset.y, min(self._first_row_of_day(), self._cursor)
        if min(self._cursor + margin, self.line_count() - 1) >= top + height:
            self.scroll_to(y=self._cursor - height // 3, animate=False, immediate=True)
        elif max(first - margin, 0) < top:
            self.scroll_to(y=self._cursor - 2 * height // 3, animate=False, immediate=True)

    def _first_row_of_day(self) -> int:
        if self.selected < 0:
            return self._cursor
        return self._row_of_event[self.selected]

    def _cursor_line(self) -> Line:
        day = self.snapshot.day if self.snapshot else date.min
        text = f" {words.WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]} {day.year} "
        width = max(self.columns - len(text) - 3, 0)
        return (("───", "cursor"), (text, "accent"), ("─" * width, "cursor"))

    def _event_line(self, place: int, event: Event, *, ahead: bool) -> Line:
        selected = place == self.selected
        style = "selected" if selected else "ahead" if ahead else ""
        sign = words.DISPUTED if event.disputed else " "
        room = max(self.columns - _LEAD, 0)
        return (
            ("▶" if selected else " ", style),
            (sign, style or "warning"),
            (f"{self._date(place, event)} {fit(_initials(event), _ACTORS)} ", style or "dim"),
            (fit(event.title, room), style),
        )

    def _date(self, place: int, event: Event) -> str:
        """Month and day in six cells, the month where it begins or the pane does."""
        first = event.date.first
        before = self._events[place - 1].date.first if place else date.min
        same = (before.year, before.month) == (first.year, first.month)
        top = self._row_of_event[place] <= self.scroll_offset.y
        month = "   " if same and not top and place != self.selected else MONTHS[first.month - 1]
        return f"{month} {first.day if event.date.exact else '?':>2}"


def _initials(event: Event) -> str:
    """Who acted, in three cells: a code, or the first letters of several."""
    return event.actors[0] if len(event.actors) == 1 else "".join(code[:1] for code in event.actors)
