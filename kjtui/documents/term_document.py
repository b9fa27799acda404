"""A glossary entry as a document: its meaning, and the events that mention the term.

The document of a person also lists the meetings that the person headed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.documents.block_builders import event_list
from kjtui.documents.block_types import Block, Citation, Paragraph
from kjtui.documents.document import Document, TermView, build, section
from kjtui.documents.meeting_blocks import meeting_list
from kjtui.documents.provenance import Request
from kjtui.find.term_match import is_headed_by, names_term
from kjtui.find.word_match import fold
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_items, labelled, tr
from kjtui.record.model import Term
from kjtui.words import day_words


def term_document(view: TermView) -> Document:
    """Return the document of a glossary entry.

    The document lists the events and meetings known on the snapshot's day, and the number of later events.
    """
    term, snapshot = view.term, view.snapshot
    return build(
        view,
        Request("term", (snapshot.asked,), term.id),
        snapshot.record,
        term.term,
        _body(term, snapshot),
    )


def _body(term: Term, snapshot: Snapshot) -> Iterator[Block]:
    yield Paragraph((f"{term.meaning} ", Citation(term.sources)))
    if names := [alias for alias in term.aliases if fold(alias) != fold(term.term)]:
        yield Paragraph((labelled(tr("Other names"), join_items(names)),))
    headed = [state for state in snapshot.meetings.known if is_headed_by(state, term, snapshot.record)]
    if headed:
        title = tr("Meetings as head of delegation, newest first")
        yield from section(title, meeting_list(reversed(headed), snapshot))
    mentioning_events = [event for event in snapshot.events if names_term(event, term, snapshot.record)]
    title = tr("Events up to {day} that mention it, newest first", day=day_words.long_day(snapshot.day))
    yield from section(title, event_list(reversed(mentioning_events), snapshot))
    later = snapshot.record.events[snapshot.event_count :]
    if count := sum(names_term(event, term, snapshot.record) for event in later):
        yield Paragraph((tr("Later events that mention it: {count}", count=count),))
