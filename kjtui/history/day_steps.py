"""Add months to a day, and find the next or previous day in a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from kjtui.record.partial_date import month_end


def add_months(day: date, months: int) -> date:
    """Add months to a day. If the target month is too short, return its last day.

    Raises ``ValueError`` if the result is outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("outside the calendar")
    return date(year, month + 1, min(day.day, month_end(date(year, month + 1, 1)).day))


def next_of(days: Sequence[date], day: date) -> date | None:
    """Return the first day after ``day`` in the sorted ``days``, or ``None``."""
    index = bisect_right(days, day)
    return days[index] if index < len(days) else None


def previous_of(days: Sequence[date], day: date) -> date | None:
    """Return the last day before ``day`` in the sorted ``days``, or ``None``."""
    index = bisect_left(days, day)
    return days[index - 1] if index else None
