"""The main screen: panes drawn from the cursor's snapshot, and what opens over them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer

from kjtui.exports.formats import render
from kjtui.exports.snapshot import RECENT, snapshot_document, snapshot_sources
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.record.model import Term
from kjtui.tui.commands import bindings
from kjtui.tui.day_header import DayHeader
from kjtui.tui.filters import LimitedScreen
from kjtui.tui.lanes import LanesPane
from kjtui.tui.meeting import MeetingPane
from kjtui.tui.status import StandingsStrip, StatusPane
from kjtui.tui.tabs import PANES, PaneTabs
from kjtui.tui.timeline import Timeline


class MainScreen(LimitedScreen):
    """The panes and what they can be asked. Snapshots flow down from here, wishes come up as messages."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#timeline"

    def __init__(self, history: History, day: date) -> None:
        super().__init__(history, day)
        self.add_class(f"-show-{self.pane}", "-whole")

    def compose(self) -> ComposeResult:
        """DayHeader; strip and tabs for small screens; panes; keys."""
        snapshot = self.now()
        yield DayHeader(snapshot).data_bind(
            MainScreen.snapshot, pinned=MainScreen.pinned, mode=MainScreen.mode
        )
        yield StandingsStrip(snapshot).data_bind(MainScreen.snapshot)
        yield PaneTabs().data_bind(shown=MainScreen.pane)
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Timeline(snapshot).data_bind(
                    MainScreen.snapshot,
                    MainScreen.selected,
                    pinned=MainScreen.pinned,
                    matches=MainScreen.matches,
                    listed=MainScreen.listed,
                )
                yield LanesPane(snapshot).data_bind(MainScreen.snapshot, pinned=MainScreen.pinned)
            with Vertical(id="right"):
                yield StatusPane(snapshot).data_bind(MainScreen.snapshot, pinned=MainScreen.pinned)
                yield MeetingPane(snapshot).data_bind(MainScreen.snapshot)
        yield Footer(show_command_palette=False, compact=True)

    def show(self, history: History) -> None:
        """Show another record, such as the store's after it changed, from where the reader is."""
        chosen = self.history.record.events[self.selected].id if self.selected >= 0 else ""
        focused = self.focused.id if self.focused and self.focused.id in PANES else self.pane
        self.take(history, self.day)
        events = history.record.events
        same = (place for place, event in enumerate(events) if event.id == chosen and event.day == self.day)
        self.set_reactive(MainScreen.selected, next(same, self.selected))

        async def make_anew() -> None:
            await self.recompose()
            self.query_one(f"#{focused}").focus()

        self.call_next(make_anew)  # as the screen: panes are bound to whoever makes them

    # The panes

    def watch_pane(self, before: str, pane: str) -> None:
        """Show a pane, on screens that show one at a time, and give it the focus."""
        self.remove_class(f"-show-{before}").add_class(f"-show-{pane}")
        self.call_after_refresh(self.query_one(f"#{pane}").focus)

    @on(PaneTabs.Picked)
    def pick_pane(self, message: PaneTabs.Picked) -> None:
        """Show the pane that was pointed at."""
        self.action_pane(message.pane)

    def action_pane(self, pane: str) -> None:
        """Show a pane and give it the focus."""
        if pane == self.pane:
            self.query_one(f"#{pane}").focus()
        self.pane = pane

    def action_page(self, pages: int) -> None:
        """Scroll the focused pane by pages."""
        if self.focused:
            self.focused.scroll_relative(y=pages * self.focused.size.height, animate=False)

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, as on small ones, or return."""
        if self.focused and self.focused.id in PANES:
            self.pane = self.focused.id
        self.zoomed = not self.zoomed

    def watch_zoomed(self, zoomed: bool) -> None:
        """The style sheet does the rest."""
        self.set_class(zoomed, "-zoomed").set_class(not zoomed, "-whole")

    def action_zoom_lanes(self, steps: int) -> None:
        """Show fewer or more months in the lanes."""
        self.query_one(LanesPane).zoom(steps)

    @on(Timeline.Picked)
    def pick(self, message: Timeline.Picked) -> None:
        """Move to the event that was pointed at."""
        self.move_to_event(message.index)

    @on(LanesPane.Picked)
    def pick_day(self, message: LanesPane.Picked) -> None:
        """Move to the day that was pointed at."""
        self.move(message.day)

    def action_compare(self) -> None:
        """Pin the day; once one is pinned, tell what differs from it."""
        if self.pinned is None:
            self.pinned = self.now()
            return
        from kjtui.tui.dialogs.contents import comparison_content
        from kjtui.tui.dialogs.reader import Reader

        self.app.push_screen(Reader(comparison_content(compare(self.pinned, self.now()))))

    # What opens over them: imported when first opened, so that the app itself opens sooner

    def action_go_to(self) -> None:
        """Ask for a day."""
        from kjtui.tui.dialogs.goto import GoToDialog, Target

        def go(target: Target | None) -> None:
            if target:
                self.move(target.day, selected=target.place)

        self.app.push_screen(GoToDialog(self.history, self.day), go)

    def action_why(self) -> None:
        """Tell why the track that changed lately, or else the first, stands as it does."""
        standings = self.now().standings
        lately = [s for s in standings if s.because and s.since and self.day - s.since <= RECENT]
        chosen = max(lately, key=lambda s: s.since or date.min, default=standings[0])
        self.why(chosen.track.id)

    @on(StatusPane.Picked)
    @on(LanesPane.TrackPicked)
    def pick_track(self, message: StatusPane.Picked | LanesPane.TrackPicked) -> None:
        """Tell why of the track that was pointed at."""
        self.why(message.track)

    def why(self, track: str) -> None:
        """Tell why a track stands as it does."""
        from kjtui.tui.dialogs.why import WhyReader

        self.app.push_screen(WhyReader(self.now(), track))

    def explain(self, term: Term) -> None:
        """Tell what a term means."""
        from kjtui.tui.dialogs.contents import term_content
        from kjtui.tui.dialogs.reader import Reader

        self.app.push_screen(Reader(term_content(term, self.history.record)))

    def action_sources(self) -> None:
        """List the sources behind the day."""
        from kjtui.tui.dialogs.pick import SourcesDialog

        self.app.push_screen(SourcesDialog(snapshot_sources(self.now())))

    def action_open_event(self) -> None:
        """Show the selected event, or the last one before the day, in full."""
        from kjtui.tui.dialogs.contents import event_content
        from kjtui.tui.dialogs.reader import Reader

        place = self.selected if self.selected >= 0 else self.next_place(-1, self.listed)
        if place is not None:
            self.app.push_screen(
                Reader(event_content(self.history.record.events[place], self.history.record))
            )

    def action_help(self) -> None:
        """Show all keys."""
        from kjtui.tui.dialogs.contents import help_content
        from kjtui.tui.dialogs.reader import Reader

        self.app.push_screen(Reader(help_content(self.history.record)))

    def action_copy(self) -> None:
        """Hand the day's text to the terminal."""
        text = render(snapshot_document(self.now()), "text")
        self.app.copy_to_clipboard(text)
        taker = "browser" if self.app.is_web else "terminal"
        told = f"{len(text.encode()) // 1000} kB sent to the {taker}'s clipboard; not every {taker} takes it"
        self.notify(told, markup=False)

    def action_export(self) -> None:
        """Save the day."""
        from kjtui.tui.dialogs.export import ExportDialog

        def exported(told: str | None) -> None:
            if told:
                self.notify(told, markup=False)

        self.app.push_screen(ExportDialog(self.now()), exported)
