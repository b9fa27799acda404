"""Run a program in a pseudoterminal, and check that the program restores the terminal."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 60.0
"""Timeout in seconds of all waits."""

_IN_A_SESSION = (
    "import fcntl, os, sys, termios;"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
)
"""Code that makes standard input the controlling terminal, and then passes its arguments to Python.

A ``preexec_fn`` would have the same effect, but is unsafe in a process with threads.
"""

_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
_MODES_AT_A_PROMPT = {b"7", b"25"}
"""The terminal modes that are on at a shell prompt: line wrap and visible cursor."""


class Terminal:
    """A pseudoterminal that runs Python with ``arguments``.

    ``output`` holds all bytes that the program has written.
    """

    def __init__(
        self,
        *arguments: str,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        size: tuple[int, int] = (80, 24),
    ) -> None:
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self._line_modes = termios.tcgetattr(self._slave)
        self.output = bytearray()
        self._searched = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", _IN_A_SESSION, *arguments],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            cwd=cwd,
            env={**os.environ, "TERM": "xterm-256color", **(env or {})},
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

    def type(self, keys: bytes) -> None:
        """Send keys as a keyboard does."""
        os.write(self._master, keys)

    def try_to_type(self, keys: bytes, seconds: float) -> bool:
        """Send keys while reading output. Return whether the program read the keys or ended in time."""
        deadline = time.monotonic() + seconds
        os.set_blocking(self._master, False)
        try:
            while keys and self.process.poll() is None and time.monotonic() < deadline:
                _, writable, _ = select.select([], [self._master], [], 0.01)
                with suppress(BlockingIOError):
                    keys = keys[os.write(self._master, keys) :] if writable else keys
                if keys:
                    self._read(0)
        finally:
            os.set_blocking(self._master, True)
        return not keys or self.process.poll() is not None

    def resize(self, size: tuple[int, int]) -> None:
        """Resize the terminal. The kernel notifies the program."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def read_for(self, seconds: float) -> None:
        """Read output for this number of seconds. If it is 0, read only available output."""
        deadline = time.monotonic() + seconds
        self._read(0)
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)

    def cpu_seconds(self) -> float:
        """Return the processor time of the program so far. 0 on systems without /proc."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def signal(self, *numbers: int) -> None:
        """Send signals to the program, without a pause."""
        for number in numbers:
            os.kill(self.process.pid, number)

    def close(self) -> None:
        """Close the terminal, so that the kernel sends SIGHUP to the program."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def wait_for(self, expected: bytes) -> None:
        """Read until the output contains ``expected``. The search starts after the previous match."""
        deadline = time.monotonic() + PATIENCE
        while (index := self.output.find(expected, self._searched)) < 0:
            assert time.monotonic() < deadline, f"no {expected!r} in {self.output[-2000:]!r}"
            self._read()
        self._searched = index + len(expected)

    def wait_for_quiet(self) -> None:
        """Read until the program pauses its output for 0.1 seconds."""
        while self._read():
            pass

    def wait_for_stop(self) -> None:
        """Read until the program is suspended, for example by ctrl+z."""
        deadline = time.monotonic() + PATIENCE
        while os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG) is None:
            assert time.monotonic() < deadline, "not stopped"
            self._read()
        self.wait_for_quiet()
        self._searched = len(self.output)

    def wait_for_exit(self) -> int:
        """Read until the program has ended. Return its exit code, which is negative after a fatal signal."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"still running: {self.output[-2000:]!r}"
            self._read()
        self.wait_for_quiet()
        return int(self.process.returncode)

    def quit_app(self) -> None:
        """Press q repeatedly until the program has ended, because a key is lost while a dialog closes."""
        for _ in range(20):
            self.type(b"q")
            self.read_for(0.25)
            if self.process.poll() is not None:
                break
        assert self.wait_for_exit() == 0
        assert self.faults() == {}

    def faults(self) -> dict[str, Any]:
        """Return the differences from the state of a terminal at a shell prompt. Empty if there are none."""
        on = {mode for mode, switch in dict(_MODE.findall(self.output)).items() if switch == b"h"}
        keyboards = len(re.findall(rb"\x1b\[>\d+u", self.output)) - self.output.count(b"\x1b[<u")
        faults = {
            "modes": on ^ _MODES_AT_A_PROMPT,
            "keyboard protocols left": keyboards,
            "line modes": [
                (now, before)
                for now, before in zip(termios.tcgetattr(self._slave), self._line_modes, strict=True)
                if now != before
            ],
        }
        return {name: fault for name, fault in faults.items() if fault}

    def _read(self, seconds: float = 0.1) -> bytes:
        """Read and return the next output. Empty if there is none before the timeout."""
        if self._master < 0:
            time.sleep(min(seconds, 0.05))
            return b""
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        try:
            came = os.read(self._master, 65536)
        except OSError:  # the program has closed its end
            return b""
        self.output += came
        return came


def shell_script(path: Path, lines: str) -> None:
    """Write an executable shell script."""
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
