"""Parse days as people type them, and step along days."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from kjtui.record.partial_date import MONTHS, PartialDate, month_end

_WRITTEN = re.compile(rf"(\d{{1,2}})?({'|'.join(MONTHS).lower()})[a-z]*(\d{{4}})")
_RELATIVE = re.compile(r"([+-])(\d{1,6})([dwmy]?)")


def parse_day(text: str, cursor: date) -> date:
    """Return the day that ``text`` means.

    Takes ``2020-03-10``, ``10 March 2020``, ``2020-03``, ``Mar 2020``, ``2020``, ``2020-W11`` and, from
    ``cursor`` on, ``+30``, ``-2w``, ``+3m``, ``+1y``. A week, a month and a year mean their first day.

    Raises ``ValueError`` with a message for readers if there is no such day.
    """
    text = text.strip().lower().replace(" ", "")
    relative = _RELATIVE.fullmatch(text)
    if relative:
        sign, count, unit = relative.groups()
        steps = int(sign + count)
        try:
            if unit in ("m", "y"):
                return add_months(cursor, steps * (12 if unit == "y" else 1))
            return cursor + timedelta(days=steps * (7 if unit == "w" else 1))
        except (OverflowError, ValueError):
            raise ValueError(f"{text[:20]} leads outside the calendar") from None
    if written := _WRITTEN.fullmatch(text):
        day, month, year = written.groups()
        number = [name.lower() for name in MONTHS].index(month) + 1
        text = f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
    try:
        when = PartialDate(text.upper())
    except ValueError as error:
        if str(error).startswith("no such"):
            raise ValueError(f"there is no {text[:20]} in the calendar") from None
        raise ValueError("try 2020-03-10, 2020-03, +30, -2w or +1y") from None
    if when.time:
        raise ValueError("a day has no time here")
    return when.first


def add_months(day: date, months: int) -> date:
    """Add months to a day; a day that the month lacks becomes its last day.

    Raises ``ValueError`` outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("outside the calendar")
    return date(year, month + 1, min(day.day, month_end(date(year, month + 1, 1)).day))


def next_of(days: Sequence[date], day: date) -> date | None:
    """Return the first of the sorted ``days`` after ``day``."""
    index = bisect_right(days, day)
    return days[index] if index < len(days) else None


def previous_of(days: Sequence[date], day: date) -> date | None:
    """Return the last of the sorted ``days`` before ``day``."""
    index = bisect_left(days, day)
    return days[index - 1] if index else None
