"""The user's notes on events and days, in a separate TinyDB file.

Notes are never part of the record. Each change acquires a lock and replaces the whole file. Therefore no
notes are lost if the disk is full, or if two windows change the file at the same time.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage
from tinydb.table import Table

from kjtui.files.atomic_write import reason_of
from kjtui.files.user_file import BrokenFileError, UserFileError, read_json, write_json
from kjtui.languages import labelled, tr
from kjtui.record.sanitize import sanitize

MAX_TEXT = 20_000
"""Maximum length of a note in characters, about ten pages."""

LOCK_TIMEOUT = 10.0
"""Default timeout for the lock, in seconds. A change holds the lock for milliseconds."""

_TABLE = "notes"
_POLL_INTERVAL = 0.002


class NotesError(Exception):
    """Notes cannot be read or written. The message is one line."""


class NotesLockedError(NotesError):
    """Another process holds the lock."""


class BrokenNotesError(NotesError):
    """The file is not a valid notes file, or another program is still writing it."""


class NoteConflictError(NotesError):
    """Another window changed the note.

    Attributes:
        text: the stored text; empty if the note was deleted.
    """

    def __init__(self, text: str) -> None:
        super().__init__(tr("This note was changed in another window."))
        self.text = text


class Note(Struct, frozen=True, kw_only=True):
    """A note on an event, or on a day if ``event`` is empty.

    Attributes:
        record: title of the record that the note is about.
        day: day that the note is about. For a note on an event, this is the day of the event. If the event
            was deleted from the record, the note leads to this day.
        event: id of the event.
        text: text of the note; empty for a bookmark.
    """

    record: str
    day: date
    event: str = ""
    text: str = ""


def default_path() -> Path:
    """Return the path of the notes in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("kjtui") / "notes.json"


class Notes:
    """The notes in a file. The file may be missing."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self._path

    def read(self, record: str) -> tuple[Note, ...]:
        """Return the notes about a record, sorted by day. On each day, notes on events come first.

        All text is sanitized. Raises ``NotesError`` if the file cannot be read. Raises ``BrokenNotesError``
        if its content is invalid.
        """
        with self._errors(), TinyDB(self._path, storage=_NotesStorage) as database:
            stored = [msgspec.convert(dict(document), Note) for document in database.table(_TABLE)]
        notes = [note for note in map(_sanitized, stored) if note.record == record]
        return tuple(sorted(notes, key=lambda note: (note.day, not note.event, note.event)))

    def write(
        self,
        note: Note,
        *,
        replaces: str | None = None,
        set_aside: bool = False,
        timeout: float = LOCK_TIMEOUT,
    ) -> None:
        """Add a note, or replace the stored note on the same event or day.

        Args:
            note: The note.
            replaces: The text that the stored note must have. If this text is empty, the stored note must be
                a bookmark or missing. If ``replaces`` is ``None``, the stored note can have any text.
            set_aside: If the file is invalid, rename it and start a new file.
            timeout: Seconds to wait for the lock.

        Raises:
            NotesLockedError: Another process held the lock until the timeout.
            NoteConflictError: The stored text differs from ``replaces``.
            BrokenNotesError: The file is invalid, and ``set_aside`` is false.
            NotesError: The file cannot be written. After any of these errors the file is unchanged.
        """
        if len(note.text) > MAX_TEXT:
            raise NotesError(
                tr(
                    "A note can have {limit:,} characters; this one has {count:,}.",
                    limit=MAX_TEXT,
                    count=len(note.text),
                )
            )
        with self._changing(timeout, set_aside) as table:
            ids = _ids_of(note, table, replaces)
            document = msgspec.to_builtins(note)
            if ids:
                table.update(document, doc_ids=ids)
            else:
                table.insert(document)

    def delete(
        self,
        note: Note,
        *,
        replaces: str | None = None,
        set_aside: bool = False,
        timeout: float = LOCK_TIMEOUT,
    ) -> None:
        """Delete the stored note on the same event or day as ``note``, if there is one.

        Arguments and errors: see :meth:`write`.
        """
        with self._changing(timeout, set_aside) as table:
            if ids := _ids_of(note, table, replaces):
                table.remove(doc_ids=ids)

    def aside_path(self) -> Path:
        """Return an unused path to which a broken notes file can be renamed."""
        target = self._target()
        number = 1
        while True:
            aside = target.with_name(f"{target.stem}.broken-{number}.json")
            if not os.path.lexists(aside):
                return aside
            number += 1

    @contextmanager
    def _changing(self, timeout: float, set_aside: bool) -> Iterator[Table]:
        """Lock the file and yield the table of notes. Read the file once, and write it at most once."""
        storage = CachingMiddleware(_NotesStorage)  # type: ignore[no-untyped-call]  # TinyDB's
        with self._errors(), self._lock(timeout):
            if set_aside:
                self._set_aside_if_broken()
            with TinyDB(self._path, storage=storage) as database:
                yield database.table(_TABLE)

    def _set_aside_if_broken(self) -> None:
        """Rename the file if it is still invalid.

        The file is read again, because another program may have finished writing it.
        """
        try:
            _NotesStorage(self._path).read()
        except BrokenFileError:
            self._target().rename(self.aside_path())

    @contextmanager
    def _lock(self, timeout: float) -> Iterator[None]:
        """Acquire the inter-process lock; the context manager releases it."""
        from filelock import FileLock, Timeout  # imported here, because reading notes needs no lock

        self._path.parent.mkdir(parents=True, exist_ok=True)
        path = self._path.with_name(f".{self._path.name}.lock")
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            fault = tr("is not a file; kjtui needs a lock file at this path to write notes")
            raise NotesError(sanitize(labelled(str(path), fault)))
        lock = FileLock(path)
        try:
            lock.acquire(timeout=timeout, poll_interval=_POLL_INTERVAL)
        except Timeout:
            fault = tr("another program is using the notes")
            raise NotesLockedError(sanitize(labelled(str(self._path), fault))) from None
        except OSError as error:
            fault = tr("cannot be locked: {reason}", reason=reason_of(error))
            raise NotesError(sanitize(labelled(str(path), fault))) from None
        try:
            yield
        finally:
            lock.release()

    def _target(self) -> Path:
        """Return the path of the file, with symbolic links resolved."""
        return Path(os.path.realpath(self._path))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Convert file errors to ``NotesError``."""
        try:
            yield
        except BrokenFileError:
            raise BrokenNotesError(sanitize(labelled(str(self._path), tr("not kjtui's notes")))) from None
        except UserFileError as error:
            raise NotesError(sanitize(str(error))) from None
        except (OSError, RuntimeError) as error:
            raise NotesError(sanitize(labelled(str(self._path), reason_of(error)))) from None


