"""Lists for scripts: events, meetings, tracks, sources and terms as seen from a day, and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from kjtui.find.filter import Filter, is_headed_by, names_term
from kjtui.find.query import parse_query
from kjtui.find.search import Index
from kjtui.find.word_match import matches
from kjtui.formats.json.encoding import builtins, from_attributes
from kjtui.formats.json.event_json import EventJson, event_json
from kjtui.formats.json.meeting_json import MeetingJson, meeting_json
from kjtui.formats.json.record_json import DatasetJson, SourceJson, dataset_json, source_json
from kjtui.formats.json.snapshot_json import NoteJson
from kjtui.formats.json.track_json import TrackJson, track_json
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import History, Snapshot, sources_of
from kjtui.languages import tr
from kjtui.notes import Note
from kjtui.record.model import Event, Record, Source, Term
from kjtui.words import labels

ItemT = TypeVar("ItemT")

AsOf = Annotated[date, Meta(description="the day from which the list is seen: nothing later is in it")]


class ListedMeetingJson(MeetingJson):
    """A meeting in a list; ``known`` is the day on which its days became public."""

    known: date


class TermJson(Struct):
    """A glossary entry.

    ``events`` are the events that name the term, newest first; ``heads`` are the meetings that this person
    headed.
    """

    id: str
    term: str
    meaning: str
    aliases: list[str]
    sources: list[str]
    heads: list[str]
    events: list[str]


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
    meetings: list[ListedMeetingJson]


class ListedSourceJson(SourceJson):
    """A source in a list; ``later`` says whether it was published after the day of the list."""

    later: bool = False


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
    sources: list[ListedSourceJson]


class TermsJson(Struct):
    """A list of glossary entries."""

    schema: Literal["kjtui/terms/1"]
    as_of: AsOf
    dataset: DatasetJson
    terms: list[TermJson]


class NotesJson(Struct):
    """A list of the reader's notes."""

    schema: Literal["kjtui/notes/1"]
    dataset: DatasetJson
    notes: list[NoteJson]


class Column(NamedTuple):
    """A column of a list in text and Markdown: its name, and its text for an item."""

    name: str
    text: Callable[[Any], str]


class Listing(NamedTuple):
    """A list before it is formatted.

    Attributes:
        noun: the name of its items in the plural.
        items: its items as data.
        columns: the columns of text and Markdown; the last may be long.
        fields: the columns of CSV: fields of an item, or columns with a text.
        whole: the list as data with the metadata of the record, for JSON.
        rows: the rows of text and Markdown, if different from the items.
    """

    noun: str
    items: list[Any]
    columns: tuple[Column, ...]
    fields: tuple[str | Column, ...]
    whole: Struct
    rows: list[Any] | None = None


def event_listing(history: History, wanted: Filter, order: str = "") -> Listing:
    """Return the events that fit a filter, in an order of :func:`ordered_events`."""
    snapshot = seen_from(history, wanted)
    events = ordered_events(snapshot, wanted, order)
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


def ordered_events(snapshot: Snapshot, wanted: Filter, order: str = "") -> list[Event]:
    """Return the events by a snapshot's day that fit a filter.

    Args:
        snapshot: the snapshot.
        wanted: the filter.
        order: "day" or "best"; by default best match first with a query, and by day without one.
    """
    events = selected_events(snapshot, wanted)
    if order != "day":
        return events
    chosen = {event.id for event in events}
    return [event for event in snapshot.events if event.id in chosen]


def _citation(source: Source) -> str:
    """Return a source in one cell: publisher, title, date and address."""
    day = source.date.text if source.date else ""
    return ", ".join(filter(None, (source.publisher, f"“{source.title}”", day, source.url)))


def _event_title(event: EventJson) -> str:
    return f"{event.title} {labels.DISPUTED}" if event.disputed else event.title


