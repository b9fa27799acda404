"""The panes of the main screen: their visibility, their focus, and the variables bound to them."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.reactive import Reactive, var
from textual.widget import Widget

from kjtui.history.snapshot import History
from kjtui.tui.keys.footer import Footer
from kjtui.tui.paint.line_pane import SnapshotPane
from kjtui.tui.panes.day_header import DayHeader
from kjtui.tui.panes.lanes import LanesPane
from kjtui.tui.panes.pane_column import PaneColumn, panes_of
from kjtui.tui.panes.pane_tabs import PaneTabs
from kjtui.tui.panes.status import StandingsStrip, StatusPane
from kjtui.tui.panes.timeline import Timeline
from kjtui.tui.record_screen import RecordScreen
from kjtui.tui.state.pane_table import PANES, PANES_BY_ID, Pane

WidgetT = TypeVar("WidgetT", bound=Widget)


class PaneScreen(RecordScreen):
    """A screen of panes. On small screens, only the current pane is visible."""

    BLANK = True  # panes cover the screen
    AUTO_FOCUS = f"#{PANES[0].id}"

    pane: var[str] = var(PANES[0].id, init=False)
    """Id of the current pane, the only one visible on small screens."""
    zoomed: var[bool] = var(False, init=False)
    """Whether the current pane is maximised."""

    def __init__(self, history: History, day: date, pane: str = "") -> None:
        super().__init__(history, day)
        if pane in PANES_BY_ID:
            self.set_reactive(PaneScreen.pane, pane)
        self.add_class("-whole", update=False)
        if self.pane == StatusPane.ID:
            self.add_class("-status", update=False)

    def compose(self) -> ComposeResult:
        """Compose the header, the strip of states, the tabs, the columns of panes, and the footer."""
        yield self.bound(DayHeader(self.view))
        yield self.bound(StandingsStrip(self.view))
        yield PaneTabs().data_bind(PaneScreen.pane)
        for side in ("left", "right"):
            column = PaneColumn(side, *map(self.bound, panes_of(side, self.view)))
            column.mark(self.pane)
            yield column
        yield Footer()

    def bound(self, widget: WidgetT) -> WidgetT:
        """Bind the reactives of a widget to the variables of the screen that have the same names."""
        state = (
            PaneScreen.view,
            PaneScreen.visible_events,
            PaneScreen.pinned,
            PaneScreen.search,
            PaneScreen.track,
            PaneScreen.counted_track,
            PaneScreen.notes,
            PaneScreen.fault,
        )
        declared = (
            variable for variable in state if isinstance(getattr(type(widget), variable.name, None), Reactive)
        )
        return widget.data_bind(*declared)

    def on_mount(self) -> None:
        """Focus the current pane."""
        self.query_one(f"#{self.pane}").focus()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """After a dialog, show the footer. At the start, keep the styles.

        At the start, Textual would compute the styles again, although the panes are new.
        """
        if self.stack_updates:
            self.query(Footer).set(visible=True)
        else:
            event.refresh_styles = False

    def on_screen_suspend(self) -> None:
        """Hide the footer below a dialog, because its keys do not work there."""
        self.query(Footer).set(visible=False)

    def show_history(self, history: History) -> None:
        """Show a new history, for example after a change of the store.

        Keep the day, the selected event and the focused pane.
        """
        focused = self.focused_pane.id
        self.replace_history(history)
        self.remove_class("-searching")

        async def recompose() -> None:
            await self.recompose()
            self.query_one(f"#{focused}").focus()

        self.call_next(recompose)  # data_bind works only in the context of the screen

    @property
    def focused_pane(self) -> Pane:
        """The pane that has the focus, or the current pane if no pane has the focus."""
        focused = self.focused.ID if isinstance(self.focused, SnapshotPane) else self.pane
        return PANES_BY_ID[focused]

    def on_descendant_focus(self) -> None:
        """Update ``counted_track``, because a pane of tracks may have received or lost the focus."""
        self._count_changes()

    def watch_track(self) -> None:
        """Update ``counted_track``, because the selected track has changed."""
        self._count_changes()

    def _count_changes(self) -> None:
        self.counted_track = self.track if self.focused_pane.selects == "track" else ""

    def reveal(self, pane: str) -> None:
        """Show a pane, because it displays the result of a move.

        If the pane is already visible, the focus does not change. The timeline is an exception: it always
        gets the focus, so that the enter key opens the event.
        """
        if pane == Timeline.ID or not self.query_one(f"#{pane}").size:
            self.action_pane(pane)

    def watch_pane(self, pane: str) -> None:
        """Show the current pane. The status pane replaces the strip, because both show the same standings."""
        for column in self.query(PaneColumn):
            column.mark(pane)
        self.set_class(pane == StatusPane.ID, "-status")

    def watch_zoomed(self, zoomed: bool) -> None:
        """Set the CSS classes for a maximised pane."""
        self.set_class(zoomed, "-zoomed").set_class(not zoomed, "-whole")

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

    def action_step_pane(self, step: int) -> None:
        """Go to the pane with the next number, or with the previous number if ``step`` is negative.

        Wrap around.
        """
        ids = list(PANES_BY_ID)
        self.action_pane(ids[(ids.index(self.focused_pane.id) + step) % len(ids)])

    def action_page(self, pages: int) -> None:
        """Scroll the focused pane by pages."""
        if isinstance(self.focused, SnapshotPane):
            self.focused.scroll_relative(y=pages * self.focused.list_rows, animate=False)

    def action_maximise(self) -> None:
        """Show only the focused pane, or show all panes again."""
        self.pane = self.focused_pane.id
        self.zoomed = not self.zoomed

    def action_zoom_lanes(self, steps: int) -> None:
        """Show fewer or more months in the lanes."""
        self.query_one(LanesPane).zoom(steps)
