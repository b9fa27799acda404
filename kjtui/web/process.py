"""Start and kill the processes that the server runs for its visitors."""

from __future__ import annotations

import os
import signal
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import Mapping, Sequence
from contextlib import suppress

_INHERITED = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONUTF8",
    "SYSTEMROOT",
    "TZ",
)
"""Inherited environment variables. Some are needed to start Python. Others set encodings or the time zone."""


async def start_process(command: Sequence[str], variables: Mapping[str, str]) -> Process:
    """Start a process with a restricted environment, connected by pipes.

    Args:
        command: The program and its arguments. No shell is involved.
        variables: Environment variables in addition to the inherited variables.
    """
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment["HOME"] = os.devnull  # otherwise Python reads the home directory from the password database
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    environment.update(variables)
    return await create_subprocess_exec(
        *command,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env=environment,
        start_new_session=True,  # ctrl+c in the server's terminal must not reach the process
    )


def kill(process: Process) -> None:
    """Kill a process and its process group. The process has no data to save."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)


def log_errors(output: bytes) -> None:
    """Print the standard error of a process to the server's standard error."""
    text = output.decode("utf-8", "replace")
    if text and sys.stderr is not None:
        printable = "".join(char for char in text if char.isprintable() or char == "\n")
        with suppress(OSError):
            sys.stderr.write(printable)
            sys.stderr.flush()
