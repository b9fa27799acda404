"""Guards for Textual's drivers, which read the terminal and set its modes."""

from __future__ import annotations

import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
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

    return type(driver.__name__, (driver,), {"start_application_mode": start_application_mode})


def _tolerant_decoder(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")
