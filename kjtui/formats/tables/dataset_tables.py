"""The tables of the record as a whole, its authors and its actors."""

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
)
"""The tables, in order."""
