"""A snapshot as a document: the states at the end of a day, on a short page or in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kjtui.documents.best_sources import best_sources
from kjtui.documents.block_types import Block, NoteList, ReaderNote
from kjtui.documents.day_page import day_page
from kjtui.documents.day_page_lead import day_lead
from kjtui.documents.document import Document, build, section
from kjtui.documents.provenance import Request
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import Source
from kjtui.words import record_words

if TYPE_CHECKING:
    from kjtui.notes import Note


def snapshot_document(
    snapshot: Snapshot, *, full: bool = False, notes: Sequence[Note] | None = None
) -> Document:
    """Return the document of a snapshot.

    The document begins with a lead. It has at most 100 lines before the list of sources, and cites only the
    best sources of each claim. ``full`` includes every event, meeting and source, with no limit on the number
    of lines. If ``notes`` are given, a section with the notes is added.
    """
    lead = day_lead(snapshot)
    body = _full_body(snapshot) if full else day_page(snapshot, best_sources(snapshot), lead)
    options = []
    if full:
        options.append("full")
    if notes is not None:
        options.append("notes")
    request = Request("snapshot", (snapshot.asked,), options=tuple(options))
    everything = Request("snapshot", (snapshot.asked,), options=("full",)).command
    return build(
        snapshot,
        request,
        snapshot.record,
        record_words.held_at_the_end(snapshot),
        [*body, *_notes(notes, snapshot)],
        summary=lead,
        note="" if full else tr("Selected sources; all events and sources: {command}", command=everything),
    )


def snapshot_sources(snapshot: Snapshot) -> tuple[Source, ...]:
    """Return all sources of a snapshot: first the numbered sources of its page, then the other sources."""
    page, full = snapshot_document(snapshot), snapshot_document(snapshot, full=True)
    return tuple(dict.fromkeys((*page.sources, *full.sources)))


def _full_body(snapshot: Snapshot) -> Iterator[Block]:
    from kjtui.documents.full_snapshot import full_body

    return full_body(snapshot)


def _notes(notes: Sequence[Note] | None, snapshot: Snapshot) -> Iterator[Block]:
    if notes is None:
        return
    titles = {event.id: event.title for event in snapshot.events}
    entries = tuple(
        ReaderNote(note.day, note.event, titles.get(note.event, ""), note.text)
        for note in notes
        if note.day <= snapshot.day
    )
    yield from section(tr("Notes of the reader"), [NoteList(entries)] if entries else [])
