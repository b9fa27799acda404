"""The main screen: the one owner of the cursor. Snapshots flow down from it, wishes come up to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Footer

from kjtui.history.goto import add_months, next_of, previous_of
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.clean import clean
from kjtui.tui.commands import bindings
from kjtui.tui.headline import Headline
from kjtui.tui.meeting import MeetingPane
from kjtui.tui.status import StandingsStrip, StatusPane
from kjtui.tui.tabs import PANES, PaneTabs
from kjtui.tui.timeline import Timeline


class MainScreen(Screen[None]):
    """The panes and the cursor that drives them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#timeline"

    day: var[date] = var(date.min, init=False)
    snapshot: var[Snapshot | None] = var(None, init=False)
    selected: var[int] = var(-1, init=False)
    """The selected event, as its place in the record; -1 where the day has none."""
    shown: var[str] = var("timeline", init=False)
    """The pane that shows on screens that show one at a time."""

    def __init__(self, history: History, day: date) -> None:
        super().__init__()
        self.history = history
        self._back: date | None = None
        day = self.validate_day(day)
        self.add_class(f"-show-{self.shown}")
        self.set_reactive(MainScreen.day, day)
        self.set_reactive(MainScreen.snapshot, history.snapshot(day))
        self.set_reactive(MainScreen.selected, self._event_on(day))

    def compose(self) -> ComposeResult:
        """Headline, strip and tabs for small screens, panes, keys."""
        snapshot = self.history.snapshot(self.day)
        yield Headline(snapshot).data_bind(MainScreen.snapshot)
        yield StandingsStrip(snapshot).data_bind(MainScreen.snapshot)
        yield PaneTabs().data_bind(shown=MainScreen.shown)
        with Horizontal(id="panes"):
            yield Timeline(snapshot).data_bind(MainScreen.snapshot, MainScreen.selected)
            with Vertical(id="right"):
                yield StatusPane(snapshot).data_bind(MainScreen.snapshot)
                yield MeetingPane(snapshot).data_bind(MainScreen.snapshot)
        yield Footer(show_command_palette=False, compact=True)

    # The cursor

    def validate_day(self, day: date) -> date:
        """Keep the cursor within the record."""
        return min(max(day, self.history.first_day), self.history.last_day)

    def watch_day(self) -> None:
        """Draw everything from the snapshot of the new day."""
        self.snapshot = self.history.snapshot(self.day)

    def move(self, day: date | None, *, selected: int | None = None, jump: bool = True) -> None:
        """Put the cursor on a day, or on an event of it; nothing happens where there is no such day.

        A ``jump`` can be undone: the day before it is kept for :meth:`action_go_back`.
        """
        if day is None:
            self.app.bell()
            return
        if jump and day != self.day:
            self._back = self.day
        self.selected = self._event_on(self.validate_day(day)) if selected is None else selected
        self.day = day

    def _event_on(self, day: date) -> int:
        """The event of a day that tells most of it: the one that changed a standing, else the last."""
        snapshot = self.history.snapshot(day)
        made = {s.because.id for s in snapshot.standings if s.because and s.since == day}
        first = snapshot.event_count - len(self.history.events_on(day))
        for place in range(first, snapshot.event_count):
            if self.history.record.events[place].id in made:
                return place
        return snapshot.event_count - 1 if first < snapshot.event_count else -1

    def action_step_day(self, days: int) -> None:
        """Move by days."""
        self.move(self.day + timedelta(days=days), jump=False)

    def action_step_event(self, step: int) -> None:
        """Move to the next or previous event, of which a day can have several."""
        events = self.history.record.events
        if self.selected >= 0:
            place = self.selected + step
        else:
            count = self.history.snapshot(self.day).event_count
            place = count if step > 0 else count - 1
        if 0 <= place < len(events):
            self.move(events[place].day, selected=place, jump=False)
        else:
            self.app.bell()

    def action_step_change(self, step: int) -> None:
        """Move to the next or previous change of a standing."""
        self.move(self._along(self.history.changes, step))

    def action_step_meeting(self, step: int) -> None:
        """Move to the next or previous day a meeting began."""
        self.move(self._along(self.history.meeting_days, step))

    def action_step_month(self, months: int) -> None:
        """Move by months; the last day of a shorter month stands for days it lacks."""
        self.move(add_months(self.day, months))

    def action_go_end(self, step: int) -> None:
        """Move to the first or last day."""
        self.move(self.history.first_day if step < 0 else self.history.last_day)

    def action_go_back(self) -> None:
        """Return to the day before the last jump; again to come back here."""
        self.move(self._back)

    def _along(self, days: Sequence[date], step: int) -> date | None:
        return next_of(days, self.day) if step > 0 else previous_of(days, self.day)

    @on(Timeline.Picked)
    def pick(self, message: Timeline.Picked) -> None:
        """Move to the event that was pointed at."""
        self.move(self.history.record.events[message.index].day, selected=message.index)

    # The panes

    def watch_shown(self, before: str, shown: str) -> None:
        """Show a pane, on screens that show one at a time, and give it the focus."""
        self.remove_class(f"-show-{before}").add_class(f"-show-{shown}")
        self.call_after_refresh(self.query_one(f"#{shown}").focus)

    def action_pane(self, pane: str) -> None:
        """Show a pane and give it the focus."""
        if self.maximized:
            self.minimize()
        if pane == self.shown:
            self.query_one(f"#{pane}").focus()
        self.shown = pane

    @on(PaneTabs.Picked)
    def pick_pane(self, message: PaneTabs.Picked) -> None:
        """Show the pane that was pointed at."""
        self.action_pane(message.pane)

    def action_page(self, pages: int) -> None:
        """Scroll the focused pane by pages."""
        if self.focused:
            self.focused.scroll_relative(y=pages * self.focused.size.height, animate=False)

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, or return."""
        if self.maximized:
            self.minimize()
        elif self.focused and self.focused.id in PANES:
            self.maximize(self.focused)

    def action_switch_theme(self) -> None:
        """Switch between the dark and the light theme."""
        self.app.theme = "kjtui-dark" if not self.app.current_theme.dark else "kjtui-light"

    # What opens over them: imported when first opened, so that the app itself opens sooner

    def action_go_to(self) -> None:
        """Ask for a day."""
        from kjtui.tui.dialogs.goto import GoToDialog

        dialog = GoToDialog(self.day, self.history.first_day, self.history.last_day)
        self.app.push_screen(dialog, lambda day: self.move(day) if day else None)

    def action_open_event(self) -> None:
        """Show the selected event, or the last one before the day, in full."""
        from kjtui.tui.dialogs.reader import Reader, event_text

        place = self.selected if self.selected >= 0 else self.history.snapshot(self.day).event_count - 1
        if place >= 0:
            self.app.push_screen(Reader(event_text(self.history.record.events[place], self.history.record)))

    def action_help(self) -> None:
        """Show all keys."""
        from kjtui.tui.dialogs.reader import Reader, help_text

        self.app.push_screen(Reader(help_text()))

    def action_export(self) -> None:
        """Save the day."""
        from kjtui.tui.dialogs.export import ExportDialog

        def saved(path: Path | None) -> None:
            if path:
                self.notify(f"Saved {clean(str(path))}", markup=False)

        self.app.push_screen(ExportDialog(self.history.snapshot(self.day)), saved)
