"""The tables of meetings, and of what events report about meetings."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.formats.tables.table_model import (
    ACTOR,
    ALIAS,
    DATE,
    EVENT,
    ID,
    MEETING,
    NAME,
    SHORT,
    Column,
    Rows,
    Table,
    Value,
)
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import History
from kjtui.record.model import MeetingStep

_MEETING_DETAILS = (
    Column("starts", f"start: {DATE}, with the local time"),
    Column("ends", f"end: {DATE}, with the local time"),
    Column("form", "in-person, video, telephone or written"),
    Column("place", "place of the meeting"),
    Column("level", "level of the participants"),
    Column("agenda", "subjects of the meeting"),
    Column("outcome", "result of the meeting"),
)


def _meetings(history: History) -> Rows:
    last = history.snapshot(history.last_day)
    states = {state.meeting.id: state for state in last.meetings.known}
    for meeting in history.record.meetings.values():
        identity = (
            meeting.id,
            meeting.series,
            meeting.round,
            meeting.part_of,
            meeting.name,
            meeting.short,
        )
        state = states.get(meeting.id)
        if state is None:  # no event mentions the meeting
            yield (*identity, None, *[None] * len(_MEETING_DETAILS))
        else:
            yield (*identity, state.status, *_meeting_details(state))


def _meeting_details(details: MeetingState | MeetingStep) -> tuple[Value, ...]:
    return (
        details.starts,
        details.ends,
        details.form,
        details.place,
        details.level,
        details.agenda,
        details.outcome,
    )


def _meeting_aliases(history: History) -> Rows:
    for meeting in history.record.meetings.values():
        for alias in meeting.aliases:
            yield meeting.id, alias


def _steps(history: History) -> Iterator[tuple[str, MeetingStep]]:
    """Yield what each event reports about a meeting, with the id of the event."""
    for event in history.record.events:
        if event.meeting:
            yield event.id, event.meeting


def _meeting_steps(history: History) -> Rows:
    for event, step in _steps(history):
        yield (event, step.id, step.phase, *_meeting_details(step))


def _meeting_heads(history: History) -> Rows:
    for event, step in _steps(history):
        for actor, head in (step.heads or {}).items():
            yield event, step.id, actor, head


MEETING_TABLES = (
    Table(
        "meetings",
        "The meetings, as known at the end of the record.",
        _meetings,
        (
            ID,
            Column("series", "series of meetings"),
            Column("round", "number within the series", "integer"),
            Column("part_of", "parent meeting of a session", refers="meetings"),
            NAME,
            SHORT,
            Column("status", "planned, under-way, held or cancelled"),
            *_MEETING_DETAILS,
        ),
        ("id",),
    ),
    Table("meeting_aliases", "Other names of meetings.", _meeting_aliases, (MEETING, ALIAS)),
    Table(
        "meeting_steps",
        "The details of a meeting that each event reported; an empty cell keeps the earlier value.",
        _meeting_steps,
        (EVENT, MEETING, Column("phase", "planned, changed, opened, closed or cancelled"), *_MEETING_DETAILS),
    ),
    Table(
        "meeting_heads",
        "The heads of the delegations, as reported by each event.",
        _meeting_heads,
        (EVENT, MEETING, ACTOR, Column("head", "head of the delegation")),
    ),
)
"""The tables, in order."""
