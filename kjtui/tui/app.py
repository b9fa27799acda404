"""The app: themes, palette, and the main screen."""

from __future__ import annotations

from datetime import date

from textual.app import App
from textual.screen import Screen

from kjtui.history.snapshot import History
from kjtui.tui.palette import Commands
from kjtui.tui.screen import MainScreen
from kjtui.tui.themes import DARK, LIGHT


class KjtuiApp(App[None]):
    """Opens on a day of a record, by default that of the latest change."""

    TITLE = "kjtui"
    CSS_PATH = "app.tcss"
    COMMANDS = App.COMMANDS | {Commands}
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it without ClassVar
        (0, "-narrow"),
        (80, "-normal"),
        (110, "-wide"),
    ]

    def __init__(self, history: History, day: date | None = None) -> None:
        super().__init__()
        self._history = history
        self._day = day or history.latest_change
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[None]:
        """The screen of the record."""
        return MainScreen(self._history, self._day)
