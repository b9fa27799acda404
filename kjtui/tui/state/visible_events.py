"""The events that the timeline shows: those that pass the filter, with or without minor ones."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.record.model import Record


class VisibleEvents(Struct, frozen=True, eq=False):
    """Which events are visible, and why.

    Attributes:
        filter: The filter; an empty one passes every event.
        minor: Whether the reader asked for minor events.
        passed: Indices of the events that pass the filter.
        shown: Indices of the visible events among them.
    """

    filter: Filter = Filter()
    minor: bool = False
    passed: Sequence[int] = ()
    shown: Sequence[int] = ()

    @classmethod
    def of(cls, passed: Sequence[int], record: Record, limit: Filter, *, minor: bool) -> VisibleEvents:
        """Return the visible events among those that pass a filter.

        With a filter, minor events are visible too: a reader who narrows the list wants all that is left. A
        minor event with an effect is always visible.
        """
        if minor or limit:
            return cls(limit, minor, passed, passed)
        events = record.events
        main = [index for index in passed if events[index].weight == "main" or events[index].effects]
        return cls(limit, minor, passed, passed if len(main) == len(passed) else tuple(main))

    @property
    def hidden_minor(self) -> int:
        """Number of minor events that are hidden."""
        return len(self.passed) - len(self.shown)


def filter_label(limit: Filter, record: Record) -> str:
    """Describe a filter in a few words; an empty filter has none."""
    return " · ".join(["only", *filter_parts(limit, record)]) if limit else ""


def filter_parts(limit: Filter, record: Record) -> list[str]:
    """Describe each part of a filter."""
    parts = (
        record.tracks[limit.track].name if limit.track else "",
        limit.kind,
        f"by {record.dataset.actors[limit.actor]}" if limit.actor else "",
        f"{limit.weight} events" if limit.weight else "",
        f"“{limit.text}”" if limit.text else "",
    )
    return [part for part in parts if part]


def filter_for(limit: Filter, record: Record) -> Filter:
    """Return a filter without a track or actor that the record does not have."""
    return limit._replace(
        track=limit.track if limit.track in record.tracks else "",
        actor=limit.actor if limit.actor in record.dataset.actors else "",
    )
