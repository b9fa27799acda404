"""Opening stores, sound and broken: a record, or one clear line and the file as it was."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import BRIDGE, MakeStore, Tables

from kjtui.record.check import check
from kjtui.record.clean import clean
from kjtui.record.model import Record
from kjtui.record.store import StoreError, default_store, load

Spoil = Callable[[Tables], Any]


def test_the_real_record_opens_and_is_sound(record: Record) -> None:
    assert check(default_store()) == []
    assert len(record.events) > 200


def test_events_of_one_day_keep_the_order_of_the_store(record: Record) -> None:
    days = [event.day for event in record.events]
    assert days == sorted(days)


def test_a_store_is_never_written(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    store.write_bytes(BRIDGE.read_bytes())
    store.chmod(0o400)
    before = store.stat()
    load(store)
    check(store)
    assert store.read_bytes() == BRIDGE.read_bytes()
    assert store.stat().st_mtime_ns == before.st_mtime_ns


FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not JSON"),
    "truncated": (BRIDGE.read_bytes()[:2000], "not JSON"),
    "not JSON": (b"dear diary", "not JSON"),
    "not UTF-8": (b'{"dataset": {"1": {"title": "\xff"}}}', "not UTF-8 at byte 29"),
    "NUL": (b"\0" * 100, "not JSON"),
    "a list": (b"[1, 2]", "root is not an object"),
    "a number": (b"7", "root is not an object"),
    "null": (b"null", "root is not an object"),
    "a table that is a list": (b'{"events": []}', "events: not a TinyDB table"),
    "a document that is text": (b'{"events": {"1": "x"}}', "events: not a TinyDB table"),
    "a document without a number": (b'{"events": {"first": {}}}', "not under running numbers"),
    "no tables": (b"{}", "dataset: needs one document, has 0"),
    "deep": (b'{"events": {"1": {"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}}}", "nested too deeply"),
    "an unknown table": (b'{"gossip": {}}', "gossip: unknown table"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_gets_one_clear_line(tmp_path: Path, name: str) -> None:
    content, expected = FILES[name]
    path = tmp_path / "store.json"
    path.write_bytes(content)
    with pytest.raises(StoreError) as error:
        load(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert expected in message
    assert "\n" not in message
    assert path.read_bytes() == content


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    path.write_bytes(b"\xef\xbb\xbf" + BRIDGE.read_bytes())
    assert load(path).dataset.title == "The Mill Lane bridge"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for path, expected in (
        (tmp_path / "missing.json", "No such file"),
        (tmp_path, "not a file"),
        (loop, "cannot be read"),
        (fifo, "not a file"),
        (Path("nul\0byte"), "cannot be read"),
    ):
        with pytest.raises(StoreError, match=expected):
            load(path)


def event(tables: Tables, number: str = "1") -> dict[str, Any]:
    return tables["events"][number]


BREAKING: dict[str, tuple[Spoil, str]] = {
    "a missing field": (
        lambda t: event(t).pop("title"),
        "events: 2021-03-02-crack: Object missing required field `title`",
    ),
    "an unknown field": (
        lambda t: event(t).update(colour="red"),
        "events: 2021-03-02-crack: Object contains unknown field `colour`",
    ),
    "a wrong type": (lambda t: event(t).update(actors="C"), "events: 2021-03-02-crack: actors"),
    "an id that is a number": (lambda t: event(t).update(id=7), "events: document 1: id"),
    "an impossible date": (
        lambda t: event(t).update(date="2021-02-30"),
        "events: 2021-03-02-crack: date: no such date: '2021-02-30'",
    ),
    "an impossible day in force": (
        lambda t: event(t)["effects"][0].update(in_force="2021-13-01"),
        "effects[0].in_force",
    ),
    "an unknown stage": (lambda t: event(t)["effects"][0].update(stage="perhaps"), "effects[0].stage"),
    "an unknown source": (
        lambda t: event(t)["sources"].append("hearsay"),
        "events: 2021-03-02-crack: sources: unknown id 'hearsay'",
    ),
    "an unknown actor": (lambda t: event(t).update(actors=["X"]), "actors: unknown id 'X'"),
    "a speaker nobody knows": (lambda t: event(t).update(says={"X": "hm"}), "says: unknown id 'X'"),
    "an unknown track": (
        lambda t: event(t)["effects"][0].update(track="road"),
        "effects[0].track: unknown id 'road'",
    ),
    "an unknown state": (
        lambda t: event(t)["effects"][0].update(state="flooded"),
        "effects[0].state: unknown state 'flooded' of bridge",
    ),
    "an unknown meeting": (
        lambda t: event(t, "2")["meeting"].update(id="tea"),
        "meeting.id: unknown id 'tea'",
    ),
    "an unknown initial state": (
        lambda t: t["tracks"]["1"]["initial"].update(state="new"),
        "tracks: bridge: initial.state",
    ),
    "an unknown tone": (
        lambda t: t["tracks"]["1"]["states"][0].update(tone="loud"),
        "tracks: bridge: states[0].tone",
    ),
    "two datasets": (
        lambda t: t["dataset"].update({"2": t["dataset"]["1"]}),
        "dataset: needs one document, has 2",
    ),
    "no events": (lambda t: t["events"].clear(), "events: is empty"),
    "a year 0": (lambda t: event(t).update(date="0000-01-01"), "no such date"),
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_store_that_breaks_the_model_is_refused_by_table_id_and_field(
    tables: Tables, make_store: MakeStore, name: str
) -> None:
    spoil, expected = BREAKING[name]
    spoil(tables)
    path = make_store(tables)
    with pytest.raises(StoreError) as error:
        load(path)
    assert expected in str(error.value)
    assert "\n" not in str(error.value)
    assert any(expected in str(fault) for fault in check(path))


FAULTS: dict[str, tuple[Spoil, str]] = {
    "an unreadable id": (lambda t: event(t).update(id="The Crack!"), "id: not lower-case words"),
    "an event too early": (lambda t: event(t).update(date="2020-12-31"), "date: outside the coverage"),
    "an event too late": (lambda t: event(t, "5").update(date="2022-01-01"), "date: outside the coverage"),
    "events out of order": (
        lambda t: event(t).update(date="2021-06-02"),
        "stands after 2021-03-02-crack, which is later",
    ),
    "an end before the beginning": (lambda t: event(t).update(end="2021-03-01"), "end: before the date"),
    "a time that is none": (lambda t: event(t).update(time="25:00"), "time: not HH:MM"),
    "no source": (lambda t: event(t, "2").update(sources=[]), "sources: none"),
    "no actor": (lambda t: event(t, "2").update(actors=[]), "actors: none"),
    "an empty title": (lambda t: event(t).update(title=""), "title: empty"),
    "an empty summary": (lambda t: event(t).update(summary=""), "summary: empty"),
    "a long title": (lambda t: event(t).update(title="수" * 31), "title: wider than 60 cells"),
    "a wide short name": (lambda t: t["tracks"]["1"].update(short="B" * 13), "short: wider than 12 cells"),
    "a statement with an effect": (
        lambda t: event(t).update(kind="statement"),
        "effects: a statement has none",
    ),
    "a licence with an effect": (lambda t: event(t).update(kind="licence"), "effects: a licence has none"),
    "a proposal with a day": (
        lambda t: event(t, "4")["effects"][1].update(in_force="2021-08-01"),
        "in_force: a proposal has none",
    ),
    "in force before it was said": (
        lambda t: event(t)["effects"][0].update(in_force="2021-03-01"),
        "before the event, without a note",
    ),
    "in force later": (lambda t: event(t)["effects"][0].update(stage="in-force"), "adopted is meant"),
    "a lonely reading": (
        lambda t: event(t, "4")["disputed"][0]["readings"].pop(),
        "disputed: fewer than two readings",
    ),
    "a reading without a source": (
        lambda t: event(t, "4")["disputed"][0]["readings"][0].update(sources=[]),
        "a reading without a source",
    ),
    "a machine translation alone": (
        lambda t: t["sources"]["4"].update(machine_translated=True),
        "confidence: rests on machine translations",
    ),
    "a source nobody cites": (
        lambda t: t["sources"].update({"9": {**t["sources"]["4"], "id": "spare"}}),
        "sources: spare: nobody cites it",
    ),
    "a meeting nobody tells of": (
        lambda t: t["meetings"].update({"9": {**t["meetings"]["1"], "id": "tea"}}),
        "meetings: tea: no event tells of it",
    ),
    "a meeting that never closes": (
        lambda t: event(t, "3")["meeting"].update(phase="opened"),
        "hearing-1: opened and never closed",
    ),
    "an escape sequence": (lambda t: event(t).update(title="\x1b[2J"), "title: control"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_check_tells_what_the_app_can_live_with(tables: Tables, make_store: MakeStore, name: str) -> None:
    spoil, expected = FAULTS[name]
    spoil(tables)
    path = make_store(tables)
    load(path)
    assert any(expected in str(fault) for fault in check(path)), check(path)


def test_check_tells_all_faults_at_once(tables: Tables, make_store: MakeStore) -> None:
    event(tables).pop("title")
    event(tables, "2").update(sources=[])
    event(tables, "4")["effects"][0].update(track="road")
    told = "\n".join(map(str, check(make_store(tables))))
    for expected in ("`title`", "sources: none", "unknown id 'road'"):
        assert expected in told


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("\x1b]52;c;aGk=\x07x", "]52;c;aGk=x"),
        ("a\x9b2Jb", "a2Jb"),
        ("left\u202eright", "leftright"),
        ("one\r\ntwo\tthree", "one two three"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("e" + "\u0301" * 50, "e\u0301\u0301\u0301"),
        ("불화수소 フッ化水素 – “quoted”", "불화수소 フッ化水素 – “quoted”"),
    ],
)
def test_cleaning(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected
    assert clean(expected) == expected


@pytest.mark.parametrize("code", range(0x20))
def test_no_control_character_survives_loading(tables: Tables, tmp_path: Path, code: int) -> None:
    event(tables)["title"] = f"a{chr(code)}b"
    path = tmp_path / "store.json"
    path.write_text(json.dumps(tables), encoding="utf-8")
    assert load(path).events[0].title in ("ab", "a b")
