"""The list of themes, with a live preview of the highlighted theme."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kjtui.languages import tr
from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.keys.command_table import bindings


class ThemesDialog(Dialog[str | None]):
    """Ask for a theme. The result is the chosen theme. Escape restores the previous theme."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("themes")
    HINTS = ("themes",)

    def on_mount(self) -> None:
        """Highlight the theme in use."""
        self.query_one(ChoiceList).highlighted = self._names.index(self._before)

    def compose(self) -> ComposeResult:
        """Compose the names of the themes. kjtui's own themes come first."""
        self._before = self.app.theme
        self._names = sorted(self.app.available_themes, key=lambda name: (not name.startswith("kjtui"), name))
        with Vertical(classes="dialog themes"):
            yield Static(tr("Theme"), classes="title", markup=False)
            yield ChoiceList(*(Option(Content(name)) for name in self._names), markup=False)
            yield Hint(*self.HINTS)

    @on(OptionList.OptionHighlighted)
    def preview(self, event: OptionList.OptionHighlighted) -> None:
        """Preview the highlighted theme."""
        self.app.theme = self._names[event.option_index]

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Close and return the chosen theme."""
        self.dismiss(self._names[event.option_index])

    def action_cancel(self) -> None:
        """Restore the previous theme and close."""
        self.app.theme = self._before
        self.dismiss(None)
