"""Opening stores, sound and broken: each works or gets one clear line, and the file is as it was.

What may come stands in one table, ``tests/cases.py``.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from kjtui.cli import main
from kjtui.history.snapshot import History
from kjtui.record.check import validate
from kjtui.record.model import Record, StoreFile
from kjtui.record.sanitize import may_need_sanitizing, sanitize
from kjtui.record.storage import ReadOnlyStorage, StoreError
from kjtui.record.store import default_store, load
from kjtui.tui.app import KjtuiApp
from support.app import NORMAL, press
from support.broken_stores import BROKEN, FAULTS, SOUND, event, with_tables
from support.stores import BRIDGE, ROOT, MakeStore, Tables, shared_folder, unprivileged

COMMANDS = (
    ["snapshot", "--store"],
    ["why", "bridge", "--store"],
    ["compare", "2021-01-01", "9999-12-31", "--store"],
    ["--store"],  # the app
)
DEADLINE = 120
"""Seconds after which something counts as hung."""


@pytest.fixture(autouse=True)
def no_hanging() -> Iterator[None]:
    """A pipe that is read or a device without end would keep the tests for ever."""
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("hangs"))
    signal.alarm(DEADLINE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command needs to be about to open the app."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)


def traces(path: Path) -> object:
    """What must be the same afterwards: a file's bytes (of a huge one the first), its times, its folder."""
    try:
        state = path.stat()
    except (OSError, ValueError):
        return None
    if path.is_file():
        with path.open("rb") as file:
            content = file.read(1_000_000)
    else:
        content = b""
    return content, state.st_mtime_ns, state.st_size, state.st_mode, sorted(path.parent.iterdir())


def test_the_real_record_opens_and_is_sound(record: Record) -> None:
    assert validate(default_store()) == []
    assert len(record.events) > 200


