"""Build the blocks for series of figures.

A :class:`FigureTable` lists all figures of a series. A :class:`Field` compares the latest figure with an
earlier figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kjtui.documents.block_builders import Claim, Select, every
from kjtui.documents.block_types import Citation, Field, Figure, FigureTable
from kjtui.languages import join_sentences, tr
from kjtui.record.model import Point, Series
from kjtui.record.partial_date import day_text
from kjtui.words import labels

_YEAR = 366
"""Maximum number of days between the starts of two compared periods."""


def figure_table(series: Series, select: Select = every) -> FigureTable:
    """Return a table of all figures of a series, sorted by period.

    A bar of full length stands for the greatest figure of the series. If all figures are percentages below
    100, a bar of full length stands for 100%.
    """
    points = sorted(series.points, key=lambda point: (point.period.first, point.period.last, point.published))
    greatest = max(point.value for point in points)
    if series.unit == "%":
        greatest = max(greatest, 100)
    values = _aligned([labels.number(point.value) for point in points])
    figures = tuple(
        Figure(
            str(point.period),
            value,
            _published(point),
            max(point.value, 0) / greatest if greatest > 0 else 0,
            Citation(select(Claim(point.sources, point.published))),
            after_gap,
        )
        for point, value, after_gap in zip(points, values, _gaps(points), strict=True)
    )
    measured = tr("{measure}, in {unit}.", measure=series.measure, unit=series.unit)
    about = join_sentences((measured, series.note))
    return FigureTable(series.title, about, figures)


def _published(point: Point) -> str:
    """Return a text with the day of publication of a figure. The text also says if the figure is derived."""
    if point.derived:
        return tr("published {day}, derived", day=day_text(point.published))
    return tr("published {day}", day=day_text(point.published))


def compared_figures(all_series: Iterable[Series], select: Select) -> Iterator[Field]:
    """Yield one field per series: the latest figure, and an earlier figure for comparison.

    A series without an earlier figure for comparison is omitted, unless the period of its latest figure is
    open-ended.
    """
    for series in all_series:
        latest = labels.latest(series)
        earlier = _comparable(series, latest)
        text, sources = labels.figure(series, latest), latest.sources
        if earlier:
            text = tr(
                "{latest}, after {earlier} ({period})",
                latest=text,
                earlier=labels.amount(earlier.value, series.unit),
                period=earlier.period,
            )
            sources = tuple(dict.fromkeys((*sources, *earlier.sources)))
        if earlier or latest.period.is_open:
            yield Field(series.title, (f"{text} ", Citation(select(Claim(sources, latest.published)))))


def _comparable(series: Series, latest: Point) -> Point | None:
    """Return an earlier figure for comparison with the latest figure, or ``None`` if there is none.

    The periods of both figures have about the same length and begin at most one year apart. If several
    figures qualify, the oldest is returned. Some figures, such as duty rates, have open-ended periods. If the
    period of the latest or the previous figure is open-ended, the previous figure is returned.
    """
    before = [point for point in series.points if point.period.first < latest.period.first]
    previous = max(before, key=lambda point: (point.period.first, point.published), default=None)
    if latest.period.is_open or (previous and previous.period.is_open):
        return previous
    length = (latest.period.last - latest.period.first).days
    earlier = [
        point
        for point in series.points
        if point.period.last < latest.period.last
        and not point.period.is_open
        and abs((point.period.last - point.period.first).days - length) <= 3
        and (latest.period.first - point.period.first).days <= _YEAR
    ]
    return min(earlier, key=lambda point: (point.period.first, point.published), default=None)


def _aligned(values: list[str]) -> list[str]:
    """Pad values on the right to align their decimal points."""
    decimals = [len(value.partition(".")[2]) + ("." in value) for value in values]
    return [value + " " * (max(decimals) - width) for value, width in zip(values, decimals, strict=True)]


def _gaps(points: list[Point]) -> Iterator[bool]:
    """Yield a flag for each point: whether periods are missing before the point."""
    starts = sorted({point.period.first for point in points})
    steps = [(later - earlier).days for earlier, later in pairwise(starts)]
    longest_step = min(steps, default=0) * 1.5
    yield False
    for earlier, later in pairwise(points):
        days_between = (later.period.first - earlier.period.last).days - 1
        step = (later.period.first - earlier.period.first).days
        yield not earlier.period.is_open and days_between > 0 and step > longest_step
