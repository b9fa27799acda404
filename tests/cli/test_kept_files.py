"""No output overwrites the open store or the notes. An export to a folder writes only to this folder."""

import os
from pathlib import Path

import pytest

from kjtui.cli.commands import main
from support.paths import tree
from support.stores import BRIDGE, MakeStore, Tables

EXPORTS = {
    "page": ["snapshot", "2021-03-01"],
    "list": ["events", "--format", "json"],
    "database": ["export", "--format", "sqlite"],
    "bibliography": ["export", "--format", "ris"],
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.json"
    path.write_bytes(BRIDGE.read_bytes())
    return path


@pytest.mark.parametrize("arguments", EXPORTS.values(), ids=EXPORTS)
@pytest.mark.parametrize("name", ["store.json", "link.json", "hard.json", "folder/../store.json"])
def test_no_export_overwrites_the_store_that_is_read(
    arguments: list[str], name: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (store.parent / "folder").mkdir()
    (store.parent / "link.json").symlink_to(store)
    os.link(store, store.parent / "hard.json")
    output = store.parent / name
    assert main([*arguments, "--store", str(store), "--output", str(output), "--force"]) == 2
    assert capsys.readouterr().err == f"kjtui: {output}: is read by kjtui, and is never overwritten\n"
    assert store.read_bytes() == BRIDGE.read_bytes()


def test_a_build_overwrites_the_last_store_but_no_text_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, store = tmp_path / "record", tmp_path / "record.json"
    assert main(["new", str(folder)]) == 0
    assert main(["build", str(folder), "--output", str(store)]) == 0
    assert main(["build", str(folder), "--output", str(store), "--force"]) == 0
    before = tree(folder)
    for name in ("dataset.toml", next(path.name for path in folder.glob("events/*.toml"))):
        [path] = folder.rglob(name)
        assert main(["build", str(folder), "--output", str(path), "--force"]) == 2
        assert (
            main(["snapshot", "--store", str(folder), "--output", str(path), "--force", "--format", "text"])
            == 2
        )
    assert tree(folder) == before


def test_no_export_overwrites_the_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.json"
    path.write_text('{"notes": {}}')
    monkeypatch.setattr("kjtui.notes.default_path", lambda: path)
    assert main(["notes", "--format", "json", "--output", str(path), "--force"]) == 2
    assert path.read_text() == '{"notes": {}}'


def test_a_series_of_a_store_is_not_written_outside_the_folder(
    tables: Tables, make_store: MakeStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    point = {"period": "2021-02", "value": 7.5, "published": "2021-06-01", "sources": ["gazette"]}
    about = {"track": "bridge", "title": "t", "measure": "m", "unit": "u", "points": [point]}
    tables["series"] = {"1": {"id": "../../evil", **about}}
    folder = tmp_path / "out" / "record"
    assert main(["build", "--reverse", str(make_store(tables)), str(folder), "--force"]) == 2
    assert "a path is outside the folder: series/../../evil.csv" in capsys.readouterr().err
    assert not list(tmp_path.rglob("evil.csv"))
