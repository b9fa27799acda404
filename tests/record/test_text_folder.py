"""A store that is a folder of text files."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjtui.cli.commands import main
from kjtui.history.snapshot import History
from kjtui.languages import LANGUAGES, use_language
from kjtui.record.folder.csl_sources import source_of_csl
from kjtui.record.folder.new_folder import EXAMPLE_TEXT, EXPLANATION, TEMPLATES
from kjtui.record.folder.text_folder import TextFolder
from kjtui.record.folder.toml_positions import find_positions
from kjtui.record.folder.toml_writer import write_array, write_table
from kjtui.record.folder_check import check_folder
from kjtui.record.model import Record
from kjtui.record.storage import StoreError
from kjtui.record.store import default_store, load
from kjtui.tui.state.store_watch import StoreWatch

DATASET = """\
title = "A tariff"
version = "1"
reviewed = 2024-06-01
coverage = { from = 2024-01-01, to = 2024-12-31 }
actors = { A = "Aland", B = "Bland" }
"""
SHORT_DATASET = (
    'title = "A tariff"\nversion = "1"\nreviewed = 2024-06-01\nactors = { A = "Aland", B = "Bland" }\n'
)
TRACKS = """\
[[tracks]]
group = "Trade"
name = "Tariff"
states = [
    { label = "no duty", tone = "free", meaning = "Free of duty." },
    { label = "duty", tone = "controlled", meaning = "Ten per cent." },
]
initial = { state = "no-duty" }
"""
EVENT = """\
[[events]]
date = 2024-03-01
kind = "measure"
actors = ["A"]
title = "Aland adopts a duty"
summary = "It applies from July."
effects = [{ track = "tariff", state = "duty", stage = "adopted", in_force = 2024-07-01 }]
sources = [
    { title = "Decree 1", publisher = "Aland", date = 2024-03-01, url = "https://a.eu/1", kind = "official" },
]
"""
FILES = {"dataset.toml": DATASET, "tracks.toml": TRACKS, "events/2024.toml": EVENT}

MakeFolder = Callable[[dict[str, str]], Path]


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Return a function that writes the small record. The argument of the function adds or replaces files."""

    def write(files: dict[str, str]) -> Path:
        for name, text in (FILES | files).items():
            path = tmp_path / "record" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return tmp_path / "record"

    return write


def slashed(text: str) -> str:
    """Return a message in which the path has forward slashes, even on Windows."""
    return text.replace(os.sep, "/")


def built(folder: Path) -> Any:
    return json.loads(TextFolder(folder).store())


def content(record: Record) -> tuple[object, ...]:
    """Return the content of a record, without the digest and the name of the store."""
    return tuple(
        getattr(record, name) for name in record.__struct_fields__ if name not in ("digest", "store")
    )


# Reading


def test_identifiers_come_from_dates_titles_names_and_labels(make_folder: MakeFolder) -> None:
    record = load(make_folder({}))
    assert [event.id for event in record.events] == ["2024-03-01-aland-adopts-a-duty"]
    assert list(record.tracks) == ["tariff"]
    assert [state.id for state in record.tracks["tariff"].states] == ["no-duty", "duty"]
    assert list(record.sources) == ["aland-2024-03-01"]


def test_the_identifier_of_a_track_comes_from_its_short_name(make_folder: MakeFolder) -> None:
    tracks = TRACKS.replace('name = "Tariff"', 'name = "Tariff of Aland on steel"\nshort = "Tariff"')
    assert list(load(make_folder({"tracks.toml": tracks})).tracks) == ["tariff"]


def test_a_second_equal_identifier_gets_a_number(make_folder: MakeFolder) -> None:
    same = EVENT.replace("Aland adopts a duty", "Aland adopts a duty again").replace("effects", "# effects")
    record = load(make_folder({"events/2024.toml": EVENT + same}))
    assert [event.id for event in record.events] == [
        "2024-03-01-aland-adopts-a-duty",
        "2024-03-01-aland-adopts-a-duty-2",
    ]


def test_events_are_put_in_order_across_files(make_folder: MakeFolder) -> None:
    early = EVENT.replace("2024-03-01", "2024-02-01").replace("/1", "/2").replace("adopts", "proposes")
    record = load(make_folder({"events/2024-late.toml": early}))
    assert [str(event.day) for event in record.events] == ["2024-02-01", "2024-03-01"]


def test_a_source_is_cited_by_its_address(make_folder: MakeFolder) -> None:
    second = EVENT.replace("2024-03-01", "2024-03-05")
    second = second[: second.index("effects")] + 'sources = ["https://a.eu/1"]\ntouches = ["tariff"]\n'
    record = load(make_folder({"events/2024.toml": EVENT + second}))
    assert [event.sources for event in record.events] == [("aland-2024-03-01",)] * 2


