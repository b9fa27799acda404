"""The base class of dialogs with an input and a list filtered by the input."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.screen import ScreenResultType
from textual.widgets import Input, OptionList, Static

from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.dialog import Dialog
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.terminal.guards import is_listed


class FoundList(ChoiceList, can_focus=False):
    """The list of a finder. It never has the focus, because the input above receives all typed text."""


class Finder(Dialog[ScreenResultType]):
    """A dialog with an input and a list. The input has the focus, but movement keys act on the list.

    Subclasses implement :meth:`choose`.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("finder")

    @property
    def found(self) -> FoundList:
        """The list."""
        return self.query_one(FoundList)

    @property
    def typed(self) -> str:
        """The typed text without surrounding spaces."""
        return self.query_one(Input).value.strip()

    def choose(self, index: int) -> None:
        """Close and return an entry of the list."""
        raise NotImplementedError

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a message."""
        message = self.query_one(".message", Static)
        message.set_class(error, "-error")
        message.update(text)

    @on(OptionList.OptionSelected)
    def choose_clicked(self, event: OptionList.OptionSelected) -> None:
        """Choose the clicked entry."""
        if is_listed(event):
            self.choose(event.option_index)

    async def action_move(self, action: str) -> None:
        """Move the highlight. Ignore the key while the list has no size.

        :class:`~kjtui.tui.dialogs.palette.Palette` explains why.
        """
        if self.found.option_count and self.found.scrollable_content_region:
            await self.found.run_action(action)

    async def action_choose(self) -> None:
        """Submit the typed text or the highlighted choice, as enter in the input does."""
        await self.query_one(Input).action_submit()

    def action_tab(self) -> None:
        """Handle tab. Does nothing by default."""
