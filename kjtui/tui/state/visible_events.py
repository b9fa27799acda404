"""The events shown in the timeline: events that pass the filter, with or without minor events."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.languages import quoted, tr
from kjtui.record.model import Record
from kjtui.words import labels, meeting_words


class VisibleEvents(Struct, frozen=True, eq=False):
    """The visible events, with the filter and the setting for minor events.

    Attributes:
        filter: The filter; an empty filter passes every event.
        minor: Whether the user chose to see minor events.
        passed: Indices of the events that pass the filter.
        shown: Indices of the visible events.
    """

    filter: Filter = Filter()
    minor: bool = False
    passed: Sequence[int] = ()
    shown: Sequence[int] = ()

    @classmethod
    def of(cls, passed: Sequence[int], record: Record, limit: Filter, *, minor: bool) -> VisibleEvents:
        """Return the visible events among those that pass a filter.

        With a filter, minor events are visible too, because a user who filters wants all matches. A
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
    """Describe a filter in a few words; an empty filter has an empty label."""
    return " · ".join(["only", *filter_parts(limit, record)]) if limit else ""


def filter_parts(limit: Filter, record: Record) -> list[str]:
    """Describe each field of a filter."""
    parts = []
    if limit.track:
        parts.append(record.tracks[limit.track].name)
    if limit.kind:
        parts.append(labels.spoken(limit.kind))
    if limit.actor:
        parts.append(tr("by {name}", name=record.dataset.actors[limit.actor]))
    if limit.minor:
        parts.append(tr("minor events") if limit.minor == "yes" else tr("main events"))
    if limit.disputed:
        parts.append(tr("sources disagree") if limit.disputed == "yes" else tr("undisputed"))
    if limit.confidence:
        parts.append(tr("{confidence} confidence", confidence=labels.spoken(limit.confidence)))
    if limit.level:
        parts.append(meeting_words.level(limit.level))
    if limit.text:
        parts.append(quoted(limit.text))
    return parts


def filter_for(limit: Filter, record: Record) -> Filter:
    """Return a filter, without its track or actor if the record does not have them."""
    if limit.track not in record.tracks:
        limit = limit.with_field("track", "")
    if limit.actor not in record.dataset.actors:
        limit = limit.with_field("actor", "")
    return limit
