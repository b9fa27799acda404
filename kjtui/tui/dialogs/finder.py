"""The base class of dialogs with an input and a list filtered by the input."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.screen import ScreenResultType
from textual.widgets import Input

from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.dialog import Dialog
from kjtui.tui.keys.command_table import bindings


class FoundList(ChoiceList, can_focus=False):
    """The list. The input above keeps the focus, so that typed text always goes there."""


class Finder(Dialog[ScreenResultType]):
    """A dialog whose keys move in the list while the input has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("finder")

    @property
    def found(self) -> FoundList:
        """Return the list."""
        return self.query_one(FoundList)

    @property
    def typed(self) -> str:
        """Return the typed text without surrounding spaces."""
        return self.query_one(Input).value.strip()

    async def action_move(self, action: str) -> None:
        """Move in the list. Ignore the key while the list has no size: it computes lines only then."""
        if self.found.option_count and self.found.scrollable_content_region:
            await self.found.run_action(action)

    async def action_choose(self) -> None:
        """Submit the typed text or the highlighted choice, like enter in the input."""
        await self.query_one(Input).action_submit()

    def action_tab(self) -> None:
        """Handle tab. Does nothing by default."""
