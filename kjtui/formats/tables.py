"""The tables that a record is exported as: their rows, what each column means, and how they join.

Each column knows the path to its value in a row. No cell holds a list: a field with several values, such as
the sources of an event, has a table of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from kjtui.formats.json import track_json
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import History
from kjtui.record.model import (
    Dispute,
    Event,
    Fact,
    Meeting,
    MeetingStep,
    Point,
    Reading,
    Series,
    Term,
    Track,
)
from kjtui.record.partial_date import PartialDate, Period

Value = str | int | float | date | PartialDate | Period | None
"""What a cell can hold; ``None`` is what does not apply or is not known."""

Type = Literal["string", "date", "integer", "number", "boolean"]
"""A type of Table Schema."""


class Column(NamedTuple):
    """A column.

    Attributes:
        path: the attributes that lead from a row to the value of the column; by default its name.
        refers: the table whose ids the column holds, if it holds ids.
    """

    name: str
    meaning: str
    type: Type = "string"
    path: str = ""
    refers: str = ""

    def value(self, row: Any) -> Value:
        """Return the column's value in a row; ``None`` if something on the path is missing."""
        value = row
        for attribute in (self.path or self.name).split("."):
            if value is None:
                return None
            value = getattr(value, attribute)
        return bool(value) if self.type == "boolean" else value


class Table(NamedTuple):
    """A table. ``key`` names the columns that identify a row, if any do."""

    name: str
    meaning: str
    rows: Callable[[History], Iterable[Any]]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def joins(self) -> Iterator[tuple[tuple[str, ...], str, tuple[str, ...]]]:
        """Yield the columns that refer to another table, that table, and the columns they refer to."""
        names = {column.name for column in self.columns}
        for column in self.columns:
            if column.refers:
                yield (column.name,), column.refers, ("id",)
        if {"track", "state"} <= names:
            yield ("track", "state"), "states", ("track", "id")
        for name in ("disputes", "readings", "facts", "points"):
            key = TABLES[name].key
            if set(key) <= names and name != self.name:
                yield key, name, key


# Rows that are not themselves values of the record


class _Link(NamedTuple):
    """A value of the record, and one of the items in one of its fields, such as an event and a source."""

    owner: Any
    item: Any


class _Named(NamedTuple):
    """An entry of a mapping by actor, such as what an event says that an actor said (``item``)."""

    owner: Any
    actor: str
    item: str


class _Dispute(NamedTuple):
    event: Event
    number: int
    dispute: Dispute


class _Reading(NamedTuple):
    parent: _Dispute
    number: int
    reading: Reading


class _Fact(NamedTuple):
    track: Track
    number: int
    fact: Fact


class _Point(NamedTuple):
    series: Series
    number: int
    point: Point


class _Meeting(NamedTuple):
    """A meeting, and what became of it unless no event is about it."""

    meeting: Meeting
    state: MeetingState | None


class _Run(NamedTuple):
    track: str
    state: str
    first_day: date | None
    last_day: date | None
    since: str | None
    because: str | None


def _actors(history: History) -> Iterator[_Named]:
    dataset = history.record.dataset
    return (_Named(dataset, code, name) for code, name in dataset.actors.items())


def _tracks(history: History) -> Iterable[Track]:
    return history.record.tracks.values()


def _runs(history: History) -> Iterator[_Run]:
    for track in _tracks(history):
        for run in history.runs(track.id):
            standing = track_json(history.standing(track.id, run.first), run.first)
            first = None if run.first == date.min else run.first
            yield _Run(track.id, run.state.id, first, run.last, standing.since, standing.because)


def _events(history: History) -> Iterable[Event]:
    return history.record.events


def _disputes(history: History) -> Iterator[_Dispute]:
    for event in _events(history):
        for number, dispute in enumerate(event.disputed, 1):
            yield _Dispute(event, number, dispute)


def _readings(history: History) -> Iterator[_Reading]:
    for dispute in _disputes(history):
        for number, reading in enumerate(dispute.dispute.readings, 1):
            yield _Reading(dispute, number, reading)


def _facts(history: History) -> Iterator[_Fact]:
    for track in _tracks(history):
        for number, fact in enumerate(track.facts, 1):
            yield _Fact(track, number, fact)


def _series(history: History) -> Iterable[Series]:
    return history.record.series.values()


def _points(history: History) -> Iterator[_Point]:
    for series in _series(history):
        for number, point in enumerate(series.points, 1):
            yield _Point(series, number, point)


def _terms(history: History) -> Iterable[Term]:
    return history.record.terms.values()


