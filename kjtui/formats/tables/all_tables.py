"""The tables of an exported record: the meaning of each column, and the joins between tables."""

from __future__ import annotations

from kjtui.formats.tables.event_tables import EVENT_TABLES, MEETING_TABLES
from kjtui.formats.tables.table_model import ALIAS, DATE, ID, NAME, SOURCE, TERM, Column, Rows, Table
from kjtui.formats.tables.track_tables import TRACK_TABLES
from kjtui.history.snapshot import History


def _dataset(history: History) -> Rows:
    dataset = history.record.dataset
    yield (
        dataset.title,
        dataset.version,
        history.record.digest,
        dataset.coverage.first,
        dataset.coverage.last,
        dataset.reviewed,
        dataset.notice,
        dataset.about,
        dataset.start,
        dataset.license,
        dataset.url,
        dataset.language,
    )


def _authors(history: History) -> Rows:
    for author in history.record.dataset.authors:
        yield (author,)


def _actors(history: History) -> Rows:
    yield from history.record.dataset.actors.items()


def _sources(history: History) -> Rows:
    for source in history.record.sources.values():
        yield (
            source.id,
            source.title,
            source.publisher,
            source.date,
            source.url,
            source.language,
            source.kind,
            source.machine_translated,
            source.accessed,
            source.archived,
            source.copy_of,
        )


def _terms(history: History) -> Rows:
    for term in history.record.terms.values():
        yield term.id, term.term, term.meaning


def _term_aliases(history: History) -> Rows:
    for term in history.record.terms.values():
        for alias in term.aliases:
            yield term.id, alias


def _term_sources(history: History) -> Rows:
    for term in history.record.terms.values():
        for source in term.sources:
            yield term.id, source


_TABLES = (
    Table(
        "dataset",
        "The record as a whole.",
        _dataset,
        (
            Column("title", "title of the record"),
            Column("version", "version of the record"),
            Column("digest", "sha256 of the store it was read from"),
            Column("first_day", "first day it undertakes to cover", "date"),
            Column("last_day", "last day it undertakes to cover", "date"),
            Column("reviewed", "day on which it was last read against its sources", "date"),
            Column("notice", "a sentence that every export carries"),
            Column("about", "what it is about, for a reader who knows nothing of it"),
            Column("start", "the opening day at the first start", "date"),
            Column("license", "SPDX identifier of its licence"),
            Column("url", "where it is published"),
            Column("language", "language of its texts: ISO 639-1"),
        ),
    ),
    Table("authors", "Who made the record.", _authors, (Column("author", "name"),)),
    Table("actors", "Who acts.", _actors, (ID, NAME), ("id",)),
    *TRACK_TABLES,
    *EVENT_TABLES,
    *MEETING_TABLES,
    Table(
        "sources",
        "Where a claim can be read.",
        _sources,
        (
            ID,
            Column("title", "its title; in square brackets a description"),
            Column("publisher", "who published it"),
            Column("date", f"when it was published, where known: {DATE}"),
            Column("url", "its address"),
            Column("language", "ISO 639-1"),
            Column("kind", "official, wire, press, reference or forum"),
            Column("machine_translated", "whether the text cited is a machine translation", "boolean"),
            Column("accessed", "day on which a page without a date was read", "date"),
            Column("archived", "address of an archived copy"),
            Column("copy_of", "publisher whose text it is a copy of"),
        ),
        ("id",),
    ),
    Table("terms", "The glossary.", _terms, (ID, NAME, Column("meaning", "what it means")), ("id",)),
    Table("term_aliases", "Other words for a term.", _term_aliases, (TERM, ALIAS)),
    Table("term_sources", "Who explains a term.", _term_sources, (TERM, SOURCE)),
)

TABLES = {table.name: table for table in _TABLES}
"""Every table by its name."""
