"""A dialog that shows an event, and the status of every track.

The left and right keys show other events.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kjtui.documents.document import Document, EventView
from kjtui.documents.event_document import event_document
from kjtui.documents.layout import Passage
from kjtui.documents.outcomes_document import outcomes_heading
from kjtui.history.fold import Standing
from kjtui.history.snapshot import History, Snapshot, sources_of
from kjtui.languages import tr
from kjtui.record.model import Event
from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.document_reader import Closed, DocumentReader, OpenPassage
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.paint.line_pane import ComposedPane, Line
from kjtui.tui.panes.status import StandingsStrip, strip_columns
from kjtui.tui.state.cursor import with_index
from kjtui.tui.state.exportable import export_event
from kjtui.tui.state.leading_track import leading_track
from kjtui.tui.state.view import View
from kjtui.words import day_words, labels
from kjtui.words.wrap import cells, first_fit, fit

_NAME = 20
"""Maximum width of the names of tracks in :class:`DayStandings`."""
_STRIP_LINES = 2
"""Maximum number of lines of :class:`EventStrip`."""


class EventReader(DocumentReader):
    """Show an event as known on its day. When the dialog closes, it returns the event that was read last.

    Args:
        history: The history of the record.
        indices: The indices of the events that the user can step through, ascending.
        index: The index of the event to begin with.
        place: Words after the event counter, such as "of this filter". May be empty.
        open_passage: The function that opens the subject of a passage.
        matches: The indices of the events that match the active search, ascending.
        day: Events up to this day are shown as known on this day, and later events as known on their own
            date. By default, every event is shown as known on its own date.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("event")
    HINTS = ("event", "document")

    def __init__(
        self,
        history: History,
        indices: Sequence[int],
        index: int,
        place: str,
        open_passage: OpenPassage,
        *,
        matches: Sequence[int] = (),
        day: date | None = None,
    ) -> None:
        self._history, self._event_indices, self._place, self._day = history, indices, place, day
        self._matches = matches
        self._with_outcomes = False
        self.index = index
        document = self._document()
        super().__init__(
            document,
            self._snapshot(),
            open_passage,
            export_event(self.event, self._snapshot()),
            self._heading(),
        )

    @property
    def event(self) -> Event:
        """The current event."""
        return self._history.record.events[self.index]

    def compose(self) -> ComposeResult:
        """Compose the text, a strip of standings above the text, and a list of standings beside the text.

        The style sheet hides either the strip or the list, depending on the width.
        """
        with Vertical(classes="dialog reader event"):
            yield Static(self.heading, classes="count", markup=False)
            yield EventStrip(View.of(self.snapshot), self.event)
            with Horizontal():
                yield self.text
                yield DayStandings(View.of(self.snapshot), self.event)
            yield Hint(*self.HINTS)

    def closed(self) -> Closed:
        """Return the event that was read last."""
        return Closed(self.index)

    def action_turn(self, step: int) -> None:
        """Show the next or previous event."""
        position = bisect_left(self._event_indices, self.index) + step
        if not 0 <= position < len(self._event_indices):
            self.notify(tr("No later event") if step > 0 else tr("No earlier event"), markup=False)
            return
        self._show_event(self._event_indices[position])

    def action_match(self, step: int) -> None:
        """Show the next or previous match of the search."""
        if step > 0:
            position = bisect_right(self._matches, self.index)
        else:
            position = bisect_left(self._matches, self.index) - 1
        if 0 <= position < len(self._matches):
            self._show_event(self._matches[position])
        else:
            self.notify(tr("No later match") if step > 0 else tr("No earlier match"), markup=False)

    def action_outcomes(self) -> None:
        """Show or hide the section with the outcomes of the event's effects.

        The outcomes are as known at the end of the record.
        """
        self._with_outcomes = not self._with_outcomes
        self.text.show_document(self._document())
        if self._with_outcomes:
            self.text.show_section(outcomes_heading(self._history))

    def show_found(self, index: int, matches: Sequence[int]) -> None:
        """Show an event found by a search."""
        self._matches = matches
        self.query_one(Hint).refresh(layout=True)  # the keys for matches are now available
        self._show_event(index)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the keys for the next and previous match if there are no matches."""
        if action == "match":
            return bool(self._matches)
        return super().check_action(action, parameters)

    def _show_event(self, index: int) -> None:
        self.index = index
        self._event_indices = with_index(self._event_indices, index)
        self.snapshot = self._snapshot()
        self.show(self._document(), self._heading(), export_event(self.event, self.snapshot))
        view = View.of(self.snapshot)
        for standings in (self.query_one(DayStandings), self.query_one(EventStrip)):
            standings.event = self.event
            standings.view = view
            standings.recompose_lines()

    def action_go(self) -> None:
        """Go to the day of the event."""
        self.dismiss(Closed(self.index, go=True))

    def action_track_page(self) -> None:
        """Open the page of the event's main track."""
        track = leading_track(self.event, self._history.record)
        if track:
            self.open_passage(Passage((), track=track))
        else:
            self.notify(tr("This event concerns no track."), markup=False)

    def action_sources(self) -> None:
        """List the sources of the event."""
        title = labels.dated_title(self.event)
        self.list_sources(Passage((), sources=tuple(sources_of(self.event, self.snapshot)), title=title))

    def _snapshot(self) -> Snapshot:
        return self._history.snapshot(max(self._day or self.event.day, self.event.day))

    def _document(self) -> Document:
        return event_document(EventView(self.event, self._snapshot()), with_outcomes=self._with_outcomes)

    def _heading(self) -> str:
        position = bisect_left(self._event_indices, self.index) + 1
        count = tr("{position:,} of {count:,}", position=position, count=len(self._event_indices))
        count = f"{count} {self._place}".strip()
        return f"{day_words.header_day(self.event.day)} · {count} ←→"


