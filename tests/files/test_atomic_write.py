"""Atomic writes of one file, and of several files together."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest

from kjtui.files.atomic_write import ExistsError, ExportError, reason_of, save, save_all
from kjtui.languages import speaking
from support.paths import CAN, CANNOT, full, tree
from support.stores import shared_folder, unprivileged

DEADLINE = 60
"""Timeout in seconds. A process that runs longer counts as hung."""


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", CANNOT)
def test_a_file_that_cannot_be_saved_has_a_reason_and_leaves_nothing(
    name: str, force: bool, here: Path
) -> None:
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
def test_a_file_is_saved_at_the_typed_path(name: str, force: bool, here: Path) -> None:
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
def test_a_read_only_file_is_not_overwritten(name: str) -> None:
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


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOENT, "ファイルまたはフォルダーがない"),
        (errno.EACCES, "権限がない"),
        (errno.ENOSPC, "ディスクの空きがない"),
        (errno.EISDIR, "フォルダーである"),
        (errno.EROFS, "読み取り専用のファイルシステム"),
        (errno.EDEADLK, os.strerror(errno.EDEADLK)),
    ],
)
@pytest.mark.usefixtures("all_languages")
def test_common_errors_of_the_system_are_translated(number: int, reason: str) -> None:
    with speaking("ja"):
        assert reason_of(OSError(number, os.strerror(number), "day.txt")) == reason


def test_a_folder_deleted_during_a_save_is_reported(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = here / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(ExportError, match=r"day\.txt: cannot be written: No such file"):
        save("new", Path("day.txt"))


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
"""The steps of writing a file. For each step: a function that can fail, and the target file."""


@pytest.mark.parametrize(
    ("fault", "raised"), [(full, ExportError), (interrupted, KeyboardInterrupt)], ids=["full", "interrupted"]
)
@pytest.mark.parametrize("step", STEPS)
def test_a_save_that_fails_half_way_leaves_the_old_file(
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
    """A limit of 1,000 bytes per file makes a real write fail halfway."""
    path = tmp_path / "day.txt"
    path.write_text("old")
    result = python(
        "import resource, sys; from kjtui.cli.commands import main; "
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
        "import os, pathlib, signal, sys, time\nfrom kjtui.cli.commands import main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # background jobs ignore SIGINT
        # Sleeps are short: if a signal arrives just before a sleep, Python handles it after the sleep.
        "def stop(*_):\n print('there', flush=True)\n while True: time.sleep(0.01)\n"
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
        # No bytecode (-B): a limit on the size of files would truncate the bytecode files.
        [sys.executable, "-B", "-c", code, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_a_file_created_during_a_save_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
def test_a_file_deleted_during_a_save_is_written_anew(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_save_fails_if_its_folder_is_deleted_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", lambda descriptor: shutil.rmtree(folder))
    with pytest.raises(ExportError, match="cannot be written: No such file"):
        save("new", folder / "day.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_links_works_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.link", no_links)
    path = tmp_path / "day.txt"
    save("new", path)
    assert path.read_text() == "new"
    with pytest.raises(ExistsError):
        save("newer", path)
    assert list(tmp_path.iterdir()) == [path]


# Several files

FILES = {"a.csv": "1\r\n", "b.csv": "– 불화수소\r\n", "c.csv": ""}


def found(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


@pytest.fixture(params=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test on a file system with hard links, and on a file system without hard links."""
    if request.param == "no links":
        monkeypatch.setattr("os.link", no_links)


def test_a_missing_folder_is_created(tmp_path: Path) -> None:
    save_all(FILES, tmp_path / "new")
    assert found(tmp_path / "new") == FILES
    assert list(tmp_path.iterdir()) == [tmp_path / "new"]


