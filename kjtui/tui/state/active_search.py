"""The active search, as an immutable value."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.languages import tr

if TYPE_CHECKING:
    from kjtui.find.search import Index
    from kjtui.find.snippet import Snippet


_EVERYTHING = Filter()


class Search(Struct, frozen=True):
    """A query and its matching events. Matches stay highlighted until the search ends.

    Attributes:
        query: the typed query.
        matches: indices in ``record.events``, in chronological order.
    """

    query: str
    matches: tuple[int, ...] = ()

    @classmethod
    def of(cls, query: str, index: Index, event_filter: Filter) -> Search:
        """Return a search for ``query`` among the events that pass a filter."""
        return cls(query, tuple(sorted(hits(query, index, event_filter))))

    def position(self, selected: int | None) -> int | None:
        """Return the index of the selected event in ``matches``. ``None`` if the event is not a match."""
        if selected is None:
            return None
        position = bisect_left(self.matches, selected)
        if position < len(self.matches) and self.matches[position] == selected:
            return position
        return None


def hits(query: str, index: Index, event_filter: Filter) -> list[int]:
    """Return the indices of the events that match a query and pass a filter, best match first."""
    if not query.strip():
        return []
    return index.hits(with_query(event_filter, query))


def with_query(event_filter: Filter, query: str) -> Filter:
    """Return a copy of a filter that also requires the words of a query."""
    return event_filter.with_text(f"{event_filter.text} {query}".strip())


class Finding(Struct, frozen=True):
    """The content of the search bar.

    Attributes:
        text: the number of matches and the position of the selected match, or why there are no matches.
        snippet: the passage with the match. ``None`` if the title of the event has all words of the query.
    """

    text: str
    snippet: Snippet | None = None


def find(search: Search, index: Index, selected: int | None) -> Finding:
    """Return the content of the search bar for a search."""
    if not search.matches:
        return Finding(nothing_found(search.query, index))
    position = search.position(selected)
    if selected is None or position is None:
        return Finding(tr("{count} found", count=len(search.matches)))
    text = tr("{position} of {count} by day", position=position + 1, count=len(search.matches))
    return Finding(text, index.snippet(search.query, selected))


def nothing_found(query: str, index: Index, event_filter: Filter = _EVERYTHING) -> str:
    """Return the reason why a search with a filter has no results."""
    if fault := index.fault(query):
        return fault
    if hidden := len(index.hits(Filter(text=query))):
        if event_filter.first or event_filter.last:
            return tr("{hidden} found, none between these days", hidden=hidden)
        return tr("{hidden} found, none passes the filter", hidden=hidden)
    from kjtui.find.advice import advice

    return advice(Filter(text=query), index) or tr("none found")
