"""Opening a web address in a graphical browser, in a text browser, and without a browser."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.stores import SAMPLE
from support.terminal import Terminal, shell_script

pytestmark = pytest.mark.slow  # every test starts the program


def opened(folder: Path, environment: Mapping[str, str]) -> Terminal:
    """Return a terminal in which the app has just been asked to open the first source of a day."""
    bare = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": "", "HOME": str(folder), "PATH": str(folder)}
    arguments = ("-m", "kjtui", "--store", str(SAMPLE), "--date", "2020-03-10")
    terminal = Terminal(*arguments, env={**bare, **environment})
    terminal.wait_for(b" help")
    terminal.type(b"s")
    terminal.wait_for(b"opens")
    terminal.type(b"\r")
    return terminal


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a browser")
@pytest.mark.parametrize("browser", ["", "/bin/false", "'", "false &"])
def test_without_a_browser_the_app_names_an_alternative(browser: str, tmp_path: Path) -> None:
    with opened(tmp_path, {"BROWSER": browser}) as terminal:
        terminal.wait_for(b"No browser here; y copies the address")
        terminal.quit_app()


def test_a_browser_that_needs_the_terminal_suspends_the_app(tmp_path: Path) -> None:
    shell_script(tmp_path / "w3m", 'echo "W3M SHOWS $1"; read line')
    with opened(tmp_path, {}) as terminal:
        terminal.wait_for(b"\x1b[?1049l")
        terminal.wait_for(b"W3M SHOWS http")
        assert terminal.faults() == {}
        terminal.type(b"\r")
        terminal.wait_for(b"\x1b[?1049h")
        terminal.wait_for(b"opens")
        terminal.quit_app()


def test_a_terminated_app_does_not_wait_for_the_browser(tmp_path: Path) -> None:
    shell_script(tmp_path / "w3m", 'echo "W3M SHOWS $1"; read line')
    with opened(tmp_path, {}) as terminal:
        terminal.wait_for(b"W3M SHOWS http")
        terminal.process.terminate()
        assert terminal.wait_for_exit() == 128 + 15
        assert terminal.faults() == {}


def test_no_output_of_a_browser_with_its_own_window_reaches_the_screen(tmp_path: Path) -> None:
    shell_script(tmp_path / "window", 'echo "WINDOW SHOWS $1"; echo "WARNING" >&2; : > "$HOME/opened"')
    with opened(tmp_path, {"BROWSER": "window %s &"}) as terminal:
        while not (tmp_path / "opened").exists():
            terminal.read_for(0.05)
        terminal.wait_for_quiet()
        assert b"WINDOW SHOWS" not in terminal.output
        assert b"WARNING" not in terminal.output
        terminal.quit_app()
