"""The environment of all measurements: folder, environment variables, stores, and repetitions."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from .terminal import MeasuredTerminal

ROOT = Path(__file__).parents[2]
LOCALE = "en_US.UTF-8"
"""The only locale known to work with ikhal."""


class Effort(NamedTuple):
    """Numbers of repetitions.

    Attributes:
        starts: how often the app and the bare app are started.
        steps: number of steps in each walk through days.
        commands: how often a command is run.
        openings: how often the largest store is opened.
        repeats: number of repeats of a held key.
        walk: number of steps before memory is measured again.
        events: numbers of events in the small, the middle and the large store.
    """

    starts: int
    steps: int
    commands: int
    openings: int
    repeats: int
    walk: int
    events: tuple[int, int, int]


FULL = Effort(30, 60, 60, 3, 100, 1_000, (100, 10_000, 100_000))
QUICK = Effort(5, 20, 7, 1, 30, 200, (100, 1_000, 10_000))


class Program(NamedTuple):
    """A program that runs in the terminal.

    Attributes:
        about: a description, or the reason why the program cannot run here.
        command: the command line. Empty if the program cannot run here.
        painted: texts that are all on screen after the first full paint.
        settled: the text that is painted last after a start.
        step: the key that moves the cursor by one day or one row.
    """

    name: str
    about: str
    command: tuple[str, ...] = ()
    painted: tuple[str, ...] = ()
    settled: str = ""
    step: bytes = b""


class Run(NamedTuple):
    """The wall-clock and processor seconds of a process."""

    seconds: float
    processor: float


class Bench:
    """Run programs in a separate folder.

    Programs run with all colours and without the user's configuration. Python imports kjtui from this source
    tree.
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

    def start(self, program: Program) -> MeasuredTerminal:
        """Start a program in a terminal."""
        return MeasuredTerminal(program.command, self.environment, self.folder)

    def open(self, program: Program) -> MeasuredTerminal:
        """Start a program in a terminal and wait until it is idle."""
        terminal = self.start(program)
        terminal.wait_for(*program.painted, program.settled)
        terminal.settle()
        return terminal

    def run(self, *arguments: str) -> Run:
        """Run Python with ``arguments``, discarding its output."""
        command = (sys.executable, *arguments)
        began = perf_counter()
        process = subprocess.Popen(command, env=self.environment, cwd=self.folder, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return Run(seconds, usage.ru_utime + usage.ru_stime)

    def filter_seconds(self, lines: Path, query: str) -> float:
        """Return the seconds that ``fzf --filter`` takes for a file of lines."""
        with lines.open("rb") as file:
            began = perf_counter()
            subprocess.run(
                ("fzf", "--filter", query),
                stdin=file,
                stdout=subprocess.DEVNULL,
                env=self.environment,
                check=True,
            )
            return perf_counter() - began

    def in_fresh_process(self, *arguments: str) -> str:
        """Return the line that ``fresh_process.py`` prints for ``arguments``."""
        return self._module("fresh_process", *arguments)

    def store(self, events: int, *days: date) -> Path:
        """Generate a store with ``events`` events on first use, and return its path.

        If ``days`` gives a first and a last day, the store contains only the events between these days. A
        separate process writes the store, because a process with a lot of memory starts programs slowly.
        """
        path = self.folder / f"{'-'.join([str(events), *map(str, days)])}.json"
        if not path.exists():
            self._module("made_up_store", str(path), str(events), *map(str, days))
        return path

    def _module(self, name: str, *arguments: str) -> str:
        command = (sys.executable, "-m", f"{__package__}.{name}", *arguments)
        result = subprocess.run(
            command, env=self.environment, cwd=self.folder, stdout=subprocess.PIPE, text=True, check=True
        )
        return result.stdout.strip()


def _locale(folder: Path) -> dict[str, str]:
    """Return the environment variables for the locale.

    If the locale is not installed, compile it in ``folder``.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, LOCALE)
    except locale.Error:
        folder.mkdir()
        compiler = shutil.which("localedef")
        if compiler:
            subprocess.run([compiler, "-i", "en_US", "-f", "UTF-8", folder / LOCALE], capture_output=True)
        compiled = (folder / LOCALE).exists()
        return {"LANG": LOCALE, "LOCPATH": str(folder)} if compiled else {"LANG": "C.UTF-8"}
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return {"LANG": LOCALE}
