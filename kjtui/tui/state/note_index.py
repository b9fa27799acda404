"""The user's notes on a record, as an immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from kjtui.languages import tr
from kjtui.record.model import Record

if TYPE_CHECKING:
    from kjtui.notes import Note


NOTED = "*"
"""Sign of an event or day with a note."""

_MAX_LINE = 500
"""Maximum number of characters of a note's first line that are shown."""


class NoteIndex(Struct, frozen=True):
    """Notes by event and by day.

    If the event of a note no longer exists, the note is listed under its day.
    """

    notes: tuple[Note, ...] = ()
    by_event: Mapping[str, Note] = {}  # immutable default
    by_day: Mapping[date, tuple[Note, ...]] = {}  # immutable default

    @classmethod
    def of(cls, notes: Iterable[Note], record: Record) -> NoteIndex:
        """Return the notes on a record."""
        notes = tuple(notes)
        event_ids = {event.id for event in record.events}
        by_event = {note.event: note for note in notes if note.event in event_ids}
        by_day: dict[date, list[Note]] = {}
        for note in notes:
            if note.event not in event_ids:
                by_day.setdefault(note.day, []).append(note)
        return cls(notes, by_event, {day: tuple(on_day) for day, on_day in by_day.items()})

    def find(self, query: str) -> tuple[Note, ...]:
        """Return the notes that contain every word of a query. For an empty query, return all notes."""
        from kjtui.find.word_match import matches

        return tuple(note for note in self.notes if matches(query, (note.text,)))


def first_line(note: Note) -> str:
    """Return the first line of a note, truncated to a maximum length.

    For a note without text, return the word for a bookmark.
    """
    return note.text.strip()[:_MAX_LINE].split("\n")[0] or tr("bookmark")
