"""Measure, cut, pad and wrap text by terminal cells, which ``textwrap`` and ``str.ljust`` do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from rich.cells import cell_len, get_character_cell_size

CandidateT = TypeVar("CandidateT")

_UNICODE = "17.0.0"
"""Pinned so that an export has the same lines whatever Rich's newest tables or ``UNICODE_VERSION`` say."""


def cells(text: str) -> int:
    """Return the width of sanitized text in terminal cells."""
    return len(text) if text.isascii() else cell_len(text, _UNICODE)


def cut(text: str, width: int) -> tuple[str, str]:
    """Split text into the longest beginning that fits ``width`` cells, and the rest."""
    if text.isascii():
        return text[: max(width, 0)], text[max(width, 0) :]
    room = width
    for index, character in enumerate(text):
        room -= get_character_cell_size(character, _UNICODE)
        if room < 0:
            return text[:index], text[index:]
    return text, ""


def first_fit(
    candidates: Iterable[CandidateT], width: int, measure: Callable[[CandidateT], int]
) -> CandidateT:
    """Return the first candidate that fits a width, or the last candidate if none does.

    Args:
        candidates: One or more candidates, the best first.
        width: Available cells.
        measure: Returns the width of a candidate.
    """
    for candidate in candidates:
        if measure(candidate) <= width:
            break
    return candidate


@lru_cache(maxsize=2048)  # the panes ask for the same few texts at every step
def fit(text: str, width: int) -> str:
    """Cut text to ``width`` cells, with an ellipsis if anything was cut, and pad it to that width."""
    shown, rest = cut(text, width)
    if rest:
        shown = cut(text, width - 1)[0] + "…" if width > 0 else ""
    return shown + " " * (width - cells(shown))


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Break text into lines of at most ``width`` cells, indented by ``first`` and then by ``rest``.

    Runs of white space become one space. Words wider than a line are broken. Empty text gives no lines.
    """
    words = text.split()
    whole = first + " ".join(words)
    if words and cells(whole) <= width:
        return [whole]
    lines, line, used, empty = [], first, cells(first), True
    for word in words:
        wide, gap = cells(word), "" if empty else " "
        if wide > width - used - len(gap):
            if not empty:
                lines.append(line)
                line, used = rest, cells(rest)
            while word and wide > width - used:
                piece, word = cut(word, width - used)
                if not piece and line == rest:  # not even one character fits: let it overflow
                    piece, word = word[:1], word[1:]
                lines.append(line + piece)
                line, used, wide = rest, cells(rest), cells(word)
            gap = ""
        line += gap + word
        used += len(gap) + wide
        empty = False
    return [*lines, line] if not empty else lines


def wrap_address(address: str, width: int, indent: str) -> list[str]:
    """Break an address into lines, before a punctuation mark if there is one near the end of the line.

    No line then ends in a hyphen. Without their indent, the lines joined are the address, with ``%20`` for
    each space.
    """
    room, rest, lines = width - cells(indent), address.replace(" ", "%20"), []
    while rest:
        piece = cut(rest, room)[0] or rest[:1]
        if piece != rest:
            mark = max(rest.rfind(mark, len(piece) // 2, len(piece) + 1) for mark in "/?&#=-_.")
            piece = rest[:mark] if mark > 0 else piece
        lines.append(indent + piece)
        rest = rest[len(piece) :]
    return lines
