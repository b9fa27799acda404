"""Open exports with programs that users may use. The script .ci/programs installs the Python programs."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from kjtui.cli.commands import main
from support.stores import ROOT

TEX = r"\documentclass{article}%s\begin{document}\nocite{*}%s\end{document}"

KHAL_FORMATS = """\
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def run(program: str, *arguments: object, folder: Path = ROOT) -> str:
    """Run a program and return its output. Fail if the program fails."""
    command = [program, *map(str, arguments)]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return result.stdout + result.stderr


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the record in the formats that the programs read. Return the folder of the exports."""
    folder = tmp_path_factory.mktemp("exports")
    for name in ("tables", "site", "record.sqlite", "record.ics", "sources.bib"):
        assert main(["export", "--output", str(folder / name)]) == 0
    assert main(["events", "--output", str(folder / "events.ndjson")]) == 0
    return folder


@pytest.mark.needs("frictionless")
def test_frictionless_finds_the_tables_valid(exports: Path) -> None:
    output = run("frictionless", "validate", "datapackage.json", "--json", folder=exports / "tables")
    assert json.loads(output)["valid"] is True


@pytest.mark.needs("sqlite-utils")
def test_sqlite_utils_reads_tables_keys_and_the_index(exports: Path) -> None:
    database = exports / "record.sqlite"
    names = {row["table"] for row in json.loads(run("sqlite-utils", "tables", database, "--fts5"))}
    assert names == {"events_fts", "sources_fts", "terms_fts"} or names == {"events", "sources", "terms"}
    found = json.loads(run("sqlite-utils", "search", database, "events", "GSOMIA", "--limit", "5"))
    assert len(found) == 5
    schema = run("sqlite-utils", "schema", database, "effects")
    assert 'FOREIGN KEY ("track", "state") REFERENCES "states"' in schema


@pytest.mark.needs("datasette")
def test_datasette_serves_the_database(exports: Path) -> None:
    path = "/record/events.json?_search=GSOMIA&_size=3"
    answer = run("datasette", exports / "record.sqlite", "--get", path)
    assert len(json.loads(answer[answer.index("{") :])["rows"]) == 3


@pytest.mark.needs("python-with-polars")
def test_polars_reads_a_list_as_the_cookbook_says(exports: Path) -> None:
    [call] = re.findall(
        r"pl\.read_ndjson\(.+?\)", (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    )
    rows = run("python-with-polars", "-c", f"import polars as pl; print({call}.height)", folder=exports)
    assert int(rows) == len((exports / "events.ndjson").read_text(encoding="utf-8").splitlines())


@pytest.mark.needs("pdflatex", "bibtex")
def test_bibtex_has_no_warning_and_prints_publisher_and_address(exports: Path) -> None:
    text = TEX % ("", r"\bibliographystyle{plain}\bibliography{sources}")
    (exports / "plain.tex").write_text(text)
    run("pdflatex", "-interaction=batchmode", "plain", folder=exports)
    assert "warning" not in run("bibtex", "plain", folder=exports).lower()
    entry = (exports / "plain.bbl").read_text(encoding="utf-8").split(r"\bibitem")[1]
    assert "http" in entry


@pytest.mark.needs("pdflatex", "biber")
def test_biber_reads_every_entry_and_biblatex_prints_no_language_code(exports: Path) -> None:
    packages = r"\usepackage[backend=biber]{biblatex}\addbibresource{sources.bib}"
    (exports / "biber.tex").write_text(TEX % (packages, r"\printbibliography"))
    run("pdflatex", "-interaction=batchmode", "biber", folder=exports)
    output = run("biber", "biber", folder=exports)
    assert not re.findall(r"^(?:WARN|ERROR)", output, re.MULTILINE)
    entries = (exports / "biber.bbl").read_text(encoding="utf-8")
    assert r"\list{language}" not in entries
    assert r"\field{howpublished}" in entries


@pytest.mark.needs("cffconvert")
def test_cffconvert_finds_the_citation_file_valid() -> None:
    run("cffconvert", "--validate", "-i", ROOT / "CITATION.cff")


@pytest.mark.needs("reuse")
def test_reuse_finds_a_licence_for_every_file(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    for name in {entry.strip("/").partition("/")[0] for entry in included}:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        else:
            shutil.copy(ROOT / name, tmp_path)
    run("reuse", "lint", folder=tmp_path)


@pytest.mark.needs("mandoc")
def test_mandoc_has_no_warning_about_the_manual() -> None:
    assert run("mandoc", "-T", "lint", ROOT / "docs" / "kjtui.1") == ""


@pytest.mark.needs("html-validate")
def test_html_validate_finds_nothing_in_the_site(exports: Path) -> None:
    run("html-validate", exports / "site")


@pytest.mark.needs("khal")
def test_khal_updates_the_entries_of_a_calendar_from_a_later_export(exports: Path, tmp_path: Path) -> None:
    store = json.loads((ROOT / "data.json").read_text(encoding="utf-8"))
    store["dataset"]["1"]["version"] += ".1"
    event = next(one for one in store["events"].values() if one["id"] == "2016-11-23-gsomia-signed")
    event["title"] = "The pact is signed"
    (tmp_path / "later.json").write_text(json.dumps(store), encoding="utf-8")
    later = tmp_path / "later.ics"
    assert main(["export", "--store", str(tmp_path / "later.json"), "--output", str(later)]) == 0
    (tmp_path / "entries").mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(f"[calendars]\n[[record]]\npath = {tmp_path}/entries\n[locale]\n{KHAL_FORMATS}")
    for calendar in (exports / "record.ics", later):
        run("khal", "-c", config, "import", "--batch", "-a", "record", calendar)
    output = run("khal", "-c", config, "list", "--format", "{title}", "2016-11-23", "1d")
    assert output.splitlines()[1:] == ["The pact is signed"]


@pytest.mark.needs("pandoc")
def test_pandoc_prints_every_source_of_the_bibliography(exports: Path) -> None:
    (exports / "cite.md").write_text('---\nnocite: "@*"\nbibliography: sources.csl.json\n---\n')
    assert main(["export", "--force", "--output", str(exports / "sources.csl.json")]) == 0
    text = run("pandoc", "--citeproc", "cite.md", "--to", "html", folder=exports)
    assert text.count("csl-entry") == len(json.loads((exports / "sources.csl.json").read_text("utf-8")))


@pytest.mark.needs("Rscript")
def test_r_reads_a_table_with_its_types(exports: Path) -> None:
    code = 'd <- read.csv("points.csv"); cat(names(d)[1], class(d$value), nrow(d))'
    rows = len((exports / "tables" / "points.csv").read_text("utf-8").splitlines()) - 1
    assert run("Rscript", "-e", code, folder=exports / "tables") == f"series numeric {rows}"
