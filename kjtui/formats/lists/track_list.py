"""The list of tracks with their standings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.find.query import parse_query
from kjtui.find.term_match import has_name
from kjtui.find.word_match import matches
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.json.track_json import TrackJson, track_json
from kjtui.formats.lists.listing import AsOf, Column, Listing, any_fits, named_first, strings
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses
from kjtui.record.model import Track
from kjtui.words import labels


class TracksJson(Struct):
    """A list of tracks, with their standings."""

    schema: Literal["kjtui/tracks/1"]
    as_of: AsOf
    dataset: DatasetJson
    tracks: list[TrackJson]


def track_listing(snapshot: Snapshot, match: str = "", only: Collection[str] = ()) -> Listing:
    """Return a list of the tracks that match a query, with their standings.

    If ``only`` is not empty, other tracks are omitted.
    """
    record = snapshot.record
    query = parse_query(match, record)
    items = []
    for standing in snapshot.standings:
        if only and standing.track.id not in only:
            continue
        item = track_json(standing, snapshot.day)
        texts = (*strings(item), standing.track.short, standing.track.about, *standing.track.aliases)
        if matches(query.words, texts) and _fits(standing.track, texts, query.filters, snapshot):
            items.append(item)
    tracks = record.tracks
    items = named_first(query.words, items, lambda item: (item.id, item.name, *tracks[item.id].aliases))
    return Listing(
        "tracks",
        items,
        (
            Column("id", lambda track: track.id),
            Column("name", lambda track: track.name),
            Column("state", lambda track: track.label),
            Column("since", lambda track: labels.start(snapshot.standing(track.id)) or "–"),
            Column("pending", lambda track: _pending(track, snapshot)),
        ),
        ("id", "group", "name", "state", "label", "since", "because", "pending", "facts"),
        TracksJson("kjtui/tracks/1", snapshot.day, dataset_json(record), items),
    )


def _fits(track: Track, texts: Iterable[str], filters: Iterable[Filter], snapshot: Snapshot) -> bool:
    """Return whether a track matches all filters.

    Filters for terms and for tracks test the track itself, because its events can also mention unrelated
    terms and concern other tracks. All other filters test the events of the track.
    """
    record = snapshot.record
    about_events = []
    for event_filter in filters:
        if event_filter.term:
            is_named = has_name(texts, record.terms[event_filter.term], record)
            if is_named == event_filter.negated:
                return False
        elif event_filter.track and event_filter.negated:
            if event_filter.track == track.id:
                return False
        elif event_filter.track and event_filter.track != track.id:
            return False
        else:
            about_events.append(event_filter)
    events = (event for event in snapshot.events if track.id in event.tracks)
    return any_fits(events, about_events, record)


def _pending(track: TrackJson, snapshot: Snapshot) -> str:
    standing = snapshot.standing(track.id)
    return join_clauses(labels.pending(entry, standing, snapshot.day) for entry in standing.pending)