class _File(Struct):
    """The required content of a notes file. The file may have other tables and fields; they are preserved."""

    notes: dict[int, Note] = {}


class _NotesStorage(Storage):
    """A TinyDB storage that replaces its file atomically.

    TinyDB's own storage rewrites the file in place, so an interruption could leave an incomplete file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, or ``None`` if there is no file. Raises ``UserFileError``."""
        try:
            content = read_json(self._path)
        except FileNotFoundError:
            return None
        try:
            msgspec.convert(content, _File, str_keys=True)
        except (ValueError, RecursionError) as error:  # msgspec's errors inherit from ValueError
            raise BrokenFileError(self._path, str(error)) from None
        tables: dict[str, dict[str, Any]] = content
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        write_json(data, self._path)


def _sanitized(note: Note) -> Note:
    lines = [sanitize(line) for line in note.text.split("\n")]
    return Note(record=sanitize(note.record), day=note.day, event=sanitize(note.event), text="\n".join(lines))


def _ids_of(note: Note, table: Table, replaces: str | None) -> list[int]:
    """Return the TinyDB ids of the stored notes on the same event or day as ``note``.

    Raises ``NoteConflictError`` if the stored text differs from ``replaces``.
    """
    # A plain loop is several times as fast as TinyDB's queries.
    documents = [document for document in table if _is_on_same_place(note, document)]
    stored = ""
    for document in documents:
        stored = _sanitized(msgspec.convert(dict(document), Note)).text
    if replaces is not None and stored != replaces:
        raise NoteConflictError(stored)
    return [document.doc_id for document in documents]


def _is_on_same_place(note: Note, document: Mapping[str, Any]) -> bool:
    """Return whether a stored note is on the same event as ``note``.

    If neither note has an event, return whether both notes are on the same day.
    """
    event = sanitize(document.get("event", ""))
    if event != note.event or sanitize(document["record"]) != note.record:
        return False
    return bool(event) or document["day"] == note.day.isoformat()
