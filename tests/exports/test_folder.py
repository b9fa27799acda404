"""Writing several files into a folder, all of them or none."""

import os
from pathlib import Path

import pytest

from kjtui.exports.files import ExistsError, ExportError
from kjtui.exports.folder import save_all

FILES = {"a.csv": "1\r\n", "b.csv": "– 불화수소\r\n", "c.csv": ""}


def found(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


@pytest.fixture(params=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """File systems with and without hard links."""
    if request.param == "no links":

        def no_links(source: object, target: object) -> None:
            raise PermissionError(1, os.strerror(1))

        monkeypatch.setattr(os, "link", no_links)


def test_the_folder_is_made(tmp_path: Path) -> None:
    save_all(FILES, tmp_path / "new")
    assert found(tmp_path / "new") == FILES
    assert list(tmp_path.iterdir()) == [tmp_path / "new"]


@pytest.mark.usefixtures("links")
def test_a_folder_that_is_there_keeps_its_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    save_all(FILES, tmp_path)
    assert found(tmp_path) == FILES | {"mine.txt": "mine"}


@pytest.mark.usefixtures("links")
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
def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("old")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "taken" / "b.csv").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ExportError):
        save_all(FILES, tmp_path / name, force=True)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file.txt").read_text() == "old"


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("broken", ["fsync", "link"])
def test_a_failure_half_way_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, force: bool
) -> None:
    old = {"a.csv": "old", "b.csv": "older"} if force else {"mine.txt": "mine"}
    for name, text in old.items():
        (tmp_path / name).write_text(text)
    works, calls = getattr(os, broken), []

    def breaks(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 3:
            raise OSError(28, os.strerror(28))
        works(*arguments)

    monkeypatch.setattr(os, broken, breaks)
    with pytest.raises(ExportError, match="No space left"):
        save_all(FILES, tmp_path, force=force)
    assert found(tmp_path) == old


def test_a_full_disk_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        save_all(FILES, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_somebody_takes_a_name_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def race(source: object, target: Path) -> None:
        if target.name == "b.csv":
            target.write_text("theirs")
        link(source, target)  # type: ignore[arg-type]  # a path

    monkeypatch.setattr(os, "link", race)
    with pytest.raises(ExistsError):
        save_all(FILES, tmp_path)
    assert found(tmp_path) == {"b.csv": "theirs"}
