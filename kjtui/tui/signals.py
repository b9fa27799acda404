"""What the system may tell the app: to end, to stop, to go on. The terminal is given back whole each time."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from types import FrameType
from typing import Any

from textual.app import App

_GRACE = 5
"""Seconds to end in. A terminal that takes no more output would keep the app from it for ever."""


def run(app: App[Any]) -> int:
    """Run an app until it ends of itself or by a signal; its return code, 128 and the signal's number."""
    asyncio.run(_run(app))
    return app.return_code or 0


async def _run(app: App[Any]) -> None:
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()

        def end(number: int, _frame: FrameType | None) -> None:
            signal.signal(number, signal.SIG_DFL)  # told again, end at once
            signal.alarm(_GRACE)
            loop.call_soon_threadsafe(partial(app.exit, return_code=128 + number))

        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, end)
    await app.run_async()


def stop_and_go_on(app: App[Any]) -> None:
    """Take over what Textual does on ctrl+z and after: the screen comes back whole, even where the signal
    to go on comes alone, as after ``kill -STOP`` or from ``timeout`` and systemd beside the one to end.
    """
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    restored = False

    def stop() -> None:
        nonlocal restored
        with app.suspend():
            os.kill(os.getpid(), signal.SIGSTOP)
        restored = True

    def go_on() -> None:
        nonlocal restored
        if not restored:
            with app.suspend():
                pass
        restored = False

    loop.add_signal_handler(signal.SIGTSTP, stop)
    loop.add_signal_handler(signal.SIGCONT, go_on)
