"""A filter of events, as the screen applies and shows it."""

from __future__ import annotations

from collections.abc import Sequence

from kjtui.history.search import Filter
from kjtui.record.model import Record


def visible_events(limit: Filter, record: Record) -> Sequence[int]:
    """Return the indices in ``record.events`` of the events that a filter keeps."""
    if not limit:
        return range(len(record.events))
    return tuple(index for index, event in enumerate(record.events) if limit.fits(event))


def shown_events(kept: Sequence[int], record: Record, *, minor: bool) -> Sequence[int]:
    """Return those of the given events that the timeline shows: without minor ones, unless wanted.

    A minor event that has an effect is shown in any case.
    """
    events = record.events
    main = [index for index in kept if events[index].weight == "main" or events[index].effects]
    return kept if minor or len(main) == len(kept) else tuple(main)


def filter_label(limit: Filter, record: Record) -> str:
    """Describe a filter in a few words; an empty filter has none."""
    if not limit:
        return ""
    track = record.tracks[limit.track].name if limit.track else ""
    actor = f"by {record.dataset.actors[limit.actor]}" if limit.actor else ""
    return " · ".join(part for part in ("only", track, limit.kind, actor) if part)


def filter_for(limit: Filter, record: Record) -> Filter:
    """Return a filter without the track and the actor that a record does not have."""
    return Filter(
        limit.track if limit.track in record.tracks else "",
        limit.kind,
        limit.actor if limit.actor in record.dataset.actors else "",
    )
