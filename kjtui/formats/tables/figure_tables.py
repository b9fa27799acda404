"""The tables of the series of figures."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.formats.tables.table_model import ID, SOURCE, TRACK, Column, ForeignKey, Rows, Table
from kjtui.history.snapshot import History
from kjtui.record.model import Point

_SERIES = Column("series", "the series", refers="series")
_POINT = Column("point", "number of the figure within the series", "integer")
_OF_POINT = ForeignKey(("series", "point"), "points", ("series", "point"))


def _series(history: History) -> Rows:
    for series in history.record.series.values():
        yield series.id, series.track, series.title, series.measure, series.unit, series.note


def _numbered_points(history: History) -> Iterator[tuple[str, int, Point]]:
    """Yield each point with its series and its number within the series."""
    for series in history.record.series.values():
        for point_number, point in enumerate(series.points, 1):
            yield series.id, point_number, point


def _points(history: History) -> Rows:
    for series_id, point_number, point in _numbered_points(history):
        period = point.period
        yield (
            series_id,
            point_number,
            period,
            period.first,
            None if period.is_open else period.last,
            point.value,
            point.published,
            point.derived,
        )


def _point_sources(history: History) -> Rows:
    for series_id, point_number, point in _numbered_points(history):
        for source in point.sources:
            yield series_id, point_number, source


FIGURE_TABLES = (
    Table(
        "series",
        "Series of figures published over time. Each series has one measure, unit and origin.",
        _series,
        (
            ID,
            TRACK,
            Column("title", "title of the series"),
            Column("measure", "measured quantity"),
            Column("unit", "unit of the values"),
            Column("note", "limits of the figures"),
        ),
        ("id",),
    ),
    Table(
        "points",
        "The figures of each series.",
        _points,
        (
            _SERIES,
            _POINT,
            Column(
                "period",
                "measured period: a partial ISO 8601 date, or two joined by a slash; .. is an open end",
            ),
            Column("first_day", "first day of the period", "date"),
            Column("last_day", "last day of the period; empty for an open-ended period", "date"),
            Column("value", "value of the figure", "number"),
            Column("published", "day of publication", "date"),
            Column("derived", "whether it was computed from published figures", "boolean"),
        ),
        ("series", "point"),
    ),
    Table(
        "point_sources",
        "The sources of each figure.",
        _point_sources,
        (_SERIES, _POINT, SOURCE),
        parents=(_OF_POINT,),
    ),
)
"""The tables, in order."""
