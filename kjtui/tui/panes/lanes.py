"""The lanes: one bar per track, from left to right in time. A vertical line marks the cursor's day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

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
"""Sign of the last day of a state if the next state is unknown."""
AHEAD: Mapping[str, str] = {CHANGE: "◇", MEETING: "◦"}
"""For each mark, the mark that replaces it after the cursor's day.

The two marks have different shapes, so that the difference is visible without colour.
"""

_MARKS = {*AHEAD, *AHEAD.values(), labels.PENDING, LIMIT}
_WIDEST_NAME = 13


def period(snapshot: Snapshot) -> Window:
    """Return the days that the lanes show at the widest zoom.

    These are the days of the coverage. If the cursor is before the coverage, the first day of the record is
    the first day shown. If the cursor is after the coverage, the last day of the record is the last day
    shown. As a result, the bars stay still while the cursor is outside the coverage.
    """
    coverage, day, history = snapshot.record.dataset.coverage, snapshot.day, snapshot.history
    return Window(
        min(day, history.first_day) if day < coverage.first else coverage.first,
        max(day, history.last_day) if day > coverage.last else coverage.last,
    )


class LanesPane(TrackSelection):
    """A fixed row of years, one bar per track, and a row that marks the first days of meetings.

    A tall pane, such as a maximised pane, also shows the states and their lengths below each bar, and a
    legend of the characters in the bars.
    """

    ID = "lanes"
    SIGNS = (
        (CHANGE, f"a change of status; {AHEAD[CHANGE]} a later change"),
        (MEETING, f"a meeting begins; {AHEAD[MEETING]} a later meeting"),
        (labels.PENDING, "the day from which a pending status is in force"),
        (LIMIT, "the stated last day of a status; the next status is open"),
        (CURSOR, f"the cursor's day; {PINNED} the pinned day"),
    )
    DEFAULT_CSS = "LanesPane { height: 16; }"

    pinned: var[Snapshot | None] = var(None)
    """The snapshot of the pinned day. ``None`` if no day is pinned."""

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
        # The name and the marked days of each row. The rows are the years, the tracks and any meetings.
        self._names = ["", *(track.short or track.name for track in self._tracks)]
        self._days: list[Sequence[date]] = [()]
        self._days += [self._history.track(track.id).changes for track in self._tracks]
        if meetings:
            self._names.append(tr("Meetings"))
            self._days.append(meetings)
        self._name_width = min(max(map(cells, self._names)), _WIDEST_NAME)
        self._zoom, self._window = 0, period(snapshot)
        self._scale, self._first_column = Scale(self._window, 0), 0  # the column where bars begin
        self._rows: list[tuple[Line, Line]] = []  # each row drawn twice: as past and as future

    @classmethod
    def signs(cls, record: Record) -> tuple[tuple[str, str], ...]:
        """Return a bar character for each tone in the record, then ``SIGNS``, all with their meanings."""
        tones = ((FILL[tone], labels.tone_word(tone)) for tone in labels.record_tones(record))
        return (*tones, *cls.SIGNS)

    @property
    def _has_room(self) -> bool:
        """Whether there is room for one line of states per track, an empty line and the legend."""
        return self.rows >= len(self._names) + len(self._tracks) + 2

    def line_count(self) -> int:
        """Return the number of lines. If there is room, this includes the lines for states and the legend."""
        if self._has_room:
            return len(self._names) + len(self._tracks) + 2
        return len(self._names)

    def row_line(self, row: int) -> Line:
        """Return the line of a row; the first row always shows the years."""
        return super().row_line(row) if row else self.line(0)

    def line(self, index: int) -> Line:
        """Return a line: the years, a bar, the states below a bar, the meetings or the legend."""
        self._draw_bars()
        index, is_below = self._place(index)
        if index >= len(self._names):
            return self._legend() if is_below else ()
        return self._states(index) if is_below else self._bar(index)

    def _place(self, line: int) -> tuple[int, bool]:
        """Return the index in ``_names`` for a line, and whether the line is below a bar.

        An index after the last name means the empty line or the legend.
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
        """Return the states of a track with their lengths. Each state begins below its part of the bar."""
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
        """Return the name and the cells of a row. Marks that depend on the day replace some cells."""
        scale, snapshot = self._scale, self.snapshot
        name_style = "" if self._track(index) else "dim"
        name = (f" {fit(self._names[index], self._first_column - 2)} ", name_style)
        if not scale.width:
            return (name,)
        past, future = self._rows[index]
        cursor_cell, cell_days, first_future = _cell_of(scale, snapshot.day)
        marked = self._marked(index, cell_days)
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
        """Draw the vertical line of a day into a row of cells, if the day is in the window.

        The line does not replace a mark, a letter, a digit or the second cell of a wide character. In these
        cases, only the style of the cell changes.
        """
        if not self._window.holds(day):
            return
        cell = self._scale.cell(day)
        shown, _ = row[cell]
        if shown and shown not in _MARKS and not shown.isalnum():
            shown = sign
        row[cell] = (shown, style)

    def track_lines(self) -> Sequence[str]:
        """Return the track id of each line. Lines without a track have an empty id."""
        if not self._has_room:
            return ("", *self._track_ids)
        lines = [""]
        for track in self._track_ids:
            lines += [track, ""]  # the states are below the bar
        return lines

    def follow(self, before: View) -> None:
        """Follow the cursor to a different day."""
        if self.snapshot is not before.snapshot:
            self._place_window()
            self.repaint()

    def watch_pinned(self) -> None:
        """Mark the pinned day."""
        self.repaint()

    def zoom(self, steps: int) -> None:
        """Zoom in at the cursor, or out if ``steps`` is negative."""
        self._zoom = max(self._zoom + steps, 0)
        self._place_window()
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Select the track of a clicked name, or the day of a clicked cell."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        self._draw_bars()
        # The first row always shows the years, even if the lines below are scrolled.
        line = offset.y + self.scroll_offset.y if offset.y else 0
        cell = offset.x - self._first_column
        index, _ = self._place(line)
        track = self._track(index)
        if cell < 0 and track:
            self.post_message(self.TrackSelected(track.id))
        elif 0 <= cell < self._scale.width and index < len(self._names):
            cell_days = self._scale.days(cell)
            day = self._pending(index).get(cell) or self._marked(index, cell_days)
            self.post_message(self.DaySelected(day or cell_days.first))

    def _place_window(self) -> None:
        """Set the window to the zoom level, and shift it if it does not contain the cursor's day.

        The window is shifted by most of its length, so that shifts are rare.
        """
        shown, longest, day = self._window, period(self.snapshot), self.snapshot.day
        lengths = zoom_levels(longest)
        self._zoom = min(self._zoom, len(lengths) - 1)
        share = shown.share(day)
        if day > shown.last:
            share = 0.25
        elif day < shown.first:
            share = 0.75
        self._window = longest.part(lengths[self._zoom], day, share)

    def _draw_bars(self) -> None:
        """If the window or the width has changed, draw everything that does not depend on the day."""
        self._first_column = min(self._name_width, self.columns // 3) + 2  # a narrow pane truncates names
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
        """Return the days of the scheduled changes of a track, by cell."""
        if not self._track(index):
            return {}
        days = [entry.in_force for entry in self.snapshot.standings[index - 1].pending if entry.in_force]
        return {self._scale.cell(day): day for day in reversed(days) if self._window.holds(day)}

    def _last_day(self, index: int) -> date | None:
        """Return the last day of a track's current state.

        ``None`` if this day is unknown, not after the cursor's day, or outside the window.
        """
        if not self._track(index):
            return None
        until = self.snapshot.standings[index - 1].until
        if until and until > self.snapshot.day and self._window.holds(until):
            return until
        return None

    def _marked(self, index: int, cell_days: Window) -> date | None:
        """Return the first marked day of a row in a cell. ``None`` if the cell has no mark."""
        days = self._days[index]
        position = bisect_left(days, cell_days.first)
        if position < len(days) and days[position] <= cell_days.last:
            return days[position]
        return None


@lru_cache(maxsize=1)  # every row asks for the cursor's day
def _cell_of(scale: Scale, day: date) -> tuple[int, Window, int]:
    """Return the first cell of a day, the days of that cell, and the first cell with only later days."""
    cell = scale.cell(day)
    return cell, scale.days(cell), scale.next_cell(day)


def _length(run: Run, day: date, end: date, width: int) -> str:
    """Return the state of a run and its length in days, in the longest form that fits.

    Args:
        run: the run.
        day: the cursor's day. The length of the current run is counted up to this day.
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
