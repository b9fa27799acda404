"""The main screen: it owns the cursor, and the panes draw the snapshot of the cursor's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import Reactive, var
from textual.screen import Screen

from kjtui.find.filter import Filter
from kjtui.history.meetings import Stop
from kjtui.history.snapshot import History, Snapshot
from kjtui.languages import tr
from kjtui.record.model import Event, Term
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.command_table import main_commands
from kjtui.tui.keys.footer import Footer
from kjtui.tui.paint.line_pane import SnapshotPane, required
from kjtui.tui.panes.day_header import DayHeader
from kjtui.tui.panes.lanes import LanesPane
from kjtui.tui.panes.meeting import MeetingPane
from kjtui.tui.panes.pane_column import PaneColumn, panes_of
from kjtui.tui.panes.pane_tabs import PaneTabs
from kjtui.tui.panes.status import StandingsStrip
from kjtui.tui.panes.timeline import Timeline, nothing_to_open
from kjtui.tui.panes.track_selection import TrackSelection
from kjtui.tui.state.cursor import Cursor, clamp
from kjtui.tui.state.moves import MOVES
from kjtui.tui.state.note_index import NoteIndex
from kjtui.tui.state.pane_table import PANES, PANES_BY_ID
from kjtui.tui.state.view import View
from kjtui.tui.state.visible_events import VisibleEvents, filter_for
from kjtui.tui.terminal.guards import ScreenGuard

if TYPE_CHECKING:
    from textual.command import Provider

    from kjtui.find.goto import Target
    from kjtui.find.search import Index
    from kjtui.tui.dialogs.document_reader import Closed
    from kjtui.tui.dialogs.palette import Entry
    from kjtui.tui.dialogs.search_dialog import Kept
    from kjtui.tui.state.active_search import Search

PaneT = TypeVar("PaneT", bound=SnapshotPane)


def _commands() -> type[Provider]:
    from kjtui.tui.dialogs.palette import CommandProvider

    return CommandProvider


def _entries() -> type[Provider]:
    from kjtui.tui.dialogs.palette import RecordProvider

    return RecordProvider


class MainScreen(ScreenGuard, Screen[None]):
    """The panes and the commands.

    The state is in the variables below, each an immutable value. Panes receive the variables they declare by
    ``data_bind``, and report clicks by messages. Dialogs, palette and exports are imported when first used,
    which makes the start faster.
    """

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in main_commands() if command.keys]
    COMMANDS = {_commands, _entries}  # noqa: RUF012  # Textual declares it without ClassVar
    BLANK = True  # panes cover it
    AUTO_FOCUS = f"#{PANES[0].id}"

    view: var[View] = var(required, init=False)
    """The cursor with the snapshot of its day."""
    visible_events: var[VisibleEvents] = var(VisibleEvents(), init=False)
    """The events that the timeline shows, by filter and weight."""
    pinned: var[Snapshot | None] = var(None, init=False)
    """The day to compare with."""
    search: var[Search | None] = var(None, init=False)
    """The active search, until escape."""
    notes: var[NoteIndex] = var(NoteIndex(), init=False)
    """The reader's notes, which the app reads and changes."""
    pane: var[str] = var(PANES[0].id, init=False)
    """Id of the current pane, the only one visible on small screens."""
    track: var[str] = var("", init=False)
    """Id of the track that is selected in the panes of tracks."""
    zoomed: var[bool] = var(False, init=False)
    """Whether the current pane is maximised."""

    def __init__(self, history: History, day: date, pane: str = "") -> None:
        super().__init__()
        self.set_history(history, day)
        self._last_notice = ""  # not repeated while a key is held
        if pane in PANES_BY_ID:
            self.set_reactive(MainScreen.pane, pane)
        self.add_class("-whole", update=False)

    def compose(self) -> ComposeResult:
        """Compose the header, the strip and the tabs of small screens, the panes and the footer."""
        yield self._bound(DayHeader(self.view))
        yield self._bound(StandingsStrip(self.view))
        yield PaneTabs().data_bind(MainScreen.pane)
        for side in ("left", "right"):
            column = PaneColumn(side, *map(self._bound, panes_of(side, self.view)))
            column.mark(self.pane)
            yield column
        yield Footer()

    def _bound(self, pane: PaneT) -> PaneT:
        """Bind a pane to the variables that it declares as reactives."""
        state = (
            MainScreen.view,
            MainScreen.visible_events,
            MainScreen.pinned,
            MainScreen.search,
            MainScreen.track,
            MainScreen.notes,
        )
        declared = (part for part in state if isinstance(getattr(type(pane), part.name, None), Reactive))
        return pane.data_bind(*declared)

    # The state

    @property
    def cursor(self) -> Cursor:
        """The position of the reader."""
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
        """The filter of events."""
        return self.visible_events.filter

    @property
    def selected_event(self) -> Event | None:
        """The selected event, if the day has a visible one."""
        selected = self.cursor.selected
        return None if selected is None else self.history.record.events[selected]

    def set_history(self, history: History, day: date) -> None:
        """Set history and day without triggering watchers.

        Keep the filter and the pinned day where the history has them, and close the search.
        """
        self._index: Index | None = None
        self.remove_class("-searching")
        self.set_reactive(MainScreen.search, None)
        if self.track not in history.record.tracks:
            self.set_reactive(MainScreen.track, next(iter(history.record.tracks)))
        limit = filter_for(self.filter, history.record)
        visible = self._visible_events(history, limit, minor=self.visible_events.minor)
        self.set_reactive(MainScreen.visible_events, visible)
        self.set_reactive(MainScreen.view, View.at(Cursor.at(history, day, visible.shown), history))
        if self.pinned:
            self.set_reactive(MainScreen.pinned, history.snapshot(clamp(history, self.pinned.day)))

    @property
    def index(self) -> Index:
        """The search index of the record, built on first use."""
        if self._index is None:
            from kjtui.find.search import Index

            self._index = Index(self.history.record)
        return self._index

    def _visible_events(self, history: History, limit: Filter, *, minor: bool) -> VisibleEvents:
        """Return the events to show; without a filter, no search index is needed."""
        if limit and self._index is None:
            from kjtui.find.search import Index

            self._index = Index(history.record)
        passed = self._index.select(limit) if limit and self._index else range(len(history.record.events))
        return VisibleEvents.of(passed, history.record, limit, minor=minor)

    def show_history(self, history: History) -> None:
        """Show another record, such as a store that changed, at the same day, event and pane."""
        before, events = self.cursor, self.history.record.events
        chosen = events[before.selected].id if before.selected is not None else ""
        focused = self._focused_pane() or self.pane
        self.set_history(history, before.day)
        cursor = self.cursor._replace(back=before.back, meeting=before.meeting)
        index = history.index_of(chosen)
        if index is not None and history.record.events[index].day == cursor.day:
            cursor = cursor._replace(selected=index)
        self.set_reactive(MainScreen.view, View.at(cursor, history))

        async def recompose() -> None:
            await self.recompose()
            self.query_one(f"#{focused}").focus()

        self.call_next(recompose)  # in the context of the screen, to which panes are bound

    def event_entries(self, query: str) -> Iterator[Entry]:
        """Yield palette entries for the events that a search finds, in order."""
        from kjtui.tui.dialogs.palette import Entry

        corrected, found = query, self.index.hits(Filter(text=query))
        if not found:
            corrected = next(iter(self.index.corrections(query, 1)), query)
            found = self.index.hits(Filter(text=corrected))
        instead = "" if corrected == query else f" · for “{corrected}”"
        for index in found:
            event = self.history.record.events[index]
            run, snippet = partial(self.go_to_event, index), self.index.snippet(corrected, index)
            yield Entry(event.title, f"event, {event.date}{instead}", run, snippet=snippet)

    def named_entries(self) -> Iterator[Entry]:
        """Yield palette entries for meetings, tracks and terms."""
        from kjtui.tui.dialogs.palette import Entry

        record = self.history.record
        for stop in self.history.meeting_stops:
            run = partial(self.go_to_meeting, stop)
            yield Entry(stop.meeting.name, f"meeting, {day_text(stop.day)}", run, stop.meeting.aliases)
        for track in record.tracks.values():
            yield Entry(track.name, "track", partial(self.show_track, track.id), track.aliases)
        for term in record.terms.values():
            yield Entry(term.term, term.meaning, partial(self.show_term, term), term.aliases)

    # The cursor

    def move(self, cursor: Cursor | None, notice: str = "", *, pane: str = "") -> None:
        """Move the cursor; without a target, show a notice once.

        Args:
            cursor: The moved cursor; ``None`` without a target.
            notice: Notice to show without a target; empty for none.
            pane: Id of the pane that shows the result; empty for all panes.
        """
        if cursor is None:
            if notice and notice != self._last_notice:
                self.app.clear_notifications()
                self.notify(notice, markup=False)
            self._last_notice = notice
            return
        self._last_notice = ""
        if cursor != self.cursor:
            self.view = self.view.moved(cursor)
        if pane:
            self.reveal(pane)

    def action_move(self, kind: str, step: int) -> None:
        """Move the cursor forward, or backward if ``step`` is negative. The kinds are in ``moves.py``."""
        move = MOVES[kind]
        cursor = move.function(self.cursor, self.history, step)
        self.move(cursor, move.notice(self.history, step), pane=move.pane)

    def action_select(self, step: int) -> None:
        """Select the next or previous event, track or meeting, whichever the focused pane shows."""
        what = self._selects()
        if what == "track":
            tracks = list(self.history.record.tracks)
            position = tracks.index(self.track) + step
            if 0 <= position < len(tracks):
                self.track = tracks[position]
            else:
                self.move(None, tr("No track below") if step > 0 else tr("No track above"))
        elif what == "event" and self.filter:
            notice = (
                tr("No later event passes the filter")
                if step > 0
                else tr("No earlier event passes the filter")
            )
            self.move(self.cursor.by_event(self.history, step), notice)
        else:
            self.action_move(what, step)

    def action_select_end(self, step: int) -> None:
        """Select the last track or meeting or go to the last day, or to the first if ``step`` is negative."""
        what, history = self._selects(), self.history
        end = -1 if step > 0 else 0
        if what == "track":
            self.track = list(history.record.tracks)[end]
        elif what == "meeting" and history.meeting_stops:
            self.go_to_meeting(history.meeting_stops[end])
        else:
            self.go_to_day(history.last_day if step > 0 else history.first_day)

    def _selects(self) -> str:
        """Return the kind of item that the focused pane selects: "event", "track" or "meeting"."""
        pane = self._focused_pane()
        return PANES_BY_ID[pane].selects if pane else "event"

    def go_to_event(self, index: int) -> None:
        """Jump to an event and show the timeline."""
        self.move(self.cursor.to_event(self.history, index), pane=Timeline.ID)

    def go_to_meeting(self, stop: Stop) -> None:
        """Jump to a meeting and show it."""
        self.move(self.cursor.to_meeting(self.history, stop), pane=MeetingPane.ID)

    def go_to_day(self, day: date) -> None:
        """Jump to a day, which every pane shows."""
        self.move(self.cursor.to_day(self.history, day))

    @on(Timeline.EventSelected)
    def _select_event(self, message: Timeline.EventSelected) -> None:
        self.go_to_event(message.index)

    @on(LanesPane.DaySelected)
    def _select_day(self, message: LanesPane.DaySelected) -> None:
        self.go_to_day(message.day)

    def action_meetings(self) -> None:
        """List all meetings, to go to one."""
        from kjtui.tui.dialogs.meetings_dialog import MeetingsDialog

        def go(stop: Stop | None) -> None:
            if stop:
                self.go_to_meeting(stop)

        shown = self.query_one(MeetingPane).shown()
        open_screen(self, MeetingsDialog(self.snapshot, shown.meeting.id if shown else ""), go)

    def action_go_to(self) -> None:
        """Ask for a day or an event and jump there."""
        from kjtui.tui.dialogs.goto_dialog import GoToDialog

        def go(target: Target | None) -> None:
            if target and target.event is not None:
                self.go_to_event(target.event)
            elif target and target.meeting:
                self.go_to_meeting(Stop(target.day, self.history.record.meetings[target.meeting]))
            elif target:
                self.go_to_day(target.day)

        open_screen(self, GoToDialog(self.history, self.index, self.cursor.day), go)

    # The panes

    def on_mount(self) -> None:
        """Focus the current pane."""
        self.query_one(f"#{self.pane}").focus()

    def watch_pane(self, pane: str) -> None:
        """Show the current pane."""
        for column in self.query(PaneColumn):
            column.mark(pane)

    @on(PaneTabs.PaneSelected)
    def _select_pane(self, message: PaneTabs.PaneSelected) -> None:
        self.action_pane(message.pane)

    def action_pane(self, pane: str) -> None:
        """Show a pane and focus it."""
        widget = self.query_one(f"#{pane}")
        if pane == self.pane:
            widget.focus()
        else:
            self.pane = pane
            self.call_after_refresh(widget.focus)  # only a visible widget can have the focus

    def reveal(self, pane: str) -> None:
        """Show the pane of a move's result.

        Where the pane is visible, only the timeline takes the focus, so that enter opens the event.
        """
        if pane == Timeline.ID or not self.query_one(f"#{pane}").size:
            self.action_pane(pane)

    def action_step_pane(self, step: int) -> None:
        """Go to the next or previous pane in the order of the numbers, and wrap around."""
        ids = list(PANES_BY_ID)
        self.action_pane(ids[(ids.index(self._focused_pane() or self.pane) + step) % len(ids)])

    def action_page(self, pages: int) -> None:
        """Scroll the focused pane by pages."""
        if isinstance(self.focused, SnapshotPane):
            self.focused.scroll_relative(y=pages * self.focused.list_rows, animate=False)

    def action_maximise(self) -> None:
        """Show the focused pane only, or all again."""
        self.pane = self._focused_pane() or self.pane
        self.zoomed = not self.zoomed

    def watch_zoomed(self, zoomed: bool) -> None:
        """Set the classes for the style sheet."""
        self.set_class(zoomed, "-zoomed").set_class(not zoomed, "-whole")

    def action_zoom_lanes(self, steps: int) -> None:
        """Show fewer or more months in the lanes."""
        self.query_one(LanesPane).zoom(steps)

    def _focused_pane(self) -> str | None:
        return self.focused.ID if isinstance(self.focused, SnapshotPane) else None

    # Filter, search and pinned day

    def action_clear(self) -> None:
        """End the first active mode: search, zoom, pin or filter."""
        if self.search:
            self._end_search()
        elif self.zoomed:
            self.zoomed = False
        elif self.pinned:
            self.pinned = None
        elif self.filter:
            self.show_events(Filter(), minor=self.visible_events.minor)

    def action_filter(self) -> None:
        """Ask which events to show."""
        from kjtui.tui.dialogs.filter_dialog import FilterDialog

        def apply(limit: Filter | None) -> None:
            if limit is not None:
                self.show_events(limit, minor=self.visible_events.minor)
                self.reveal(Timeline.ID)

        open_screen(self, FilterDialog(self.history.record, self.index, self.filter), apply)

    def action_minor(self) -> None:
        """Show the minor events in the timeline, or hide them."""
        self.show_events(self.filter, minor=not self.visible_events.minor)
        self.reveal(Timeline.ID)

    def show_events(self, limit: Filter, *, minor: bool) -> None:
        """Change the visible events; keep the selected event if still visible."""
        selected = self.cursor.selected
        visible = self._visible_events(self.history, limit, minor=minor)
        cursor = self.cursor.with_visible(self.history, visible.shown)
        if selected in visible.shown:
            cursor = cursor._replace(selected=selected)
        self.visible_events = visible
        self.view = self.view.moved(cursor)
        if self.search:
            from kjtui.tui.state.active_search import Search

            self.search = Search.of(self.search.query, self.index, limit)
            self._show_finding()

    def action_search(self) -> None:
        """Search for events; start with the active search, if any."""
        from kjtui.tui.dialogs.search_dialog import SearchDialog

        def keep(kept: Kept | None) -> None:
            if kept is not None:
                self._keep_search(kept)

        query = self.search.query if self.search else ""
        open_screen(self, SearchDialog(self.history, self.index, self.filter, query), keep)

    def _keep_search(self, kept: Kept) -> None:
        """Mark the matches of a search, and go to the chosen one."""
        from kjtui.tui.dialogs.search_bar import SearchBar
        from kjtui.tui.state.active_search import Search, find

        self.search = Search.of(kept.query, self.index, self.filter)
        self.move(self.cursor.to_event(self.history, kept.event))
        if not self.query(SearchBar):
            self.add_class("-searching")
            finding = find(self.search, self.index, self.cursor.selected)
            self.mount(SearchBar(kept.query, finding), before="#footer")
        self._show_finding()
        self.reveal(Timeline.ID)

    def action_match(self, step: int) -> None:
        """Move to the next match of the search, or to the previous one if ``step`` is negative."""
        matches = self.search.matches if self.search else ()
        self.move(self.cursor.by_event(self.history, step, matches))
        self.reveal(Timeline.ID)

    def action_repeat(self, step: int) -> None:
        """Move to the next match of an active search, or else to the next change of status.

        A negative ``step`` means the previous one.
        """
        if self.search is None:
            self.action_move("change", step)
        else:
            self.action_match(step)

    def watch_view(self) -> None:
        """Show the number of the current match."""
        if self.search:
            self._show_finding()

    def _end_search(self) -> None:
        """End the active search, and show the footer again."""
        from kjtui.tui.dialogs.search_bar import SearchBar

        self.search = None
        self.query(SearchBar).remove()
        self.remove_class("-searching")
        self.query_one(f"#{self.pane}").focus()

    def _show_finding(self) -> None:
        """Show the position of the cursor among the matches."""
        from kjtui.tui.dialogs.search_bar import SearchBar
        from kjtui.tui.state.active_search import find

        if self.search:
            finding = find(self.search, self.index, self.cursor.selected)
            for bar in self.query(SearchBar):  # none while it opens
                bar.show(self.search.query, finding)

    def action_compare(self) -> None:
        """Pin the day, or compare with the pinned day."""
        if self.pinned is None:
            self.pinned = self.snapshot
            return
        from kjtui.history.compare import compare
        from kjtui.tui.dialogs.readers import comparison_reader

        comparison = compare(self.pinned, self.snapshot)
        open_screen(self, comparison_reader(comparison), self._return_to)

    # Reading

    def action_open(self) -> None:
        """Open the event, track or meeting that is selected in the focused pane."""
        what = self._selects()
        if what == "track":
            self.show_track(self.track)
        elif what == "meeting":
            self._open_meeting()
        else:
            self._open_event()

    def action_track_page(self) -> None:
        """Open the page of the selected track, if a pane of tracks has the focus.

        Otherwise open the first track that the event changes or concerns, or else the selected track.
        """
        event = None if self._selects() == "track" else self.selected_event
        about = {effect.track for effect in event.effects} or set(event.touches) if event else set()
        leading = (track for track in self.history.record.tracks if track in about)
        self.show_track(next(leading, self.track))

    @on(TrackSelection.TrackSelected)
    def _select_track(self, message: TrackSelection.TrackSelected) -> None:
        self.show_track(message.track)

    def show_track(self, track: str) -> None:
        """Open the page of a track."""
        from kjtui.tui.dialogs.readers import track_reader

        self.track = track
        open_screen(self, track_reader(self.snapshot, track), self._return_to)

    def show_term(self, term: Term) -> None:
        """Show the meaning of a term, and the events that name it."""
        from kjtui.tui.dialogs.readers import term_reader

        open_screen(self, term_reader(term, self.snapshot), self._return_to)

    def _return_to(self, closed: Closed | None) -> None:
        """Go to the last position of a closed reader: its track and the last event read."""
        if closed and closed.track:
            self.track = closed.track
        if closed and closed.event is not None and closed.event != self.cursor.selected:
            self.go_to_event(closed.event)

    @on(Timeline.OpenRequested)
    def _open_event(self) -> None:
        """Open the selected event, or show why no event is selected."""
        if self.selected_event is None:
            self.notify(nothing_to_open(self.snapshot, self.visible_events, self.app), markup=False)
            return
        from kjtui.tui.dialogs.readers import event_reader

        selected, visible = self.cursor.selected, self.cursor.visible_events
        if selected is not None:
            place = tr("of this filter") if self.filter else ""
            open_screen(self, event_reader(self.history, visible, selected, place), self._return_to)

    def _open_meeting(self) -> None:
        """Open the meeting of the pane, if there is one."""
        state = self.query_one(MeetingPane).shown()
        if state is None:
            self.notify(tr("No meeting so far"), markup=False)
            return
        from kjtui.tui.dialogs.readers import meeting_reader

        open_screen(self, meeting_reader(state, self.snapshot), self._return_to)

    def action_help(self) -> None:
        """Show the help, with the signs of the pane in focus."""
        from kjtui.tui.dialogs.help_dialog import HelpDialog

        pane = PANES_BY_ID[self._focused_pane() or self.pane]
        open_screen(self, HelpDialog(self.history.record, pane))

    def action_sources(self) -> None:
        """List the sources of the selected event, track or meeting, or else of the day."""
        from kjtui.tui.dialogs.sources_dialog import SourceGroup, SourcesDialog, event_group, status_group

        snapshot, what = self.snapshot, self._selects()
        groups: list[SourceGroup] = []
        if what == "track":
            groups = list(status_group(snapshot.standing(self.track), snapshot))
        elif what == "meeting" and (meeting := self.query_one(MeetingPane).shown()):
            groups = [event_group(event, snapshot) for event in reversed(meeting.events)]
        elif self.selected_event is not None:
            groups = [event_group(self.selected_event, snapshot)]
        if groups:
            open_screen(self, SourcesDialog(groups, snapshot))
        else:
            self.action_day_sources()

    def action_day_sources(self) -> None:
        """List the sources of the day, newest event first; with a filter, of the events that pass."""
        from kjtui.documents.snapshot_document import snapshot_sources
        from kjtui.tui.dialogs.sources_dialog import SourcesDialog, day_groups, event_group

        if self.filter:
            events = self.history.record.events
            passed = [number for number in self.visible_events.passed if number < self.snapshot.event_count]
            groups = [event_group(events[number], self.snapshot) for number in reversed(passed)]
            open_screen(self, SourcesDialog(groups, self.snapshot))
            return
        sources = snapshot_sources(self.snapshot)
        open_screen(self, SourcesDialog(day_groups(sources, self.snapshot), self.snapshot, sources))

    def action_copy(self) -> None:
        """Copy the day's text to the clipboard."""
        from kjtui.formats.document_formats import render
        from kjtui.tui.state.clipboard import copy_document
        from kjtui.tui.state.exportable import export_day

        copy_document(self.app, render(export_day(self.snapshot).document(), "text"))

    def action_export(self) -> None:
        """Save the day as a file."""
        from kjtui.tui.dialogs.export_dialog import ExportDialog
        from kjtui.tui.state.exportable import export_day

        open_screen(self, ExportDialog(export_day(self.snapshot)))
