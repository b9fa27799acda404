"""Lists for scripts: events, meetings, tracks and sources as seen from a day, and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import Meta, Struct

from kjtui.find.filter import tracks_of
from kjtui.find.search import Index, normalise
from kjtui.formats.json import (
    DatasetJson,
    EventJson,
    MeetingJson,
    NoteJson,
    SourceJson,
    TrackJson,
    dataset_json,
    event_json,
    meeting_json,
    source_json,
    track_json,
)
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import History, Snapshot, sources_of
from kjtui.notes import Note
from kjtui.record.model import Event, Record, Source
from kjtui.words import labels

AsOf = Annotated[date, Meta(description="the day from which the list is seen: nothing later is in it")]


class EventsJson(Struct):
    """A list of events."""

    schema: Literal["kjtui/events/1"]
    as_of: AsOf
    dataset: DatasetJson
    events: list[EventJson]


class MeetingsJson(Struct):
    """A list of meetings."""

    schema: Literal["kjtui/meetings/1"]
    as_of: AsOf
    dataset: DatasetJson
    meetings: list[MeetingJson]


class TracksJson(Struct):
    """A list of tracks, with their standings."""

    schema: Literal["kjtui/tracks/1"]
    as_of: AsOf
    dataset: DatasetJson
    tracks: list[TrackJson]


class SourcesJson(Struct):
    """A list of sources."""

    schema: Literal["kjtui/sources/1"]
    as_of: AsOf
    dataset: DatasetJson
    sources: list[SourceJson]


class NotesJson(Struct):
    """A list of the reader's notes."""

    schema: Literal["kjtui/notes/1"]
    dataset: DatasetJson
    notes: list[NoteJson]


class Selection(NamedTuple):
    """Which things to list; an empty part selects all.

    Attributes:
        first: the first day.
        last: the last day; nothing that became public later is used.
        match: words that are all to be found, as in a search.
    """

    first: date | None = None
    last: date | None = None
    track: str = ""
    kind: str = ""
    actor: str = ""
    meeting: str = ""
    match: str = ""


class Column(NamedTuple):
    """A column of a list in text and Markdown: its name, and its text for an item."""

    name: str
    text: Callable[[Any], str]


class Listing(NamedTuple):
    """A list, not yet in a format.

    Attributes:
        items: what it lists, as data.
        columns: what text and Markdown show of an item; the last may be long.
        fields: the fields of an item that CSV has as columns.
        whole: all of it as data, with the record it was drawn from.
    """

    items: list[Any]
    columns: tuple[Column, ...]
    fields: tuple[str, ...]
    whole: Struct


def event_listing(history: History, wanted: Selection) -> Listing:
    """Return the events that fit a selection."""
    snapshot = _seen_from(history, wanted)
    items = [event_json(event, snapshot) for event in _events(history, snapshot, wanted)]
    return Listing(
        items,
        (
            Column("date", lambda event: event.date),
            Column("id", lambda event: event.id),
            Column("actors", lambda event: " ".join(event.actors)),
            Column(
                "title", lambda event: f"{event.title} {labels.DISPUTED if event.disputed else ''}".strip()
            ),
        ),
        (
            *("id", "date", "end", "time", "kind", "weight", "actors", "title", "summary", "touches"),
            *("confidence", "disputed", "sources"),
        ),
        EventsJson("kjtui/events/1", snapshot.day, dataset_json(history.record), items),
    )


def meeting_listing(history: History, wanted: Selection) -> Listing:
    """Return the meetings that fit a selection, by their first day."""
    snapshot = _seen_from(history, wanted)
    items = [meeting_json(state) for state in snapshot.meetings.known if _fits_meeting(state, wanted)]
    return Listing(
        items,
        (
            Column("starts", lambda meeting: (meeting.starts or "–")[:10]),
            Column("id", lambda meeting: meeting.id),
            Column("status", lambda meeting: labels.spoken(meeting.status)),
            Column("name", lambda meeting: meeting.name),
        ),
        (
            *("id", "name", "series", "round", "part_of", "status", "starts", "ends", "form", "place"),
            *("level", "agenda", "outcome", "events"),
        ),
        MeetingsJson("kjtui/meetings/1", snapshot.day, dataset_json(history.record), items),
    )


