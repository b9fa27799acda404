"""The entries of the palette: named items of the record, and the events that a search finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar, NamedTuple, Protocol, runtime_checkable

from kjtui.find.filter import Filter
from kjtui.find.names import terms_by_name
from kjtui.find.search import Index
from kjtui.find.snippet import Snippet
from kjtui.history.meetings import Stop
from kjtui.history.snapshot import History
from kjtui.languages import join_items, tr
from kjtui.record.model import Term
from kjtui.record.partial_date import day_text


class Entry(NamedTuple):
    """An entry of the palette.

    Attributes:
        name: the first line.
        help: the second line.
        run: the function to call if the user chooses the entry.
        aliases: other names by which the search finds the entry.
        snippet: for an event, the text around the match. ``None`` if the title of the event contains all
            words.
        keys: the keys of a command. Empty for other entries.
        is_command: whether the entry is a command. Commands are listed before items of the record.
    """

    name: str
    help: str
    run: Callable[[], object]
    aliases: tuple[str, ...] = ()
    snippet: Snippet | None = None
    keys: str = ""
    is_command: bool = False


@runtime_checkable
class CommandPage(Protocol):
    """A dialog with commands of its own."""

    HINTS: ClassVar[tuple[str, ...]]
    """Names of entries in ``DIALOGS``."""


@runtime_checkable
class RecordReader(Protocol):
    """A screen that shows a record and can go to its items."""

    @property
    def history(self) -> History:
        """The history of the displayed record."""

    @property
    def index(self) -> Index:
        """The search index of the record."""

    def go_to_event(self, index: int) -> None:
        """Jump to an event."""

    def go_to_meeting(self, stop: Stop) -> None:
        """Jump to a meeting."""

    def show_track(self, track: str) -> None:
        """Open the page of a track."""

    def show_term(self, term: Term) -> None:
        """Show the meaning of a term."""


def event_entries(query: str, screen: RecordReader) -> Iterator[Entry]:
    """Yield entries for the events that a query finds, sorted by relevance.

    If the query finds nothing, search for the corrected query.
    """
    corrected, event_indices = query, screen.index.hits(Filter(text=query))
    if not event_indices:
        corrected = next(iter(screen.index.corrections(query, 1)), query)
        event_indices = screen.index.hits(Filter(text=corrected))
    instead = "" if corrected == query else f" · {tr('for “{query}”', query=corrected)}"
    for index in event_indices:
        event = screen.history.record.events[index]
        about = f"{join_items((tr('event'), str(event.date)))}{instead}"
        snippet = screen.index.snippet(corrected, index)
        yield Entry(event.title, about, partial(screen.go_to_event, index), snippet=snippet)


def named_entries(screen: RecordReader) -> Iterator[Entry]:
    """Yield entries for all meetings, tracks and terms.

    The word for the kind of item, such as "term", is an alias of each entry.
    """
    record = screen.history.record
    for stop in screen.history.meeting_stops:
        meeting = stop.meeting
        kind = tr("meeting")
        about, names = join_items((kind, day_text(stop.day))), (*meeting.aliases, kind)
        yield Entry(meeting.name, about, partial(screen.go_to_meeting, stop), names)
    for track in record.tracks.values():
        kind = tr("track")
        yield Entry(track.name, kind, partial(screen.show_track, track.id), (*track.aliases, kind))
    for term in terms_by_name(record):
        yield Entry(term.term, term.meaning, partial(screen.show_term, term), (*term.aliases, tr("term")))
