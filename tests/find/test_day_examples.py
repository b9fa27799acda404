"""The examples of typed days. The parser understands each example, and each language has its own examples."""

import re
from datetime import date

import pytest

from kjtui.find.day_examples import day_examples, short_examples
from kjtui.find.day_parser import Span, parse_days
from kjtui.find.relative_words import event_step
from kjtui.languages import LANGUAGES, speaking

SPAN = Span(date(1927, 1, 1), date(2030, 12, 31), date(2020, 3, 10), date(2019, 7, 4))
TODAY = date(2026, 1, 2)

pytestmark = pytest.mark.usefixtures("all_languages")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [date(2020, 3, 10), date(2019, 12, 1), date(1989, 1, 7), date(1989, 1, 8)])
def test_every_notation_means_the_day(language: str, day: date) -> None:
    with speaking(language):
        examples = day_examples(day)
    whole = (examples.words, examples.more_words, examples.foreign, examples.more_foreign)
    for text in filter(None, (*whole, examples.era, examples.short_era)):
        assert parse_days(text, SPAN, TODAY) == (day,), text
    for text in filter(None, (examples.without_year, examples.either_order)):
        assert day in parse_days(text, SPAN, TODAY)
    assert parse_days(examples.month_words, SPAN, TODAY) == (day.replace(day=1),)
    assert parse_days(examples.today, SPAN, TODAY) == (TODAY,)
    assert parse_days(examples.start, SPAN, TODAY) == (SPAN.start,)
    assert parse_days(examples.end, SPAN, TODAY) == (SPAN.last,)
    assert parse_days(examples.earlier, SPAN, TODAY) == (date(2020, 2, 25),)
    step = event_step(examples.last_meeting)
    assert step
    assert (step.which, step.what) == ("previous", "meeting")


@pytest.mark.parametrize("day", [date(2025, 10, 9), date(2019, 7, 4)])
def test_the_examples_in_korean_and_japanese_have_no_format_of_another_language(day: date) -> None:
    with speaking("ko"):
        korean = "".join(day_examples(day))
    with speaking("ja"):
        japanese = "".join(day_examples(day))
    assert not re.search("[a-zA-Z/月]", korean)
    assert not re.search("[가-힣/]", japanese)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "2019-07-04, 4 July 2019, 2019-07, +30, -2w, today, start"),
        ("ko", "2019-07-04, 2019년 7월 4일, 2019-07, +30, -2w, 오늘, 시작"),
        ("ja", "2019-07-04、2019年7月4日、2019-07、+30、-2w、今日、開始"),
    ],
)
def test_the_message_has_examples_in_the_language(language: str, line: str) -> None:
    with speaking(language):
        assert short_examples(date(2019, 7, 4)) == line


def test_the_first_year_of_an_era_has_its_own_sign() -> None:
    assert day_examples(date(2019, 7, 4)).era == "令和元年7月4日"
    assert day_examples(date(2020, 3, 10)).era == "令和2年3月10日"