@pytest.mark.usefixtures("links")
def test_an_existing_folder_keeps_its_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    save_all(FILES, tmp_path)
    assert found(tmp_path) == FILES | {"mine.txt": "mine"}


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize("name", ["../evil.csv", "series/../../evil.csv", "{}/evil.csv"])
@pytest.mark.parametrize("exists", [False, True])
def test_no_name_leads_to_a_file_outside_the_folder(name: str, exists: bool, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    if exists:
        folder.mkdir()
    with pytest.raises(ExportError, match="is outside the folder"):
        save_all({"good.csv": "", name.format(tmp_path): ""}, folder, force=True)
    assert [path.name for path in tmp_path.rglob("*")] == (["folder"] if exists else [])


def test_files_are_overwritten_only_by_force(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("old")
    (tmp_path / "b.csv").chmod(0o640)
    with pytest.raises(ExistsError, match=r"b\.csv: exists"):
        save_all(FILES, tmp_path)
    assert found(tmp_path) == {"b.csv": "old"}
    save_all(FILES, tmp_path, force=True)
    assert found(tmp_path) == FILES
    assert (tmp_path / "b.csv").stat().st_mode & 0o777 == 0o640


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    save_all(FILES, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert found(tmp_path / "real") == FILES


@pytest.mark.parametrize(
    "name", ["missing/new", "file.txt", "file.txt/new", "nul\0byte", "x" * 300, "loop", "taken"]
)
def test_a_folder_that_cannot_be_saved_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("old")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "taken" / "b.csv").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ExportError):
        save_all(FILES, tmp_path / name, force=True)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file.txt").read_text() == "old"


@pytest.mark.parametrize(
    ("broken", "force", "links"),
    [
        ("os.fsync", False, True),
        ("os.fsync", True, True),
        ("os.link", False, True),
        ("os.link", True, True),
        ("pathlib.Path.replace", False, False),
        ("pathlib.Path.replace", True, True),
        ("pathlib.Path.replace", True, False),
        ("shutil.copy2", True, False),
    ],
)
def test_a_failure_half_way_leaves_every_file_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, force: bool, links: bool
) -> None:
    old = {"a.csv": "old", "b.csv": "older"} if force else {"mine.txt": "mine"}
    for name, text in old.items():
        (tmp_path / name).write_text(text)
    works, calls = resolve_name(broken), []
    last = (
        2 if force and broken in ("os.link", "shutil.copy2") else 3
    )  # two files are backed up, and three files are written

    def breaks(*arguments: Any) -> None:
        calls.append(arguments)
        if len(calls) == last:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        works(*arguments)

    if not links:
        monkeypatch.setattr("os.link", no_links)
    monkeypatch.setattr(broken, breaks)
    with pytest.raises(ExportError, match="No space left"):
        save_all(FILES, tmp_path, force=force)
    assert found(tmp_path) == old


@pytest.mark.parametrize("name", ["loop", "folder/b.csv"])
def test_a_folder_with_a_link_to_itself_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / name).symlink_to(Path(name).name)
    with pytest.raises(ExportError, match=os.strerror(errno.ELOOP)):
        save_all(FILES, tmp_path / Path(name).parts[0], force=True)
    assert (tmp_path / name).is_symlink()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_link_in_a_folder_stays_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "real.csv").write_text("old")
    (folder / "b.csv").symlink_to("../real.csv")
    save_all(FILES, folder, force=True)
    assert (folder / "b.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes().decode() == FILES["b.csv"]


def test_a_read_only_file_in_a_folder_is_refused() -> None:
    with shared_folder() as folder:
        (folder / "b.csv").write_text("old")
        (folder / "b.csv").chmod(0o444)
        folder.chmod(0o777)
        with unprivileged(), pytest.raises(ExportError, match="cannot be written: Permission denied"):
            save_all(FILES, folder, force=True)
        assert found(folder) == {"b.csv": "old"}


def test_a_full_disk_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        save_all(FILES, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_file_created_during_a_save_of_a_folder_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def race(source: object, target: Path) -> None:
        if target.name == "b.csv":
            target.write_text("theirs")
        link(source, target)  # type: ignore[arg-type]  # a path

    monkeypatch.setattr(os, "link", race)
    with pytest.raises(ExistsError):
        save_all(FILES, tmp_path)
    assert found(tmp_path) == {"b.csv": "theirs"}
