"""The list of events."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.find.search import Index
from kjtui.formats.json.event_json import EventJson, event_json
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.lists.listing import AsOf, Column, Listing, seen_from
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import Event, Source
from kjtui.words import labels


class EventsJson(Struct):
    """A list of events."""

    schema: Literal["kjtui/events/1"]
    as_of: AsOf
    dataset: DatasetJson
    events: list[EventJson]


def event_listing(history: History, event_filter: Filter, order: str = "") -> Listing:
    """Return a list of the events that match a filter, in the order of :func:`ordered_events`."""
    snapshot = seen_from(history, event_filter)
    events = ordered_events(snapshot, event_filter, order)
    sources = history.record.sources
    items = [event_json(event, snapshot) for event in events]
    return Listing(
        "events",
        items,
        (
            Column("date", lambda event: event.date.text),
            Column("id", lambda event: event.id),
            Column("actors", lambda event: " ".join(event.actors)),
            Column("title", _event_title),
        ),
        (
            *("id", "date", "end", "time", "kind", "weight", "actors", "title", "summary", "says", "touches"),
            *("confidence", "disputed"),
            Column(
                "sources", lambda event: "; ".join(map(_citation, map(sources.__getitem__, event.sources)))
            ),
            Column("source_ids", lambda event: " ".join(event.sources)),
        ),
        EventsJson("kjtui/events/1", snapshot.day, dataset_json(history.record), items),
    )


def _citation(source: Source) -> str:
    """Return a source as the text of one cell: publisher, title, date and address."""
    day = source.date.text if source.date else ""
    return ", ".join(filter(None, (source.publisher, f"“{source.title}”", day, source.url)))


def _event_title(event: EventJson) -> str:
    return f"{event.title} {labels.DISPUTED}" if event.disputed else event.title


def ordered_events(snapshot: Snapshot, event_filter: Filter, order: str = "") -> list[Event]:
    """Return the events of a snapshot that match a filter.

    Args:
        snapshot: the snapshot.
        event_filter: the filter.
        order: "day" sorts by day. Otherwise, the best match comes first if there is a query; without a query,
            events are sorted by day.
    """
    events = selected_events(snapshot, event_filter)
    if order != "day":
        return events
    chosen = {event.id for event in events}
    return [event for event in snapshot.events if event.id in chosen]


def selected_events(snapshot: Snapshot, event_filter: Filter) -> list[Event]:
    """Return the events of a snapshot that match a filter.

    If there is a query, the best match comes first. Without a query, events are sorted by day.
    """
    events = []
    for event_index in Index(snapshot.record).hits(event_filter):
        if event_index >= snapshot.event_count:
            continue
        event = snapshot.record.events[event_index]
        if not event_filter.disputed or snapshot.is_disputed(event) == (event_filter.disputed == "yes"):
            events.append(event)
    return events
