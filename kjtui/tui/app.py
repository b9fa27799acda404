"""The app: themes, palette, and the main screen."""

from __future__ import annotations

import gc
import os
from datetime import date
from pathlib import Path

from textual.app import App
from textual.screen import Screen
from textual.theme import ThemeProvider

from kjtui.history.link import Link
from kjtui.history.snapshot import History
from kjtui.record.storage import StoreError
from kjtui.tui.config import load_theme, save_theme
from kjtui.tui.palette import Commands, Entries, Palette
from kjtui.tui.reload import StoreWatch
from kjtui.tui.screen import MainScreen
from kjtui.tui.signals import TerminalApp
from kjtui.tui.themes import DARK, LIGHT, tones

_LOOK_EVERY = 2.0
"""Seconds between two looks at whether the store has changed."""


class KjtuiApp(TerminalApp):
    """Opens on a day of a record, by default that of the latest change.

    ``store`` is the file the record was read from, where it is to be noticed that it changed; ``theme``
    overrides the one that was chosen last. ``open_at`` is the link that the app was opened with.
    """

    TITLE = "kjtui"
    CSS_PATH = "app.tcss"
    COMMANDS = {Commands, Entries}  # noqa: RUF012  # Textual declares it without ClassVar
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it without ClassVar
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
        self._store = StoreWatch(store) if store else None
        self._history = history
        self._day = day or history.latest_change
        self._open_at = open_at
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        chosen = theme or load_theme()
        # Without colours Textual dims what it shows; the terminal's own two colours then vanish in it.
        if chosen not in self.available_themes or ("NO_COLOR" in os.environ and "ansi" in chosen):
            chosen = DARK.name
        self._begin_in(chosen)
        self._saved = chosen

    def _begin_in(self, theme: str) -> None:
        """Start with a theme, without the second reading of all styles that changing to it would be."""
        chosen = self.available_themes[theme]
        if chosen.ansi:
            self.theme = theme  # Textual has more to change then
            return
        self.set_reactive(App.theme, theme)
        self.set_class(chosen.dark, "-dark-mode").set_class(not chosen.dark, "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """The screen of the record, with the classes of its size, or all of it would be styled twice."""
        screen = MainScreen(self._history, self._day)
        for size, breakpoints in (
            (self.size.width, self.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            screen.add_class([name for least, name in breakpoints if least <= size][-1])
        return screen

    def on_ready(self) -> None:
        """Collect garbage again, which the command put off until now."""
        gc.freeze()
        gc.enable()
        if self._store:
            self.set_interval(_LOOK_EVERY, self.look_at_store)
        if self._open_at:
            self._follow(self._open_at)

    def _follow(self, link: Link) -> None:
        """Select the event of a link, open its track, and show what cannot be followed."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            if link.event is not None:
                screen.move_to_event(link.event, jump=False)
            if link.track:
                screen.why(link.track)
        if link.faults:
            told = f"The address cannot be followed: {'; '.join(link.faults)}"
            self.notify(told, severity="warning", markup=False)

    def look_at_store(self) -> None:
        """Tell the reader once the store has changed on disk."""
        if self._store and self._store.changed():
            self.notify("The store has changed on disk: r reads it again", markup=False)

    def action_reload(self) -> None:
        """Read the store again and go on from the same place; keep the record where that fails."""
        screen = self.screen
        if self._store is None or not isinstance(screen, MainScreen):
            return
        try:
            history = self._store.read()
        except StoreError as error:
            self.notify(f"Kept the record as it was: {error}", severity="error", markup=False)
            return
        if history.record.digest == screen.history.record.digest:
            self.notify("The store holds the same as before", markup=False)
            return
        screen.show(history)
        self.notify(f"Read again: {len(history.record.events):,} events", markup=False)

    def action_command_palette(self) -> None:
        """Open every command and entry by name."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Open the themes by name."""
        self.push_screen(Palette([ThemeProvider], placeholder="Search for themes…"))

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; those that only the app's own themes have are made from the others."""
        variables = super().get_css_variables()
        self.theme_variables = tones(variables) | variables
        return self.theme_variables

    def watch_theme(self, theme: str) -> None:
        """Remember the choice, unless a visitor of a page made it on somebody else's machine."""
        if self.is_running and theme != self._saved and not self.is_web:
            self._saved = theme
            save_theme(theme)
