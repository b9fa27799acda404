"""The tables that a record is exported as: what each column means, and how they join.

A table has no lists in it: what a value of the record has many of is a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

Type = Literal["string", "date", "integer", "boolean"]


class Column(NamedTuple):
    """A column; ``type`` is one of the types of Table Schema."""

    name: str
    meaning: str
    type: Type = "string"


class Table(NamedTuple):
    """A table. ``key`` names the columns that tell its rows apart, where there are any such."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def joins(self) -> Iterator[tuple[tuple[str, ...], str, tuple[str, ...]]]:
        """The columns that refer to another table, that table, and its columns they refer to."""
        names = {column.name for column in self.columns}
        for name, table in _IDS_OF.items():
            if name in names:
                yield (name,), table, ("id",)
        if {"track", "state"} <= names:
            yield ("track", "state"), "states", ("track", "id")
        for name in ("disputes", "readings"):
            key = TABLES[name].key
            if set(key) <= names and name != self.name:
                yield key, name, key


_IDS_OF = {
    "actor": "actors",
    "track": "tracks",
    "meeting": "meetings",
    "event": "events",
    "because": "events",
    "source": "sources",
    "term": "terms",
}
"""Columns of these names hold the id of a row in these tables."""

_DATE = "ISO 8601, as precise as known"
_ID = Column("id", "id of the row, stable, never reused")
_ACTOR = Column("actor", "who")
_TRACK = Column("track", "the track")
_STATE = Column("state", "the state of that track")
_MEETING = Column("meeting", "the meeting")
_EVENT = Column("event", "the event")
_SOURCE = Column("source", "the source")
_TERM = Column("term", "the term")
_NAME = Column("name", "its name")
_SHORT = Column("short", "its name where there is little room")
_ALIAS = Column("alias", "other name, in any language")
_DISPUTE = Column("dispute", "number of the disagreement within the event", "integer")
_READING = Column("reading", "number of the reading within the disagreement", "integer")
_LIFE = (
    Column("starts", f"when it starts: {_DATE}, with the local time"),
    Column("ends", f"when it ends: {_DATE}, with the local time"),
    Column("form", "in-person, video, telephone or written"),
    Column("place", "where"),
    Column("level", "at what level"),
    Column("agenda", "what it is about"),
    Column("outcome", "what came of it"),
)

