"""Parse the weekday before or after a date, in English, Korean and Japanese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from kjtui.record.partial_date import WEEKDAYS

_LETTERS = ("월화수목금토일", "月火水木金土日")
_NAMES: Mapping[str, int] = {
    name: number
    for number, (english, korean, japanese) in enumerate(zip(WEEKDAYS, *_LETTERS, strict=True))
    for name in (english.lower(), english[:3].lower(), f"{korean}요일", f"{japanese}曜日", f"{japanese}曜")
}
_NUMBERS: Mapping[str, int] = {
    **_NAMES,
    **{letter: number for letters in _LETTERS for number, letter in enumerate(letters)},
}
"""A mapping from each name of a weekday to the number of the weekday. Monday is 0."""

_NAME = "|".join(_NAMES)
_BEFORE = re.compile(rf"(?P<weekday>{_NAME})\.?,? +(?P<day>.+)")
_AFTER = re.compile(rf"(?P<day>.+?),? ?(?P<weekday>{_NAME})")
_IN_BRACKETS = re.compile(rf"(?P<day>.+?) ?\((?P<weekday>{_NAME}|[{''.join(_LETTERS)}])\.?\)")
"""A single letter means a weekday only in brackets, because 日 and 일 also end a date."""


class DayText(NamedTuple):
    """The text of a date without the weekday, and the number of the weekday.

    Monday is 0. The number is ``None`` if the text has no weekday.
    """

    day: str
    weekday: int | None


def without_weekday(typed: str) -> DayText:
    """Separate the weekday from the rest of a typed date. The text must be in lower case."""
    for pattern in (_BEFORE, _IN_BRACKETS, _AFTER):
        if match := pattern.fullmatch(typed):
            return DayText(match["day"], _NUMBERS[match["weekday"]])
    return DayText(typed, None)
