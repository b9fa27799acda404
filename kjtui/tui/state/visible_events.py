"""The events that the timeline shows.

If a filter is active, these are all events that pass the filter. Without a filter,
minor events can be hidden.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.languages import quoted, tr
from kjtui.record.model import Record
from kjtui.words import labels, meeting_words
from kjtui.words.wrap import cells, fit


class VisibleEvents(Struct, frozen=True, eq=False):
    """The visible events, the filter, and the setting for minor events.

    Attributes:
        filter: The filter. All events pass an empty filter.
        minor: Whether the user chose to show minor events.
        passed: Indices of the events that pass the filter.
        shown: Indices of the visible events.
    """

    filter: Filter = Filter()
    minor: bool = False
    passed: Sequence[int] = ()
    shown: Sequence[int] = ()

    @classmethod
    def of(cls, passed: Sequence[int], record: Record, event_filter: Filter, *, minor: bool) -> VisibleEvents:
        """Return the visible events, given the events that pass a filter.

        If there is a filter, every event that passes it is visible, because a user who filters wants all
        matches. Without a filter, minor events that have no effect are visible only if ``minor`` is true.
        """
        if minor or event_filter:
            return cls(event_filter, minor, passed, passed)
        events = record.events
        main = [index for index in passed if events[index].weight == "main" or events[index].effects]
        return cls(event_filter, minor, passed, passed if len(main) == len(passed) else tuple(main))

    @property
    def hidden_minor(self) -> int:
        """Number of minor events that are hidden."""
        return len(self.passed) - len(self.shown)


def filter_label(event_filter: Filter, record: Record, key: str, width: int) -> str:
    """Return a filter and the key that clears it, in at most ``width`` cells. Empty for an empty filter."""
    if not event_filter:
        return ""
    parts = " · ".join(filter_parts(event_filter, record))
    parts_width = max(width - cells(_framed("", key)), 0)
    label = _framed(fit(parts, min(cells(parts), parts_width)).rstrip(), key)
    return fit(label, min(cells(label), width))


def _framed(description: str, key: str) -> str:
    return tr("filter: {filter} ({key})", filter=description, key=key)


def filter_parts(event_filter: Filter, record: Record) -> list[str]:
    """Return one description per field that is set in a filter."""
    parts = []
    if event_filter.track:
        parts.append(record.tracks[event_filter.track].name)
    if event_filter.kind:
        parts.append(labels.spoken(event_filter.kind))
    if event_filter.actor:
        parts.append(tr("by {name}", name=record.dataset.actors[event_filter.actor]))
    if event_filter.minor:
        parts.append(tr("minor events") if event_filter.minor == "yes" else tr("main events"))
    if event_filter.disputed:
        parts.append(tr("sources disagree") if event_filter.disputed == "yes" else tr("undisputed"))
    if event_filter.confidence:
        parts.append(tr("{confidence} confidence", confidence=labels.spoken(event_filter.confidence)))
    if event_filter.level:
        parts.append(meeting_words.level(event_filter.level))
    if event_filter.text:
        parts.append(quoted(event_filter.text))
    return parts


def filter_for(event_filter: Filter, record: Record) -> Filter:
    """Return a copy of a filter, without a track or an actor that does not exist in the record."""
    if event_filter.track not in record.tracks:
        event_filter = event_filter.with_field("track", "")
    if event_filter.actor not in record.dataset.actors:
        event_filter = event_filter.with_field("actor", "")
    return event_filter
