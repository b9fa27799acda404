"""The faults of Textual that could end the app, each guarded here and nowhere else.

tests/tui/test_textual_faults.py shows each fault in plain Textual, and fails once it is mended.
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
    """Textual's parser without four faults.

    It dies of key sequences of the Kitty protocol with other fields than it expects. It types what of an
    unknown sequence is printable, so that one that ends in ``q`` quits; the same with sequences in a paste.
    And it takes everything for a paste until the end of the paste comes, which a broken connection may lose.
    """

    def __init__(self, debug: bool = False) -> None:
        self._pasting = False
        self._before = ""  # the last characters outside a paste, in which one may begin
        self._held = ""  # the last characters of a paste, which may be the beginning of its end
        self._last_input = 0.0
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """Parse data; nothing means the end of all input."""
        self._last_input = monotonic()
        bounded = "".join(self._bound_pastes(data))
        if bounded or not data:
            yield from super().feed(bounded)

    def tick(self) -> Iterable[Message]:
        """Deal with the time that has passed: end a paste after which nothing comes, or only escape."""
        yield from super().tick()
        patience = ESCAPE_DELAY if self._held == _ESCAPE else PASTE_PATIENCE
        if self._pasting and monotonic() - self._last_input > patience:
            pressed, self._held = self._held, ""
            self._pasting = False
            yield from super().feed(BRACKETED_PASTE_END + pressed)

    def _bound_pastes(self, data: str) -> Iterable[str]:
        """Yield data in which every paste ends where it must, and holds no escape sequences.

        Terminals send no mouse and focus reports within a paste: one has lost its end before these.
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
    """What lets a screen survive input while it opens or closes; to be named before the screen's class."""

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return what is under a cell, or nothing if that has left the screen already.

        The layout names widgets for a moment after they were removed. Textual draws them to find the offset,
        and starts a selection from the parent that they no longer have (issue 6643).
        """
        try:
            widget, offset = super().get_widget_and_offset_at(x, y)
        except NoScreen:
            return None, None
        return (widget, offset) if widget is None or widget.is_attached else (None, None)

    def render(self) -> RenderableType:
        """Return the background: what lies below, never what lies above.

        Textual takes the next of a list that is right only for the screen on top. It keeps what it took, and
        two screens that each take the other for what lies below draw each other until Python gives up
        (issues 5669 and 6340).
        """
        stack = self.app.screen_stack
        below = stack[: stack.index(self)] if self in stack else []
        visible = visible_screen_stack.get(None) or []
        while visible and visible[-1] not in below:
            visible.pop()
        return super().render()

    async def _on_resize(self, event: events.Resize) -> None:
        """Ignore a size that the terminal no longer has.

        Textual's handler lays the screen out, which sends the screen the size that it has been given. So two
        sizes in its queue, with another message between them, replace each other for ever.
        """
        if event.size != self.app.size:
            event.prevent_default()

    async def _dispatch_message(self, message: Message) -> None:
        """Skip a message that cannot be dealt with for a moment.

        There is no public way: Textual ends the message loop of the screen with the first exception.
        """
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if not is_momentary(error, self):
                raise


def skip_option_that_is_gone(entries: OptionList, event: events.Click) -> None:
    """Ignore a click on an option that its list no longer has; Textual raises ``IndexError``.

    The list may have become shorter since the place was clicked, as when something was typed before.
    """
    if event.style.meta.get("option", 0) >= entries.option_count:
        event.prevent_default()


def is_listed(event: OptionList.OptionMessage) -> bool:
    """Return whether the option that a message is about is still where it was in its list."""
    entries, index = event.option_list, event.option_index
    return index < entries.option_count and entries.get_option_at_index(index) is event.option


def is_momentary(error: Exception, source: MessagePump) -> bool:
    """Return whether an error arose only because a screen opens, closes or has another size now.

    The parts of a screen come after it and leave before it, while its input, timers and workers go on
    (Textual issues 3777, 5629 and, for the palette, pull request 5544).
    """
    if isinstance(error, WorkerFailed):
        error = error.error if isinstance(error.error, Exception) else error
        source = get_current_worker().node
    if isinstance(error, NoWidget):  # what was under a place when the place was sent
        return True
    return isinstance(error, NoMatches | NoScreen) and not _is_complete(source)


def is_covered(source: MessagePump) -> bool:
    """Return whether another screen has opened over that of a node, or the node has left its screen."""
    try:
        return isinstance(source, DOMNode) and not source.screen.is_active
    except NoScreen:
        return True


def _is_complete(source: MessagePump) -> bool:
    """Return whether a node's screen has all its parts."""
    try:
        screen = source.screen if isinstance(source, DOMNode) else None
    except NoScreen:
        return False
    return screen is None or (screen.is_mounted and screen.is_running and screen in screen.app.screen_stack)