def test_events_of_one_day_keep_the_order_of_the_store(record: Record) -> None:
    days = [event.day for event in record.events]
    assert days == sorted(days)


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_used_is_refused_in_one_line(
    name: str,
    tmp_path: Path,
    tables: Tables,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_a_terminal(monkeypatch)
    make, expected = BROKEN[name]
    path = make(tmp_path, tables)
    before = traces(path)
    line = re.compile(rf"{re.escape(sanitize(str(path)))}: ({expected})( \(and \d+ more: kjtui check\))?")
    for command in COMMANDS:
        assert main([*command, str(path)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("kjtui: ")
        assert line.fullmatch(err.removeprefix("kjtui: ").removesuffix("\n")), err
    with pytest.raises(StoreError) as error:
        load(path)
    assert line.fullmatch(str(error.value))
    code = main(["check", str(path)])
    out, err = capsys.readouterr()
    told = (
        out.removesuffix("\n").split("\n") if code == 1 else [err.removeprefix("kjtui: ").removesuffix("\n")]
    )
    assert code in (1, 2)
    assert any(map(line.fullmatch, told)), told
    assert traces(path) == before


@pytest.mark.parametrize("name", ["a file", "a file in a folder"])
def test_what_one_may_not_read_is_refused(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    with shared_folder() as folder:
        path = folder / "store.json"
        path.write_bytes(BRIDGE.read_bytes())
        path.chmod(0o000)
        folder.chmod(0o755 if name == "a file" else 0o000)
        with unprivileged():
            for command in (*COMMANDS, ["check"]):
                assert main([*command, str(path)]) == 2
                assert capsys.readouterr() == ("", f"kjtui: {path}: cannot be read: Permission denied\n")


@pytest.mark.parametrize("name", ["a pipe", "a device", "a folder", "missing", "two events of one id"])
def test_a_shell_sees_the_same(name: str, tmp_path: Path, tables: Tables) -> None:
    make, expected = BROKEN[name]
    path = make(tmp_path, tables)
    result = kjtui("snapshot", "--store", str(path))
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(rf"kjtui: {re.escape(str(path))}: {expected}\n", result.stderr)


def kjtui(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kjtui", *arguments],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=DEADLINE,
        check=False,
    )


@pytest.mark.parametrize("name", SOUND)
async def test_what_can_be_used_works(
    name: str, tmp_path: Path, tables: Tables, capsys: pytest.CaptureFixture[str]
) -> None:
    path = SOUND[name](tmp_path, tables)
    before = traces(path)
    history = History(load(path))
    track = next(iter(history.record.tracks))
    for day in ("0001-01-01", str(history.latest_change), "9999-12-31"):
        for command in (["snapshot", day], ["why", track, day], ["compare", day, "2021-06-01"]):
            for form in ("text", "markdown", "json"):
                assert main([*command, "--format", form, "--store", str(path)]) == 0
                out, err = capsys.readouterr()
                assert (out.endswith("\n"), err) == (True, "")
    assert main(["check", str(path)]) in (0, 1)
    app = KjtuiApp(history)
    async with app.run_test(size=NORMAL) as pilot:
        if "calendar" in name:
            await press(pilot, "home", "left", "left_square_bracket", "left_curly_bracket", "p", "M", "c")
            await press(pilot, "end", "right", "right_square_bracket", "right_curly_bracket", "n", "m")
            await press(pilot, "plus", "c", "escape", "w", "escape", "g", *"+9y", "enter", "escape")
        await press(pilot, "end", "left")
        assert app.is_running
    assert traces(path) == before


def test_a_store_of_100_mb_opens_and_one_cut_short_is_refused(tmp_path: Path, tables: Tables) -> None:
    path = tmp_path / "store.json"
    summary = "The bridge stays as it is – 다리. " * 120
    tables["events"] = {
        str(number): {**event(tables, "5"), "id": f"event-{number}", "date": "2021-07-01", "summary": summary}
        for number in range(22_000)
    }
    path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    assert path.stat().st_size > 100_000_000
    result = kjtui("snapshot", "2021-06-30", "--store", str(path))
    assert (result.returncode, result.stderr) == (0, "")
    assert "The Mill Lane bridge" in result.stdout
    os.truncate(path, path.stat().st_size - 1)
    result = kjtui("snapshot", "2021-06-30", "--store", str(path))
    assert (result.returncode, result.stdout) == (2, "")
    assert re.fullmatch(rf"kjtui: {re.escape(str(path))}: not JSON: .+\n", result.stderr)


@pytest.mark.parametrize("name", FAULTS)
def test_check_tells_what_the_app_can_live_with(tables: Tables, make_store: MakeStore, name: str) -> None:
    spoil, expected = FAULTS[name]
    spoil(tables)
    path = make_store(tables)
    load(path)
    assert any(expected in str(fault) for fault in validate(path)), validate(path)


def test_check_tells_all_faults_at_once(tables: Tables, make_store: MakeStore) -> None:
    event(tables).pop("title")
    event(tables, "2").update(sources=[])
    event(tables, "4")["effects"][0].update(track="road")
    told = "\n".join(map(str, validate(make_store(tables))))
    for expected in ("`title`", "sources: none", "unknown id 'road'"):
        assert expected in told


@pytest.mark.parametrize(
    ("written", "twice", "expected"),
    [
        ('"5": {', '"4": {', "events: 4: written twice"),
        ('"title": "Notice 1"', '"title": "x", "title": "Notice 1"', "sources: 2: title: written twice"),
        (
            '"says": "one million"',
            '"says": "", "says": "one"',
            "events: 4: disputed: readings: says: written",
        ),
        ('"terms": {}', '"terms": {}, "terms": {}', "terms: written twice"),
    ],
)
def test_check_tells_what_is_written_twice(tmp_path: Path, written: str, twice: str, expected: str) -> None:
    path = tmp_path / "store.json"
    text = BRIDGE.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, twice), encoding="utf-8")
    assert any(str(fault).startswith(expected) for fault in validate(path)), validate(path)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where there is something in a JSON value, by keys and indices."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


WRONG: tuple[Any, ...] = (None, 10**30, "", "0000-00-00", [None], {"x": 1})


def test_whatever_stands_anywhere_it_works_or_is_refused_by_name(
    tables: Tables, make_store: MakeStore
) -> None:
    """Each value of a store, one after the other, is something else."""
    for *way, last in places(tables):
        holder: Any = tables
        for key in way:
            holder = holder[key]
        kept = holder[last]
        for wrong in WRONG:
            holder[last] = wrong
            path = make_store(tables)
            faults = check_or_refusal(path)
            try:
                history = History(load(path))
            except StoreError as error:
                name, table, _ = str(error).split(": ", 2)
                assert (name, table in StoreFile.__struct_fields__) == (str(path), True)
                assert str(error).isprintable()
                assert faults
            else:
                assert history.snapshot(history.latest_change).standings
        holder[last] = kept


def check_or_refusal(path: Path) -> list[str]:
    try:
        return [str(fault) for fault in validate(path)]
    except StoreError as error:
        return [str(error)]


def test_a_store_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    whole = BRIDGE.read_bytes().rstrip()
    for size in range(0, len(whole), 7):
        path.write_bytes(whole[:size])
        with pytest.raises(StoreError, match="not JSON"):
            load(path)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("\x1b]52;c;aGk=\x07x", "]52;c;aGk=x"),
        ("a\x9b2Jb", "a2Jb"),
        ("left\u202eright", "leftright"),
        ("one\r\ntwo\tthree", "one two three"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\U0001f468\u200d\U0001f469\ufe0f", "\U0001f468\U0001f469"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e" + "\u0301" * 50, "e\u0301\u0301\u0301"),
        ("ก" + "\u0e49" * 50, "ก" + "\u0e49" * 8),
        ("가" + "\u11a8" * 50, "가" + "\u11a8" * 8),
        ("ကြ" + "\u103d\u103e\u102d\u102f\u1037", "ကြ" + "\u103d\u103e\u102d\u102f\u1037"),
        ("—" * 50, "—" * 50),
        ("불화수소 フッ化水素 – “quoted”", "불화수소 フッ化水素 – “quoted”"),
    ],
)
def test_cleaning(dirty: str, expected: str) -> None:
    assert sanitize(dirty) == expected
    assert sanitize(expected) == expected


