"""Parse days as people type them, in English, Japanese and Korean formats.

If a text is ambiguous, the parser returns all possible days. It never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from kjtui.find.day_examples import short_examples
from kjtui.find.relative_words import END, FROM_TODAY, START, DayStep, day_step, normal
from kjtui.find.weekday_words import without_weekday
from kjtui.history.day_steps import add_months
from kjtui.languages import tr
from kjtui.record.partial_date import LONG_MONTHS, WEEKDAYS, PartialDate, day_in_sentence, month_end

_HYPHENS = re.compile(r"[‐‑–—−]|(?<=\d)ー(?=\d)")
"""Characters that input methods and word processors insert instead of a hyphen."""

_MONTH = rf"(?P<name>{'|'.join(f'{name[:3]}({name[3:]})?' for name in LONG_MONTHS).lower()}|sept)\.?"
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(LONG_MONTHS, 1)}
_DAY = r"(?P<day>\d{1,2})(st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_CALENDAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/.]\s?(?P<month>\d{{1,2}})([-/.]\s?(?P<day>\d{{1,2}})\.?)?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_DAY} ?(of )?{_MONTH},? ?{_YEAR}",
        rf"{_MONTH} ?{_DAY},? ?{_YEAR}",
        rf"{_MONTH},? ?{_YEAR}",
        rf"{_YEAR} ?[年년] ?(?P<month>\d{{1,2}}) ?[月월]( ?(?P<day>\d{{1,2}}) ?[日일])?",
        rf"{_YEAR} ?[年년]?",
    )
)
_WITHOUT_YEAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY} ?(of )?{_MONTH}",
        rf"{_MONTH} ?{_DAY}",
        r"(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日일]",
    )
)
_ERAS = {
    **dict.fromkeys(("令和", "r"), (date(2019, 5, 1), date.max)),
    **dict.fromkeys(("平成", "h"), (date(1989, 1, 8), date(2019, 4, 30))),
    **dict.fromkeys(("昭和", "s"), (date(1926, 12, 25), date(1989, 1, 7))),
}
"""The first and the last day of each Japanese era. The keys are the name and the letter of the era."""
_ERA = re.compile(
    r"(?P<era>令和|平成|昭和|[rhs]) ?(?P<era_year>\d{1,2}|元)"
    r"(?: ?年(?: ?(?P<month>\d{1,2}) ?月(?: ?(?P<day>\d{1,2}) ?日)?)?"
    r"|[-/.](?P<short_month>\d{1,2})(?:[-/.](?P<short_day>\d{1,2}))?)"
)
_EITHER_ORDER = re.compile(rf"(?P<first>\d{{1,2}})[-/.](?P<second>\d{{1,2}})[-/.]{_YEAR}")
_SHORT_YEAR = tuple(
    re.compile(pattern)
    for pattern in (
        r"['’]?(?P<year>\d\d)[-/.] ?(?P<month>\d{1,2})[-/.] ?(?P<day>\d{1,2})\.?",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d\d)",
        r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[-/.](?P<year>\d\d)",
        r"['’]?(?P<year>\d\d) ?[年년] ?(?P<month>\d{1,2}) ?[月월]( ?(?P<day>\d{1,2}) ?[日일])?",
    )
)
"""Patterns of dates with a two-digit year: one for each usual order of numbers, and one for 19年7月4日.

