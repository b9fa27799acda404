"""Text from a store is data: nothing in it may command a terminal, turn text around or hide in it."""

from __future__ import annotations

import re
from typing import Any

from rich.cells import cell_len

_SPACE = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CHARACTERS = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1: escape sequences begin here
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional marks, overrides, isolates
    "\u00ad\u034f\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # invisible, and of no use to a reader
    "\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff"  # joiner, variation selectors, tags: width differs by terminal
    "\ud800-\udfff"  # lone surrogates cannot be written
)
UNSAFE = re.compile(f"[{_CHARACTERS}]")
"""A character that cleaning removes."""
SAFE_TEXT = f"[^{_CHARACTERS}]*"
"""A text that holds none, as a regular expression."""

_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_COMBINING = re.compile(f"({_MARK}{{3}}){_MARK}+")
_ON_ONE_CELL = 8
"""As many marks as any script piles on a letter; of those above, which go on any letter, three are enough."""
_PILE = re.compile(rf"(?:[^\w\x00-\x7f]|[\u1160-\u11ff\ud7b0-\ud7fb]){{{_ON_ONE_CELL + 1},}}")
_ESCAPE = re.compile(rb"\\[ubfnrt]")
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n\r"  # tabs and line ends stand between strings, not in them


def sanitize(text: str) -> str:
    """Text without control, bidirectional and invisible characters, on one line, without piles of marks."""
    if text.isascii() and text.isprintable():
        return text
    shown = _COMBINING.sub(r"\1", UNSAFE.sub("", _SPACE.sub(" ", text)))
    return _PILE.sub(_lower, shown)


def _lower(pile: re.Match[str]) -> str:
    kept, height = "", 0
    for character in pile[0]:
        height = 0 if cell_len(character) else height + 1
        if height <= _ON_ONE_CELL:
            kept += character
    return kept


def sanitize_tree(value: Any) -> Any:
    """A JSON value with all its strings, keys included, made clean.

    Raises ``ValueError`` where two keys of an object would become one.
    """
    if isinstance(value, str):
        return sanitize(value)
    if isinstance(value, dict):
        cleaned = {sanitize(key): sanitize_tree(item) for key, item in value.items()}
        if len(cleaned) < len(value):
            raise ValueError("two keys differ by unseen characters alone")
        return cleaned
    if isinstance(value, list):
        return [sanitize_tree(item) for item in value]
    return value


def may_need_sanitizing(raw: bytes) -> bool:
    """Whether strings in a JSON file may need cleaning: a quick look, at times yes in vain, never no."""
    foreign = raw.translate(None, _PLAIN).decode()
    return _ESCAPE.search(raw) is not None or sanitize(foreign) != foreign