_TABLES = (
    Table(
        "dataset",
        "The record as a whole.",
        (
            Column("title", "title of the record"),
            Column("version", "version of the record"),
            Column("digest", "sha256 of the store it was read from"),
            Column("first_day", "first day it undertakes to cover", "date"),
            Column("last_day", "last day it undertakes to cover", "date"),
            Column("reviewed", "day on which it was last read against its sources", "date"),
            Column("notice", "a sentence that every export carries"),
        ),
    ),
    Table("actors", "Who acts.", (_ID, _NAME), ("id",)),
    Table(
        "tracks",
        "What is followed.",
        (
            _ID,
            Column("group", "heading under which it stands"),
            _NAME,
            _SHORT,
            Column("about", "what is followed"),
            Column("initial_state", "its state before its first event"),
            Column("initial_since", f"since when, where known: {_DATE}"),
            Column("initial_note", "what is to be known of that state"),
        ),
        ("id",),
    ),
    Table("track_aliases", "Other names of tracks.", (_TRACK, _ALIAS)),
    Table("track_sources", "Who says what a track's first state was.", (_TRACK, _SOURCE)),
    Table(
        "states",
        "The states each track can be in.",
        (
            _TRACK,
            Column("id", "id of the state within the track"),
            Column("label", "its name"),
            _SHORT,
            Column("meaning", "what it means"),
            Column("tone", "how it weighs: free, eased, controlled, or idle for a procedure at rest"),
        ),
        ("track", "id"),
    ),
    Table(
        "runs",
        "Which state each track was in, from day to day: worked out from the effects.",
        (
            _TRACK,
            _STATE,
            Column(
                "first_day", "first day at whose end it is known to hold; empty for the first run", "date"
            ),
            Column("last_day", "last such day; empty for the state at the end of the record", "date"),
            Column("since", f"since when it held, which may have become known later: {_DATE}"),
            Column("because", "the event that put it in force; empty before the first event"),
        ),
    ),
    Table(
        "events",
        "What happened.",
        (
            _ID,
            Column("date", f"when it happened, or became public if that was later: {_DATE}"),
            Column("first_day", "first day the date can mean", "date"),
            Column("last_day", "last day the date can mean; the same where the day is known", "date"),
            Column("end", f"last day, where it lasted: {_DATE}"),
            Column("time", "local time, HH:MM, where known"),
            Column("kind", "what it is: measure, licence, case, pact, court, meeting, …"),
            Column("title", "in one line"),
            Column("summary", "what was known that day"),
            Column("confidence", "high, medium or low"),
            Column("disputed", "whether sources disagree: see the table disputes", "boolean"),
        ),
        ("id",),
    ),
    Table("event_actors", "Who acted.", (_EVENT, _ACTOR)),
    Table("event_sources", "Who says so, official documents first.", (_EVENT, _SOURCE)),
    Table(
        "effects",
        "What an event does to a track.",
        (
            _EVENT,
            _TRACK,
            _STATE,
            Column("stage", "proposed, adopted or in-force"),
            Column(
                "in_force",
                "day it takes effect; where empty, the event's own if in-force, else not set",
                "date",
            ),
            Column("note", "what else is to be known"),
        ),
    ),
    Table("touches", "The tracks an event bears on without changing them.", (_EVENT, _TRACK)),
    Table(
        "says",
        "How each side described an event, where they differ.",
        (_EVENT, _ACTOR, Column("says", "in its words")),
    ),
    Table(
        "disputes",
        "What sources disagree on.",
        (_EVENT, _DISPUTE, Column("about", "on what")),
        ("event", "dispute"),
    ),
    Table(
        "readings",
        "What each side of a disagreement says.",
        (_EVENT, _DISPUTE, _READING, Column("says", "what it says")),
        ("event", "dispute", "reading"),
    ),
    Table("reading_sources", "Which sources say so.", (_EVENT, _DISPUTE, _READING, _SOURCE)),
    Table(
        "meetings",
        "Meetings, as the whole record knows them.",
        (
            _ID,
            Column("series", "the series it belongs to"),
            Column("round", "its number within the series", "integer"),
            _NAME,
            _SHORT,
            Column("status", "planned, under-way, held or cancelled"),
            *_LIFE,
        ),
        ("id",),
    ),
    Table("meeting_aliases", "Other names of meetings.", (_MEETING, _ALIAS)),
    Table(
        "meeting_steps",
        "What each event told of a meeting; what is empty stays as it was known.",
        (_EVENT, _MEETING, Column("phase", "planned, changed, opened, closed or cancelled"), *_LIFE),
    ),
    Table(
        "meeting_heads",
        "Who leads each side of a meeting, as each event told it.",
        (_EVENT, _MEETING, _ACTOR, Column("head", "who leads")),
    ),
    Table(
        "sources",
        "Where a claim can be read.",
        (
            _ID,
            Column("title", "its title; in square brackets a description"),
            Column("publisher", "who published it"),
            Column("date", f"when it was published, where known: {_DATE}"),
            Column("url", "its address"),
            Column("language", "ISO 639-1"),
            Column("kind", "official, wire, press, reference or forum"),
            Column("machine_translated", "whether the text cited is a machine translation", "boolean"),
        ),
        ("id",),
    ),
    Table("terms", "The glossary.", (_ID, _NAME, Column("meaning", "what it means")), ("id",)),
    Table("term_aliases", "Other words for a term.", (_TERM, _ALIAS)),
    Table("term_sources", "Who explains a term.", (_TERM, _SOURCE)),
)

TABLES = {table.name: table for table in _TABLES}
"""Every table by its name."""
