"""The user's notes. No note is lost, even if the file is damaged, locked or replaced."""

import json
import multiprocessing
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from tinydb import TinyDB

from kjtui.notes import BrokenNotesError, Note, NoteConflictError, Notes, NotesError, NotesLockedError
from support.paths import ODD_SHAPES

RECORD = "The Mill Lane bridge"
DAY = date(2021, 3, 2)


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "data" / "notes.json")


def note(text: str = "", *, event: str = "", day: date = DAY, record: str = RECORD) -> Note:
    return Note(record=record, day=day, event=event, text=text)


def test_a_missing_notes_file_has_no_notes_and_is_not_created(notes: Notes, tmp_path: Path) -> None:
    assert notes.read(RECORD) == ()
    assert list(tmp_path.iterdir()) == []


def test_notes_are_read_in_the_order_of_days(notes: Notes) -> None:
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
def test_a_broken_file_is_kept_until_the_user_allows_renaming_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.json"
    older = tmp_path / "notes.broken-1.json"
    older.write_bytes(b"an older one")
    path.write_bytes(content)
    for use in (lambda: Notes(path).read(RECORD), lambda: Notes(path).write(note("new"))):
        with pytest.raises(BrokenNotesError, match="not kjtui's notes") as error:
            use()
        assert str(error.value).isprintable()
        assert path.read_bytes() == content
    Notes(path).write(note("new"), set_aside=True)
    assert older.read_bytes() == b"an older one"
    assert (tmp_path / "notes.broken-2.json").read_bytes() == content
    assert [one.text for one in Notes(path).read(RECORD)] == ["new"]


def test_a_file_that_is_complete_by_now_is_not_set_aside(notes: Notes, tmp_path: Path) -> None:
    notes.write(note("good"))
    notes.write(note("new", event="x"), set_aside=True)
    assert [one.text for one in notes.read(RECORD)] == ["new", "good"]
    assert list((tmp_path / "data").glob("*broken*")) == []


def test_a_broken_file_behind_a_link_is_set_aside_beside_the_target(tmp_path: Path) -> None:
    (tmp_path / "sync").mkdir()
    target, link = tmp_path / "sync" / "notes.json", tmp_path / "notes.json"
    target.write_text("{")
    link.symlink_to("sync/notes.json")
    Notes(link).write(note("new"), set_aside=True)
    assert link.is_symlink()
    assert "new" in target.read_text()
    assert (tmp_path / "sync" / "notes.broken-1.json").read_text() == "{"


@pytest.mark.parametrize("shape", ODD_SHAPES)
def test_a_pipe_or_folder_as_notes_file_is_refused_without_waiting(shape: str, tmp_path: Path) -> None:
    make, reason = ODD_SHAPES[shape]
    path = tmp_path / "notes.json"
    make(path)
    for use in (lambda: Notes(path).read(RECORD), lambda: Notes(path).write(note("new"))):
        with pytest.raises(NotesError, match=reason) as error:
            use()
        assert str(error.value).isprintable()
        assert str(path) in str(error.value)


@pytest.mark.parametrize(
    "make",
    [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/null")],
    ids=["folder", "pipe", "device"],
)
def test_a_lock_that_is_no_file_is_named(make: Callable[[Path], object], tmp_path: Path) -> None:
    lock = tmp_path / ".notes.json.lock"
    make(lock)
    with pytest.raises(NotesError, match=r"\.notes\.json\.lock: is not a file"):
        Notes(tmp_path / "notes.json").write(note("new"))


def test_a_lock_that_another_process_holds_is_not_waited_for_after_the_timeout(tmp_path: Path) -> None:
    with FileLock(tmp_path / ".notes.json.lock"):
        for change in (Notes.write, Notes.delete):
            with pytest.raises(NotesLockedError, match="another program is using the notes"):
                change(Notes(tmp_path / "notes.json"), note("new"), timeout=0)
    assert not (tmp_path / "notes.json").exists()


def test_only_the_text_that_the_user_saw_is_replaced(notes: Notes) -> None:
    notes.write(note("first"), replaces="")
    for change in (notes.write, notes.delete):
        with pytest.raises(NoteConflictError) as error:
            change(note("mine"), replaces="")
        assert error.value.text == "first"
    notes.write(note("second"), replaces="first")
    assert [one.text for one in notes.read(RECORD)] == ["second"]
    notes.delete(note(), replaces="second")
    assert notes.read(RECORD) == ()


def test_a_note_above_the_maximum_length_is_refused(notes: Notes) -> None:
    with pytest.raises(NotesError, match="A note can have 20,000 characters; this one has 20,001"):
        notes.write(note("x" * 20_001))
    assert notes.read(RECORD) == ()


def test_the_mode_of_the_file_stays(notes: Notes, tmp_path: Path) -> None:
    notes.write(note("private"))
    path = tmp_path / "data" / "notes.json"
    path.chmod(0o600)
    notes.write(note("still private"))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "sync").mkdir()
    target, link = tmp_path / "sync" / "notes.json", tmp_path / "notes.json"
    target.write_text('{"notes": {}}')
    link.symlink_to("sync/notes.json")
    Notes(link).write(note("new"))
    assert link.is_symlink()
    assert "new" in target.read_text()


def test_every_text_of_the_file_is_sanitized(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    stored = {
        "record": RECORD,
        "day": "2021-03-02",
        "event": "\x1b]52;c;aGk=\x07x\u202ey",
        "text": "hi\x1b[31m",
    }
    path.write_text(json.dumps({"notes": {"1": stored}}))
    [read] = Notes(path).read(RECORD)
    assert (read.event, read.text) == ("]52;c;aGk=xy", "hi[31m")
    Notes(path).write(note("changed", event=read.event))
    assert [one.text for one in Notes(path).read(RECORD)] == ["changed"]


def test_unknown_fields_and_tables_of_a_notes_file_are_kept(notes: Notes, tmp_path: Path) -> None:
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


def test_a_full_disk_leaves_the_notes_unchanged(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    notes.write(note("old"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotesError, match="No space left on device"):
        notes.write(note("new"))
    monkeypatch.undo()
    assert [one.text for one in notes.read(RECORD)] == ["old"]


def test_notes_are_read_without_escape_sequences(notes: Notes) -> None:
    notes.write(note("one\x1b[2J\ntwo\u202e"))
    assert [one.text for one in notes.read(RECORD)] == ["one[2J\ntwo"]


def write_many(path: Path, process: int, count: int) -> None:
    for number in range(count):
        Notes(path).write(note(f"{process}-{number}", event=f"{process}-{number}"))


@pytest.mark.slow
def test_concurrent_writes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    processes = [multiprocessing.Process(target=write_many, args=(path, number, 125)) for number in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    assert len({one.text for one in Notes(path).read(RECORD)}) == 1000
    assert {file.name for file in tmp_path.iterdir()} == {"notes.json", ".notes.json.lock"}
