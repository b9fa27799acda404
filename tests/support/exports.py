"""What a snapshot, a comparison, a reason or an event is as text, Markdown, HTML and JSON."""

from functools import partial

from kjtui.exports.comparison import comparison_document
from kjtui.exports.document import Document, EventView, Subject
from kjtui.exports.event import event_document
from kjtui.exports.formats import render
from kjtui.exports.reason import reason_document
from kjtui.exports.snapshot import snapshot_document
from kjtui.history.compare import Comparison
from kjtui.history.snapshot import Snapshot


def document_of(subject: Subject, *, full: bool = False) -> Document:
    if isinstance(subject, Snapshot):
        return snapshot_document(subject, full=full)
    if isinstance(subject, EventView):
        return event_document(subject)
    return comparison_document(subject) if isinstance(subject, Comparison) else reason_document(subject)


def export(subject: Subject, format_name: str, *, full: bool = False) -> str:
    return render(document_of(subject, full=full), format_name)


as_text = partial(export, format_name="text")
as_markdown = partial(export, format_name="markdown")
as_html = partial(export, format_name="html")
as_json = partial(export, format_name="json")
