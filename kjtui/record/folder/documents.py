"""The documents read from a folder, and their positions in the files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kjtui.record.folder.places import FolderFault, Origin, Place
from kjtui.record.folder.toml_positions import KeyPath
from kjtui.record.model import StoreFile

Document = dict[str, Any]

TABLES = StoreFile.__struct_fields__
"""The names of the tables of a store, in order."""


class Documents:
    """The documents of each table, in the order in which they were read.

    Attributes:
        faults: The read errors.
        incomplete: Whether documents are missing because a file could not be read. If so,
            unknown references are not reported as errors.
    """

    def __init__(self) -> None:
        self.incomplete = False
        self.faults: list[FolderFault] = []
        self._tables: dict[str, list[Document]] = {table: [] for table in TABLES}
        self._origins: dict[int, Origin] = {}  # by id(document), because a dict is not hashable
        self._point_origins: dict[int, Origin] = {}

    def __getitem__(self, table: str) -> list[Document]:
        """Return the documents of a table."""
        return self._tables[table]

    def add(self, table: str, document: Document, origin: Origin) -> None:
        """Add a document to a table."""
        self._tables[table].append(document)
        self._origins[id(document)] = origin

    def keep(self, table: str, belongs: Callable[[Document], bool]) -> None:
        """Keep only the documents of a table for which ``belongs`` is true."""
        self._tables[table] = [document for document in self._tables[table] if belongs(document)]

    def add_points(self, series: Document, points: list[Document], origin: Origin) -> None:
        """Add the points that were read from a separate file to their series."""
        series.setdefault("points", []).extend(points)
        self._point_origins[id(series)] = origin

    def origin(self, document: Document, path: KeyPath = ()) -> Origin:
        """Return the origin of a value in a document."""
        if path[:1] == ("points",) and id(document) in self._point_origins:
            return self._point_origins[id(document)]
        return self._origins[id(document)]

    def place(self, document: Document, path: KeyPath = ()) -> Place:
        """Return the file, line and column of a value in a document."""
        return self.origin(document, path).place(path)

    def report(self, place: Place, message: str) -> None:
        """Add a read error."""
        self.faults.append(FolderFault(place, message))

    def report_unreadable(self, place: Place, message: str) -> None:
        """Add a read error, and mark the documents as incomplete."""
        self.incomplete = True
        self.report(place, message)

    def report_missing(self, place: Place, message: str) -> None:
        """Add an error about a missing item, unless the documents are incomplete."""
        if not self.incomplete:
            self.report(place, message)
