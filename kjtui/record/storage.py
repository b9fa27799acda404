"""The storage through which TinyDB reads a store: one read of the file, no write."""

from __future__ import annotations

import hashlib
import re
import stat
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from kjtui.record.sanitize import may_need_sanitizing, sanitize, sanitize_tree

MAX_BYTES = 500_000_000
"""Size above which a file is refused: reading it would take about ten times as much memory."""

_MAX_CHARACTERS = 160
_DOCUMENT_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")

Tables = dict[str, dict[str, dict[str, Any]]]
"""The content of a TinyDB file: for each table, its documents by number."""


class StoreError(Exception):
    """A store cannot be used; the message is one line that names the file and the fault."""


class ReadOnlyStorage(Storage):
    """Decode a TinyDB file once, with msgspec, and refuse to write.

    TinyDB's own storage creates a missing file and parses the whole file again for every query.

    Attributes:
        content: the bytes of the file, kept only if its text is not sanitized, as `kjtui check` needs them.
        digest: their SHA-256, in hexadecimal.
    """

    def __init__(self, path: Path, *, sanitized: bool = True) -> None:
        """Read the file at ``path``; sanitize its text unless told not to.

        Raises ``StoreError`` if the file cannot be read or is not a TinyDB store.
        """
        self._name = sanitize(str(path))
        content = self._read_bytes(path)
        self.digest = hashlib.sha256(content).hexdigest()
        self._tables = self._decode(content, sanitized=sanitized)
        self.content = b"" if sanitized else content

    def read(self) -> Tables:
        """Return the tables; their documents are shared between calls."""
        return dict(self._tables)  # TinyDB replaces tables in it before it writes

    def discard(self, table: str) -> None:
        """Forget a table, to make room, once it was read for the last time."""
        self._tables.pop(table, None)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refuse: kjtui never changes a store."""
        raise StoreError(f"{self._name}: opened read-only")

    def _read_bytes(self, path: Path) -> bytes:
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise StoreError(f"{self._name}: not a file")
            if status.st_size > MAX_BYTES:
                raise StoreError(f"{self._name}: larger than {MAX_BYTES // 1_000_000} MB")
            return path.read_bytes()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "its name holds a null character"
            raise StoreError(f"{self._name}: cannot be read: {reason}") from None

    def _decode(self, content: bytes, *, sanitized: bool) -> Tables:
        try:
            root = msgspec.json.decode(content.removeprefix(BOM_UTF8))
            self._require_tables(root)
            if sanitized and may_need_sanitizing(content):
                root = sanitize_tree(root)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self._require_utf8(content)  # else it is no JSON either, and msgspec does not say where
            raise StoreError(f"{self._name}: not JSON: {shorten(str(error))}") from None
        except RecursionError:
            raise StoreError(f"{self._name}: not a store: nested too deeply") from None
        except ValueError as error:
            raise StoreError(f"{self._name}: not a store: {error}") from None
        tables: Tables = root
        return tables

    def _require_utf8(self, content: bytes) -> None:
        """Raise ``StoreError`` at the first byte that is not UTF-8."""
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise StoreError(f"{self._name}: not UTF-8 at byte {error.start}") from None

    def _require_tables(self, root: Any) -> None:
        """Raise ``StoreError`` for JSON that TinyDB would misread or fail on."""
        if not isinstance(root, dict):
            raise StoreError(f"{self._name}: not a TinyDB store: its root is not an object")
        for table, documents in root.items():
            if not isinstance(documents, dict) or {*map(type, documents.values())} - {dict}:
                raise StoreError(f"{self._name}: {shorten(table)}: not a TinyDB table")
            if not all(map(_DOCUMENT_NUMBER.fullmatch, documents)):
                raise StoreError(f"{self._name}: {shorten(table)}: documents are not under running numbers")


def shorten(text: str) -> str:
    """Sanitize text that comes from a file, and cut it for a one-line message."""
    text = sanitize(text)
    return text if len(text) <= _MAX_CHARACTERS else text[:_MAX_CHARACTERS] + "…"
