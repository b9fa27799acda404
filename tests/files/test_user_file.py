"""Reading and writing the user's own JSON files, even if the path is a pipe, a device or a huge file."""

import os
from pathlib import Path

import pytest

from kjtui.files.file_watch import FileWatch
from kjtui.files.user_file import MAX_SIZE, BrokenFileError, UserFileError, read_json, write_json
from support.paths import ODD_SHAPES
from support.stores import shared_folder, unprivileged


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "file.json"


def test_a_written_file_is_read_again_and_its_folder_is_created(path: Path) -> None:
    write_json({"불화수소": [1, None]}, path)
    assert read_json(path) == {"불화수소": [1, None]}
    assert "불화수소" in path.read_text(encoding="utf-8")


def test_a_missing_file_is_not_created(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_json(path)
    assert not path.parent.exists()


@pytest.mark.parametrize("shape", ODD_SHAPES)
def test_a_pipe_or_a_huge_file_is_refused_without_waiting(shape: str, tmp_path: Path) -> None:
    make, reason = ODD_SHAPES[shape]
    path = tmp_path / "file.json"
    make(path)
    with pytest.raises(UserFileError, match=reason) as error:
        read_json(path)
    assert str(error.value).isprintable()
    assert str(path) in str(error.value)


@pytest.mark.parametrize("shape", [shape for shape in ODD_SHAPES if shape != "a huge file"])
def test_a_pipe_or_folder_is_not_written(shape: str, tmp_path: Path) -> None:
    make, reason = ODD_SHAPES[shape]
    path = tmp_path / "file.json"
    make(path)
    before = path.lstat()
    with pytest.raises(UserFileError, match=reason):
        write_json({}, path)
    assert path.lstat().st_mode == before.st_mode
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"\0", b'{"a": 1} x'])
def test_a_broken_and_an_unreadable_file_have_different_errors(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with pytest.raises(BrokenFileError, match="not JSON") as error:
        read_json(path)
    assert str(error.value).isprintable()
    assert path.read_bytes() == content


def test_a_fault_of_json_is_found_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('{"theme": "nord",\n  "keys": {"help" "f2"}}')
    with pytest.raises(BrokenFileError, match="line 2, column 19"):
        read_json(path)


def test_a_content_too_large_to_read_is_not_written(path: Path) -> None:
    with pytest.raises(UserFileError, match="larger than"):
        write_json("x" * MAX_SIZE, path)
    assert not path.exists()


def test_an_unreadable_file_is_refused() -> None:
    with shared_folder() as folder:
        path = folder / "file.json"
        path.write_text("{}")
        path.chmod(0)
        folder.chmod(0o777)
        with unprivileged(), pytest.raises(UserFileError, match="cannot be read: Permission denied"):
            read_json(path)


def test_a_path_adds_no_line_to_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a\n\x1b[31m\u202eb"
    path.mkdir()
    with pytest.raises(UserFileError) as error:
        read_json(path)
    assert str(error.value).isprintable()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o400])
def test_a_file_keeps_its_mode_and_its_link(mode: int, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("{}")
    target.chmod(mode | 0o200)
    link.symlink_to("target.json")
    write_json({"new": 1}, link)
    assert link.is_symlink()
    assert read_json(target) == {"new": 1}
    assert target.stat().st_mode & 0o777 == mode | 0o200


def test_nobody_else_may_read_a_private_file_while_it_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.json"
    path.write_text("{}")
    path.chmod(0o600)
    modes: list[int] = []
    sync = os.fsync

    def watch(descriptor: int) -> None:
        modes.append(os.fstat(descriptor).st_mode & 0o777)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    write_json({}, path)
    assert modes == [0o600]


def test_a_watch_reports_each_change_once(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    watch = FileWatch(path)
    for change in (lambda: path.write_text("{}"), lambda: path.write_text("[1]"), path.unlink):
        assert not watch.changed()
        change()
        assert watch.changed()
    assert not watch.changed()


def test_reading_a_device_does_not_count_as_a_change(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    os.mkfifo(path)
    watch = FileWatch(path)
    os.utime(path)
    assert not watch.changed()
