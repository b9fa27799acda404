"""The list of the figures of series."""

from __future__ import annotations

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


class FigureJson(Struct):
    """One figure of a series, with the series.

    ``first`` and ``last`` are the days of the period; ``last`` is null if the period is still open.
    ``derived`` says whether the value was computed from published figures.
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
    """The figures of one track or of all tracks, by series and period."""

    schema: Literal["kjtui/figures/1"]
    as_of: AsOf
    dataset: DatasetJson
    figures: list[FigureJson]


def figure_listing(snapshot: Snapshot, track: str = "", match: str = "") -> Listing:
    """Return the figures published by the day of a snapshot that match some words.

    Args:
        snapshot: the snapshot.
        track: the id of a track; all tracks if empty.
        match: words of a series or of a figure.
    """
    items = [
        item
        for series in snapshot.series
        if track in ("", series.track)
        for item in (_figure_json(series, point) for point in series.points)
        if matches(match, strings(item))
    ]
    return Listing(
        "figures",
        items,
        (
            Column("series", lambda figure: figure.series),
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
