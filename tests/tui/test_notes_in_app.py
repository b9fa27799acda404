"""The reader's notes in the app."""

from datetime import date

import pytest
from textual.widgets import OptionList, TextArea

from kjtui.history.snapshot import History
from kjtui.notes import Note, Notes, NotesError, default_path
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.note_editor import NoteEditor
from kjtui.tui.dialogs.notes_dialog import NotesDialog
from support.app import NORMAL, WIDE, app_on, lines, main_screen, notices, press, screen_text, selected

TITLE = "Japan–Korea export controls"
EVENT = "2019-07-04-individual-licensing"


def stored() -> list[tuple[date, str, str]]:
    return [(note.day, note.event, note.text) for note in Notes(default_path()).read(TITLE)]


async def test_a_note_is_written_changed_and_deleted(history: History) -> None:
    app = app_on(history, "2019-07-04")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a", *"see q", "ctrl+s")
        assert stored() == [(date(2019, 7, 4), EVENT, "see q")]
        assert selected(app).startswith("▶ Jul  4 JP *Individual")
        await press(pilot, "a", "2", "ctrl+s")
        assert stored() == [(date(2019, 7, 4), EVENT, "see q2")]
        await press(pilot, "a")
        app.screen.query_one(TextArea).text = " \n"
        await press(pilot, "ctrl+s")
        assert stored() == []
        assert selected(app).startswith("▶ Jul  4 JP  Individual")


async def test_a_note_on_the_day_is_shown_there(history: History) -> None:
    app = app_on(history, "2019-07-04")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "A", *"the day", "ctrl+s")
        assert stored() == [(date(2019, 7, 4), "", "the day")]
        assert any("Thu 4 Jul 2019 * the day ─" in line for line in lines(app, "timeline"))
        await press(pilot, "right")
        assert not any("the day" in line for line in lines(app, "timeline"))


async def test_what_was_written_is_not_discarded_unasked(history: History) -> None:
    app = app_on(history, "2019-07-04")
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "a", "escape")
        assert app.screen is main_screen(app)
        await press(pilot, "a", "x", "escape")
        assert isinstance(app.screen, NoteEditor)
        assert "Not saved. Press again" in screen_text(app)
        await press(pilot, "escape")
        assert app.screen is main_screen(app)
        assert stored() == []


async def test_a_bookmark_is_set_and_removed(history: History) -> None:
    app = app_on(history, "2019-07-04")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "b")
        assert stored() == [(date(2019, 7, 4), EVENT, "")]
        await press(pilot, "b")
        assert stored() == []
        await press(pilot, "a", "x", "ctrl+s", "b")
        assert stored() == [(date(2019, 7, 4), EVENT, "x")]
        assert notices(app)[-1] == "There is a note here already; a edits it"


@pytest.mark.slow
async def test_notes_are_listed_searched_reached_edited_and_deleted(history: History) -> None:
    notes = Notes(default_path())
    notes.write(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT, text="licences, see q. 3"))
    notes.write(Note(record=TITLE, day=date(2023, 3, 16), text="the summit"))
    notes.write(Note(record=TITLE, day=date(2020, 6, 1), event="gone-from-the-record", text="kept"))
    notes.write(Note(record="another record", day=date(2020, 6, 1), text="not here"))
    app = app_on(history, "2019-08-26")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "B")
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


async def test_another_windows_notes_are_shown_and_not_overwritten_unasked(history: History) -> None:
    app = app_on(history, "2019-07-04")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a", *"mine")
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


async def test_a_full_disk_keeps_what_was_written_on_screen(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NotesError("notes.json: No space left on device")

    app = app_on(history, "2019-07-04")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a", *"kept")
        monkeypatch.setattr(Notes, "write", full)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, NoteEditor)
        assert app.screen.query_one(TextArea).text == "kept"
        assert "No space left on device" in screen_text(app)


async def test_visitors_of_a_page_have_no_notes(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    Notes(default_path()).write(Note(record=TITLE, day=date(2019, 7, 4), event=EVENT, text="private"))
    monkeypatch.setattr(KjtuiApp, "is_web", True)
    app = app_on(history, "2019-07-04")
    async with app.run_test(size=(200, 50)) as pilot:
        await press(pilot, "a", "A", "b", "B")
        assert app.screen is main_screen(app)
        assert "private" not in screen_text(app)
        assert " a note " not in screen_text(app)
        assert selected(app).startswith("▶ Jul  4 JP    Individual")
    assert len(stored()) == 1
