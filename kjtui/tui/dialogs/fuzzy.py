"""Fuzzy matching of names from a store."""

from __future__ import annotations

from collections.abc import Sequence

from textual.fuzzy import FuzzySearch

_LONGEST = 60
"""Characters of a name that are compared: Textual tries every way in which a query fits into it."""

_SEARCH = FuzzySearch()


def match(query: str, name: str) -> tuple[float, Sequence[int]]:
    """Return how well a query fits a name, 0 if not at all, and the offsets of the matched characters."""
    return _SEARCH.match(query, name[:_LONGEST])