class EventStrip(StandingsStrip):
    """The standings of the tracks that an event concerns, in a few lines.

    Tracks that the event changes come first.
    """

    def __init__(self, view: View, event: Event) -> None:
        super().__init__(view)
        self.event = event

    def shown_standings(self, snapshot: Snapshot, width: int) -> Sequence[Standing]:
        """Return the standings that fit into the strip."""
        changed = {effect.track for effect in self.event.effects}
        concerned = [standing for standing in snapshot.standings if standing.track.id in self.event.tracks]
        concerned.sort(key=lambda standing: standing.track.id not in changed)
        return concerned[: _STRIP_LINES * strip_columns(width)]


class DayStandings(ComposedPane, can_focus=False):
    """The standings of all tracks at the end of a day. Tracks that the event changes are marked."""

    ID = "day-standings"
    DEFAULT_CSS = "DayStandings { width: 46; height: 1fr; padding: 0 0 0 1; overflow-y: auto; }"

    def __init__(self, view: View, event: Event) -> None:
        super().__init__(view)
        self.event = event
        names = (cells(track.name) for track in view.snapshot.record.tracks.values())
        self._name_width = min(max(names), _NAME)

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose a heading, then one line per standing and one line per pending effect."""
        yield (
            (
                fit(f" {tr('Standings on {day}', day=day_words.header_day(snapshot.day))}", width),
                "heading",
            ),
        )
        changed = {effect.track for effect in self.event.effects}
        for standing in snapshot.standings:
            yield from self._standing(standing, snapshot, width, marked=standing.track.id in changed)

    def _standing(
        self, standing: Standing, snapshot: Snapshot, width: int, *, marked: bool
    ) -> Iterator[Line]:
        track, state = standing.track, standing.state
        name = first_fit((track.name, track.short or track.name), self._name_width, cells)
        state_width = max(width - self._name_width - 4, 1)
        label = first_fit((state.label, labels.short_state(state)), state_width, cells)
        yield (
            ("▶" if marked else " ", "accent"),
            (f"{labels.SYMBOLS[state.tone]} ", state.tone),
            (f"{fit(name, self._name_width)} ", "strong" if marked else ""),
            (fit(label, state_width).rstrip(), state.tone),
        )
        for entry in standing.pending:
            text = first_fit(labels.pending_forms(entry, snapshot.day), width - 4, cells)
            yield ((f"    {text}", "accent" if labels.is_firm(entry) else "cursor"),)