def _meetings(history: History) -> Iterator[_Meeting]:
    known = {state.meeting.id: state for state in history.snapshot(history.last_day).meetings.known}
    return (_Meeting(meeting, known.get(meeting.id)) for meeting in history.record.meetings.values())


def _steps(history: History) -> Iterator[tuple[Event, MeetingStep]]:
    return ((event, event.meeting) for event in _events(history) if event.meeting)


def _links(owners: Callable[[History], Iterable[Any]], path: str) -> Callable[[History], Iterator[_Link]]:
    """Return the rows that join each owner with each of the items at ``path`` in it."""
    items = attrgetter(path)
    return lambda history: (_Link(owner, item) for owner in owners(history) for item in items(owner))


# Columns that several tables share

_DATE = "ISO 8601, as precise as known"
_ID = Column("id", "id of the row, stable, never reused")
_ACTOR = Column("actor", "who", refers="actors")
_TRACK = Column("track", "the track", refers="tracks")
_STATE = Column("state", "the state of that track")
_MEETING = Column("meeting", "the meeting", refers="meetings")
_EVENT = Column("event", "the event", refers="events")
_SOURCE = Column("source", "the source", refers="sources")
_TERM = Column("term", "the term", refers="terms")
_NAME = Column("name", "its name")
_SHORT = Column("short", "its name where there is little room")
_ALIAS = Column("alias", "other name, in any language")
_DISPUTE = Column("dispute", "number of the disagreement within the event", "integer")
_READING = Column("reading", "number of the reading within the disagreement", "integer")
_SERIES = Column("series", "the series", refers="series")
_FACT = Column("fact", "number of the fact within the track", "integer")
_POINT = Column("point", "number of the figure within the series", "integer")
_LIFE = (
    Column("starts", f"when it starts: {_DATE}, with the local time"),
    Column("ends", f"when it ends: {_DATE}, with the local time"),
    Column("form", "in-person, video, telephone or written"),
    Column("place", "where"),
    Column("level", "at what level"),
    Column("agenda", "what it is about"),
    Column("outcome", "what came of it"),
)


def _at(path: str, *columns: Column) -> tuple[Column, ...]:
    """Return columns whose values lie under ``path`` in a row."""
    return tuple(column._replace(path=f"{path}.{column.path or column.name}") for column in columns)


def _from(path: str, column: Column) -> Column:
    """Return a column whose value lies at ``path`` in a row."""
    return column._replace(path=path)


def _pairs(
    name: str,
    meaning: str,
    owners: Callable[[History], Iterable[Any]],
    path: str,
    owner: Column,
    item: Column,
) -> Table:
    """Return a table that joins the id of each owner with each of the items at ``path``."""
    return Table(name, meaning, _links(owners, path), (_from("owner.id", owner), _from("item", item)))


