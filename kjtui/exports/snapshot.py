"""A snapshot as a document: what held at the end of a day, with its reasons and sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from kjtui.exports import labels
from kjtui.exports.blocks import cited_title, event_details, event_list, meeting_details, meeting_list
from kjtui.exports.document import (
    Block,
    Citation,
    Document,
    Heading,
    Legend,
    Paragraph,
    PendingState,
    StatusRow,
    StatusTable,
    build,
    section,
)
from kjtui.exports.provenance import Request
from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Source

RECENT = timedelta(days=30)
"""The age up to which events are written in full."""


def snapshot_document(snapshot: Snapshot) -> Document:
    """Return what held at the end of a day."""
    title = f"what held at the end of {labels.long_day(snapshot.day)}"
    return build(snapshot, Request("snapshot", (snapshot.day,)), snapshot.record, title, _body(snapshot))


def default_name(snapshot: Snapshot) -> str:
    """Return the file name that an export starts from."""
    return f"kjtui-{snapshot.day}.txt"


def snapshot_sources(snapshot: Snapshot) -> tuple[Source, ...]:
    """Return the sources of a snapshot in the order of their numbers in its document."""
    return snapshot_document(snapshot).sources


def _body(snapshot: Snapshot) -> Iterator[Block]:
    yield from section("Status", _status(snapshot))
    yield from section("Meetings", _meetings(snapshot))
    yield from _events(snapshot)


def _status(snapshot: Snapshot) -> Iterator[Block]:
    yield Legend(tuple(labels.legend()))
    for group, standings in groupby(snapshot.standings, lambda s: s.track.group):
        yield Heading(3, group)
        yield StatusTable(tuple(_row(standing, snapshot) for standing in standings))


def _row(standing: Standing, snapshot: Snapshot) -> StatusRow:
    initial = standing.track.initial
    return StatusRow(
        standing.track.id,
        standing.track.name,
        labels.SYMBOLS[standing.state.tone],
        standing.state.label,
        labels.since(standing),
        standing.age(snapshot.day),
        cited_title(standing.because, snapshot)
        if standing.because
        else (f"{initial.note} ", Citation(initial.sources)),
        tuple(
            PendingState(labels.pending(entry), cited_title(entry.event, snapshot), entry.note)
            for entry in standing.pending
        ),
    )


def _meetings(snapshot: Snapshot) -> Iterator[Block]:
    if not snapshot.meetings.known:
        yield Paragraph(("None is known of.",))
    if snapshot.meeting:
        yield meeting_details(snapshot.meeting, snapshot)
    yield from (meeting_details(state, snapshot) for state in snapshot.meetings.planned)
    if snapshot.other_meetings:
        yield Heading(3, "Earlier")
        yield from meeting_list(snapshot.other_meetings)


def _events(snapshot: Snapshot) -> Iterator[Block]:
    """Yield recent events in full, then in full what led to the status, then all others by title."""
    chains = (snapshot.history.chain(standing) for standing in snapshot.standings)
    behind = {event.id for chain in chains for event in chain}
    recent = [event for event in snapshot.events if snapshot.day - event.day <= RECENT]
    older = snapshot.events[: len(snapshot.events) - len(recent)]
    led = [event for event in older if event.id in behind]
    others = [event for event in older if event.id not in behind]
    for name, events in (
        (f"Events of the last {labels.days(RECENT.days)}", recent),
        ("What led to the status", led),
    ):
        if events:
            yield from section(name, (event_details(event, snapshot) for event in events))
    if others:
        yield from section("Other events", event_list(others, snapshot))
