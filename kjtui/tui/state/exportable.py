"""Documents of the current screen, to save or copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from kjtui.formats.format_table import DOCUMENT_FORMATS
from kjtui.history.compare import Comparison
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_items, tr
from kjtui.record.model import Event, Record, Term
from kjtui.record.partial_date import day_text
from kjtui.words import day_words, labels

if TYPE_CHECKING:
    from kjtui.documents.document import Document

Build = Callable[[], "Document"]


class Exportable(NamedTuple):
    """A document that can be saved or copied.

    Attributes:
        title: A short title.
        stem: The default file name without the suffix.
        forms: The forms of the document, such as "short" and "in full". Each form is a pair: its name, and a
            function that builds the document in this form. The first form is the default.
        kind: The kind of document. The export dialog preselects the format that was last used for this kind.
        formats: Names of the formats that the document can be written in.
    """

    title: str
    stem: str
    forms: tuple[tuple[str, Build], ...]
    kind: str
    formats: tuple[str, ...] = tuple(DOCUMENT_FORMATS)

    def document(self) -> Document:
        """Build the document in its default form."""
        return self.forms[0][1]()


def export_day(snapshot: Snapshot) -> Exportable:
    """Return the document of a day. Its forms are "short" and "in full"."""

    def build(*, full: bool) -> Document:
        from kjtui.documents.snapshot_document import snapshot_document

        return snapshot_document(snapshot, full=full)

    forms = ((tr("short"), partial(build, full=False)), (tr("in full"), partial(build, full=True)))
    return Exportable(
        day_words.long_day(snapshot.day), file_stem(snapshot.record, snapshot.day), forms, "day"
    )


def export_event(event: Event, snapshot: Snapshot) -> Exportable:
    """Return the document of an event, with the facts that were known on the snapshot's day."""

    def build() -> Document:
        from kjtui.documents.document import EventView
        from kjtui.documents.event_document import event_document

        return event_document(EventView(event, snapshot))

    title = labels.dated_title(event)
    return Exportable(title, file_stem(snapshot.record, event.id, snapshot.day), (("", build),), "event")


def export_meeting(state: MeetingState, snapshot: Snapshot) -> Exportable:
    """Return the document of a meeting, with the facts that were known on the snapshot's day."""

    def build() -> Document:
        from kjtui.documents.document import MeetingView
        from kjtui.documents.meeting_document import meeting_document

        return meeting_document(MeetingView(state, snapshot))

    return Exportable(
        state.meeting.name,
        file_stem(snapshot.record, state.meeting.id, snapshot.day),
        (("", build),),
        "meeting",
    )


def export_comparison(comparison: Comparison) -> Exportable:
    """Return the document of a comparison. Its forms are "in full" and "short"."""
    before, after = comparison.before.day, comparison.after.day

    def build(*, full: bool) -> Document:
        from kjtui.documents.comparison_document import comparison_document

        return comparison_document(comparison, full=full)

    forms = ((tr("in full"), partial(build, full=True)), (tr("short"), partial(build, full=False)))
    title = tr("{day} and {other_day}", day=day_text(before), other_day=day_text(after))
    return Exportable(title, file_stem(comparison.after.record, before, after), forms, "comparison")


def export_track(snapshot: Snapshot, track: str) -> Exportable:
    """Return the document of a track on the snapshot's day. Its forms are "in full" and "short"."""

    def build(*, full: bool) -> Document:
        from kjtui.documents.track_document import track_document
        from kjtui.history.track_page import track_page

        return track_document(track_page(snapshot, track), full=full)

    forms = ((tr("in full"), partial(build, full=True)), (tr("short"), partial(build, full=False)))
    title = join_items((snapshot.record.tracks[track].name, day_text(snapshot.day)))
    return Exportable(title, file_stem(snapshot.record, track, snapshot.day), forms, "track")


def export_term(term: Term, snapshot: Snapshot) -> Exportable:
    """Return the document of a term, with the facts that were known on the snapshot's day.

    The document cannot be exported in the JSON format.
    """

    def build() -> Document:
        from kjtui.documents.document import TermView
        from kjtui.documents.term_document import term_document

        return term_document(TermView(term, snapshot))

    formats = tuple(name for name in DOCUMENT_FORMATS if name != "json")
    return Exportable(
        term.term, file_stem(snapshot.record, term.id, snapshot.day), (("", build),), "term", formats
    )


def file_stem(record: Record, *parts: str | date) -> str:
    """Return a file name without suffix, made of the name of the store and other parts.

    Replace unsafe characters, because ids and names of stores can contain any character.
    """
    store = PurePath(record.store).stem.lstrip(".") or "kjtui"
    return re.sub(r"[^\w.-]+", "-", "-".join(map(str, (store, *parts))))
