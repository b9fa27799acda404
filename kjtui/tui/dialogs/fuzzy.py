"""Fuzzy matching of names, in linear time.

Textual's own matcher tries every alignment of a query with a name. The number of alignments grows
exponentially with the length of the query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_MAX_NAME = 200
"""Maximum number of characters that are compared, from the start of a name."""

_WORD_START = re.compile(r"\b\w")


def match(query: str, name: str) -> tuple[float, Sequence[int]]:
    """Match a query with a name. Return the score, and the offsets of the matched characters.

    Scores are comparable with the scores of Textual's matcher. If the name does not match, the score is 0.
    Contiguous characters and first letters of words increase the score.
    """
    text = _lower(name[:_MAX_NAME])
    folded_query = _lower(query)
    if not folded_query:
        return 0.0, ()
    start = text.find(folded_query)
    if start >= 0:
        offsets: Sequence[int] = range(start, start + len(folded_query))
        return _score(text, offsets) * (2.0 if text == folded_query else 1.5), offsets
    starts = [word_start.start() for word_start in _WORD_START.finditer(text)]
    initials = "".join(text[start] for start in starts)
    candidates = [
        _shortest_offsets(folded_query, text),
        [starts[index] for index in _shortest_offsets(folded_query, initials)],
    ]
    best = max(candidates, key=lambda offsets: _score(text, offsets))
    return _score(text, best), best


def _lower(text: str) -> str:
    """Convert a text to lower case without shifting offsets.

    Keep characters that would become two characters.
    """
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


def _shortest_offsets(query: str, text: str) -> list[int]:
    """Return the offsets at which the characters of a query occur in a text, in order.

    Empty if a character is missing. Search forwards for the first match. From the end of this match, search
    backwards for a shorter match.
    """
    position = -1
    for character in query:
        position = text.find(character, position + 1)
        if position < 0:
            return []
    offsets = []
    position += 1
    for character in reversed(query):
        position = text.rfind(character, 0, position)
        offsets.append(position)
    return offsets[::-1]


def _score(text: str, offsets: Sequence[int]) -> float:
    if not offsets:
        return 0.0
    first_letters = {word_start.start() for word_start in _WORD_START.finditer(text)}
    groups = 1
    for previous, offset in pairwise(offsets):
        if offset != previous + 1:
            groups += 1
    together = (len(offsets) - groups + 1) / len(offsets)
    return (len(offsets) + len(first_letters.intersection(offsets))) * (1 + together * together)
