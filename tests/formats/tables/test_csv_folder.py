"""The whole record as CSV: no value is lost, all references resolve, and no cell runs as a formula."""

import csv
import io
import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjtui.cli.commands import main
from kjtui.formats.csv_cells import BYTE_ORDER_MARK, shield
from kjtui.formats.tables.csv_folder import DESCRIPTOR, README, csv_files
from kjtui.history.snapshot import History
from kjtui.languages import speaking
from kjtui.record.store import default_store, load
from support.exports import as_json
from support.hostile import COMMAND, spoilt_tables
from support.stores import BRIDGE, MakeStore, Tables

Rows = list[dict[str, str]]

FORMULAS = {
    "formula": '=HYPERLINK("http://x","y")',
    "apostrophe": "'@SUM(1+1)*cmd|' /C calc'!A0",
    "wide formula": " ＝1＋1",
    "quotes": 'a "b", c; d\r\n-e',
}
SIGNS = tuple("=+-@＝＋－＠")


@pytest.fixture(params=["real", "bridge", "mixed", "long", "empty", *FORMULAS])
def any_history(
    request: pytest.FixtureRequest, history: History, bridge: History, tables: Tables, make_store: MakeStore
) -> History:
    """Return the history of the sample record, of the second record, or of a copy with hostile texts."""
    known = {"real": history, "bridge": bridge}
    spoilt = spoilt_tables(tables, request.param, FORMULAS.get(request.param))
    return known.get(request.param) or History(load(make_store(spoilt)))


def unshield(text: str) -> str:
    """Remove the apostrophe that prevents a spreadsheet from running a text as a formula."""
    return text[1:] if re.match(r"'['\s]*[=+\-@＝＋－＠]", text) else text


def written_cells(text: str) -> list[list[str]]:
    """Return the rows of a file, including its header. Keep the protecting apostrophes."""
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True))


def read(text: str) -> Rows:
    header, *rows = written_cells(text)
    return [dict(zip(header, map(unshield, row), strict=True)) for row in rows]


def read_all(files: dict[str, str]) -> dict[str, Rows]:
    return {name.removesuffix(".csv"): read(text) for name, text in files.items() if name.endswith(".csv")}


