"""The app: themes, store reloads, and the main screen."""

from __future__ import annotations

import gc
import os
from datetime import date
from pathlib import Path

from textual.screen import Screen
from textual.theme import ThemeProvider

from kjtui.history.link import Link
from kjtui.history.snapshot import History
from kjtui.record.storage import StoreError
from kjtui.tui.config import load_theme, save_theme
from kjtui.tui.messages import EventSelected
from kjtui.tui.palette import Palette
from kjtui.tui.reload import StoreWatch
from kjtui.tui.screen import MainScreen
from kjtui.tui.signals import TerminalApp
from kjtui.tui.themes import DARK, LIGHT, own_variables

_CHECK_INTERVAL = 2.0
"""Seconds between two checks for a change of the store."""


class KjtuiApp(TerminalApp):
    """The app, opened on a day of a history.

    Args:
        history: What to show.
        day: The day to open on; by default that of the latest change.
        store: The file to watch for changes and to read again on request.
        theme: A theme to use instead of the one chosen last.
        open_at: The link that the app was opened with.
    """

    TITLE = "kjtui"
    CSS_PATH = "app.tcss"
    COMMANDS = set()  # noqa: RUF012  # Textual declares it without ClassVar; the screen has the commands
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # as above
        (0, "-narrow"),
        (80, "-normal"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-low"), (34, "-tall")]  # noqa: RUF012  # as above

    def __init__(
        self,
        history: History,
        day: date | None = None,
        *,
        store: Path | None = None,
        theme: str = "",
        open_at: Link | None = None,
    ) -> None:
        super().__init__()
        self._watch = StoreWatch(store) if store else None
        self._history = history
        self._day = day or history.latest_change
        self._open_at = open_at
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        chosen = theme or load_theme()
        # Without colours Textual blends dim text, in which the two colours of an ansi theme vanish.
        if chosen not in self.available_themes or ("NO_COLOR" in os.environ and "ansi" in chosen):
            chosen = DARK.name
        self._saved_theme = chosen
        self.theme = chosen

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen, with the breakpoint classes of the current size.

        Textual sets these on the first resize, after the first frame, so that a small terminal would show the
        wide layout for a moment.
        """
        screen = MainScreen(self._history, self._day)
        for size, breakpoints in (
            (self.size.width, self.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            screen.add_class([name for least, name in breakpoints if least <= size][-1])
        return screen

    def on_ready(self) -> None:
        """Resume garbage collection, suspended by ``kjtui/__main__.py`` (see there), and watch the store."""
        gc.freeze()
        gc.enable()
        if self._watch:
            self.set_interval(_CHECK_INTERVAL, self.check_store)
        if self._open_at:
            self._follow(self._open_at)

    def _follow(self, link: Link) -> None:
        """Select the event of a link, open its track, and show what cannot be followed."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            if link.event is not None:
                screen.select_event(EventSelected(link.event))
            if link.track:
                screen.show_track(link.track)
        if link.faults:
            message = f"The address cannot be followed: {'; '.join(link.faults)}"
            self.notify(message, severity="warning", markup=False)

    def check_store(self) -> None:
        """Notify the reader if the store has changed on disk."""
        if self._watch and self._watch.changed():
            self.notify("The store has changed on disk; press r to reload", markup=False)

    def action_reload(self) -> None:
        """Read the store again and stay at the same place. Keep the record if the store is unusable."""
        screen = self.screen
        if self._watch is None or not isinstance(screen, MainScreen):
            return
        try:
            history = self._watch.read()
        except StoreError as error:
            self.notify(f"Store not reloaded: {error}", severity="error", markup=False)
            return
        if history.record.digest == screen.history.record.digest:
            self.notify("The store has not changed", markup=False)
            return
        screen.show_history(history)
        self.notify(f"Store reloaded: {len(history.record.events):,} events", markup=False)

    def action_command_palette(self) -> None:
        """Open the palette of commands and names."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Open the palette of themes."""
        self.push_screen(Palette([ThemeProvider], placeholder="Search for themes…"))

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with kjtui's own derived where the theme lacks them."""
        variables = super().get_css_variables()
        self.theme_variables = own_variables(variables) | variables
        return self.theme_variables

    def watch_theme(self, theme: str) -> None:
        """Save the reader's choice, unless the reader is a visitor of a web page: the file is not theirs."""
        if self.is_running and theme != self._saved_theme and not self.is_web:
            self._saved_theme = theme
            save_theme(theme)
