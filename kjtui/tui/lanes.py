"""The lanes: a bar for every track over the days of the record, the cursor a line through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var

from kjtui.exports import labels
from kjtui.exports.wrap import cells, fit
from kjtui.history.snapshot import Snapshot
from kjtui.tui.date_scale import CHANGE, MEETING, Scale, Window, axis, bar, spans, ticks
from kjtui.tui.line_pane import Line, LinePane, Span

CURSOR, PINNED = "│", "┊"
AHEAD: Mapping[str, str] = {CHANGE: "◇", MEETING: "◦"}
"""What marks become while their day lies ahead, so that this too is plain without colour."""
_MARKS = {*AHEAD, *AHEAD.values(), labels.PENDING}

_NAME, _PIECE = 13, 8


def period(snapshot: Snapshot) -> Window:
    """The days of the coverage; with a cursor outside it, on that side all those of the record, so that
    the bars keep still while it moves out there."""
    coverage, day, history = snapshot.record.dataset.coverage, snapshot.day, snapshot.history
    return Window(
        min(day, history.first_day) if day < coverage.first else coverage.first,
        max(day, history.last_day) if day > coverage.last else coverage.last,
    )


class LanesPane(LinePane):
    """A bar for every track, the days meetings began, and the years under them."""

    BORDER_TITLE: ClassVar[str] = "4 Lanes"

    snapshot: var[Snapshot | None] = var(None)
    pinned: var[Snapshot | None] = var(None)
    """The day that others are compared with."""

    class Picked(Message):
        """The reader pointed at a day."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class TrackPicked(Message):
        """The reader pointed at a track: ``track`` is its id."""

        def __init__(self, track: str) -> None:
            super().__init__()
            self.track = track

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(id="lanes", classes="pane")
        self._history = snapshot.history
        self._tracks = tuple(snapshot.record.tracks.values())
        meetings = snapshot.history.meeting_days
        names = [track.short or track.name for track in self._tracks]
        self._names = (*names, "Meetings", "") if meetings else (*names, "")
        changes = [[run.first for run in self._history.runs(track.id)[1:]] for track in self._tracks]
        self._days = (*changes, meetings, ()) if meetings else (*changes, ())
        self._name_width = min(max(map(cells, self._names)), _NAME)
        self._zoom, self._window = 0, period(snapshot)
        self._scale, self._lead = Scale(self._window, 0), 0
        self._rows: list[tuple[Line, Line]] = []  # as the cells look behind the cursor, and ahead of it
        self.set_reactive(LanesPane.snapshot, snapshot)

    def line_count(self) -> int:
        """The tracks, the meetings where there are any, and the years."""
        return len(self._names)

    def line(self, index: int) -> Line:
        """A name and its bar, with what belongs to the day drawn over it."""
        self._draw()
        scale, snapshot = self._scale, self.snapshot
        name = (f" {fit(self._names[index], self._lead - 2)} ", "" if index < len(self._tracks) else "dim")
        if snapshot is None or not scale.width:
            return (name,)
        behind, ahead = self._rows[index]
        day, here = snapshot.day, scale.cell(snapshot.day)
        marked = self._marked(index, here)
        edge = here if marked and marked > day else scale.next_cell(day)
        row = [*behind[:edge], *ahead[edge:]]
        for cell in self._pending(index):
            row[cell] = (labels.PENDING, "accent")
        for crossed, sign, style in ((self.pinned, PINNED, "strong"), (snapshot, CURSOR, "cursor")):
            if crossed and self._window.holds(crossed.day):
                shown, _ = row[cell := scale.cell(crossed.day)]
                row[cell] = (shown if shown in _MARKS else sign, style)  # a mark stays, a bead on the line
        return (name, *_joined(row, here))

    def watch_snapshot(self) -> None:
        """Follow the cursor to another day."""
        self._follow()
        if self.is_mounted:
            self.repaint()

    def watch_pinned(self) -> None:
        """Mark another day."""
        if self.is_mounted:
            self.repaint()

    def zoom(self, steps: int) -> None:
        """Show fewer days around the cursor; more where ``steps`` is below zero."""
        self._zoom = max(self._zoom + steps, 0)
        self._follow()
        self.repaint()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as its lines, where the style sheet says so."""
        return self.line_count()

    def on_click(self, event: events.Click) -> None:
        """Tell the day or the track that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        self._draw()
        index, cell = offset.y + self.scroll_offset.y, offset.x - self._lead
        if cell < 0 and index < len(self._tracks):
            self.post_message(self.TrackPicked(self._tracks[index].id))
        elif 0 <= cell < self._scale.width and index < self.line_count():
            day = self._pending(index).get(cell) or self._marked(index, cell)
            self.post_message(self.Picked(day or self._scale.first_day(cell)))

    def _follow(self) -> None:
        """Turn the page where the cursor would leave it, so that steps within one leave the bars still."""
        if self.snapshot is None:
            return
        shown, whole, day = self._window, period(self.snapshot), self.snapshot.day
        lengths = spans(whole)
        self._zoom = min(self._zoom, len(lengths) - 1)
        share = 0.25 if day > shown.last else 0.75 if day < shown.first else shown.share(day)
        self._window = whole.part(lengths[self._zoom], day, share)

    def _draw(self) -> None:
        """Draw what the rows hold on any day, once for a window and a width."""
        columns = self.columns
        self._lead = min(self._name_width, columns // 3) + 2  # on narrow screens the names give way
        scale = Scale(self._window, max(columns - self._lead, 0))
        if scale == self._scale:
            return
        self._scale = scale
        rows = [bar(self._history.runs(track.id), scale) for track in self._tracks]
        rows += [ticks(days, scale) for days in self._days[len(rows) : -1]]
        rows.append(tuple((character, "dim") for character in axis(scale)))
        self._rows = [(row, tuple((AHEAD.get(sign, sign), "ahead") for sign, _ in row)) for row in rows]

    def _pending(self, index: int) -> dict[int, date]:
        """The cells in which a track is set to change, with the day."""
        if self.snapshot is None or index >= len(self._tracks):
            return {}
        days = [entry.in_force for entry in self.snapshot.standings[index].pending if entry.in_force]
        return {self._scale.cell(day): day for day in reversed(days) if self._window.holds(day)}

    def _marked(self, index: int, cell: int) -> date | None:
        """The day of the first change or meeting in a cell."""
        days, scale = self._days[index], self._scale
        place = bisect_left(days, scale.first_day(cell))
        return days[place] if place < len(days) and days[place] <= scale.last_day(cell) else None


def _joined(row: list[Span], cursor: int) -> Iterator[Span]:
    """Neighbours of one style as one span, after the cursor in short pieces.

    Textual sends a line from its beginning to the last cell that differs: few spans before the cursor
    keep that short, and short ones after it keep that cell near.
    """
    cuts = [0, *range(cursor - cursor % _PIECE + _PIECE, len(row), _PIECE), len(row)]
    for start, end in pairwise(cuts):
        for style, piece in groupby(row[start:end], itemgetter(1)):
            yield "".join([sign for sign, _ in piece]), style
