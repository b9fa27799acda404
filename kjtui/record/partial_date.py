"""Dates as sources give them: to the minute, the day, the week, the month or the year.

A date is never rounded. What is known only to the month stays a month: it is printed as one, and it
counts as having happened once the month is over, the first day on which that is certain.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

FORM = r"\d{4}(-W\d{2}|-\d{2}(-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?)?)?"
"""Every form a date can have, as a regular expression."""

_FORM = re.compile(FORM, re.ASCII)

_DAY = timedelta(days=1)

LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS = tuple(name[:3] for name in LONG_MONTHS)


class PartialDate:
    """A civil date with the precision of its source, in ISO 8601.

    Forms: ``2020``, ``2020-03``, ``2020-W11``, ``2020-03-10`` and ``2020-03-10T10:00`` (local time of
    the place of the event). Raises ``ValueError`` for anything else.

    Attributes:
        text: the date as written in the store.
        first: the first day it can mean.
        last: the last day it can mean; equal to ``first`` where the day is known.
        time: ``HH:MM`` where it is known.
    """

    __slots__ = ("first", "last", "text", "time")

    def __init__(self, text: str) -> None:
        if _FORM.fullmatch(text) is None:
            raise ValueError(f"not a date: {text[:40]!r}")
        self.time = text[11:] or None
        year, rest = int(text[:4]), text[5:]
        try:
            if rest.startswith("W"):
                self.first = date.fromisocalendar(year, int(rest[1:]), 1)
                self.last = self.first + timedelta(days=6)
            elif len(rest) >= 5:
                self.first = self.last = date.fromisoformat(text[:10])
            elif rest:
                self.first = date(year, int(rest), 1)
                self.last = month_end(self.first)
            else:
                self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        except (ValueError, OverflowError) as error:
            raise ValueError(f"no such date: {text[:40]!r}") from error
        self.text = text

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        """The date for a reader: ``10 Mar 2020 10:00``, ``week of 9 Mar 2020``, ``Mar 2020``."""
        if self.exact:
            return day_text(self.first) + (f" {self.time}" if self.time else "")
        if "W" in self.text:
            return f"week of {day_text(self.first)}"
        if len(self.text) == 7:
            return f"{MONTHS[self.first.month - 1]} {self.first.year}"
        return self.text


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return date(day.year, 12, 31) if day.month == 12 else day.replace(month=day.month + 1, day=1) - _DAY


def day_text(day: date) -> str:
    """A day for a reader, the same in every locale: ``10 Mar 2020``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
