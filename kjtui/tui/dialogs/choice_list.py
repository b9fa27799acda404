"""The option list of dialogs."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import OptionList

from kjtui.tui.keys.command_table import bindings
from kjtui.tui.terminal.guards import skip_option_that_is_gone


class ChoiceList(OptionList):
    """An option list with the movement keys of the panes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore page keys while the list has no size, as in :class:`~kjtui.tui.dialogs.palette.Palette`."""
        if action in ("page_up", "page_down"):
            return bool(self.scrollable_content_region)
        return super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """Ignore a click on an option that was removed."""
        skip_option_that_is_gone(self, event)
