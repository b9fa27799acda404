"""A glossary entry as a document: meaning, meetings headed by the person, and events with the term."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kjtui.documents.blocks import event_list, meeting_list
from kjtui.documents.document import Block, Citation, Document, Paragraph, TermView, build, section
from kjtui.documents.provenance import Request
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import Event, Term
from kjtui.words import labels


def term_document(view: TermView) -> Document:
    """Return the meaning of a term, and the events and meetings that name it by the end of a day."""
    term, snapshot = view.term, view.snapshot
    return build(
        view,
        Request("term", (snapshot.asked,), term.term),
        snapshot.record,
        term.term,
        _body(term, snapshot),
        summary=", ".join(term.aliases),
    )


def _body(term: Term, snapshot: Snapshot) -> Iterator[Block]:
    yield Paragraph((f"{term.meaning} ", Citation(term.sources)))
    names = _pattern(term)
    headed = [state for state in snapshot.meetings.known if _heads(state, names)]
    if headed:
        yield from section(tr("Meetings headed, newest first"), meeting_list(reversed(headed), snapshot))
    named = [event for event in snapshot.events if _names(event, term, names)]
    until = labels.long_day(snapshot.day)
    yield from section(
        tr("Events that name it up to {day}, newest first", day=until), event_list(reversed(named), snapshot)
    )


def _pattern(term: Term) -> re.Pattern[str]:
    """Return a pattern for the names of a term: whole words, except in scripts without spaces."""
    names = (
        rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name)
        for name in (term.term, *term.aliases)
    )
    return re.compile("|".join(names), re.IGNORECASE)


def _heads(state: MeetingState, names: re.Pattern[str]) -> bool:
    return any(names.search(head) for head in state.heads.values())


def _names(event: Event, term: Term, names: re.Pattern[str]) -> bool:
    """Return whether a text of an event has a name of a term."""
    heads = event.meeting.heads.values() if event.meeting and event.meeting.heads else ()
    text = "\n".join((event.title, event.summary, *event.says.values(), *heads))
    folded = text.lower()  # most events have no name of the term, and a pattern finds that slowly
    return any(name.lower() in folded for name in (term.term, *term.aliases)) and bool(names.search(text))
