"""Handle termination and suspension signals, restoring the terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from types import FrameType

from textual.app import App

_GRACE = 10
"""Seconds to exit in. A terminal that accepts no output would otherwise block the exit for ever."""


class TerminalApp(App[None]):
    """An app that handles signals as the user of a shell expects."""

    def __init__(self) -> None:
        super().__init__()
        self._terminating = False
        self._resumed = False

    def run_in_terminal(self) -> int:
        """Run the app and return its exit code: after a signal, 128 plus the number of the signal."""
        asyncio.run(self._run_in_terminal())
        return self.return_code or 0

    async def _run_in_terminal(self) -> None:
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()

            def terminate(number: int, _frame: FrameType | None) -> None:
                self._terminating = True
                signal.alarm(_GRACE)
                loop.call_soon_threadsafe(partial(self.exit, return_code=128 + number))

            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, terminate)
        await self.run_async()

    def _handle_exception(self, error: Exception) -> None:
        """Ignore exceptions after ``exit``, when screens may be half mounted (Textual issue 5325).

        There is no public way to do so. tests/tui/test_textual_faults.py fails once Textual does it.
        """
        if self.return_code is None:
            super()._handle_exception(error)

    def on_ready(self) -> None:
        """Handle suspension by asyncio, since Textual's handlers cover only ctrl+z typed into the app."""
        if sys.platform != "win32" and not (self.is_headless or self.is_web):
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTSTP, self._suspend)
            loop.add_signal_handler(signal.SIGCONT, self._resume)

    def _suspend(self) -> None:
        with self.suspend():
            os.kill(os.getpid(), signal.SIGSTOP)
        self._resumed = True

    def _resume(self) -> None:
        """Set the terminal up again after ``kill -STOP``, which no program can handle.

        ``timeout`` and systemd send SIGCONT with the signal to terminate; then the terminal is left alone.
        """
        if not self._resumed and not self._terminating:
            with self.suspend():
                pass
        self._resumed = False
