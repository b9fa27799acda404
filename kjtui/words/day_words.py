"""Days and periods in words."""

from __future__ import annotations

from datetime import date

from kjtui.history.fold import days_held
from kjtui.languages import grouped, tr
from kjtui.record.model import Event
from kjtui.record.partial_date import LONG_MONTHS, WEEKDAYS, day_text, month_name
from kjtui.words.wrap import cells

SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)

_SHORT_DAY = 11
"""Maximum width of the result of :func:`short_day`, in cells."""

_MONTHS_FROM = 31
"""Minimum age of a state, in days, for which the age is shown in months."""


def long_day(day: date) -> str:
    """Return a day as ``Tuesday 10 March 2020``, in the language of the interface."""
    return _day_with_weekday(tr(WEEKDAYS[day.weekday()]), tr(LONG_MONTHS[day.month - 1]), day)


def short_weekday(day: date) -> str:
    """Return the abbreviated weekday of a day, such as ``Tue``, in the language of the interface."""
    return tr(SHORT_WEEKDAYS[day.weekday()])


def header_day(day: date) -> str:
    """Return a day as ``Tue 10 March 2020``, in the language of the interface."""
    return _day_with_weekday(short_weekday(day), tr(LONG_MONTHS[day.month - 1]), day)


def long_day_text(day: date) -> str:
    """Return a day as ``10 March 2020``, in the language of the interface."""
    month = tr(LONG_MONTHS[day.month - 1])
    return tr("{day} {month} {year}", day=day.day, month=month, year=day.year)


def day_with_weekday(day: date) -> str:
    """Return a day as ``Tue 10 Mar 2020``, in the language of the interface."""
    return _day_with_weekday(short_weekday(day), month_name(day), day)


def _day_with_weekday(weekday: str, month: str, day: date) -> str:
    return tr("{weekday} {day} {month} {year}", weekday=weekday, day=day.day, month=month, year=day.year)


def day_near(day: date, other: date) -> str:
    """Return a day as ``10 Mar``. The year is added if ``other`` is in a different year."""
    if day.year != other.year:
        return day_text(day)
    return tr("{day} {month}", day=day.day, month=month_name(day))


def short_day(day: date) -> str:
    """Return a day in at most 11 cells: ``10 Mar 2020``, or ``2020-03-10`` if that is too wide."""
    text = day_text(day)
    return text if cells(text) <= _SHORT_DAY else day.isoformat()


def short_date(event: Event) -> str:
    """Return the date of an event in at most 11 cells. A partial date is returned as written in the store."""
    return short_day(event.day) if event.date.exact else event.date.text


def days(count: int) -> str:
    """Return a number of days with its unit."""
    if count == 1:
        return tr("1 day")
    return tr("{count} days", count=grouped(count))


def age(since: date, day: date) -> str:
    """Return the age of a state as a short text: ``today``, ``30 d``, or ``20 mo``.

    After the first month, the age is given in whole months, because these change less often than days.
    """
    if since == day:
        return tr("today")
    if (day - since).days < _MONTHS_FROM:
        return tr("{days} d", days=days_held(since, day))
    months = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
    return tr("{months} mo", months=f"{months:,}")


def since(day: str) -> str:
    """Return "since" followed by a day, in the language of the interface."""
    return tr("since {day}", day=day)


def until(day: str) -> str:
    """Return "until" followed by a day, in the language of the interface."""
    return tr("until {day}", day=day)
