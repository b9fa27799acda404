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
        for dispute_number, dispute in enumerate(event.disputed, 1):
            yield event.id, dispute_number, dispute


def _disputes(history: History) -> Rows:
    for event_id, dispute_number, dispute in _numbered_disputes(history):
        yield event_id, dispute_number, dispute.about


def _numbered_readings(history: History) -> Iterator[tuple[str, int, int, Reading]]:
    """Yield each reading with its event, the number of its dispute, and its number within the dispute."""
    for event_id, dispute_number, dispute in _numbered_disputes(history):
        for reading_number, reading in enumerate(dispute.readings, 1):
            yield event_id, dispute_number, reading_number, reading


def _readings(history: History) -> Rows:
    for event_id, dispute_number, reading_number, reading in _numbered_readings(history):
        yield event_id, dispute_number, reading_number, reading.says


def _reading_sources(history: History) -> Rows:
    for event_id, dispute_number, reading_number, reading in _numbered_readings(history):
        for source in reading.sources:
            yield event_id, dispute_number, reading_number, source


EVENT_TABLES = (
    Table(
        "events",
        "The events.",
        _events,
        (
            ID,
            Column("date", f"day of the event, or of its publication if that was later: {DATE}"),
            Column("first_day", "first day that the date can mean", "date"),
            Column(
                "last_day", "last day that the date can mean; equal to first_day if the day is known", "date"
            ),
            Column("end", f"last day of an event of several days: {DATE}"),
            Column("time", "local time, HH:MM, if known"),
            Column("kind", "kind of event: measure, licence, case, pact, court, meeting, …"),
            Column("title", "title of the event"),
            Column("summary", "summary of what was known on that day"),
            Column("confidence", "high, medium or low"),
            Column("weight", "main, or minor for details"),
            Column("disputed", "whether sources disagree: see the table disputes", "boolean"),
        ),
        ("id",),
    ),
    Table("event_actors", "The actors of each event.", _event_actors, (EVENT, ACTOR)),
    Table(
        "event_sources",
        "The sources of each event, official documents first.",
        _event_sources,
        (EVENT, SOURCE),
    ),
    Table(
        "effects",
        "The effects of events on tracks.",
        _effects,
        (
            EVENT,
            TRACK,
            STATE,
            Column("stage", "in-talks, announced, proposed, adopted or in-force"),
            Column(
                "in_force",
                "day on which it takes effect, or target day; if empty and in-force, the day of the event",
                "date",
            ),
            Column("until", "last day of the state by its own text", "date"),
            Column("then", "following state by the same text"),
            Column("note", "remark on the effect"),
        ),
        parents=(STATE_OF_TRACK,),
    ),
    Table("touches", "The tracks that an event concerns but does not change.", _touches, (EVENT, TRACK)),
    Table(
        "says",
        "The account of each side, if the accounts of an event differ.",
        _says,
        (EVENT, ACTOR, Column("says", "account of this side")),
    ),
    Table(
        "disputes",
        "The points on which sources disagree.",
        _disputes,
        (EVENT, _DISPUTE, Column("about", "subject of the disagreement")),
        ("event", "dispute"),
    ),
    Table(
        "readings",
        "The versions of each disagreement.",
        _readings,
        (EVENT, _DISPUTE, _READING, Column("says", "text of this version")),
        ("event", "dispute", "reading"),
        (_OF_DISPUTE,),
    ),
    Table(
        "reading_sources",
        "The sources of each version.",
        _reading_sources,
        (EVENT, _DISPUTE, _READING, SOURCE),
        parents=(_OF_DISPUTE, _OF_READING),
    ),
)
"""The tables, in order."""
