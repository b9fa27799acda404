"""The parser of typed days."""

import contextlib
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kjtui.find.day_parser import Span, parse_days
from kjtui.history.day_steps import add_months, next_of, previous_of

SPAN = Span(date(2018, 10, 1), date(2025, 12, 31), cursor=date(2020, 3, 31), start=date(2019, 7, 4))
TODAY = date(2024, 5, 6)


def parse(text: str) -> tuple[date, ...]:
    return parse_days(text, SPAN, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-03-10", date(2020, 3, 10)),
        ("2020-3-1", date(2020, 3, 1)),
        ("2020/3/10", date(2020, 3, 10)),
        ("2020.03.10", date(2020, 3, 10)),
        ("2020. 3. 10.", date(2020, 3, 10)),
        ("20200310", date(2020, 3, 10)),
        (" 2020-03 ", date(2020, 3, 1)),
        ("2019", date(2019, 1, 1)),
        ("2019-w39", date(2019, 9, 23)),
        ("10 March 2020", date(2020, 3, 10)),
        ("9 mar 2020", date(2020, 3, 9)),
        ("10th of March, 2020", date(2020, 3, 10)),
        ("March 10, 2020", date(2020, 3, 10)),
        ("Jul 4 2019", date(2019, 7, 4)),
        ("Tue 10 March 2020", date(2020, 3, 10)),
        ("10 March 2020 (Tue)", date(2020, 3, 10)),
        ("2020-03-10 (Tuesday)", date(2020, 3, 10)),
        ("2020년 3월 10일(화)", date(2020, 3, 10)),
        ("2020년 3월 10일 화요일", date(2020, 3, 10)),
        ("2020年3月10日（火）", date(2020, 3, 10)),
        ("2020年3月10日（火曜日）", date(2020, 3, 10)),
        ("2019年7月7日日曜日", date(2019, 7, 7)),
        ("令和2年3月10日(火)", date(2020, 3, 10)),
        ("19.7.4", date(2019, 7, 4)),
        ("’19. 7. 4.", date(2019, 7, 4)),
        ("13/3/20", date(2020, 3, 13)),
        ("20년 3월 10일", date(2020, 3, 10)),
        ("'20년 3월 10일(화)", date(2020, 3, 10)),
        ("19年7月4日", date(2019, 7, 4)),
        ("１９年７月４日（木）", date(2019, 7, 4)),
        ("19年7月", date(2019, 7, 1)),
        ("Sept 2019", date(2019, 9, 1)),
        ("2019年7月4日", date(2019, 7, 4)),
        ("2019年7月", date(2019, 7, 1)),
        ("2020년 3월 10일", date(2020, 3, 10)),
        ("２０２０年３月１０日", date(2020, 3, 10)),
        ("令和二年三月十日", date(2020, 3, 10)),
        ("二〇二〇年十二月二十一日", date(2020, 12, 21)),
        ("平成三十年十月三十一日", date(2018, 10, 31)),
        ("平成31年4月", date(2019, 4, 1)),
        ("令和元年", date(2019, 5, 1)),
        ("２０２０−０３−１０", date(2020, 3, 10)),
        ("２０２０ー０３ー１０", date(2020, 3, 10)),
        (unicodedata.normalize("NFD", "2020년 3월 10일"), date(2020, 3, 10)),
        ("13/3/2020", date(2020, 3, 13)),
        ("today", TODAY),
        ("Start", date(2019, 7, 4)),
        ("end", date(2025, 12, 31)),
        ("+30", date(2020, 4, 30)),
        ("-2w", date(2020, 3, 17)),
        ("+1m", date(2020, 4, 30)),
        ("-1m", date(2020, 2, 29)),
        ("+ 1y", date(2021, 3, 31)),
        ("오늘", TODAY),
        ("시작", date(2019, 7, 4)),
        ("終わり", date(2025, 12, 31)),
        ("2주 전", date(2020, 3, 17)),
        ("3일 후", date(2020, 4, 3)),
        ("1개월 뒤", date(2020, 4, 30)),
        ("2週間前", date(2020, 3, 17)),
        ("三日後", date(2020, 4, 3)),
        ("1ヶ月前", date(2020, 2, 29)),
        ("2 weeks earlier", date(2020, 3, 17)),
        ("a month ago", date(2020, 2, 29)),
        ("two weeks ago", date(2020, 3, 17)),
        ("last week", date(2020, 3, 24)),
        ("next month", date(2020, 4, 30)),
        ("last year", date(2019, 3, 31)),
        ("day before yesterday", date(2024, 5, 4)),
        ("하루 뒤", date(2020, 4, 1)),
        ("이틀 전", date(2020, 3, 29)),
        ("사흘 전", date(2020, 3, 28)),
        ("나흘전", date(2020, 3, 27)),
        ("닷새 후", date(2020, 4, 5)),
        ("열흘 전", date(2020, 3, 21)),
        ("보름 전", date(2020, 3, 16)),
        ("일주일 전", date(2020, 3, 24)),
        ("두 주 전", date(2020, 3, 17)),
        ("이주일 전", date(2020, 3, 17)),
        ("한 달 전", date(2020, 2, 29)),
        ("석 달 뒤", date(2020, 6, 30)),
        ("다섯 달 전", date(2019, 10, 31)),
        ("한 해 전", date(2019, 3, 31)),
        ("일 년 전", date(2019, 3, 31)),
        ("그제", date(2024, 5, 4)),
        ("모레", date(2024, 5, 8)),
        ("글피", date(2024, 5, 9)),
        ("지난주", date(2020, 3, 24)),
        ("다음 주", date(2020, 4, 7)),
        ("지난달", date(2020, 2, 29)),
        ("작년", date(2019, 3, 31)),
        ("一昨日", date(2024, 5, 4)),
        ("おととい", date(2024, 5, 4)),
        ("明後日", date(2024, 5, 8)),
        ("あさって", date(2024, 5, 8)),
        ("先週", date(2020, 3, 24)),
        ("来週", date(2020, 4, 7)),
        ("先月", date(2020, 2, 29)),
        ("1週間前", date(2020, 3, 24)),
        ("一カ月前", date(2020, 2, 29)),
        ("1か月前", date(2020, 2, 29)),
        ("ひと月前", date(2020, 2, 29)),
        ("半年前", date(2019, 9, 30)),
        ("十日前", date(2020, 3, 21)),
    ],
)
def test_a_day_is_accepted_in_every_notation(text: str, day: date) -> None:
    assert parse(text) == (day,)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10/3/2020", ["2020-03-10", "2020-10-03"]),
        ("29 Feb", ["2020-02-29", "2024-02-29"]),
        ("Oct 1", [f"{year}-10-01" for year in range(2018, 2026)]),
        ("9月30日", [f"{year}-09-30" for year in range(2019, 2026)]),
        ("5/5/2020", ["2020-05-05"]),
        ("19.7.20", ["2019-07-20", "2020-07-19"]),
        ("10월 1일(목)", ["2020-10-01"]),
    ],
)
def test_an_ambiguous_text_gives_all_days_within_the_record(text: str, days: list[str]) -> None:
    assert list(map(str, parse(text))) == days


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2020-02-30", "there is no 2020-02-30"),
        ("31 June 2020", "there is no 2020-06-31"),
        ("30 Feb", "there is no 30 feb"),
        ("Fri 10 March 2020", "2020-03-10 is a Tuesday"),
        ("2020년 3월 10일(월)", "2020-03-10 is a Tuesday"),
        ("05.7.4", "2005-07-04 is outside the record"),
        ("1.2.3", "try 2019-07-04"),
        ("2020年3月10日 火", "try 2019-07-04"),
        ("marble 2020", "try 2019-07-04"),
        ("midsummer", "try 2019-07-04"),
        ("이 주 전", "try 2019-07-04"),
        ("last day", "try 2019-07-04"),
        ("", "try"),
        ("+999999y", "outside the calendar"),
        ("-999999", "outside the calendar"),
        ("2020-03-10T10:00", "time of day is not allowed"),
        ("2030-01-01", "outside the record: 2018-10-01 to 2025-12-31"),
        ("99999999", "there is no 9999-99-99"),
        ("平成31年7月4日", "平成 ended on 2019-04-30"),
        ("H31.5", "H ended on 2019-04-30"),
        ("令和元年4月30日", "令和 began on 2019-05-01"),
    ],
)
def test_an_impossible_day_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(text)


