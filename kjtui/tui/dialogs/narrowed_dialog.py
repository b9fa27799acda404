"""The base class of dialogs with a list and an input below the list. The input filters the list."""

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
    """An input below a list, hidden by default. Enter and the down key move the focus to the list."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("narrowing")

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True)
        self.display = False


class NarrowedDialog(Dialog[ScreenResultType]):
    """A dialog with a list, which has the focus, and a :class:`NarrowingLine`.

    Subclasses set ``LIST`` and implement :meth:`narrow`.
    """

    LIST: ClassVar[str]
    """The CSS selector of the list."""

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
        """Filter the list after each typed character."""
        self.narrow(event.value)

    def action_narrow(self) -> None:
        """Show the input and focus it."""
        line = self.query_one(NarrowingLine)
        line.display = True
        line.focus()

    def action_back(self) -> None:
        """Hide the input and list every entry again. If the input is already hidden, close the dialog."""
        line = self.query_one(NarrowingLine)
        if line.display:
            line.value, line.display = "", False
            self.focus_list()
        else:
            self.dismiss(None)
