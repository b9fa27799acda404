"""A search through the events, as an immutable value."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from kjtui.history.snapshot import History
from kjtui.tui.cursor import Cursor


class Search(NamedTuple):
    """A query, the events that match it, and the cursor from which the search began.

    ``matches`` are indices in ``record.events``, in order.
    """

    origin: Cursor
    query: str = ""
    matches: tuple[int, ...] = ()

    def found(self, query: str, matches: Iterable[int]) -> Search:
        """Return the search with another query and its matches."""
        return self._replace(query=query, matches=tuple(matches))

    def nearest(self, history: History) -> int | None:
        """Return the first match at or after the origin, else the last match."""
        if not self.matches:
            return None
        day, selected = self.origin.day, self.origin.selected
        here = history.snapshot(day).event_count if selected is None else selected
        return self.matches[min(bisect_left(self.matches, here), len(self.matches) - 1)]

    def accepted(self, cursor: Cursor) -> Cursor:
        """Stay at the match: from the origin to the cursor is one jump."""
        return cursor if cursor.day == self.origin.day else cursor._replace(back=self.origin.day)

    def cancelled(self, cursor: Cursor) -> Cursor:
        """Return to the origin."""
        return cursor._replace(day=self.origin.day, selected=self.origin.selected)

    def summary(self, selected: int | None) -> str:
        """Say which of the matches is selected, or that there is none; nothing for an empty query."""
        if selected in self.matches:
            return f"{self.matches.index(selected) + 1} of {len(self.matches)}  ↑↓ enter esc"
        return "none found" if self.query.strip() and not self.matches else ""
