"""Commands that print lists or single items: filters, formats, unknown ids."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kjtui.cli.commands import main
from kjtui.formats.json.encoding import schema
from kjtui.formats.lists.event_list import EventsJson
from kjtui.formats.lists.meeting_list import MeetingsJson
from kjtui.formats.lists.note_list import NotesJson
from kjtui.formats.lists.source_list import SourcesJson
from kjtui.formats.lists.track_list import TracksJson
from kjtui.history.snapshot import History
from kjtui.notes import Note, Notes
from kjtui.record.model import Event, Record
from support.commands import Capture, printed
from support.hostile import COMMAND, spoilt_tables
from support.stores import SAMPLE, MakeStore, Tables

LISTS = {"events": EventsJson, "meetings": MeetingsJson, "tracks": TracksJson, "sources": SourcesJson}


def refused(capsys: Capture, *arguments: str) -> str:
    try:
        code: Any = main(arguments)
    except SystemExit as error:  # argparse
        code = error.code
    assert code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


def listed(capsys: Capture, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed(capsys, *arguments, "--format", "ndjson").splitlines()]


def ids(capsys: Capture, *arguments: str) -> list[str]:
    return [item["id"] for item in listed(capsys, *arguments)]


def chosen(record: Record, **wanted: Any) -> list[str]:
    """Return the ids of the events that match the options, computed in a second, simple way."""

    def fits(event: Event) -> bool:
        return (
            wanted.get("first", date.min) <= event.day <= wanted.get("last", date.max)
            and (not wanted.get("track") or wanted["track"] in event.tracks)
            and wanted.get("kind", event.kind) == event.kind
            and (not wanted.get("actor") or wanted["actor"] in event.actors)
        )

    return [event.id for event in record.events if fits(event)]


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ((), {}),
        (("--from", "2019-07"), {"first": date(2019, 7, 1)}),
        (("--to", "2019-12"), {"last": date(2019, 12, 31)}),
        (("--to", "2019"), {"last": date(2019, 12, 31)}),
        (("--to", "2019-W27"), {"last": date(2019, 7, 7)}),
        (("--to", "February 2020"), {"last": date(2020, 2, 29)}),
        (("--to", "2020年2月"), {"last": date(2020, 2, 29)}),
        (
            ("--from", "4 July 2019", "--to", "July 4, 2019"),
            {"first": date(2019, 7, 4), "last": date(2019, 7, 4)},
        ),
        (("--from", "start"), {"first": date(2019, 7, 4)}),
        (("--track", "gsomia"), {"track": "gsomia"}),
        (("--kind", "licence"), {"kind": "licence"}),
        (("--actor", "WTO"), {"actor": "WTO"}),
        (
            ("--track", "hydrogen-fluoride", "--from", "2019-07", "--to", "2019-12", "--actor", "KR"),
            {
                "track": "hydrogen-fluoride",
                "first": date(2019, 7, 1),
                "last": date(2019, 12, 31),
                "actor": "KR",
            },
        ),
    ],
    ids=str,
)
def test_listed_events_match_all_options(
    options: tuple[str, ...], wanted: dict[str, Any], record: Record, capsys: Capture
) -> None:
    found = ids(capsys, "events", *options)
    assert found == chosen(record, **wanted)
    assert found


def test_match_selects_the_same_events_as_a_search(capsys: Capture) -> None:
    assert "2019-07-04-individual-licensing" in ids(capsys, "events", "--match", "불화수소 takes effect")
    assert ids(capsys, "events", "--match", "xyzzy") == []


def test_events_of_a_meeting(history: History, capsys: Capture) -> None:
    found = ids(capsys, "events", "--meeting", "dialogue-08")
    assert found == [e.id for e in history.record.events if e.meeting and e.meeting.id == "dialogue-08"]
    assert len(found) > 3


def test_a_list_up_to_a_day_has_nothing_later(history: History, capsys: Capture) -> None:
    day = "2020-02-21"
    meetings = {item["id"]: item for item in listed(capsys, "meetings", "--to", "2020-03-10")}
    assert meetings["dialogue-08"]["status"] == "under-way"
    assert "dialogue-08" not in ids(capsys, "meetings", "--to", day)  # the meeting is planned for a later day
    for event in listed(capsys, "events", "--to", day):
        disputes = history.disputes(
            next(e for e in history.record.events if e.id == event["id"]), date(2020, 2, 21)
        )
        assert [dispute["about"] for dispute in event["disputes"]] == [dispute.about for dispute in disputes]


def test_tracks_have_the_standings_of_the_day(capsys: Capture) -> None:
    tracks = {item["id"]: item for item in listed(capsys, "tracks", "2020-03-10")}
    assert tracks["photoresist"]["state"] == "specific-bulk"
    assert "japan-entry" in printed(capsys, "tracks", "10 March 2020", "--match", "entry")
    assert "photoresist" not in printed(capsys, "tracks", "--match", "waiver")


def test_sources_of_events(history: History, capsys: Capture) -> None:
    found = ids(capsys, "sources", "--meeting", "dialogue-08")
    assert len(set(found)) == len(found) > 3
    events = [e for e in history.record.events if e.meeting and e.meeting.id == "dialogue-08"]
    assert {source for event in events for source in event.sources} <= set(found)
    assert len(ids(capsys, "sources")) == len(history.record.sources)
    assert {item["publisher"] for item in listed(capsys, "sources", "--match", "nikkei asia")} <= {
        source.publisher for source in history.record.sources.values()
    }


@pytest.mark.parametrize("name", LISTS)
def test_every_format_lists_the_same_items(name: str, capsys: Capture, tmp_path: Path) -> None:
    found = ids(capsys, name)
    header, *lines = printed(capsys, name).splitlines()
    assert "id" in header.split()
    assert len(lines) == len(found)
    assert all(identity in line for identity, line in zip(found, lines, strict=True))
    document = json.loads(printed(capsys, name, "--format", "json"))
    Draft202012Validator(schema(LISTS[name])).validate(document)
    assert [item["id"] for item in document[name]] == found
    rows = list(csv.DictReader(io.StringIO(printed(capsys, name, "--format", "csv"), newline="")))
    assert [row["id"] for row in rows] == found
    table = printed(capsys, name, "--format", "markdown").splitlines()
    assert len(table) == len(found) + 2
    for suffix, form in ((".ndjson", "ndjson"), (".csv", "csv"), (".md", "markdown"), (".txt", "text")):
        path = tmp_path / f"list{suffix}"
        assert main([name, "--output", str(path)]) == 0
        mark = "\ufeff" if form == "csv" else ""  # for Excel
        assert path.read_bytes().decode() == mark + printed(capsys, name, "--format", form)


def test_an_unknown_extension_is_refused(capsys: Capture, tmp_path: Path) -> None:
    told = refused(capsys, "events", "--output", str(tmp_path / "list.html"))
    assert "no format here has the extension .html; available: .txt, .md, .json, .ndjson, .csv" in told
    assert list(tmp_path.iterdir()) == []


def test_the_example_of_the_manual_works_as_it_reads(record: Record) -> None:
    arguments = "events --track hydrogen-fluoride --from 2019-07 --to 2019-12 --format ndjson"
    command = [sys.executable, "-m", "kjtui", *arguments.split(), "--store", str(SAMPLE)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    wanted = chosen(record, track="hydrogen-fluoride", first=date(2019, 7, 1), last=date(2019, 12, 31))
    titles = {event.id: event.title for event in record.events}
    found = [json.loads(line)["title"] for line in result.stdout.splitlines()]
    assert found == [titles[one] for one in wanted]


def on_a_terminal(width: int, *arguments: str) -> str:
    """Return the output of a command that runs in a terminal."""
    main_end, other_end = pty.openpty()
    environment = os.environ | {"COLUMNS": str(width)}
    process = subprocess.Popen(
        [sys.executable, "-m", "kjtui", *arguments],
        stdout=other_end,
        stdin=subprocess.DEVNULL,
        env=environment,
    )
    os.close(other_end)
    told = b""
    try:
        while part := os.read(main_end, 65536):
            told += part
    except OSError:  # Linux reports a closed terminal as an error
        pass
    os.close(main_end)
    assert process.wait() == 0
    return told.decode()


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "option", "local", "english"),
    [
        ("ko", "--kind", "회의", "meeting"),
        ("ja", "--kind", "会合", "meeting"),
        ("ja", "--source-kind", "報道", "press"),
    ],
)
def test_words_of_options_are_accepted_in_the_language(
    capsys: Capture, language: str, option: str, local: str, english: str
) -> None:
    sources = ("--lang", language, "sources", option)
    assert printed(capsys, *sources, local) == printed(capsys, *sources, english) != ""
    assert re.search(rf"{local}.{english}", refused(capsys, *sources, "xyz"))


def test_lines_are_cut_on_a_terminal_and_never_in_a_pipe(capsys: Capture) -> None:
    options = ("events", "--from", "2019-07-04", "--to", "2019-07-04")
    lines = on_a_terminal(50, *options).splitlines()
    whole = printed(capsys, *options).splitlines()
    assert len(lines) == len(whole)
    assert all(len(line) <= 50 for line in lines)
    assert any(line.endswith("…") for line in lines)
    assert not any("…" in line for line in whole)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("track", "photoresit"), "there is no track 'photoresit'; did you mean photoresist?"),
        (("why", "fluoride"), "did you mean hydrogen-fluoride"),
        (("events", "--track", "gsomai"), "there is no track 'gsomai'; did you mean gsomia?"),
        (("events", "--actor", "JPN"), "there is no actor 'JPN'; did you mean JP?"),
        (("events", "--actor", "X"), "available: JP, KR, US, EU, WTO, PRV"),
        (("events", "--meeting", "dialogue-8"), "did you mean dialogue-"),
        (("event", "2019-07-04-individual"), "did you mean 2019-07-04-individual-licensing"),
        (("event", "?"), "there is no event '?'; kjtui events lists them"),
        (("events", "--kind", "licenses"), "there is no kind 'licenses'; did you mean licence"),
        (("events", "--from", "2021", "--to", "2020"), "--from 2021-01-01 is after --to 2020-12-31"),
        (("meetings", "--from", "2020-03-11", "--to", "2020-03-10"), "--from 2020-03-11 is after"),
        (("sources", "--from", "2020-04", "--to", "2020-03"), "--from 2020-04-01 is after --to 2020-03-31"),
        (("events", "--from", "soon"), "'soon' is not a day: try 2019-07-04"),
        (("events", "--from", "2019-02-30"), "there is no 2019-02-30 in the calendar"),
        (
            ("event", "2019-07-04-individual-licensing", "2019-07-03"),
            "was not public on 2019-07-03; it became public on 2019-07-04",
        ),
    ],
)
def test_an_unknown_value_is_refused_with_suggestions(
    arguments: tuple[str, ...], told: str, capsys: Capture
) -> None:
    assert told in refused(capsys, *arguments)


def test_an_event_and_a_track_are_printed(capsys: Capture) -> None:
    text = printed(capsys, "event", "2019-07-04-individual-licensing")
    assert "Individual licensing of three materials takes effect" in text
    assert text.endswith("Again: kjtui event 2019-07-04-individual-licensing 2025-12-31\n")
    page = printed(capsys, "track", "gsomia", "2019-11-23")
    assert printed(capsys, "why", "gsomia", "2019-11-23") == page
    assert page.endswith("Again: kjtui track gsomia 2019-11-23\n")


def test_text_of_a_store_stays_on_its_line(tables: Tables, make_store: MakeStore, capsys: Capture) -> None:
    store = make_store(spoilt_tables(tables, "mixed", '=1+1 "x", y; z | \x1b[2J\n-e'))
    for name in LISTS:
        count = len(listed(capsys, name, "--store", str(store)))
        for form in ("text", "csv"):
            text = printed(capsys, name, "--store", str(store), "--format", form)
            assert not COMMAND.search(text.replace("\r\n", "\n").replace("\n", ""))
        assert len(printed(capsys, name, "--store", str(store)).splitlines()) == count + 1  # with a header
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_notes_are_added_to_a_snapshot_on_request_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, record: Record
) -> None:
    monkeypatch.setattr("kjtui.notes.default_path", lambda: tmp_path / "notes.json")
    title = record.dataset.title
    Notes(tmp_path / "notes.json").write(Note(record=title, day=date(2020, 3, 1), text="mine"))
    Notes(tmp_path / "notes.json").write(Note(record="another", day=date(2020, 3, 1), text="other"))
    without = printed(capsys, "snapshot", "2020-03-10")
    with_notes = printed(capsys, "snapshot", "2020-03-10", "--notes")
    assert "NOTES OF THE READER\n" in with_notes
    assert "2020-03-01\n    mine\n" in with_notes
    assert "\n    other\n" not in with_notes
    assert "NOTES" not in without
    path = tmp_path / "day.txt"
    path.write_text(with_notes, encoding="utf-8")
    assert "contains notes, which cannot be verified" in refused(capsys, "verify", str(path))
    (tmp_path / "notes.json").write_text("{")
    assert "not kjtui's notes" in refused(capsys, "snapshot", "--notes")


def test_notes_are_listed_in_every_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, record: Record
) -> None:
    monkeypatch.setattr("kjtui.notes.default_path", lambda: tmp_path / "notes.json")
    title, event = record.dataset.title, record.events[0].id
    assert printed(capsys, "notes") == ""
    for note in (
        Note(record=title, day=date(2019, 7, 4), event=event, text="two\nlines"),
        Note(record=title, day=date(2023, 3, 16)),
        Note(record="another", day=date(2019, 7, 4), text="other"),
    ):
        Notes(tmp_path / "notes.json").write(note)
    header, first, second = printed(capsys, "notes").splitlines()
    assert header.split() == ["day", "event", "text"]
    assert first.split("  ") == ["2019-07-04", event, "two lines"]
    assert second.split() == ["2023-03-16", "–", "bookmark"]
    found = [
        {"day": "2019-07-04", "event": event, "text": "two\nlines"},
        {"day": "2023-03-16", "event": "", "text": ""},
    ]
    assert listed(capsys, "notes") == found
    document = json.loads(printed(capsys, "notes", "--format", "json"))
    Draft202012Validator(schema(NotesJson)).validate(document)
    assert document["notes"] == found
    rows = csv.DictReader(io.StringIO(printed(capsys, "notes", "--format", "csv"), newline=""))
    assert list(rows) == found
    assert len(printed(capsys, "notes", "--format", "markdown").splitlines()) == 2 + len(found)
    assert listed(capsys, "notes", "--match", "lines TWO") == found[:1]
    (tmp_path / "notes.json").write_text("{")
    assert "not kjtui's notes" in refused(capsys, "notes")


def test_an_empty_list_of_events_suggests_similar_queries(capsys: Capture) -> None:
    assert main(["events", "--match", "gsomia zebra"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("kjtui: no events found; no event has “zebra”; “gsomia” finds ")


@pytest.mark.parametrize("typed", ["Seko", "SEKO", "hiroshige seko", "세코", "世耕"])
def test_a_term_is_found_by_a_part_of_a_name(typed: str, capsys: Capture) -> None:
    assert printed(capsys, "term", typed) == printed(capsys, "term", "seko-hiroshige")


def test_a_shared_name_opens_the_first_item_and_reports_the_others(
    tables: Tables, make_store: MakeStore, capsys: Capture
) -> None:
    for number, identity in enumerate(("one", "two"), 900):
        tables["terms"][str(number)] = {
            "id": identity,
            "term": f"{identity} list",
            "meaning": "A list.",
            "aliases": ["white list"],
        }
    store = str(make_store(tables))
    assert main(["term", "White List", "--store", store]) == 0
    told = capsys.readouterr()
    assert "One list" in told.out
    assert told.err == "kjtui: 'White List' is also a name of two\n"
    assert "'list' can mean" in refused(capsys, "term", "list", "--store", store)


@pytest.mark.parametrize(("short", "name"), [("md", "markdown"), ("TXT", "text"), (".md", "markdown")])
def test_a_format_is_accepted_by_its_extension(short: str, name: str, capsys: Capture) -> None:
    assert printed(capsys, "tracks", "--format", short) == printed(capsys, "tracks", "--format", name)


def test_a_kind_is_accepted_in_any_case(capsys: Capture) -> None:
    assert ids(capsys, "events", "--kind", "LICENCE") == ids(capsys, "events", "--kind", "licence")


def test_a_meeting_is_found_by_words_of_its_names(capsys: Capture) -> None:
    for typed in ("8th dialogue", "8차 dialogue", "policy, eighth"):
        assert "8th Export Management Policy Dialogue" in printed(capsys, "meeting", typed)
    assert "'Bangkok' can mean ministers-2019-08-bangkok, " in refused(capsys, "meeting", "Bangkok")
    assert "there is no meeting 'nowhere'" in refused(capsys, "meeting", "nowhere")


def test_a_day_typed_as_words_of_events_names_the_command_for_the_day(capsys: Capture) -> None:
    assert main(["events", "--match", "令和2年3月10日"]) == 0
    told = capsys.readouterr().err
    assert told.endswith("status at the end of 2020-03-10: kjtui snapshot 2020-03-10\n")
