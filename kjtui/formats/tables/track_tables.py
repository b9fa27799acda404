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
        for fact_number, fact in enumerate(track.facts, 1):
            yield track.id, fact_number, fact


def _facts(history: History) -> Rows:
    for track_id, fact_number, fact in _numbered_facts(history):
        yield track_id, fact_number, fact.label, fact.value, fact.since, fact.until


def _fact_sources(history: History) -> Rows:
    for track_id, fact_number, fact in _numbered_facts(history):
        for source in fact.sources:
            yield track_id, fact_number, source


def _fact_states(history: History) -> Rows:
    for track_id, fact_number, fact in _numbered_facts(history):
        for state in fact.states:
            yield track_id, fact_number, state


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
        "The tracks: subjects with a status over time.",
        _tracks,
        (
            ID,
            Column("group", "heading above the track"),
            NAME,
            SHORT,
            Column("about", "subject of the track"),
            Column("initial_state", "state before the first event"),
            Column("initial_since", f"first day of the initial state, if known: {DATE}"),
            Column("initial_note", "remark on the initial state"),
        ),
        ("id",),
    ),
    Table("track_aliases", "Other names of tracks.", _track_aliases, (TRACK, ALIAS)),
    Table(
        "track_sources", "The sources of the initial state of each track.", _track_sources, (TRACK, SOURCE)
    ),
    Table(
        "facts",
        "The facts of tracks: lasting details, such as a customs code, and requirements of a state.",
        _facts,
        (
            TRACK,
            _FACT,
            Column("label", "name of the fact"),
            Column("value", "text of the fact"),
            Column("since", "first day on which it applies or was public", "date"),
            Column("until", "last day on which it applies", "date"),
        ),
        ("track", "fact"),
    ),
    Table(
        "fact_sources",
        "The sources of each fact.",
        _fact_sources,
        (TRACK, _FACT, SOURCE),
        parents=(_OF_FACT,),
    ),
    Table(
        "fact_states",
        "The states in which a fact applies; a fact without states applies in all states.",
        _fact_states,
        (TRACK, _FACT, STATE),
        parents=(STATE_OF_TRACK, _OF_FACT),
    ),
    Table(
        "states",
        "The possible states of each track.",
        _states,
        (
            TRACK,
            Column("id", "id of the state within the track"),
            Column("label", "name of the state"),
            SHORT,
            Column("meaning", "meaning of the state"),
            Column("tone", "free, eased or controlled; for procedures idle, open, advanced or closed"),
        ),
        ("track", "id"),
    ),
    Table(
        "runs",
        "The periods of days in one state, by track, derived from the effects.",
        _runs,
        (
            TRACK,
            STATE,
            Column("first", f"first day in force: {DATE}"),
            Column("last", "last day in force; empty for the state at the end of the record", "date"),
            Column("days", "number of days in force, up to the end of the record", "integer"),
            Column(
                "shown_from",
                "first day whose snapshot shows the state; empty for the initial state",
                "date",
            ),
            Column(
                "shown_to",
                "last day whose snapshot shows the state; empty for the state at the end of the record",
                "date",
            ),
            Column(
                "because", "event that put the state in force; empty for the initial state", refers="events"
            ),
        ),
        parents=(STATE_OF_TRACK,),
    ),
)
"""The tables, in order."""
