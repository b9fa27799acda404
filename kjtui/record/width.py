"""How wide text is in a terminal, in cells; never ``len``.

The same for every version of Python, so that a text has the same lines everywhere, and the same as what
the app is painted with, so that its columns stand where they were reckoned to.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import category, east_asian_width

# What the tables of the oldest Python that runs this (Unicode 14) lack or tell otherwise than Unicode 17.
_NONE = re.compile(  # marks, and the inner letters of Hangul
    "[\u0897\u0cf3\u0ece\u1160-\u11ff\u1acf-\u1add\u1ae0-\u1aeb\ud7b0-\ud7ff"
    "\U00010d69-\U00010d6d\U00010efa-\U00010eff\U00011241\U000113b8-\U000113c0\U000113c2\U000113c5"
    "\U000113c7-\U000113ca\U000113cc-\U000113d0\U000113d2\U000113e1\U000113e2\U00011b60-\U00011b67"
    "\U00011f00\U00011f01\U00011f03\U00011f34-\U00011f3a\U00011f3e-\U00011f42\U00011f5a"
    "\U00013439-\U00013440\U00013447-\U00013455\U0001611e-\U0001612f\U0001e08f\U0001e4ec-\U0001e4ef"
    "\U0001e5ee\U0001e5ef\U0001e6e3\U0001e6e6\U0001e6ee\U0001e6ef\U0001e6f5\U0001f3fb-\U0001f3ff]"
)
_ONE = (
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # around numbers
)
_TWO = re.compile(
    "[\u2630-\u2637\u268a-\u268f\u2ffc-\u2fff\u31e4\u31e5\u31ef\u4dc0-\u4dff\ufa6e\ufa6f\ufada-\ufaff"
    "\U00016ff2-\U00016ff6\U000187f8-\U000187ff\U00018cff\U00018d09-\U00018d1e\U00018d80-\U00018df2"
    "\U0001b132\U0001b155\U0001d300-\U0001d356\U0001d360-\U0001d376\U0001f6d8\U0001f6dc"
    "\U0001fa75-\U0001fa77\U0001fa87-\U0001fa8a\U0001fa8e\U0001fa8f\U0001faad-\U0001faaf"
    "\U0001fabb-\U0001fabf\U0001fac6\U0001fac8\U0001facd-\U0001facf\U0001fada-\U0001fadc\U0001fadf"
    "\U0001fae8-\U0001faea\U0001faef\U0001faf7\U0001faf8\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
_NO_WIDTH = {"Mn", "Mc", "Me", "Cf"}
_UNKNOWN = "Cn"


@cache
def _cell(character: str) -> int:
    if _TWO.match(character):
        return 2
    if _NONE.match(character):
        return 0
    kind = category(character)
    if kind == _UNKNOWN or character in _ONE:
        return 1
    return 0 if kind in _NO_WIDTH else 2 if east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """The width of clean text in terminal cells."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def cut(text: str, width: int) -> tuple[str, str]:
    """The longest beginning of a text that fits a width, and the rest."""
    if text.isascii():
        return text[: max(width, 0)], text[max(width, 0) :]
    room = width
    for index, character in enumerate(text):
        room -= _cell(character)
        if room < 0:
            return text[:index], text[index:]
    return text, ""


@lru_cache(maxsize=2048)  # a screen asks for the same few texts again at every step
def fit(text: str, width: int) -> str:
    """Text cut to a width, with an ellipsis where something was cut, and padded to it."""
    shown, rest = cut(text, width)
    if rest:
        shown = cut(text, width - 1)[0] + "…" if width > 0 else ""
    return shown + " " * (width - cells(shown))
