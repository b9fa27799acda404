"""Guards for Textual's drivers, which read the terminal and set its modes."""

from __future__ import annotations

import sys
import threading
from codecs import IncrementalDecoder, getincrementaldecoder, register_error
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

from kjtui.tui.terminal.input_parser import InputParser

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver as _Driver
else:
    _Driver = object  # ``guarded`` adds the driver class as a second base

MAX_WIDTH, MAX_HEIGHT = 1000, 500
"""Maximum size of the screen in cells.

A terminal can report 65,535 columns, which would take gigabytes of memory.
"""

_MAX_AHEAD = 256
"""After this many messages, the input thread waits until the app has handled them.

Without a limit, a megabyte of typed characters takes more than a gigabyte of memory.
"""

_POLL_INTERVAL = 0.05
INVALID_INPUT = "kjtui.invalid-input"
"""Name of the error handler for bytes that are not valid UTF-8."""


class _Guard(_Driver):
    """A mixin whose methods override the methods of a driver."""

    _sent = 0

    def send_message(self, message: Message) -> None:
        """Send a message to the app.

        In the input thread, wait after every ``_MAX_AHEAD`` messages until the app has handled them.
        """
        super().send_message(message)
        if threading.current_thread() is not getattr(self, "_key_thread", None):
            return
        self._sent += 1
        if self._sent % _MAX_AHEAD == 0:
            handled = threading.Event()
            self._app.call_later(handled.set)
            while not handled.wait(_POLL_INTERVAL) and not self.exit_event.is_set():
                pass

    def start_application_mode(self) -> None:
        """Set up the terminal, unless the app is exiting.

        Textual also calls this method after SIGCONT. If SIGCONT arrives while the app is exiting, a new
        setup would leave the terminal in the alternate screen and in raw mode.
        """
        if self._app.return_code is None:
            super().start_application_mode()  # type: ignore[no-untyped-call]  # of Textual

    def stop_application_mode(self) -> None:
        """Restore the terminal, except for flow control, which ``close`` restores.

        Textual restores the line modes before it writes the last bytes. If this included flow
        control, ctrl+s would block the last bytes, and the app would wait until the user presses ctrl+q.
        """
        line_modes = getattr(self, "attrs_before", None)  # missing in drivers for Windows and the web
        if line_modes is None:
            super().stop_application_mode()
            return
        self.attrs_before = _without_flow_control(line_modes)
        super().stop_application_mode()
        self.attrs_before = line_modes

    def close(self) -> None:
        """Wait until all output is written, and restore the line modes."""
        super().close()
        if line_modes := getattr(self, "attrs_before", None):
            _set_line_modes(self.fileno, line_modes)

    def _get_terminal_size(self) -> tuple[int, int]:
        width, height = super()._get_terminal_size()
        return min(width, MAX_WIDTH), min(height, MAX_HEIGHT)


def guarded(driver: type[Driver]) -> type[Driver]:
    """Return a driver class that survives any input, and restores the terminal in any case.

    Textual's input threads decode strictly and crash on bytes that are not UTF-8 (issues 6456 and 6668). The
    drivers look up the parser and the decoder in the globals of their modules, so both are replaced there.
    """
    for base in driver.__mro__:
        module: Any = sys.modules[base.__module__]
        if getattr(module, "XTermParser", None) is XTermParser:
            module.XTermParser = InputParser
        if getattr(module, "getincrementaldecoder", None) is getincrementaldecoder:
            module.getincrementaldecoder = _tolerant_decoder
    return type(driver.__name__, (_Guard, driver), {})


def _without_flow_control(line_modes: list[Any]) -> list[Any]:
    import termios

    input_modes, *others = line_modes
    return [input_modes & ~(termios.IXON | termios.IXOFF), *others]


def _set_line_modes(descriptor: int, line_modes: list[Any]) -> None:
    import termios

    with suppress(termios.error):  # the terminal is gone
        termios.tcsetattr(descriptor, termios.TCSANOW, line_modes)


def _tolerant_decoder(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors=INVALID_INPUT)


def _replace_invalid(error: UnicodeError) -> tuple[str, int]:
    """Return the replacement for invalid UTF-8, and the position after the invalid bytes.

    An 8-bit control character is kept, although it is invalid UTF-8, because it can begin a control sequence.
    """
    assert isinstance(error, UnicodeDecodeError)
    invalid = error.object[error.start : error.end]
    is_control = len(invalid) == 1 and 0x80 <= invalid[0] <= 0x9F
    return chr(invalid[0]) if is_control else "\ufffd", error.end


register_error(INVALID_INPUT, _replace_invalid)
