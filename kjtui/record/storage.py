"""The storage through which TinyDB reads a store: one read of the file, no write."""

from __future__ import annotations

import hashlib
import re
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Raw
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from kjtui.record.sanitize import may_need_sanitizing, sanitize, sanitize_tree

MAX_BYTES = 500_000_000
"""Size above which a file is refused: to read it would take about four times as much memory."""

_MAX_CHARACTERS = 160
_DOCUMENT_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_TOO_DEEP = "not a store: nested too deeply"

V = TypeVar("V")


class StoreError(Exception):
    """A store cannot be used; the message is one line that names the file and the fault."""


class EncodedDocument(Mapping[str, Any]):
    """A document as it stands in the file, not sanitized, decoded when one of its fields is read.

    It does not refer to its storage: in such a circle, the bytes of a large file would never be freed.

    Attributes:
        number: its number in its table.
        encoded: its JSON.
    """

    __slots__ = ("_fields", "encoded", "number")

    def __init__(self, number: str, encoded: Raw) -> None:
        self.number = number
        self.encoded = encoded
        self._fields: dict[str, Any] | None = None

    def __getitem__(self, field: str) -> Any:
        """Return the value of a field."""
        return self._decoded[field]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the fields."""
        return iter(self._decoded)

    def __len__(self) -> int:
        """Return how many fields there are."""
        return len(self._decoded)

    @property
    def _decoded(self) -> dict[str, Any]:
        if self._fields is None:
            self._fields = msgspec.json.decode(self.encoded, type=dict[str, Any])
        return self._fields


Tables = dict[str, dict[str, EncodedDocument]]
"""The content of a TinyDB file: for each table, its documents by their number."""


class ReadOnlyStorage(Storage):
    """Read a TinyDB file once, decode its documents with msgspec when they are needed, and refuse to write.

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
        self._tables = self._split()

    def read(self) -> Any:
        """Return the tables, as ``Tables``: a copy, because TinyDB changes what it reads before it writes."""
        return dict(self._tables)

    def decode(
        self, document: EncodedDocument, kind: type[V], dec_hook: Callable[[type, Any], Any] | None = None
    ) -> V:
        """Decode a document as a value of a type; ``dec_hook`` decodes what msgspec does not know.

        Raises ``msgspec.ValidationError`` if it is not such a value, and ``StoreError`` if it is not UTF-8.
        """
        if self._sanitizes:
            return msgspec.convert(self.fields(document), kind, dec_hook=dec_hook)
        try:
            return msgspec.json.decode(document.encoded, type=kind, dec_hook=dec_hook)
        except msgspec.ValidationError:
            raise
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._error(_fault(self.content)) from None

    def fields(self, document: EncodedDocument) -> dict[str, Any]:
        """Return the fields of a document, sanitized. Raises ``StoreError`` if that is impossible."""
        try:
            return sanitize_tree(dict(document)) if self._sanitizes else dict(document)
        except RecursionError:
            raise self._error(_TOO_DEEP) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._error(_fault(self.content)) from None
        except ValueError as error:
            raise self._error(f"not a store: {error}") from None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refuse: kjtui never changes a store."""
        raise self._error("opened read-only")

    def _read_bytes(self, path: Path) -> bytes:
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                return self._build(path)
            if not stat.S_ISREG(status.st_mode):
                raise self._error("not a file")
            if status.st_size > MAX_BYTES:
                raise self._error(f"larger than {MAX_BYTES // 1_000_000} MB")
            return path.read_bytes()
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "its name holds a null character"
            raise self._error(f"cannot be read: {reason}") from None

    def _build(self, path: Path) -> bytes:
        """Return the store that is built from a folder of text files."""
        from kjtui.record.folder.text_folder import TextFolder

        if not (path / "dataset.toml").exists():
            raise self._error("not a record: the folder has no dataset.toml")
        folder = TextFolder(path)
        if folder.faults:
            more = f" (and {len(folder.faults) - 1} more: kjtui check)" if len(folder.faults) > 1 else ""
            raise StoreError(f"{self._name}/{shorten(str(folder.faults[0]))}{more}")
        return folder.store().encode()

    def _split(self) -> Tables:
        try:
            content = self.content.removeprefix(BOM_UTF8)
            tables = msgspec.json.decode(content, type=dict[str, dict[str, Raw]])
            self._sanitizes = self._sanitizes and may_need_sanitizing(self.content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._error(_fault(self.content)) from None
        if not all(map(_DOCUMENT_NUMBER.fullmatch, chain.from_iterable(tables.values()))):
            raise self._error(_fault(self.content))
        return {
            table: {number: EncodedDocument(number, encoded) for number, encoded in documents.items()}
            for table, documents in tables.items()
        }

    def _error(self, fault: str) -> StoreError:
        return StoreError(f"{self._name}: {fault}")


class StoreTable(Table):
    """A table that yields encoded documents. TinyDB's own table copies each, which would decode it."""

    @staticmethod
    def document_class(  # type: ignore[override]  # TinyDB calls what it declares as a subclass of dict
        document: EncodedDocument, _doc_id: int
    ) -> EncodedDocument:
        """Return the document as it is."""
        return document


class StoreDatabase(TinyDB):
    """A store as a TinyDB database with encoded documents."""

    table_class = StoreTable

    def __init__(self, storage: ReadOnlyStorage) -> None:
        """Open the tables of a storage."""
        super().__init__(storage=lambda: storage)


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


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder; false if that cannot be found out."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def shorten(text: str) -> str:
    """Sanitize text that comes from a file, and cut it for a one-line message."""
    text = sanitize(text)
    return text if len(text) <= _MAX_CHARACTERS else text[:_MAX_CHARACTERS] + "…"
