"""Parse relative days, such as "next meeting" and "2 weeks later", in English, Korean and Japanese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

Which: TypeAlias = Literal["first", "next", "previous", "final"]
What: TypeAlias = Literal["meeting", "change", "event"]
Unit: TypeAlias = Literal["d", "w", "m", "y"]
"""A day, a week, a month or a year."""


class EventStep(NamedTuple):
    """A step such as ``next meeting``.

    Attributes:
        which: Whether to go to the first, the next, the previous or the final item.
        what: The kind of item to go to: a meeting, a change or an event.
        word: The word for the item, as typed.
    """

    which: Which
    what: What
    word: str


class DayStep(NamedTuple):
    """A number of days, weeks, months or years from the day on screen.

    A negative number leads to earlier days.
    """

    number: int
    unit: Unit


FROM_TODAY: Mapping[str, int] = {
    **dict.fromkeys(("그끄저께", "그끄제", "一昨々日", "一昨昨日", "さきおととい"), -3),
    **dict.fromkeys(("day before yesterday", "그제", "그저께", "一昨日", "おととい"), -2),
    **dict.fromkeys(("yesterday", "어제", "昨日", "きのう"), -1),
    **dict.fromkeys(("today", "오늘", "今日", "本日", "きょう"), 0),
    **dict.fromkeys(("tomorrow", "내일", "明日", "あす", "あした"), 1),
    **dict.fromkeys(("day after tomorrow", "모레", "明後日", "あさって"), 2),
    **dict.fromkeys(("글피", "明々後日", "明明後日", "しあさって"), 3),
}
"""Words for days near today, each with its distance from today in days."""

START = frozenset(("start", "시작", "開始"))
END = frozenset(("end", "끝", "終わり", "終了"))

_WHICH: Mapping[str, Which] = {
    **dict.fromkeys(("first", "첫", "첫 번째", "첫번째", "最初の", "初の"), "first"),
    **dict.fromkeys(("next", "다음", "次の", "次回の"), "next"),
    **dict.fromkeys(("last", "previous", "지난", "이전", "직전", "前の", "前回の", "直前の"), "previous"),
    **dict.fromkeys(("final", "마지막", "最後の"), "final"),
}
_WHAT: Mapping[str, What] = {
    **dict.fromkeys(("meeting", "회의", "회담", "会合", "会議", "会談"), "meeting"),
    **dict.fromkeys(("change", "변화", "変化"), "change"),
    **dict.fromkeys(("event", "사건", "出来事"), "event"),
}
_UNITS: Mapping[str, Unit] = {
    **dict.fromkeys(("d", "day", "days", "일", "日"), "d"),
    **dict.fromkeys(("w", "week", "weeks", "주", "주일", "週", "週間"), "w"),
    **dict.fromkeys(
        ("m", "month", "months", "개월", "달", "か月", "カ月", "ヶ月", "ヵ月", "ケ月", "箇月"), "m"
    ),
    **dict.fromkeys(("y", "year", "years", "년", "해", "年"), "y"),
}
_NUMBERS: Mapping[str, int] = {
    **dict.fromkeys(("a", "one", "한", "일"), 1),
    **dict.fromkeys(("two", "두"), 2),
    **dict.fromkeys(("three", "세", "석", "삼"), 3),
    **dict.fromkeys(("four", "네", "넉", "사"), 4),
    **dict.fromkeys(("five", "다섯", "오"), 5),
    **dict.fromkeys(("six", "여섯", "육"), 6),
    **dict.fromkeys(("seven", "일곱", "칠"), 7),
    **dict.fromkeys(("eight", "여덟", "팔"), 8),
    **dict.fromkeys(("nine", "아홉", "구"), 9),
    **dict.fromkeys(("ten", "열", "십"), 10),
}
"""Numbers in words. The Korean word 이 is left out, because it can mean "two" or "this".

