"""The program in a real terminal. It restores the terminal whenever it ends or is stopped."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from subprocess import PIPE

import pytest

from support.exports import page_of_the_package
from support.terminal import PATIENCE, Terminal

pytestmark = pytest.mark.slow  # every test starts the program

KJTUI = ("-m", "kjtui", "--date", "2020-03-10")
DAY = b"Tue 10 March 2020"
LAST_PAINTED = b" help"
"""The last word of the footer. The footer is painted last."""
RIGHT = b"\x1b[C"

TERMINATED_WHILE_WRITING = """
import os, signal, sys
sync = os.fsync
def terminate_and_sync(descriptor):
    os.kill(os.getpid(), signal.SIGTERM)
    sync(descriptor)
os.fsync = terminate_and_sync
from kjtui.__main__ import run
run()
"""

SLOW_MODES = """
import termios, time
set_modes = termios.tcsetattr
def set_modes_and_wait(*arguments):
    set_modes(*arguments)
    time.sleep(0.3)
termios.tcsetattr = set_modes_and_wait
from kjtui.__main__ import run
run()
"""


def open_app(*keys: bytes, env: Mapping[str, str] | None = None) -> Terminal:
    """Start the app, wait until it is painted, and press keys."""
    terminal = Terminal(*KJTUI, env=env)
    terminal.wait_for(LAST_PAINTED)
    for key in keys:
        terminal.type(key)
    return terminal


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([signal.SIGTERM], 143),
        ([signal.SIGHUP], 129),
        ([signal.SIGINT], 130),
        ([signal.SIGTERM, signal.SIGTERM], 143),
        ([signal.SIGTERM, signal.SIGCONT, signal.SIGTERM, signal.SIGCONT], 143),  # `timeout` sends such pairs
    ],
    ids=str,
)
def test_a_terminating_signal_restores_the_terminal(numbers: list[int], code: int) -> None:
    with open_app() as terminal:
        terminal.signal(*numbers)
        assert terminal.wait_for_exit() == code
        assert terminal.faults() == {}
        assert b"Traceback" not in terminal.output


@pytest.mark.parametrize("keys", [[b"w"], [b"e"], [b"/", b"x"], [b"\x10"]], ids=str)
def test_sigterm_restores_the_terminal_with_a_dialog_open(keys: list[bytes]) -> None:
    with open_app(*keys) as terminal:
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 143
        assert terminal.faults() == {}


def test_sigterm_restores_the_terminal_before_the_first_paint() -> None:
    with Terminal(*KJTUI) as terminal:
        terminal.wait_for(b"\x1b[?1049h")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 143
        assert terminal.faults() == {}
        assert b"Traceback" not in terminal.output


def test_q_restores_the_terminal() -> None:
    with open_app(b"q") as terminal:
        assert terminal.wait_for_exit() == 0
        assert terminal.faults() == {}


@pytest.mark.parametrize("encoding", ["ascii", "utf-16", "cp949"])
def test_the_app_writes_utf8_in_any_encoding_of_the_environment(encoding: str) -> None:
    with open_app(env={"PYTHONIOENCODING": encoding}) as terminal:
        assert "─".encode() in terminal.output
        assert b"\\u25" not in terminal.output
        terminal.quit_app()


def test_ctrl_s_during_the_exit_does_not_block_the_app() -> None:
    with Terminal("-c", SLOW_MODES, "--date", "2020-03-10") as terminal:
        terminal.wait_for(LAST_PAINTED)
        terminal.type(b"q")
        # Next, the app resets the line modes, then leaves the alternate screen.
        terminal.wait_for(b"\x1b[?1006l")
        for _ in range(30):
            terminal.type(b"\x13")
            terminal.read_for(0.01)
        assert terminal.wait_for_exit() == 0
        assert terminal.faults() == {}


def test_ctrl_c_shows_how_to_quit() -> None:
    with open_app(b"\x03") as terminal:
        terminal.wait_for(b"to quit the app")
        terminal.type(b"q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("stop", ["ctrl+z", "SIGTSTP"])
def test_a_stopped_app_restores_the_terminal_and_repaints_when_continued(stop: str) -> None:
    with open_app() as terminal:
        for _ in range(2):
            if stop == "ctrl+z":
                terminal.type(b"\x1a")
            else:
                terminal.signal(signal.SIGTSTP)
            terminal.wait_for_stop()
            assert terminal.faults() == {}
            terminal.signal(signal.SIGCONT)
            terminal.wait_for(DAY)
            terminal.wait_for(LAST_PAINTED)
        terminal.type(RIGHT)
        terminal.wait_for(b"Wed 11 Mar 2020")
        terminal.type(b"q")
        assert terminal.wait_for_exit() == 0
        assert terminal.faults() == {}


def test_an_app_stopped_by_sigstop_repaints_when_continued() -> None:
    with open_app() as terminal:
        terminal.signal(signal.SIGSTOP)
        terminal.wait_for_stop()
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(DAY)
        terminal.wait_for(LAST_PAINTED)
        terminal.type(b"q")
        assert terminal.wait_for_exit() == 0
        assert terminal.faults() == {}


def test_a_storm_of_sigcont_sets_the_terminal_up_a_few_times() -> None:
    """Setting up the terminal takes 0.2 seconds, and the app does not respond to keys during this time."""
    with open_app() as terminal:
        for _ in range(60):
            terminal.signal(signal.SIGCONT)
            terminal.read_for(0.005)
        terminal.quit_app()
        assert terminal.output.count(b"\x1b[?1049h") < 20


def test_sigpipe_does_not_end_the_app() -> None:
    with open_app() as terminal:
        terminal.signal(signal.SIGPIPE)
        terminal.type(RIGHT)
        terminal.wait_for(b"Wed 11 Mar 2020")
        terminal.quit_app()


def test_a_closed_terminal_ends_the_app() -> None:
    with open_app() as terminal:
        terminal.close()
        assert terminal.wait_for_exit() == 129


def test_a_closed_terminal_ends_an_app_whose_parent_ignored_sighup() -> None:
    ignoring = "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
    become = "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    with Terminal("-c", ignoring + become, *KJTUI) as terminal:
        terminal.wait_for(LAST_PAINTED)
        terminal.close()
        assert terminal.wait_for_exit() == 129


def test_an_export_is_finished_before_the_app_ends(tmp_path: Path) -> None:
    with Terminal("-c", TERMINATED_WHILE_WRITING, "--date", "2020-03-10", cwd=tmp_path) as terminal:
        terminal.wait_for(LAST_PAINTED)
        terminal.type(b"e")
        terminal.wait_for("⏎ saves".encode())
        terminal.type(b"\r")
        assert terminal.wait_for_exit() == 143
        assert terminal.faults() == {}
    [export] = tmp_path.iterdir()
    assert export.name == "kjtui-2020-03-10.txt"
    assert export.read_bytes() == page_of_the_package(date(2020, 3, 10))


def test_a_terminated_command_leaves_no_partial_file(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", TERMINATED_WHILE_WRITING, "snapshot", "--output", str(tmp_path / "day.txt")],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (143, b"", b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["--page", ""]], ids=str)
@pytest.mark.parametrize("missing", ["stdin", "stdout", "stderr"])
def test_without_a_terminal_the_app_refuses_and_names_an_alternative(
    missing: str, arguments: list[str]
) -> None:
    """Even with ``--page``, only processes that ``kjtui serve`` starts may run without a terminal."""
    master, slave = pty.openpty()
    stdin, stdout, stderr = (PIPE if stream == missing else slave for stream in ("stdin", "stdout", "stderr"))
    command = [sys.executable, "-m", "kjtui", *arguments]
    with subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr) as process:
        _, errors = process.communicate(timeout=PATIENCE)
        message = errors if missing == "stderr" else os.read(master, 1000).replace(b"\r\n", b"\n")
    os.close(master)
    os.close(slave)
    assert process.returncode == 2
    assert message == b"kjtui: the app needs a terminal; `kjtui snapshot` prints without one\n"
