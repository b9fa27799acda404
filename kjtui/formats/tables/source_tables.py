"""The tables of sources and of the glossary."""

from __future__ import annotations

from kjtui.formats.tables.table_model import ALIAS, DATE, ID, NAME, SOURCE, TERM, Column, Rows, Table
from kjtui.history.snapshot import History


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


SOURCE_TABLES = (
    Table(
        "sources",
        "The sources.",
        _sources,
        (
            ID,
            Column("title", "title of the publication, or a description in square brackets"),
            Column("publisher", "publisher"),
            Column("date", f"date of publication, if known: {DATE}"),
            Column("url", "web address"),
            Column("language", "language code, ISO 639-1"),
            Column("kind", "official, wire, press, reference or forum"),
            Column("machine_translated", "whether the cited text is a machine translation", "boolean"),
            Column("accessed", "day on which a page without a date was read", "date"),
            Column("archived", "address of an archived copy"),
            Column("copy_of", "publisher of the original, if the page is a copy"),
        ),
        ("id",),
    ),
    Table("terms", "The glossary.", _terms, (ID, NAME, Column("meaning", "meaning of the term")), ("id",)),
    Table("term_aliases", "Other names of each term.", _term_aliases, (TERM, ALIAS)),
    Table("term_sources", "The sources of each term.", _term_sources, (TERM, SOURCE)),
)
"""The tables, in order."""
