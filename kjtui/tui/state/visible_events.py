"""A filter of events, as the screen shows it."""

from __future__ import annotations

from collections.abc import Sequence

from kjtui.find.filter import Filter
from kjtui.record.model import Record


def shown_events(kept: Sequence[int], record: Record, *, minor: bool) -> Sequence[int]:
    """Return those of the given events that the timeline shows: without minor ones, unless wanted.

    A minor event that has an effect is shown in any case.
    """
    events = record.events
    main = [index for index in kept if events[index].weight == "main" or events[index].effects]
    return kept if minor or len(main) == len(kept) else tuple(main)


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
    """Return a filter without the track and the actor that a record does not have."""
    return limit._replace(
        track=limit.track if limit.track in record.tracks else "",
        actor=limit.actor if limit.actor in record.dataset.actors else "",
    )