The day parser converts the Japanese numbers to digits.
"""
_AMOUNTS: Mapping[str, tuple[int, Unit]] = {
    "하루": (1, "d"),
    "이틀": (2, "d"),
    "사흘": (3, "d"),
    "나흘": (4, "d"),
    "닷새": (5, "d"),
    "엿새": (6, "d"),
    "이레": (7, "d"),
    "여드레": (8, "d"),
    "아흐레": (9, "d"),
    "열흘": (10, "d"),
    "보름": (15, "d"),
    "이주일": (2, "w"),
    "반년": (6, "m"),
    "ひと月": (1, "m"),
    "ふた月": (2, "m"),
    "半年": (6, "m"),
}
"""Single words for a number of days, weeks or months."""
_NEIGHBOURS: Mapping[str, DayStep] = {
    **dict.fromkeys(("previous day", "전날", "前日"), DayStep(-1, "d")),
    **dict.fromkeys(("next day", "다음 날", "다음날", "翌日"), DayStep(1, "d")),
    **dict.fromkeys(
        ("last week", "previous week", "지난주", "지난 주", "저번 주", "저번주", "先週", "前週"),
        DayStep(-1, "w"),
    ),
    **dict.fromkeys(("next week", "다음 주", "다음주", "来週", "翌週"), DayStep(1, "w")),
    **dict.fromkeys(
        ("last month", "previous month", "지난달", "지난 달", "저번 달", "저번달", "先月", "前月"),
        DayStep(-1, "m"),
    ),
    **dict.fromkeys(("next month", "다음 달", "다음달", "来月", "翌月"), DayStep(1, "m")),
    **dict.fromkeys(
        ("last year", "previous year", "지난해", "지난 해", "작년", "昨年", "去年", "前年"), DayStep(-1, "y")
    ),
    **dict.fromkeys(("next year", "다음 해", "다음해", "내년", "来年", "翌年"), DayStep(1, "y")),
}
"""Words for the day that is one day, week, month or year before or after the day on screen.

Like "last meeting", "last week" counts from the day on screen, not from today. A command shows no day, so
there it counts from today; see :func:`is_neighbour`.
"""
_SIGNS: Mapping[str, int] = {
    **dict.fromkeys(("before", "earlier", "ago", "전", "前"), -1),
    **dict.fromkeys(("after", "later", "후", "뒤", "後"), 1),
}


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_EVENT_STEP = re.compile(f"({_one_of(_WHICH)}) ?({_one_of(_WHAT)})")
_SIGNED_STEP = re.compile(r"([+-]) ?(\d{1,6}) ?([dwmy]?)")
_DAY_STEP = re.compile(rf"(\d{{1,6}}|{_one_of(_NUMBERS)}) ?({_one_of(_UNITS)}) ?({_one_of(_SIGNS)})")
_AMOUNT_STEP = re.compile(f"({_one_of(_AMOUNTS)}) ?({_one_of(_SIGNS)})")


def normal(text: str) -> str:
    """Normalize a text: Unicode normalization form NFKC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def event_step(text: str) -> EventStep | None:
    """Parse a text such as ``next meeting``. Return ``None`` for other texts."""
    match = _EVENT_STEP.fullmatch(normal(text))
    return EventStep(_WHICH[match[1]], _WHAT[match[2]], match[2]) if match else None


def is_neighbour(text: str) -> bool:
    """Return whether a text is a word such as "last week", which in a command counts from today."""
    return normal(text) in _NEIGHBOURS


def day_step(typed: str) -> DayStep | None:
    """Parse a text such as ``-2w``, ``2주 전`` or ``last week``. Return ``None`` for other texts.

    The text must be normalized.
    """
    if typed in _NEIGHBOURS:
        return _NEIGHBOURS[typed]
    if match := _SIGNED_STEP.fullmatch(typed):
        return DayStep(int(match[1] + match[2]), _UNITS[match[3] or "d"])
    if match := _DAY_STEP.fullmatch(typed):
        number = _NUMBERS[match[1]] if match[1] in _NUMBERS else int(match[1])
        return DayStep(_SIGNS[match[3]] * number, _UNITS[match[2]])
    if match := _AMOUNT_STEP.fullmatch(typed):
        number, unit = _AMOUNTS[match[1]]
        return DayStep(_SIGNS[match[2]] * number, unit)
    return None
