"""Create document readers for events, tracks, meetings and other subjects.

Each reader can open further readers.
"""

from __future__ import annotations

from collections.abc import Sequence

from kjtui.documents.document import TermView
from kjtui.documents.layout import Passage
from kjtui.documents.term_document import term_document
from kjtui.history.compare import Comparison
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import History, Snapshot
from kjtui.languages import tr
from kjtui.record.model import Term
from kjtui.tui.dialogs.comparison_reader import ComparisonReader
from kjtui.tui.dialogs.document_reader import DocumentReader
from kjtui.tui.dialogs.event_reader import EventReader
from kjtui.tui.dialogs.meeting_reader import MeetingReader
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.dialogs.outcomes_reader import day_outcomes
from kjtui.tui.dialogs.track_reader import TrackReader
from kjtui.tui.state.exportable import export_term


def event_reader(
    history: History, indices: Sequence[int], index: int, place: str, matches: Sequence[int]
) -> EventReader:
    """Return a dialog to read events, each as known on its day."""
    return EventReader(history, indices, index, place, open_passage, matches=matches)


def track_reader(snapshot: Snapshot, track: str) -> TrackReader:
    """Return a dialog to read track pages."""
    return TrackReader(snapshot, track, open_passage)


def meeting_reader(state: MeetingState, snapshot: Snapshot) -> DocumentReader:
    """Return a dialog to read meetings."""
    return MeetingReader(state, snapshot, open_passage)


def comparison_reader(comparison: Comparison) -> DocumentReader:
    """Return a dialog to read a comparison."""
    return ComparisonReader(comparison, open_passage)


def outcomes_reader(snapshot: Snapshot) -> DocumentReader:
    """Return a dialog to read the outcomes of all states that were pending on a day."""
    return day_outcomes(snapshot, open_passage)


def term_reader(term: Term, snapshot: Snapshot) -> DocumentReader:
    """Return a dialog to read a glossary entry."""
    document = term_document(TermView(term, snapshot))
    return DocumentReader(document, snapshot, open_passage, export_term(term, snapshot))


def open_found(reader: DocumentReader, index: int, matches: Sequence[int]) -> None:
    """Show an event that a search found.

    An :class:`EventReader` shows the event in its own dialog. For all other readers, open a new dialog.
    """
    if isinstance(reader, EventReader):
        reader.show_found(index, matches)
    else:
        above = event_reader(reader.snapshot.history, matches, index, tr("of this search"), matches)
        open_screen(reader, above, reader.reopened)


def open_passage(reader: DocumentReader, passage: Passage) -> None:
    """Open the event, the meeting or the track that a passage is about, in a new dialog.

    If the passage is about none of these, list its sources.
    """
    snapshot = reader.snapshot
    state = snapshot.meetings.get(passage.meeting) if passage.meeting else None
    if passage.event:
        events = {other_passage.event for other_passage in reader.text.passages if other_passage.event}
        indices = sorted(reader.event_index(event) for event in events)
        index = reader.event_index(passage.event)
        history = snapshot.history
        above = EventReader(history, indices, index, tr("on this page"), open_passage, day=snapshot.day)
        open_screen(reader, above, reader.reopened)
    elif state:
        open_screen(reader, meeting_reader(state, snapshot), reader.reopened)
    elif passage.track:
        open_screen(reader, track_reader(snapshot, passage.track), reader.reopened)
    elif passage.sources:
        reader.list_sources(passage)
