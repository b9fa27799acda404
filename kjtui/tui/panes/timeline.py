"""The timeline: all events by year, with a mark at the cursor's day. Later events are dimmed."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual import events
from textual.app import App
from textual.content import Content
from textual.message import Message
from textual.reactive import var

from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import Event, Record
from kjtui.record.partial_date import MONTHS, month_name
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.paint.line_pane import Line, SnapshotPane, mark_selected
from kjtui.tui.panes.event_detail import detail_height, empty_detail, event_detail, rule
from kjtui.tui.state.note_index import NOTED, NoteIndex, first_line
from kjtui.tui.state.pane_table import PANES_BY_ID
from kjtui.tui.state.view import View
from kjtui.tui.state.visible_events import VisibleEvents
from kjtui.words import day_words, labels, record_words
from kjtui.words.wrap import cells, cut, fit

if TYPE_CHECKING:
    from kjtui.tui.state.active_search import Search

_ACTORS, _FEW_ACTORS, _ROOM_FOR_ACTORS = 5, 3, 76
"""Width of the column of actors in wide and in narrow panes, and the minimum width of a wide pane."""
_SIGNS_AND_DAY = 3 + 3
"""Total width of the signs, the day and the spaces in front of the title."""
_JULY = date(2019, 7, 1)
"""A day in the month that the help uses as an example."""


class _Row(Struct, frozen=True):
    """The heading of a year, or an event with its index in ``record.events``."""

    year: int
    event: int | None = None


class Timeline(SnapshotPane):
    """The list of events by year. Marks in the list show the cursor's day and the pinned day.

    A *row* is an item of ``_rows``: the heading of a year, or an event. A *line* of the list is a row or a
    mark. Rows depend only on the visible events. When the cursor moves to a different day, only the marks
    change, not the rows.

    If there is room, the details of the selected event are below the list. The details do not scroll.
    """

    ID = "timeline"
    SIGNS = (
        ("───", "the cursor's day; later events below it are dimmed"),
        ("┄┄┄", "the pinned day, to compare with"),
        (labels.DISPUTED, "sources disagree; open the event to read each side"),
        (NOTED, "your note"),
    )
    DEFAULT_CSS = "Timeline { height: 1fr; }"

    pinned: var[Snapshot | None] = var(None)
    """The snapshot of the pinned day. ``None`` if no day is pinned."""
    search: var[Search | None] = var(None)
    """The active search; its matches are highlighted."""
    visible_events: var[VisibleEvents] = var(VisibleEvents())
    """The visible events, and the filter that selects them."""
    notes: var[NoteIndex] = var(NoteIndex())
    """The user's notes."""

    class EventSelected(Message):
        """The user clicked on an event, given by its index in ``record.events``."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class OpenRequested(Message):
        """The user clicked on the text of the selected event."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._events = self.snapshot.record.events
        actors = record_words.named_codes(self.snapshot.record.dataset)
        self.border_subtitle = Content(" · ".join(f"{code} {name}" for code, name in actors.items()))
        self._matches: frozenset[int] = frozenset()
        self._month_width = max(cells(tr(month)) for month in MONTHS) + 1
        self._detail_rows = 0
        self._detail: list[Line] = []
        self._detail_for: tuple[int | None, date, int, int] | None = None  # the cache key of ``_detail``
        self._list_rows()

    @classmethod
    def signs(cls, record: Record) -> tuple[tuple[str, str], ...]:
        """Return the signs of the timeline. Some depend on the language and on the codes of the actors."""
        code, name = next(iter(record.dataset.actors.items()))
        return (
            *cls.SIGNS,
            (tr("minor"), tr("minor events, hidden by default")),
            (f"{month_name(_JULY)} ?", tr("date known only to the month; ? alone: only to the year")),
            (f"{code}+", tr("who acted, by code: {name} and others", name=name)),
        )

    @property
    def list_rows(self) -> int:
        """Number of rows of the list, without the details."""
        return self.rows - self._detail_rows

    def line_count(self) -> int:
        """Return the number of lines, including one empty line for each row that the details cover."""
        return self._list_length() + self._detail_rows

    def row_line(self, row: int) -> Line:
        """Return a line of the list, or of the details below it."""
        list_rows = self.list_rows
        if row < list_rows:
            return super().row_line(row)
        if row == list_rows:
            selected = self.cursor.selected
            event = None if selected is None else self._events[selected]
            return rule(event, self.snapshot, self.columns)
        lines, index = self._detail_lines(), row - list_rows - 1
        return lines[index] if index < len(lines) else ()

    def line(self, index: int) -> Line:
        """Return a line of the list: a year, an event, the cursor's day or the pinned day."""
        if index in self._marks:
            is_cursor = index == self._cursor_line
            return self._cursor_mark() if is_cursor else self._pin_mark(self._marks[index].day)
        if index >= self._list_length():
            return ()  # covered by the details
        row = self._rows[self._row_at(index)]
        ahead = index > self._cursor_line
        if row.event is None:
            return ((f" {row.year}", "ahead" if ahead else "heading"),)
        return self._event_line(row.event, self._events[row.event], ahead=ahead)

    def follow(self, before: View) -> None:
        """Follow the cursor. If the set of visible events has changed, list the rows again."""
        if not self.is_mounted:
            return
        if self.cursor.visible_events is not before.cursor.visible_events:
            self._list_rows()
            self.lay_out()
            self.refresh()
        elif self.snapshot is before.snapshot:
            self.repaint()
        else:
            self._show_day()

    def watch_pinned(self) -> None:
        """Mark the pinned day."""
        if self.is_mounted:
            self._show_day()

    def _show_day(self) -> None:
        self._place_marks()
        self.repaint()
        self._reveal()

    def watch_search(self) -> None:
        """Highlight the matches."""
        self._matches = frozenset(self.search.matches) if self.search else frozenset()
        self.repaint()

    def watch_visible_events(self) -> None:
        """Show the number of hidden events in the title."""
        self._detail_for = None
        hidden, row = self.visible_events.hidden_minor, PANES_BY_ID[self.ID]
        title = f"{row.number} {tr(row.title)}"
        self.border_title = (
            tr(
                "{title} · {hidden:,} minor hidden, {key} shows",
                title=title,
                hidden=hidden,
                key=key_of(self.app, "timeline.minor"),
            )
            if hidden
            else title
        )

    def watch_notes(self) -> None:
        """Mark events and days with notes."""
        self.repaint()

    def lay_out(self) -> None:
        """Divide the rows between the list and the details, and keep the cursor visible."""
        self._detail_rows = detail_height(self.rows, self.columns)
        super().lay_out()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Handle a click. In the list, it selects an event. On the details, it opens the selected event."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y >= self.list_rows:
            self.post_message(self.OpenRequested())
            return
        index = offset.y + self.scroll_offset.y
        if index not in self._marks and index < self._list_length():
            clicked = self._rows[self._row_at(index)].event
            if clicked is not None:
                self.post_message(self.EventSelected(clicked))

    def _list_length(self) -> int:
        return len(self._rows) + len(self._marks)

    def _list_rows(self) -> None:
        """List the rows: a heading for each year, followed by the visible events of the year."""
        self._detail_for = None
        self._rows: list[_Row] = []
        self._row_of: list[int] = []  # the row of each visible event
        year = None
        for index in self.cursor.visible_events:
            day = self._events[index].day
            if day.year != year:
                year = day.year
                self._rows.append(_Row(year))
            self._row_of.append(len(self._rows))
            self._rows.append(_Row(day.year, index))
        self._place_marks()

    def _place_marks(self) -> None:
        """Find the lines of the cursor's day and of the pinned day.

        If both are the same day, they share a line.
        """
        self._marks: dict[int, Snapshot] = {}
        self._cursor_line = self._row_after(self.snapshot)
        if self.pinned and self.pinned.day != self.snapshot.day:
            row = self._row_after(self.pinned)
            first = self.pinned.day < self.snapshot.day
            self._cursor_line += first
            self._marks[row + (not first)] = self.pinned
        self._marks[self._cursor_line] = self.snapshot

    def _row_after(self, snapshot: Snapshot) -> int:
        """Return the index of the row that follows the mark of a day.

        The mark is below all events up to the day, and below the heading of the day's year.
        """
        count = bisect_left(self.cursor.visible_events, snapshot.event_count)
        row = self._row_of[count - 1] + 1 if count else 0
        if row < len(self._rows):
            following = self._rows[row]
            if following.event is None and following.year <= snapshot.day.year:
                return row + 1  # below the heading of the day's year
        return row

    def _row_at(self, line: int) -> int:
        return line - sum(mark < line for mark in self._marks)

    def _reveal(self) -> None:
        """Scroll if the cursor is not visible.

        Scroll by most of a page, so that scrolling is rarely necessary. On a day with many events, the list
        can be too short to show both the selected event and the cursor's line. In this case, the selected
        event is shown.
        """
        height = self.list_rows
        if height <= 0:
            return  # not visible
        margin = min(2, height // 6)
        top, selected = self.scroll_offset.y, self._selected_line()
        first = max(min(selected, self._cursor_line) - margin, 0)
        last = min(self._cursor_line + margin, self._list_length() - 1)
        if last - first >= height:
            last = first + height - 1
        if last >= top + height:
            top = min(max(self._cursor_line - height // 3, last - height + 1), first)
        elif first < top:
            top = min(max(self._cursor_line - 2 * height // 3, last - height + 1), first)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)

    def _selected_line(self) -> int:
        """Return the line of the selected event, or of the cursor if no event is selected."""
        selected, visible = self.cursor.selected, self.cursor.visible_events
        if selected is None:
            return self._cursor_line
        position = bisect_left(visible, selected)
        if position == len(visible) or visible[position] != selected:
            return self._cursor_line
        row = self._row_of[position]
        return row + sum(mark <= row for mark in self._marks)

    def _detail_lines(self) -> list[Line]:
        """Return the lines of the details. They are cached until the event, the day or the size changes."""
        selected, day = self.cursor.selected, self.snapshot.day
        height = self._detail_rows - 1
        key = (selected, day, self.columns, height)
        if self._detail_for == key:
            return self._detail
        if selected is not None:
            self._detail = event_detail(self._events[selected], self.snapshot, self.columns, height)
        else:
            history = self.snapshot.history
            near = [self.cursor.neighbour(history, step, self.cursor.visible_events) for step in (-1, 1)]
            before, after = (None if index is None else self._events[index] for index in near)
            of_day = () if self.visible_events.filter else history.indices_on(day)
            hidden = [self._events[index] for index in of_day]
            text = nothing_to_open(self.snapshot, self.visible_events, self.app)
            self._detail = empty_detail(text, before, hidden, after, self.columns, height)
        self._detail_for = key
        return self._detail

    def _cursor_mark(self) -> Line:
        day = self.snapshot.day
        pinned = self.pinned is not None and self.pinned.day == day
        text = f" {_pinned_day(day) if pinned else day_words.day_with_weekday(day)} "
        rule_width = max(self.columns - cells(text) - 3, 0)
        if note := " · ".join(first_line(note) for note in self.notes.by_day.get(day, ())):
            noted = fit(f"{NOTED} {note} ", min(cells(note) + 3, rule_width))
            return (
                ("───", "cursor"),
                (text, "accent"),
                (noted, ""),
                ("─" * (rule_width - cells(noted)), "cursor"),
            )
        return (("───", "cursor"), (text, "accent"), ("─" * rule_width, "cursor"))

    def _pin_mark(self, day: date) -> Line:
        text = f" {_pinned_day(day)} "
        return (("┄┄┄", "dim"), (text, "strong"), ("┄" * max(self.columns - cells(text) - 3, 0), "dim"))

    def _event_line(self, index: int, event: Event, *, ahead: bool) -> Line:
        style = ""
        if index in self._matches:
            style = "found"
        elif ahead:
            style = "ahead"
        sign = labels.DISPUTED if self.snapshot.is_disputed(event) else " "
        actors = _ACTORS if self.columns >= _ROOM_FOR_ACTORS else _FEW_ACTORS
        width_before_title = _SIGNS_AND_DAY + self._month_width + actors
        line: Line = (
            (" ", style),
            (sign, style or "warning"),
            (f"{self._date(index, event)} {fit(_actors(event, actors), actors)}", style or "dim"),
            (NOTED if event.id in self.notes.by_event else " ", style or "accent"),
            (fit(event.title, max(self.columns - width_before_title, 0)), style),
        )
        return mark_selected(line, self.columns) if index == self.cursor.selected else line

    def _date(self, index: int, event: Event) -> str:
        """Return the month and day of an event in a fixed width.

        Show the month only for the first event of the month, for the event in the top row, and for the
        selected event.
        """
        first = event.date.first
        visible = self.cursor.visible_events
        position = bisect_left(visible, index)
        before = self._events[visible[position - 1]].date.first if position else date.min
        same = (before.year, before.month) == (first.year, first.month)
        top = self._row_of[position] <= self._row_at(self.top)
        if event.date.text == str(first.year):
            return f"{'?':>{self._month_width + 2}}"
        month = "" if same and not top and index != self.cursor.selected else month_name(first)
        return f"{fit(month, self._month_width)}{first.day if event.date.exact else '?':>2}"


def nothing_to_open(snapshot: Snapshot, visible: VisibleEvents, app: App[Any]) -> str:
    """Explain why no event of a day is selected, and name the key that shows hidden events."""
    hidden = len(snapshot.history.indices_on(snapshot.day))
    if not hidden:
        return tr("No event on this day.")
    if visible.filter:
        key = key_of(app, "filter")
        if hidden == 1:
            return tr("The filter hides the event of this day; {key} changes the filter.", key=key)
        return tr(
            "The filter hides {hidden} events of this day; {key} changes the filter.", hidden=hidden, key=key
        )
    open_key, key = key_of(app, "event.open"), key_of(app, "timeline.minor")
    if hidden == 1:
        return tr("A hidden minor event: {open_key} opens it, {key} shows it.", open_key=open_key, key=key)
    return tr(
        "{hidden} minor events: {open_key} opens the first, {key} shows them.",
        hidden=hidden,
        open_key=open_key,
        key=key,
    )


def _pinned_day(day: date) -> str:
    return tr("{day} pinned", day=day_words.day_with_weekday(day))


def _actors(event: Event, width: int) -> str:
    """Return the codes of the actors. If they do not fit, return the first code and a plus sign."""
    together = " ".join(event.actors)
    if cells(together) <= width:
        return together
    return f"{cut(event.actors[0], width - 1)[0]}+"
