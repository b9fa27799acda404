"""The list of the figures of series."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.find.word_match import matches
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.lists.listing import AsOf, Column, Listing, strings
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import Point, Series
from kjtui.words import labels

_WHOLE_YEAR = (1, 1, 12, 31)


class FigureJson(Struct):
    """One figure, with its series.

    ``first`` and ``last`` are the first and last day of the period. If the period is still open, ``last`` is
    null. ``derived`` says whether the value was computed from published figures.
    """

    series: str
    track: str
    title: str
    measure: str
    unit: str
    period: str
    first: date
    last: date | None
    value: float
    published: date
    derived: bool
    sources: list[str]


class FiguresJson(Struct):
    """The figures of one track or of all tracks, grouped by series and sorted by period."""

    schema: Literal["kjtui/figures/1"]
    as_of: AsOf
    dataset: DatasetJson
    figures: list[FigureJson]


def figure_listing(
    snapshot: Snapshot, track: str = "", match: str = "", first: date | None = None, last: date | None = None
) -> Listing:
    """Return the figures that match a query and were published on or before the day of a snapshot.

    Args:
        snapshot: the snapshot.
        track: the id of a track; all tracks if empty.
        match: the query. Its words can occur in the texts of the series or of the figure.
        first: if set, figures for periods that ended before this day are left out.
        last: if set, figures for periods that began after this day are left out.
    """
    items = []
    for series in snapshot.series:
        if track not in ("", series.track):
            continue
        for point in series.points:
            item = _figure_json(series, point)
            if (first and point.period.last < first) or (last and point.period.first > last):
                continue
            if matches(match, strings(item)):
                items.append(item)
    return Listing(
        "figures",
        items,
        (
            Column("series", lambda figure: figure.series, "figures"),
            Column("period", lambda figure: figure.period),
            Column("value", lambda figure: labels.number(figure.value)),
            Column("unit", lambda figure: figure.unit),
            Column("published", lambda figure: str(figure.published)),
            Column("derived", lambda figure: tr("derived") if figure.derived else "–"),
            Column("title", lambda figure: figure.title),
        ),
        (
            *("series", "track", "title", "measure", "unit", "period", "first", "last", "value"),
            *("published", "derived", "sources"),
        ),
        FiguresJson("kjtui/figures/1", snapshot.day, dataset_json(snapshot.record), items),
    )


def years_in_parts(figures: Iterable[FigureJson]) -> dict[tuple[str, str], list[int]]:
    """Return the years for which there are figures for a part of the year, but no figure for the whole year.

    The key of the dictionary is the combination of track and unit. A combination without any figure for a
    whole year is left out.
    """
    whole_years: dict[tuple[str, str], set[int]] = {}
    partial_years: dict[tuple[str, str], set[int]] = {}
    for figure in figures:
        if figure.last is None or figure.first.year != figure.last.year:
            continue
        days = (figure.first.month, figure.first.day, figure.last.month, figure.last.day)
        years = whole_years if days == _WHOLE_YEAR else partial_years
        years.setdefault((figure.track, figure.unit), set()).add(figure.first.year)
    missing = {key: sorted(partial_years.get(key, set()) - years) for key, years in whole_years.items()}
    return {key: years for key, years in missing.items() if years}


def _figure_json(series: Series, point: Point) -> FigureJson:
    period = point.period
    return FigureJson(
        series=series.id,
        track=series.track,
        title=series.title,
        measure=series.measure,
        unit=series.unit,
        period=period.text,
        first=period.first,
        last=None if period.is_open else period.last,
        value=point.value,
        published=point.published,
        derived=point.derived,
        sources=list(point.sources),
    )
