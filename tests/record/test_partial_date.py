"""Partial dates, such as a month or a week: parsing, first and last day, text."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kjtui.record.partial_date import PartialDate, day_text


@pytest.mark.parametrize(
    ("text", "first", "last", "shown"),
    [
        ("2020-03-10", date(2020, 3, 10), date(2020, 3, 10), "10 Mar 2020"),
        ("2020-03-10T01:50", date(2020, 3, 10), date(2020, 3, 10), "10 Mar 2020 01:50"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "Feb 2020"),
        ("2019-W39", date(2019, 9, 23), date(2019, 9, 29), "week of 23 Sep 2019"),
        ("2004", date(2004, 1, 1), date(2004, 12, 31), "2004"),
    ],
)
def test_a_date_keeps_the_precision_it_was_written_with(
    text: str, first: date, last: date, shown: str
) -> None:
    partial = PartialDate(text)
    assert (partial.first, partial.last, str(partial), partial.text) == (first, last, shown, text)
    assert partial.exact == (first == last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020-13",
        "2020-02-30",
        "2019-W53",
        "0000",
        "2020-3-1",
        "2020-03-10T25:00",
        "20200310",
        "２０２０",
        "2020-03-10 ",
    ],
)
def test_text_that_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|no such date"):
        PartialDate(text)


def test_dates_are_equal_if_they_are_written_alike() -> None:
    assert PartialDate("2020-03") == PartialDate("2020-03")
    assert PartialDate("2020-03") != PartialDate("2020-03-01")
    assert PartialDate("2020-03") != "2020-03"
    assert len({PartialDate("2020-03"), PartialDate("2020-03"), PartialDate("2020")}) == 2


@given(st.dates())
def test_every_day_of_the_calendar_reads_back(day: date) -> None:
    partial = PartialDate(day.isoformat())
    assert partial.first == partial.last == day
    assert str(partial) == day_text(day)


pieces = st.sampled_from(
    ["2020", "1999", "0000", "-", "-W", "T", ":", "00", "02", "12", "29", "31", "53", " "]
)


@given(st.text(max_size=20) | st.lists(pieces, max_size=9).map("".join))
@example("2020-W53")
@example("2020-02-29T12:29")
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        partial = PartialDate(text)
    except ValueError:
        return
    assert (partial.text, partial.first <= partial.last) == (text, True)
