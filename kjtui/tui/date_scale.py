"""What lanes are drawn with: days as cells, states as a bar, meetings as marks, years as an axis."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kjtui.history.fold import Run
from kjtui.record.model import Tone
from kjtui.record.partial_date import MONTHS
from kjtui.tui.line_pane import Line

FILL: Mapping[Tone, str] = {"free": "·", "idle": "─", "eased": "╍", "controlled": "━"}
"""What a bar is made of, heavier where a state weighs more."""
CHANGE, MEETING = "◆", "•"

_SPANS = (1826, 730, 365, 183, 61)  # days: five years, two, one, six months, two


class Window(NamedTuple):
    """Days that follow one another, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def share(self, day: date) -> float:
        """How far into the window a day lies: 0 for the first, 1 for the last."""
        return (day - self.first).days / max(self.days - 1, 1)

    def part(self, days: int, day: date, share: float) -> Window:
        """So many of its days, with one of them as far in as may be."""
        before = (day - self.first).days - round(share * (days - 1))
        first = self.first + timedelta(days=min(max(before, 0), self.days - days))
        return Window(first, first + timedelta(days=days - 1))


class Scale(NamedTuple):
    """Which cell stands for which days: for several, or where there is room one day for several cells."""

    window: Window
    width: int

    def cell(self, day: date) -> int:
        """The first cell of a day."""
        return (day - self.window.first).days * self.width // self.window.days

    def next_cell(self, day: date) -> int:
        """The first cell that holds only later days."""
        after = ((day - self.window.first).days + 1) * self.width // self.window.days
        return max(after, self.cell(day) + 1)

    def first_day(self, cell: int) -> date:
        """The first day of a cell."""
        return self.window.first + timedelta(days=min(self._last(cell - 1) + 1, self._last(cell)))

    def last_day(self, cell: int) -> date:
        """The last day of a cell."""
        return self.window.first + timedelta(days=self._last(cell))

    def _last(self, cell: int) -> int:
        return ((cell + 1) * self.window.days - 1) // self.width


def spans(whole: Window) -> list[int]:
    """How many days each zoom shows, the first of them all."""
    return [whole.days, *(days for days in _SPANS if days < whole.days)]


def bar(runs: Sequence[Run], scale: Scale) -> Line:
    """A track's states, a span to a cell; a cell with a change in it is a mark, however many days it has."""
    firsts = [run.first for run in runs]
    line = []
    before = bisect_left(firsts, scale.window.first)
    for cell in range(scale.width):
        after = bisect_right(firsts, scale.last_day(cell), lo=before)
        tone = runs[after - 1].state.tone
        line.append((CHANGE if after > before else FILL[tone], tone))
        before = after
    return tuple(line)


def ticks(days: Sequence[date], scale: Scale) -> Line:
    """A mark in every cell that one of some sorted days is in."""
    first, last = scale.window
    taken = {scale.cell(day) for day in days[bisect_left(days, first) : bisect_right(days, last)]}
    return tuple((MEETING if cell in taken else " ", "dim") for cell in range(scale.width))


def axis(scale: Scale) -> str:
    """The years; quarters or months by name, or as ticks, where there is room."""
    month = scale.width * 30 / scale.window.days
    named, ticked = (next((n for n in (1, 3) if n * month >= room), 12) for room in (5, 2))
    row = [" "] * scale.width
    for cell, _ in _stretches(scale, ticked)[1:]:
        row[cell] = "╷"
    names = [
        (cell, str(day.year) if named == 12 or day.month == 1 else f"{MONTHS[day.month - 1]} {day.year}")
        for cell, day in _stretches(scale, named)
    ]
    if len(names) > 1 and names[1][0] <= len(names[0][1]):
        del names[0]  # it began before the window, and would be in the way
    free, told = 0, ""
    for cell, name in names:
        short, year = name.split()[0], name.split()[-1]
        text = short if year == told else name
        if cell >= free and cell + len(text) <= scale.width:
            row[cell : cell + len(text)] = text
            free, told = cell + len(text) + 1, year
    return "".join(row)


def _stretches(scale: Scale, months: int) -> list[tuple[int, date]]:
    """The cells in which so many months of the calendar begin, with a day of theirs; first the window's."""
    days = [scale.last_day(cell) for cell in range(scale.width)]
    stretch = [(day.year * 12 + day.month - 1) // months for day in days]
    return [(at, day) for at, day in enumerate(days) if at == 0 or stretch[at] != stretch[at - 1]]