def test_inline_sources_with_one_address_are_one_source(make_folder: MakeFolder) -> None:
    second = EVENT.replace("2024-03-01\nkind", "2024-03-05\nkind").replace("effects", "# effects")
    assert len(load(make_folder({"events/2024.toml": EVENT + second})).sources) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Duty on steel, again, 2024-03-02, https://b.eu/a,b, official",
            ("Duty on steel, again", "2024-03-02", "https://b.eu/a,b", "official", "b.eu"),
        ),
        ("Duty, 2024-03, https://www.b.eu/1", ("Duty", "2024-03", "https://www.b.eu/1", "press", "b.eu")),
        ("Duty of 2024, https://b.eu/1", ("Duty of 2024", "", "https://b.eu/1", "press", "b.eu")),
        (
            "[Duty [2], again](https://b.eu/a_(b))",
            ("Duty [2], again", "", "https://b.eu/a_(b)", "press", "b.eu"),
        ),
        (
            "[Duty](https://b.eu/1), 2024-03-02, official",
            ("Duty", "2024-03-02", "https://b.eu/1", "official", "b.eu"),
        ),
        ("[A statement], https://b.eu/1", ("[A statement]", "", "https://b.eu/1", "press", "b.eu")),
    ],
)
def test_a_source_can_be_one_text(make_folder: MakeFolder, line: str, expected: tuple[str, ...]) -> None:
    event = EVENT[: EVENT.index("sources")] + f'sources = ["{line}"]\n'
    [source] = load(make_folder({"events/2024.toml": event})).sources.values()
    day = source.date.text if source.date else ""
    assert (source.title, day, source.url, source.kind, source.publisher) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Duty, 2024-03-02, https://b.eu/1, offical", "8:12: sources: b-eu-2024-03-02: kind: unknown value"),
        ("Duty, 2024-3-2, https://b.eu/1", "8:12: sources: b-eu-2024-3-2: date: not a date"),
        ("Duty https://b.eu/1", '8:12: a source in one line is written "title, 2020-03-10, https'),
    ],
)
def test_a_mistake_in_a_source_given_as_a_single_text_has_its_position(
    make_folder: MakeFolder, line: str, expected: str
) -> None:
    event = EVENT[: EVENT.index("sources")] + f'sources = ["{line}"]\n'
    faults = check_folder(make_folder({"events/2024.toml": event}))
    assert f"events/2024.toml:{expected}" in slashed(faults[0])


def test_an_unknown_address_is_reported_with_its_place(make_folder: MakeFolder) -> None:
    second = EVENT[: EVENT.index("sources")] + 'sources = ["https://a.eu/9"]\n'
    folder = make_folder({"events/2024.toml": second})
    [fault] = check_folder(folder)
    assert slashed(fault) == slashed(
        f"{folder}/events/2024.toml:8:12: no source has this address: https://a.eu/9"
    )


def test_confidence_follows_from_the_sources(make_folder: MakeFolder) -> None:
    press = EVENT.replace(', kind = "official"', "")
    assert load(make_folder({})).events[0].confidence == "high"
    assert load(make_folder({"events/2024.toml": press})).events[0].confidence == "medium"
    forum = EVENT.replace("official", "forum")
    assert load(make_folder({"events/2024.toml": forum})).events[0].confidence == "low"


def test_points_come_from_a_csv_file_beside_the_description(make_folder: MakeFolder) -> None:
    series = '[[series]]\nid = "imports"\ntrack = "tariff"\ntitle = "Imports"\nmeasure = "m"\nunit = "t"\n'
    points = "period,value,published,sources\n2024-01,5,2024-02-10,https://a.eu/1\n2024-02,7.5,2024-03-10,aland-2024-03-01\n"
    record = load(make_folder({"series.toml": series, "series/imports.csv": points}))
    found = record.series["imports"].points
    assert [(point.period.text, point.value, point.sources) for point in found] == [
        ("2024-01", 5.0, ("aland-2024-03-01",)),
        ("2024-02", 7.5, ("aland-2024-03-01",)),
    ]


def test_line_breaks_in_texts_become_spaces(make_folder: MakeFolder) -> None:
    event = EVENT.replace('"It applies from July."', '"""\nIt applies\n  from July.\n"""')
    assert load(make_folder({"events/2024.toml": event})).events[0].summary == "It applies from July."


# Zotero


def test_csl_json_becomes_sources_that_are_cited_by_address(make_folder: MakeFolder) -> None:
    items = [
        {
            "id": "http://zotero.org/users/local/x/items/ABCD",
            "type": "article-newspaper",
            "title": "Duty  announced",
            "container-title": "The Aland Times",
            "URL": "https://times.example/1",
            "language": "en-GB",
            "issued": {"date-parts": [["2024", 3, 2]]},
            "accessed": {"date-parts": [["2024", 5, 2]]},
        },
        {"id": "decree", "type": "legislation", "title": "Decree 1", "publisher": "Aland", "note": "x"},
    ]
    event = EVENT[: EVENT.index("sources")] + 'sources = ["decree", "https://times.example/1"]\n'
    record = load(make_folder({"events/2024.toml": event, "sources.json": json.dumps(items)}))
    times, decree = record.sources.values()
    assert (times.id, times.title, times.kind) == ("the-aland-times-2024-03-02", "Duty announced", "press")
    assert (times.language, str(times.date)) == ("en", "2 Mar 2024")
    assert (decree.id, decree.kind, decree.language) == ("decree", "official", "en")
    assert record.events[0].sources == ("decree", "the-aland-times-2024-03-02")


