"""A broken store causes a one-line error, and an unusual store gives output. No store file is changed."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kjtui.cli.commands import main
from kjtui.history.snapshot import History
from kjtui.record.sanitize import sanitize
from kjtui.record.store import load
from kjtui.tui.app import KjtuiApp
from support.app import NORMAL, press
from support.broken_stores import BROKEN, FAULTS, USABLE, event
from support.stores import BRIDGE, MakeStore, Tables, file_state, shared_folder, unprivileged

COMMANDS = (
    ["snapshot", "--store"],
    ["why", "bridge", "--store"],
    ["compare", "2021-01-01", "9999-12-31", "--store"],
    ["--store"],  # the app
)
TIMEOUT = 120
"""Timeout in seconds. A command that runs longer counts as hung."""


@pytest.fixture(autouse=True)
def fail_if_hung() -> Iterator[None]:
    """Fail instead of waiting forever for a pipe or an endless device."""
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("hangs"))
    signal.alarm(TIMEOUT)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def pretend_to_be_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the standard streams are a terminal, so that a command starts the app."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)


def kjtui(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kjtui", *arguments],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=TIMEOUT,
        check=False,
    )


A_FEW = ("missing", "a folder", "a pipe", "a device", "two events of one id")
"""One store for each kind of error. ``tests/record/test_store.py`` tests all broken stores."""


@pytest.mark.parametrize("name", A_FEW)
def test_a_broken_store_is_refused_in_one_line(
    name: str,
    tmp_path: Path,
    tables: Tables,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pretend_to_be_at_a_terminal(monkeypatch)
    make, message = BROKEN[name]
    path = make(tmp_path, tables)
    before = file_state(path)
    fault = re.compile(
        rf"{re.escape(sanitize(str(path)))}: ({message})( \(and [1-9]\d* more: kjtui check\))?"
    )
    for command in COMMANDS:
        assert main([*command, str(path)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("kjtui: ")
        assert fault.fullmatch(err.removeprefix("kjtui: ").removesuffix("\n")), err
    code = main(["check", str(path)])
    out, err = capsys.readouterr()
    lines = out.splitlines() if code == 1 else [err.removeprefix("kjtui: ").removesuffix("\n")]
    assert code in (1, 2)
    assert any(map(fault.fullmatch, lines)), lines
    assert file_state(path) == before


@pytest.mark.parametrize("unreadable", ["file", "folder"])
def test_a_store_without_permission_to_read_is_refused(
    unreadable: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_to_be_at_a_terminal(monkeypatch)
    with shared_folder() as folder:
        path = folder / "store.json"
        path.write_bytes(BRIDGE.read_bytes())
        (path if unreadable == "file" else folder).chmod(0o000)
        with unprivileged():
            for command in (*COMMANDS, ["check"]):
                assert main([*command, str(path)]) == 2
                assert capsys.readouterr() == ("", f"kjtui: {path}: cannot be read: Permission denied\n")


@pytest.mark.parametrize("name", A_FEW)
def test_a_broken_store_is_refused_in_a_shell(name: str, tmp_path: Path, tables: Tables) -> None:
    make, message = BROKEN[name]
    path = make(tmp_path, tables)
    result = kjtui("snapshot", "--store", str(path))
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(rf"kjtui: {re.escape(str(path))}: {message}\n", result.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("name", USABLE)
def test_commands_accept_an_unusual_store(
    name: str, tmp_path: Path, tables: Tables, capsys: pytest.CaptureFixture[str]
) -> None:
    path = USABLE[name](tmp_path, tables)
    before = file_state(path)
    history = History(load(path))
    track = next(iter(history.record.tracks))
    for day in ("0001-01-01", str(history.latest_change), "9999-12-31"):
        for command in (["snapshot", day], ["why", track, day], ["compare", day, "2021-06-01"]):
            for form in ("text", "markdown", "json"):
                assert main([*command, "--format", form, "--store", str(path)]) == 0
                out, err = capsys.readouterr()
                assert (out.endswith("\n"), err) == (True, "")
    assert main(["check", str(path)]) in (0, 1)
    assert file_state(path) == before


@pytest.mark.parametrize("name", FAULTS)
def test_commands_accept_a_store_with_a_fault_that_only_check_reports(
    name: str, tables: Tables, make_store: MakeStore, capsys: pytest.CaptureFixture[str]
) -> None:
    edit, _ = FAULTS[name]
    edit(tables)
    path = str(make_store(tables))
    days = ("2021-05-20", "2021-06-30")
    for command in (["snapshot", days[1], "--full"], ["compare", *days], ["events", "--full"], ["runs"]):
        assert main([*command, "--store", path]) == 0
        assert capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("name", USABLE)
async def test_the_app_accepts_an_unusual_store(name: str, tmp_path: Path, tables: Tables) -> None:
    path = USABLE[name](tmp_path, tables)
    before = file_state(path)
    app = KjtuiApp(History(load(path)))
    async with app.run_test(size=NORMAL) as pilot:
        if "calendar" in name:
            await press(pilot, "home", "left", "left_square_bracket", "left_curly_bracket", "p", "M", "c")
            await press(pilot, "end", "right", "right_square_bracket", "right_curly_bracket", "n", "m")
            await press(pilot, "plus", "c", "escape", "w", "escape", "g", *"+9y", "enter", "escape")
        await press(pilot, "end", "left")
        assert app.is_running
    assert file_state(path) == before


@pytest.mark.slow
def test_a_store_of_100_mb_opens_and_is_refused_if_cut_short(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "store.json"
    summary = "The bridge stays as it is – 다리. " * 120
    tables["events"] = {
        str(number): {**event(tables, "5"), "id": f"event-{number}", "date": "2021-07-01", "summary": summary}
        for number in range(22_000)
    }
    path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    assert path.stat().st_size > 100_000_000
    result = kjtui("snapshot", "2021-06-30", "--store", str(path))
    assert (result.returncode, result.stderr) == (0, "")
    assert "The Mill Lane bridge" in result.stdout
    os.truncate(path, path.stat().st_size - 1)
    result = kjtui("snapshot", "2021-06-30", "--store", str(path))
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(rf"kjtui: {re.escape(str(path))}: not JSON: .+\n", result.stderr)
