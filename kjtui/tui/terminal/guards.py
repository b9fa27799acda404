"""Guards against the faults of Textual that would end the app or hang it, all in this file.

tests/tui/test_textual_faults.py shows each fault in plain Textual, and fails once Textual has fixed it.
"""

from __future__ import annotations

import re
import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual import events
from textual._context import visible_screen_stack
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.constants import ESCAPE_DELAY
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.driver import Driver
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.keys import Keys
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList
from textual.worker import WorkerFailed, get_current_worker

PASTE_PATIENCE = 1.0
"""Seconds without input after which a paste whose end never came is over."""

_CONTROL_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_ESCAPE = "\x1b"
_PASTE_OVER = re.compile(r"\x1b\[(?:201~|<[\d;]{1,20}[Mm]|[IO])")
_MAYBE_OVER = re.compile(r"\x1b(?:\[(?:2|20|201|<[\d;]{0,20})?)?\Z")
_READ_LATER = "MmRtuy~"
"""Last characters of the sequences that Textual's parser recognises itself, or that may be longer."""


def guard_input(driver: type[Driver]) -> type[Driver]:
    """Make a driver read any bytes without failing, and return it.

    Textual's input threads decode strictly and die of bytes that are not UTF-8 (issues 6456 and 6668). The
    drivers name the parser and the decoder in their module and take no other, so both are replaced there.
    """
    for base in driver.__mro__:
        module: Any = sys.modules[base.__module__]
        if getattr(module, "XTermParser", None) is XTermParser:
            module.XTermParser = TolerantParser
        if getattr(module, "getincrementaldecoder", None) is getincrementaldecoder:
            module.getincrementaldecoder = _tolerant_decoder
    return driver


def _tolerant_decoder(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")


class TolerantParser(XTermParser):
    """Textual's parser of terminal input without four of its faults.

    1. It raises an exception for a key sequence of the Kitty protocol with fields that it does not expect.
    2. It types the printable part of an unknown sequence, so that one that ends in ``q`` quits the app.
    3. It does the same with sequences in pasted text.
    4. It takes all input for pasted text until the end of the paste, which a broken connection may lose.
    """

    def __init__(self, debug: bool = False) -> None:
        self._pasting = False
        self._before = ""  # the last characters outside a paste, in which one may begin
        self._held = ""  # the last characters of a paste, which may be the beginning of its end
        self._last_input = 0.0
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """Parse data; empty data means the end of the input."""
        self._last_input = monotonic()
        bounded = "".join(self._bound_pastes(data))
        if bounded or not data:
            yield from super().feed(bounded)

    def tick(self) -> Iterable[Message]:
        """End a paste if no input has come for a while; do so sooner if the last input was escape."""
        yield from super().tick()
        patience = ESCAPE_DELAY if self._held == _ESCAPE else PASTE_PATIENCE
        if self._pasting and monotonic() - self._last_input > patience:
            pressed, self._held = self._held, ""
            self._pasting = False
            yield from super().feed(BRACKETED_PASTE_END + pressed)

    def _bound_pastes(self, data: str) -> Iterable[str]:
        """Yield the data with an end to every paste, and without the escape characters in pasted text.

        A terminal sends no mouse or focus reports during a paste: if one comes, the paste has lost its end.
        """
        data, self._held = self._held + data, ""
        while data:
            if not self._pasting:
                start = (self._before + data).find(BRACKETED_PASTE_START)
                if start < 0:
                    self._before = (self._before + data)[1 - len(BRACKETED_PASTE_START) :]
                    yield data
                    return
                start += len(BRACKETED_PASTE_START) - len(self._before)
                yield data[:start]
                data, self._before, self._pasting = data[start:], "", True
            elif over := _PASTE_OVER.search(data):
                yield data[: over.start()].replace(_ESCAPE, "") + BRACKETED_PASTE_END
                data = data[over.end() if over[0] == BRACKETED_PASTE_END else over.start() :]
                self._pasting = False
            else:
                maybe = _MAYBE_OVER.search(data)
                end = maybe.start() if maybe else len(data)
                data, self._held = data[:end], data[end:]
                yield data.replace(_ESCAPE, "")
                return

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):  # int() and chr() of whatever came
            return [events.Key(Keys.Ignore, sequence)]
        if not keys and sequence[-1] not in _READ_LATER and _CONTROL_SEQUENCE.fullmatch(sequence):
            return [events.Key(Keys.Ignore, sequence)]
        return keys


if TYPE_CHECKING:
    _Screen = Screen[Any]
else:
    _Screen = object  # Textual would take the style of a screen from this base and skip the other's


class ScreenGuard(_Screen):
    """Let a screen survive input while it opens or closes. Name this base class before the screen's own."""

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget under a cell, or nothing if it has been removed from the screen.

        For a moment after a widget is removed, it is still in the layout. Textual then draws it to find the
        offset, and starts a selection from the parent that it no longer has (issue 6643).
        """
        try:
            widget, offset = super().get_widget_and_offset_at(x, y)
        except NoScreen:
            return None, None
        return (widget, offset) if widget is None or widget.is_attached else (None, None)

    def render(self) -> RenderableType:
        """Render the background: the screen below this one, never one above it.

        Textual takes the next screen of a list that is right only for the screen on top, and keeps it. Two
        screens that each take the other for the background render each other until Python raises
        ``RecursionError`` (issues 5669 and 6340).
        """
        stack = self.app.screen_stack
        below = stack[: stack.index(self)] if self in stack else []
        visible = visible_screen_stack.get(None) or []
        while visible and visible[-1] not in below:
            visible.pop()
        return super().render()

    async def _on_resize(self, event: events.Resize) -> None:
        """Ignore a size that the terminal no longer has.

        Textual's handler lays the screen out, which posts the size to the screen again. So two sizes in its
        queue, with another message between them, follow each other for ever.
        """
        if event.size != self.app.size:
            event.prevent_default()

    async def _dispatch_message(self, message: Message) -> None:
        """Skip a message that fails only because the screen opens or closes.

        There is no public way to do so: the first exception ends the message loop of the screen.
        """
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if not is_momentary(error, self):
                raise


def skip_option_that_is_gone(entries: OptionList, event: events.Click) -> None:
    """Ignore a click on an option that its list no longer has; Textual raises ``IndexError``.

    The list may have become shorter between the click and its event, for example because text was typed.
    """
    if event.style.meta.get("option", 0) >= entries.option_count:
        event.prevent_default()


def is_listed(event: OptionList.OptionMessage) -> bool:
    """Return whether the option that a message is about is still where it was in its list."""
    entries, index = event.option_list, event.option_index
    return index < entries.option_count and entries.get_option_at_index(index) is event.option


def is_momentary(error: Exception, source: MessagePump) -> bool:
    """Return whether an error arose only because a screen was opening, closing or changing its size.

    The widgets of a screen are mounted after it and removed before it. Meanwhile its input, timers and
    workers go on, and may ask for a widget that is not there (Textual issues 3777 and 5629; pull request
    5544 for the palette).
    """
    if isinstance(error, WorkerFailed):
        error = error.error if isinstance(error.error, Exception) else error
        source = get_current_worker().node
    if isinstance(error, NoWidget):  # the widget that was under the mouse has gone
        return True
    return isinstance(error, NoMatches | NoScreen) and not _is_complete(source)


def is_covered(source: MessagePump) -> bool:
    """Return whether another screen has opened over that of a node, or the node has left its screen."""
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
