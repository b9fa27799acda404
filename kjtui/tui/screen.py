"""The main screen: it owns the cursor, and the panes draw the snapshot of the cursor's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import Reactive, var
from textual.screen import Screen
from textual.widgets import Footer

from kjtui.exports.formats import render
from kjtui.exports.snapshot import RECENT, snapshot_document, snapshot_sources
from kjtui.history.compare import compare
from kjtui.history.search import Filter, Index
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import Term
from kjtui.tui.commands import all_commands
from kjtui.tui.cursor import Cursor, clamp
from kjtui.tui.day_header import DayHeader
from kjtui.tui.filters import filter_for, visible_events
from kjtui.tui.guards import ScreenGuard
from kjtui.tui.lanes import LanesPane
from kjtui.tui.line_pane import SnapshotPane, required
from kjtui.tui.messages import (
    DaySelected,
    EventSelected,
    PaneSelected,
    SearchChanged,
    SearchClosed,
    SearchStepped,
    TrackSelected,
)
from kjtui.tui.palette import CommandProvider, Entry, RecordProvider
from kjtui.tui.pane_tabs import PaneTabs
from kjtui.tui.panes import PANES, PaneColumn
from kjtui.tui.search import Search
from kjtui.tui.status import StandingsStrip

if TYPE_CHECKING:
    from kjtui.tui.search_bar import SearchBar

PaneT = TypeVar("PaneT", bound=SnapshotPane)


class MainScreen(ScreenGuard, Screen[None]):
    """The panes and the commands.

    The state is in the reactives below, each an immutable value. Panes receive what they declare of it by
    ``data_bind`` and report clicks by messages. Dialogs are imported when first opened, to start sooner.
    """

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in all_commands()]
    COMMANDS = {CommandProvider, RecordProvider}  # noqa: RUF012  # Textual declares it without ClassVar
    AUTO_FOCUS = f"#{PANES[0].ID}"

    cursor: var[Cursor] = var(required, init=False)
    """Where the reader is. Only :meth:`move` changes its day."""
    snapshot: var[Snapshot] = var(required, init=False)
    """What held at the end of the cursor's day."""
    pinned: var[Snapshot | None] = var(None, init=False)
    """The day to compare with."""
    filter: var[Filter] = var(Filter(), init=False)
    """Which events are visible."""
    search: var[Search | None] = var(None, init=False)
    """The search, while its line is open."""
    pane: var[str] = var(PANES[0].ID, init=False)
    """The id of the current pane: the one shown by screens that show one at a time."""
    zoomed: var[bool] = var(False, init=False)
    """Whether the current pane has the screen to itself."""

    def __init__(self, history: History, day: date) -> None:
        super().__init__()
        self.set_history(history, day)
        self.add_class("-whole")

    def compose(self) -> ComposeResult:
        """Compose the header, the strip and the tabs of small screens, the panes and the footer."""
        yield self._bound(DayHeader(self.snapshot))
        yield self._bound(StandingsStrip(self.snapshot))
        yield PaneTabs().data_bind(MainScreen.pane)
        with Horizontal(id="panes"):
            for side in ("left", "right"):
                panes = [self._bound(pane(self.snapshot)) for pane in PANES if side == pane.COLUMN]
                column = PaneColumn(side, panes)
                column.mark(self.pane)
                yield column
        yield Footer(show_command_palette=False, compact=True)

    def _bound(self, pane: PaneT) -> PaneT:
        """Bind a pane to the parts of the state that it declares as reactives."""
        state = (
            MainScreen.snapshot,
            MainScreen.cursor,
            MainScreen.pinned,
            MainScreen.filter,
            MainScreen.search,
        )
        declared = (part for part in state if isinstance(getattr(type(pane), part.name, None), Reactive))
        return pane.data_bind(*declared)

    # The record

    def set_history(self, history: History, day: date) -> None:
        """Set history and day without triggering watchers.

        Keep the filter and the pinned day, as far as the history has them, and close the search.
        """
        self.history = history
        self._index: Index | None = None
        limit = filter_for(self.filter, history.record)
        cursor = Cursor.at(history, day, visible_events(limit, history.record))
        self.set_reactive(MainScreen.filter, limit)
        self.set_reactive(MainScreen.search, None)
        self.set_reactive(MainScreen.cursor, cursor)
        self.set_reactive(MainScreen.snapshot, history.snapshot(cursor.day))
        if self.pinned:
            self.set_reactive(MainScreen.pinned, history.snapshot(clamp(history, self.pinned.day)))

    def show_history(self, history: History) -> None:
        """Show another record, such as a store that changed, at the same day, event and pane."""
        before, events = self.cursor, self.history.record.events
        chosen = events[before.selected].id if before.selected is not None else ""
        focused = self._focused_pane() or self.pane
        self.set_history(history, before.day)
        cursor = self.cursor._replace(back=before.back)
        first = history.snapshot(cursor.day).event_count - len(history.events_on(cursor.day))
        for index, event in enumerate(history.events_on(cursor.day), first):
            if event.id == chosen:
                cursor = cursor._replace(selected=index)
        self.set_reactive(MainScreen.cursor, cursor)

        async def recompose() -> None:
            await self.recompose()
            self.query_one(f"#{focused}").focus()

        self.call_next(recompose)  # in the context of the screen, to which panes are bound

    def entries(self) -> Iterator[Entry]:
        """Yield an entry for everything in the record that has a name, for the palette."""
        record = self.history.record
        for index, event in enumerate(record.events):
            yield Entry(event.title, f"event, {event.date}", partial(self._go_to_event, index))
        for state in self.history.snapshot(self.history.last_day).meetings.known:
            if state.first_day:
                run = partial(self._go_to_day, state.first_day)
                yield Entry(state.meeting.name, f"meeting, {state.starts}", run)
        for track in record.tracks.values():
            yield Entry(track.name, "why this status", partial(self.show_why, track.id))
        for term in record.terms.values():
            yield Entry(term.term, term.meaning, partial(self.show_term, term))

    # The cursor

    def move(self, cursor: Cursor | None) -> None:
        """Set the cursor and draw its day, or ring the bell if there is nothing to move to."""
        if cursor is None:
            self.app.bell()
            return
        self.cursor = cursor
        if cursor.day != self.snapshot.day:
            self.snapshot = self.history.snapshot(cursor.day)

    def action_step_day(self, days: int) -> None:
        """Step by days."""
        self.move(self.cursor.by_days(self.history, days))

    def action_step_event(self, step: int) -> None:
        """Step to the next or previous visible event."""
        self.move(self.cursor.by_event(self.history, step))

    def action_step_change(self, step: int) -> None:
        """Jump to the next or previous change of status."""
        self.move(self.cursor.by_change(self.history, step))

    def action_step_meeting(self, step: int) -> None:
        """Jump to the next or previous day a meeting began."""
        self.move(self.cursor.by_meeting(self.history, step))

    def action_step_month(self, months: int) -> None:
        """Jump by months."""
        self.move(self.cursor.by_months(self.history, months))

    def action_first_day(self) -> None:
        """Jump to the first day."""
        self.move(self.cursor.to_first_day(self.history))

    def action_last_day(self) -> None:
        """Jump to the last day."""
        self.move(self.cursor.to_last_day(self.history))

    def action_go_back(self) -> None:
        """Return to the day before the last jump."""
        self.move(self.cursor.to_back(self.history))

    def action_go_to(self) -> None:
        """Ask for a day or an event and jump there."""
        from kjtui.tui.dialogs.goto import GoToDialog, Target

        def go(target: Target | None) -> None:
            if target and target.event is not None:
                self._go_to_event(target.event)
            elif target:
                self._go_to_day(target.day)

        self.app.push_screen(GoToDialog(self.history, self.cursor.day), go)

    @on(EventSelected)
    def select_event(self, message: EventSelected) -> None:
        """Jump to the event."""
        self._go_to_event(message.index)

    @on(DaySelected)
    def select_day(self, message: DaySelected) -> None:
        """Jump to the day."""
        self._go_to_day(message.day)

    def _go_to_event(self, index: int) -> None:
        self.move(self.cursor.to_event(self.history, index))

    def _go_to_day(self, day: date) -> None:
        self.move(self.cursor.to_day(self.history, day))

    # The panes

    def watch_pane(self, pane: str) -> None:
        """Show the current pane and focus it."""
        for column in self.query(PaneColumn):
            column.mark(pane)
        self.call_after_refresh(self.query_one(f"#{pane}").focus)

    @on(PaneSelected)
    def select_pane(self, message: PaneSelected) -> None:
        """Show the pane and focus it."""
        self.action_pane(message.pane)

    def action_pane(self, pane: str) -> None:
        """Show a pane and focus it."""
        if pane == self.pane:
            self.query_one(f"#{pane}").focus()
        self.pane = pane

    def action_page(self, pages: int) -> None:
        """Scroll the focused pane by pages."""
        if self.focused:
            self.focused.scroll_relative(y=pages * self.focused.size.height, animate=False)

    def action_zoom(self) -> None:
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
        """Undo one thing: the search, the zoom, the pinned day, or the filter."""
        if self.search:
            self._close_search(accepted=False)
        elif self.zoomed:
            self.zoomed = False
        elif self.pinned:
            self.pinned = None
        elif self.filter:
            self.filter = Filter()

    def action_filter(self) -> None:
        """Ask which events to show."""
        from kjtui.tui.dialogs.filter import FilterDialog

        def apply(limit: Filter | None) -> None:
            if limit is not None:
                self.filter = limit

        self.app.push_screen(FilterDialog(self.history.record, self.filter), apply)

    def watch_filter(self, limit: Filter) -> None:
        """Show the events that the filter keeps."""
        self.cursor = self.cursor.with_visible(self.history, visible_events(limit, self.history.record))

    async def action_search(self) -> None:
        """Open the search line, or focus it."""
        from kjtui.tui.search_bar import SearchBar

        if self.search is None:
            self.search = Search(self.cursor)
            await self.mount(SearchBar(), before="Footer")
        self._search_bar().focus_query()

    @on(SearchChanged)
    def change_search(self, message: SearchChanged) -> None:
        """Highlight the events that match, and move to the nearest one."""
        if self.search is None:
            return
        record = self.history.record
        self._index = self._index or Index(record)
        found = self._index.find(message.query)
        visible = (index for index in found if self.filter.fits(record.events[index]))
        self.search = self.search.found(message.query, visible)
        nearest = self.search.nearest(self.history)
        if nearest is not None:
            self.move(self.cursor.to_event(self.history, nearest, jump=False))
        self._show_summary(self.search)

    @on(SearchStepped)
    def step_search(self, message: SearchStepped) -> None:
        """Move to the next or previous match."""
        if self.search is None:
            return
        cursor = self.cursor.by_event(self.history, message.step, self.search.matches)
        self.move(cursor)
        if cursor:
            self._show_summary(self.search)

    @on(SearchClosed)
    def close_search(self, message: SearchClosed) -> None:
        """Stay at the match, or return to where the search began."""
        self._close_search(accepted=message.accepted)

    def _close_search(self, *, accepted: bool) -> None:
        if self.search is None:
            return
        search, self.search = self.search, None
        self.move(search.accepted(self.cursor) if accepted else search.cancelled(self.cursor))
        self._search_bar().remove()
        self.query_one(f"#{self.pane}").focus()

    def _show_summary(self, search: Search) -> None:
        self._search_bar().show_summary(search.summary(self.cursor.selected))

    def _search_bar(self) -> SearchBar:
        from kjtui.tui.search_bar import SearchBar

        return self.query(SearchBar).last()  # a bar that was closed may still be there

    def action_compare(self) -> None:
        """Pin the day, or show what changed since the pinned day."""
        if self.pinned is None:
            self.pinned = self.snapshot
            return
        from kjtui.tui.dialogs.contents import comparison_content

        self._read(comparison_content(compare(self.pinned, self.snapshot)))

    # Reading

    def action_why(self) -> None:
        """Explain the status that changed last, if it did so lately, else that of the first track."""
        day, standings = self.cursor.day, self.snapshot.standings
        lately = [s for s in standings if s.because and s.since and day - s.since <= RECENT]
        chosen = max(lately, key=lambda s: s.since or date.min, default=standings[0])
        self.show_why(chosen.track.id)

    @on(TrackSelected)
    def select_track(self, message: TrackSelected) -> None:
        """Explain the status of the track."""
        self.show_why(message.track)

    def show_why(self, track: str) -> None:
        """Show the events behind the status of a track."""
        from kjtui.tui.dialogs.why import WhyReader

        self.app.push_screen(WhyReader(self.snapshot, track))

    def show_term(self, term: Term) -> None:
        """Show what a term means."""
        from kjtui.tui.dialogs.contents import term_content

        self._read(term_content(term, self.history.record))

    def action_open_event(self) -> None:
        """Show the selected event, or else the last one before the cursor."""
        from kjtui.tui.dialogs.contents import event_content

        index = self.cursor.current_event(self.history)
        if index is not None:
            self._read(event_content(self.history.record.events[index], self.snapshot))

    def action_help(self) -> None:
        """Show all keys, signs and terms."""
        from kjtui.tui.dialogs.contents import help_content

        self._read(help_content(self.history.record))

    def _read(self, content: Content) -> None:
        from kjtui.tui.dialogs.reader import Reader

        self.app.push_screen(Reader(content))

    def action_sources(self) -> None:
        """List the sources behind the day."""
        from kjtui.tui.dialogs.sources import SourcesDialog

        self.app.push_screen(SourcesDialog(snapshot_sources(self.snapshot)))

    def action_copy(self) -> None:
        """Copy the day's text to the clipboard."""
        text = render(snapshot_document(self.snapshot), "text")
        self.app.copy_to_clipboard(text)
        taker = "browser" if self.app.is_web else "terminal"
        size = len(text.encode()) // 1000
        self.notify(f"{size} kB sent to the {taker}'s clipboard; not every {taker} takes it", markup=False)

    def action_export(self) -> None:
        """Save the day as a file."""
        from kjtui.tui.dialogs.export import ExportDialog

        def notify(saved: str | None) -> None:
            if saved:
                self.notify(saved, markup=False)

        self.app.push_screen(ExportDialog(self.snapshot), notify)
