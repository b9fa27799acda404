"""Snapshots, comparisons, track pages and events as text, Markdown, HTML and JSON."""

from datetime import date
from functools import partial

from msgspec.structs import replace

from kjtui.documents.comparison_document import comparison_document
from kjtui.documents.document import Document, EventsView, EventView, MeetingView, Subject, TermView
from kjtui.documents.event_document import event_document
from kjtui.documents.meeting_document import meeting_document
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.documents.term_document import term_document
from kjtui.documents.track_document import track_document
from kjtui.formats.format_table import render
from kjtui.history.compare import Comparison
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.store import default_store, load


def document_of(subject: Subject, *, full: bool = False) -> Document:
    if isinstance(subject, Snapshot):
        return snapshot_document(subject, full=full)
    if isinstance(subject, EventView):
        return event_document(subject)
    assert not isinstance(subject, EventsView)
    if isinstance(subject, MeetingView):
        return meeting_document(subject)
    if isinstance(subject, TermView):
        return term_document(subject)
    return (
        comparison_document(subject, full=full)
        if isinstance(subject, Comparison)
        else track_document(subject, full=full)
    )


def export(subject: Subject, format_name: str, *, full: bool = False) -> str:
    return render(document_of(subject, full=full), format_name)


def page_of_the_package(day: date) -> bytes:
    """Return the page of a day in the record that comes with kjtui."""
    return as_text(History(replace(load(default_store()), store="")).snapshot(day)).encode()


as_text = partial(export, format_name="text")
as_markdown = partial(export, format_name="markdown")
as_html = partial(export, format_name="html")
as_json = partial(export, format_name="json")


def flat(text: str) -> str:
    """Return a text as one line, so that tests can find sentences that are wrapped."""
    return " ".join(text.split())