def track_listing(snapshot: Snapshot, match: str = "") -> Listing:
    """Return the tracks with their standings, those in whose names every word of ``match`` occurs."""
    items = [
        track_json(standing, snapshot.day)
        for standing in snapshot.standings
        if _matches(
            match, (standing.track.id, standing.track.name, standing.track.group, *standing.track.aliases)
        )
    ]
    return Listing(
        items,
        (
            Column("id", lambda track: track.id),
            Column("name", lambda track: track.name),
            Column("state", lambda track: track.label),
            Column("since", lambda track: track.since or "–"),
            Column("pending", lambda track: _pending(track, snapshot)),
        ),
        ("id", "group", "name", "state", "label", "since", "because"),
        TracksJson("kjtui/tracks/1", snapshot.day, dataset_json(snapshot.record), items),
    )


def source_listing(history: History, wanted: Selection) -> Listing:
    """Return the sources that fit a selection, see :func:`selected_sources`."""
    items = [source_json(source) for source in selected_sources(history, wanted)]
    return Listing(
        items,
        (
            Column("date", lambda source: source.date or "–"),
            Column("id", lambda source: source.id),
            Column("publisher", lambda source: source.publisher),
            Column("title", lambda source: source.title),
            Column("url", lambda source: source.url or ""),
        ),
        ("id", "date", "publisher", "title", "url", "language", "kind", "machine_translated"),
        SourcesJson("kjtui/sources/1", _seen_from(history, wanted).day, dataset_json(history.record), items),
    )


def note_listing(notes: Iterable[Note], record: Record, match: str = "") -> Listing:
    """Return the reader's notes, those in whose text every word of ``match`` occurs."""
    items = [NoteJson(note.day, note.event, note.text) for note in notes if _matches(match, (note.text,))]
    return Listing(
        items,
        (
            Column("day", lambda note: str(note.day)),
            Column("event", lambda note: note.event or "–"),
            Column("text", lambda note: " ".join(note.text.split()) or "bookmark"),
        ),
        ("day", "event", "text"),
        NotesJson("kjtui/notes/1", dataset_json(record), items),
    )


def selected_sources(history: History, wanted: Selection) -> list[Source]:
    """Return the sources of the events that fit a selection, those whose texts hold every word of its match.

    Without a choice of events, it is every source of the record.
    """
    record = history.record
    of_events = wanted._replace(match="")
    if any(of_events):
        snapshot = _seen_from(history, wanted)
        events = _events(history, snapshot, of_events)
        ids = dict.fromkeys(source for event in events for source in sources_of(event, snapshot))
        sources = [record.sources[source] for source in ids]
    else:
        sources = list(record.sources.values())
    return [source for source in sources if _matches(wanted.match, _texts(source))]


def _seen_from(history: History, wanted: Selection) -> Snapshot:
    return history.snapshot(wanted.last or history.last_day)


def _events(history: History, snapshot: Snapshot, wanted: Selection) -> list[Event]:
    first = wanted.first or date.min
    matching: set[str] | None = None
    if wanted.match:
        events = history.record.events
        matching = {events[found].id for found in Index(history.record).find(wanted.match)}
    return [
        event
        for event in snapshot.events
        if event.day >= first
        and (not wanted.track or wanted.track in tracks_of(event))
        and (not wanted.kind or event.kind == wanted.kind)
        and (not wanted.actor or wanted.actor in event.actors)
        and (not wanted.meeting or (event.meeting is not None and event.meeting.id == wanted.meeting))
        and (matching is None or event.id in matching)
    ]


def _fits_meeting(state: MeetingState, wanted: Selection) -> bool:
    """Return whether a meeting fits: by its days, where they are known, and by its names."""
    meeting = state.meeting
    if wanted.first and (not state.starts or (state.ends or state.starts).last < wanted.first):
        return False
    if wanted.last and (not state.starts or state.starts.first > wanted.last):
        return False
    if wanted.track and not any(wanted.track in tracks_of(event) for event in state.events):
        return False
    names = (meeting.id, meeting.name, meeting.short, *meeting.aliases, state.place, *state.heads.values())
    return _matches(wanted.match, names)


def _matches(match: str, texts: Iterable[str]) -> bool:
    text = normalise(" ".join(texts))
    return all(word in text for word in normalise(match).split())


def _texts(source: Source) -> tuple[str, ...]:
    return source.id, source.title, source.publisher, source.url, source.language, source.kind


def _pending(track: TrackJson, snapshot: Snapshot) -> str:
    pending = snapshot.standing(track.id).pending
    return "; ".join(labels.pending(entry, snapshot.day) for entry in pending)
