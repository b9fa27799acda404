"""The base class of all dialogs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import OptionList

from kjtui.tui.keys.command_table import DIALOGS
from kjtui.tui.keys.keymap import footer_label, is_available, keys_in_force
from kjtui.tui.terminal.guards import ScreenGuard


class Dialog(ScreenGuard, ModalScreen[ScreenResultType]):
    """A modal screen that ignores repeated dismissals."""

    class HelpRequested(Message):
        """The reader asks for the keys of a dialog."""

        def __init__(self, dialog: Dialog[Any]) -> None:
            super().__init__()
            self.dialog = dialog

    CSS_PATH = "dialogs.tcss"
    HINTS: ClassVar[tuple[str, ...]] = ()
    """Names in the table of commands of the dialogs whose keys are shown in the hint and in the help."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close and return the result; ignore further calls.

        A double click dismisses twice, and Textual then closes the screen below as well (issue 2575).
        tests/tui/terminal/test_textual_faults.py fails once that is fixed.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_help(self) -> None:
        """Ask the app for the help."""
        self.post_message(self.HelpRequested(self))

    async def action_choose(self) -> None:
        """Choose the highlighted entry of the list."""
        self.query_one(OptionList).action_select()


class Hint(Widget):
    """The available keys of a dialog.

    Args:
        dialogs: The names of the dialogs in the table of commands.
    """

    DEFAULT_CSS = "Hint { height: auto; }"
    DEFAULT_CLASSES = "hint"

    def __init__(self, *dialogs: str) -> None:
        super().__init__()
        self._dialogs = dialogs

    def render(self) -> Content:
        """Return the keys."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        """Wrap the keys; never break between a key and its meaning."""
        keys = keys_in_force(self.app)
        commands = [command for name in self._dialogs for command in DIALOGS[name].commands]
        named = (
            Content(" ".join(footer_label([command], keys)))
            for command in commands
            if command.footer and is_available(command, self.screen)
        )
        return in_lines(named, " · ", width)


def in_lines(pieces: Iterable[Content], gap: str, width: int) -> list[Content]:
    """Join pieces with gaps and wrap them to a width; pieces are never broken."""
    lines = [Content("")]
    for piece in pieces:
        longer = Content(gap).join([lines[-1], piece]) if lines[-1] else piece
        if longer.cell_length <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines
