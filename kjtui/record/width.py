"""How wide text is in a terminal, in cells; never ``len``.

Text of the record is clean, so the standard library's tables suffice: what a full library adds are
the invisible characters and emoji sequences that cleaning has removed.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width


def _cell(character: str) -> int:
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff" else 1


def cells(text: str) -> int:
    """The width of clean text in terminal cells."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def cut(text: str, width: int) -> tuple[str, str]:
    """The longest beginning of a text that fits a width, and the rest."""
    room = width
    for index, character in enumerate(text):
        room -= _cell(character)
        if room < 0:
            return text[:index], text[index:]
    return text, ""


@lru_cache(maxsize=2048)  # a screen asks for the same few texts again at every step
def fit(text: str, width: int) -> str:
    """Text cut to a width, with an ellipsis where something was cut, and padded to it."""
    if cells(text) > width:
        text = cut(text, width - 1)[0] + "…" if width > 0 else ""
    return text + " " * (width - cells(text))
