"""Render a document as JSON."""

from __future__ import annotations

from msgspec import Struct

from kjtui.documents.document import Document, EventsView, EventView, MeetingView, TermView
from kjtui.files.atomic_write import ExportError
from kjtui.formats.json.comparison_json import comparison_json
from kjtui.formats.json.encoding import indented
from kjtui.formats.json.event_json import event_document_json
from kjtui.formats.json.meeting_json import meeting_document_json
from kjtui.formats.json.snapshot_json import notes_json, snapshot_json
from kjtui.formats.json.track_page_json import track_page_json
from kjtui.history.compare import Comparison
from kjtui.history.snapshot import Snapshot
from kjtui.history.track_page import TrackPage
from kjtui.languages import tr


def render(document: Document) -> str:
    """Render a document as JSON text."""
    match document.subject:
        case Snapshot() as snapshot:
            data: Struct = snapshot_json(snapshot, notes_json(document))
        case Comparison() as comparison:
            data = comparison_json(comparison)
        case TrackPage() as page:
            data = track_page_json(page)
        case EventView() as view:
            data = event_document_json(view)
        case MeetingView() as view:
            data = meeting_document_json(view)
        case EventsView():
            raise ExportError(
                tr("events in full are not exported as JSON; the list of events holds all of them")
            )
        case TermView():
            raise ExportError(tr("a term is not exported as JSON; kjtui terms lists terms"))
    return indented(data)
