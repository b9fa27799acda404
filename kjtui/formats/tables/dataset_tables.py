"""Three tables: the whole record in one row, the authors of the record, and the actors."""

from __future__ import annotations

from kjtui.formats.tables.table_model import ID, NAME, Column, Rows, Table
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


DATASET_TABLES = (
    Table(
        "dataset",
        "The record as a whole.",
        _dataset,
        (
            Column("title", "title of the record"),
            Column("version", "version of the record"),
            Column("digest", "sha256 of the store"),
            Column("first_day", "first day of the coverage", "date"),
            Column("last_day", "last day of the coverage", "date"),
            Column("reviewed", "day of the last check against the sources", "date"),
            Column("notice", "sentence printed in every export"),
            Column("about", "introduction for readers who do not know the subject"),
            Column("start", "opening day of the app at its first start", "date"),
            Column("license", "SPDX identifier of the licence"),
            Column("url", "web address of the record"),
            Column("language", "language of the texts, ISO 639-1"),
        ),
    ),
    Table("authors", "The authors of the record.", _authors, (Column("author", "name"),)),
    Table("actors", "The actors by code.", _actors, (ID, NAME), ("id",)),
)
"""The tables, in order."""
