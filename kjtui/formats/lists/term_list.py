"""The list of the glossary."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from kjtui.find.names import terms_by_name
from kjtui.find.term_match import is_headed_by, names_term
from kjtui.find.word_match import matches
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.lists.listing import AsOf, Column, Listing, named_first
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import Term


class TermJson(Struct):
    """A glossary entry.

    ``events`` are the events that mention the term, newest first. If the term is a person, ``heads`` are the
    meetings that the person headed.
    """

    id: str
    term: str
    meaning: str
    aliases: list[str]
    sources: list[str]
    heads: list[str]
    events: list[str]


class TermsJson(Struct):
    """A list of glossary entries."""

    schema: Literal["kjtui/terms/1"]
    as_of: AsOf
    dataset: DatasetJson
    terms: list[TermJson]


def term_listing(history: History, match: str = "") -> Listing:
    """Return the glossary entries that match a query, with the events that mention them.

    Entries are sorted by name. Entries whose name matches come first.
    """
    record, snapshot = history.record, history.snapshot(history.last_day)
    terms = [
        term
        for term in terms_by_name(record)
        if matches(match, (term.id, term.term, term.meaning, *term.aliases))
    ]
    items = [_term_json(term, snapshot) for term in terms]
    items = named_first(match, items, lambda item: (item.term, *item.aliases))
    return Listing(
        "terms",
        items,
        (
            Column("id", lambda term: term.id),
            Column("term", lambda term: term.term),
            Column("events", lambda term: str(len(term.events))),
            Column("heads", lambda term: str(len(term.heads))),
            Column("meaning", lambda term: term.meaning),
            Column("aliases", lambda term: ", ".join(term.aliases)),
        ),
        ("id", "term", "meaning", "aliases", "sources", "heads", "events"),
        TermsJson("kjtui/terms/1", snapshot.day, dataset_json(record), items),
    )


def _term_json(term: Term, snapshot: Snapshot) -> TermJson:
    events = [event.id for event in reversed(snapshot.events) if names_term(event, term, snapshot.record)]
    headed = [
        state.meeting.id for state in snapshot.meetings.known if is_headed_by(state, term, snapshot.record)
    ]
    return TermJson(term.id, term.term, term.meaning, list(term.aliases), list(term.sources), headed, events)