def test_no_text_goes_uncleaned_for_its_looks() -> None:
    """The quick look at a file passes over nothing that cleaning would change, once or in a row."""
    rows = [chr(code) * 20 for code in range(0x7F, 0x40000) if not 0xD800 <= code < 0xE000]
    unclean = [row for row in rows if sanitize(row) != row]
    assert len(unclean) > 1000
    assert [row for row in unclean if not may_need_sanitizing(f'{{"title": "{row}"}}'.encode())] == []


@pytest.mark.parametrize("code", range(0x20))
def test_no_control_character_survives_loading(tables: Tables, make_store: MakeStore, code: int) -> None:
    event(tables)["title"] = f"a{chr(code)}b"
    assert load(make_store(tables)).events[0].title in ("ab", "a b")


def test_entries_that_only_look_apart_are_one(tables: Tables, tmp_path: Path) -> None:
    tables["sources"]["9"] = deepcopy(tables["sources"]["2"]) | {"id": "notice-1\u200b"}
    path = with_tables(lambda t: None)(tmp_path, tables)
    with pytest.raises(StoreError, match="sources: notice-1: id: used 2 times"):
        load(path)


@pytest.mark.parametrize(
    "store", [default_store(), BRIDGE, ROOT / "docs" / "example.json"], ids=lambda path: path.name
)
def test_the_storage_reads_what_the_storage_of_tinydb_reads(store: Path) -> None:
    storage = ReadOnlyStorage(store, sanitized=False)
    ours = TinyDB(storage=lambda: storage)
    with TinyDB(store, access_mode="r", encoding="utf-8") as theirs:
        assert ours.tables() == theirs.tables()
        for name in theirs.tables():
            assert ours.table(name).all() == theirs.table(name).all()


def test_a_file_written_by_tinydb_opens(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "written.json"
    with TinyDB(path) as database:
        for name, documents in tables.items():
            database.table(name).insert_multiple(documents.values())
    assert [event.id for event in load(path).events] == [event.id for event in load(BRIDGE).events]


def test_writing_is_refused(tables: Tables, make_store: MakeStore) -> None:
    path = make_store(tables)
    before = traces(path)
    storage = ReadOnlyStorage(path)
    database = TinyDB(storage=lambda: storage)
    for write in (
        lambda: database.table("events").insert({"id": "x"}),
        lambda: database.table("events").truncate(),
        lambda: database.drop_tables(),
    ):
        with pytest.raises(StoreError, match="opened read-only"):
            write()
    assert traces(path) == before
