"""Count events by the value of a field, for example by actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from kjtui.find.filter import Filter, meeting_level
from kjtui.record.model import Event, Record

if TYPE_CHECKING:
    from kjtui.find.search import Index


COUNTED = ("track", "kind", "actor", "minor", "disputed", "confidence", "level")
"""The fields whose values can be counted."""


def count_values(event_indices: Iterable[int], field: str, record: Record) -> Counter[str]:
    """Return the number of events for each value of a field. An event can have several values or none."""
    counts: Counter[str] = Counter()
    for event_index in event_indices:
        counts.update(_values(record.events[event_index], field, record))
    return counts


def _values(event: Event, field: str, record: Record) -> Collection[str]:
    match field:
        case "track":
            return event.tracks
        case "actor":
            return set(event.actors)
        case "minor":
            return ("yes" if event.weight == "minor" else "no",)
        case "disputed":
            return ("yes" if event.disputed else "no",)
        case "level":
            level = meeting_level(event, record)
            return (level,) if level else ()
        case _:
            value: str = getattr(event, field)
            return (value,)


class FilterCounts:
    """Counts the events that pass a filter, or would pass if one field of the filter were different."""

    def __init__(self, record: Record, index: Index, event_filter: Filter) -> None:
        self.record, self.index, self.event_filter = record, index, event_filter
        self._by_field: dict[str, Counter[str]] = {}

    @cached_property
    def passed(self) -> int:
        """Number of events that pass the filter."""
        return len(self.index.select(self.event_filter))

    def with_value(self, field: str, value: str) -> int:
        """Return the number of events that would pass the filter if ``field`` had this value."""
        counts = self._by_field.get(field)
        if counts is None:
            passed = self.index.select(self.event_filter.with_field(field, ""))
            counts = self._by_field[field] = count_values(passed, field, self.record)
        return counts[value]
