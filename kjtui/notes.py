"""The reader's own notes beside events and days, in a TinyDB of their own.

Notes are never part of the record. A change is made under a lock and the file is replaced whole, so that two
windows, or a full disk, lose nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock
from msgspec import Struct
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.queries import QueryInstance
from tinydb.storages import Storage
from tinydb.table import Table

from kjtui.record.sanitize import sanitize

_TABLE = "notes"


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
        notes = (note for note in self._all() if note.record == record)
        return tuple(sorted(notes, key=lambda note: (note.day, not note.event, note.event)))

    def write(self, note: Note) -> None:
        """Add a note, or replace the one in its place. Raises ``NotesError``; then the file is as it was."""
        with self._changing() as table:
            document = msgspec.to_builtins(note)
            if not table.update(document, _in_place(note)):
                table.insert(document)

    def delete(self, note: Note) -> None:
        """Delete the note in a place, if there is one. Raises ``NotesError``; then the file is as it was."""
        with self._changing() as table:
            table.remove(_in_place(note))

    def _all(self) -> list[Note]:
        with self._errors():
            try:
                table = TinyDB(self._path, storage=_AtomicStorage).table(_TABLE)
                return [_sanitized(msgspec.convert(dict(document), Note)) for document in table]
            except (ValueError, TypeError, AttributeError):  # msgspec's errors are ValueErrors
                raise NotesError(f"{self._path}: not kjtui's notes; moved to {self._set_aside()}") from None

    @contextmanager
    def _changing(self) -> Iterator[Table]:
        """Lock the file and yield its table, whose changes are written once, at the end."""
        with self._errors():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_name(f".{self._path.name}.lock")):
                self._all()  # set a broken file aside instead of replacing it
                storage = CachingMiddleware(_AtomicStorage)  # type: ignore[no-untyped-call]  # TinyDB's
                with TinyDB(self._path, storage=storage) as database:
                    yield database.table(_TABLE)

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


class _AtomicStorage(Storage):
    """A storage that replaces its file whole. TinyDB's own rewrites it in place and can leave half a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return None
        decoded: dict[str, dict[str, Any]] = msgspec.json.decode(content)
        return decoded

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        temporary = self._path.with_name(f".{self._path.name}.{os.urandom(8).hex()}")
        try:
            with temporary.open("xb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(data), indent=1))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        finally:
            temporary.unlink(missing_ok=True)


def _sanitized(note: Note) -> Note:
    lines = [sanitize(line) for line in note.text.split("\n")]
    return msgspec.structs.replace(note, text="\n".join(lines))


def _in_place(note: Note) -> QueryInstance:
    """Select the note about the same event, or about the same day if it is about none."""
    same: QueryInstance = (where("record") == note.record) & (where("event") == note.event)
    if note.event:
        return same
    of_day: QueryInstance = same & (where("day") == note.day.isoformat())
    return of_day
