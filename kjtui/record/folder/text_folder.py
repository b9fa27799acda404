"""Read a folder of text files as the tables of a store."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kjtui.record.folder.complete import complete
from kjtui.record.folder.documents import TABLES, Documents
from kjtui.record.folder.places import FolderFault, Place, unnamed
from kjtui.record.folder.read_files import paths_of, read_files

_FIELD_PART = re.compile(r"[^.\[\]]+")


class TextFolder:
    """A record read from a folder."""

    def __init__(self, path: Path) -> None:
        """Read the folder at ``path``. Raises ``OSError`` if a file cannot be read."""
        self._documents = Documents()
        read_files(path, self._documents)
        complete(self._documents)

    @property
    def faults(self) -> list[FolderFault]:
        """Return the faults found while reading the files."""
        return self._documents.faults

    def store(self) -> str:
        """Return the store as JSON text. The fields are in the same order as in the text files."""
        tables = {}
        for table in TABLES:
            numbered = enumerate(self._documents[table], 1)
            tables[table] = {str(number): document for number, document in numbered}
        text = json.dumps(tables, ensure_ascii=False, indent=1) + "\n"
        return text.encode("utf-8", "ignore").decode()  # drop lone surrogates, which UTF-8 cannot encode

    def place(self, table: str, identity: str, field: str) -> Place:
        """Return the position of a field of a document. If it is unknown, return the nearest known position.

        Args:
            table: Name of the table.
            identity: The ``id`` of the document, or its name by :func:`unnamed`.
            field: Path of the field, such as ``effects[0].state``; may be empty.
        """
        parts = _FIELD_PART.findall(field)
        path = tuple(int(part) if part.isdecimal() else part for part in parts)
        documents = self._documents[table] if table in TABLES else []
        for number, document in enumerate(documents, 1):
            if table == "dataset" or identity in (document.get("id"), unnamed(number)):
                return self._documents.place(document, path)
        return Place("events" if table == "events" else f"{table}.toml")


def stamp(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Return a value that changes when a file in the folder is changed, added or removed."""
    stamps = []
    for file in paths_of(path):
        status = file.stat()
        stamps.append((str(file), status.st_size, status.st_mtime_ns))
    return tuple(stamps)
