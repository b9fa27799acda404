"""`kjtui export` in the formats of bibliographies: selection of sources, and errors."""

import json
import re
from pathlib import Path

import pytest
import rispy
from pybtex.database import parse_string

from kjtui.cli.commands import main
from kjtui.history.snapshot import History
from support.stores import BRIDGE

EVENT = "2019-07-04-individual-licensing"


def exported(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, object]]:
    """Return the items of a bibliography in CSL-JSON."""
    assert main(["export", "--format", "csl-json", *options]) == 0
    items: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return items


def ids(capsys: pytest.CaptureFixture[str], *options: str) -> list[object]:
    return [item["id"] for item in exported(capsys, *options)]


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the ids of the sources in a JSON export."""
    assert main([*arguments, "--format", "json"]) == 0
    return [source["id"] for source in json.loads(capsys.readouterr().out)["sources"]]


@pytest.mark.parametrize("ending", [".ris", ".bib", ".csl.json", ".BIB"])
def test_the_extension_of_the_file_selects_the_format(ending: str, tmp_path: Path, history: History) -> None:
    path = tmp_path / f"sources{ending}"
    assert main(["export", "--output", str(path)]) == 0
    text = path.read_bytes().decode()
    if ending == ".ris":
        count = len(rispy.loads(text.replace("\r\n", "\n")))
    elif ending == ".csl.json":
        count = len(json.loads(text))
    else:
        count = len(parse_string(text, "bibtex").entries)
    assert count == len(history.record.sources)


@pytest.mark.parametrize(
    "filters",
    [
        ("--track", "photoresist", "--from", "2019-07", "--to", "2019-12"),
        ("--kind", "licence"),
        ("--actor", "WTO"),
        ("--match", "METI"),
        ("--to", "2019-06-30"),
        (),
    ],
)
def test_filters_choose_the_same_sources_as_in_the_list(
    filters: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    expected = listed(capsys, "sources", *filters)
    assert expected
    assert ids(capsys, *filters) == expected


@pytest.mark.parametrize("day", ["2020-03-10", "2023-04-14"])
def test_a_day_gives_the_sources_of_its_page_by_number(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshot", day]) == 0
    page = capsys.readouterr().out
    shown = re.findall(r"^ ?\[(\d+)\] (.{12})", page, re.MULTILINE)
    sources = exported(capsys, "--day", day)
    assert [int(number) for number, _ in shown] == [*range(1, len(sources) + 1)]
    for (_, start), source in zip(shown, sources, strict=True):
        publisher = f"{source['container-title']}, "
        assert publisher.startswith(start) or start.startswith(publisher)


@pytest.mark.parametrize("day", ["2020-03-10", "2023-04-14"])
def test_the_bibliography_of_a_day_is_read_without_a_warning(
    day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """If a parser gave a warning, the test would fail, because pytest turns warnings into errors."""
    count = len(exported(capsys, "--day", day))
    assert main(["export", "--format", "ris", "--day", day]) == 0
    assert len(rispy.loads(capsys.readouterr().out.replace("\r\n", "\n"))) == count
    assert main(["export", "--format", "bibtex", "--day", day]) == 0
    assert len(parse_string(capsys.readouterr().out, "bibtex").entries) == count


def test_an_event_gives_its_sources(history: History, capsys: pytest.CaptureFixture[str]) -> None:
    (event,) = (event for event in history.record.events if event.id == EVENT)
    assert ids(capsys, "--event", EVENT)[: len(event.sources)] == list(event.sources)


def test_a_side_of_a_disagreement_is_cited_from_the_day_it_was_public(
    capsys: pytest.CaptureFixture[str],
) -> None:
    event = "2019-08-02-japan-cabinet-decision"
    later = set(ids(capsys, "--event", event)) - set(ids(capsys, "--event", event, "--day", "2019-08-02"))
    assert later == {"issueedico-2019-08-07"}


def test_the_record_a_day_and_an_event_are_cited_with_version_and_digest(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    record = history.record
    for options in ([], ["--day", "2020-03-10"], ["--event", EVENT]):
        (item,) = exported(capsys, "--cite", *options)
        assert record.dataset.title in str(item["title"])
        assert record.dataset.version in str(item["title"])
        assert record.digest in str(item["note"])
        assert all(word in str(item["note"]) for word in options[1:])


def test_another_store_gives_its_own_sources(capsys: pytest.CaptureFixture[str]) -> None:
    sources = json.loads(BRIDGE.read_text(encoding="utf-8"))["sources"].values()
    assert ids(capsys, "--store", str(BRIDGE)) == [source["id"] for source in sources]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--event", "individual"], f"there is no event 'individual'; did you mean {EVENT}?"),
        (["--event", EVENT, "--day", "2019-07-03"], f"{EVENT} was not public on 2019-07-03"),
        (["--event", EVENT, "--track", "gsomia"], "--event selects the sources; leave out --track"),
        (["--from", "2021", "--to", "2020"], "--from 2021-01-01 is after --to 2020-12-31"),
        (["--day", "2019-07-03", "--from", "2019"], "--day selects the sources; leave out --from"),
        (["--cite", "--match", "METI"], "--cite selects the sources; leave out --match"),
        (["--day", "2019-02-30"], "there is no 2019-02-30 in the calendar"),
        (["--track", "tea"], "there is no track 'tea'"),
    ],
)
def test_unusable_options_are_refused_in_one_line(
    options: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--format", "ris", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert expected in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("path", ["folder", "record.ics"])
@pytest.mark.parametrize(
    "option", [["--day", "2020-03-10"], ["--to", "2020"], ["--match", "METI"], ["--cite"]], ids=lambda o: o[0]
)
def test_tables_and_calendars_hold_the_whole_record(
    path: str, option: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = list(here.iterdir())
    assert main(["export", "--output", path, *option]) == 2
    assert capsys.readouterr().err.startswith(f"kjtui: {option[0]} is for bibliographies: ")
    assert list(here.iterdir()) == before


@pytest.mark.parametrize("name", ["x.json", "x.csl", "x.txt", "x.pdf"])
def test_an_unknown_extension_is_refused_and_writes_nothing(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = list(here.iterdir())
    assert main(["export", "--output", name]) == 2
    assert "available: .ics, .sqlite, .ris, .bib, .csl.json;" in capsys.readouterr().err
    assert list(here.iterdir()) == before