def without_nothing(value: Any) -> Any:
    """Return the value without empty fields. In a table, empty and missing fields are the same."""
    if isinstance(value, dict):
        kept = {key: without_nothing(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", None, [], {}, False)}
    return [without_nothing(item) for item in value] if isinstance(value, list | tuple) else value


def as_stored(value: Any) -> Any:
    return without_nothing(msgspec.to_builtins(value, enc_hook=lambda when: when.text))


def picked(rows: Rows, **wanted: str) -> Rows:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def column(rows: Rows, name: str, **wanted: str) -> list[str]:
    return [row[name] for row in picked(rows, **wanted)]


def test_csv_files_hold_every_value_of_the_record(any_history: History) -> None:
    record, found = any_history.record, read_all(csv_files(any_history))

    def part(row: dict[str, str], *left_out: str) -> dict[str, Any]:
        kept = {name: value for name, value in row.items() if name not in left_out}
        return {name: {"true": True, "false": False}.get(value, value) for name, value in kept.items()}

    def event(row: dict[str, str]) -> Any:
        of = {"event": row["id"]}
        steps = [
            part(step, "event", "meeting")
            | {"id": step["meeting"]}
            | {"heads": {head["actor"]: head["head"] for head in picked(found["meeting_heads"], **of)}}
            for step in picked(found["meeting_steps"], **of)
        ]
        disputes = [
            {
                "about": dispute["about"],
                "readings": [
                    {
                        "says": reading["says"],
                        "sources": column(
                            found["reading_sources"],
                            "source",
                            **of,
                            dispute=dispute["dispute"],
                            reading=reading["reading"],
                        ),
                    }
                    for reading in picked(found["readings"], **of, dispute=dispute["dispute"])
                ],
            }
            for dispute in picked(found["disputes"], **of)
        ]
        weight = None if row["weight"] == "main" else row["weight"]  # the store omits default values
        return part(row, "first_day", "last_day", "disputed") | {
            "weight": weight,
            "actors": column(found["event_actors"], "actor", **of),
            "sources": column(found["event_sources"], "source", **of),
            "effects": [part(effect, "event") for effect in picked(found["effects"], **of)],
            "touches": column(found["touches"], "track", **of),
            "says": {row["actor"]: row["says"] for row in picked(found["says"], **of)},
            "meeting": steps[0] if steps else None,
            "disputed": disputes,
        }

    def track(row: dict[str, str]) -> Any:
        of = {"track": row["id"]}
        initial = {name: row[f"initial_{name}"] for name in ("state", "since", "note")}
        return part(row, "initial_state", "initial_since", "initial_note") | {
            "initial": initial | {"sources": column(found["track_sources"], "source", **of)},
            "states": [part(state, "track") for state in picked(found["states"], **of)],
            "aliases": column(found["track_aliases"], "alias", **of),
            "facts": [
                part(fact, "track", "fact")
                | {"sources": column(found["fact_sources"], "source", **of, fact=fact["fact"])}
                | {"states": column(found["fact_states"], "state", **of, fact=fact["fact"])}
                for fact in picked(found["facts"], **of)
            ],
        }

    def series(row: dict[str, str]) -> Any:
        of = {"series": row["id"]}
        points = [
            part(point, "series", "point", "first_day", "last_day")
            | {
                "value": float(point["value"]),
                "sources": column(found["point_sources"], "source", **of, point=point["point"]),
            }
            for point in picked(found["points"], **of)
        ]
        return part(row) | {"points": points}

    def meeting(row: dict[str, str]) -> Any:
        named = {name: row[name] for name in ("id", "series", "name", "short", "part_of")}
        aliases = column(found["meeting_aliases"], "alias", meeting=row["id"])
        return named | {"round": int(row["round"]) if row["round"] else None, "aliases": aliases}

    def term(row: dict[str, str]) -> Any:
        of = {"term": row["id"]}
        return {
            "id": row["id"],
            "term": row["name"],
            "meaning": row["meaning"],
            "aliases": column(found["term_aliases"], "alias", **of),
            "sources": column(found["term_sources"], "source", **of),
        }

    assert [without_nothing(event(row)) for row in found["events"]] == as_stored(record.events)
    assert [without_nothing(track(row)) for row in found["tracks"]] == as_stored(list(record.tracks.values()))
    assert [without_nothing(series(row)) for row in found["series"]] == as_stored(
        list(record.series.values())
    )
    assert [without_nothing(meeting(row)) for row in found["meetings"]] == as_stored(
        list(record.meetings.values())
    )
    assert [without_nothing(term(row)) for row in found["terms"]] == as_stored(list(record.terms.values()))
    assert [without_nothing(part(row)) for row in found["sources"]] == as_stored(
        list(record.sources.values())
    )
    assert {row["id"]: row["name"] for row in found["actors"]} == record.dataset.actors
    [about] = found["dataset"]
    assert (about["title"], about["digest"]) == (record.dataset.title, record.digest)
    assert (about["first_day"], about["reviewed"]) == (
        str(record.dataset.coverage.first),
        str(record.dataset.reviewed),
    )
    assert (about["about"], about["start"]) == (record.dataset.about, str(record.dataset.start or ""))
    assert (about["license"], about["url"]) == (record.dataset.license, record.dataset.url)
    assert about["language"] == record.dataset.language
    assert [row["author"] for row in found["authors"]] == list(record.dataset.authors)


def test_every_reference_leads_to_a_row(any_history: History) -> None:
    files = csv_files(any_history)
    found = read_all(files)
    package = json.loads(files[DESCRIPTOR])
    joins = 0
    for table in package["resources"]:
        rows, schema = found[table["name"]], table["schema"]
        header = written_cells(files[table["path"]])[0]
        assert [field["name"] for field in schema["fields"]] == header
        if "primaryKey" in schema:
            keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
            assert len(keys) == len(set(keys))
        for key in schema["foreignKeys"]:
            other = found[key["reference"]["resource"] or table["name"]]  # no name means the same table
            there = {tuple(row[name] for name in key["reference"]["fields"]) for row in other}
            here = {tuple(row[name] for name in key["fields"]) for row in rows}
            assert here - {("",)} <= there
            joins += 1
    assert joins > len(package["resources"])


def test_the_files_are_rfc_4180_and_contain_no_commands(any_history: History) -> None:
    for name, text in csv_files(any_history).items():
        if name.endswith(".csv"):
            assert text.endswith("\r\n")
            assert not COMMAND.search(text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", ""))
            assert len({len(row) for row in written_cells(text)}) == 1


def test_no_cell_is_a_formula(any_history: History) -> None:
    for name, text in csv_files(any_history).items():
        if name.endswith(".csv"):
            for row in written_cells(text):
                assert not any(cell.lstrip().startswith(SIGNS) for cell in row)


@settings(deadline=None)
@given(st.text(alphabet=[*SIGNS, "'", " ", "\t", "\r", "x"], max_size=8))
def test_shielding_can_be_undone(text: str) -> None:
    assert unshield(shield(text)) == text
    assert not shield(text).lstrip().startswith(SIGNS)


def test_text_that_is_no_formula_is_not_shielded() -> None:
    for text in ("'Seeking Solutions'", "1+1", "[a title]", "", "'", "불화수소"):
        assert shield(text) == text


@pytest.mark.slow
def test_runs_cover_every_day(history: History) -> None:
    runs = read_all(csv_files(history))["runs"]
    for place, track in enumerate(history.record.tracks):
        mine = picked(runs, track=track)
        assert mine[-1]["last"] == mine[-1]["shown_to"] == ""
        for run, after in pairwise(mine):
            first = date.fromisoformat(after["shown_from"])
            assert date.fromisoformat(run["shown_to"]) == first - timedelta(days=1)
            for row, day in ((run, first - timedelta(days=1)), (after, first)):
                standing = json.loads(as_json(history.snapshot(day)))["tracks"][place]
                assert (row["track"], row["state"]) == (standing["id"], standing["state"])
                assert row["first"] == (standing["since"] or "")
                assert row["because"] == (standing["because"] or "")


def test_a_change_on_the_first_day_of_the_calendar(tables: Tables, make_store: MakeStore) -> None:
    tables["events"]["1"] |= {"date": "0001-01-01", "effects": []}
    tables["events"]["1"]["effects"] = [{"track": "bridge", "state": "closed", "stage": "in-force"}]
    history = History(load(make_store(tables)))
    first = picked(read_all(csv_files(history))["runs"], track="bridge")[0]
    assert (first["state"], first["first"]) == ("closed", "0001-01-01")


def test_a_date_is_never_rounded(bridge: History) -> None:
    [event] = picked(read_all(csv_files(bridge))["events"], id="2021-04-hearing-set")
    assert (event["date"], event["first_day"], event["last_day"]) == ("2021-04", "2021-04-01", "2021-04-30")


def test_the_command_writes_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "record"
    command = ["export", "--store", str(BRIDGE), "--output", str(folder)]
    assert main(command) == 0
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert first == {name: text.encode() for name, text in csv_files(History(load(BRIDGE))).items()}
    assert main(command) == 2
    assert capsys.readouterr().err.endswith("exists (--force overwrites it)\n")
    (folder / "events.csv").write_text("mine")
    (folder / "notes.txt").write_text("mine")
    assert main([*command, "--force"]) == 0
    assert (folder / "notes.txt").read_text() == "mine"
    assert {name: (folder / name).read_bytes() for name in first} == first


def test_tables_are_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["export"], ["export", "--output", "-"], ["export", "--format", "csv"]):
        assert main(arguments) == 2
        assert "--output" in capsys.readouterr().err


def test_the_folder_has_a_description_and_a_citation(tables: Tables, make_store: MakeStore) -> None:
    tables["dataset"]["1"] |= {"authors": ["Ada"], "license": "CC-BY-4.0", "url": "https://a.eu/record"}
    history = History(load(make_store(tables)))
    files = csv_files(history)
    package = json.loads(files[DESCRIPTOR])
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["contributors"] == [{"title": "Ada", "roles": ["author"]}]
    assert package["created"] == f"{history.record.dataset.reviewed}T00:00:00Z"
    for text in ("Ada", "CC-BY-4.0", history.record.digest, "### events.csv", "https"):
        assert text in files[README], text


@pytest.mark.parametrize(("language", "heading"), [("ko", "인용 방법"), ("ja", "引用方法")])
def test_the_description_has_no_english_sentence_in_other_languages(language: str, heading: str) -> None:
    with speaking(language):
        files = csv_files(History(load(default_store(language))))
    assert f"## {heading}\n" in files[README]
    described = files[README].partition("`datapackage.json`")[2]
    lines = [line for line in described.splitlines() if line and not line.startswith("###")]
    assert [line for line in lines if line.isascii()] == []
    package = json.loads(files[DESCRIPTOR])
    for table in package["resources"]:
        meanings = [table["description"], *(field["description"] for field in table["schema"]["fields"])]
        assert [meaning for meaning in meanings if meaning.isascii()] == []
