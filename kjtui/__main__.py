"""The entry point of ``kjtui`` and ``python -m kjtui``."""

import gc
import signal
import sys
from types import FrameType
from typing import NoReturn


def run() -> NoReturn:
    """Run kjtui and exit."""
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # end quietly in `kjtui snapshot | head`
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _end)
    # Nearly everything a command builds lives until it exits, so collecting garbage only costs time: there is
    # none to find. The app, which runs on, enables the collector once it is on screen (KjtuiApp.on_ready).
    gc.disable()
    from kjtui.cli import main

    code = main()
    gc.freeze()  # skip the final collection
    sys.exit(code)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """Exit through every ``finally``, so that no partial file is left."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    run()
