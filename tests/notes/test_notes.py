"""The reader's notes: nothing written is lost, whatever happens to the file."""

import multiprocessing
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

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
    processes = [multiprocessing.Process(target=write_many, args=(path, number, 50)) for number in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    assert len({one.text for one in Notes(path).read(RECORD)}) == 400
