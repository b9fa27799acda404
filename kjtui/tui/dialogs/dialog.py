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
"""Separator between the entries of a hint."""
_FEWEST_LINES = 2
"""Every hint may have this number of lines, even on small screens."""
_SHARE = 10
"""On larger screens, a hint may have the height of the screen divided by this number."""
_ENDS = 2
"""Number of entries at the end of a hint that are never dropped, such as help and close."""


def _commands() -> type[Provider]:
    from kjtui.tui.dialogs.palette import DialogCommandProvider

    return DialogCommandProvider


class Dialog(ScreenGuard, ModalScreen[ScreenResultType]):
    """A modal screen that ignores repeated dismissals."""

    class HelpRequested(Message):
        """The user asks for help on a dialog."""

        def __init__(self, dialog: Dialog[Any]) -> None:
            super().__init__()
            self.dialog = dialog

    CSS_PATH = "dialogs.tcss"
    COMMANDS = {_commands}  # noqa: RUF012  # Textual declares it without ClassVar
    HINTS: ClassVar[tuple[str, ...]] = ()
    """Names of entries in ``DIALOGS``. The hint and the help show the commands of these entries."""

    def on_mount(self) -> None:
        """If this dialog is above another dialog, set a class that makes it cover the other dialog."""
        self.set_class(any(isinstance(screen, Dialog) for screen in self.app.screen_stack[:-1]), "-stacked")

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close and return the result. Ignore repeated calls.

        A double click calls this method twice. Without the check, Textual would also close the screen below
        (issue 2575). A test in tests/tui/terminal/test_textual_faults.py fails once Textual has fixed this
        fault.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_key(self, event: events.Key) -> None:
        """If the user presses a key that works only in the panes, show a message."""
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
        """Ask the app to open the help."""
        self.post_message(self.HelpRequested(self))

    async def action_choose(self) -> None:
        """Choose the highlighted entry of the list."""
        self.query_one(OptionList).action_select()


class Hint(Widget):
    """The hint at the bottom of a dialog, which lists the available keys of the dialog.

    Users without a keyboard can click a key instead of pressing it.

    Args:
        dialogs: Names of entries in ``DIALOGS``, whose commands are listed.
    """

    DEFAULT_CSS = "Hint { height: auto; }"
    DEFAULT_CLASSES = "hint"
    ALLOW_SELECT = False

    def __init__(self, *dialogs: str) -> None:
        super().__init__()
        self._dialogs = dialogs

    def render(self) -> Content:
        """Return the text of the hint: keys with their labels."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines(width))

    def on_click(self, event: events.Click) -> None:
        """Simulate a press of the key that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        text = self._lines(self.content_size.width)[offset.y].plain
        end = 0
        entries = dict(self._entries())
        for label in text.split(_GAP):
            start, end = end, end + cells(label)
            if start <= offset.x < end and (commands := entries.get(label)):
                shown, _, _ = label.partition(" ")
                self.app.simulate_key(self._key(clicked_command(commands, shown, offset.x - start)))
            end += cells(_GAP)

    def _entries(self) -> Iterator[tuple[str, tuple[Command, ...]]]:
        """Yield the label and the commands of each entry.

        If an entry has two commands, they are in the order in which their keys appear in the label.
        """
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
        """Return the lines of the hint. Lines never break between a key and its label.

        Entries that do not fit are dropped. The help lists all keys.
        """
        labels = [Content(label) for label, _ in self._entries()]
        most = max(self.app.size.height // _SHARE, _FEWEST_LINES)
        while len(lines := in_lines(labels, _GAP, width)) > most and len(labels) > _ENDS:
            del labels[-_ENDS - 1]
        return lines


def _is_other_way(command: Command, following: Command) -> bool:
    """Return whether the second command is the opposite of the first. Both then share one entry of a hint."""
    return not following.footer and following.action.partition("(")[0] == command.action.partition("(")[0]


def in_lines(pieces: Iterable[Content], gap: str, width: int) -> list[Content]:
    """Join pieces into lines of at most ``width`` cells, separated by ``gap``.

    Lines break only between pieces.
    """
    lines = [Content("")]
    for piece in pieces:
        longer = Content(gap).join([lines[-1], piece]) if lines[-1] else piece
        if longer.cell_length <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines
