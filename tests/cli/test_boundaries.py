"""Access to files, processes and the network: kjtui writes only exports and its own state."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kjtui.cli.commands import main
from support.stores import SAMPLE
from support.terminal import PATIENCE, Terminal

AUDITED = """
import json, os, sys
log = os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
logged = ("os.", "shutil.", "socket.", "subprocess.", "urllib.", "http.", "webbrowser.", "sqlite3.")
harmless = ("os.listdir", "os.scandir", "os.putenv", "os.unsetenv", "os.kill", "socket.__new__")

def note(event, arguments):
    matters = event.startswith(logged) and event not in harmless
    if matters or event == "open" and isinstance(arguments[0], str | bytes) and arguments[2] & writing:
        os.write(log, (json.dumps([event, *map(str, arguments)]) + "\\n").encode())

sys.addaudithook(note)
from kjtui.cli.commands import main
sys.exit(main(sys.argv[1:]))
"""
"""Code that runs kjtui and logs its access to files, processes and the network."""

AUDITED_WITH_KEYS = (
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
"""``AUDITED`` with simulated key presses. The app handles each key before the next key is pressed."""

SESSION = [
    *(["w", "right", "q"], ["s", "down", "y", "q"], ["f", "enter", "escape"], ["question_mark", "q"]),
    *(["enter", "q"], ["c", "n", "c", "q", "escape"], ["slash", *"gsomia", "down", "enter"]),
    *(["ctrl+p", *"next change"], ["enter"], ["ctrl+c"], ["apostrophe"]),
    *(["g", *"2020", "minus", *"03", "minus", *"10", "enter"], ["y"], ["4", "plus", "minus", "z", "z", "1"]),
    *(["e", "enter"], ["t", "down"], ["enter"], ["q"]),
]
"""Keys that open every dialog, export a day, choose a theme and quit."""

ALLOWED_EVENTS = {"open", "os.mkdir", "os.link", "os.remove", "os.rename", "os.chmod"}


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """Return environment variables with separate home and temporary folders, and with the path of the log."""
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    folders = {
        "HOME": tmp_path / "home",
        "XDG_CONFIG_HOME": tmp_path / "home" / ".config",
        "XDG_STATE_HOME": tmp_path / "home" / ".local" / "state",
        "TMPDIR": tmp_path,
        "AUDIT_LOG": tmp_path / "audit",
    }
    return {**{name: str(path) for name, path in folders.items()}, "PYTHONDONTWRITEBYTECODE": "1"}


def logged_events(folder: Path) -> list[list[str]]:
    """Return the audit events in the log, each with its arguments."""
    return [json.loads(line) for line in (folder / "audit").read_text(encoding="utf-8").splitlines()]


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"audit"}


@pytest.mark.slow
def test_the_app_writes_the_export_the_theme_and_the_last_day_only(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    arguments = ["-c", AUDITED_WITH_KEYS, json.dumps(SESSION), "--date", "2020-03-10"]
    with Terminal(*arguments, cwd=tmp_path / "work", env=environment) as terminal:
        assert terminal.wait_for_exit() == 0
    assert files(tmp_path) == {
        "work/kjtui-2020-03-10.txt",
        "home/.config/kjtui/config.json",
        "home/.local/state/kjtui/state.json",
    }
    log = logged_events(tmp_path)
    assert {event for event, *_ in log} <= ALLOWED_EVENTS, log
    written = {argument for event, argument, *_ in log if event == "open"}
    temporary = {path for path in written if Path(path).name.startswith(".kjtui-")}
    assert {Path(path).parent for path in temporary} == {
        tmp_path / "work",
        tmp_path / "home" / ".config" / "kjtui",
        tmp_path / "home" / ".local" / "state" / "kjtui",
    }
    replaced = tmp_path / "home" / ".local" / "state" / "kjtui" / "state.json"
    assert written == temporary | {str(replaced)}  # kjtui tests whether this file is writable


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
def test_commands_write_the_requested_file_only(
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
    log = logged_events(tmp_path)
    assert {event for event, *_ in log} <= ALLOWED_EVENTS, log
    assert bool(log) == bool(written), log


def test_a_number_of_5000_digits_in_an_unknown_table_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "store.json"
    whole = SAMPLE.read_text(encoding="utf-8").lstrip()
    path.write_text('{"zzz":{"1":{"x":' + "9" * 5000 + "}}," + whole[1:], encoding="utf-8")
    assert main(["check", str(path)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line == f"kjtui: {path}: not JSON: Integer value out of range"


def test_too_little_memory_is_refused_in_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("os.fsync", fail)
    assert main(["snapshot", "2020-03-10", "--output", str(tmp_path / "day.txt")]) == 2
    assert capsys.readouterr().err == "kjtui: not enough memory\n"
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_ends_in_a_dash_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["snapshot", "2020-03-10", "--output", "./-"]) == 0
    assert (tmp_path / "-").read_text(encoding="utf-8")


def test_a_folder_that_does_not_exist_is_not_written_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["snapshot", "2020-03-10", "--output", "reports/"]) == 2
    assert "reports/ is a folder that does not exist" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_empty_list_prints_a_message_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("events", "meetings", "tracks", "sources", "terms", "outcomes"):
        assert main([command, "--match", "xyzzy"]) == 0
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"kjtui: no {command} found")
        assert err.count("\n") == 1


def test_an_empty_list_that_cannot_be_written_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "none" / "events.csv"
    assert main(["events", "--match", "xyzzy", "--output", str(output)]) == 2
    assert capsys.readouterr().err == f"kjtui: {output}: cannot be written: No such file or directory\n"
