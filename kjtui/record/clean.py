"""Text from a store is data: nothing in it may command a terminal or turn text around."""

from __future__ import annotations

import re
from typing import Any

_SPACE = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
UNSAFE = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1: escape sequences begin here
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional marks, overrides, isolates
    "\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible, of no width
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors and tags: width differs by terminal
    "\ud800-\udfff"  # lone surrogates cannot be written
)
"""The characters that cleaning removes, as the inside of a regular expression's class."""

_UNSAFE = re.compile(f"[{UNSAFE}]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_COMBINING = re.compile(f"({_MARK}{{3}}){_MARK}+")


def clean(text: str) -> str:
    """Text without control, bidirectional and invisible characters, on one line."""
    return _COMBINING.sub(r"\1", _UNSAFE.sub("", _SPACE.sub(" ", text)))


def is_clean(text: str) -> bool:
    """Whether :func:`clean` would leave the text as it is."""
    return not (_SPACE.search(text) or _UNSAFE.search(text) or _COMBINING.search(text))


def clean_tree(value: Any) -> Any:
    """A JSON value with all its strings, keys included, made clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): clean_tree(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean_tree(item) for item in value]
    return value
