"""The commands: their output, exit codes and messages."""

import contextlib
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kjtui import __version__
from kjtui.cli.commands import main
from kjtui.history.snapshot import History
from kjtui.record.store import default_store, load
from support.exports import as_text
from support.stores import BRIDGE, GOLDEN, ROOT

GOLDEN_TEXT = GOLDEN / "2020-03-10.txt"
NEEDS_FULL_DEVICE = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs a device that is always full"
)


def kjtui(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, "-m", "kjtui", *arguments],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment | {"LC_ALL": "C"},
        check=False,
    )


def test_snapshot_prints_the_same_text_in_any_locale() -> None:
    record = replace(load(ROOT / "data.json"), store="")
    snapshot = History(record).snapshot(date(2020, 3, 10))
    result = kjtui("snapshot", "2020-03-10")
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == as_text(snapshot).encode()


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_same_day_gives_the_same_bytes_for_any_hash_seed(form: str) -> None:
    arguments = [sys.executable, "-m", "kjtui", "snapshot", "2020-03-10", "--format", form]
    outputs = {
        subprocess.run(
            arguments, capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert outputs != {b""}


def test_output_writes_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "day.txt"
    assert main(["snapshot", "2020-03-10", "--output", str(path)]) == 0
    assert path.read_bytes() == GOLDEN_TEXT.read_bytes()


def test_the_extension_of_the_output_file_selects_the_format(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    assert main(["snapshot", "2020-03-10", "--output", str(path)]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["as_of"] == "2020-03-10"


def test_an_existing_file_is_overwritten_only_with_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "day.txt"
    path.write_text("mine")
    assert main(["snapshot", "2020-03-10", "--output", str(path)]) == 2
    assert path.read_text() == "mine"
    assert capsys.readouterr().err == f"kjtui: {path}: exists (--force overwrites it)\n"
    assert main(["snapshot", "2020-03-10", "--output", str(path), "--force"]) == 0
    assert path.read_bytes() == GOLDEN_TEXT.read_bytes()


def test_the_default_day_is_that_of_the_latest_change(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshot", "--format", "json", "--output", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["as_of"] == "2025-10-09"


@pytest.mark.parametrize("position", ["before", "after"])
def test_store_option_before_or_after_the_command(position: str, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(BRIDGE)]
    command = ["snapshot", "2021-03-05"]
    assert main(store + command if position == "before" else command + store) == 0
    assert "The Mill Lane bridge" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["snapshot", "2020-02-30"], "there is no 2020-02-30 in the calendar"),
        (["snapshot", "someday"], "'someday' is not a day: try 2019-07-04, "),
        (["snapshot", "3/4/2020"], "'3/4/2020' can mean 2020-03-04, 2020-04-03"),
        (
            ["snapshot", "2020-03-10", "--format", "pdf"],
            "there is no format 'pdf'; available: text, markdown, html, json",
        ),
        (
            ["snapshot", "2020-03-10", "--store", "/nowhere.json"],
            "/nowhere.json: cannot be read: No such file",
        ),
        (["snapshot", "2020-03-10", "--output", "/nowhere/day.txt"], "/nowhere/day.txt: cannot be written"),
        (["check", "/nowhere.json"], "/nowhere.json: cannot be read"),
        (["dance"], "there is no command 'dance'"),
        (["bogus"], "there is no command 'bogus' (see"),
        (["compare", "2020-03-10", "x"], "'x' is not a day"),
        (["serve", "--date", "x"], "'x' is not a day"),
        (["--date", "2020-03-10", "snapshot"], "--date sets the day of the app"),
        (["why", "tea"], "there is no track 'tea'; available: photoresist"),
        (["compare", "2020-03-10"], "the following arguments are required: DAY"),
        (["snapshot", "--output", "~nobody-of-this-name/x"], "cannot be written: Could not determine home"),
        ([], "the app needs a terminal"),
    ],
)
def test_an_unusable_request_gets_one_line_and_exit_code_2(arguments: list[str], expected: str) -> None:
    result = kjtui(*arguments)
    message = result.stderr.decode()
    assert result.returncode == 2
    assert result.stdout == b""
    assert message.startswith("kjtui: ")
    assert expected in message
    assert message.count("\n") == 1


def test_check_prints_nothing_for_a_valid_store() -> None:
    result = kjtui("check")
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


def test_check_prints_table_id_and_field_and_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "store.json"
    path.write_text(
        BRIDGE.read_text(encoding="utf-8").replace('"crack-found"', "").replace("Gazette", ""), "utf-8"
    )
    path.write_text(path.read_text(encoding="utf-8").replace('"2021-07-01"', '"2021-07-41"'), "utf-8")
    assert main(["check", str(path)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        f"{path}: events: 2021-07-01-foot: date: no such date: '2021-07-41'"
    )


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--version", "--store", str(BRIDGE)], ["--version", "snapshot"]]
)
def test_the_version_option_prints_program_and_record(arguments: list[str]) -> None:
    result = kjtui(*arguments)
    record = load(BRIDGE if "--store" in arguments else default_store()).dataset.version
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode() == f"kjtui {__version__} · record {record}\n"


def test_the_version_option_prints_the_program_if_the_record_cannot_be_read() -> None:
    result = kjtui("--version", "--store", "/nowhere.json")
    assert result.returncode == 2
    assert result.stdout.decode() == f"kjtui {__version__}\n"
    assert result.stderr.startswith(b"kjtui: /nowhere.json: cannot be read")


def test_a_pipe_closed_early_is_not_an_error() -> None:
    command = f"{sys.executable} -m kjtui snapshot 2023-04-14 | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert result.stdout.decode() == "Japan–Korea export controls\n"
    assert result.stderr == b""


@NEEDS_FULL_DEVICE
def test_a_full_device_is_reported() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "kjtui", "snapshot", "2020-03-10"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert result.returncode == 2
    assert result.stderr == b"kjtui: cannot write: No space left on device\n"


@pytest.mark.parametrize(
    ("command", "output", "errors"),
    [
        ("snapshot >&-", "", "kjtui: cannot write: standard output is closed\n"),
        ("check /nowhere.json >&-", "", "kjtui: /nowhere.json: cannot be read: No such file or directory\n"),
        ("why tea 2>&-", "", ""),
        ("<&- >&-", "", "kjtui: the app needs a terminal; `kjtui snapshot` prints without one\n"),
        pytest.param(
            "--help >/dev/full",
            "",
            "kjtui: cannot write: No space left on device\n",
            marks=NEEDS_FULL_DEVICE,
        ),
        pytest.param(
            "--version >/dev/full",
            "",
            "kjtui: cannot write: No space left on device\n",
            marks=NEEDS_FULL_DEVICE,
        ),
        pytest.param("snapshot >/dev/full 2>/dev/full", "", "", marks=NEEDS_FULL_DEVICE),
    ],
)
def test_closed_and_full_streams_are_reported_if_a_stream_is_left(
    command: str, output: str, errors: str
) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    shell = f"{sys.executable} -m kjtui {command}"
    result = subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, check=False, env=environment
    )
    assert (result.returncode, result.stdout, result.stderr) == (2, output, errors)


def test_a_message_reaches_a_stream_without_an_encoding() -> None:
    with contextlib.redirect_stderr(io.StringIO()) as errors:
        assert main(["snapshot", "tomorrowish"]) == 2
    assert errors.getvalue().startswith("kjtui: ")
