"""The TinyDB storage of a store. It reads the file once and never writes."""

from __future__ import annotations

import hashlib
import re
import stat
from codecs import BOM_UTF8
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from kjtui.languages import labelled, noted, tr
from kjtui.record.sanitize import may_need_sanitizing, sanitize, sanitize_tree

MAX_BYTES = 500_000_000
"""Maximum size of a file in bytes. Reading a file needs about four times as much memory."""

SCHEMA_KEY = "$schema"
"""The top-level key whose value is the address of the file's JSON Schema. Text editors use the schema."""

_MAX_CHARACTERS = 240
"""Maximum length of each part of a message. Only a text quoted from the file can be longer."""
_DOCUMENT_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")

Tables = dict[str, dict[str, dict[str, Any]]]
"""The content of a TinyDB file.

It maps the name of each table to the table, and each table maps document numbers to documents.
"""


class StoreError(Exception):
    """A store cannot be used. The message is one line that names the file and the fault."""


class ReadOnlyStorage(Storage):
    """Read a TinyDB file once, decode it with msgspec, and refuse to write.

    TinyDB's own storage would create a missing file, and would parse the whole file again for every query.

    Attributes:
        content: the bytes of the file.
        digest: the SHA-256 of ``content``, in hexadecimal.
    """

    def __init__(self, path: Path, *, sanitized: bool = True) -> None:
        """Read the file at ``path``. Sanitize its text, unless ``sanitized`` is false.

        Raises ``StoreError`` if the file cannot be read or is not a TinyDB store.
        """
        self._name = sanitize(str(path))
        self.content = self._read_bytes(path)
        self.digest = hashlib.sha256(self.content).hexdigest()
        self._tables = self._decode()
        if sanitized and may_need_sanitizing(self.content):
            self._tables = self._sanitize(self._tables)

    def read(self) -> Tables:
        """Return a copy of the tables, because TinyDB modifies the returned dict before it writes."""
        return dict(self._tables)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Raise ``StoreError``, because kjtui never changes a store."""
        raise self._error(tr("opened read-only"))

    def _read_bytes(self, path: Path) -> bytes:
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                return self._build(path)
            if not stat.S_ISREG(status.st_mode):
                raise self._error(tr("not a file"))
            if path.suffix == ".toml":
                raise self._error(tr("a text file of a record; give the path of its folder instead"))
            if status.st_size > MAX_BYTES:
                raise self._error(tr("larger than {size} MB", size=MAX_BYTES // 1_000_000))
            return path.read_bytes()
        except (OSError, ValueError) as error:
            from kjtui.files.atomic_write import reason_of  # imported here, because only errors need it

            if isinstance(error, OSError):
                reason = reason_of(error)
            else:
                reason = tr("its name contains a null character")
            raise self._error(tr("cannot be read: {reason}", reason=reason)) from None

    def _build(self, path: Path) -> bytes:
        """Build the store from a folder of text files."""
        from kjtui.record.folder.text_folder import TextFolder

        if not (path / "dataset.toml").exists():
            raise self._error(tr("not a record: the folder has no dataset.toml"))
        folder = TextFolder(path)
        if folder.faults:
            first_fault = f"{self._name}/{shorten(str(folder.faults[0]))}"
            raise StoreError(with_more(first_fault, len(folder.faults) - 1))
        return folder.store().encode()

    def _decode(self) -> Tables:
        content = self.content.removeprefix(BOM_UTF8)
        try:
            root = msgspec.json.decode(content, type=dict[str, dict[str, dict[str, Any]] | str])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._error(_fault(self.content)) from None
        root.pop(SCHEMA_KEY, None)
        tables = {name: table for name, table in root.items() if not isinstance(table, str)}
        numbers = chain.from_iterable(tables.values())
        if len(tables) < len(root) or not all(map(_DOCUMENT_NUMBER.fullmatch, numbers)):
            raise self._error(_fault(self.content))
        return tables

    def _sanitize(self, tables: Tables) -> Tables:
        try:
            sanitized: Tables = sanitize_tree(tables)
        except RecursionError:
            raise self._error(_too_deep()) from None
        except ValueError as error:
            raise self._error(tr("not a store: {error}", error=error)) from None
        return sanitized

    def _error(self, fault: str) -> StoreError:
        return StoreError(labelled(self._name, fault))


def _fault(content: bytes) -> str:
    """Return the reason why a file is not a TinyDB store."""
    text = content.removeprefix(BOM_UTF8)
    try:
        root = msgspec.json.decode(text)
    except RecursionError:
        return _too_deep()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as where:
            return tr("not UTF-8 at byte {position}", position=where.start)
        from kjtui.files.parser_messages import json_fault  # only a broken store needs it

        return tr("not JSON: {cause}", cause=shorten(json_fault(error, text)))
    if not isinstance(root, dict):
        return tr("not a TinyDB store: its root is not an object")
    for table, documents in root.items():
        if table == SCHEMA_KEY and isinstance(documents, str):
            continue
        if not isinstance(documents, dict) or {*map(type, documents.values())} - {dict}:
            return tr("{table}: not a TinyDB table", table=shorten(table))
        if not all(map(_DOCUMENT_NUMBER.fullmatch, documents)):
            return tr("{table}: the document keys are not running numbers", table=shorten(table))
    return tr("not a TinyDB store: a key is written twice")


def _too_deep() -> str:
    return tr("not a store: {error}", error=tr("nested too deeply"))


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder. Return ``False`` if the path is not accessible."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def with_more(fault: str, count: int) -> str:
    """Return a fault, followed by the number of further faults if there are any."""
    return noted(fault, tr("and {count} more: kjtui check", count=count)) if count > 0 else fault


def shorten(text: str) -> str:
    """Sanitize a text from a file, and truncate it to fit into a one-line message."""
    text = sanitize(text)
    return text if len(text) <= _MAX_CHARACTERS else text[:_MAX_CHARACTERS] + "…"
