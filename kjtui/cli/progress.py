"""Show the progress of a long command on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from threading import Event, Thread
from typing import ParamSpec, TypeVar

from kjtui.languages import tr

_INTERVAL = 1.0
"""Seconds before the counter appears, and between its updates. Most commands end before it appears."""

P = ParamSpec("P")
ResultT = TypeVar("ResultT")


def with_progress(command: Callable[P, ResultT]) -> Callable[P, ResultT]:
    """Decorate a command: while it runs, show the elapsed seconds on standard error, if that is a terminal.

    The counter is erased when the command ends, and after ctrl+c.
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> ResultT:
        if sys.stderr is None or not sys.stderr.isatty():
            return command(*args, **kwargs)
        finished = Event()
        counter = Thread(target=_count, args=(finished,), daemon=True)
        counter.start()
        try:
            return command(*args, **kwargs)
        finally:
            finished.set()
            counter.join()

    return run


def _count(finished: Event) -> None:
    seconds = 0
    with suppress(OSError, ValueError):  # the terminal was closed
        while not finished.wait(_INTERVAL):
            seconds += 1
            counter = tr("{seconds} s, ctrl+c stops", seconds=seconds)
            sys.stderr.write(f"\r{counter} ")
            sys.stderr.flush()
        if seconds:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
