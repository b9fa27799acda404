"""The reader's notes: nothing written is lost, whatever happens to the file."""

import json
import multiprocessing
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from tinydb import TinyDB

from kjtui.notes import Note, Notes, NotesError

RECORD = "The Mill Lane bridge"
DAY = date(2021, 3, 2)


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "data" / "notes.json")


def note(text: str = "", *, event: str = "", day: date = DAY, record: str = RECORD) -> Note:
    return Note(record=record, day=day, event=event, text=text)


def test_there_are_none_at_first_and_reading_makes_no_file(notes: Notes, tmp_path: Path) -> None:
    assert notes.read(RECORD) == ()
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_read_by_day(notes: Notes) -> None:
    later = note("later", day=date(2021, 7, 1))
    of_day, of_event = note("a day"), note("an event", event="2021-03-02-crack")
    for one in (later, of_day, of_event, note("of another record", record="Another")):
        notes.write(one)
    assert notes.read(RECORD) == (of_event, of_day, later)


def test_writing_again_replaces_the_note_in_that_place(notes: Notes) -> None:
    notes.write(note("first", event="x"))
    notes.write(note("of the day"))
    notes.write(note("second", event="x"))
    assert [one.text for one in notes.read(RECORD)] == ["second", "of the day"]


def test_a_bookmark_has_no_text(notes: Notes) -> None:
    notes.write(note(event="x"))
    assert notes.read(RECORD) == (note(event="x"),)


def test_deleting_leaves_the_others(notes: Notes) -> None:
    notes.write(note("stays"))
    notes.write(note("goes", event="x"))
    notes.delete(note(event="x"))
    notes.delete(note(event="never written"))
    assert notes.read(RECORD) == (note("stays"),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b'{"notes": 3}',
        b'{"notes": {"1": {"day": "x"}}}',
        b'{"notes": {"x": {}}}',
        b'{"notes": {"x": {"record": "R", "day": "2021-03-02"}}}',
        b"null",
        pytest.param(b"[" * 100_000, id="nested"),
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize(
    "use", [lambda n: n.read(RECORD), lambda n: n.write(note("new"))], ids=["read", "write"]
)
def test_a_broken_file_is_set_aside_whole(
    tmp_path: Path, content: bytes, use: Callable[[Notes], object]
) -> None:
    path = tmp_path / "notes.json"
    aside = tmp_path / "notes.broken-1.json"
    aside.write_bytes(b"an older one")
    path.write_bytes(content)
    with pytest.raises(NotesError, match=r"not kjtui's notes; moved to .*notes\.broken-2\.json") as error:
        use(Notes(path))
    assert "\n" not in str(error.value)
    assert aside.read_bytes() == b"an older one"
    assert (tmp_path / "notes.broken-2.json").read_bytes() == content
    assert Notes(path).read(RECORD) == ()


def test_a_file_that_was_replaced_in_the_meantime_is_not_set_aside(
    notes: Notes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.write(note("good"))
    [path] = (tmp_path / "data").glob("*.json")
    good = path.read_bytes()
    path.write_bytes(b"{")
    acquire = FileLock.acquire

    def replaced_first(self: FileLock, *args: Any, **options: Any) -> Any:
        path.write_bytes(good)
        return acquire(self, *args, **options)

    monkeypatch.setattr(FileLock, "acquire", replaced_first)
    assert [one.text for one in notes.read(RECORD)] == ["good"]
    assert list((tmp_path / "data").glob("*broken*")) == []


def test_what_another_version_wrote_beside_the_notes_stays(notes: Notes, tmp_path: Path) -> None:
    notes.write(note("mine"))
    [path] = (tmp_path / "data").glob("*.json")
    tables = json.loads(path.read_bytes())
    tables["notes"]["1"]["colour"] = "red"
    path.write_text(json.dumps(tables | {"tags": {"1": {"name": "x"}}}))
    notes.write(note("mine, changed"))
    notes.write(note("another", event="x"))
    after = json.loads(path.read_bytes())
    assert after["tags"] == {"1": {"name": "x"}}
    assert after["notes"]["1"] == {
        "record": RECORD,
        "day": "2021-03-02",
        "event": "",
        "text": "mine, changed",
        "colour": "red",
    }


def test_the_file_is_one_that_tinydb_reads(notes: Notes, tmp_path: Path) -> None:
    notes.write(note("mine"))
    [path] = (tmp_path / "data").glob("*.json")
    with TinyDB(path) as database:
        assert [document["text"] for document in database.table("notes")] == ["mine"]


def test_a_full_disk_leaves_the_notes_as_they_were(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    notes.write(note("old"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotesError, match="No space left on device"):
        notes.write(note("new"))
    monkeypatch.undo()
    assert [one.text for one in notes.read(RECORD)] == ["old"]


def test_no_escape_sequence_comes_back(notes: Notes) -> None:
    notes.write(note("one\x1b[2J\ntwo\u202e"))
    assert [one.text for one in notes.read(RECORD)] == ["one[2J\ntwo"]


def write_many(path: Path, process: int, count: int) -> None:
    for number in range(count):
        Notes(path).write(note(f"{process}-{number}", event=f"{process}-{number}"))


@pytest.mark.slow
def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    processes = [multiprocessing.Process(target=write_many, args=(path, number, 125)) for number in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    assert len({one.text for one in Notes(path).read(RECORD)}) == 1000
    assert {file.name for file in tmp_path.iterdir()} == {"notes.json", ".notes.json.lock"}
