"""The timeline: every event by year and month, the cursor's place, and what lies ahead of it dimmed."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.reactive import var

from kjtui.exports import labels
from kjtui.exports.wrap import fit
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event
from kjtui.record.partial_date import MONTHS
from kjtui.tui.line_pane import Line, LinePane

_ACTORS = 3
_LEAD = 2 + 7 + _ACTORS + 1
"""Cells before a title: marks, month and day, those who acted."""


class Timeline(LinePane):
    """Rows of years and events with the rows of the cursor and of a pinned day among them."""

    BORDER_TITLE: ClassVar[str] = "1 Timeline"

    snapshot: var[Snapshot | None] = var(None)
    selected: var[int] = var(-1)
    """The selected event, as its place in the record; -1 where the day has none."""
    pinned: var[Snapshot | None] = var(None)
    """The day that others are compared with."""
    matches: var[frozenset[int]] = var(frozenset())
    """The events that a search found."""
    listed: var[tuple[int, ...] | None] = var(None)
    """The events that a filter leaves; all of them where there is none."""

    class Picked(Message):
        """The reader pointed at an event."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(id="timeline", classes="pane")
        self._events = snapshot.record.events
        self.set_reactive(Timeline.snapshot, snapshot)
        self._list_rows()

    def line_count(self) -> int:
        """The rows and those of the marks."""
        return len(self._rows) + len(self._marks)

    def line(self, index: int) -> Line:
        """A year, an event, the cursor, or the pinned day."""
        if index in self._marks:
            return self._cursor_line() if index == self._cursor else self._pin_line(self._marks[index].day)
        row = self._rows[index - sum(mark < index for mark in self._marks)]
        ahead = index > self._cursor
        if row < 0:
            return ((f" {-row}", "ahead" if ahead else "heading"),)
        return self._event_line(row, self._events[row], ahead=ahead)

    def watch_snapshot(self) -> None:
        """Follow the cursor to another day."""
        if self.is_mounted:
            self._place_marks()
            self.repaint()
            self._reveal()

    def watch_selected(self) -> None:
        """Mark another event."""
        if self.is_mounted:
            self.repaint()

    def watch_pinned(self) -> None:
        """Mark the day to compare with."""
        self.watch_snapshot()

    def watch_matches(self) -> None:
        """Mark what was found."""
        self.watch_selected()

    def watch_listed(self, before: tuple[int, ...] | None, listed: tuple[int, ...] | None) -> None:
        """Show other events."""
        if self.is_mounted and listed is not before:
            self._list_rows()
            self.lay_out()
            self.refresh()

    def lay_out(self) -> None:
        """Keep the cursor in sight."""
        super().lay_out()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Move to the event that was clicked."""
        offset = event.get_content_offset(self)
        row = -1 if offset is None else offset.y + self.scroll_offset.y
        if row >= 0 and row not in self._marks and row < self.line_count():
            place = self._rows[row - sum(mark < row for mark in self._marks)]
            if place >= 0:
                self.post_message(self.Picked(place))

    def _list_rows(self) -> None:
        """The rows: an event's place in the record, or a year below zero."""
        self._rows: list[int] = []
        self._places: list[int] = []
        self._row_of: list[int] = []
        year = None
        for place in range(len(self._events)) if self.listed is None else self.listed:
            event = self._events[place]
            if event.day.year != year:
                year = event.day.year
                self._rows.append(-year)
            self._places.append(place)
            self._row_of.append(len(self._rows))
            self._rows.append(place)
        self._place_marks()

    def _place_marks(self) -> None:
        """Where the cursor and the pinned day stand, as lines; on one day they share the cursor's."""
        self._marks: dict[int, Snapshot] = {}
        self._cursor = 0
        if self.snapshot is None:
            return
        self._cursor = self._row_after(self.snapshot)
        if self.pinned and self.pinned.day != self.snapshot.day:
            row = self._row_after(self.pinned)
            first = self.pinned.day < self.snapshot.day
            self._cursor += first
            self._marks[row + (not first)] = self.pinned
        self._marks[self._cursor] = self.snapshot

    def _row_after(self, snapshot: Snapshot) -> int:
        """The row after the last event up to a day, within the day's year."""
        count = bisect_left(self._places, snapshot.event_count)
        row = self._row_of[count - 1] + 1 if count else 0
        heading = row < len(self._rows) and self._rows[row] < 0
        return row + 1 if heading and -self._rows[row] <= snapshot.day.year else row

    def _reveal(self) -> None:
        """Turn the page where the cursor would leave it, so that steps within one leave the rest still."""
        height = self.rows
        margin = min(2, height // 6)
        top = self.scroll_offset.y
        if min(self._cursor + margin, self.line_count() - 1) >= top + height:
            self.scroll_to(y=self._cursor - height // 3, animate=False, immediate=True)
        elif max(min(self._selected_line(), self._cursor) - margin, 0) < top:
            self.scroll_to(y=self._cursor - 2 * height // 3, animate=False, immediate=True)

    def _selected_line(self) -> int:
        index = bisect_left(self._places, self.selected)
        if self.selected < 0 or index == len(self._places) or self._places[index] != self.selected:
            return self._cursor
        return self._row_of[index] + sum(mark <= self._row_of[index] for mark in self._marks)

    def _cursor_line(self) -> Line:
        day = self.snapshot.day if self.snapshot else date.min
        pinned = self.pinned is not None and self.pinned.day == day
        text = f" {_day(day)} {'pinned ' if pinned else ''}"
        return (("───", "cursor"), (text, "accent"), ("─" * max(self.columns - len(text) - 3, 0), "cursor"))

    def _pin_line(self, day: date) -> Line:
        text = f" {_day(day)} pinned "
        return (("┄┄┄", "dim"), (text, "strong"), ("┄" * max(self.columns - len(text) - 3, 0), "dim"))

    def _event_line(self, place: int, event: Event, *, ahead: bool) -> Line:
        selected = place == self.selected
        style = "selected" if selected else "found" if place in self.matches else "ahead" if ahead else ""
        sign = labels.DISPUTED if event.disputed else " "
        return (
            ("▶" if selected else " ", style),
            (sign, style or "warning"),
            (f"{self._date(place, event)} {fit(_initials(event), _ACTORS)} ", style or "dim"),
            (fit(event.title, max(self.columns - _LEAD, 0)), style),
        )

    def _date(self, place: int, event: Event) -> str:
        """Month and day in six cells, the month where it begins or the pane does."""
        first = event.date.first
        index = bisect_left(self._places, place)
        before = self._events[self._places[index - 1]].date.first if index else date.min
        same = (before.year, before.month) == (first.year, first.month)
        top = self._row_of[index] <= self.scroll_offset.y
        if event.date.text == str(first.year):
            return "     ?"
        month = "   " if same and not top and place != self.selected else MONTHS[first.month - 1]
        return f"{month} {first.day if event.date.exact else '?':>2}"


def _day(day: date) -> str:
    return f"{labels.WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _initials(event: Event) -> str:
    """Who acted, in three cells: a code, or the first letters of several."""
    return event.actors[0] if len(event.actors) == 1 else "".join(code[:1] for code in event.actors)
