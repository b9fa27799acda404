"""Measure, truncate, pad and wrap text by terminal cells. ``textwrap`` would count characters instead."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, repeat
from typing import TypeVar

from rich.cells import cell_len, get_character_cell_size

CandidateT = TypeVar("CandidateT")

PAGE_WIDTH = 80
"""The maximum width of a line in a document or a help text, in cells."""

_UNICODE = "17.0.0"
"""The version of Rich's table of cell widths.

The version is fixed, so that line breaks in exports do not depend on the release of Rich or on
``UNICODE_VERSION``.
"""

_FIRST_WIDE = "\u1100"
"""The first character that is two cells wide. No Chinese, Japanese or Korean character comes before it."""


def cells(text: str) -> int:
    """Return the width of sanitized text in terminal cells."""
    return len(text) if text.isascii() else cell_len(text, _UNICODE)


def cut(text: str, width: int) -> tuple[str, str]:
    """Split text into the longest prefix that fits into ``width`` cells, and the rest."""
    if text.isascii():
        return text[: max(width, 0)], text[max(width, 0) :]
    width_left = width
    for index, character in enumerate(text):
        width_left -= get_character_cell_size(character, _UNICODE)
        if width_left < 0:
            return text[:index], text[index:]
    return text, ""


def first_fit(
    candidates: Iterable[CandidateT], width: int, measure: Callable[[CandidateT], int]
) -> CandidateT:
    """Return the first candidate that fits into a width, or the last candidate if none fits.

    Args:
        candidates: One or more candidates, the best first.
        width: Available cells.
        measure: Returns the width of a candidate.
    """
    for candidate in candidates:
        if measure(candidate) <= width:
            break
    return candidate


@lru_cache(maxsize=2048)  # the panes request the same few texts at every cursor step
def fit(text: str, width: int) -> str:
    """Truncate or pad text to exactly ``width`` cells. Truncated text ends with an ellipsis."""
    shown, overflow = cut(text, width)
    if overflow:
        shown = cut(text, width - 1)[0] + "…" if width > 0 else ""
    return shown + " " * (width - cells(shown))


def fit_right(text: str, width: int) -> str:
    """Truncate text to ``width`` cells as :func:`fit` does, and align it to the right."""
    shown = fit(text, width).rstrip()
    return " " * (width - cells(shown)) + shown


def wrap(text: str, width: int, initial_indent: str = "", subsequent_indent: str = "") -> list[str]:
    """Break text into lines of at most ``width`` cells.

    The first line begins with ``initial_indent``, the other lines with ``subsequent_indent``. Runs of white
    space become one space. Lines break between words. Chinese and Japanese text also breaks between
    characters, by the Japanese rules. For example, no line begins with a full stop. Words wider than a line
    are broken. Empty text gives no lines. The time is linear in the length of the text.
    """
    text = " ".join(text.split())
    if not text:
        return []
    if len(text) <= width and cells(initial_indent + text) <= width:  # longer text is measured below
        return [initial_indent + text]
    width_before = _width_before(text)
    last_break = _last_break_in(text)
    indent, line_width = initial_indent, width - cells(initial_indent)
    other_width = width - cells(subsequent_indent)
    lines = []
    start = 0
    while start < len(text):
        fitting = bisect_right(width_before, width_before[start] + line_width) - 1
        if fitting >= len(text):
            end = len(text)
        else:
            end = last_break(start, fitting)
            if end <= start:  # a word is wider than the line
                may_be_empty = indent != subsequent_indent
                end = _forced_break(text, start, fitting, other_width, may_be_empty)
        lines.append(indent + text[start:end])
        start = end + 1 if text.startswith(" ", end) else end
        indent, line_width = subsequent_indent, other_width
    return lines


def _width_before(text: str) -> Sequence[int]:
    """Return the width of the text before each position, from its start to its end."""
    if text.isascii():
        return range(len(text) + 1)
    return [0, *accumulate(map(get_character_cell_size, text, repeat(_UNICODE)))]


def _last_break_in(text: str) -> Callable[[int, int], int]:
    """Return a function that finds the last position at which a line of the text may break.

    The arguments of the function are the start of the line, and the last possible position. If the line
    cannot break, the function returns -1.
    """
    if text.isascii() or max(text) < _FIRST_WIDE:
        return lambda start, last: text.rfind(" ", start, last + 1)
    from kjtui.words.line_breaks import LineBreaks  # imported only for Asian text

    return LineBreaks(text).last


def _forced_break(text: str, start: int, fitting: int, other_width: int, may_be_empty: bool) -> int:
    """Return the end of a line that is too narrow for its first word.

    Characters that belong together stay together if the next line has room for them.

    Args:
        text: The text to break.
        start: Start of the line.
        fitting: End of the characters that fit.
        other_width: Width of the next line in cells.
        may_be_empty: Whether the line may be empty, so that the word begins on the next line.
    """
    if fitting <= start and may_be_empty:
        return start
    fitting = max(fitting, start + 1)
    if fitting == len(text) or text[fitting].isascii():
        return fitting
    from kjtui.words.line_breaks import may_part

    end = fitting
    while end > start and not may_part(text[end - 1], text[end]):
        end -= 1
    return end if end > start and cells(text[end : fitting + 1]) <= other_width else fitting


def wrap_address(address: str, width: int, indent: str) -> list[str]:
    """Break a web address into lines, if possible before a punctuation mark in the second half of a line.

    A line broken in this way does not end with a hyphen. Joined without their indent, the lines form the
    address. Each space is written as ``%20``.
    """
    address = address.replace(" ", "%20")
    width_left = width - cells(indent)
    lines = []
    start = 0
    while start < len(address):
        # Four characters for each cell of the line are enough: only combining marks are narrower than a cell,
        # and sanitized text has few combining marks.
        window = address[start : start + max(4 * width_left, 8)]
        piece = cut(window, width_left)[0] or window[:1]
        if start + len(piece) < len(address):
            mark = max(window.rfind(mark, len(piece) // 2, len(piece) + 1) for mark in "/?&#=-_.")
            piece = window[:mark] if mark > 0 else piece
        lines.append(indent + piece)
        start += len(piece)
    return lines
