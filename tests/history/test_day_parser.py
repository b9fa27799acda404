"""Days as people type them, and stepping along days."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjtui.history.goto import add_months, next_of, parse_day, previous_of

CURSOR = date(2020, 3, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-03-10", date(2020, 3, 10)),
        (" 2020-03 ", date(2020, 3, 1)),
        ("2019", date(2019, 1, 1)),
        ("2019-w39", date(2019, 9, 23)),
        ("+30", date(2020, 4, 30)),
        ("-2w", date(2020, 3, 17)),
        ("+1m", date(2020, 4, 30)),
        ("-1m", date(2020, 2, 29)),
        ("+ 1y", date(2021, 3, 31)),
        ("10 March 2020", date(2020, 3, 10)),
        ("9 mar 2020", date(2020, 3, 9)),
        ("Sept 2019", date(2019, 9, 1)),
    ],
)
def test_parsed_days(text: str, day: date) -> None:
    assert parse_day(text, CURSOR) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2020-02-30", "there is no 2020-02-30"),
        ("31 June 2020", "there is no 2020-06-31"),
        ("tomorrow", "try 2020-03-10"),
        ("", "try"),
        ("+999999y", "outside the calendar"),
        ("-999999", "outside the calendar"),
        ("2020-03-10T10:00", "no time"),
    ],
)
def test_refusals_say_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_day(text, CURSOR)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused_with_a_reason(text: str) -> None:
    try:
        day = parse_day(text, CURSOR)
    except ValueError as error:
        reason = str(error)
    else:
        assert parse_day(day.isoformat(), CURSOR) == day
        return
    assert re.match(r"try 2020-03-10|there is no |a day has no time|.* leads outside the calendar", reason)


@given(st.dates(date(100, 1, 1), date(9000, 1, 1)), st.integers(-1000, 1000))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [(date(9999, 11, 30), 1, date(9999, 12, 30)), (date(1, 2, 1), -1, date(1, 1, 1))],
)
def test_months_are_added_up_to_the_ends_of_the_calendar(day: date, months: int, moved: date) -> None:
    assert add_months(day, months) == moved
    with pytest.raises(ValueError, match="outside the calendar"):
        add_months(moved, months)


@given(st.lists(st.dates(), unique=True).map(sorted), st.dates())
def test_next_and_previous_of_sorted_days(days: list[date], day: date) -> None:
    assert next_of(days, day) == min((d for d in days if d > day), default=None)
    assert previous_of(days, day) == max((d for d in days if d < day), default=None)
