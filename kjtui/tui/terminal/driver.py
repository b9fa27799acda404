"""Guards for Textual's drivers, which read the terminal and set its modes."""

from __future__ import annotations

import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from textual._xterm_parser import XTermParser
from textual.driver import Driver

from kjtui.tui.terminal.input_parser import InputParser


def guarded(driver: type[Driver]) -> type[Driver]:
    """Return a driver class that survives any input, and never sets up the terminal after the exit.

    Textual's input threads decode strictly and crash on bytes that are not UTF-8 (issues 6456 and 6668). The
    drivers take parser and decoder from their module globals, so both are replaced there.

    SIGCONT makes Textual set up the terminal again. If the signal comes while the app exits, the terminal
    would stay in the alternate screen and in raw mode.

    Textual restores the line modes, and with them flow control, before it writes its last bytes. Ctrl+s would
    stop them, and the app would wait until ctrl+q.
    """
    for base in driver.__mro__:
        module: Any = sys.modules[base.__module__]
        if getattr(module, "XTermParser", None) is XTermParser:
            module.XTermParser = InputParser
        if getattr(module, "getincrementaldecoder", None) is getincrementaldecoder:
            module.getincrementaldecoder = _tolerant_decoder

    def start_application_mode(self: Any) -> None:
        if self._app.return_code is None:
            driver.start_application_mode(self)

    def stop_application_mode(self: Any) -> None:
        line_modes = getattr(self, "attrs_before", None)  # the drivers for Windows and the web have none
        if line_modes is None:
            driver.stop_application_mode(self)
            return
        self.attrs_before = _without_flow_control(line_modes)
        driver.stop_application_mode(self)
        self.attrs_before = line_modes

    def close(self: Any) -> None:
        driver.close(self)  # returns when everything is written
        if line_modes := getattr(self, "attrs_before", None):
            _set_line_modes(self.fileno, line_modes)

    methods = (start_application_mode, stop_application_mode, close)
    return type(driver.__name__, (driver,), {method.__name__: method for method in methods})


def _without_flow_control(line_modes: list[Any]) -> list[Any]:
    import termios

    input_modes, *others = line_modes
    return [input_modes & ~(termios.IXON | termios.IXOFF), *others]


def _set_line_modes(descriptor: int, line_modes: list[Any]) -> None:
    import termios

    with suppress(termios.error):  # the terminal is gone
        termios.tcsetattr(descriptor, termios.TCSANOW, line_modes)


def _tolerant_decoder(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")
