"""Open addresses in the user's browser, and hide the output of the browser."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.app import App, SuspendNotSupported

from kjtui.languages import tr
from kjtui.tui.terminal.signals import TerminalApp

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
"""A Python program that opens an address.

It runs in a separate process, so that its output can be dropped.
"""

_POLL_INTERVAL = 0.05


def open_address(app: App[Any], address: str, *, otherwise: str) -> None:
    """Open an address in the browser.

    If the browser needs the terminal, suspend the app until the browser ends.

    Args:
        app: The app.
        address: The address.
        otherwise: Advice to show if there is no browser. In the message, a semicolon precedes the advice.
    """
    if app.is_web or app.is_headless:  # open_url opens the visitor's browser
        app.open_url(address)
        return
    command = [sys.executable, "-I", "-c", _OPEN, address]
    needs_terminal = _needs_terminal()
    if needs_terminal is None:
        _report(app, otherwise)
    elif needs_terminal:
        if not run_in_terminal(app, command):
            _report(app, otherwise)
    else:
        app.run_worker(_run_in_background(app, command, otherwise))


def _needs_terminal() -> bool | None:
    """Return whether the browser draws in the terminal. ``None`` if there is no browser."""
    import webbrowser

    try:
        browser = webbrowser.get()
    except (webbrowser.Error, ValueError):  # the value of BROWSER cannot be parsed
        return None
    if isinstance(browser, webbrowser.UnixBrowser):
        return not browser.background
    return isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    )


async def _run_in_background(app: App[Any], command: list[str], otherwise: str) -> None:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # without a controlling terminal
    )
    while process.poll() is None:
        await asyncio.sleep(_POLL_INTERVAL)
    if process.returncode:
        _report(app, otherwise)


def run_in_terminal(app: App[Any], command: list[str]) -> bool:
    """Suspend the app and run a command in the terminal. Return whether the command succeeded."""
    try:
        with app.suspend(), _signals_of_a_shell():
            try:
                process = subprocess.Popen(command)
            except OSError:  # no such program; an exception would leave the app suspended
                return False
            while process.poll() is None:
                if isinstance(app, TerminalApp) and app.terminating:
                    process.terminate()
                    return True
                time.sleep(_POLL_INTERVAL)
    except SuspendNotSupported:
        return False
    return process.returncode == 0


@contextmanager
def _signals_of_a_shell() -> Iterator[None]:
    """Let the program in the terminal handle ctrl+c, and let ctrl+z stop both the app and the program."""
    if sys.platform == "win32":
        yield
        return
    interrupted = signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN: the program would inherit it
    suspended = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, interrupted)
        signal.signal(signal.SIGTSTP, suspended)


def _report(app: App[Any], otherwise: str) -> None:
    app.notify(tr("No browser here; {otherwise}", otherwise=otherwise), severity="warning", markup=False)
