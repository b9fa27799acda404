"""A terminal that measures its program: arrival of each byte, screen content, processor time and memory.

``support/terminal.py`` is for tests of the app's behaviour. It starts programs through another Python
process, which would distort the measured start. It records neither times nor the screen.
"""

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
"""An answer is complete after this many seconds without a byte."""
SETTLED = 0.4
"""After a start or many keys, output is complete after this many seconds without a byte."""
GIVE_UP = 60.0
"""Seconds after which a silent program counts as stuck."""
PROC = Path("/proc")
"""Information about processes; Linux only."""

_ANSWERS: Mapping[bytes, bytes] = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # synchronised output: supported, off
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",  # resize reports: not supported
    b"\x1b[c": b"\x1b[?62;22c",  # device attributes: a VT220 with colours
    b"\x1b[6n": b"\x1b[1;1R",  # cursor position: top left
}
"""The queries that this terminal answers, each with the answer of a modern terminal."""

_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")
"""Queries, keyboard protocols and titles. They are removed, because pyte would draw some of them as text."""


class StuckError(Exception):
    """The program ended or fell silent before it showed the expected text."""


class Answer(NamedTuple):
    """Seconds from a key press to the last byte of the program's answer, and size of the answer in bytes."""

    seconds: float
    size: int


class Memory(NamedTuple):
    """Current and peak memory of a process, in bytes."""

    resident: int
    peak: int


class MeasuredTerminal:
    """Run a program in a terminal of 120 by 40 cells until it is killed.

    Bytes are stored with their time of arrival, and drawn on ``screen`` when the program pauses. Drawing
    each byte immediately would delay the reading, because pyte is slow.
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
                os._exit(127)  # the child process must never return from here

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pid:
            self.kill()

    def kill(self) -> float:
        """Kill the program. Return its processor time in seconds: user time plus system time."""
        os.kill(self._pid, signal.SIGKILL)
        _, _, usage = os.wait4(self._pid, 0)
        os.close(self._fd)
        self._pid = 0
        return usage.ru_utime + usage.ru_stime

    def wait_for(self, *texts: str) -> float:
        """Wait until all ``texts`` are on screen. Return the seconds since the start of the program."""
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
        """Wait until the program is quiet, and draw the screen."""
        self._read(quiet)
        self._draw_all()

    def press(self, key: bytes) -> Answer:
        """Press a key and return the answer."""
        self.settle(0)  # late output is not an answer to this key
        pressed = time.perf_counter()
        os.write(self._fd, key)
        return self._answer(pressed)

    def hold(self, key: bytes, times: int, per_second: float | None = None) -> Answer:
        """Send a key ``times`` times without waiting for output, then wait until the program has caught up.

        ``per_second`` is the repeat rate of a held key. If it is ``None``, all keys are sent without a pause.
        Return the seconds from the last key to the last byte, and the number of bytes of the whole output.
        """
        self.settle(0)
        pressed = time.perf_counter()
        if per_second is None:
            os.write(self._fd, key * times)
            return self._answer(pressed, SETTLED)
        for _ in range(times - 1):
            os.write(self._fd, key)
            pressed += 1 / per_second
            while (left := pressed - time.perf_counter()) > 0:
                self._read_once(left)
        pressed = time.perf_counter()
        os.write(self._fd, key)
        return self._answer(pressed, SETTLED)

    def row(self, number: int) -> str:
        """Return a row of the screen. Rows are numbered from 0."""
        return self.screen.display[number]

    def processor(self) -> float:
        """Return the processor seconds of the program so far. Needs ``PROC``."""
        fields = (PROC / str(self._pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # user, system

    def memory(self) -> Memory:
        """Return the memory of the program. Needs ``PROC``."""
        status = (PROC / str(self._pid) / "status").read_text()
        sizes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status, re.MULTILINE))
        return Memory(int(sizes["VmRSS"]) * 1024, int(sizes["VmHWM"]) * 1024)

    def _answer(self, pressed: float, quiet: float = QUIET) -> Answer:
        """Return the answer to a key that was pressed at the time ``pressed``."""
        if not self._read_once(GIVE_UP):
            raise StuckError(f"no answer to a key after {GIVE_UP:.0f} s")
        self._read(quiet)
        answer = Answer(self._undrawn[-1][0] - pressed, sum(len(data) for _, data in self._undrawn))
        self._draw_all()
        return answer

    def _read(self, quiet: float) -> None:
        """Read until there has been no output for ``quiet`` seconds."""
        while self._read_once(quiet):
            pass

    def _read_once(self, patience: float) -> bool:
        """Wait for output for up to ``patience`` seconds, and answer the program's queries.

        Return whether there was output.
        """
        if not select.select([self._fd], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # how Linux reports that the program is gone
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
        """Draw the oldest bytes that are not drawn yet. Return their time of arrival."""
        at, data = self._undrawn.popleft()
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
        return at

    def _shows(self, texts: Sequence[str]) -> bool:
        shown = self.screen.display
        return all(any(text in line for line in shown) for text in texts)
