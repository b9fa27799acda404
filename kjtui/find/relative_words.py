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
    **dict.fromkeys(("yesterday", "어제", "昨日"), -1),
    **dict.fromkeys(("today", "오늘", "今日", "本日"), 0),
    **dict.fromkeys(("tomorrow", "내일", "明日"), 1),
}
"""Words for days near today, each with its distance from today in days."""

START = frozenset(("start", "시작", "開始"))
END = frozenset(("end", "끝", "終わり"))

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
    **dict.fromkeys(("m", "month", "months", "개월", "달", "か月", "カ月", "ヶ月", "ヵ月", "ケ月"), "m"),
    **dict.fromkeys(("y", "year", "years", "년", "年"), "y"),
}
_SIGNS: Mapping[str, int] = {
    **dict.fromkeys(("before", "earlier", "전", "前"), -1),
    **dict.fromkeys(("after", "later", "후", "뒤", "後"), 1),
}


def _one_of(words: Iterable[str]) -> str:
    return f"({'|'.join(sorted(words, key=len, reverse=True))})"


_EVENT_STEP = re.compile(f"{_one_of(_WHICH)} ?{_one_of(_WHAT)}")
_SIGNED_STEP = re.compile(r"([+-]) ?(\d{1,6}) ?([dwmy]?)")
_DAY_STEP = re.compile(rf"(\d{{1,6}}) ?{_one_of(_UNITS)} ?{_one_of(_SIGNS)}")


def normal(text: str) -> str:
    """Normalize a text: Unicode normalization form NFKC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def event_step(text: str) -> EventStep | None:
    """Parse a text such as ``next meeting``. Return ``None`` for other texts."""
    match = _EVENT_STEP.fullmatch(normal(text))
    return EventStep(_WHICH[match[1]], _WHAT[match[2]], match[2]) if match else None


def day_step(typed: str) -> DayStep | None:
    """Parse a normalized text such as ``-2w`` or ``2주 전``. Return ``None`` for other texts."""
    if match := _SIGNED_STEP.fullmatch(typed):
        return DayStep(int(match[1] + match[2]), _UNITS[match[3] or "d"])
    if match := _DAY_STEP.fullmatch(typed):
        return DayStep(_SIGNS[match[3]] * int(match[1]), _UNITS[match[2]])
    return None
