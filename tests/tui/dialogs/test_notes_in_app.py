"""The user's notes in the app."""

import json
from datetime import date

import pytest
from filelock import FileLock
from textual.events import Paste
from textual.widgets import OptionList, TextArea

from kjtui.notes import Note, Notes, NotesError, default_path
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.note_editor import NoteEditor
from kjtui.tui.dialogs.notes_dialog import NotesDialog
from support.app import (
    NORMAL,
    Drive,
    lines,
    main_screen,
    notices,
    press,
    screen_text,
    selected,
)
from support.paths import ODD_SHAPES

TITLE = "Japan–Korea export controls"
EVENT = "2019-07-04-individual-licensing"


def stored() -> list[tuple[date, str, str]]:
    return [(note.day, note.event, note.text) for note in Notes(default_path()).read(TITLE)]


async def test_a_note_is_written_changed_and_deleted(driven: Drive) -> None:
    async with driven("2019-07-04", "a", *"see q", "ctrl+s") as (app, pilot):
        assert stored() == [(date(2019, 7, 4), EVENT, "see q")]
        assert selected(app).startswith("▶ Jul  4 JP *Individual")
        await press(pilot, "a", "2", "ctrl+s")
        assert stored() == [(date(2019, 7, 4), EVENT, "see q2")]
        await press(pilot, "a")
        app.screen.query_one(TextArea).text = " \n"
        await press(pilot, "ctrl+s")
        assert stored() == []
        assert selected(app).startswith("▶ Jul  4 JP  Individual")


async def test_a_note_on_the_day_is_shown_there(driven: Drive) -> None:
    async with driven("2019-07-04", "A", *"the day", "ctrl+s") as (app, pilot):
        assert stored() == [(date(2019, 7, 4), "", "the day")]
        assert any("Thu 4 Jul 2019 * the day ─" in line for line in lines(app, "timeline"))
        await press(pilot, "right")
        assert not any("the day" in line for line in lines(app, "timeline"))


async def test_a_changed_note_is_not_discarded_without_confirmation(driven: Drive) -> None:
    async with driven("2019-07-04", "a", "escape", size=NORMAL) as (app, pilot):
        assert app.screen is main_screen(app)
        await press(pilot, "a", "x", "escape")
        assert isinstance(app.screen, NoteEditor)
        assert "Not saved. Press again" in screen_text(app)
        await press(pilot, "escape")
        assert app.screen is main_screen(app)
        assert stored() == []


async def test_a_bookmark_is_set_and_removed(driven: Drive) -> None:
    async with driven("2019-07-04", "b", notifications=True) as (app, pilot):
        assert stored() == [(date(2019, 7, 4), EVENT, "")]
        await press(pilot, "b")
        assert stored() == []
        await press(pilot, "a", "x", "ctrl+s", "b")
        assert stored() == [(date(2019, 7, 4), EVENT, "x")]
        assert notices(app)[-1] == "There is a note here already; a edits it"


@pytest.mark.slow
async def test_notes_are_listed_searched_reached_edited_and_deleted(driven: Drive) -> None:
    notes = Notes(default_path())
    notes.write(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT, text="licences, see q. 3"))
    notes.write(Note(record=TITLE, day=date(2023, 3, 16), text="the summit"))
    notes.write(Note(record=TITLE, day=date(2020, 6, 1), event="gone-from-the-record", text="kept"))
    notes.write(Note(record="another record", day=date(2020, 6, 1), text="not here"))
    async with driven("2019-08-26", "B") as (app, pilot):
        assert isinstance(app.screen, NotesDialog)
        assert app.screen.query_one(OptionList).option_count == 3
        assert "gone-from-the-record is no longer in the record" in screen_text(app)
        await press(pilot, "slash", *"summit", "enter")
        assert "Notes: 1 of 3" in screen_text(app)
        await press(pilot, "enter")
        assert main_screen(app).cursor.day == date(2023, 3, 16)
        await press(pilot, "B", "down", "enter")
        assert main_screen(app).cursor.day == date(2020, 6, 1)
        assert any("* kept ─" in line for line in lines(app, "timeline"))
        await press(pilot, "B", "enter")
        assert selected(app).startswith("▶ Jul  4 JP *Individual")
        await press(pilot, "B", "a", "!", "ctrl+s")
        assert isinstance(app.screen, NotesDialog)
        assert "licences, see q. 3!" in screen_text(app)
        await press(pilot, "d")
        assert len(stored()) == 3
        await press(pilot, "d")
        assert [text for _, _, text in stored()] == ["kept", "the summit"]
        assert app.screen.query_one(OptionList).option_count == 2


async def test_another_windows_notes_are_shown_and_not_overwritten_without_confirmation(
    driven: Drive,
) -> None:
    async with driven("2019-07-04", "a", *"mine") as (app, pilot):
        Notes(default_path()).write(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT, text="theirs"))
        await press(pilot, "ctrl+s")
        assert "changed in another window" in screen_text(app)
        assert stored() == [(date(2019, 7, 4), EVENT, "theirs")]
        await press(pilot, "ctrl+s")
        assert stored() == [(date(2019, 7, 4), EVENT, "mine")]
        Notes(default_path()).delete(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT))
        app.check_store()
        await pilot.pause()
        assert selected(app).startswith("▶ Jul  4 JP  Individual")


async def test_a_full_disk_keeps_the_typed_text_on_screen(
    driven: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotesError("notes.json: No space left on device")

    async with driven("2019-07-04", "a", *"kept") as (app, pilot):
        monkeypatch.setattr(Notes, "write", full)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, NoteEditor)
        assert app.screen.query_one(TextArea).text == "kept"
        assert "No space left on device" in screen_text(app)


