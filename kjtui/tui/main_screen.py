"""The main screen: the commands that move the cursor and open dialogs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct
from textual import on
from textual.binding import BindingType
from textual.screen import Screen

from kjtui.find.filter import Filter
from kjtui.history.meetings import Stop
from kjtui.languages import tr
from kjtui.record.model import Event, Term, Track
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.command_table import main_commands
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.pane_screen import PaneScreen
from kjtui.tui.panes.lanes import LanesPane
from kjtui.tui.panes.meeting import MeetingPane
from kjtui.tui.panes.timeline import Timeline, nothing_to_open
from kjtui.tui.panes.track_selection import TrackSelection
from kjtui.tui.state.cursor import Cursor, with_index
from kjtui.tui.state.moves import MOVES, covered_stops

if TYPE_CHECKING:
    from textual.command import Provider

    from kjtui.find.goto import Target
    from kjtui.history.snapshot import History
    from kjtui.tui.dialogs.document_reader import Closed, DocumentReader
    from kjtui.tui.dialogs.search_dialog import SubmittedSearch


def _commands() -> type[Provider]:
    from kjtui.tui.dialogs.palette import CommandProvider

    return CommandProvider


def _entries() -> type[Provider]:
    from kjtui.tui.dialogs.palette import RecordProvider

    return RecordProvider


class _FilterJump(Struct, frozen=True):
    """An automatic jump to the nearest visible event, after the user has changed the filter.

    It consists of the cursor before the jump, the cursor after the jump, and the :class:`History` that both
    cursors belong to.
    """

    before: Cursor
    after: Cursor
    history: History


class MainScreen(PaneScreen):
    """The screen with the panes. It runs the commands of the command table.

    When the user clicks on a pane, the pane sends a message to the screen. Dialogs, palette and exports are
    imported at their first use, for a faster start.
    """

    # No pane handles keys. Without priority, a key would pass through the queues of pane, column and screen.
    BINDINGS: ClassVar[list[BindingType]] = [
        command.binding(priority=True) for command in main_commands() if command.keys
    ]
    COMMANDS = {_commands, _entries}  # noqa: RUF012  # Textual declares it without ClassVar

    def __init__(self, history: History, day: date, pane: str = "") -> None:
        super().__init__(history, day, pane)
        self._filter_jump: _FilterJump | None = None

    # The cursor

    def move(self, cursor: Cursor | None, notice: str = "", *, pane: str = "") -> None:
        """Move the cursor, or show a notice if there is nowhere to move.

        Args:
            cursor: The moved cursor. ``None`` if there is nowhere to move.
            notice: The notice to show if ``cursor`` is ``None``. If empty, show no notice.
            pane: Id of the pane to show after the move. If empty, leave the panes as they are.
        """
        if cursor is None:
            if notice:
                self.notify(notice, markup=False)
            return
        if cursor != self.cursor:
            self.view = self.view.moved(cursor)
        if pane:
            self.reveal(pane)

    def action_move(self, kind: str, step: int) -> None:
        """Move the cursor forward, or backward if ``step`` is negative. See ``moves.py`` for ``kind``."""
        move = MOVES[kind]
        cursor = move.function(self.cursor, self.history, step)
        self.move(cursor, move.notice(self.history, step), pane=move.pane)

    def action_select(self, step: int) -> None:
        """Select the next item of the focused pane: an event, a track or a meeting.

        If ``step`` is negative, select the previous item.
        """
        what = self.focused_pane.selects
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
        """Select the last track or the last meeting, depending on the focused pane.

        If the pane has neither tracks nor meetings, go to the last day. If ``step`` is negative, select the
        first item or go to the first day.
        """
        what, history = self.focused_pane.selects, self.history
        end = -1 if step > 0 else 0
        if what == "track":
            self.track = list(history.record.tracks)[end]
        elif what == "meeting" and (stops := covered_stops(history)):
            self.go_to_meeting(stops[end])
        else:
            self.go_to_day(history.last_day if step > 0 else history.first_day)

    def action_repeat(self, step: int) -> None:
        """Move to the next match of the search. If no search is active, move to the next change of status.

        If ``step`` is negative, move to the previous match or change.
        """
        if self.search is None:
            self.action_change(step)
        else:
            self.action_match(step)

    def action_change(self, step: int) -> None:
        """Move to the next change of status, or to the previous change if ``step`` is negative.

        While a pane of tracks has the focus, consider only changes of the selected track. Otherwise, if a
        filter is active, consider only changes that pass the filter.
        """
        from kjtui.tui.state.change_days import changes_of_filter, changes_of_track

        history = self.history
        if self.focused_pane.selects == "track":
            name = history.record.tracks[self.track].name
            later, earlier = (
                tr("No later change of {track}", track=name),
                tr("No earlier change of {track}", track=name),
            )
            days = changes_of_track(history, self.track)
        elif self.filter:
            later, earlier = (
                tr("No later change passes the filter"),
                tr("No earlier change passes the filter"),
            )
            days = changes_of_filter(history, self.visible_events)
        else:
            self.action_move("change", step)
            return
        self.move(self.cursor.by_change(history, step, days), later if step > 0 else earlier)

    def action_match(self, step: int) -> None:
        """Move to the next match of the search, or to the previous match if ``step`` is negative."""
        if self.search is None:
            notice = tr("No search is active; {key} searches", key=key_of(self.app, "search"))
        else:
            notice = tr("No later match") if step > 0 else tr("No earlier match")
        self.move(self.cursor.by_event(self.history, step, self.matches), notice)
        self.reveal(Timeline.ID)

    def go_to_event(self, index: int) -> None:
        """Jump to an event and show the timeline."""
        self.move(self.cursor.to_event(self.history, index), pane=Timeline.ID)

    def go_to_meeting(self, stop: Stop) -> None:
        """Jump to a meeting and show it."""
        self.move(self.cursor.to_meeting(self.history, stop), pane=MeetingPane.ID)

    def go_to_day(self, day: date) -> None:
        """Jump to a day."""
        self.move(self.cursor.to_day(self.history, day))

    @on(Timeline.EventSelected)
    def _select_event(self, message: Timeline.EventSelected) -> None:
        self.go_to_event(message.index)

    @on(LanesPane.DaySelected)
    def _select_day(self, message: LanesPane.DaySelected) -> None:
        self.go_to_day(message.day)

    def action_meetings(self) -> None:
        """List all meetings, and go to the chosen meeting."""
        from kjtui.tui.dialogs.meetings_dialog import MeetingsDialog

        def go(stop: Stop | None) -> None:
            if stop:
                self.go_to_meeting(stop)

        shown = self.query_one(MeetingPane).shown()
        open_screen(self, MeetingsDialog(self.snapshot, shown.meeting.id if shown else ""), go)

    def action_go_to(self) -> None:
        """Ask for a day or a name.

        Jump to the day, event or meeting, or open the page of the track or term.
        """
        from kjtui.tui.dialogs.goto_dialog import GoToDialog

        def go(target: Target | None) -> None:
            if target is None:
                return
            match target.item:
                case Event() as event:
                    self.go_to_event(self.history.record.events.index(event))
                case Stop() as stop:
                    self.go_to_meeting(stop)
                case Track() as track:
                    self.show_track(track.id)
                case Term() as term:
                    self.show_term(term)
                case None:
                    self.go_to_day(target.day)

        first = partial(self.action_select_end, -1)
        open_screen(self, GoToDialog(self.history, self.index, self.cursor.day, first), go)

    # Filter, search and pinned day

    def action_clear(self) -> None:
        """End the search, the zoom, the pin or the filter: the first of these that is active."""
        if self.search:
            self.search = None
            self.remove_class("-searching")
            self.query_one(f"#{self.pane}").focus()
        elif self.zoomed:
            self.zoomed = False
        elif self.pinned:
            self.pinned = None
        elif self.filter:
            self._end_filter()

    def action_filter(self) -> None:
        """Ask the user for a filter, and show the events that pass the filter."""
        from kjtui.tui.dialogs.filter_dialog import FilterDialog

        def apply(event_filter: Filter | None) -> None:
            if event_filter is None:
                return
            if event_filter:
                before = self.cursor
                self.show_events(event_filter, minor=self.visible_events.minor)
                if nearest := self.cursor.to_nearest_event(self.history):
                    self._move_to_nearest(nearest, before)
            else:
                self._end_filter()
            self.reveal(Timeline.ID)

        open_screen(self, FilterDialog(self.history.record, self.index, self.filter), apply)

    def _move_to_nearest(self, nearest: Cursor, before: Cursor) -> None:
        """Move to the nearest visible event. If the day changes, show a notice."""
        if nearest.day != before.day:
            jump = self._filter_jump
            if jump and self._stands_after(jump, before):
                before = jump.before  # one filter replaces another: keep the cursor from before both
            self._filter_jump = _FilterJump(before, nearest, self.history)
            self.notify(
                tr(
                    "Moved to the nearest event, {day}; {key} goes back",
                    day=day_text(nearest.day),
                    key=key_of(self.app, "day.back"),
                ),
                markup=False,
            )
        self.move(nearest)

    def _stands_after(self, jump: _FilterJump, cursor: Cursor) -> bool:
        """Return whether a cursor is still at the position where a filter's jump ended."""
        after = jump.after
        return jump.history is self.history and (after.day, after.selected) == (cursor.day, cursor.selected)

    def _end_filter(self) -> None:
        """Remove the filter, and undo its jump to the nearest event.

        If the user has moved the cursor since the jump, leave the cursor where it is. In this case, the
        "back" command goes to the day where the cursor was before the jump.
        """
        jump, self._filter_jump = self._filter_jump, None
        returns = jump is not None and self._stands_after(jump, self.cursor)
        self.show_events(Filter(), minor=self.visible_events.minor)
        if jump is None or jump.before.day == self.cursor.day:
            return
        day = jump.before.day
        if returns:
            self.move(self.cursor.to_day(self.history, day)._replace(selected=jump.before.selected))
            return
        self.view = self.view.moved(self.cursor._replace(back=day))
        key = key_of(self.app, "day.back")
        self.notify(tr("{key} goes back to {day}", key=key, day=day_text(day)), markup=False)

    def action_minor(self) -> None:
        """Show the minor events in the timeline, or hide them."""
        self.show_events(self.filter, minor=not self.visible_events.minor)
        self.reveal(Timeline.ID)

    def action_search(self) -> None:
        """Open the search dialog. If a search is active, its query is already in the dialog."""
        self._search(self, self.filter, lambda event, _: self.go_to_event(event))

    def search_from(self, reader: DocumentReader) -> None:
        """Open the search dialog above a document reader.

        The reader shows the event that the user chooses in the dialog.
        """
        from kjtui.tui.dialogs.readers import open_found

        event_filter = self.filter.within(reader.search_filter.first, reader.search_filter.last)
        self._search(reader, event_filter, partial(open_found, reader))

    def _search(
        self, opener: Screen[Any], event_filter: Filter, show: Callable[[int, Sequence[int]], None]
    ) -> None:
        """Open the search dialog above a screen. Mark the matches, and show the chosen event.

        Args:
            opener: the screen below the dialog.
            event_filter: a filter that hits must pass.
            show: called with the index of the chosen event, and the indices of all hits.
        """
        from kjtui.tui.dialogs.search_dialog import SearchDialog
        from kjtui.tui.state.active_search import Search

        def keep(submitted: SubmittedSearch | None) -> None:
            if submitted is not None:
                self.show_matches(submitted.query)
                show(submitted.event, Search.of(submitted.query, self.index, event_filter).matches)
                self.call_next(self._show_search_bar)  # data_bind works only in the context of the screen

        query = self.search.query if self.search else ""
        open_screen(opener, SearchDialog(self.history, self.index, event_filter, query), keep)

    def _show_search_bar(self) -> None:
        from kjtui.tui.dialogs.search_bar import SearchBar

        if not self.query(SearchBar):
            self.mount(self.bound(SearchBar(self.view, self.index)), before="#footer")
        self.set_class(self.search is not None, "-searching")

    def action_compare(self) -> None:
        """Pin the day. If a different day is already pinned, compare the two days."""
        if self.pinned is None:
            self.pinned = self.snapshot
            return
        if self.pinned.day == self.cursor.day:
            key = key_of(self.app, "compare")
            self.notify(
                tr("This day is pinned; go to another day, and {key} compares", key=key), markup=False
            )
            return
        from kjtui.history.compare import compare
        from kjtui.tui.dialogs.readers import comparison_reader

        comparison = compare(self.pinned, self.snapshot)
        open_screen(self, comparison_reader(comparison), self._return_to)

    # Reading

    def action_open(self) -> None:
        """Open the event, track or meeting that is selected in the focused pane."""
        match self.focused_pane.selects:
            case "track":
                self.show_track(self.track)
            case "meeting":
                self._open_meeting()
            case _:
                self.open_event()

    def action_track_page(self) -> None:
        """Open the page of a track.

        If an event is selected and no pane of tracks has the focus, this is the main track of the event.
        Otherwise, or if the event concerns no track, it is the selected track.
        """
        from kjtui.tui.state.leading_track import leading_track

        track = ""
        if self.selected_event and self.focused_pane.selects != "track":
            track = leading_track(self.selected_event, self.history.record)
        self.show_track(track or self.track)

    @on(TrackSelection.TrackSelected)
    def _select_track(self, message: TrackSelection.TrackSelected) -> None:
        self.show_track(message.track)

    def show_track(self, track: str) -> None:
        """Open the page of a track."""
        from kjtui.tui.dialogs.readers import track_reader

        self.track = track
        open_screen(self, track_reader(self.snapshot, track), self._return_to)

    def show_term(self, term: Term) -> None:
        """Show the meaning of a term, and the events that mention the term."""
        from kjtui.tui.dialogs.readers import term_reader

        open_screen(self, term_reader(term, self.snapshot), self._return_to)

    def _return_to(self, closed: Closed | None) -> None:
        """Select the track, meeting or event that a document reader showed last before it closed."""
        if closed and closed.track:
            self.track = closed.track
        if closed and closed.meeting:
            self._return_to_meeting(closed.meeting)
        if closed and closed.event is not None and closed.event != self.cursor.selected:
            self.go_to_event(closed.event)

    def _return_to_meeting(self, meeting: str) -> None:
        """Go to a meeting, unless the meeting pane already shows this meeting."""
        shown = self.query_one(MeetingPane).shown()
        if shown and shown.meeting.id == meeting:
            return
        for stop in self.history.meeting_stops:
            if stop.meeting.id == meeting:
                self.go_to_meeting(stop)

    @on(Timeline.OpenRequested)
    def open_event(self) -> None:
        """Open the selected event. If none is selected, open the first hidden minor event of the day.

        If the day has no event, or if a filter hides its events, show a notice that says so.
        """
        selected, indices = self.cursor.selected, self.cursor.visible_events
        if selected is None and not self.filter:
            for index in reversed(self.history.indices_on(self.cursor.day)):
                selected, indices = index, with_index(indices, index)
        if selected is None:
            self.notify(nothing_to_open(self.snapshot, self.visible_events, self.app), markup=False)
            return
        from kjtui.tui.dialogs.readers import event_reader

        place = tr("of this filter") if self.filter else ""
        if selected in self.matches:
            indices, place = self.matches, tr("of this search")
        reader = event_reader(self.history, indices, selected, place, self.matches)
        open_screen(self, reader, self._return_to)

    def _open_meeting(self) -> None:
        """Open the meeting that the meeting pane shows. If there is none, show a notice."""
        state = self.query_one(MeetingPane).shown()
        if state is None:
            self.notify(tr("No meeting so far"), markup=False)
            return
        from kjtui.tui.dialogs.readers import meeting_reader

        open_screen(self, meeting_reader(state, self.snapshot), self._return_to)

    def action_help(self) -> None:
        """Show the help. It includes the meanings of the signs in the focused pane."""
        self.show_help(self)

    def show_help(self, opener: Screen[Any], dialogs: Sequence[str] = ()) -> None:
        """Show the help above a screen.

        The help begins with the keys of ``dialogs``. If ``dialogs`` is empty, it begins with the keys of the
        panes.
        """
        from kjtui.tui.dialogs.help_dialog import HelpDialog

        open_screen(opener, HelpDialog(self.history.record, self.focused_pane, opener, dialogs))

    def action_outcomes(self) -> None:
        """Show the later outcome of each state that is pending on the day."""
        from kjtui.tui.dialogs.readers import outcomes_reader

        open_screen(self, outcomes_reader(self.snapshot), self._return_to)

    def action_sources(self) -> None:
        """List the sources of the event, track or meeting that is selected in the focused pane.

        If nothing is selected, list the sources of all events up to the day.
        """
        from kjtui.tui.dialogs.sources_dialog import SourcesDialog, event_group, status_group

        snapshot, what = self.snapshot, self.focused_pane.selects
        meeting = self.query_one(MeetingPane).shown()
        if what == "track":
            groups = list(status_group(snapshot.standing(self.track), snapshot))
        elif what == "meeting" and meeting:
            groups = [event_group(event, snapshot) for event in reversed(meeting.events)]
        elif self.selected_event:
            groups = [event_group(self.selected_event, snapshot)]
        else:
            self.action_day_sources()
            return
        open_screen(self, SourcesDialog(groups, snapshot))

    def action_day_sources(self) -> None:
        """List the sources of all events up to the day, newest event first.

        If a filter is active, list only the sources of the events that pass the filter.
        """
        from kjtui.documents.snapshot_document import snapshot_sources
        from kjtui.tui.dialogs.sources_dialog import SourcesDialog, day_groups, event_group

        if self.filter:
            events = self.history.record.events
            passed = [index for index in self.visible_events.passed if index < self.snapshot.event_count]
            groups = [event_group(events[index], self.snapshot) for index in reversed(passed)]
            open_screen(self, SourcesDialog(groups, self.snapshot))
            return
        sources = snapshot_sources(self.snapshot)
        open_screen(self, SourcesDialog(day_groups(sources, self.snapshot), self.snapshot, sources))

    def action_copy(self) -> None:
        """Copy the day's text to the clipboard."""
        from kjtui.formats.format_table import render
        from kjtui.tui.state.clipboard import copy_document
        from kjtui.tui.state.exportable import export_day

        copy_document(self.app, render(export_day(self.snapshot).document(), "text"))

    def action_export(self) -> None:
        """Save the day as a file."""
        from kjtui.tui.dialogs.export_dialog import ExportDialog
        from kjtui.tui.state.exportable import export_day

        open_screen(self, ExportDialog(export_day(self.snapshot)))
