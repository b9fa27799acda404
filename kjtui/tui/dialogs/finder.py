"""The dialogs with a line to type into and a list that it narrows."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.screen import ScreenResultType
from textual.widgets import Input

from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.dialog import Dialog
from kjtui.tui.keys.command_table import bindings


class FoundList(ChoiceList, can_focus=False):
    """The list. The line above it keeps the focus, so that what is typed always goes there."""


class Finder(Dialog[ScreenResultType]):
    """A dialog whose keys move in the list while the line has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("finder")

    @property
    def found(self) -> FoundList:
        """Return the list."""
        return self.query_one(FoundList)

    @property
    def typed(self) -> str:
        """Return what was typed, without the spaces around it."""
        return self.query_one(Input).value.strip()

    async def action_move(self, action: str) -> None:
        """Move in the list, which looks lines up only once it has a size."""
        if self.found.option_count and self.found.scrollable_content_region:
            await self.found.run_action(action)

    async def action_choose(self) -> None:
        """Take what was typed or highlighted, as enter in the line does."""
        await self.query_one(Input).action_submit()

    def action_tab(self) -> None:
        """Take something into the line or the list; by default there is nothing."""
