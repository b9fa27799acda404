"""Examples of days as people type them, in the language of the interface."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kjtui.languages import current_language, join_items
from kjtui.record.partial_date import LONG_MONTHS

_ERAS = ((date(2019, 5, 1), "令和", "R"), (date(1989, 1, 8), "平成", "H"), (date(1926, 12, 25), "昭和", "S"))
"""The first day, the name and the letter of each Japanese era, latest first."""


class DayExamples(NamedTuple):
    """A day as users can type it, in several formats.

    A Korean or Japanese reader does not expect the formats of other languages. So they are empty in Korean
    and Japanese, although every format can be typed in every language.

    Attributes:
        words: The day in words.
        more_words: The day in a second notation of the same language.
        month_words: The month in words.
        without_year: The day without its year.
        today: The word for today.
        start: The word for the day on which the app opens.
        end: The word for the last day of the record.
        earlier: The words for two weeks earlier.
        last_year: The word for the same day a year earlier.
        last_meeting: The words for the previous meeting.
        foreign: The day in another language.
        more_foreign: The day in a third language.
        era: The day in the Japanese calendar, with the name of the era.
        short_era: The day in the Japanese calendar, with the letter of the era.
        either_order: The day and the month as numbers, in an order that can also mean another day.
    """

    words: str
    more_words: str
    month_words: str
    without_year: str
    today: str
    start: str
    end: str
    earlier: str
    last_year: str
    last_meeting: str
    foreign: str = ""
    more_foreign: str = ""
    era: str = ""
    short_era: str = ""
    either_order: str = ""


def day_examples(day: date) -> DayExamples:
    """Return a day in several formats, for the language of the interface."""
    month = LONG_MONTHS[day.month - 1]
    korean = f"{day.year}년 {day.month}월 {day.day}일"
    japanese = f"{day.year}年{day.month}月{day.day}日"
    era, short_era = _in_era(day)
    match current_language():
        case "ko":
            return DayExamples(
                words=korean,
                more_words=f"{day.year}.{day.month}.{day.day}",
                month_words=f"{day.year}년 {day.month}월",
                without_year=f"{day.month}월 {day.day}일",
                today="오늘",
                start="시작",
                end="끝",
                earlier="2주 전",
                last_year="작년",
                last_meeting="지난 회의",
            )
        case "ja":
            return DayExamples(
                words=japanese,
                more_words=f"{japanese}（{'月火水木金土日'[day.weekday()]}）",
                month_words=f"{day.year}年{day.month}月",
                without_year=f"{day.month}月{day.day}日",
                today="今日",
                start="開始",
                end="終了",
                earlier="2週間前",
                last_year="昨年",
                last_meeting="前の会合",
                era=era,
                short_era=short_era,
            )
        case _:
            return DayExamples(
                words=f"{day.day} {month} {day.year}",
                more_words=f"{month} {day.day}, {day.year}",
                month_words=f"{month} {day.year}",
                without_year=f"{day.day} {month}",
                today="today",
                start="start",
                end="end",
                earlier="-2w",
                last_year="last year",
                last_meeting="last meeting",
                foreign=japanese,
                more_foreign=korean,
                era=era,
                short_era=short_era,
                either_order=f"{day.day}/{day.month}/{day.year}",
            )


def _in_era(day: date) -> tuple[str, str]:
    """Return a day in the Japanese calendar twice: with the name of the era, and with its letter."""
    for first, name, letter in _ERAS:
        if day >= first:
            year = day.year - first.year + 1
            year_text = "元" if year == 1 else year
            return f"{name}{year_text}年{day.month}月{day.day}日", f"{letter}{year}.{day.month}.{day.day}"
    return day.isoformat(), day.isoformat()


def short_examples(day: date) -> str:
    """Return examples of days for the error message about a text that is not a day."""
    examples = day_examples(day)
    month = day.isoformat()[:7]
    return join_items((day.isoformat(), examples.words, month, "+30", "-2w", examples.today, examples.start))
