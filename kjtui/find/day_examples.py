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

    Attributes:
        words: The day in words.
        more_words: The day in a second notation of the same language.
        foreign: The day in another language.
        more_foreign: The day in a third language.
        era: The day in the Japanese calendar, with the name of the era.
        short_era: The day in the Japanese calendar, with the letter of the era.
        month_words: The month in words.
        without_year: The day without its year.
        today: The word for today.
        start: The word for the day on which the app opens.
        end: The word for the last day of the record.
        earlier: The words for two weeks earlier.
        last_meeting: The words for the previous meeting.
    """

    words: str
    more_words: str
    foreign: str
    more_foreign: str
    era: str
    short_era: str
    month_words: str
    without_year: str
    today: str
    start: str
    end: str
    earlier: str
    last_meeting: str


def day_examples(day: date) -> DayExamples:
    """Return a day in several formats, for the language of the interface."""
    month = LONG_MONTHS[day.month - 1]
    english = f"{day.day} {month} {day.year}"
    korean = f"{day.year}년 {day.month}월 {day.day}일"
    japanese = f"{day.year}年{day.month}月{day.day}日"
    eras = _in_era(day)
    match current_language():
        case "ko":
            return DayExamples(
                *(korean, f"{day.year}.{day.month}.{day.day}", japanese, english, *eras),
                *(f"{day.year}년 {day.month}월", f"{day.month}월 {day.day}일"),
                *("오늘", "시작", "끝", "2주 전", "지난 회의"),
            )
        case "ja":
            return DayExamples(
                *(japanese, eras[0], korean, english, *eras),
                *(f"{day.year}年{day.month}月", f"{day.month}月{day.day}日"),
                *("今日", "開始", "終わり", "2週間前", "前の会合"),
            )
        case _:
            return DayExamples(
                *(english, f"{month} {day.day}, {day.year}", japanese, korean, *eras),
                *(f"{month} {day.year}", f"{day.day} {month}"),
                *("today", "start", "end", "-2w", "last meeting"),
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