async def test_a_failed_save_does_not_permit_overwriting_another_windows_note(
    driven: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven("2019-07-04", "a", *"mine") as (app, pilot):
        default_path().mkdir(parents=True)
        await press(pilot, "ctrl+s")
        assert "is a folder" in screen_text(app)
        default_path().rmdir()
        Notes(default_path()).write(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT, text="theirs"))
        await press(pilot, "ctrl+s")
        assert "changed in another window" in screen_text(app)
        assert stored() == [(date(2019, 7, 4), EVENT, "theirs")]
        Notes(default_path()).write(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT, text="theirs 2"))
        await press(pilot, "ctrl+s")
        assert stored() == [(date(2019, 7, 4), EVENT, "theirs 2")]
        await press(pilot, "ctrl+s")
        assert stored() == [(date(2019, 7, 4), EVENT, "mine")]


async def test_a_locked_file_is_waited_for_in_the_background(driven: Drive) -> None:
    default_path().parent.mkdir(parents=True)
    lock = FileLock(default_path().with_name(".notes.json.lock"))
    async with driven("2019-07-04", "a", *"mine") as (app, pilot):
        with lock:
            await press(pilot, "ctrl+s")
            assert "Waiting" in screen_text(app)
            await press(pilot, "escape")
            assert "Not saved." in screen_text(app)
            await press(pilot, "ctrl+s", "s")
            assert "mines" in screen_text(app)
        for _ in range(100):
            await pilot.pause(0.05)
            if app.screen is main_screen(app):
                break
        assert stored() == [(date(2019, 7, 4), EVENT, "mines")]


async def test_a_file_that_is_being_rewritten_is_left_alone(driven: Drive) -> None:
    path = default_path()
    Notes(path).write(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT, text="kept"))
    content = path.read_bytes()
    async with driven("2019-07-04", notifications=True) as (app, pilot):
        await pilot.pause()
        path.write_bytes(b"")
        app.check_store()
        path.write_bytes(content[:40])
        app.check_store()
        await pilot.pause()
        assert notices(app) == []
        assert selected(app).startswith("▶ Jul  4 JP *Individual")
        path.write_bytes(content)
        app.check_store()
        await pilot.pause()
        assert notices(app) == []
    assert [file.name for file in path.parent.glob("*.json")] == ["notes.json"]
    assert stored() == [(date(2019, 7, 4), EVENT, "kept")]


async def test_a_broken_file_is_renamed_when_the_user_saves_again(driven: Drive) -> None:
    path = default_path()
    path.parent.mkdir(parents=True)
    path.write_text("{")
    async with driven("2019-07-04", notifications=True) as (app, pilot):
        app.check_store()
        await pilot.pause()
        assert [notice for notice in notices(app) if "not kjtui's notes" in notice]
        await press(pilot, "a", *"new", "ctrl+s")
        assert "notes.broken-1.json" in screen_text(app)
        assert path.read_text() == "{"
        path.write_text("[")
        await press(pilot, "ctrl+s")
        assert path.read_text() == "["
        await press(pilot, "ctrl+s")
    assert stored() == [(date(2019, 7, 4), EVENT, "new")]
    assert path.with_name("notes.broken-1.json").read_text() == "["


@pytest.mark.parametrize("shape", ODD_SHAPES)
async def test_a_notes_path_that_is_no_file_is_reported_in_one_line(shape: str, driven: Drive) -> None:
    make, reason = ODD_SHAPES[shape]
    default_path().parent.mkdir(parents=True)
    make(default_path())
    async with driven("2019-07-04", notifications=True) as (app, pilot):
        await pilot.pause()
        [notice] = notices(app)
        assert reason in notice
        assert notice.isprintable()
        await press(pilot, "a", "x", "ctrl+s")
        assert isinstance(app.screen, NoteEditor)


async def test_a_note_of_megabytes_is_cut_on_screen_and_not_edited(driven: Drive) -> None:
    stored_note = {"record": TITLE, "day": "2019-07-05", "text": "ab " * 1_000_000}
    default_path().parent.mkdir(parents=True)
    default_path().write_text(json.dumps({"notes": {"1": stored_note}}))
    async with driven("2019-07-05", "B", notifications=True) as (app, pilot):
        assert "ab ab ab" in screen_text(app)
        await press(pilot, "a")
        assert isinstance(app.screen, NotesDialog)
        assert notices(app)[-1].startswith("This note has 3,000,000 characters, too many to edit here.")


async def test_a_paste_longer_than_a_note_is_refused(driven: Drive) -> None:
    async with driven("2019-07-04", "a", *"mine", notifications=True) as (app, pilot):
        app.post_message(Paste("x" * 1_000_000))
        await pilot.pause()
        assert app.screen.query_one(TextArea).text == "mine"
        assert notices(app) == ["Not pasted: a note can have at most 20,000 characters"]


async def test_visitors_of_a_page_have_no_notes(driven: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    Notes(default_path()).write(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT, text="private"))
    monkeypatch.setattr(KjtuiApp, "is_web", True)
    async with driven("2019-07-04", "a", "A", "b", "B", size=(200, 50)) as (app, _):
        assert app.screen is main_screen(app)
        assert "private" not in screen_text(app)
        assert " a note " not in screen_text(app)
        assert selected(app).startswith("▶ Jul  4 JP    Individual")
    assert len(stored()) == 1
