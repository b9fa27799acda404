"""Measure, truncate, pad and wrap text by terminal cells. ``textwrap`` would count characters instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
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
    words = text.split()
    if not words:
        return []
    joined_text = initial_indent + " ".join(words)
    if cells(joined_text) <= width:
        return [joined_text]
    # Most texts are ASCII. They are wrapped five times faster than in the general case.
    if joined_text.isascii() and subsequent_indent.isascii():
        lines = _wrap_ascii(" ".join(words), width, initial_indent, subsequent_indent)
        if lines:
            return lines
    subsequent_width = cells(subsequent_indent)
    lines = []
    line, used, empty = initial_indent, cells(initial_indent), True
    for gap, unit in _units(words):
        if empty:
            gap = ""
        unit_width = cells(unit)
        if unit_width > width - used - len(gap):
            if not empty:
                lines.append(line)
                line, used = subsequent_indent, subsequent_width
            gap = ""
        if unit_width > width - used:
            *pieces, unit = _broken(unit, width - used, width - subsequent_width, line != subsequent_indent)
            for piece in pieces:
                lines.append(line + piece)
                line, used = subsequent_indent, subsequent_width
            unit_width = cells(unit)
        line += gap + unit
        used += len(gap) + unit_width
        empty = False
    return [*lines, line]


def _wrap_ascii(text: str, width: int, initial_indent: str, subsequent_indent: str) -> list[str]:
    """Break ASCII text at its spaces. Every character has one cell, so no width is measured.

    Return an empty list if a word is longer than a line.
    """
    lines = []
    start, indent = 0, initial_indent
    while len(text) - start > width - len(indent):
        end = text.rfind(" ", start, start + max(width - len(indent), 0) + 1)
        if end < 0:
            return []
        lines.append(indent + text[start:end])
        start, indent = end + 1, subsequent_indent
    return [*lines, indent + text[start:]]


def _units(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the units between which a line may break, each with the gap before the unit.

    The gap is a space if the unit begins a word. Otherwise the gap is empty.
    """
    for word in words:
        if max(word) < _FIRST_WIDE:
            yield " ", word
            continue
        from kjtui.words.line_breaks import units_of  # imported only for Asian text

        gap = " "
        for unit in units_of(word):
            yield gap, unit
            gap = ""


def _broken(unit: str, first_width: int, rest_width: int, may_be_empty: bool) -> list[str]:
    """Break a unit that is wider than a line into pieces, at allowed positions if possible.

    The last piece may be shorter.

    Args:
        unit: The text to break.
        first_width: Width of the first piece in cells.
        rest_width: Width of the other pieces.
        may_be_empty: Whether the first piece may be empty, so that the unit begins on the next line.
    """
    pieces = []
    start = 0
    width_left = first_width
    for index, character in enumerate(unit):
        size = 1 if character.isascii() else get_character_cell_size(character, _UNICODE)
        if size > width_left and (index > start or may_be_empty):
            end = index if character.isascii() else _last_break(unit, start, index)
            if cells(unit[end:index]) + size > rest_width:
                end = index  # characters that belong together do not fit on one line
            pieces.append(unit[start:end])
            start, width_left, may_be_empty = end, rest_width - cells(unit[end:index]), False
        width_left -= size
    return [*pieces, unit[start:]]


def _last_break(unit: str, start: int, index: int) -> int:
    """Return the last position up to ``index`` at which a line may break. ``index`` if there is none."""
    from kjtui.words.line_breaks import may_part

    end = index
    while end > start and not may_part(unit[end - 1], unit[end]):
        end -= 1
    return end if end > start else index


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
