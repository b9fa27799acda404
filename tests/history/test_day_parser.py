from datetime import date

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
def test_days_as_people_type_them(text: str, day: date) -> None:
    assert parse_day(text, CURSOR) == day


@pytest.mark.parametrize(
    ("text", "why"),
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
def test_impossible_days_say_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_day(text, CURSOR)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_says_why(text: str) -> None:
    try:
        parse_day(text, CURSOR)
    except ValueError as error:
        assert str(error)


@given(st.dates(date(100, 1, 1), date(9000, 1, 1)), st.integers(-1000, 1000))
def test_months_clamp_to_the_last_day(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day <= day.day


@given(st.lists(st.dates(), unique=True).map(sorted), st.dates())
def test_next_and_previous(days: list[date], day: date) -> None:
    assert next_of(days, day) == min((d for d in days if d > day), default=None)
    assert previous_of(days, day) == max((d for d in days if d < day), default=None)
