"""The reader's own notes beside events and days, in a TinyDB of their own.

Notes are never part of the record. A change is made under a lock and the file is replaced whole, so that two
windows, or a full disk, lose nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock
from msgspec import Struct
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage
from tinydb.table import Document, Table

from kjtui.record.sanitize import sanitize

_TABLE = "notes"

_POLL_INTERVAL = 0.002
"""Seconds between two attempts to lock the file: a change takes a few milliseconds."""


class NotesError(Exception):
    """Notes cannot be read or written; the message is one line that names the file."""


class Note(Struct, frozen=True, kw_only=True):
    """A note beside an event, or beside a day if ``event`` is empty.

    Attributes:
        record: the title of the record that the note is about.
        day: the day of the event, kept so that the note has a place if the event is gone.
        text: what the reader wrote; empty for a bookmark.
    """

    record: str
    day: date
    event: str = ""
    text: str = ""


def default_path() -> Path:
    """Return the file in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("kjtui") / "notes.json"


class Notes:
    """The notes in a file, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, record: str) -> tuple[Note, ...]:
        """Return the notes about a record, by day, those of events first.

        Raises ``NotesError`` if the file cannot be read. A file that holds something else is set aside first.
        """
        with self._errors():
            try:
                documents = self._documents()
            except _BrokenFileError:
                with self._lock(), self._setting_aside():
                    documents = self._documents()  # again: another process may have replaced the file
        notes = (_sanitized(msgspec.convert(dict(one), Note)) for one in documents)
        mine = (note for note in notes if note.record == record)
        return tuple(sorted(mine, key=lambda note: (note.day, not note.event, note.event)))

    def write(self, note: Note) -> None:
        """Add a note, or replace the one in its place. Raises ``NotesError``; then the file is as it was."""
        document = msgspec.to_builtins(note)
        with self._changing() as table:
            if there := _in_place(note, table):
                table.update(document, doc_ids=there)
            else:
                table.insert(document)

    def delete(self, note: Note) -> None:
        """Delete the note in a place, if there is one. Raises ``NotesError``; then the file is as it was."""
        with self._changing() as table:
            if there := _in_place(note, table):
                table.remove(doc_ids=there)

    def _documents(self) -> list[Document]:
        """Return all notes as they are stored. Raises ``_BrokenFileError``."""
        with TinyDB(self._path, storage=_AtomicStorage) as database:
            documents: list[Document] = database.table(_TABLE).all()
            return documents

    @contextmanager
    def _changing(self) -> Iterator[Table]:
        """Lock the file and yield its table, which is read once, and written once if it was changed.

        Raises ``NotesError`` for a broken file, which is set aside instead of replaced.
        """
        storage = CachingMiddleware(_AtomicStorage)  # type: ignore[no-untyped-call]  # TinyDB's
        with self._errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock(), self._setting_aside(), TinyDB(self._path, storage=storage) as database:
                yield database.table(_TABLE)

    def _lock(self) -> AbstractContextManager[object]:
        """Wait for the lock that all processes respect, and return what releases it."""
        lock = FileLock(self._path.with_name(f".{self._path.name}.lock"))
        return lock.acquire(poll_interval=_POLL_INTERVAL)

    @contextmanager
    def _setting_aside(self) -> Iterator[None]:
        """Set a broken file aside and raise ``NotesError`` for it. The file must be locked."""
        try:
            yield
        except _BrokenFileError:
            raise NotesError(f"{self._path}: not kjtui's notes; moved to {self._set_aside()}") from None

    def _set_aside(self) -> Path:
        """Give a broken file a name that nobody has, and return it."""
        number = 1
        while True:
            aside = self._path.with_name(f"{self._path.stem}.broken-{number}.json")
            try:
                os.link(self._path, aside)
            except FileExistsError:
                number += 1
            else:
                self._path.unlink()
                return aside

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise NotesError(f"{self._path}: {error.strerror or error}") from None


class _BrokenFileError(Exception):
    """A file holds something else than notes."""


class _File(Struct):
    """What a file must hold. Other tables and fields are kept as they are."""

    notes: dict[int, Note] = {}


class _AtomicStorage(Storage):
    """A storage that replaces its file whole. TinyDB's own rewrites it in place and can leave half a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables; ``None`` if there is no file. Raises ``_BrokenFileError``."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            tables: dict[str, dict[str, Any]] = msgspec.json.decode(content)
            msgspec.convert(tables, _File, str_keys=True)
        except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
            raise _BrokenFileError from None
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        temporary = self._path.with_name(f".{self._path.name}.{os.urandom(8).hex()}")
        try:
            with temporary.open("xb") as file:
                file.write(msgspec.json.encode(data))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        finally:
            temporary.unlink(missing_ok=True)


def _sanitized(note: Note) -> Note:
    lines = [sanitize(line) for line in note.text.split("\n")]
    return msgspec.structs.replace(note, text="\n".join(lines))


def _in_place(note: Note, table: Table) -> list[int]:
    """Return the numbers of the notes about the same event, or about the same day if it is about none.

    A plain function is several times as fast as TinyDB's queries.
    """
    day = note.day.isoformat()

    def same(value: Mapping[str, Any]) -> bool:
        event = value.get("event", "")
        in_place = event == note.event and (bool(event) or value["day"] == day)
        return in_place and bool(value["record"] == note.record)

    return [document.doc_id for document in table.search(same)]
