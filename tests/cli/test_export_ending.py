"""`kjtui export` chooses its format by the suffix of --output, and rejects unknown suffixes."""

from pathlib import Path

import pytest

from kjtui.cli.commands import main


@pytest.mark.parametrize("name", ["x.doc", "x.txt", "tables.csv", "v1.2", "x.ICS.gz"])
def test_an_unknown_extension_is_refused_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    assert main(["export", "--output", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        f"kjtui: {path}: no format has the extension {path.suffix}; available: .ics, .sqlite, .ris, "
        ".bib, .csl.json; for CSV tables, use --output tables; for web pages, use --output site\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["tables"], ["v1.2", "--format", "csv"], ["there.d"], ["a.b/tables"]])
def test_a_folder_is_written_if_its_name_is_unambiguous(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "there.d").mkdir()
    (tmp_path / "a.b").mkdir()
    name, *options = arguments
    assert main(["export", "--output", str(tmp_path / name), *options]) == 0
    assert (tmp_path / name / "events.csv").is_file()


@pytest.mark.parametrize("name", ["sources.bib", "tables", "record.sqlite"])
def test_the_written_path_is_reported_on_standard_error(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    assert main(["export", "--output", str(path)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    files = f"{len(list(path.iterdir()))} files in " if path.is_dir() else ""
    assert told.err == f"kjtui: wrote {files}{path}\n"
