"""Remove characters that control a terminal, reorder text, or are invisible.

Text from a store is not trusted: it is sanitized when the store is read.
"""

from __future__ import annotations

import re
from typing import Any

from rich.cells import cell_len

from kjtui.languages import tr

# Few stores need these expressions, so they are compiled on first use.
_SPACE = r"[\t\n\v\f\r\x85\u2028\u2029]+"
_CHARACTERS = (
    "\x00-\x1f\x7f-\x9f"  # controls (C0, DEL, C1), which begin escape sequences
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional marks, overrides and isolates
    "\u00ad\u034f\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U00013430-\U0001343f\U00016fe4"  # invisible
    "\u115f\u1160\u2800\U0001d159"  # shown as blank: Hangul fillers, empty Braille pattern, null notehead
    "\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff"  # joiners, variation selectors, tags: their width varies
    "\ud800-\udfff"  # lone surrogates, which UTF-8 cannot encode
)
UNSAFE = f"[{_CHARACTERS}]"
"""Matches a character that :func:`sanitize` removes."""
SAFE_TEXT = f"[^{_CHARACTERS}]*"
"""Matches text without such characters. Input fields use this pattern."""

_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_COMBINING = f"{_MARK}{{4,}}"
_MAX_MARKS = 8
"""Maximum number of combining marks per letter; no script needs more.

For marks that match ``_MARK``, the maximum is three.
"""
_PILE = rf"[\W\u1160-\u11ff\ud7b0-\ud7fb]{{{_MAX_MARKS + 1},}}"
_ESCAPE = re.compile(rb"\\[ubfnrt]")
_UNUSUAL = re.compile(
    "[\x7f-\x9f\u00ad\u0300-\u036f\u0483-\u0489\u0590-\u1cff\u1dc0-\u1dff\u200b-\u200f"
    "\u2028-\u202f\u205f-\u206f\u20d0-\u20ff\u2800\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f"
    "\u3099\u309a\u3164\ua66f-\ua69f\ua6f0\ua6f1\ua802-\uabff\ud7b0-\udfff\ufb1e\ufe00-\ufe2f\ufeff"
    "\uffa0\ufff0-\uffff\U00010000-\U0001ffff\U000e0000-\U0010ffff]"
)
"""Matches every character that :func:`sanitize` may remove. Most stores contain no match.

The pattern also matches safe characters, for example entire scripts with combining marks. A pattern that
excluded them would be longer and compile more slowly.
"""
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n\r"  # JSON allows raw tabs and line ends only between strings


def sanitize(text: str) -> str:
    """Return text on one line, without control, bidirectional and invisible characters.

    Excess combining marks are removed too.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = re.sub(UNSAFE, "", re.sub(_SPACE, " ", text))
    shown = re.sub(_COMBINING, lambda marks: marks[0][:3], shown)
    return re.sub(_PILE, _limit_marks, shown)


def _limit_marks(pile: re.Match[str]) -> str:
    result, height = "", 0
    for character in pile[0]:
        height = 0 if cell_len(character) else height + 1
        if height <= _MAX_MARKS:
            result += character
    return result


def sanitize_tree(value: Any) -> Any:
    """Return a JSON value with all strings sanitized, keys included.

    Raises ``ValueError`` if two keys of an object would become equal.
    """
    if isinstance(value, str):
        return sanitize(value)
    if isinstance(value, dict):
        sanitized = {sanitize(key): sanitize_tree(item) for key, item in value.items()}
        if len(sanitized) < len(value):
            raise ValueError(tr("two keys differ only by unseen characters"))
        return sanitized
    if isinstance(value, list):
        return [sanitize_tree(item) for item in value]
    return value


def may_need_sanitizing(raw: bytes) -> bool:
    """Check quickly whether strings in a JSON file may need sanitizing. There are no false negatives."""
    if _ESCAPE.search(raw):
        return True
    foreign = raw.translate(None, _PLAIN).decode()
    return _UNUSUAL.search(foreign) is not None and sanitize(foreign) != foreign
