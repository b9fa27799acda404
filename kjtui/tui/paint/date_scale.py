"""The time scale of the lanes: maps days to cells, and draws bars, marks and the axis."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from kjtui.history.fold import Run
from kjtui.record.model import Tone
from kjtui.record.partial_date import PartialDate, month_name
from kjtui.tui.paint.line_pane import Line, Span
from kjtui.words.wrap import cells

FILL: Mapping[Tone, str] = {
    "free": "·",
    "eased": "╍",
    "controlled": "━",
    "idle": "┈",
    "open": "─",
    "advanced": "═",
    "closed": "▪",
}
"""The bar character for each tone of a state. Stricter states have heavier characters."""
CHANGE, MEETING = "◆", "•"

_LEVELS = (1826, 730, 365, 183, 61)  # days: five years, two years, a year, six months, two months


class Window(Struct, frozen=True):
    """A range of days, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days in the window."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Return whether a day is in the window."""
        return self.first <= day <= self.last

    def share(self, day: date) -> float:
        """Return the relative position of a day in the window: 0 for the first day, 1 for the last."""
        return (day - self.first).days / max(self.days - 1, 1)

    def part(self, days: int, day: date, share: float) -> Window:
        """Return a window of ``days`` days within this window.

        If possible, ``day`` is at relative position ``share``.
        """
        before = (day - self.first).days - round(share * (days - 1))
        first = self.first + timedelta(days=min(max(before, 0), self.days - days))
        return Window(first, first + timedelta(days=days - 1))


class Scale(Struct, frozen=True):
    """A mapping from days to cells. A cell can have several days, and a day can have several cells."""

    window: Window
    width: int

    def cell(self, day: date) -> int:
        """Return the first cell of a day."""
        return (day - self.window.first).days * self.width // self.window.days

    def next_cell(self, day: date) -> int:
        """Return the first cell in which every day is later than ``day``."""
        after = ((day - self.window.first).days + 1) * self.width // self.window.days
        return max(after, self.cell(day) + 1)

    def first_day(self, cell: int) -> date:
        """Return the first day of a cell."""
        return self.window.first + timedelta(days=min(self._last(cell - 1) + 1, self._last(cell)))

    def last_day(self, cell: int) -> date:
        """Return the last day of a cell."""
        return self.window.first + timedelta(days=self._last(cell))

    def days(self, cell: int) -> Window:
        """Return the days of a cell."""
        return Window(self.first_day(cell), self.last_day(cell))

    def _last(self, cell: int) -> int:
        return ((cell + 1) * self.window.days - 1) // self.width


def zoom_levels(longest: Window) -> list[int]:
    """Return the number of days shown at each zoom level, most days first."""
    return [longest.days, *(days for days in _LEVELS if days < longest.days)]


def bar(runs: Sequence[Run], scale: Scale) -> Line:
    """Draw the bar of a track, one span per cell.

    If the state changes in a cell, the cell has the mark for a change.
    """
    if not scale.width:
        return ()
    line: list[Span] = []
    for run in runs:
        if run.first > scale.window.last:
            break
        tone = run.state.tone
        cell = max(scale.cell(run.first), 0)
        line[cell:] = [(FILL[tone], tone)] * (scale.width - cell)
        if run.first >= scale.window.first:
            line[cell] = (CHANGE, tone)
    return tuple(line)


def ticks(days: Sequence[date], scale: Scale) -> Line:
    """Draw a mark in every cell that contains one of ``days``, which must be sorted."""
    first, last = scale.window.first, scale.window.last
    shown = days[bisect_left(days, first) : bisect_right(days, last)]
    marked = {scale.cell(day) for day in shown}
    return tuple((MEETING if cell in marked else " ", "dim") for cell in range(scale.width))


def axis(scale: Scale) -> str:
    """Draw the time axis: the names of years, quarters or months, with ticks between the names.

    Quarters and months appear only if there is room.
    """
    named_months, ticked_months = _months_of_period(scale, 5), _months_of_period(scale, 2)
    row = [" "] * scale.width
    for cell, _ in _periods(scale, ticked_months)[1:]:
        row[cell] = "╷"
    begun = _periods(scale, named_months)
    if len(begun) > 1 and begun[1][0] <= cells(_axis_name(begun[0][1], named_months, 0)):
        del begun[0]  # the period began before the window, and its name would hide the next name
    free, named_year = 0, 0
    for cell, day in begun:
        name = _axis_name(day, named_months, named_year)
        if cell >= free and cell + cells(name) <= scale.width:
            row[cell : cell + cells(name)] = by_cell(name)
            free, named_year = cell + cells(name) + 1, day.year
    return "".join(row)


def _months_of_period(scale: Scale, least: int) -> int:
    """Return the length in months of the shortest period that is at least ``least`` cells wide.

    The result is 1, 3 or 12: a month, a quarter or a year.
    """
    cells_of_month = scale.width * 30 / scale.window.days
    for months in (1, 3):
        if months * cells_of_month >= least:
            return months
    return 12


def _axis_name(day: date, months: int, named_year: int) -> str:
    """Return the name of the period of ``months`` months that contains ``day``.

    The name has the year only if the year differs from ``named_year``, the year of the previous name.
    """
    if months == 12 or day.month == 1:
        return str(day.year)
    if day.year == named_year:
        return month_name(day)
    return str(PartialDate(f"{day.year:04}-{day.month:02}"))


def by_cell(text: str) -> list[str]:
    """Return the characters of a text, one per cell.

    The second cell of a wide character is an empty string.
    """
    characters: list[str] = []
    for character in text:
        characters += [character] + [""] * (cells(character) - 1)
    return characters


def _periods(scale: Scale, months: int) -> list[tuple[int, date]]:
    """Return the first cell of each period of ``months`` months, and a day of the period.

    The first period starts at cell 0, even if it began before the window.
    """
    beginnings: list[tuple[int, date]] = []
    period_before = None
    for cell in range(scale.width):
        day = scale.last_day(cell)
        period = (day.year * 12 + day.month - 1) // months
        if period != period_before:
            beginnings.append((cell, day))
        period_before = period
    return beginnings
