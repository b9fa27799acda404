"""The list of sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.find.query import parse_query
from kjtui.find.word_match import matches
from kjtui.formats.json.record_json import DatasetJson, SourceJson, dataset_json, source_json
from kjtui.formats.lists.event_list import selected_events
from kjtui.formats.lists.listing import AsOf, Column, Listing, any_fits, named_first, seen_from, strings
from kjtui.history.snapshot import History, Snapshot, sources_of
from kjtui.languages import tr
from kjtui.record.model import Event, Source


class ListedSourceJson(SourceJson):
    """A source in a list. ``later`` is true if the source was published after the day of the list."""

    later: bool = False


class SourcesJson(Struct):
    """A list of sources."""

    schema: Literal["kjtui/sources/1"]
    as_of: AsOf
    dataset: DatasetJson
    sources: list[ListedSourceJson]


def source_listing(history: History, event_filter: Filter, match: str = "") -> Listing:
    """Return a list of the sources that match a query and are cited by events that match a filter."""
    day = seen_from(history, event_filter).day
    items = [_listed_source(source, day) for source in selected_sources(history, event_filter, match)]
    return Listing(
        "sources",
        items,
        (
            Column("date", lambda source: source.date.text if source.date else "–"),
            Column("id", lambda source: source.id),
            Column("publisher", lambda source: source.publisher),
            Column("title", lambda source: source.title),
            Column("later", lambda source: tr("later than {day}", day=day) if source.later else "–"),
            Column("url", lambda source: source.url or ""),
        ),
        ("id", "date", "publisher", "title", "url", "language", "kind", "machine_translated", "later"),
        SourcesJson("kjtui/sources/1", day, dataset_json(history.record), items),
    )


def _listed_source(source: Source, day: date) -> ListedSourceJson:
    fields = msgspec.structs.asdict(source_json(source))
    return ListedSourceJson(**fields, later=source.is_later(day))


def selected_sources(history: History, event_filter: Filter, match: str = "") -> list[Source]:
    """Return the sources that match a query and are cited by events that match a filter.

    Without a filter for events, return all matching sources of the record.
    """
    record = history.record
    query = parse_query(match, record)
    snapshot = seen_from(history, event_filter)
    about_events = event_filter.about_events()
    fields_about_events = list(filter(None, map(Filter.about_events, query.filters)))
    cited: Iterable[str] = record.sources
    if about_events or fields_about_events:
        events = [
            event
            for event in selected_events(snapshot, about_events)
            if any_fits((event,), fields_about_events, record)
        ]
        cited = _cited_by(events, snapshot)
    sources = []
    for source in map(record.sources.__getitem__, cited):
        fits = all(source_filter.fits_source(source) for source_filter in (event_filter, *query.filters))
        if fits and matches(query.words, strings(source_json(source))):
            sources.append(source)
    return named_first(query.words, sources, lambda source: (source.title,))


def _cited_by(events: Iterable[Event], snapshot: Snapshot) -> Iterable[str]:
    """Return the ids of the sources of events, without duplicates."""
    cited: dict[str, None] = {}
    for event in events:
        cited.update(dict.fromkeys(sources_of(event, snapshot)))
    return cited
