"""The list of the user's notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from kjtui.find.word_match import matches
from kjtui.formats.json.encoding import from_attributes
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.json.snapshot_json import NoteJson
from kjtui.formats.lists.listing import Column, Listing
from kjtui.languages import tr
from kjtui.notes import Note
from kjtui.record.model import Record


class NotesJson(Struct):
    """A list of the user's notes."""

    schema: Literal["kjtui/notes/1"]
    dataset: DatasetJson
    notes: list[NoteJson]


def note_listing(notes: Iterable[Note], record: Record, match: str = "") -> Listing:
    """Return the user's notes that match a query."""
    items = [
        from_attributes(note, NoteJson)
        for note in notes
        if matches(match, (str(note.day), note.event, note.text))
    ]
    return Listing(
        "notes",
        items,
        (
            Column("day", lambda note: str(note.day)),
            Column("event", lambda note: note.event or "–"),
            Column("text", lambda note: " ".join(note.text.split()) or tr("bookmark")),
        ),
        ("day", "event", "text"),
        NotesJson("kjtui/notes/1", dataset_json(record), items),
    )
