"""Dates with the precision of their source: minute, day, week, month or year.

A date is never rounded. A date known only to the month is printed as a month. The history uses the last day
of that month, because the event has certainly happened by then.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from kjtui.languages import ENGLISH, current_language, tr

PATTERN = r"\d{4}(-W\d{2}|-\d{2}(-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?)?)?"
"""Matches every form of a partial date."""

_PATTERN = re.compile(PATTERN, re.ASCII)

_DAY = timedelta(days=1)

LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS = tuple(name[:3] for name in LONG_MONTHS)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DateFormError(ValueError):
    """A text does not have the form of a date or of a period."""


class PartialDate:
    """A civil date in ISO 8601, as precise as its source.

    Forms: ``2020``, ``2020-03``, ``2020-W11``, ``2020-03-10`` and ``2020-03-10T10:00`` (local time).
    Raises ``ValueError`` for anything else.

    Attributes:
        text: the date as written in the store.
        first: the first possible day.
        last: the last possible day; equal to ``first`` if the day is known.
        time: ``HH:MM``, if known.
    """

    __slots__ = ("first", "last", "text", "time")

    def __init__(self, text: str) -> None:
        if _PATTERN.fullmatch(text) is None:
            raise DateFormError(tr("not a date: {text!r}", text=text[:40]))
        self.text, self.time = text, text[11:] or None
        try:
            if len(text) >= 10:
                self.first = self.last = date.fromisoformat(text[:10])
                return
            year, month_or_week = int(text[:4]), text[5:]
            if month_or_week.startswith("W"):
                self.first = date.fromisocalendar(year, int(month_or_week[1:]), 1)
                self.last = self.first + timedelta(days=6)
            elif month_or_week:
                self.first = date(year, int(month_or_week), 1)
                self.last = month_end(self.first)
            else:
                self.first, self.last = date(year, 1, 1), date(year, 12, 31)
        except (ValueError, OverflowError) as error:
            raise ValueError(tr("no such date: {text!r}", text=text[:40])) from error

    @property
    def exact(self) -> bool:
        """Return whether the day is known."""
        return self.first == self.last

    def __repr__(self) -> str:
        return f"PartialDate({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        """Format for display: ``10 Mar 2020 10:00``, ``week of 9 Mar 2020``, ``Mar 2020``."""
        if self.exact:
            return day_text(self.first) + (f" {self.time}" if self.time else "")
        if "W" in self.text:
            return tr("week of {day}", day=day_text(self.first))
        if len(self.text) == 7:
            return tr("{month} {year}", month=month_name(self.first), year=self.first.year)
        return tr("{year}", year=self.text)


class Period:
    """A period in ISO 8601: a partial date, or two partial dates joined by a slash.

    Forms: ``2019``, ``2019-07``, ``2019-01/2019-05`` and, for an open-ended period, ``2019-07-01/..``.
    Raises ``ValueError`` for anything else.

    Attributes:
        text: the period as written in the store.
        first: the first day.
        last: the last day. If the period is open-ended, ``last`` equals ``first``, because only a later
            figure shows when the period ended.
        is_open: whether the period is open-ended.
    """

    __slots__ = ("first", "is_open", "last", "text")

    def __init__(self, text: str) -> None:
        start, _, end = text.partition("/")
        self.is_open = end == ".."
        if self.is_open:
            end = PartialDate(start).first.isoformat()
        starts, ends = PartialDate(start), PartialDate(end or start)
        if ends.last < starts.first or starts.time or ends.time or text.endswith("/"):
            raise DateFormError(tr("not a period: {text!r}", text=text[:40]))
        self.text, self.first, self.last = text, starts.first, ends.last

    def __repr__(self) -> str:
        return f"Period({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Period) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        """Format for display: ``2019``, ``Jul 2019``, ``Jan–May 2019``, ``from 1 Jul 2019``."""
        start, _, end = self.text.partition("/")
        if self.is_open:
            return tr("from {day}", day=PartialDate(start))
        if not end:
            return str(PartialDate(start))
        starts, ends = PartialDate(start), PartialDate(end)
        if len(start) == len(end) == 7 and start[:4] == end[:4]:
            return tr(
                "{first_month}–{last_month} {year}",
                first_month=month_name(starts.first),
                last_month=month_name(ends.first),
                year=starts.first.year,
            )
        return tr("{start}–{end}", start=starts, end=ends)


def month_end(day: date) -> date:
    """Return the last day of the month that ``day`` is in."""
    return date(day.year, 12, 31) if day.month == 12 else day.replace(month=day.month + 1, day=1) - _DAY


def day_text(day: date) -> str:
    """Format a day for display, in the language of the interface: ``10 Mar 2020``."""
    return tr("{day} {month} {year}", day=day.day, month=month_name(day), year=day.year)


def day_in_sentence(day: date) -> str:
    """Format a day within a sentence: ``2020-03-10``. Languages other than English use :func:`day_text`."""
    return day.isoformat() if current_language() == ENGLISH else day_text(day)


def month_name(day: date) -> str:
    """Return the abbreviated name of the month that ``day`` is in: ``Mar``. It has at most four cells."""
    return tr(MONTHS[day.month - 1])
