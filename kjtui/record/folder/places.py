"""Positions in the files of a folder, for error messages."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from kjtui.languages import tr
from kjtui.record.folder.toml_positions import KeyPath, find_positions, position_of

_BETWEEN_ITEMS = re.compile(r"[\s,]*")


class Place(NamedTuple):
    """A position in a file of a folder. Line 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class FolderFault(NamedTuple):
    """A read error in a folder."""

    place: Place
    message: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.place}: {self.message}"


def unnamed(number: int | str) -> str:
    """Name a document that has no id by its number in the table."""
    return tr("document {number}", number=number)


class Origin(ABC):
    """The place from which a document was read: a file and a position."""

    @abstractmethod
    def place(self, path: KeyPath = ()) -> Place:
        """Return the position of a value, or of the nearest enclosing value with a known position."""

    def below(self, _path: KeyPath) -> Origin:
        """Return the origin of a table inside the document.

        This implementation returns the origin of the document itself.
        """
        return self


class TomlOrigin(Origin):
    """The origin of a document that is a table in a TOML file. Positions are computed on demand."""

    def __init__(self, file: str, text: str, root: KeyPath = ()) -> None:
        self._file = file
        self._text = text
        self._root = root

    def place(self, path: KeyPath = ()) -> Place:
        positions = find_positions(self._text)
        full_path = (*self._root, *path)
        for length in range(len(full_path), 0, -1):
            if position := positions.get(full_path[:length]):
                return Place(self._file, *position)
        return Place(self._file, 1, 1)

    def below(self, path: KeyPath) -> TomlOrigin:
        """Return the origin of a table inside this table."""
        return TomlOrigin(self._file, self._text, (*self._root, *path))


class JsonOrigin(Origin):
    """The origin of a document that is an item of a JSON array."""

    def __init__(self, file: str, text: str, index: int) -> None:
        self._file = file
        self._text = text
        self._index = index

    def place(self, path: KeyPath = ()) -> Place:
        decoder = json.JSONDecoder()
        offset = self._skip(self._text.index("[") + 1)
        for _ in range(self._index):
            offset = self._skip(decoder.raw_decode(self._text, offset)[1])
        return Place(self._file, *position_of(self._text, offset))

    def _skip(self, offset: int) -> int:
        match = _BETWEEN_ITEMS.match(self._text, offset)
        return match.end() if match else offset


class RowsOrigin(Origin):
    """The origin of the points of a series: a CSV file, in which each row is an element of ``points``."""

    def __init__(self, file: str, lines: Sequence[int]) -> None:
        self._file = file
        self._lines = lines

    def place(self, path: KeyPath = ()) -> Place:
        match path:
            case ("points", int(row), *_) if row < len(self._lines):
                return Place(self._file, self._lines[row], 1)
        return Place(self._file, 1, 1)