_TABLES = (
    Table(
        "dataset",
        "The record as a whole.",
        lambda history: [history.record],
        (
            Column("title", "title of the record", path="dataset.title"),
            Column("version", "version of the record", path="dataset.version"),
            Column("digest", "sha256 of the store it was read from"),
            Column("first_day", "first day it undertakes to cover", "date", "dataset.coverage.first"),
            Column("last_day", "last day it undertakes to cover", "date", "dataset.coverage.last"),
            Column(
                "reviewed", "day on which it was last read against its sources", "date", "dataset.reviewed"
            ),
            Column("notice", "a sentence that every export carries", path="dataset.notice"),
            Column("about", "what it is about, for a reader who knows nothing of it", path="dataset.about"),
            Column("start", "the day that a first reader is shown", "date", "dataset.start"),
            Column("license", "SPDX identifier of its licence", path="dataset.license"),
            Column("url", "where it is published", path="dataset.url"),
            Column("language", "language of its texts: ISO 639-1", path="dataset.language"),
        ),
    ),
    Table(
        "authors",
        "Who made the record.",
        lambda history: (_Link(history.record, author) for author in history.record.dataset.authors),
        (_from("item", Column("author", "name")),),
    ),
    Table("actors", "Who acts.", _actors, (_from("actor", _ID), _from("item", _NAME)), ("id",)),
    Table(
        "tracks",
        "What is followed.",
        _tracks,
        (
            _ID,
            Column("group", "heading under which it stands"),
            _NAME,
            _SHORT,
            Column("about", "what is followed"),
            Column("initial_state", "its state before its first event", path="initial.state"),
            Column("initial_since", f"since when, where known: {_DATE}", path="initial.since"),
            Column("initial_note", "what is to be known of that state", path="initial.note"),
        ),
        ("id",),
    ),
    _pairs("track_aliases", "Other names of tracks.", _tracks, "aliases", _TRACK, _ALIAS),
    _pairs(
        "track_sources",
        "Who says what a track's first state was.",
        _tracks,
        "initial.sources",
        _TRACK,
        _SOURCE,
    ),
    Table(
        "facts",
        "Particulars of tracks: what lasts, such as a customs code, and what a state requires.",
        _facts,
        (
            _from("track.id", _TRACK),
            _from("number", _FACT),
            Column("label", "what it is", path="fact.label"),
            Column("value", "what it says", path="fact.value"),
            Column("since", "first day on which it applies or was public", "date", path="fact.since"),
            Column("until", "last day on which it applies", "date", path="fact.until"),
        ),
        ("track", "fact"),
    ),
    Table(
        "fact_sources",
        "Who says so.",
        _links(_facts, "fact.sources"),
        (_from("owner.track.id", _TRACK), _from("owner.number", _FACT), _from("item", _SOURCE)),
    ),
    Table(
        "fact_states",
        "The states in which a fact applies; without any, it applies in all.",
        _links(_facts, "fact.states"),
        (
            _from("owner.track.id", _TRACK),
            _from("owner.number", _FACT),
            _from("item", _STATE),
        ),
    ),
    Table(
        "states",
        "The states each track can be in.",
        _links(_tracks, "states"),
        (
            _from("owner.id", _TRACK),
            *_at(
                "item",
                Column("id", "id of the state within the track"),
                Column("label", "its name"),
                _SHORT,
                Column("meaning", "what it means"),
                Column("tone", "free, eased or controlled; of procedures idle, open, advanced or closed"),
            ),
        ),
        ("track", "id"),
    ),
    Table(
        "runs",
        "Which state each track was in, from day to day: worked out from the effects.",
        _runs,
        (
            _TRACK,
            _STATE,
            Column(
                "first_day", "first day at whose end it is known to hold; empty for the first run", "date"
            ),
            Column("last_day", "last such day; empty for the state at the end of the record", "date"),
            Column("since", f"since when it held, which may have become known later: {_DATE}"),
            Column(
                "because", "the event that put it in force; empty before the first event", refers="events"
            ),
        ),
    ),
    Table(
        "series",
        "Figures published over time: one measure, one unit and one origin each.",
        _series,
        (
            _ID,
            _from("track", _TRACK),
            Column("title", "in one line"),
            Column("measure", "what is measured"),
            Column("unit", "in what unit"),
            Column("note", "what else is to be known"),
        ),
        ("id",),
    ),
    Table(
        "points",
        "The figures of each series.",
        _points,
        (
            _from("series.id", _SERIES),
            _from("number", _POINT),
            *_at(
                "point",
                Column("period", "the time it measures: a partial ISO 8601 date, or two joined by a slash"),
                Column("first_day", "first day of that time", "date", "period.first"),
                Column("last_day", "last day of that time", "date", "period.last"),
                Column("value", "the figure", "number"),
                Column("published", "day from which it was known", "date"),
                Column("derived", "whether it was computed from published figures", "boolean"),
            ),
        ),
        ("series", "point"),
    ),
    Table(
        "point_sources",
        "Who published a figure.",
        _links(_points, "point.sources"),
        (_from("owner.series.id", _SERIES), _from("owner.number", _POINT), _from("item", _SOURCE)),
    ),
    Table(
        "events",
        "What happened.",
        _events,
        (
            _ID,
            Column("date", f"when it happened, or became public if that was later: {_DATE}"),
            Column("first_day", "first day the date can mean", "date", "date.first"),
            Column(
                "last_day", "last day the date can mean; the same where the day is known", "date", "date.last"
            ),
            Column("end", f"last day, where it lasted: {_DATE}"),
            Column("time", "local time, HH:MM, where known"),
            Column("kind", "what it is: measure, licence, case, pact, court, meeting, …"),
            Column("title", "in one line"),
            Column("summary", "what was known that day"),
            Column("confidence", "high, medium or low"),
            Column("weight", "main, or minor for a side matter"),
            Column("disputed", "whether sources disagree: see the table disputes", "boolean"),
        ),
        ("id",),
    ),
    _pairs("event_actors", "Who acted.", _events, "actors", _EVENT, _ACTOR),
    _pairs("event_sources", "Who says so, official documents first.", _events, "sources", _EVENT, _SOURCE),
    Table(
        "effects",
        "What an event does to a track.",
        _links(_events, "effects"),
        (
            _from("owner.id", _EVENT),
            *_at(
                "item",
                _TRACK,
                _STATE,
                Column("stage", "in-talks, announced, proposed, adopted or in-force"),
                Column(
                    "in_force",
                    "day it takes effect or is meant for; where empty, the event's own if in-force",
                    "date",
                ),
                Column("until", "last day on which it holds by its own text", "date"),
                Column("then", "the state that follows by the same text"),
                Column("note", "what else is to be known"),
            ),
        ),
    ),
    _pairs(
        "touches", "The tracks an event bears on without changing them.", _events, "touches", _EVENT, _TRACK
    ),
    Table(
        "says",
        "How each side described an event, where they differ.",
        lambda history: (
            _Named(event, actor, said) for event in _events(history) for actor, said in event.says.items()
        ),
        (_from("owner.id", _EVENT), _ACTOR, Column("says", "in its words", path="item")),
    ),
    Table(
        "disputes",
        "What sources disagree on.",
        _disputes,
        (
            _from("event.id", _EVENT),
            _from("number", _DISPUTE),
            Column("about", "on what", path="dispute.about"),
        ),
        ("event", "dispute"),
    ),
    Table(
        "readings",
        "What each side of a disagreement says.",
        _readings,
        (
            _from("parent.event.id", _EVENT),
            _from("parent.number", _DISPUTE),
            _from("number", _READING),
            Column("says", "what it says", path="reading.says"),
        ),
        ("event", "dispute", "reading"),
    ),
    Table(
        "reading_sources",
        "Which sources say so.",
        _links(_readings, "reading.sources"),
        (
            _from("owner.parent.event.id", _EVENT),
            _from("owner.parent.number", _DISPUTE),
            _from("owner.number", _READING),
            _from("item", _SOURCE),
        ),
    ),
    Table(
        "meetings",
        "Meetings, as the whole record knows them.",
        _meetings,
        (
            *_at(
                "meeting",
                _ID,
                Column("series", "the series it belongs to"),
                Column("round", "its number within the series", "integer"),
                Column("part_of", "the meeting that it is a session of", refers="meetings"),
                _NAME,
                _SHORT,
            ),
            *_at("state", Column("status", "planned, under-way, held or cancelled"), *_LIFE),
        ),
        ("id",),
    ),
    _pairs(
        "meeting_aliases",
        "Other names of meetings.",
        lambda history: history.record.meetings.values(),
        "aliases",
        _MEETING,
        _ALIAS,
    ),
    Table(
        "meeting_steps",
        "What each event told of a meeting; what is empty stays as it was known.",
        lambda history: (_Link(event, step) for event, step in _steps(history)),
        (
            _from("owner.id", _EVENT),
            _from("item.id", _MEETING),
            *_at("item", Column("phase", "planned, changed, opened, closed or cancelled"), *_LIFE),
        ),
    ),
    Table(
        "meeting_heads",
        "Who leads each side of a meeting, as each event told it.",
        lambda history: (
            _Named(event, actor, head)
            for event, step in _steps(history)
            for actor, head in (step.heads or {}).items()
        ),
        (
            _from("owner.id", _EVENT),
            _from("owner.meeting.id", _MEETING),
            _ACTOR,
            Column("head", "who leads", path="item"),
        ),
    ),
    Table(
        "sources",
        "Where a claim can be read.",
        lambda history: history.record.sources.values(),
        (
            _ID,
            Column("title", "its title; in square brackets a description"),
            Column("publisher", "who published it"),
            Column("date", f"when it was published, where known: {_DATE}"),
            Column("url", "its address"),
            Column("language", "ISO 639-1"),
            Column("kind", "official, wire, press, reference or forum"),
            Column("machine_translated", "whether the text cited is a machine translation", "boolean"),
            Column("accessed", "day on which a page without a date was read", "date"),
            Column("archived", "address of an archived copy"),
            Column("copy_of", "publisher whose text it is a copy of"),
        ),
        ("id",),
    ),
    Table(
        "terms",
        "The glossary.",
        _terms,
        (_ID, _from("term", _NAME), Column("meaning", "what it means")),
        ("id",),
    ),
    _pairs("term_aliases", "Other words for a term.", _terms, "aliases", _TERM, _ALIAS),
    _pairs("term_sources", "Who explains a term.", _terms, "sources", _TERM, _SOURCE),
)

TABLES = {table.name: table for table in _TABLES}
"""Every table by its name."""
