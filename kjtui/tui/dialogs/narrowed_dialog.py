"""The base class of dialogs with a list, and an input below it that filters the list."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.screen import ScreenResultType
from textual.widgets import Input

from kjtui.tui.dialogs.dialog import Dialog
from kjtui.tui.dialogs.text_line import TextLine
from kjtui.tui.keys.command_table import bindings


class NarrowingLine(TextLine):
    """An input below a list, hidden by default. Enter and the down key submit it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("narrowing")

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True)
        self.display = False


class NarrowedDialog(Dialog[ScreenResultType]):
    """A dialog with a list and a :class:`NarrowingLine`. Keys move in the list.

    Subclasses set ``LIST`` and implement :meth:`narrow`.
    """

    LIST: ClassVar[str]
    """Selector of the list, which has the focus while nothing is typed."""

    def narrow(self, query: str) -> None:
        """Show only the entries that contain every word of a query."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Focus the list."""
        self.focus_list()

    @on(Input.Submitted)
    def focus_list(self) -> None:
        """Move the focus to the list."""
        self.query_one(self.LIST).focus()

    @on(Input.Changed)
    def narrow_to_typed(self, event: Input.Changed) -> None:
        """Narrow the list while a query is typed."""
        self.narrow(event.value)

    def action_narrow(self) -> None:
        """Open the input."""
        line = self.query_one(NarrowingLine)
        line.display = True
        line.focus()

    def action_back(self) -> None:
        """Show every entry again, or close."""
        line = self.query_one(NarrowingLine)
        if line.display:
            line.value, line.display = "", False
            self.focus_list()
        else:
            self.dismiss(None)
