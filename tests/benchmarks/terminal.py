"""A program in a terminal of its own: keys go in, and every byte that comes out has its time."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyte

COLUMNS, ROWS = 120, 40
QUIET = 0.1
"""Seconds without a byte after which a program is taken to have written its last."""
SETTLED = 0.4
"""The same after a start, where more comes of itself, and after many keys."""
GIVE_UP = 60.0
"""Seconds of waiting after which a program is taken to be stuck."""
PROC = Path("/proc")
"""Where Linux tells about processes."""

_ANSWERS: Mapping[bytes, bytes] = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # synchronised output: known, and off
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",  # resizes told in band: unknown
    b"\x1b[c": b"\x1b[?62;22c",  # what are you: a VT220 with colours
    b"\x1b[6n": b"\x1b[1;1R",  # where is the cursor: in the corner
}
"""What a terminal of today says when it is asked. What else a program asks goes unanswered."""

_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")
"""Requests, keyboard protocols and titles: nothing to be drawn, and pyte would draw some of them."""


class StuckError(Exception):
    """A program that ended, or fell silent, before it showed what it should."""


class Burst(NamedTuple):
    """What a program wrote in answer to a key: seconds from the key to the last byte, and bytes."""

    seconds: float
    size: int


class Memory(NamedTuple):
    """Bytes of memory that a process holds now, and the most it held."""

    resident: int
    peak: int


class Terminal:
    """A terminal of 120 by 40 cells with a program in it, until it is killed.

    Drawing in Python is slow, so reading never waits for it: bytes are kept with the time at which they
    came, and drawn on ``screen`` once the program is quiet.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self._undrawn: deque[tuple[float, bytes]] = deque()
        self._started = time.perf_counter()
        self._pid, self._fd = os.forkpty()
        if self._pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.chdir(folder)
                os.execve(command[0], list(command), dict(environment))
            finally:
                os._exit(127)  # the child must never run on as a second parent

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pid:
            self.kill()

    def kill(self) -> float:
        """End the program at once; the seconds of processor it took, user and system."""
        os.kill(self._pid, signal.SIGKILL)
        _, _, usage = os.wait4(self._pid, 0)
        os.close(self._fd)
        self._pid = 0
        return usage.ru_utime + usage.ru_stime

    def until(self, *texts: str) -> float:
        """Wait for a screen that shows all these texts; the seconds from the start to its last byte."""
        end = time.perf_counter() + GIVE_UP
        while time.perf_counter() < end:
            self._read(SETTLED)
            while self._undrawn:
                at = self._draw()
                if self._shows(texts):
                    return at - self._started
        missing = next(text for text in texts if not self._shows([text]))
        raise StuckError(f"{missing!r} is not on screen after {GIVE_UP:.0f} s")

    def settle(self, quiet: float = SETTLED) -> None:
        """Wait until nothing more comes, and draw it."""
        self._read(quiet)
        self._draw_all()

    def press(self, key: bytes) -> Burst:
        """Press a key and wait until the program has answered."""
        self.settle(0)  # whatever came late is no answer to this key
        pressed = time.perf_counter()
        os.write(self._fd, key)
        return self._answer(pressed)

    def hold(self, key: bytes, times: int, a_second: float | None = None) -> Burst:
        """Hold a key down, or type ahead without a pause, and wait until the program has caught up.

        The seconds are those from the last repeat to the last byte.
        """
        self.settle(0)
        pressed = time.perf_counter()
        if a_second is None:
            os.write(self._fd, key * times)
            return self._answer(pressed, SETTLED)
        for _ in range(times - 1):
            os.write(self._fd, key)
            pressed += 1 / a_second
            while (left := pressed - time.perf_counter()) > 0:
                self._read_once(left)
        pressed = time.perf_counter()
        os.write(self._fd, key)
        return self._answer(pressed, SETTLED)

    def row(self, number: int) -> str:
        """A row of the screen as it was last drawn, counted from 0."""
        return self.screen.display[number]

    def processor(self) -> float:
        """The seconds of processor that the program took so far, where the system has ``PROC``."""
        fields = (PROC / str(self._pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # user, system

    def memory(self) -> Memory:
        """The memory of the program, where the system has ``PROC``."""
        status = (PROC / str(self._pid) / "status").read_text()
        sizes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status, re.MULTILINE))
        return Memory(int(sizes["VmRSS"]) * 1024, int(sizes["VmHWM"]) * 1024)

    def _answer(self, pressed: float, quiet: float = QUIET) -> Burst:
        """What came since a key was pressed, all of it."""
        if not self._read_once(GIVE_UP):
            raise StuckError(f"no answer to a key after {GIVE_UP:.0f} s")
        self._read(quiet)
        burst = Burst(self._undrawn[-1][0] - pressed, sum(len(data) for _, data in self._undrawn))
        self._draw_all()
        return burst

    def _read(self, quiet: float) -> None:
        """Read until nothing came for so long."""
        while self._read_once(quiet):
            pass

    def _read_once(self, patience: float) -> bool:
        """Read what is there or comes soon, and answer what is asked; whether anything came."""
        if not select.select([self._fd], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # Linux says so when the program is gone
            data = b""
        if not data:
            self._draw_all()
            last = next((line.strip() for line in reversed(self.screen.display) if line.strip()), "")
            raise StuckError(f"the program ended: {last}")
        self._undrawn.append((time.perf_counter(), data))
        for request, answer in _ANSWERS.items():
            if request in data:
                os.write(self._fd, answer)
        return True

    def _draw_all(self) -> None:
        while self._undrawn:
            self._draw()

    def _draw(self) -> float:
        """Draw the next of what was read; when it came."""
        at, data = self._undrawn.popleft()
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
        return at

    def _shows(self, texts: Sequence[str]) -> bool:
        shown = self.screen.display
        return all(any(text in line for line in shown) for text in texts)
