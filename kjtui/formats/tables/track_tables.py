"""The tables of tracks: their states, runs and facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kjtui.formats.tables.table_model import (
    ALIAS,
    DATE,
    ID,
    NAME,
    SHORT,
    SOURCE,
    STATE,
    STATE_OF_TRACK,
    TRACK,
    Column,
    ForeignKey,
    Rows,
    Table,
    Value,
)
from kjtui.history.snapshot import History
from kjtui.record.model import Fact

_FACT = Column("fact", "number of the fact within the track", "integer")
_OF_FACT = ForeignKey(("track", "fact"), "facts", ("track", "fact"))


def _tracks(history: History) -> Rows:
    for track in history.record.tracks.values():
        initial = track.initial
        yield (
            track.id,
            track.group,
            track.name,
            track.short,
            track.about,
            initial.state,
            initial.since,
            initial.note,
        )


def _track_aliases(history: History) -> Rows:
    for track in history.record.tracks.values():
        for alias in track.aliases:
            yield track.id, alias


def _track_sources(history: History) -> Rows:
    for track in history.record.tracks.values():
        for source in track.initial.sources:
            yield track.id, source


def _numbered_facts(history: History) -> Iterator[tuple[str, int, Fact]]:
    """Yield each fact with its track and its number within the track."""
    for track in history.record.tracks.values():
        for number, fact in enumerate(track.facts, 1):
            yield track.id, number, fact


def _facts(history: History) -> Rows:
    for track, number, fact in _numbered_facts(history):
        yield track, number, fact.label, fact.value, fact.since, fact.until


def _fact_sources(history: History) -> Rows:
    for track, number, fact in _numbered_facts(history):
        for source in fact.sources:
            yield track, number, source


def _fact_states(history: History) -> Rows:
    for track, number, fact in _numbered_facts(history):
        for state in fact.states:
            yield track, number, state


def _states(history: History) -> Rows:
    for track in history.record.tracks.values():
        for state in track.states:
            yield track.id, state.id, state.label, state.short, state.meaning, state.tone


def _runs(history: History) -> Rows:
    for track in history.record.tracks.values():
        for run in history.runs(track.id):
            first: Value = track.initial.since
            because = ""
            if run.because:
                first, because = run.since, run.because.id
            days = run.days(history.last_day)
            shown_from = None if run.first == date.min else run.first
            yield track.id, run.state.id, first, run.end, days, shown_from, run.last, because


TRACK_TABLES = (
    Table(
        "tracks",
        "What is followed.",
        _tracks,
        (
            ID,
            Column("group", "heading under which it stands"),
            NAME,
            SHORT,
            Column("about", "what is followed"),
            Column("initial_state", "its state before its first event"),
            Column("initial_since", f"since when, where known: {DATE}"),
            Column("initial_note", "what is to be known of that state"),
        ),
        ("id",),
    ),
    Table("track_aliases", "Other names of tracks.", _track_aliases, (TRACK, ALIAS)),
    Table("track_sources", "Who says what a track's first state was.", _track_sources, (TRACK, SOURCE)),
    Table(
        "facts",
        "Particulars of tracks: what lasts, such as a customs code, and what a state requires.",
        _facts,
        (
            TRACK,
            _FACT,
            Column("label", "what it is"),
            Column("value", "what it says"),
            Column("since", "first day on which it applies or was public", "date"),
            Column("until", "last day on which it applies", "date"),
        ),
        ("track", "fact"),
    ),
    Table("fact_sources", "Who says so.", _fact_sources, (TRACK, _FACT, SOURCE), parents=(_OF_FACT,)),
    Table(
        "fact_states",
        "The states in which a fact applies; without any, it applies in all.",
        _fact_states,
        (TRACK, _FACT, STATE),
        parents=(STATE_OF_TRACK, _OF_FACT),
    ),
    Table(
        "states",
        "The states each track can be in.",
        _states,
        (
            TRACK,
            Column("id", "id of the state within the track"),
            Column("label", "its name"),
            SHORT,
            Column("meaning", "what it means"),
            Column("tone", "free, eased or controlled; of procedures idle, open, advanced or closed"),
        ),
        ("track", "id"),
    ),
    Table(
        "runs",
        "Which state each track was in, from day to day: worked out from the effects.",
        _runs,
        (
            TRACK,
            STATE,
            Column("first", f"first day in force: {DATE}"),
            Column("last", "last day in force; empty for the state at the end of the record", "date"),
            Column("days", "number of days in force, up to the end of the record", "integer"),
            Column(
                "shown_from",
                "first day at whose end a snapshot shows it; empty if initial",
                "date",
            ),
            Column("shown_to", "last such day; empty for the state at the end of the record", "date"),
            Column("because", "the event that put it in force; empty before the first", refers="events"),
        ),
        parents=(STATE_OF_TRACK,),
    ),
)
"""The tables, in order."""
