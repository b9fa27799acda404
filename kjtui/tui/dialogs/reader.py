"""A text to read, which scrolls."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.paint.hanging_text import HangingText
from kjtui.tui.state.exportable import Exportable, copy


class Reader(Dialog[None]):
    """Show a text; arrows and page keys scroll, escape closes.

    Args:
        content: The text.
        exportable: The same as documents, for what can be saved and copied.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("reader")
    HINTS: ClassVar[tuple[str, ...]] = ("reader",)
    """Names of the dialogs whose keys the hint shows."""

    def __init__(self, content: Content, exportable: Exportable | None = None) -> None:
        super().__init__()
        self._content = content
        self.exportable = exportable

    def compose(self) -> ComposeResult:
        """Compose the text; its container has the focus, so that keys scroll it."""
        with Vertical(classes="dialog reader"):
            with VerticalScroll():
                yield HangingText(self._content)
            yield Hint(*self.HINTS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Save and copy only what can be."""
        if action in ("export", "copy"):
            return self.exportable is not None
        return super().check_action(action, parameters)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_export(self) -> None:
        """Save what is read as a file."""
        if self.exportable:
            from kjtui.tui.dialogs.export_dialog import ExportDialog

            open_screen(self, ExportDialog(self.exportable))

    def action_copy(self) -> None:
        """Copy the text of what is read to the clipboard."""
        if self.exportable:
            copy(self.app, self.exportable)
