"""The entry point of ``kjtui`` and ``python -m kjtui``."""

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn


def run() -> NoReturn:
    """Run kjtui and exit."""
    if sys.platform != "win32":
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # exit without a traceback in `kjtui snapshot | head`
        for signal_number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(signal_number, _end)
    # Nearly every object of a command lives until exit, so garbage collection would only cost time. The app,
    # which keeps running, enables the collector once it is on screen (KjtuiApp.on_ready).
    gc.disable()
    _import_msgspec()
    from kjtui.cli.commands import main

    _leave(main())


def _import_msgspec() -> None:
    """Import msgspec without ``typing_extensions``.

    If ``typing_extensions`` is installed, msgspec imports it instead of ``typing`` (msgspec issue 880). Since
    Python 3.11, ``typing`` has all that msgspec needs. Importing ``typing_extensions`` would take a tenth of
    the run time of ``kjtui snapshot``.
    """
    if "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # None makes an import fail
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]


def _leave(code: int) -> NoReturn:
    """Exit without freeing the objects, because freeing them takes longer than rendering a snapshot.

    mypy exits the same way.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            # If the stream is closed or the disk is full, main() has already reported the error.
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)


def _end(signal_number: int, _frame: FrameType | None) -> NoReturn:
    """Handle a signal: raise ``SystemExit``, so that all ``finally`` blocks run and remove partial files."""
    raise SystemExit(128 + signal_number)


if __name__ == "__main__":
    run()
