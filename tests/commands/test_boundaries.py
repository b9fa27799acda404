"""Nothing goes over the network, and no file is written but the export and the name of the theme."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.terminal import PATIENCE, Terminal

AUDITED = """
import json, os, sys
log = os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
telling = ("os.", "shutil.", "socket.", "subprocess.", "urllib.", "http.", "webbrowser.", "sqlite3.")
silent = ("os.listdir", "os.scandir", "os.putenv", "os.unsetenv", "os.kill", "socket.__new__")

def note(event, arguments):
    told = event.startswith(telling) and event not in silent
    if told or event == "open" and isinstance(arguments[0], str | bytes) and arguments[2] & writing:
        os.write(log, (json.dumps([event, *map(str, arguments)]) + "\\n").encode())

sys.addaudithook(note)
from kjtui.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""Runs kjtui and writes down whatever it does to files, processes and the network."""

DRIVEN = (
    AUDITED.rstrip().removesuffix("sys.exit(main(sys.argv[1:]))")
    + """
from functools import partialmethod
from textual.app import App

async def drive(pilot):
    for keys in json.loads(sys.argv[1]):
        await pilot.press(*keys)
        await pilot.pause(0.3)

App.run_async = partialmethod(App.run_async, auto_pilot=drive)
sys.exit(main(sys.argv[2:]))
"""
)
"""The same, with the app in its terminal driven by keys that wait until the ones before are dealt with."""

SESSION = [
    *(["w", "right", "q"], ["s", "down", "y", "q"], ["f", "enter", "escape"], ["question_mark", "q"]),
    *(["enter", "q"], ["c", "n", "c", "q", "escape"], ["slash", *"gsomia", "down", "enter"]),
    *(["g", *"2020", "minus", *"03", "minus", *"10", "enter"], ["y"], ["4", "plus", "minus", "z", "z", "1"]),
    *(["ctrl+p", *"next change"], ["enter"], ["ctrl+c"], ["apostrophe"], ["e", "enter"]),
    *(["t", *"kjtui-light"], ["enter"], ["q"]),
]
"""Opens all there is to open, exports a day, picks a theme, quits."""

FILE_EVENTS = {"open", "os.mkdir", "os.link", "os.remove", "os.rename", "os.chmod"}


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """A home and a working folder of its own, and where to write down what is done."""
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    places = {
        "HOME": tmp_path / "home",
        "XDG_CONFIG_HOME": tmp_path / "home" / ".config",
        "TMPDIR": tmp_path,
        "AUDIT_LOG": tmp_path / "audit",
    }
    return {**{name: str(path) for name, path in places.items()}, "PYTHONDONTWRITEBYTECODE": "1"}


def done(folder: Path) -> list[list[str]]:
    """What was written down."""
    return [json.loads(line) for line in (folder / "audit").read_text(encoding="utf-8").splitlines()]


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"audit"}


def test_the_app_writes_the_export_and_the_theme_and_reaches_for_nothing(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    arguments = ["-c", DRIVEN, json.dumps(SESSION), "--date", "2020-03-10"]
    with Terminal(*arguments, cwd=tmp_path / "work", env=environment) as terminal:
        assert terminal.wait_for_exit() == 0
    assert files(tmp_path) == {"work/kjtui-2020-03-10.txt", "home/.config/kjtui/config.json"}
    log = done(tmp_path)
    assert {event for event, *_ in log} <= FILE_EVENTS, log
    written = {argument for event, argument, *_ in log if event == "open"}
    temporary = {path for path in written if Path(path).name.startswith(".kjtui-")}
    assert {Path(path).parent for path in temporary} == {tmp_path / "work"}
    assert written - temporary == {str(tmp_path / "home" / ".config" / "kjtui" / "config.json")}


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["snapshot", "2020-03-10"], set()),
        (["compare", "2020-03-10", "2023-04-14", "--format", "markdown"], set()),
        (["why", "photoresist", "--format", "json"], set()),
        (["check"], set()),
        (["--help"], set()),
        (["snapshot", "--output", "day.json"], {"work/day.json"}),
    ],
    ids=str,
)
def test_commands_write_what_is_asked_for_and_reach_for_nothing(
    arguments: list[str], written: set[str], tmp_path: Path, environment: Mapping[str, str]
) -> None:
    result = subprocess.run(
        [sys.executable, "-c", AUDITED, *arguments],
        stdout=subprocess.DEVNULL,
        cwd=tmp_path / "work",
        env={**os.environ, **environment},
        timeout=PATIENCE,
        check=False,
    )
    assert result.returncode == 0
    assert files(tmp_path) == written
    log = done(tmp_path)
    assert {event for event, *_ in log} <= FILE_EVENTS, log
    assert bool(log) == bool(written), log
