"""The state of the main screen: the record, the cursor, the visible events, and the active search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.reactive import var
from textual.screen import Screen

from kjtui.find.filter import Filter
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import Event
from kjtui.tui.paint.line_pane import required
from kjtui.tui.state.cursor import Cursor, clamp
from kjtui.tui.state.note_index import NoteIndex
from kjtui.tui.state.view import View
from kjtui.tui.state.visible_events import VisibleEvents, filter_for
from kjtui.tui.terminal.guards import ScreenGuard

if TYPE_CHECKING:
    from kjtui.find.search import Index
    from kjtui.tui.state.active_search import Search


class RecordScreen(ScreenGuard, Screen[None]):
    """A screen that shows a day of a record.

    The variables below contain the state as immutable values. Panes receive the values through ``data_bind``.
    """

    view: var[View] = var(required, init=False)
    """The cursor with the snapshot of its day."""
    visible_events: var[VisibleEvents] = var(VisibleEvents(), init=False)
    """The events in the timeline, as selected by the filter and the setting for minor events."""
    pinned: var[Snapshot | None] = var(None, init=False)
    """The snapshot of the pinned day. ``None`` if no day is pinned."""
    search: var[Search | None] = var(None, init=False)
    """The active search. The escape key ends it."""
    notes: var[NoteIndex] = var(NoteIndex(), init=False)
    """The user's notes. The app reads and changes them."""
    fault: var[str] = var("", init=False)
    """Why the changed store could not be loaded. Empty if the record is up to date."""
    track: var[str] = var("", init=False)
    """Id of the selected track, in the panes that show tracks."""
    counted_track: var[str] = var("", init=False)
    """Id of the track whose changes are counted in the header.

    While a pane of tracks has the focus, this is the selected track. Otherwise, the id is empty, and the
    header counts the changes of all tracks.
    """

    def __init__(self, history: History, day: date) -> None:
        super().__init__()
        self.set_history(history, day)

    @property
    def cursor(self) -> Cursor:
        """The current position in the history."""
        return self.view.cursor

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot of the cursor's day."""
        return self.view.snapshot

    @property
    def history(self) -> History:
        """The history on screen."""
        return self.view.snapshot.history

    @property
    def filter(self) -> Filter:
        """The current filter of the timeline. An empty filter shows all events."""
        return self.visible_events.filter

    @property
    def selected_event(self) -> Event | None:
        """The selected event. ``None`` if the day has no visible event."""
        selected = self.cursor.selected
        return None if selected is None else self.history.record.events[selected]

    @property
    def matches(self) -> Sequence[int]:
        """Indices of the events that match the active search."""
        return self.search.matches if self.search else ()

    @property
    def index(self) -> Index:
        """The search index of the record, built on first use."""
        return self._index_of(self.history)

    def set_history(self, history: History, day: date) -> None:
        """Set the history and the day without triggering watchers.

        End the search. Keep the filter, but remove its track or actor if the new history has no such track or
        actor. Keep the pinned day, or pin the nearest day of the new history.
        """
        self._index: Index | None = None
        self.set_reactive(RecordScreen.search, None)
        if self.track not in history.record.tracks:
            self.set_reactive(RecordScreen.track, next(iter(history.record.tracks)))
        event_filter = filter_for(self.filter, history.record)
        visible = self._visible_events(history, event_filter, minor=self.visible_events.minor)
        self.set_reactive(RecordScreen.visible_events, visible)
        self.set_reactive(RecordScreen.view, View.at(Cursor.at(history, day, visible.shown), history))
        if self.pinned:
            self.set_reactive(RecordScreen.pinned, history.snapshot(clamp(history, self.pinned.day)))

    def replace_history(self, history: History) -> None:
        """Replace the history, for example after a change of the store.

        Keep the day and the selected event.
        """
        before, selected = self.cursor, self.selected_event
        self.set_history(history, before.day)
        cursor = self.cursor._replace(back=before.back, meeting=before.meeting)
        index = history.index_of(selected.id) if selected else None
        if index is not None and history.record.events[index].day == cursor.day:
            cursor = cursor._replace(selected=index)
        self.set_reactive(RecordScreen.view, View.at(cursor, history))

    def show_events(self, event_filter: Filter, *, minor: bool) -> None:
        """Change the set of visible events. Keep the selected event if it is still visible."""
        selected = self.cursor.selected
        visible = self._visible_events(self.history, event_filter, minor=minor)
        cursor = self.cursor.with_visible(self.history, visible.shown)
        if selected in visible.shown:
            cursor = cursor._replace(selected=selected)
        self.visible_events = visible
        self.view = self.view.moved(cursor)
        if self.search:
            self.show_matches(self.search.query)

    def show_matches(self, query: str) -> None:
        """Start a search, which marks the events that match a query and pass the filter."""
        from kjtui.tui.state.active_search import Search

        self.search = Search.of(query, self.index, self.filter)

    def _visible_events(self, history: History, event_filter: Filter, *, minor: bool) -> VisibleEvents:
        """Return the events to show. Build the search index only if there is a filter."""
        passed: Sequence[int] = range(len(history.record.events))
        if event_filter:
            passed = self._index_of(history).select(event_filter)
        return VisibleEvents.of(passed, history.record, event_filter, minor=minor)

    def _index_of(self, history: History) -> Index:
        if self._index is None:
            from kjtui.find.search import Index

            self._index = Index(history.record)
        return self._index
