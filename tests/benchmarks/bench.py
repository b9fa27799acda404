"""Where programs run: a folder and an environment of their own, made-up stores, and how much is measured."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from .terminal import Terminal

ROOT = Path(__file__).parents[2]
LOCALE = "en_US.UTF-8"
"""The one locale that ikhal surely runs in."""


class Effort(NamedTuple):
    """How much is measured.

    Attributes:
        starts: of the app and of what it is measured against.
        steps: in each walk through days.
        commands: runs of a command.
        openings: of the largest store.
        repeats: of a key that is held down.
        walk: steps after which memory is measured again.
        events: of a small, a middle and a large store.
    """

    starts: int
    steps: int
    commands: int
    openings: int
    repeats: int
    walk: int
    events: tuple[int, int, int]


FULL = Effort(15, 60, 25, 3, 100, 1_000, (100, 10_000, 100_000))
QUICK = Effort(5, 20, 7, 1, 30, 200, (100, 1_000, 10_000))


class Program(NamedTuple):
    """A program for the terminal.

    Attributes:
        command: empty where it cannot be run here; then ``about`` tells why.
        about: what of it is measured.
        painted: what is on screen once it has first painted all.
        settled: what is painted last of all after a start.
        step: the key that moves it by a day, or a line.
    """

    name: str
    about: str
    command: tuple[str, ...] = ()
    painted: tuple[str, ...] = ()
    settled: str = ""
    step: bytes = b""


class Run(NamedTuple):
    """A process from start to end: seconds by the clock, and of processor."""

    seconds: float
    processor: float


class Bench:
    """A folder for all that programs read and write, and the environment they run in.

    The environment has nobody's configuration, a terminal with all colours, and this very tree of kjtui.
    """

    def __init__(self, folder: Path, effort: Effort) -> None:
        self.folder = folder
        self.effort = effort
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": str(ROOT),
            **_locale(folder / "locale"),
        }

    def start(self, program: Program) -> Terminal:
        """A terminal in which a program was just started."""
        return Terminal(program.command, self.environment, self.folder)

    def open(self, program: Program) -> Terminal:
        """A terminal in which a program has painted all that it paints of itself."""
        terminal = self.start(program)
        terminal.until(*program.painted, program.settled)
        terminal.settle()
        return terminal

    def run(self, *arguments: str) -> Run:
        """Run Python with some arguments; what it prints is thrown away."""
        command = (sys.executable, *arguments)
        began = perf_counter()
        process = subprocess.Popen(command, env=self.environment, cwd=self.folder, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return Run(seconds, usage.ru_utime + usage.ru_stime)

    def inside(self, *arguments: str) -> str:
        """What a fresh process measured or worked out: see ``inside.py``."""
        return self._module("inside", *arguments)

    def store(self, events: int) -> Path:
        """A made-up store of so many events, written when it is first asked for.

        Another process makes it, so that this one stays small: a large one is slow to start others.
        """
        path = self.folder / f"{events}.json"
        if not path.exists():
            self._module("stores", str(path), str(events))
        return path

    def _module(self, name: str, *arguments: str) -> str:
        command = (sys.executable, "-m", f"{__package__}.{name}", *arguments)
        result = subprocess.run(
            command, env=self.environment, cwd=self.folder, stdout=subprocess.PIPE, text=True, check=True
        )
        return result.stdout.strip()


def _locale(folder: Path) -> dict[str, str]:
    """The environment of the locale, which is made here where the system has not got it."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, LOCALE)
    except locale.Error:
        folder.mkdir()
        maker = shutil.which("localedef")
        if maker:
            subprocess.run([maker, "-i", "en_US", "-f", "UTF-8", folder / LOCALE], capture_output=True)
        made = (folder / LOCALE).exists()
        return {"LANG": LOCALE, "LOCPATH": str(folder)} if made else {"LANG": "C.UTF-8"}
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return {"LANG": LOCALE}
