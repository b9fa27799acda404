"""Pressing the go-to key twice, like ``gg`` in vi, goes to the first day, track or meeting."""

import pytest
from textual.widgets import Input

from kjtui.history.snapshot import History
from kjtui.tui.dialogs import goto_dialog
from kjtui.tui.dialogs.document_reader import DocumentReader
from kjtui.tui.dialogs.goto_dialog import GoToDialog
from kjtui.tui.dialogs.track_reader import TrackReader
from support.app import Drive, main_screen, press, screen_text


@pytest.fixture(autouse=True)
def _tests_are_slow_typists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(goto_dialog, "_SECOND_PRESS", 1.0)


async def test_gg_goes_to_the_first_day_and_capital_g_to_the_last(history: History, driven: Drive) -> None:
    async with driven("2020-03-10", "g", "g") as (app, pilot):
        await pilot.pause(1.2)
        assert app.screen is main_screen(app)
        assert main_screen(app).cursor.day == history.first_day
        await press(pilot, "G")
        assert main_screen(app).cursor.day == history.last_day


async def test_gg_in_the_status_pane_selects_the_first_track(history: History, driven: Drive) -> None:
    async with driven("2020-03-10", "2", "G", "g", "g") as (app, pilot):
        await pilot.pause(1.2)
        assert main_screen(app).track == next(iter(history.record.tracks))
        assert main_screen(app).cursor.day.isoformat() == "2020-03-10"


async def test_a_word_that_begins_with_the_key_is_typed(driven: Drive) -> None:
    async with driven("2020-03-10", "g", *"gsomia") as (app, pilot):
        await pilot.pause(1.2)
        assert isinstance(app.screen, GoToDialog)
        assert app.screen.query_one(Input).value == "gsomia"


async def test_the_name_of_a_track_opens_its_page(driven: Drive) -> None:
    async with driven("2020-03-10", "g", *"gsomia") as (app, pilot):
        await press(pilot, "enter")
        assert isinstance(app.screen, TrackReader)
        assert main_screen(app).track == "gsomia"


async def test_the_surname_of_a_person_opens_the_page_of_the_person(driven: Drive) -> None:
    async with driven("2020-03-10", "g", *"seko") as (app, pilot):
        await press(pilot, "enter")
        assert isinstance(app.screen, DocumentReader)
        assert app.screen.text.document.title == "Seko Hiroshige"


async def test_the_examples_are_in_a_foreign_language_if_the_record_has_such_sources(
    driven: Drive, driven_bridge: Drive
) -> None:
    async with driven("2020-03-10", "g") as (app, _):
        assert "年" in screen_text(app)
    async with driven_bridge("2021-07-01", "g") as (app, _):
        assert "+30" in screen_text(app)
        assert "年" not in screen_text(app)
