"""Writing files whole or not at all, and the dialog that says what happened."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from kjtui.exports.files import ExistsError, ExportError, format_of, save
from kjtui.exports.plain import snapshot_text
from kjtui.history.snapshot import History
from kjtui.tui.dialogs.export import ExportDialog
from support.app import NARROW, NORMAL, app_on, press
from support.stores import shared_folder, unprivileged

DEADLINE = 60
"""Seconds after which a process counts as hung."""

Prepare = Callable[[Path], Any]


def nothing(folder: Path) -> None:
    """A folder as it is."""


CANNOT: dict[str, tuple[str, Prepare, str]] = {
    "a folder that is not there": ("gone/day.txt", nothing, "cannot be written: No such file or directory"),
    "a folder": ("folder", lambda f: (f / "folder").mkdir(), "is a folder"),
    "this folder": (".", nothing, "is a folder"),
    "the home folder": ("~", nothing, "is a folder"),
    "nobody's home": ("~nobody-of-this-name/day.txt", nothing, "cannot be written: Could not determine home"),
    "in a file": ("file/day.txt", lambda f: (f / "file").touch(), "cannot be written: Not a directory"),
    "a name too long": ("x" * 300, nothing, "cannot be written: File name too long"),
    "a link to itself": ("loop", lambda f: (f / "loop").symlink_to("loop"), "cannot be written: "),
    "a pipe": ("pipe", lambda f: os.mkfifo(f / "pipe"), "is not a file"),
    "a device": ("/dev/null", nothing, "is not a file"),
}
"""Where nothing can be written whatever its leave: what is typed, what is there, what is told."""

CAN: dict[str, tuple[str, Prepare, str]] = {
    "a name": ("day.txt", nothing, "day.txt"),
    "a path": ("sub/../day.txt", lambda f: (f / "sub").mkdir(), "day.txt"),
    "in the home folder": ("~/day.txt", nothing, "home/day.txt"),
    "a link to nothing yet": ("link", lambda f: (f / "link").symlink_to("day.txt"), "day.txt"),
    "a name in another script": ("날 日.txt", nothing, "날 日.txt"),
    "a name that looks like an option": ("--force", nothing, "--force"),
}
"""What can be typed: what is there, and where it is written."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a home folder in it."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in a folder, hidden files too, with mode and content."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", CANNOT)
def test_what_cannot_be_written_says_why_and_leaves_nothing(name: str, force: bool, here: Path) -> None:
    typed, prepare, why = CANNOT[name]
    prepare(here)
    before = tree(here)
    with pytest.raises(ExportError) as error:
        save("new", Path(typed), force=force)
    assert f": {why}" in str(error.value)
    assert str(error.value).isprintable()
    assert tree(here) == before


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", CAN)
def test_what_can_be_typed_is_written_there(name: str, force: bool, here: Path) -> None:
    typed, prepare, place = CAN[name]
    prepare(here)
    before = tree(here)
    save("– 불화수소\n", Path(typed), force=force)
    assert (here / place).read_bytes() == "– 불화수소\n".encode()
    assert set(tree(here)) - set(before) == {place}


