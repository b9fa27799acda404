"""Find the line and column of every key and array element of a TOML file.

``tomllib`` returns values without their positions. This scanner does not check the syntax, because
``tomllib`` has already accepted the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The path from the root of a document to a value: keys and indices."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_HEADER = re.compile(r"\[\[?")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_PLAIN_VALUE = re.compile(r"[^,\]}\n#]*")


class Position(NamedTuple):
    """A position in a file. Lines and columns are counted from 1."""

    line: int
    column: int


def find_positions(text: str) -> Mapping[KeyPath, Position]:
    """Return the position of each key, table and array element of a valid TOML document."""
    scanner = _Scanner(text)
    scanner.scan_document()
    return {path: position_of(text, offset) for path, offset in scanner.offsets.items()}


def position_of(text: str, offset: int) -> Position:
    """Return the line and column of an offset in a text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Position(text.count("\n", 0, line_start) + 1, offset - line_start + 1)


class _Scanner:
    """A recursive scanner of one document.

    Attributes:
        offsets: Maps the path of each value to the offset of the value.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0
        self.offsets: dict[KeyPath, int] = {}
        self._array_lengths: dict[KeyPath, int] = {}

    def scan_document(self) -> None:
        """Scan all tables and keys."""
        table: KeyPath = ()
        self._skip_space()
        while self.offset < len(self.text):
            if self.text[self.offset] == "[":
                table = self._scan_header()
            else:
                self._scan_pair(table)
            self._skip_space()

    def _scan_header(self) -> KeyPath:
        """Scan ``[table]`` or ``[[array]]``, and return the path of the table."""
        start = self.offset
        brackets = self._match(_HEADER)
        keys = self._scan_key()
        self._skip_space()
        self.offset += len(brackets)
        path: KeyPath = ()
        for key in keys[:-1]:
            path = self._last_element((*path, key))
        path = (*path, keys[-1])
        if brackets == "[[":
            index = self._array_lengths.get(path, 0)
            self._array_lengths[path] = index + 1
            path = (*path, index)
        self.offsets[path] = start
        return path

    def _last_element(self, path: KeyPath) -> KeyPath:
        """Return the path of the last element, if ``path`` leads to an array of tables.

        Return any other path unchanged.
        """
        length = self._array_lengths.get(path, 0)
        return (*path, length - 1) if length else path

    def _scan_pair(self, table: KeyPath) -> None:
        start = self.offset
        path = (*table, *self._scan_key())
        self.offsets[path] = start
        self._skip_space()
        self.offset += 1  # the equals sign
        self._skip_space()
        self._scan_value(path)

    def _scan_key(self) -> list[str]:
        """Scan a bare, quoted or dotted key, and return its parts."""
        keys = []
        while True:
            self._skip_space()
            if self.text[self.offset] in "\"'":
                keys.append(self._match(_STRING)[1:-1])
            else:
                keys.append(self._match(_BARE_KEY))
            self._skip_space()
            if self.text[self.offset] != ".":
                return keys
            self.offset += 1

    def _scan_value(self, path: KeyPath) -> None:
        match self.text[self.offset]:
            case "[":
                self._scan_array(path)
            case "{":
                self._scan_inline_table(path)
            case '"' | "'":
                self._match(_STRING)
            case _:
                self._match(_PLAIN_VALUE)

    def _scan_array(self, path: KeyPath) -> None:
        self.offset += 1
        index = 0
        while self._more("]"):
            self.offsets[(*path, index)] = self.offset
            self._scan_value((*path, index))
            index += 1

    def _scan_inline_table(self, path: KeyPath) -> None:
        self.offset += 1
        while self._more("}"):
            self._scan_pair(path)

    def _more(self, closing: str) -> bool:
        """Skip a comma, or the closing bracket after the last element. Return whether an element follows."""
        self._skip_space()
        if self.text[self.offset] == ",":
            self.offset += 1
            self._skip_space()
        if self.text[self.offset] == closing:
            self.offset += 1
            return False
        return True

    def _skip_space(self) -> None:
        self._match(_SPACE)

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.offset)
        if match is None:
            raise ValueError(f"not TOML at offset {self.offset}")
        self.offset = match.end()
        return match[0]