The pattern of the most likely order comes first.
"""


class NotADayError(ValueError):
    """The text is not a date in any known format. It may still be a name, such as the name of a track."""


class Span(NamedTuple):
    """The range of accepted days, and the two days to which texts such as ``+30`` and "start" refer.

    A text such as ``+30`` counts from ``cursor``. The word "start" means the day ``start``.
    """

    first: date
    last: date
    cursor: date
    start: date


def parse_days(text: str, span: Span, today: date, *, last: bool = False) -> tuple[date, ...]:
    """Return the days that ``text`` can mean, in order. A text without a year can mean several days.

    A week, a month or a year means its first day. If ``last`` is true, it means its last day. Raises
    ``NotADayError`` if the text is not a date in any known format. Raises ``ValueError`` if the day does not
    exist or is not within ``span``. The messages are shown to the user.
    """
    days = possible_days(text, span, today, last=last)
    within = tuple(day for day in days if span.first <= day <= span.last)
    if not within:
        raise ValueError(outside_record(days[0], span.first, span.last))
    return within


def outside_record(day: date, first_day: date, last_day: date) -> str:
    """Return the error message for a day before the first day or after the last day of a record."""
    return tr(
        "{day} is outside the record: {first_day} to {last_day}",
        day=day_in_sentence(day),
        first_day=day_in_sentence(first_day),
        last_day=day_in_sentence(last_day),
    )


def possible_days(text: str, span: Span, today: date, *, last: bool = False) -> tuple[date, ...]:
    """Return the days that ``text`` can mean, including days outside the span; see :func:`parse_days`.

    A text without a year means one day in each year of the span.
    """
    typed = _HYPHENS.sub("-", normal(text))
    if not typed.isascii():
        typed = re.sub(r"[〇一二三四五六七八九十]+(?=[年月日週かカヶヵケ])", _in_digits, typed)
    if typed in FROM_TODAY:
        return (today + timedelta(days=FROM_TODAY[typed]),)
    if typed in START:
        return (span.start,)
    if typed in END:
        return (span.last,)
    if step := day_step(typed):
        return (_stepped(span.cursor, step, typed),)
    return tuple(sorted(set(_calendar_days(typed, span, last))))


def _in_digits(match: re.Match[str]) -> str:
    """Convert a number in Chinese characters to digits.

    Numbers up to 99 may contain the character for ten (二十一). Other numbers consist of digits (二〇二〇).
    """
    tens, ten, ones = match[0].rpartition("十")
    digits = [str("〇一二三四五六七八九".find(character)) for character in tens + ones]
    if not ten:
        return "".join(digits)
    return f"{digits[0] if tens else 1}{digits[-1] if ones else 0}"


def names_today(text: str) -> bool:
    """Return whether a text is the word for today."""
    return FROM_TODAY.get(normal(text)) == 0


def _stepped(cursor: date, step: DayStep, typed: str) -> date:
    try:
        if step.unit in ("m", "y"):
            return add_months(cursor, step.number * (12 if step.unit == "y" else 1))
        return cursor + timedelta(days=step.number * (7 if step.unit == "w" else 1))
    except (OverflowError, ValueError):
        raise ValueError(tr("{typed} is outside the calendar", typed=typed[:20])) from None


def _calendar_days(typed: str, span: Span, last: bool) -> list[date]:
    bare, weekday = without_weekday(typed)
    days = _days_of_date(bare, span, last)
    if weekday is None:
        return days
    fitting = [day for day in days if day.weekday() == weekday]
    if not fitting:
        actual = tr(WEEKDAYS[days[0].weekday()])
        raise ValueError(tr("{day} is a {weekday}", day=day_in_sentence(days[0]), weekday=actual))
    return fitting


def _days_of_date(typed: str, span: Span, last: bool) -> list[date]:
    for pattern in _CALENDAR:
        if match := pattern.fullmatch(typed):
            return [_first_or_last(match.groupdict(), last)]
    if match := _ERA.fullmatch(typed):
        return [_day_of_era(match, last)]
    for pattern in _WITHOUT_YEAR:
        if match := pattern.fullmatch(typed):
            years = range(span.first.year, span.last.year + 1)
            return _possible(({**match.groupdict(), "year": str(year)} for year in years), typed)
    if match := _EITHER_ORDER.fullmatch(typed):
        first, second, year = match["first"], match["second"], match["year"]
        orders = [(first, second), (second, first)]
        return _possible(({"day": day, "month": month, "year": year} for day, month in orders), typed)
    if days := _days_of_short_year(typed, span, last):
        return days
    try:
        when = PartialDate(typed.upper())  # the only format left is an ISO week
    except ValueError:
        raise NotADayError(tr("try {examples}", examples=short_examples(span.start))) from None
    if when.time:
        raise ValueError(tr("a time of day is not allowed here"))
    return [when.last if last else when.first]


def _days_of_short_year(typed: str, span: Span, last: bool) -> list[date]:
    """Return the days within the span that a date with a two-digit year can mean.

    A month means its first day, or its last day if ``last`` is true. All usual orders of year, month and day
    are tried. If no order gives a day within the span, return the day that the most likely order gives.
    """
    orders = [match.groupdict() for pattern in _SHORT_YEAR if (match := pattern.fullmatch(typed))]
    if not orders:
        return []
    centuries = range(span.first.year // 100, span.last.year // 100 + 1)
    choices = ({**order, "year": f"{century}{order['year']}"} for order in orders for century in centuries)
    days = _possible(choices, typed, last)
    return [day for day in days if span.first <= day <= span.last] or days[:1]


def _first_or_last(parts: dict[str, str], last: bool) -> date:
    """Return the date of a parsed year, month and day.

    If the day is missing, return the first day of the month or year, or the last day if ``last`` is true.
    """
    first = _day(**parts)
    if not last or parts.get("day"):
        return first
    return month_end(first if parts.get("month") or parts.get("name") else date(first.year, 12, 1))


def _day_of_era(match: re.Match[str], last: bool) -> date:
    """Return the day of a date in a Japanese era.

    For a month or a year, return its first day within the era, or its last day within the era if ``last`` is
    true. Raises ``ValueError`` if the date is not in the era: Heisei 31 ended in April.
    """
    era = match["era"].upper()
    era_first, era_last = _ERAS[match["era"]]
    year_of_era = 1 if match["era_year"] == "元" else int(match["era_year"])
    parts = {
        "year": str(era_first.year + year_of_era - 1),
        "month": match["month"] or match["short_month"],
        "day": match["day"] or match["short_day"],
    }
    first, end = _first_or_last(parts, False), _first_or_last(parts, True)
    if end < era_first:
        raise ValueError(tr("{era} began on {day}", era=era, day=day_in_sentence(era_first)))
    if first > era_last:
        raise ValueError(tr("{era} ended on {day}", era=era, day=era_last))
    return min(end, era_last) if last else max(first, era_first)


def _possible(choices: Iterable[dict[str, str]], typed: str, last: bool = False) -> list[date]:
    """Return the dates for the given combinations of year, month and day; see :func:`_first_or_last`.

    Combinations that do not exist are skipped. Raises ``ValueError`` if none of them exists.
    """
    days = []
    for choice in choices:
        try:
            days.append(_first_or_last(choice, last))
        except ValueError:
            continue
    if not days:
        raise ValueError(tr("there is no {typed} in the calendar", typed=typed[:20]))
    return days


def _day(year: str, month: str | None = None, day: str | None = None, name: str | None = None) -> date:
    month_number = _MONTH_NUMBERS[name[:3]] if name else int(month or 1)
    try:
        return date(int(year), month_number, int(day or 1))
    except ValueError:
        shown = f"{year}-{month_number:02}"
        if day:
            shown += f"-{int(day):02}"
        raise ValueError(tr("there is no {shown} in the calendar", shown=shown)) from None
