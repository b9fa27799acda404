"""The process: what ``kjtui`` and ``python -m kjtui`` start."""

import gc
import signal
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run kjtui and exit."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `kjtui snapshot | head` ends quietly
    gc.disable()  # what is loaded and built stays to the end; the app collects once it is on screen
    from kjtui.cli import main

    code = main()
    gc.freeze()  # and at the end all of it goes, unsearched
    sys.exit(code)


if __name__ == "__main__":
    run()
