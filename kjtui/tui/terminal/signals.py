"""Handle the signals for termination and suspension, and restore the terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import StringIO
from types import FrameType
from typing import Any

from rich.console import Console, RenderableType
from textual._compositor import ChopsUpdate
from textual._context import active_message_pump
from textual.app import App
from textual.driver import Driver
from textual.events import CursorPosition
from textual.geometry import Size
from textual.screen import Screen

from kjtui.tui.terminal import ambiguous_width
from kjtui.tui.terminal.crash_report import save_report
from kjtui.tui.terminal.cropped_update import CroppedUpdate
from kjtui.tui.terminal.driver import MAX_HEIGHT, MAX_WIDTH, guarded
from kjtui.tui.terminal.guards import is_momentary

_GRACE = 10
"""Exit timeout in seconds. A terminal that accepts no output would otherwise block the exit forever."""


class TerminalApp(App[None]):
    """An app that handles signals in the same way as other terminal programs."""

    def __init__(self) -> None:
        super().__init__()
        self.terminating = False
        self._measuring_width = False
        self._resumed = False
        self._due = set[Callable[[], None]]()
        self._crash = ""

    @property
    def size(self) -> Size:
        """The size of the terminal, limited to ``MAX_WIDTH`` and ``MAX_HEIGHT``."""
        width, height = super().size
        return Size(min(width, MAX_WIDTH), min(height, MAX_HEIGHT))

    def get_driver_class(self) -> type[Driver]:
        """Return the guarded driver class."""
        return guarded(super().get_driver_class())

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Write an update to the terminal. If it is a partial update, write only the changed cells."""
        if isinstance(renderable, ChopsUpdate):
            renderable = CroppedUpdate.of(renderable)
        super()._display(screen, renderable)

    def run_in_terminal(self) -> int:
        """Run the app and return its exit code.

        After a signal, the exit code is 128 plus the number of the signal. After a crash, restore the
        terminal and print one line with the path of the report.
        """
        try:
            asyncio.run(self._run_in_terminal())
        except Exception as error:
            self._report(error)
        if self._crash:
            with suppress(OSError, ValueError):  # the terminal is gone, so there is nowhere to print
                print(f"kjtui: {self._crash}", file=sys.stderr)
            return self.return_code or 1
        return self.return_code or 0

    async def _run_in_terminal(self) -> None:
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()

            def terminate(signal_number: int, _frame: FrameType | None) -> None:
                self.terminating = True
                signal.alarm(_GRACE)
                loop.call_soon_threadsafe(partial(self.exit, return_code=128 + signal_number))

            signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # the default would leave the terminal unrestored
            for signal_number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(signal_number, terminate)
        await self.run_async()

    def _handle_exception(self, error: Exception) -> None:
        """Ignore exceptions after ``exit``, when screens may be half mounted (Textual issue 5325).

        Also ignore exceptions of screens that are opening or closing. Textual has no public method for this.
        tests/tui/terminal/test_textual_faults.py fails once Textual itself ignores such exceptions.
        """
        if self.return_code is None and not is_momentary(error, active_message_pump.get(self)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Exit after an exception. Textual would print a long traceback on the terminal."""
        self._leave(sys.exc_info()[1])

    def panic(self, *renderables: RenderableType) -> None:
        """Exit after an exception.

        Textual calls this method after an exception in the input thread, or for an exception with a
        ``__rich__`` method.
        """
        self._leave(sys.exc_info()[1] or RuntimeError(_plain(renderables)))

    def _leave(self, error: BaseException | None) -> None:
        self._report(error or RuntimeError("unknown"))
        self._return_code = self._return_code or 1
        self._close_messages_no_wait()

    def _report(self, error: BaseException) -> None:
        """Report the first error only; later errors are consequences."""
        if not self._crash:
            self._crash = save_report(error, self.size)

    def on_mount(self) -> None:
        """Install handlers for suspension, and query the width of ambiguous characters.

        Textual's own handlers cover only a ctrl+z that the user types in the app. The new handlers are
        installed before the first paint, because a terminal that is closed also sends SIGCONT. On SIGCONT,
        Textual's handler would start a second output thread, and the exit would wait forever for the first
        thread.
        """
        if self.is_headless or self.is_web:
            return
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTSTP, self._call_once, self._suspend)
            loop.add_signal_handler(signal.SIGCONT, self._call_once, self._resume)
        if self._driver is not None:
            self._measuring_width = True
            self._driver.write(ambiguous_width.QUERY)

    def on_cursor_position(self, event: CursorPosition) -> None:
        """Show advice if the terminal draws ambiguous characters wide.

        Startup does not wait for this reply.
        """
        if self._measuring_width and ambiguous_width.is_wide(event):
            self.notify(ambiguous_width.advice(), severity="warning", markup=False, timeout=20)
        self._measuring_width = False

    def _call_once(self, action: Callable[[], None]) -> None:
        """Call an action soon.

        Until the action is called, further requests for the same action have no effect. If several signals of
        one kind are pending, the terminal is set up only once, because a setup takes 0.2 seconds.
        """
        if action not in self._due:
            self._due.add(action)
            asyncio.get_running_loop().call_soon(self._call_due, action)

    def _call_due(self, action: Callable[[], None]) -> None:
        self._due.discard(action)
        action()

    def _suspend(self) -> None:
        if self.return_code is not None:  # exiting: the terminal is being restored
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        with self.suspend():
            os.kill(os.getpid(), signal.SIGSTOP)
        self._resumed = True

    def _resume(self) -> None:
        """Set up the terminal again after ``kill -STOP``, a signal that no program can handle.

        ``timeout`` and systemd send SIGCONT together with the signal to terminate. In that case, the terminal
        is not set up.
        """
        if not self._resumed and not self.terminating and self.return_code is None:
            with self.suspend():
                pass
        self._resumed = False


def _plain(renderables: tuple[RenderableType, ...]) -> str:
    """Return Rich's output as plain text."""
    console = Console(file=StringIO(), color_system=None, width=120)
    console.print(*renderables)
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue()