def test_extra_lines_of_zotero_set_fields_that_csl_lacks() -> None:
    note = "Kind: wire\ncopy of: Yonhap\nmachine translated: yes\nsomething else"
    source = source_of_csl({"id": "a", "type": "webpage", "title": "T", "note": note})
    assert (source["kind"], source["copy_of"], source["machine_translated"]) == ("wire", "Yonhap", True)


def test_the_bibliography_of_kjtui_can_be_read_back(tmp_path: Path, make_folder: MakeFolder) -> None:
    assert main(["export", "--store", str(make_folder({})), "--output", str(tmp_path / "x.csl.json")]) == 0
    [item] = json.loads((tmp_path / "x.csl.json").read_text("utf-8"))
    source = source_of_csl(item)
    assert (source["id"], source["title"], source["date"]) == ("aland-2024-03-01", "Decree 1", "2024-03-01")


def test_items_of_csl_json_that_nothing_cites_are_left_out(make_folder: MakeFolder) -> None:
    items = json.dumps([{"id": "read", "type": "book", "title": "Read", "publisher": "P"}])
    folder = make_folder({"sources.json": items})
    assert list(load(folder).sources) == ["aland-2024-03-01"]
    assert check_folder(folder) == []


def test_the_site_is_the_publisher_of_an_item_without_one() -> None:
    item = {"id": "a", "type": "legislation", "title": "T", "URL": "https://www.govinfo.gov/app/1"}
    assert source_of_csl(item)["publisher"] == "govinfo.gov"


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("date", {"issued": {"literal": "summer 2018"}}),
        ("machine_translated", {"note": "machine translated: maybe"}),
    ],
)
def test_check_reports_values_of_zotero_that_cannot_be_read(
    make_folder: MakeFolder, field: str, item: dict[str, Any]
) -> None:
    items = [{"id": "decree", "type": "book", "title": "T", "publisher": "P", **item}]
    event = EVENT[: EVENT.index("sources")] + 'sources = ["decree"]\n'
    [fault] = check_folder(make_folder({"events/2024.toml": event, "sources.json": json.dumps(items)}))
    assert f"sources: decree: {field}: " in fault


def test_a_track_cites_a_source_that_an_event_defines(make_folder: MakeFolder) -> None:
    fact = 'facts = [{ label = "Law", value = "Act 1", sources = ["https://a.eu/1"] }]\n'
    record = load(make_folder({"tracks.toml": TRACKS + fact}))
    assert record.tracks["tariff"].facts[0].sources == ("aland-2024-03-01",)


# Series

SERIES = """\
[[series]]
id = "rate"
track = "tariff"
title = "Rate"
measure = "duty"
unit = "%"
"""


def test_a_later_figure_for_the_same_first_day_replaces_the_earlier(make_folder: MakeFolder) -> None:
    points = (
        "period,value,published,sources\n"
        "2024-07-01/2024-12-31,25,2024-03-01,aland-2024-03-01\n"
        "2024-07-01/2024-08-31,10,2024-04-01,aland-2024-03-01\n"
    )
    folder = make_folder({"series.toml": SERIES, "series/rate.csv": points})
    assert check_folder(folder) == []
    history = History(load(folder))
    for day, value in ((date(2024, 3, 31), 25), (date(2024, 4, 1), 10)):
        [series] = history.snapshot(day).series
        assert [point.value for point in series.points] == [value]


