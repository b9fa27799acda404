"""Messages from the widgets to the screen, which owns the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.message import Message


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
