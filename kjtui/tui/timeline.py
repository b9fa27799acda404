"""The timeline: every event by year, with the cursor's day among them and what lies ahead of it dimmed."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from textual import events
from textual.reactive import var

from kjtui.exports import labels
from kjtui.exports.wrap import cells, fit
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event
from kjtui.record.partial_date import MONTHS
from kjtui.tui.cursor import Cursor
from kjtui.tui.line_pane import Line, SnapshotPane, required
from kjtui.tui.messages import EventSelected
from kjtui.tui.notebook import NOTED, Notebook, first_line
from kjtui.tui.search import Search

_ACTORS = 3
_LEAD = 2 + 7 + _ACTORS + 1
"""Cells before a title: signs, month and day, actors."""


class Timeline(SnapshotPane):
    """A row per year and per visible event, with marks between them: the cursor's day and the pinned day.

    A *row* is an index in ``_rows``; a *line* is what is on screen, rows and marks together.
    """

    ID = "timeline"
    NUMBER = 1
    TITLE = "Timeline"
    HELP = "Every event, and the cursor"
    SIGNS = (
        ("▶", "the selected event"),
        ("───", "the cursor's day; what lies below is ahead of it, and dimmed"),
        ("┄┄┄", "the pinned day, which c compares with"),
        (labels.DISPUTED, "sources disagree; open the event to read each side"),
        (NOTED, "a note of yours"),
        ("Jul ?", "known to the month only; ? alone, to the year only"),
        ("JK", "several acted together: their first letters"),
    )
    COLUMN = "left"
    DEFAULT_CSS = "Timeline { height: 1fr; }"

    cursor: var[Cursor] = var(required)
    """The cursor, whose day may be ahead of the snapshot, which follows at once."""
    pinned: var[Snapshot | None] = var(None)
    """The day to compare with."""
    search: var[Search | None] = var(None)
    """The search that is open; its matches are highlighted."""
    notes: var[Notebook] = var(Notebook())
    """The reader's notes."""

    def __init__(self, snapshot: Snapshot, cursor: Cursor | None = None) -> None:
        super().__init__(snapshot)
        self._events = snapshot.record.events
        self._matches: frozenset[int] = frozenset()
        self.set_reactive(Timeline.cursor, cursor or Cursor.at(snapshot.history, snapshot.day))
        self._list_rows()

    def line_count(self) -> int:
        """Return the number of rows and marks."""
        return len(self._rows) + len(self._marks)

    def line(self, index: int) -> Line:
        """Return a year, an event, the cursor's day or the pinned day."""
        if index in self._marks:
            is_cursor = index == self._cursor_line
            return self._cursor_mark() if is_cursor else self._pin_mark(self._marks[index].day)
        row = self._rows[self._row_at(index)]
        ahead = index > self._cursor_line
        if row < 0:
            return ((f" {-row}", "ahead" if ahead else "heading"),)
        return self._event_line(row, self._events[row], ahead=ahead)

    def watch_snapshot(self) -> None:
        """Follow the cursor to another day."""
        if self.is_mounted:
            self._place_marks()
            self.repaint()
            self._reveal()

    def watch_cursor(self, before: Cursor, cursor: Cursor) -> None:
        """Highlight another event, or list others."""
        if cursor.visible_events != before.visible_events:
            self._list_rows()
            self.lay_out()
            self.refresh()
        elif cursor.day == self.snapshot.day:  # else the snapshot follows, and all is painted once
            self.repaint()

    def watch_pinned(self) -> None:
        """Mark the day to compare with."""
        self.watch_snapshot()

    def watch_search(self) -> None:
        """Highlight the matches."""
        self._matches = frozenset(self.search.matches) if self.search else frozenset()
        self.repaint()

    def watch_notes(self) -> None:
        """Mark what has a note."""
        self.repaint()

    def lay_out(self) -> None:
        """Keep the cursor in sight."""
        super().lay_out()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Select the event that was clicked."""
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + self.scroll_offset.y
        if index >= 0 and index not in self._marks and index < self.line_count():
            row = self._rows[self._row_at(index)]
            if row >= 0:
                self.post_message(EventSelected(row))

    def _list_rows(self) -> None:
        """List the rows: the index of an event, or a year as a negative number."""
        self._rows: list[int] = []
        self._row_of: list[int] = []  # the row of each visible event
        year = None
        for index in self.cursor.visible_events:
            day = self._events[index].day
            if day.year != year:
                year = day.year
                self._rows.append(-year)
            self._row_of.append(len(self._rows))
            self._rows.append(index)
        self._place_marks()

    def _place_marks(self) -> None:
        """Find the lines of the cursor and of the pinned day, which share one if the day is the same."""
        self._marks: dict[int, Snapshot] = {}
        self._cursor_line = self._row_after(self.snapshot)
        if self.pinned and self.pinned.day != self.snapshot.day:
            row = self._row_after(self.pinned)
            first = self.pinned.day < self.snapshot.day
            self._cursor_line += first
            self._marks[row + (not first)] = self.pinned
        self._marks[self._cursor_line] = self.snapshot

    def _row_after(self, snapshot: Snapshot) -> int:
        """Return the row after the last event up to a day, within the year of the day."""
        count = bisect_left(self.cursor.visible_events, snapshot.event_count)
        row = self._row_of[count - 1] + 1 if count else 0
        heading = row < len(self._rows) and self._rows[row] < 0
        return row + 1 if heading and -self._rows[row] <= snapshot.day.year else row

    def _row_at(self, line: int) -> int:
        return line - sum(mark < line for mark in self._marks)

    def _reveal(self) -> None:
        """Scroll if the cursor would leave the pane: by most of a page, so that most steps scroll nothing."""
        height = self.rows
        if not height:
            return  # not visible
        margin = min(2, height // 6)
        top = self.scroll_offset.y
        if min(self._cursor_line + margin, self.line_count() - 1) >= top + height:
            self.scroll_to(y=self._cursor_line - height // 3, animate=False, immediate=True)
        elif max(min(self._selected_line(), self._cursor_line) - margin, 0) < top:
            self.scroll_to(y=self._cursor_line - 2 * height // 3, animate=False, immediate=True)

    def _selected_line(self) -> int:
        """Return the line of the selected event, or of the cursor if none is visible."""
        selected, visible = self.cursor.selected, self.cursor.visible_events
        if selected is None:
            return self._cursor_line
        position = bisect_left(visible, selected)
        if position == len(visible) or visible[position] != selected:
            return self._cursor_line
        row = self._row_of[position]
        return row + sum(mark <= row for mark in self._marks)

    def _cursor_mark(self) -> Line:
        day = self.snapshot.day
        pinned = self.pinned is not None and self.pinned.day == day
        text = f" {_day(day)} {'pinned ' if pinned else ''}"
        room = max(self.columns - len(text) - 3, 0)
        if note := " · ".join(first_line(note) for note in self.notes.by_day.get(day, ())):
            noted = fit(f"{NOTED} {note} ", min(cells(note) + 3, room))
            return (("───", "cursor"), (text, "accent"), (noted, ""), ("─" * (room - cells(noted)), "cursor"))
        return (("───", "cursor"), (text, "accent"), ("─" * room, "cursor"))

    def _pin_mark(self, day: date) -> Line:
        text = f" {_day(day)} pinned "
        return (("┄┄┄", "dim"), (text, "strong"), ("┄" * max(self.columns - len(text) - 3, 0), "dim"))

    def _event_line(self, index: int, event: Event, *, ahead: bool) -> Line:
        selected = index == self.cursor.selected
        style = "selected" if selected else "found" if index in self._matches else "ahead" if ahead else ""
        sign = labels.DISPUTED if self.snapshot.is_disputed(event) else " "
        return (
            ("▶" if selected else " ", style),
            (sign, style or "warning"),
            (f"{self._date(index, event)} {fit(_initials(event), _ACTORS)}", style or "dim"),
            (NOTED if event.id in self.notes.by_event else " ", style or "accent"),
            (fit(event.title, max(self.columns - _LEAD, 0)), style),
        )

    def _date(self, index: int, event: Event) -> str:
        """Return month and day in six cells; the month only where it or the visible part begins."""
        first = event.date.first
        visible = self.cursor.visible_events
        position = bisect_left(visible, index)
        before = self._events[visible[position - 1]].date.first if position else date.min
        same = (before.year, before.month) == (first.year, first.month)
        top = self._row_of[position] <= self.scroll_offset.y
        if event.date.text == str(first.year):
            return "     ?"
        month = "   " if same and not top and index != self.cursor.selected else MONTHS[first.month - 1]
        return f"{month} {first.day if event.date.exact else '?':>2}"


def _day(day: date) -> str:
    return f"{labels.WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _initials(event: Event) -> str:
    """Return who acted, in three cells: a code, or the first letters of several."""
    return event.actors[0] if len(event.actors) == 1 else "".join(code[:1] for code in event.actors)
