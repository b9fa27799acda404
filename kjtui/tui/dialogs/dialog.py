"""The base class of all dialogs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import OptionList

from kjtui.languages import tr
from kjtui.tui.keys.command_table import DIALOGS, Command, main_commands
from kjtui.tui.keys.keymap import clicked_command, footer_label, is_available, key_of, keys_in_force
from kjtui.tui.terminal.guards import ScreenGuard
from kjtui.words.wrap import cells

if TYPE_CHECKING:
    from textual.command import Provider

_GAP = " · "
"""Separator between the keys of a hint."""
_FEWEST_LINES = 2
"""Number of lines that a hint may take on small screens."""
_SHARE = 10
"""A hint takes at most one of this number of lines of the screen, if that is more."""
_ENDS = 2
"""Number of entries at the end of a hint, such as help and close, that are shown at every size."""


def _commands() -> type[Provider]:
    from kjtui.tui.dialogs.palette import DialogCommandProvider

    return DialogCommandProvider


class Dialog(ScreenGuard, ModalScreen[ScreenResultType]):
    """A modal screen that ignores repeated dismissals."""

    class HelpRequested(Message):
        """The user asks for the keys of a dialog."""

        def __init__(self, dialog: Dialog[Any]) -> None:
            super().__init__()
            self.dialog = dialog

    CSS_PATH = "dialogs.tcss"
    COMMANDS = {_commands}  # noqa: RUF012  # Textual declares it without ClassVar
    HINTS: ClassVar[tuple[str, ...]] = ()
    """Names of dialogs in the table of commands; the hint and the help show their keys."""

    def on_mount(self) -> None:
        """Hide a dialog below, so that only this dialog is visible."""
        self.set_class(any(isinstance(screen, Dialog) for screen in self.app.screen_stack[:-1]), "-stacked")

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close and return the result; ignore further calls.

        A double click dismisses twice, and Textual then closes the screen below as well (issue 2575).
        tests/tui/terminal/test_textual_faults.py fails once that is fixed.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_key(self, event: events.Key) -> None:
        """Show a notice for a key that works only in the panes."""
        if event.key in self.active_bindings:
            return
        keys = keys_in_force(self.app)
        for command in main_commands():
            if event.key in keys.get(command.id, command.keys).split(","):
                shown, title = key_of(self.app, command.id), tr(command.title)
                text = tr("{key} ({title}) works in the panes, not here", key=shown, title=title)
                self.notify(text, markup=False)

    def hint_word(self, command: Command) -> str:
        """Return the label of a command in the hint."""
        return tr(command.footer.partition(" ")[2])

    def action_help(self) -> None:
        """Ask the app for the help."""
        self.post_message(self.HelpRequested(self))

    async def action_choose(self) -> None:
        """Choose the highlighted entry of the list."""
        self.query_one(OptionList).action_select()


class Hint(Widget):
    """The available keys of a dialog. A click on a key presses it, for users without a keyboard.

    Args:
        dialogs: The names of the dialogs in the table of commands.
    """

    DEFAULT_CSS = "Hint { height: auto; }"
    DEFAULT_CLASSES = "hint"
    ALLOW_SELECT = False

    def __init__(self, *dialogs: str) -> None:
        super().__init__()
        self._dialogs = dialogs

    def render(self) -> Content:
        """Return the keys."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines(width))

    def on_click(self, event: events.Click) -> None:
        """Press the clicked key."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        text = self._lines(self.content_size.width)[offset.y].plain
        right = 0
        entries = dict(self._entries())
        for label in text.split(_GAP):
            left, right = right, right + cells(label)
            if left <= offset.x < right and (commands := entries.get(label)):
                shown, _, _ = label.partition(" ")
                self.app.simulate_key(self._key(clicked_command(commands, shown, offset.x - left)))
            right += cells(_GAP)

    def _entries(self) -> Iterator[tuple[str, tuple[Command, ...]]]:
        """Yield each label with the one or two commands that it stands for, in the order of their keys."""
        keys = keys_in_force(self.app)
        for name in self._dialogs:
            commands = DIALOGS[name].commands
            for command, following in zip_longest(commands, commands[1:]):
                if not command.footer or not is_available(command, self.screen):
                    continue
                shown, word = footer_label([command], keys)
                label = (
                    f"{shown} {self.screen.hint_word(command) if isinstance(self.screen, Dialog) else word}"
                )
                if following is None or not _is_other_way(command, following):
                    yield label, (command,)
                elif command.footer[0] == command.shown[0]:
                    yield label, (command, following)
                else:
                    yield label, (following, command)

    def _key(self, command: Command) -> str:
        return keys_in_force(self.app).get(command.id, command.keys).split(",")[0]

    def _lines(self, width: int) -> list[Content]:
        """Wrap the keys; never break between a key and its meaning.

        Keys that do not fit are only in the help.
        """
        labels = [Content(label) for label, _ in self._entries()]
        most = max(self.app.size.height // _SHARE, _FEWEST_LINES)
        while len(lines := in_lines(labels, _GAP, width)) > most and len(labels) > _ENDS:
            del labels[-_ENDS - 1]
        return lines


def _is_other_way(command: Command, following: Command) -> bool:
    """Return whether a command is the other direction of the previous command and shares its label."""
    return not following.footer and following.action.partition("(")[0] == command.action.partition("(")[0]


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
