"""Selected events as a document: the text, statements and sources of each event."""

from __future__ import annotations

from collections.abc import Sequence

from kjtui.documents.block_builders import event_details
from kjtui.documents.block_types import Paragraph
from kjtui.documents.document import Document, EventsView, build
from kjtui.documents.provenance import Request
from kjtui.languages import tr
from kjtui.record.partial_date import day_text


def events_document(view: EventsView, arguments: Sequence[str]) -> Document:
    """Return a document with the full text of several events, as known at the end of a day.

    Args:
        view: the events and the day.
        arguments: the options of the command that selects the events.
    """
    snapshot = view.snapshot
    count = tr("1 event") if len(view.events) == 1 else tr("{count:,} events", count=len(view.events))
    as_known = tr("as known on {day}", day=day_text(snapshot.day))
    events = [event_details(event, snapshot) for event in view.events]
    return build(
        view,
        Request("events", (snapshot.asked,), arguments=tuple(arguments)),
        snapshot.record,
        tr("Events"),
        events or [Paragraph((tr("None."),))],
        summary=f"{count} · {as_known}",
    )
