"""Writing files whole or not at all."""

import os
from pathlib import Path

import pytest

from kjtui.text.export import ExistsError, ExportError, format_of, save


def test_a_file_is_written_as_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "day.txt"
    save("– 불화수소\n", path)
    assert path.read_bytes() == "– 불화수소\n".encode()
    assert list(tmp_path.iterdir()) == [path]


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


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/day.txt", "No such file"),
        (".", "is a folder"),
        ("file.txt/day.txt", "Not a directory"),
        ("nul\0byte", "cannot be written"),
        ("x" * 300, "too long"),
        ("loop", "cannot be written"),
    ],
)
def test_what_cannot_be_written_says_why_and_leaves_nothing(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "file.txt").write_text("old")
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ExportError, match=why):
        save("new", tmp_path / name, force=True)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "file.txt").read_text() == "old"


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "day.txt"
    path.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        save("new", path, force=True)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


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


def test_a_file_system_without_links_does_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: object, target: object) -> None:
        raise PermissionError(1, os.strerror(1))

    monkeypatch.setattr(os, "link", no_links)
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


def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ExportError, match="is not a regular file"):
        save("text", pipe, force=True)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
