"""Weeks, months, quarters and years: their last days and their names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, TypeAlias

from kjtui.history.day_steps import add_months

PeriodLength: TypeAlias = Literal["week", "month", "quarter", "year"]
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


def period_ends(first: date, last: date, every: PeriodLength) -> Iterator[date]:
    """Yield the last day of each period between two days. The final period ends on ``last``."""
    start = _period_start(first, every)
    while start <= last:
        following = start + timedelta(days=7) if every == "week" else add_months(start, _MONTHS[every])
        yield min(following - timedelta(days=1), last)
        start = following


def _period_start(day: date, every: PeriodLength) -> date:
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def period_name(day: date, every: PeriodLength) -> str:
    """Return the name of the period that contains a day, such as ``2019-Q3`` or ``2019-W27``."""
    if every == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if every == "quarter":
        return f"{day.year:04}-Q{(day.month - 1) // 3 + 1}"
    return day.isoformat()[: 4 if every == "year" else 7]
