"""The reader's notes as a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kjtui.record.model import Record

if TYPE_CHECKING:
    from kjtui.notes import Note


class NoteRow(NamedTuple):
    """A note, as lists in every format have it.

    Attributes:
        day: The day of the event, or the day that the note stands beside.
        event: The id of the event; empty for a note beside a day.
        title: The title of the event; empty if the record does not have it.
        text: What the reader wrote; empty for a bookmark.
    """

    day: str
    event: str
    title: str
    text: str


def note_rows(notes: Iterable[Note], record: Record) -> list[NoteRow]:
    """Return the rows of notes, in their order."""
    titles = {event.id: event.title for event in record.events}
    return [
        NoteRow(note.day.isoformat(), note.event, titles.get(note.event, ""), note.text) for note in notes
    ]


def notes_text(rows: Iterable[NoteRow]) -> str:
    """Return notes as text, one a line."""
    return "".join(f"{_line(row)}\n" for row in rows)


def _line(row: NoteRow) -> str:
    text = " ".join(row.text.split()) or "bookmark"
    return f"{row.day}  {text}{f'  ({row.event})' if row.event else ''}"
