"""Messages from the widgets to the screen, which owns the cursor.

Nobody compares or prints them. Making the methods for that would take as long as the rest of this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from kjtui.record.model import Event

if TYPE_CHECKING:
    from kjtui.notes import Note


@dataclass(eq=False, repr=False)
class EventSelected(Message):
    """An event was selected, given by its index in ``record.events``."""

    index: int


@dataclass(eq=False, repr=False)
class OpenRequested(Message):
    """The selected event was asked for in full."""


@dataclass(eq=False, repr=False)
class DaySelected(Message):
    """A day was selected."""

    day: date


@dataclass(eq=False, repr=False)
class TrackSelected(Message):
    """A track was selected, given by its id."""

    track: str


@dataclass(eq=False, repr=False)
class PaneSelected(Message):
    """A pane was selected, given by its id."""

    pane: str


@dataclass(eq=False, repr=False)
class SearchChanged(Message):
    """The query of the search changed."""

    query: str


@dataclass(eq=False, repr=False)
class SearchStepped(Message):
    """The next match was asked for, or the previous one if ``step`` is negative."""

    step: int


@dataclass(eq=False, repr=False)
class SearchClosed(Message):
    """The search was closed: ``accepted`` stays at the match, else the cursor returns."""

    accepted: bool


@dataclass(eq=False, repr=False)
class FileSaved(Message):
    """What is on screen was saved to a file."""

    path: Path


@dataclass(eq=False, repr=False)
class NoteWanted(Message):
    """A note is to be written beside an event, or beside a day, or a bookmark to be set or removed there."""

    event: Event | None
    day: date
    bookmark: bool = False


@dataclass(eq=False, repr=False)
class NotesWanted(Message):
    """The list of notes was asked for."""


@dataclass(eq=False, repr=False)
class NoteOpened(Message):
    """A note is to be edited."""

    note: Note


@dataclass(eq=False, repr=False)
class NoteDeleted(Message):
    """A note is to be deleted."""

    note: Note
