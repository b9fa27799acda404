"""The lanes: one bar per track over the days of the record, crossed by the line of the cursor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date

from textual import events
from textual.message import Message
from textual.reactive import var

from kjtui.history.fold import Run
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import Record, Track
from kjtui.tui.paint.date_scale import (
    CHANGE,
    FILL,
    MEETING,
    Scale,
    Window,
    axis,
    bar,
    by_cell,
    ticks,
    zoom_levels,
)
from kjtui.tui.paint.line_pane import Line, Span
from kjtui.tui.panes.track_selection import TrackSelection
from kjtui.tui.state.view import View
from kjtui.words import day_words, labels
from kjtui.words.wrap import cells, first_fit, fit

CURSOR, PINNED = "│", "┊"
LIMIT = "┤"
"""Sign of the last day of a state without a known successor."""
AHEAD: Mapping[str, str] = {CHANGE: "◇", MEETING: "◦"}
"""Marks of days later than the cursor. The shapes differ, so the marks need no colour."""

_MARKS = {*AHEAD, *AHEAD.values(), labels.PENDING, LIMIT}
_WIDEST_NAME = 13


def period(snapshot: Snapshot) -> Window:
    """Return the days that the lanes cover at the widest zoom.

    This is the coverage. If the cursor is before or after the coverage, the period extends to the first or
    last day of the record, so that the bars stay still while the cursor moves there.
    """
    coverage, day, history = snapshot.record.dataset.coverage, snapshot.day, snapshot.history
    return Window(
        min(day, history.first_day) if day < coverage.first else coverage.first,
        max(day, history.last_day) if day > coverage.last else coverage.last,
    )


class LanesPane(TrackSelection):
    """A fixed row of years, one bar per track, and a row for the first days of meetings.

    In a tall pane, such as a maximised pane, the states and their lengths are shown below each bar, and a
    legend explains the fills.
    """

    ID = "lanes"
    SIGNS = (
        (CHANGE, f"a change of status; {AHEAD[CHANGE]} a later change"),
        (MEETING, f"a meeting begins; {AHEAD[MEETING]} a later meeting"),
        (labels.PENDING, "the day from which a pending status is in force"),
        (LIMIT, "the last day of a status by its own text; what follows is open"),
        (CURSOR, f"the cursor's day; {PINNED} the pinned day"),
    )
    DEFAULT_CSS = "LanesPane { height: 16; }"

    pinned: var[Snapshot | None] = var(None)
    """The day to compare with."""

    class DaySelected(Message):
        """The user clicked on a day."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, view: View) -> None:
        super().__init__(view)
        snapshot = view.snapshot
        self._history = snapshot.history
        self._tracks = tuple(snapshot.record.tracks.values())
        self._track_ids = tuple(snapshot.record.tracks)
        meetings = snapshot.history.meeting_days
        # The name and the marked days of each row: the years, the tracks and any meetings.
        self._names = ["", *(track.short or track.name for track in self._tracks)]
        self._days: list[Sequence[date]] = [()]
        self._days += [self._history.track(track.id).changes for track in self._tracks]
        if meetings:
            self._names.append(tr("Meetings"))
            self._days.append(meetings)
        self._name_width = min(max(map(cells, self._names)), _WIDEST_NAME)
        self._zoom, self._window = 0, period(snapshot)
        self._scale, self._first_column = Scale(self._window, 0), 0  # the column of the first cell of bars
        self._rows: list[tuple[Line, Line]] = []  # the cells of each bar before and after the cursor

    @classmethod
    def signs(cls, record: Record) -> tuple[tuple[str, str], ...]:
        """Return the bar characters of the tones that the record has, and the other signs."""
        tones = ((FILL[tone], labels.tone_word(tone)) for tone in labels.record_tones(record))
        return (*tones, *cls.SIGNS)

    @property
    def _has_room(self) -> bool:
        """Whether there is room for a line of states per track, an empty line and the legend."""
        return self.rows >= len(self._names) + len(self._tracks) + 2

    def line_count(self) -> int:
        """Return the number of lines: the years, the tracks and any meetings, and more with room."""
        if self._has_room:
            return len(self._names) + len(self._tracks) + 2
        return len(self._names)

    def row_line(self, row: int) -> Line:
        """Return the line of a row; the first row always shows the years."""
        return super().row_line(row) if row else self.line(0)

    def line(self, index: int) -> Line:
        """Return the years, the bar of a track, the states below a bar, the meetings, or the legend."""
        self._draw_bars()
        index, is_below = self._place(index)
        if index >= len(self._names):
            return self._legend() if is_below else ()
        return self._states(index) if is_below else self._bar(index)

    def _place(self, line: int) -> tuple[int, bool]:
        """Return the index of the name of a line, and whether the line is below the bar.

        The lines after the last name are an empty line and the legend.
        """
        if not (self._has_room and line):
            return line, False
        if line <= 2 * len(self._tracks):
            return (line + 1) // 2, line % 2 == 0
        index = line - len(self._tracks)
        return index, index > len(self._names)

    def _legend(self) -> Line:
        tones = labels.record_tones(self.snapshot.record)
        text = "  ".join(f"{FILL[tone]} {labels.tone_word(tone)}" for tone in tones)
        return ((fit(f" {text}", self.columns), "dim"),)

    def _states(self, index: int) -> Line:
        """Return the states of a track with their lengths, aligned with the parts of the bar above."""
        scale, day = self._scale, self.snapshot.day
        all_runs = self._history.runs(self._track_ids[index - 1])
        runs = [run for run in all_runs if run.first <= self._window.last]
        starts = [max(scale.cell(run.first), 0) for run in runs]
        ends = [*starts[1:], scale.width]
        line: list[Span] = [(" " * (self._first_column + starts[0]), "")]
        for run, start, end in zip(runs, starts, ends, strict=True):
            text = _length(run, day, self._history.last_day, end - start - 1)
            line.append((fit(text, end - start), _tone(run, day)))
        return tuple(line)

    def _bar(self, index: int) -> Line:
        """Return the name and the bar of a track, cell by cell, with the marks of the day over the bar."""
        scale, snapshot = self._scale, self.snapshot
        name_style = "" if self._track(index) else "dim"
        name = (f" {fit(self._names[index], self._first_column - 2)} ", name_style)
        if not scale.width:
            return (name,)
        past, future = self._rows[index]
        cursor_cell = scale.cell(snapshot.day)
        marked = self._marked(index, cursor_cell)
        first_future = scale.next_cell(snapshot.day)
        if marked and marked > snapshot.day:
            first_future = cursor_cell
        row = [*past[:first_future], *future[first_future:]]
        if last_day := self._last_day(index):
            row[scale.cell(last_day)] = (LIMIT, "accent")
        for cell in self._pending(index):
            row[cell] = (labels.PENDING, "accent")
        if self.pinned:
            self._draw_day(row, self.pinned.day, PINNED, "strong")
        self._draw_day(row, snapshot.day, CURSOR, "cursor")
        return (name, *row)

    def _draw_day(self, row: list[Span], day: date, sign: str, style: str) -> None:
        """Draw the line of a day in a row of cells, if the day is in the window.

        A mark, a digit of a year and the second cell of a wide character stay, in the style of the line.
        """
        if not self._window.holds(day):
            return
        cell = self._scale.cell(day)
        shown, _ = row[cell]
        if shown and shown not in _MARKS and not shown.isalnum():
            shown = sign
        row[cell] = (shown, style)

    def track_lines(self) -> Sequence[str]:
        """Return the track of each line."""
        if not self._has_room:
            return ("", *self._track_ids)
        lines = [""]
        for track in self._track_ids:
            lines += [track, ""]  # the states are below the bar
        return lines

    def watch_view(self, before: View, view: View) -> None:
        """Follow the cursor to another day."""
        if view.snapshot is not before.snapshot:
            self._follow()
            self.repaint()

    def watch_pinned(self) -> None:
        """Mark the day to compare with."""
        self.repaint()

    def zoom(self, steps: int) -> None:
        """Show fewer days around the cursor, or more if ``steps`` is negative."""
        self._zoom = max(self._zoom + steps, 0)
        self._follow()
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Select the track of a clicked name, or the day of a clicked cell."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        self._draw_bars()
        # The first row always shows the years, also where the lines below are scrolled.
        line = offset.y + self.scroll_offset.y if offset.y else 0
        cell = offset.x - self._first_column
        index, _ = self._place(line)
        track = self._track(index)
        if cell < 0 and track:
            self.post_message(self.TrackSelected(track.id))
        elif 0 <= cell < self._scale.width and index < len(self._names):
            day = self._pending(index).get(cell) or self._marked(index, cell)
            self.post_message(self.DaySelected(day or self._scale.first_day(cell)))

    def _follow(self) -> None:
        """Shift the window if the cursor would leave it. The step is large, so that shifts are rare."""
        shown, whole, day = self._window, period(self.snapshot), self.snapshot.day
        lengths = zoom_levels(whole)
        self._zoom = min(self._zoom, len(lengths) - 1)
        share = shown.share(day)
        if day > shown.last:
            share = 0.25
        elif day < shown.first:
            share = 0.75
        self._window = whole.part(lengths[self._zoom], day, share)

    def _draw_bars(self) -> None:
        """Draw the parts that do not depend on the day; done once per window and width."""
        self._first_column = min(self._name_width, self.columns // 3) + 2  # names are cut on narrow screens
        scale = Scale(self._window, max(self.columns - self._first_column, 0))
        if scale == self._scale:
            return
        self._scale = scale
        rows: list[Line] = [tuple((character, "dim") for character in by_cell(axis(scale)))]
        rows += [bar(self._history.runs(track.id), scale) for track in self._tracks]
        if self._history.meeting_days:
            rows.append(ticks(self._history.meeting_days, scale))
        self._rows = []
        for past in rows:
            future = tuple((AHEAD.get(sign, sign), "ahead") for sign, _ in past)
            self._rows.append((past, future))

    def _track(self, index: int) -> Track | None:
        """Return the track of a line, or ``None`` for other lines."""
        return self._tracks[index - 1] if 0 < index <= len(self._tracks) else None

    def _pending(self, index: int) -> dict[int, date]:
        """Return the cells with a scheduled change of a track, each with the day."""
        if not self._track(index):
            return {}
        days = [entry.in_force for entry in self.snapshot.standings[index - 1].pending if entry.in_force]
        return {self._scale.cell(day): day for day in reversed(days) if self._window.holds(day)}

    def _last_day(self, index: int) -> date | None:
        """Return the last day of a track's current state, if after the cursor and inside the window."""
        if not self._track(index):
            return None
        until = self.snapshot.standings[index - 1].until
        if until and until > self.snapshot.day and self._window.holds(until):
            return until
        return None

    def _marked(self, index: int, cell: int) -> date | None:
        """Return the day of the first change or meeting in a cell."""
        days, scale = self._days[index], self._scale
        position = bisect_left(days, scale.first_day(cell))
        if position < len(days) and days[position] <= scale.last_day(cell):
            return days[position]
        return None


def _length(run: Run, day: date, end: date, width: int) -> str:
    """Return the state of a run and its length in days, in the longest form that fits a width.

    Args:
        run: the run.
        day: the day on screen; the current run is counted up to it.
        end: the last day of the record.
        width: the available cells.
    """
    label, short = run.state.label, labels.short_state(run.state)
    is_current = run.first <= day and (run.last is None or day <= run.last)
    count = run.days(day if is_current else end)
    if count is None:
        return first_fit((label, short, ""), width, cells)
    held = day_words.days(count)
    if is_current:  # the run continues after the day, so the number alone would be wrong
        held = tr("{days} so far", days=held)
    forms = (f"{label} {held}", f"{short} {held}", held, "")
    return first_fit(forms, width, cells)


def _tone(run: Run, day: date) -> str:
    return run.state.tone if run.first <= day else "ahead"
