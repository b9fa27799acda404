"""The process: what ``kjtui`` and ``python -m kjtui`` start."""

import gc
import signal
import sys
from types import FrameType
from typing import NoReturn


def run() -> NoReturn:
    """Run kjtui and exit."""
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `kjtui snapshot | head` ends quietly
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _end)
    gc.disable()  # what is loaded and built stays to the end; the app collects once it is on screen
    from kjtui.cli import main

    code = main()
    gc.freeze()  # and at the end all of it goes, unsearched
    sys.exit(code)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End by way of every ``finally``, so that no half file is left."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    run()
