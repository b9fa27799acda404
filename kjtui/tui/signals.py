"""What the system may tell an app: to end, to stop, to go on. Each time the terminal is given back whole."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from types import FrameType

from textual.app import App

_GRACE = 10
"""Seconds to end in: a terminal that takes no more output would keep the app from it for ever."""


class TerminalApp(App[None]):
    """An app that obeys signals as a shell's user expects."""

    def __init__(self) -> None:
        super().__init__()
        self._told_to_end = False
        self._went_on = False

    def run_in_terminal(self) -> int:
        """Run until it ends; its return code, after a signal 128 and the signal's number."""
        asyncio.run(self._run_in_terminal())
        return self.return_code or 0

    async def _run_in_terminal(self) -> None:
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()

            def end(number: int, _frame: FrameType | None) -> None:
                self._told_to_end = True
                signal.alarm(_GRACE)
                loop.call_soon_threadsafe(partial(self.exit, return_code=128 + number))

            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, end)
        await self.run_async()

    def _handle_exception(self, error: Exception) -> None:
        """Pass over what fails once the app ends: Textual leaves a screen half made that opens just then."""
        if self.return_code is None:
            super()._handle_exception(error)

    def on_ready(self) -> None:
        """Stop and go on by Textual's own ways, of which its signal handlers take too few."""
        if sys.platform != "win32" and not (self.is_headless or self.is_web):
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTSTP, self._stop)
            loop.add_signal_handler(signal.SIGCONT, self._go_on)

    def _stop(self) -> None:
        with self.suspend():
            os.kill(os.getpid(), signal.SIGSTOP)
        self._went_on = True

    def _go_on(self) -> None:
        """Take the terminal back after ``kill -STOP``, too, which no program is told of.

        ``timeout`` and systemd send this beside the signal to end, after which there is nothing to take back.
        """
        if not self._went_on and not self._told_to_end:
            with self.suspend():
                pass
        self._went_on = False
