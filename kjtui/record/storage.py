"""The storage through which TinyDB reads a store: one read of the file, no write."""

from __future__ import annotations

import hashlib
import re
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw
from tinydb.storages import Storage

from kjtui.record.sanitize import may_need_sanitizing, sanitize, sanitize_tree

MAX_BYTES = 500_000_000
"""Size above which a file is refused: to read it would take about four times as much memory."""

_MAX_CHARACTERS = 160
_DOCUMENT_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_TOO_DEEP = "not a store: nested too deeply"
_BATCH = 500
"""How many documents are decoded at a time: a large store takes three times the memory if all are at once."""

Document = dict[str, Any]


class StoreError(Exception):
    """A store cannot be used; the message is one line that names the file and the fault."""


class Documents(Mapping[str, Document]):
    """The documents of a table by their number, each decoded when it is read."""

    def __init__(self, encoded: Mapping[str, Raw], decode: Callable[[Iterable[Raw]], list[Document]]) -> None:
        self._encoded = encoded
        self._decode = decode

    def __getitem__(self, number: str) -> Document:
        """Decode one document."""
        return self._decode([self._encoded[number]])[0]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the numbers."""
        return iter(self._encoded)

    def __len__(self) -> int:
        """Return how many documents there are."""
        return len(self._encoded)

    def items(self) -> ItemsView[str, Document]:
        """Return a view of numbers and documents, through which TinyDB reads a table."""
        return _Items(self)

    def in_batches(self) -> Iterator[tuple[str, Document]]:
        """Iterate over numbers and documents, decoding a batch at a time."""
        encoded = iter(self._encoded.items())
        while batch := dict(islice(encoded, _BATCH)):
            yield from zip(batch, self._decode(batch.values()), strict=True)


class _Items(ItemsView[str, Document]):
    _mapping: Documents

    def __iter__(self) -> Iterator[tuple[str, Document]]:
        return self._mapping.in_batches()


Tables = Mapping[str, Mapping[str, Document]]
"""The content of a TinyDB file, by the names of its tables."""


class ReadOnlyStorage(Storage):
    """Read a TinyDB file once, decode its documents with msgspec when they are read, and refuse to write.

    TinyDB's own storage creates a missing file and parses the whole file again for every query.

    Attributes:
        content: the bytes of the file.
        digest: their SHA-256, in hexadecimal.
    """

    def __init__(self, path: Path, *, sanitized: bool = True) -> None:
        """Read the file at ``path``; sanitize its text unless told not to.

        Raises ``StoreError`` if the file cannot be read or is not a TinyDB store. A document may still turn
        out not to be UTF-8 when it is read, which raises ``StoreError`` as well.
        """
        self._name = sanitize(str(path))
        self.content = self._read_bytes(path)
        self.digest = hashlib.sha256(self.content).hexdigest()
        self._sanitizes = sanitized
        self._encoded = self._split()

    def read(self) -> Any:
        """Return the tables, as ``Tables``: mappings, where TinyDB declares dictionaries."""
        return {table: Documents(encoded, self._decode) for table, encoded in self._encoded.items()}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refuse: kjtui never changes a store."""
        raise self._error("opened read-only")

    def _read_bytes(self, path: Path) -> bytes:
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise self._error("not a file")
            if status.st_size > MAX_BYTES:
                raise self._error(f"larger than {MAX_BYTES // 1_000_000} MB")
            return path.read_bytes()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "its name holds a null character"
            raise self._error(f"cannot be read: {reason}") from None

    def _split(self) -> dict[str, dict[str, Raw]]:
        try:
            content = self.content.removeprefix(BOM_UTF8)
            tables = msgspec.json.decode(content, type=dict[str, dict[str, Raw]])
            self._sanitizes = self._sanitizes and may_need_sanitizing(self.content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._error(_fault(self.content)) from None
        if not all(map(_DOCUMENT_NUMBER.fullmatch, chain.from_iterable(tables.values()))):
            raise self._error(_fault(self.content))
        return tables

    def _decode(self, encoded: Iterable[Raw]) -> list[Document]:
        try:
            documents = msgspec.json.decode(b"[%b]" % b",".join(encoded), type=list[Document])
            return sanitize_tree(documents) if self._sanitizes else documents
        except RecursionError:
            raise self._error(_TOO_DEEP) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._error(_fault(self.content)) from None
        except ValueError as error:
            raise self._error(f"not a store: {error}") from None

    def _error(self, fault: str) -> StoreError:
        return StoreError(f"{self._name}: {fault}")


def _fault(content: bytes) -> str:
    """Return what makes a file unusable as a TinyDB store, by reading it whole."""
    try:
        root = msgspec.json.decode(content.removeprefix(BOM_UTF8))
    except RecursionError:
        return _TOO_DEEP
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as where:
            return f"not UTF-8 at byte {where.start}"
        return f"not JSON: {shorten(str(error))}"
    if not isinstance(root, dict):
        return "not a TinyDB store: its root is not an object"
    for table, documents in root.items():
        if not isinstance(documents, dict) or {*map(type, documents.values())} - {dict}:
            return f"{shorten(table)}: not a TinyDB table"
        if not all(map(_DOCUMENT_NUMBER.fullmatch, documents)):
            return f"{shorten(table)}: documents are not under running numbers"
    return "not a TinyDB store: a key is written twice"


def shorten(text: str) -> str:
    """Sanitize text that comes from a file, and cut it for a one-line message."""
    text = sanitize(text)
    return text if len(text) <= _MAX_CHARACTERS else text[:_MAX_CHARACTERS] + "…"