def meeting_listing(history: History, wanted: Filter, *, series: str = "", status: str = "") -> Listing:
    """Return the meetings that fit a filter, by their first day."""
    snapshot = seen_from(history, wanted)
    query = parse_query(wanted.text, history.record)
    filters = [one for one in (Filter(track=wanted.track), *query.filters) if one]
    items: list[ListedMeetingJson] = []
    days: dict[str, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    for state in snapshot.meetings.known:
        if series and state.meeting.series != series:
            continue
        if status and state.status != status:
            continue
        if wanted.level and not matches(wanted.level, (state.level,)):
            continue
        days_wanted = replace(wanted, last=None) if status == "planned" else wanted  # planned for later days
        if not _within(state, days_wanted):
            continue
        if not any_fits(state.events, filters, history.record):
            continue
        item, dates = _listed_meeting(state), labels.meeting_days(state)
        if matches(query.words, (*strings(item), state.meeting.short, *state.meeting.aliases, dates)):
            items.append(item)
            days[item.id] = dates
            names[item.id] = (state.meeting.name, state.meeting.short, *state.meeting.aliases)
    items = named_first(query.words, items, lambda meeting: names[meeting.id])
    return Listing(
        "meetings",
        items,
        (
            Column("when", lambda meeting: days[meeting.id]),
            Column("known", _later),
            Column("id", lambda meeting: meeting.id),
            Column("status", lambda meeting: labels.spoken(meeting.status)),
            Column("level", lambda meeting: meeting.level or "–"),
            Column("name", lambda meeting: meeting.name),
            Column("outcome", lambda meeting: meeting.outcome or "–"),
            Column("place", lambda meeting: meeting.place or "–"),
            Column("heads", _heads),
        ),
        (
            *("id", "name", "series", "round", "part_of", "status", "starts", "ends", "known", "form"),
            *("place", "level", "heads", "agenda", "outcome", "events"),
        ),
        MeetingsJson("kjtui/meetings/1", snapshot.day, dataset_json(history.record), items),
    )


def _heads(meeting: ListedMeetingJson) -> str:
    """Return the heads of the delegations; for a held meeting without known heads, "not reported"."""
    return _pairs(meeting.heads) or (tr("not reported") if meeting.status == "held" else "–")


def _listed_meeting(state: MeetingState) -> ListedMeetingJson:
    fields = msgspec.structs.asdict(meeting_json(state))
    return ListedMeetingJson(**fields, known=known_day(state))


def known_day(state: MeetingState) -> date:
    """Return the day on which the current dates of a meeting became public."""
    for event in state.events:
        step = event.meeting
        starts = step.starts or (event.date if step.phase in ("opened", "closed") else None) if step else None
        if starts is not None and state.starts is not None and starts.first == state.starts.first:
            return event.day
    return state.events[0].day


def _later(meeting: ListedMeetingJson) -> str:
    """Return the day on which a meeting became known, if later than its first day."""
    if meeting.starts and meeting.starts.exact and meeting.known > meeting.starts.first:
        return tr("known {day}", day=meeting.known)
    return "–"


def track_listing(snapshot: Snapshot, match: str = "") -> Listing:
    """Return the tracks with their standings that match a query."""
    query = parse_query(match, snapshot.record)
    items = []
    for standing in snapshot.standings:
        item = track_json(standing, snapshot.day)
        events = (event for event in snapshot.events if item.id in event.tracks)
        if any(limit.track not in ("", item.id) for limit in query.filters):
            continue
        texts = (*strings(item), standing.track.short, standing.track.about, *standing.track.aliases)
        if matches(query.words, texts) and any_fits(events, query.filters, snapshot.record):
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


def source_listing(history: History, wanted: Filter, match: str = "") -> Listing:
    """Return the sources that match a query, of the events that fit a filter."""
    day = seen_from(history, wanted).day
    items = [_listed_source(source, day) for source in selected_sources(history, wanted, match)]
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


def term_listing(history: History, match: str = "") -> Listing:
    """Return the glossary entries that match a query, with the events that name them."""
    record, snapshot = history.record, history.snapshot(history.last_day)
    terms = [
        term
        for term in record.terms.values()
        if matches(match, (term.id, term.term, term.meaning, *term.aliases))
    ]
    items = [_term_json(term, snapshot) for term in terms]
    items = named_first(match, items, lambda item: (item.term, *item.aliases))
    return Listing(
        "terms",
        items,
        (
            Column("id", lambda term: term.id),
            Column("term", lambda term: term.term),
            Column("events", lambda term: str(len(term.events))),
            Column("heads", lambda term: str(len(term.heads))),
            Column("meaning", lambda term: term.meaning),
            Column("aliases", lambda term: ", ".join(term.aliases)),
        ),
        ("id", "term", "meaning", "aliases", "sources", "heads", "events"),
        TermsJson("kjtui/terms/1", snapshot.day, dataset_json(record), items),
    )


def _term_json(term: Term, snapshot: Snapshot) -> TermJson:
    events = [event.id for event in reversed(snapshot.events) if names_term(event, term)]
    headed = [state.meeting.id for state in snapshot.meetings.known if is_headed_by(state, term)]
    return TermJson(term.id, term.term, term.meaning, list(term.aliases), list(term.sources), headed, events)


def note_listing(notes: Iterable[Note], record: Record, match: str = "") -> Listing:
    """Return the reader's notes that match a query."""
    items = [
        from_attributes(note, NoteJson)
        for note in notes
        if matches(match, (str(note.day), note.event, note.text))
    ]
    return Listing(
        "notes",
        items,
        (
            Column("day", lambda note: str(note.day)),
            Column("event", lambda note: note.event or "–"),
            Column("text", lambda note: " ".join(note.text.split()) or tr("bookmark")),
        ),
        ("day", "event", "text"),
        NotesJson("kjtui/notes/1", dataset_json(record), items),
    )


def selected_events(snapshot: Snapshot, wanted: Filter) -> list[Event]:
    """Return the events by a snapshot's day that fit a filter: best match first; without a query, by day."""
    events = []
    for number in Index(snapshot.record).hits(wanted):
        if number >= snapshot.event_count:
            continue
        event = snapshot.record.events[number]
        if not wanted.disputed or snapshot.is_disputed(event) == (wanted.disputed == "yes"):
            events.append(event)
    return events


def selected_sources(history: History, wanted: Filter, match: str = "") -> list[Source]:
    """Return the matching sources of the events that fit a filter; without a filter, of the whole record."""
    record = history.record
    query = parse_query(match, record)
    snapshot = seen_from(history, wanted)
    sources = list(record.sources.values())
    about_events = [limit.about_events() for limit in (wanted, *query.filters)]
    if any(about_events):
        fitting = selected_events(snapshot, about_events[0])
        events = [event for event in fitting if any_fits((event,), filter(None, about_events[1:]), record)]
        ids = dict.fromkeys(source for event in events for source in sources_of(event, snapshot))
        sources = [record.sources[source] for source in ids]
    for limit in (wanted, *query.filters):
        sources = [source for source in sources if limit.fits_source(source)]
    sources = [source for source in sources if matches(query.words, strings(source_json(source)))]
    return named_first(query.words, sources, lambda source: (source.title,))


def named_first(query: str, items: list[ItemT], names: Callable[[ItemT], Iterable[str]]) -> list[ItemT]:
    """Sort items with a match in the name before items with a match in other texts."""
    if not query:
        return items
    return sorted(items, key=lambda item: not matches(query, names(item)))


def seen_from(history: History, wanted: Filter) -> Snapshot:
    """Return the snapshot of the last day of a filter, by default of the last day of the record."""
    return history.snapshot(wanted.last or history.last_day)


def strings(item: Struct) -> list[str]:
    """Return every text and number of an item, as its formats show them."""
    return list(_strings(builtins(item)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield str(name) if part is True else ""
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _within(state: MeetingState, wanted: Filter) -> bool:
    """Return whether the dates of a meeting, held or planned, are within the days of a filter."""
    if not (wanted.first or wanted.last):
        return True
    if state.starts is None:
        return False
    last_day = (state.ends or state.starts).last
    too_early = wanted.first is not None and last_day < wanted.first
    too_late = wanted.last is not None and state.starts.first > wanted.last
    return not (too_early or too_late)


def any_fits(events: Iterable[Event], filters: Iterable[Filter], record: Record) -> bool:
    """Return whether an event fits all filters. Without filters, return true even if there is no event."""
    needed = tuple(filters)
    if not needed:
        return True
    return any(all(limit.fits(event, record) for limit in needed) for event in events)


def _pairs(values: dict[str, str]) -> str:
    return "; ".join(f"{name}: {text}" for name, text in values.items())


def _pending(track: TrackJson, snapshot: Snapshot) -> str:
    pending = snapshot.standing(track.id).pending
    return "; ".join(labels.pending(entry, snapshot.day) for entry in pending)
