"""Messages from the widgets to the screen, which owns the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from kjtui.record.model import Event

if TYPE_CHECKING:
    from kjtui.notes import Note


@dataclass
class EventSelected(Message):
    """An event was selected, given by its index in ``record.events``."""

    index: int


@dataclass
class OpenRequested(Message):
    """The selected event was asked for in full."""


@dataclass
class DaySelected(Message):
    """A day was selected."""

    day: date


@dataclass
class TrackSelected(Message):
    """A track was selected, given by its id."""

    track: str


@dataclass
class PaneSelected(Message):
    """A pane was selected, given by its id."""

    pane: str


@dataclass
class SearchChanged(Message):
    """The query of the search changed."""

    query: str


@dataclass
class SearchStepped(Message):
    """The next match was asked for, or the previous one if ``step`` is negative."""

    step: int


@dataclass
class SearchClosed(Message):
    """The search was closed: ``accepted`` stays at the match, else the cursor returns."""

    accepted: bool


@dataclass
class FileSaved(Message):
    """What is on screen was saved to a file."""

    path: Path


@dataclass
class NoteWanted(Message):
    """A note is to be written beside an event, or beside a day, or a bookmark to be set or removed there."""

    event: Event | None
    day: date
    bookmark: bool = False


@dataclass
class NotesWanted(Message):
    """The list of notes was asked for."""


@dataclass
class NoteOpened(Message):
    """A note is to be edited."""

    note: Note


@dataclass
class NoteDeleted(Message):
    """A note is to be deleted."""

    note: Note
