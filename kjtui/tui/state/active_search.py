"""A search through the events, as an immutable value."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.history.snapshot import History
from kjtui.tui.state.cursor import Cursor

if TYPE_CHECKING:
    from kjtui.find.search import Index, Snippet


class Search(NamedTuple):
    """A query, the events that match it, and the cursor from which the search began.

    Attributes:
        origin: where the reader was.
        query: what was typed.
        matches: indices in ``record.events``, in order.
        kept: whether the query was accepted; the matches stay marked until the search is ended.
    """

    origin: Cursor
    query: str = ""
    matches: tuple[int, ...] = ()
    kept: bool = False

    def found(self, query: str, index: Index, limit: Filter) -> Search:
        """Return the search with another query, and its matches among the events that a filter keeps."""
        words = f"{limit.text} {query}".strip()
        matches = index.select(limit.with_text(words)) if query.strip() else ()
        return self._replace(query=query, matches=tuple(matches))

    def reopened(self, cursor: Cursor) -> Search:
        """Return the search as one that begins at a cursor."""
        return self._replace(origin=cursor, kept=False)

    def nearest(self, history: History) -> int | None:
        """Return the match nearest to the origin: the selected event, else by day; of two, the later one."""
        events, (day, selected) = history.record.events, self.origin[:2]

        def distance(match: int) -> tuple[int, bool, int]:
            away = abs((events[match].day - day).days)
            return away, events[match].day < day, abs(match - (match if selected is None else selected))

        return min(self.matches, key=distance, default=None)

    def accepted(self, cursor: Cursor) -> Cursor:
        """Stay at the match: from the origin to the cursor is one jump."""
        return cursor if cursor.day == self.origin.day else cursor._replace(back=self.origin.day)

    def cancelled(self, cursor: Cursor) -> Cursor:
        """Return to the origin."""
        return cursor._replace(day=self.origin.day, selected=self.origin.selected)


class Finding(Struct, frozen=True):
    """What to say about a search.

    Attributes:
        text: how many events match, and which of them is selected.
        snippet: where the selected event holds the words, unless its title does.
        offers: queries to offer instead of a misspelt one, the best first.
    """

    text: str
    snippet: Snippet | None = None
    offers: tuple[str, ...] = ()


def find(search: Search, index: Index, selected: int | None) -> Finding:
    """Say what a search found; nothing about an empty query."""
    query, matches = search.query, search.matches
    if not query.strip():
        return Finding("")
    if matches:
        position = -1 if selected is None else bisect_left(matches, selected)
        if selected is None or position == len(matches) or matches[position] != selected:
            return Finding(f"{len(matches)} found")
        return Finding(f"{position + 1} of {len(matches)}", index.snippet(query, selected))
    if hidden := len(index.find(query)):
        return Finding(f"none of {hidden} passes the filter")
    offers = tuple(index.corrections(query))
    several = len(query.split()) > 1 and not offers
    return Finding("no event has all of these words" if several else "none found", offers=offers)
