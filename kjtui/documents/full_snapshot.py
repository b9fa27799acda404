"""The body of the full snapshot document: every meeting, event and source."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.documents.block_builders import (
    event_details,
    event_list,
    figures,
)
from kjtui.documents.block_types import Block, Citation, Field, FieldList, Heading, Paragraph
from kjtui.documents.document import section
from kjtui.documents.meeting_blocks import meeting_details, meeting_list
from kjtui.documents.status_blocks import status
from kjtui.history.meetings import RECENT
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_items, tr
from kjtui.record.model import Event
from kjtui.words import day_words


def full_body(snapshot: Snapshot) -> Iterator[Block]:
    """Yield the blocks of the full document.

    The document has every event up to the day of the snapshot, each with all its sources.
    """
    yield from section(tr("Status"), status(snapshot))
    requirements = tuple(_requirements(snapshot))
    if requirements:
        yield from section(tr("Requirements"), [FieldList(requirements)])
    yield from section(tr("Meetings"), _meetings(snapshot))
    yield from _events(snapshot)
    if snapshot.series:
        yield from section(tr("Figures published up to the day"), figures(snapshot.series))


def _requirements(snapshot: Snapshot) -> Iterator[Field]:
    """Yield the requirements of each track in its current state."""
    for standing in snapshot.standings:
        track = standing.track
        for fact in track.requirements(standing.state.id, snapshot.day):
            text = (f"{fact.value} ", Citation(fact.sources))
            yield Field(join_items((track.name, fact.label)), text, track=track.id)


def _meetings(snapshot: Snapshot) -> Iterator[Block]:
    if not snapshot.meetings.known:
        yield Paragraph((tr("No meetings so far."),))
    if snapshot.meeting:
        yield meeting_details(snapshot.meeting, snapshot)
    planned = (state for state in snapshot.meetings.planned if state is not snapshot.meeting)
    yield from (meeting_details(state, snapshot) for state in planned)
    if snapshot.other_meetings:
        yield Heading(3, tr("Earlier"))
        yield from meeting_list(snapshot.other_meetings, snapshot)


def _events(snapshot: Snapshot) -> Iterator[Block]:
    """Yield the sections with events.

    Recent events and events that led to the status are shown in full. Of other events, only titles are shown.
    """
    behind: set[str] = set()
    for standing in snapshot.standings:
        behind.update(event.id for event in snapshot.history.chain(standing))
    recent: list[Event] = []
    led: list[Event] = []
    others: list[Event] = []
    for event in snapshot.events:
        if snapshot.day - event.day <= RECENT:
            recent.append(event)
        elif event.id in behind:
            led.append(event)
        else:
            others.append(event)
    if recent:
        name = tr("Events of the last {days}", days=day_words.days(RECENT.days))
        yield from section(name, [event_details(event, snapshot) for event in recent])
    if led:
        yield from section(tr("What led to the status"), [event_details(event, snapshot) for event in led])
    if others:
        yield from section(tr("Other events"), event_list(others, snapshot))