OPEN_RATES = (
    "period,value,published,sources\n"
    "2024-03-15/..,25,2024-03-01,aland-2024-03-01\n"
    "2024-09-01/2024-12-31,10,2024-07-01,aland-2024-03-01\n"
    "2024-10-01/..,5,2024-09-01,aland-2024-03-01\n"
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-03-10", "Rate: 25% (from 15 Mar 2024) ["),
        ("2024-08-10", "Rate: 10% (1 Sep 2024–31 Dec 2024), after 25% (from 15 Mar 2024) ["),
        ("2024-12-31", "Rate: 5% (from 1 Oct 2024), after 10% (1 Sep 2024–31 Dec 2024) ["),
    ],
)
def test_a_rate_without_an_end_is_on_the_page_of_every_day_after_its_publication(
    make_folder: MakeFolder, day: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_folder({"series.toml": SERIES, "series/rate.csv": OPEN_RATES})
    assert check_folder(folder) == []
    assert main(["snapshot", day, "--store", str(folder)]) == 0
    assert expected in capsys.readouterr().out


def test_a_period_without_an_end_has_no_last_day_in_the_tables(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder({"series.toml": SERIES, "series/rate.csv": OPEN_RATES})
    assert main(["export", "--store", str(folder), "--output", str(tmp_path / "tables")]) == 0
    rows = (tmp_path / "tables" / "points.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1] == "rate,1,2024-03-15/..,2024-03-15,,25,2024-03-01,false"


# Mistakes


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("period,value,sources\n2024,1,x\n", "rate.csv:1:1: the column 'published' is missing"),
        ("period;value;published;sources\n", "rate.csv:1:1: separate the columns by commas"),
        ("period,value,published,sources\n\n2024,1,2024-03-01,x,y\n", "rate.csv:3:1: more cells"),
        (
            "period,value,published,sources,derived\n2024,1,2024-03-01,x,maybe\n",
            "rate.csv:2:1: derived",
        ),
        (
            "period,value,published,sources\n2024-05,1,2024-06-01,aland-2024-03-01\n"
            "2024-04,1,2024-06-01,aland-2024-03-01\n",
            "rate.csv:3:1: series: rate: points[1]: not in order: 2024-04 is listed after 2024-05",
        ),
        (
            "period,value,published,sources\n2024-05,1,2024-06-01,aland-2024-03-01\n"
            "2024-06,1,2024-07-01,aland-2024-03-02\n",
            "rate.csv:3:1: series: rate: points[1].sources: unknown id 'aland-2024-03-02'",
        ),
    ],
)
def test_check_reports_the_line_of_a_figure(make_folder: MakeFolder, points: str, expected: str) -> None:
    folder = make_folder({"series.toml": SERIES, "series/rate.csv": points})
    [fault] = check_folder(folder)
    assert slashed(fault).startswith(slashed(f"{folder}/series/{expected}"))


def test_one_wrong_language_of_the_dataset_is_one_fault(make_folder: MakeFolder) -> None:
    [fault] = check_folder(make_folder({"dataset.toml": DATASET + 'language = "english"\n'}))
    assert "dataset: language: not an ISO 639-1 code" in fault


def test_a_file_of_a_folder_is_refused_as_a_store(make_folder: MakeFolder) -> None:
    with pytest.raises(StoreError, match="give the path of its folder instead"):
        load(make_folder({}) / "dataset.toml")


def test_build_counts_the_faults_that_do_not_prevent_use(
    make_folder: MakeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = EVENT.replace("Aland adopts a duty", "Aland adopts a duty " + "very " * 10 + "late")
    folder = make_folder({"events/2024.toml": long})
    assert main(["build", str(folder), "--output", str(tmp_path / "x.json")]) == 0
    assert (
        f"faults that do not prevent the use of the store: 1 (kjtui check {folder})"
        in capsys.readouterr().err
    )


def test_a_file_that_cannot_be_read_is_one_fault(make_folder: MakeFolder) -> None:
    """References to sources in the unreadable file are not reported as additional faults."""
    files = {
        "series.toml": SERIES,
        "series/rate.csv": "period,value,published,sources\n2024-03,10,2024-03-02,https://a.eu/1\n",
    }
    assert check_folder(make_folder(files)) == []
    [fault] = check_folder(make_folder({"events/2024.toml": EVENT.replace('July."', "July.")}))
    assert "a quotation mark is missing" in fault


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("dataset.toml", DATASET + "x = [", "dataset.toml:6:6: Invalid value"),
        (
            "tracks.toml",
            TRACKS.replace("[[tracks]]", "[[track]]"),
            "tracks.toml:1:1: expected [[tracks]], not [",
        ),
        (
            "tracks.toml",
            TRACKS.replace('"free"', '"fre"'),
            "tracks.toml:5:26: tracks: tariff: states[0].tone: ",
        ),
        ("track.toml", "", "track.toml: no table has this name"),
        ("events/2024.toml", EVENT.replace("2024-03-01\n", "2024-03\n"), "events/2024.toml:2:12: a month or"),
        (
            "events/2024.toml",
            EVENT.replace("2024-03-01\n", "2024-02-30\n"),
            "events/2024.toml:2:8: no such day: 2024-02-30",
        ),
        (
            "events/2024.toml",
            EVENT.replace("2024-03-01\n", "2024-07-32\n"),
            "events/2024.toml:2:12: no such day: 2024-07-32",
        ),
        (
            "events/2024.toml",
            EVENT.replace("2024-03-01\n", "2024-3-1  # a comment\n"),
            "events/2024.toml:2:12: not a day: 2024-3-1; a day is written 2020-03-10",
        ),
        (
            "events/2024.toml",
            EVENT.replace("2024-03-01\n", "1 March 2024\n"),
            "events/2024.toml:2:10: not a day: 1 March 2024; a day is written 2020-03-10",
        ),
        (
            "events/2024.toml",
            EVENT.replace("in_force = 2024-07-01", "in_force = 1.4.2024"),
            "events/2024.toml:7:81: not a day: 1.4.2024; a day is written 2020-03-10",
        ),
        (
            "events/2024.toml",
            EVENT.replace("in_force = 2024-07-01", "in_force = 2024-04"),
            "events/2024.toml:7:82: a month or a week needs quotation marks",
        ),
        ("events/2024.toml", EVENT.replace('duty"', "duty", 1), "events/2024.toml:5:29: a quotation mark is"),
        ("events/2024.toml", EVENT.replace('"measure"', "measure"), "events/2024.toml:3:8: a text needs"),
        ("events/2024.toml", EVENT.replace('"measure"', "“measure”"), "events/2024.toml:3:8: curly quot"),
        ("events/2024.toml", EVENT + 'title = "A"\n', "events/2024.toml:11:12: the key title occurs twice"),
        ("dataset.toml", "[a]\n[a]\n", "dataset.toml:2:3: the key a occurs twice"),
        ("dataset.toml", "a = {b = 1, b = 2}\n", "dataset.toml:1:18: the key b occurs twice"),
        ("dataset.toml", "a = 'b\x07'\n", "dataset.toml:1:7: the character '\\x07' is not allowed here"),
        (
            "events/2024.toml",
            EVENT.replace(", state", " state"),
            "events/2024.toml:7:31: a comma or a closing bracket",
        ),
        (
            "events/2024.toml",
            EVENT.replace("},\n]", "}\n"),
            "events/2024.toml:11:1: a comma or a closing bracket",
        ),
        (
            "dataset.toml",
            SHORT_DATASET.replace("reviewed", "# "),
            "dataset.toml:1:1: dataset: document 1: the field ",
        ),
        ("events/2024.toml", '{"events": []}', "events/2024.toml:1:1: JSON, where TOML is expected"),
        (
            "events/2024.toml",
            EVENT.replace("[[events]]", "[event]") + EVENT.replace("[[events]]", "[event]"),
            "events/2024.toml:1:1: expected [[events]], not [event]",
        ),
        (
            "events/2024.toml",
            EVENT.replace("[[events]]", "[events]") + EVENT.replace("[[events]]", "[events]"),
            "events/2024.toml:1:1: expected [[events]], not [events]",
        ),
        (
            "events/2024.toml",
            EVENT + '[[sources]]\ntitle = "Decree"\n',
            "events/2024.toml:11:1: expected [[events]], not [sources]",
        ),
        (
            "events/2024.toml",
            EVENT[: EVENT.index("sources")] + 'sources = ["decre"]\n',
            "events/2024.toml:8:1: events: 2024-03-01-aland-adopts-a-duty: sources: unknown id 'decre'",
        ),
        (
            "series.toml",
            SERIES,
            "series.toml:1:1: the file with the figures of this series is missing: series/rate.csv",
        ),
        ("terms.toml", "\udcff", "terms.toml:1:1: not UTF-8"),
        ("sources.json", '[{"id": "a"},\n x]', "sources.json:2:2: not JSON: Expecting value"),
        ("series/x.csv", "period,value\n", "series/x.csv: series.toml has no series with the id x"),
        ("events/2024.toml", EVENT.replace('"measure"', '"mesure"'), "events/2024.toml:3:1: events: "),
        (
            "events/2024.toml",
            EVENT.replace('state = "duty"', 'state = "dty"'),
            "events/2024.toml:7:32: events: 2024-03-01-aland-adopts-a-duty: effects[0].state: ",
        ),
    ],
)
def test_check_reports_file_line_and_column(
    make_folder: MakeFolder, name: str, text: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_folder({})
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    fault = slashed(f"{folder}/{expected}")
    assert main(["check", str(folder)]) == 1
    assert slashed(capsys.readouterr().out).startswith(fault)
    assert main(["snapshot", "--store", str(folder)]) == 2
    assert slashed(capsys.readouterr().err).startswith(f"kjtui: {fault}")


@pytest.mark.posix
@pytest.mark.parametrize("shape", ["pipe", "device", "folder"])
def test_a_pipe_in_a_folder_is_refused_without_reading(
    make_folder: MakeFolder, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_folder({})
    path = folder / "terms.toml"
    path.unlink(missing_ok=True)
    if shape == "pipe":
        os.mkfifo(path)
    elif shape == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().out.startswith(f"{folder}/terms.toml: not a file")
    assert main(["snapshot", "--store", str(folder)]) == 2
    assert capsys.readouterr().err == f"kjtui: {folder}/terms.toml: not a file\n"


def test_a_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no dataset\.toml"):
        load(tmp_path)


def test_positions_of_nested_values() -> None:
    text = 'a.b = 1 # [x]\n[[t]]\nx = ["]", {y = """\n"q" = """}]\n[t.u]\n"k.l" = 2024-01-01\n[[t]]\nz = 1\n'
    tomllib.loads(text)
    positions = find_positions(text)
    assert positions["t", 0, "x", 1, "y"] == (3, 12)
    assert positions["t", 0, "u", "k.l"] == (6, 1)
    assert positions["t", 1, "z"] == (8, 1)
    assert positions["a", "b"] == (1, 1)


# Building a store from a folder, and the reverse


def test_a_folder_opens_as_the_store_that_is_built_from_it(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder, store = make_folder({}), tmp_path / "store.json"
    assert main(["build", str(folder), "--output", str(store)]) == 0
    first = store.read_bytes()
    assert main(["check", str(store)]) == 0
    assert load(folder).digest == load(store).digest
    assert main(["build", str(folder), "--output", str(store), "--force"]) == 0
    assert store.read_bytes() == first


def test_the_record_of_the_package_survives_as_text_files(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    assert main(["build", "--reverse", str(default_store()), str(folder)]) == 0
    assert content(load(folder)) == content(load(default_store()))
    assert check_folder(folder) == []
    tables = json.loads(default_store().read_text("utf-8"))
    for table, documents in built(folder).items():
        assert list(documents.values()) == list(tables[table].values())


def test_build_refuses_a_folder_with_mistakes(
    make_folder: MakeFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_folder({"tracks.toml": "x = ["})
    assert main(["build", str(folder), "--output", str(tmp_path / "store.json")]) == 2
    assert "tracks.toml:1:6: " in capsys.readouterr().err
    assert not (tmp_path / "store.json").exists()


def test_a_new_folder_is_a_valid_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    assert main(["new", str(folder)]) == 0
    assert check_folder(folder) == []
    assert main(["new", str(folder)]) == 2
    assert "exists" in capsys.readouterr().err


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "explanation", "title"),
    [("ko", "사건을 더하려면", "분쟁의 이름"), ("ja", "出来事を加えるには", "紛争の名称")],
)
def test_the_explanations_and_texts_of_a_new_folder_are_translated(
    tmp_path: Path, language: str, explanation: str, title: str
) -> None:
    assert main(["new", str(tmp_path / "en")]) == 0
    assert main(["new", str(tmp_path / language), "--lang", language]) == 0
    assert check_folder(tmp_path / language) == []
    english, record = load(tmp_path / "en"), load(tmp_path / language)
    assert record.dataset.title == title
    assert [*record.tracks] == [*english.tracks] == ["steel", "cars"]
    assert [event.date for event in record.events] == [event.date for event in english.events]
    for file in (tmp_path / "en").rglob("*.*"):
        translated = (tmp_path / language / file.relative_to(tmp_path / "en")).read_text(encoding="utf-8")
        assert "#:" not in translated
        assert "{{" not in translated
        if file.name == "README.md":
            assert translated.startswith(f"# {title}\n")
        elif file.name == "dataset.toml":
            assert f'# language = "{language}"' in translated
        elif file.parent.name == "events":
            assert translated.startswith(f"# {explanation}")
    texts = {match for template in TEMPLATES.values() for match in EXAMPLE_TEXT.findall(template)}
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / language).rglob("*.toml"))
    assert not [text for text in texts if f'"{text}"' in written]


@pytest.mark.parametrize("template", TEMPLATES.values())
def test_every_text_with_a_space_in_the_example_is_translated(template: str) -> None:
    texts = re.findall(r'\w+ = "([^"]*)"', EXPLANATION.sub("", EXAMPLE_TEXT.sub("", template)))
    assert not [text for text in texts if " " in text]


def test_the_app_sees_every_change_of_a_folder(make_folder: MakeFolder) -> None:
    folder = make_folder({})
    watch = StoreWatch(folder)
    assert not watch.changed()
    (folder / "terms.toml").write_text('[[terms]]\nterm = "duty"\nmeaning = "A tax."\n')
    assert watch.changed()
    assert list(watch.read().record.terms) == ["duty"]
    (folder / "terms.toml").unlink()
    assert watch.changed()
    assert not watch.changed()


JSON_VALUES = st.recursive(
    st.text() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def as_json(value: Any) -> Any:
    """Return a TOML value with its dates converted to texts."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@given(st.dictionaries(st.text(), JSON_VALUES, max_size=4))
def test_toml_is_read_back_as_it_was_written(document: dict[str, Any]) -> None:
    assert as_json(tomllib.loads(write_table(document))) == document
    text = write_array("events", [document, document])
    assert as_json(tomllib.loads(text)) == {"events": [document, document]}
    find_positions(text)


def test_the_coverage_is_from_the_first_event_to_the_last(make_folder: MakeFolder) -> None:
    later = EVENT.replace("2024-03-01\nkind", "2024-04-02\nkind").replace("effects", "# effects")
    folder = make_folder({"dataset.toml": SHORT_DATASET, "events/2024.toml": EVENT + later})
    coverage = load(folder).dataset.coverage
    assert (coverage.first, coverage.last) == (date(2024, 3, 1), date(2024, 4, 2))


def test_the_coverage_is_to_the_last_published_figure_if_that_is_later(make_folder: MakeFolder) -> None:
    files = {
        "dataset.toml": SHORT_DATASET,
        "series.toml": SERIES,
        "series/rate.csv": "period,value,published,sources\n2024-03,10,2024-05-02,aland-2024-03-01\n",
    }
    assert load(make_folder(files)).dataset.coverage.last == date(2024, 5, 2)


def test_the_default_coverage_claims_no_state_that_nobody_confirmed(make_folder: MakeFolder) -> None:
    """The last event suspends the duty until 31 March. The default coverage ends before the duty returns."""
    suspended = EVENT.replace(
        'state = "duty", stage = "adopted", in_force = 2024-07-01',
        'state = "no duty", until = 2024-03-31, then = "duty"',
    )
    folder = make_folder({"dataset.toml": SHORT_DATASET, "events/2024.toml": suspended})
    assert check_folder(folder) == []
    assert load(folder).last_day == date(2024, 3, 1)
    (folder / "dataset.toml").write_text(SHORT_DATASET + "coverage = { to = 2024-06-01 }\n", encoding="utf-8")
    [fault] = check_folder(folder)
    assert "effects[0].then: tariff was due to change on 2024-04-01" in fault


@pytest.mark.parametrize(("day", "end"), [("2024-06-01", "2024-06-01"), ("2024-06-02", "2024-03-01")])
def test_the_default_coverage_includes_the_first_day_of_the_last_measure(
    make_folder: MakeFolder, day: str, end: str
) -> None:
    """The record was last reviewed on 1 June, so a measure that starts on 2 June is not yet included."""
    event = EVENT.replace("2024-07-01", day)
    folder = make_folder({"dataset.toml": SHORT_DATASET, "events/2024.toml": event})
    assert str(load(folder).dataset.coverage.last) == end


def test_the_default_coverage_ignores_the_day_of_a_cancelled_measure(make_folder: MakeFolder) -> None:
    event = EVENT.replace("2024-07-01", "2024-05-01")
    cancelled = EVENT.replace("2024-03-01\nkind", "2024-04-02\nkind").replace(
        'state = "duty", stage = "adopted", in_force = 2024-07-01', 'state = "no duty"'
    )
    folder = make_folder({"dataset.toml": SHORT_DATASET, "events/2024.toml": cancelled + event})
    assert load(folder).dataset.coverage.last == date(2024, 4, 2)


def test_an_explicit_day_of_the_coverage_is_kept(make_folder: MakeFolder) -> None:
    text = SHORT_DATASET + "coverage = { from = 2023-01-01 }\n"
    coverage = load(make_folder({"dataset.toml": text})).dataset.coverage
    assert (coverage.first, coverage.last) == (date(2023, 1, 1), date(2024, 3, 1))


def test_a_track_begins_in_its_first_state(make_folder: MakeFolder) -> None:
    [track] = load(make_folder({"tracks.toml": TRACKS.rpartition("initial")[0]})).tracks.values()
    assert track.initial.state == "no-duty"


def test_the_kind_of_an_event_follows_from_effects_or_a_meeting(make_folder: MakeFolder) -> None:
    talks = EVENT.replace("2024-03-01\n", "2024-03-05\n").replace('kind = "measure"\n', "")
    talks = "".join(line for line in talks.splitlines(True) if not line.startswith("effects"))
    talks += 'meeting = { name = "Talks in Bland", phase = "closed" }\n'
    folder = make_folder({"events/2024.toml": EVENT.replace('kind = "measure"\n', "") + talks})
    assert [event.kind for event in load(folder).events] == ["measure", "meeting"]


def test_a_state_can_be_named_by_its_label(make_folder: MakeFolder) -> None:
    tracks = """\
[[tracks]]
group = "Trade"
name = "Tariff"
states = [
    { label = "none", tone = "free" },
    { label = "10%", tone = "controlled" },
    { label = "なし", tone = "eased" },
    { id = "other", label = "15%", tone = "controlled" },
]
initial = { state = "なし" }
facts = [{ label = "Papers", value = "certificate", states = ["10%"], sources = ["https://a.eu/1"] }]
"""
    event = EVENT.replace('state = "duty"', 'state = "10%", until = 2024-12-01, then = "15%"')
    folder = make_folder({"tracks.toml": tracks, "events/2024.toml": event})
    assert check_folder(folder) == []
    record = load(folder)
    [track] = record.tracks.values()
    assert [state.id for state in track.states] == ["none", "10", "state-3", "other"]
    assert (track.initial.state, track.facts[0].states) == ("state-3", ("10",))
    [effect] = record.events[0].effects
    assert (effect.state, effect.then) == ("10", "other")


@pytest.mark.parametrize(
    ("day", "stage"),
    [(", in_force = 2024-07-01", "adopted"), (", in_force = 2024-03-01", "in-force"), ("", "in-force")],
)
def test_the_stage_of_a_measure_follows_from_its_first_day(
    make_folder: MakeFolder, day: str, stage: str
) -> None:
    event = EVENT.replace(', stage = "adopted", in_force = 2024-07-01', day)
    [effect] = load(make_folder({"events/2024.toml": event})).events[0].effects
    assert effect.stage == stage


@pytest.mark.parametrize("kind", ["case", "court", "pact"])
def test_a_step_that_takes_effect_by_itself_needs_no_stage(make_folder: MakeFolder, kind: str) -> None:
    step = EVENT.replace(', stage = "adopted", in_force = 2024-07-01', "").replace('"measure"', f'"{kind}"')
    [effect] = load(make_folder({"events/2024.toml": step})).events[0].effects
    assert effect.stage == "in-force"


def test_talks_name_the_stage_of_their_effects(make_folder: MakeFolder) -> None:
    """The stage of an effect must be given: a default would turn a promise made in talks into a decision."""
    talks = EVENT.replace('kind = "measure"\n', "").replace(', stage = "adopted"', "")
    folder = make_folder({"events/2024.toml": talks + 'meeting = { name = "Talks", phase = "closed" }\n'})
    [fault] = check_folder(folder)
    assert "effects[0]: the field 'stage' is missing; allowed: adopted, announced, in-force" in fault


def test_talks_with_effects_are_a_meeting(make_folder: MakeFolder) -> None:
    talks = EVENT.replace('kind = "measure"\n', "") + 'meeting = { name = "Talks", phase = "closed" }\n'
    [event] = load(make_folder({"events/2024.toml": talks})).events
    assert event.kind == "meeting"


def meeting_event(day: str, meeting: str) -> str:
    lines = EVENT.replace("2024-03-01\nkind", f"{day}\nkind").splitlines(True)
    kept = "".join(line for line in lines if not line.startswith(("effects", "kind")))
    return f"{kept}meeting = {meeting}\n"


def test_an_event_defines_a_meeting_that_another_names_by_its_id(make_folder: MakeFolder) -> None:
    planned = meeting_event(
        "2024-04-01", '{ name = "Talks in Bland", phase = "planned", starts = 2024-04-09 }'
    )
    held = meeting_event("2024-04-10", '{ id = "talks-in-bland", phase = "closed" }')
    measure = EVENT.replace("in_force = 2024-07-01", "in_force = 2024-03-01")
    folder = make_folder({"events/2024.toml": measure + planned + held})
    assert check_folder(folder) == []
    [meeting] = load(folder).meetings.values()
    assert (meeting.id, meeting.name, meeting.series) == (
        "talks-in-bland",
        "Talks in Bland",
        "talks-in-bland",
    )


def test_two_definitions_of_a_meeting_that_differ_are_reported(make_folder: MakeFolder) -> None:
    first = meeting_event("2024-04-01", '{ id = "talks", name = "Talks", phase = "closed" }')
    second = meeting_event("2024-04-10", '{ id = "talks", name = "Tea", phase = "closed" }')
    folder = make_folder({"events/2024.toml": EVENT + first + second})
    [fault] = check_folder(folder)
    assert slashed(fault) == slashed(
        f"{folder}/events/2024.toml:28:27: the meeting talks already has a different name"
    )


def test_the_site_is_the_publisher_of_a_source_without_one(make_folder: MakeFolder) -> None:
    [source] = load(
        make_folder({"events/2024.toml": EVENT.replace('publisher = "Aland", ', "")})
    ).sources.values()
    assert (source.publisher, source.id) == ("a.eu", "a-eu-2024-03-01")


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commented_blocks_of_a_new_folder_are_valid(tmp_path: Path, language: str) -> None:
    main(["new", str(tmp_path), "--lang", language])
    [events] = (tmp_path / "events").iterdir()
    for file in (events, tmp_path / "tracks.toml"):
        lines: list[str] = []
        for line in file.read_text(encoding="utf-8").splitlines():
            addresses = line.replace("https://…", f"https://example.org/{len(lines)}")
            is_code = re.match(r"# (\[\[|[a-z_]+ = |\s+[{\]]|\])", line)
            lines.append(addresses.removeprefix("# ") if is_code else line)
        file.write_text("\n".join(lines), encoding="utf-8")
    assert check_folder(tmp_path) == []
    record = load(tmp_path)
    assert len(record.events) == 9
    assert [len(track.facts) for track in record.tracks.values()] == [3, 0, 0]


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_a_new_folder_is_a_fault_once_the_record_has_its_own_title(
    tmp_path: Path, language: str
) -> None:
    main(["new", str(tmp_path), "--lang", language])
    use_language("en")  # the folder is checked in another language than it was written in
    assert check_folder(tmp_path) == []
    dataset = tmp_path / "dataset.toml"
    text = dataset.read_text(encoding="utf-8")
    dataset.write_text(re.sub('title = ".*"', 'title = "A tariff"', text), encoding="utf-8")
    faults = check_folder(tmp_path)
    assert ["the example written by kjtui new is still there" in fault for fault in faults] == [True, True]
    [events] = (tmp_path / "events").iterdir()
    assert f"/events/{events.name}:" in slashed(faults[0])


def test_a_copied_block_that_is_left_unchanged_is_a_fault(tmp_path: Path) -> None:
    main(["new", str(tmp_path)])
    [events] = (tmp_path / "events").iterdir()
    text = events.read_text(encoding="utf-8")
    block = text[text.index("[[events]]") : text.index("# For a suspension")]
    events.write_text(text + "\n" + block, encoding="utf-8")
    [fault] = check_folder(tmp_path)
    assert "written twice" in fault
    assert f"{events.name}:{text.count(chr(10)) + 5}:1: " in fault


def test_a_snapshot_counts_one_track_in_the_singular_and_shows_the_place_of_a_meeting(
    make_folder: MakeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    held = meeting_event("2024-04-10", '{ name = "Talks", phase = "closed", place = "Bland City" }')
    folder = make_folder({"events/2024.toml": EVENT + held})
    assert main(["snapshot", "2024-04-10", "--store", str(folder)]) == 0
    text = capsys.readouterr().out
    assert "1 track: 1 free." in text
    assert re.search(r"Where +Bland City", text)
