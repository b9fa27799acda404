"""A series as a chart of block characters: a bar for each period, from the earliest down."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kjtui.record.model import Point, Series
from kjtui.record.partial_date import day_text
from kjtui.tui.paint.line_pane import Line
from kjtui.words.wrap import cells, fit, wrap

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_PUBLISHED = 11
_LONGEST_BAR = 32


def bar(value: float, most: float, width: int) -> str:
    """Return a bar in eighths of a cell. A value above zero has at least the thinnest one."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    eighths = max(round(value / most * width * 8), 1)
    return _FULL * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def series_chart(series: Series, width: int) -> Iterator[Line]:
    """Yield the title, the measure, and for each point its period, bar, value and day of publication.

    Three dots stand where periods are missing, so that the rows can be read as an axis of time. The bars of
    percentages are drawn against 100.
    """
    yield from (((row, "strong"),) for row in wrap(series.title, width))
    yield from (((row, "dim"),) for row in wrap(f"{series.measure}, in {series.unit}", width))
    points = sorted(series.points, key=lambda point: (point.period.first, point.period.last, point.published))
    most = max(point.value for point in points)
    if series.unit == "%":
        most = max(most, 100)
    periods = [str(point.period) for point in points]
    values = _aligned([_value(point) for point in points])
    lead = max(map(cells, periods)) + 1
    room = max(map(cells, values))
    length = min(max(width - lead - room - _PUBLISHED - 3, 4), _LONGEST_BAR)
    yield (
        (f"{fit('', lead + length + 1)}{'':>{room}}", ""),
        (f"  {'published':>{_PUBLISHED}}", "dim"),
    )
    gap = _usual_gap(points)
    before: Point | None = None
    for point, period, value in zip(points, periods, values, strict=True):
        if before and (point.period.first - before.period.first).days > gap:
            yield ((fit("  ⋮", lead), "dim"),)
        yield (
            (fit(period, lead), ""),
            (fit(bar(point.value, most, length), length), "accent"),
            (f" {value:>{room}}", "strong"),
            (f"  {day_text(point.published):>{_PUBLISHED}}", "dim"),
        )
        before = point
    remarks = ["≈ derived from published figures."] if any(point.derived for point in points) else []
    yield from (((row, "dim"),) for row in wrap(" ".join((*remarks, series.note)), width))
    yield ()


def _value(point: Point) -> str:
    return f"{'≈ ' if point.derived else ''}{point.value:,.10g}"


def _aligned(values: list[str]) -> list[str]:
    """Pad values on the right so that their decimal points are below one another."""
    decimals = [len(value.partition(".")[2]) + ("." in value) for value in values]
    return [value + " " * (max(decimals) - own) for value, own in zip(values, decimals, strict=True)]


def _usual_gap(points: list[Point]) -> float:
    """Return the most days between the beginnings of two periods that follow one another in the series."""
    starts = sorted({point.period.first for point in points})
    steps = [(later - earlier).days for earlier, later in pairwise(starts)]
    return min(steps, default=0) * 1.5