def test_a_name_with_nul_is_refused(here: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        save("new", Path("nul\0byte"))


def test_a_file_is_overwritten_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "day.txt"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(ExistsError, match="exists"):
        save("new", path)
    assert path.read_text() == "old"
    save("new", path, force=True)
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to("real.txt")
    save("new", link, force=True)
    assert link.is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


@pytest.mark.parametrize("name", ["an unwritable folder", "an unwritable file"])
def test_what_one_may_not_write_stays_as_it_is(name: str) -> None:
    with shared_folder() as folder:
        path = folder / "day.txt"
        path.write_text("old")
        path.chmod(0o444)
        folder.chmod(0o555 if name == "an unwritable folder" else 0o777)
        with unprivileged():
            for target, force in ((path, True), (folder / "new.txt", False)):
                if target == path or name == "an unwritable folder":
                    with pytest.raises(ExportError, match=f"{target}: cannot be written: Permission denied"):
                        save("new", target, force=force)
        assert tree(folder) == {"day.txt": (path.stat().st_mode, b"old")}


def test_a_folder_that_went_meanwhile_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = here / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(ExportError, match=r"day\.txt: cannot be written: No such file"):
        save("new", Path("day.txt"))


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def no_links(*_: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


STEPS: dict[str, tuple[str, str]] = {
    "writing a new file": ("os.fsync", "new.txt"),
    "writing over a file": ("os.fsync", "old.txt"),
    "naming a new file": ("os.link", "new.txt"),
    "naming it where there are no links": ("pathlib.Path.replace", "new.txt"),
    "naming it as a file that is": ("pathlib.Path.replace", "old.txt"),
}
"""Where a write can fail: the function that does, and the file that was to be written."""


@pytest.mark.parametrize(
    ("fault", "raised"), [(full, ExportError), (interrupted, KeyboardInterrupt)], ids=["full", "interrupted"]
)
@pytest.mark.parametrize("step", STEPS)
def test_what_fails_on_the_way_leaves_all_as_it_was(
    step: str,
    fault: Callable[..., None],
    raised: type[BaseException],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing, name = STEPS[step]
    (tmp_path / "old.txt").write_text("old")
    before = tree(tmp_path)
    monkeypatch.setattr("os.link", no_links)
    monkeypatch.setattr(failing, fault)
    with pytest.raises(raised):
        save("new", tmp_path / name, force=name == "old.txt")
    assert tree(tmp_path) == before


def test_a_disk_without_room_leaves_the_old_file(tmp_path: Path) -> None:
    """A real write that fails in its middle: the process may write files of 1,000 bytes and no more."""
    path = tmp_path / "day.txt"
    path.write_text("old")
    result = python(
        "import resource, sys; from kjtui.cli import main; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
        "sys.exit(main(['snapshot', '2020-03-10', '--force', '--output', sys.argv[1]]))",
        str(path),
    )
    out, err = result.communicate(timeout=DEADLINE)
    assert (result.returncode, out) == (2, "")
    assert err == f"kjtui: {path}: cannot be written: {os.strerror(errno.EFBIG)}\n"
    assert tree(tmp_path) == {"day.txt": (path.stat().st_mode, b"old")}


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda end: end.name)
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_process_killed_in_the_middle_leaves_the_old_file(
    step: str, end: signal.Signals, tmp_path: Path
) -> None:
    path = tmp_path / "day.txt"
    path.write_text("old")
    process = python(
        f"import os, pathlib, sys, time\nfrom kjtui.cli import main\n"
        "def stop(*_):\n print('there', flush=True)\n time.sleep(600)\n"
        f"{step} = stop\nmain(['snapshot', '2020-03-10', '--force', '--output', sys.argv[1]])",
        str(path),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "there\n"
    process.send_signal(end)
    process.communicate(timeout=DEADLINE)
    assert path.read_text() == "old"
    others = [other.name for other in tmp_path.iterdir() if other != path]
    assert all(name.startswith(".kjtui-") for name in others)
    assert len(others) == (0 if end == signal.SIGINT else 1)
    save("new", path, force=True)
    assert path.read_text() == "new"


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_somebody_takes_the_name_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "day.txt"
    sync = os.fsync

    def race(descriptor: int) -> None:
        sync(descriptor)
        path.write_text("theirs")

    monkeypatch.setattr(os, "fsync", race)
    with pytest.raises(ExistsError):
        save("ours", path)
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("moment", ["fsync", "chmod"])
def test_the_file_is_deleted_meanwhile(moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "day.txt"
    path.write_text("old")
    done = getattr(os, moment)

    def race(*arguments: Any, **named: Any) -> None:
        done(*arguments, **named)
        path.unlink()

    monkeypatch.setattr(os, moment, race)
    save("new", path, force=True)
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_the_folder_is_deleted_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", lambda descriptor: shutil.rmtree(folder))
    with pytest.raises(ExportError, match="cannot be written: No such file"):
        save("new", folder / "day.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_links_does_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.link", no_links)
    path = tmp_path / "day.txt"
    save("new", path)
    assert path.read_text() == "new"
    with pytest.raises(ExistsError):
        save("newer", path)
    assert list(tmp_path.iterdir()) == [path]


def test_the_suffix_picks_the_format() -> None:
    assert [format_of(Path(name)) for name in ("a.txt", "a.JSON", "a", "a.odt")] == [
        "text",
        "json",
        "text",
        "text",
    ]


# The dialog


async def submit(pilot: Pilot[None], typed: str) -> str:
    """Type a path into the open dialog and press enter: what it says then, being still open."""
    dialog = pilot.app.screen
    dialog.query_one(Input).value = typed
    await press(pilot, "enter")
    assert pilot.app.screen is dialog
    assert dialog.query_one(Input).value == typed
    assert dialog.query_one(Input).has_focus
    return said(pilot)


def said(pilot: Pilot[None]) -> str:
    message = pilot.app.screen.query_one(".message", Static)
    assert message.region.bottom <= pilot.app.size.height
    return str(message.content)


async def test_the_dialog_says_why_it_could_not_and_stays_open(bridge: History, here: Path) -> None:
    for _, prepare, _ in CANNOT.values():
        prepare(here)
    (here / "old.txt").write_text("old")
    before = tree(here)
    app = app_on(bridge, "2021-07-01")
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await press(pilot, "e")
        assert said(pilot) == f"in {here}"
        for typed, _, why in CANNOT.values():
            assert f": {why}" in await submit(pilot, typed)
        assert await submit(pilot, "  ") == "a file name is needed"
        with shared_folder() as folder:
            folder.chmod(0o555)
            with unprivileged():
                assert (await submit(pilot, f"{folder}/day.txt")).endswith(
                    "cannot be written: Permission denied"
                )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("os.fsync", full)
            assert await submit(pilot, "day.txt") == "day.txt: cannot be written: No space left on device"
        assert await submit(pilot, "old.txt") == "old.txt exists: enter again overwrites it"
        assert tree(here) == before
        await press(pilot, "backspace")
        assert said(pilot) == f"in {here}"
        await press(pilot, "t", "escape")
        assert tree(here) == before
        assert not app._notifications


async def test_leave_to_overwrite_is_for_one_name_and_one_time(bridge: History, here: Path) -> None:
    for name in ("old.txt", "older.txt"):
        (here / name).write_text(name)
    app = app_on(bridge, "2021-07-01")
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "e")
        assert "exists" in await submit(pilot, "old.txt")
        assert "exists" in await submit(pilot, "older.txt")
        assert "exists" in await submit(pilot, "old.txt")
        (here / "old.txt").unlink()
        await press(pilot, "enter")
        assert not isinstance(app.screen, ExportDialog)
    assert (here / "old.txt").read_text(encoding="utf-8") == snapshot_text(bridge.snapshot(date(2021, 7, 1)))
    assert (here / "older.txt").read_text() == "older.txt"


@pytest.mark.parametrize("name", CAN)
async def test_the_dialog_writes_and_says_where(name: str, bridge: History, here: Path) -> None:
    typed, prepare, place = CAN[name]
    prepare(here)
    app = app_on(bridge, "2021-07-01")
    async with app.run_test(size=NORMAL, notifications=True) as pilot:
        await press(pilot, "e")
        app.screen.query_one(Input).value = typed
        await press(pilot, "enter")
        assert not isinstance(app.screen, ExportDialog)
        assert [n.message for n in app._notifications] == [f"Saved {Path(typed).expanduser().absolute()}"]
    assert (here / place).read_text(encoding="utf-8") == snapshot_text(bridge.snapshot(date(2021, 7, 1)))


async def test_a_folder_that_is_no_more_is_told(
    bridge: History, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(bridge, "2021-07-01")
    gone = here / "gone"
    gone.mkdir()
    async with app.run_test(size=NORMAL) as pilot:
        monkeypatch.chdir(gone)
        gone.rmdir()
        await press(pilot, "e")
        assert said(pilot) == "in a folder that is no more"
        assert "cannot be written: No such file" in await submit(pilot, "day.txt")
        monkeypatch.chdir(here)
