"""The list of tracks with their standings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from msgspec import Struct

from kjtui.find.query import parse_query
from kjtui.find.term_match import has_name
from kjtui.find.word_match import matches
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.json.track_json import TrackJson, track_json
from kjtui.formats.lists.listing import AsOf, Column, Listing, any_fits, named_first, strings
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses
from kjtui.words import labels


class TracksJson(Struct):
    """A list of tracks, with their standings."""

    schema: Literal["kjtui/tracks/1"]
    as_of: AsOf
    dataset: DatasetJson
    tracks: list[TrackJson]


def track_listing(snapshot: Snapshot, match: str = "", only: Collection[str] = ()) -> Listing:
    """Return the tracks with their standings that match a query, by default of all tracks."""
    record = snapshot.record
    query = parse_query(match, record)
    # Match a term only with the track's own texts: its events also name many unrelated terms.
    terms = [limit for limit in query.filters if limit.term]
    others = [limit for limit in query.filters if not limit.term and not (limit.track and limit.negated)]
    items = []
    for standing in snapshot.standings:
        if only and standing.track.id not in only:
            continue
        item = track_json(standing, snapshot.day)
        events = (event for event in snapshot.events if item.id in event.tracks)
        if any(limit.track and (limit.track == item.id) == limit.negated for limit in query.filters):
            continue
        texts = (*strings(item), standing.track.short, standing.track.about, *standing.track.aliases)
        if any(has_name(texts, record.terms[limit.term], record) == limit.negated for limit in terms):
            continue
        if matches(query.words, texts) and any_fits(events, others, snapshot.record):
            items.append(item)
    tracks = snapshot.record.tracks
    items = named_first(query.words, items, lambda item: (item.id, item.name, *tracks[item.id].aliases))
    return Listing(
        "tracks",
        items,
        (
            Column("id", lambda track: track.id),
            Column("name", lambda track: track.name),
            Column("state", lambda track: track.label),
            Column("since", lambda track: track.since.text if track.since else "–"),
            Column("pending", lambda track: _pending(track, snapshot)),
        ),
        ("id", "group", "name", "state", "label", "since", "because", "pending", "facts"),
        TracksJson("kjtui/tracks/1", snapshot.day, dataset_json(snapshot.record), items),
    )


def _pending(track: TrackJson, snapshot: Snapshot) -> str:
    standing = snapshot.standing(track.id)
    return join_clauses(labels.pending(entry, standing, snapshot.day) for entry in standing.pending)