words = st.sampled_from(["2019", "2020", "31", "12", "04", "4", "0", "July", "10th", "W27", "today", "end"])
pieces = words | st.sampled_from("+-/.' 年月日前년월일전(화)wmx")


@given(st.text(max_size=30) | st.lists(pieces, max_size=6).map("".join))
@example("4 July")
@example("-2w")
def test_any_text_gives_days_of_the_record_or_is_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        days = parse(text)
        assert days
        assert list(days) == sorted(set(days))
        assert all(SPAN.first <= day <= SPAN.last for day in days)


@given(st.dates(date(100, 1, 1), date(9000, 1, 1)), st.integers(-1000, 1000))
def test_months_clamp_to_the_last_day(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day <= day.day


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [(date(9999, 11, 30), 1, date(9999, 12, 30)), (date(1, 2, 1), -1, date(1, 1, 1))],
)
def test_months_are_added_up_to_the_ends_of_the_calendar(day: date, months: int, moved: date) -> None:
    assert add_months(day, months) == moved
    with pytest.raises(ValueError, match="outside the calendar"):
        add_months(moved, months)


@given(st.lists(st.dates(), unique=True).map(sorted), st.dates())
def test_the_next_and_previous_of_sorted_days(days: list[date], day: date) -> None:
    assert next_of(days, day) == min((d for d in days if d > day), default=None)
    assert previous_of(days, day) == max((d for d in days if d < day), default=None)
