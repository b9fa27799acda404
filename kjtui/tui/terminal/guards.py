"""Guards against faults of Textual that would end the app or hang it.

The guards of terminal input are in ``input_parser.py`` and ``driver.py``.

tests/tui/terminal/test_textual_faults.py shows each fault in plain Textual, and fails once Textual has
fixed it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual import events
from textual._callback import invoke
from textual._context import visible_screen_stack
from textual._types import CallbackType
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList
from textual.worker import WorkerFailed, get_current_worker

if TYPE_CHECKING:
    _Screen = Screen[Any]
else:
    _Screen = object  # if the first base class were a Screen, Textual would ignore the styles of the second


class ScreenGuard(_Screen):
    """A mixin for screens. It prevents errors of Textual if input arrives while a screen opens or closes.

    In the list of base classes, it must precede ``Screen``.
    """

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget at a position, or nothing if the widget has been removed from the screen.

        For a moment, the layout still contains a removed widget. Textual then draws the removed widget to
        find the offset, and starts a selection from its former parent (issue 6643).
        """
        try:
            widget, offset = super().get_widget_and_offset_at(x, y)
        except NoScreen:
            return None, None
        return (widget, offset) if widget is None or widget.is_attached else (None, None)

    def render(self) -> RenderableType:
        """Render the background: the screen below this screen, never a screen above it.

        Textual's method takes the last screen of ``visible_screen_stack``. That list holds all screens below
        the top screen, even while a lower screen is rendered. So the list can hold the rendered screen or a
        screen above it. Two screens that use each other as background render each other until Python raises
        ``RecursionError`` (issues 5669 and 6340). So remove such screens from the list first.
        """
        stack = self.app.screen_stack
        below = stack[: stack.index(self)] if self in stack else []
        visible = visible_screen_stack.get(None) or []
        while visible and visible[-1] not in below:
            visible.pop()
        return super().render()

    async def _on_resize(self, event: events.Resize) -> None:
        """Ignore a size that the terminal no longer has.

        Textual's handler lays out the screen, and the layout posts the size to the screen again. If two sizes
        are in the queue, separated by another message, they would alternate forever.
        """
        if event.size != self.app.size:
            event.prevent_default()

    def _invoke_later(self, callback: CallbackType, sender: MessagePump) -> None:
        """Call a callback after a refresh.

        Ignore errors that occur only because the screen of the callback has closed. To find this screen, use
        the owner of the bound method. Textual calls the callback in the top screen, and ``sender`` is the
        node that handled the key; both can be on a different screen.
        """
        method = callback.func if isinstance(callback, partial) else callback
        node = getattr(method, "__self__", None)
        owner = node if isinstance(node, MessagePump) else sender

        async def guarded() -> None:
            try:
                await invoke(callback)
            except Exception as error:
                if not is_momentary(error, owner):
                    raise

        super()._invoke_later(guarded, sender)

    async def _dispatch_message(self, message: Message) -> None:
        """Dispatch a message.

        Ignore errors that occur only because the screen is opening or closing. Textual has no public method
        for this, and the first exception would end the message loop of the screen.
        """
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if not is_momentary(error, self):
                raise


def skip_option_that_is_gone(entries: OptionList, event: events.Click) -> None:
    """Ignore a click on a removed option.

    Textual would raise ``IndexError``. The list can become shorter before the click is handled, for example
    because the user has typed text.
    """
    if event.style.meta.get("option", 0) >= entries.option_count:
        event.prevent_default()


def is_listed(event: OptionList.OptionMessage) -> bool:
    """Return whether the option of a message is still at its position in the list."""
    entries, index = event.option_list, event.option_index
    return index < entries.option_count and entries.get_option_at_index(index) is event.option


def is_momentary(error: Exception, source: MessagePump) -> bool:
    """Return whether an error occurred only because a screen was opening, closing or changing its size.

    The widgets of a screen are mounted after the screen and removed before it. While widgets are missing,
    input, timers and workers continue, and can query a missing widget. See Textual issues 3777 and 5629, and
    pull request 5544 for the palette.
    """
    if isinstance(error, WorkerFailed):
        error = error.error if isinstance(error.error, Exception) else error
        source = get_current_worker().node
    if isinstance(error, NoWidget):  # the widget under the mouse was removed
        return True
    return isinstance(error, NoMatches | NoScreen) and not _is_complete(source)


def is_covered(source: MessagePump) -> bool:
    """Return whether a node was removed, or another screen covers its screen."""
    try:
        return isinstance(source, DOMNode) and not source.screen.is_active
    except NoScreen:
        return True


def _is_complete(source: MessagePump) -> bool:
    """Return whether all widgets of a node's screen are mounted."""
    try:
        screen = source.screen if isinstance(source, DOMNode) else None
    except NoScreen:
        return False
    return screen is None or (screen.is_mounted and screen.is_running and screen in screen.app.screen_stack)
