"""The real program in a terminal of its own, as a shell would start it."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

PATIENCE = 20.0
"""Seconds after which a test gives up waiting; nothing is measured by it."""

_OWN_TERMINAL = (
    "import fcntl, os, sys, termios;"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
"""Makes standard input the controlling terminal, then becomes Python with other arguments."""


class Terminal:
    """A terminal that a Python program runs in: what it writes, what is typed, what modes it leaves."""

    def __init__(self, *python: str, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None) -> None:
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.modes_before = self.modes()
        self.output = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", _OWN_TERMINAL, *python],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "", "LINES": "", **(env or {})},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close()
        os.close(self._slave)

    def modes(self) -> list[object]:
        """The terminal's line discipline: echo, line editing, signals from keys."""
        return termios.tcgetattr(self._slave)

    def type(self, keys: bytes) -> None:
        """Send keys, as a keyboard would."""
        os.write(self._master, keys)

    def resize(self, width: int, height: int) -> None:
        """Change the terminal's size; the kernel tells the program."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def close(self) -> None:
        """Close the window; the kernel hangs up on the program."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def wait_for(self, expected: bytes) -> bytes:
        """Read until something was written after what was read before; gives all that came."""
        came = b""
        deadline = time.monotonic() + PATIENCE
        while expected not in came:
            assert time.monotonic() < deadline, f"{expected!r} is not in {came[-2000:]!r}"
            came += self._read()
        return came

    def wait_for_exit(self) -> int:
        """Read until the program has ended; its return code, negative for a signal."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"still runs: {self.output[-2000:]!r}"
            self._read()
        while self._read():
            pass
        return self.process.returncode

    def wait_for_stop(self) -> None:
        """Read until the program is stopped, as by ctrl+z."""
        deadline = time.monotonic() + PATIENCE
        while os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None:
            assert time.monotonic() < deadline, "was not stopped"
            self._read()
        while self._read():
            pass

    def _read(self) -> bytes:
        """What was written, within a moment."""
        if self._master < 0:
            time.sleep(0.05)
            return b""
        if not select.select([self._master], [], [], 0.1)[0]:
            return b""
        try:
            came = os.read(self._master, 65536)
        except OSError:  # the other end is closed
            return b""
        self.output += came
        return came
