"""The tables of events, their effects and the disagreements of their sources."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.formats.tables.table_model import (
    ACTOR,
    DATE,
    EVENT,
    ID,
    SOURCE,
    STATE,
    STATE_OF_TRACK,
    TRACK,
    Column,
    ForeignKey,
    Rows,
    Table,
)
from kjtui.history.snapshot import History
from kjtui.record.model import Dispute, Reading

_DISPUTE = Column("dispute", "number of the disagreement within the event", "integer")
_READING = Column("reading", "number of the reading within the disagreement", "integer")
_OF_DISPUTE = ForeignKey(("event", "dispute"), "disputes", ("event", "dispute"))
_OF_READING = ForeignKey(("event", "dispute", "reading"), "readings", ("event", "dispute", "reading"))


def _events(history: History) -> Rows:
    for event in history.record.events:
        yield (
            event.id,
            event.date,
            event.date.first,
            event.date.last,
            event.end,
            event.time,
            event.kind,
            event.title,
            event.summary,
            event.confidence,
            event.weight,
            bool(event.disputed),
        )


def _event_actors(history: History) -> Rows:
    for event in history.record.events:
        for actor in event.actors:
            yield event.id, actor


def _event_sources(history: History) -> Rows:
    for event in history.record.events:
        for source in event.sources:
            yield event.id, source


def _effects(history: History) -> Rows:
    for event in history.record.events:
        for effect in event.effects:
            yield (
                event.id,
                effect.track,
                effect.state,
                effect.stage,
                effect.in_force,
                effect.until,
                effect.then,
                effect.note,
            )


def _touches(history: History) -> Rows:
    for event in history.record.events:
        for track in event.touches:
            yield event.id, track


def _says(history: History) -> Rows:
    for event in history.record.events:
        for actor, words in event.says.items():
            yield event.id, actor, words


def _numbered_disputes(history: History) -> Iterator[tuple[str, int, Dispute]]:
    """Yield each dispute with its event and its number within the event."""
    for event in history.record.events:
        for number, dispute in enumerate(event.disputed, 1):
            yield event.id, number, dispute


def _disputes(history: History) -> Rows:
    for event, number, dispute in _numbered_disputes(history):
        yield event, number, dispute.about


def _numbered_readings(history: History) -> Iterator[tuple[str, int, int, Reading]]:
    """Yield each reading of a dispute, with its event, the dispute's number and the reading's number."""
    for event, dispute_number, dispute in _numbered_disputes(history):
        for number, reading in enumerate(dispute.readings, 1):
            yield event, dispute_number, number, reading


def _readings(history: History) -> Rows:
    for event, dispute, number, reading in _numbered_readings(history):
        yield event, dispute, number, reading.says


def _reading_sources(history: History) -> Rows:
    for event, dispute, number, reading in _numbered_readings(history):
        for source in reading.sources:
            yield event, dispute, number, source


EVENT_TABLES = (
    Table(
        "events",
        "What happened.",
        _events,
        (
            ID,
            Column("date", f"when it happened, or became public if that was later: {DATE}"),
            Column("first_day", "first day the date can mean", "date"),
            Column("last_day", "last day the date can mean; the same where the day is known", "date"),
            Column("end", f"last day, where it lasted: {DATE}"),
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
    Table("event_actors", "Who acted.", _event_actors, (EVENT, ACTOR)),
    Table("event_sources", "Who says so, official documents first.", _event_sources, (EVENT, SOURCE)),
    Table(
        "effects",
        "What an event does to a track.",
        _effects,
        (
            EVENT,
            TRACK,
            STATE,
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
        parents=(STATE_OF_TRACK,),
    ),
    Table("touches", "The tracks an event bears on without changing them.", _touches, (EVENT, TRACK)),
    Table(
        "says",
        "How each side described an event, where they differ.",
        _says,
        (EVENT, ACTOR, Column("says", "in its words")),
    ),
    Table(
        "disputes",
        "What sources disagree on.",
        _disputes,
        (EVENT, _DISPUTE, Column("about", "on what")),
        ("event", "dispute"),
    ),
    Table(
        "readings",
        "What each side of a disagreement says.",
        _readings,
        (EVENT, _DISPUTE, _READING, Column("says", "what it says")),
        ("event", "dispute", "reading"),
        (_OF_DISPUTE,),
    ),
    Table(
        "reading_sources",
        "Which sources say so.",
        _reading_sources,
        (EVENT, _DISPUTE, _READING, SOURCE),
        parents=(_OF_DISPUTE, _OF_READING),
    ),
)
"""The tables, in order."""
