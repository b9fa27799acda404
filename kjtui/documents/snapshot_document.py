"""A snapshot as a document: what held at the end of a day, on a page or two, or with everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kjtui.documents.best_sources import best_sources
from kjtui.documents.blocks import (
    RECENT,
    Select,
    event_list,
    event_summary,
    figures,
    meeting_summary,
    status,
)
from kjtui.documents.document import (
    Block,
    Document,
    NoteList,
    Paragraph,
    ReaderNote,
    build,
    section,
)
from kjtui.documents.provenance import Request
from kjtui.history.fold import RANK
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event, Series, Source
from kjtui.words import labels
from kjtui.words.labels import latest

if TYPE_CHECKING:
    from kjtui.notes import Note

__all__ = ["RECENT", "snapshot_document", "snapshot_sources"]


def snapshot_document(
    snapshot: Snapshot, *, full: bool = False, notes: Sequence[Note] | None = None
) -> Document:
    """Return what held at the end of a day.

    The document has a page or two: events of the last 30 days, what led to the status by title, and the best
    sources of each claim. ``full`` adds every event, meeting and source. ``notes``, unless ``None``, stand
    under a heading of their own.
    """
    body = _full_body(snapshot) if full else _brief_body(snapshot)
    options = (*(["full"] if full else []), *(["notes"] if notes is not None else []))
    request = Request("snapshot", (snapshot.day,), options=options)
    everything = Request("snapshot", (snapshot.day,), options=("full",)).command
    return build(
        snapshot,
        request,
        snapshot.record,
        f"what held at the end of {labels.long_day(snapshot.day)}",
        [*body, *_notes(notes, snapshot)],
        brief=not full,
        note="" if full else f"Selected sources; all events and sources: {everything}",
    )


def snapshot_sources(snapshot: Snapshot) -> tuple[Source, ...]:
    """Return all sources of a snapshot, in the order of their numbers in its full document."""
    return snapshot_document(snapshot, full=True).sources


def _full_body(snapshot: Snapshot) -> Iterator[Block]:
    from kjtui.documents.full_snapshot import full_body

    return full_body(snapshot)


def _brief_body(snapshot: Snapshot) -> Iterator[Block]:
    select = best_sources(snapshot)
    yield from section("Status", status(snapshot, select))
    yield from section("Meetings", _meetings(snapshot, select))
    recent = [event for event in snapshot.events if snapshot.day - event.day <= RECENT]
    yield from section(f"Events of the last {labels.days(RECENT.days)}", _recent(recent, snapshot, select))
    if led := [event for event in _led(snapshot) if event not in recent]:
        yield from section("What else led to the status", event_list(led, snapshot, lambda _: ()))
    if series := _figures(snapshot):
        yield from section("Figures known by then", figures(series, select))


def _figures(snapshot: Snapshot) -> list[Series]:
    """Return for each track the series whose figures reach furthest, at most two and in different units.

    Figures from before the last calendar year are left out.
    """
    recent = [
        series for series in snapshot.series if latest(series).period.last.year >= snapshot.day.year - 1
    ]
    chosen: list[Series] = []
    for series in sorted(recent, key=lambda series: latest(series).period.last, reverse=True):
        units = [other.unit for other in chosen if other.track == series.track]
        if len(units) < 2 and series.unit not in units:
            chosen.append(series)
    order = list(snapshot.record.tracks)
    return sorted(chosen, key=lambda series: order.index(series.track))


def _meetings(snapshot: Snapshot, select: Select) -> Iterator[Block]:
    """Yield the meeting of the day, the one held before it, and the next that is planned."""
    if not snapshot.meetings.known:
        yield Paragraph(("None is known of.",))
    for state in (snapshot.meeting, snapshot.previous_meeting, snapshot.next_meeting):
        if state:
            yield meeting_summary(state, snapshot, select)


def _recent(events: Sequence[Event], snapshot: Snapshot, select: Select) -> Iterator[Block]:
    """Yield main events in full, and side matters by title."""
    for event in events:
        if event.weight == "main":
            yield event_summary(event, snapshot, select)
        else:
            yield from event_list([event], snapshot, lambda _: ())


def _led(snapshot: Snapshot) -> Iterator[Event]:
    """Yield the decisions behind each standing and each earlier state, but those that the status names."""
    history = snapshot.history
    behind = {event.id for standing in snapshot.standings for event in history.chain(standing)}
    for track in snapshot.record.tracks:
        for run in history.runs(track):
            if run.first <= snapshot.day:
                because = history.standing(track, run.first).because
                behind |= {because.id} if because else set()
    named = {standing.because.id for standing in snapshot.standings if standing.because}
    named |= {entry.event.id for standing in snapshot.standings for entry in standing.pending}
    behind -= named
    for event in snapshot.events:
        decided = any(RANK[effect.stage] >= RANK["adopted"] for effect in event.effects)
        if decided and event.id in behind and event.weight == "main":
            yield event


def _notes(notes: Sequence[Note] | None, snapshot: Snapshot) -> Iterator[Block]:
    if notes is None:
        return
    titles = {event.id: event.title for event in snapshot.events}
    entries = tuple(
        ReaderNote(note.day, note.event, titles.get(note.event, ""), note.text)
        for note in notes
        if note.day <= snapshot.day
    )
    yield from section("Notes of the reader", [NoteList(entries)] if entries else [])
