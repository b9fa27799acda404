"""Notices cover the keys in the footer, so a notice disappears when the next key is pressed."""

from typing import cast

import pytest
from textual.app import App

from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.dialogs.track_reader import TrackReader
from support.app import NORMAL, Drive, main_screen, notices, press


async def test_the_next_key_removes_a_notice(driven: Drive) -> None:
    async with driven("2019-07-04", "apostrophe", notifications=True) as (app, pilot):
        assert notices(app) == ["No earlier position to go back to"]
        await press(pilot, "right")
        assert notices(app) == []


async def test_a_letter_typed_into_a_dialog_removes_a_notice(driven: Drive) -> None:
    async with driven("2019-07-04", notifications=True) as (app, pilot):
        await press(pilot, "g")
        app.notify("read me", markup=False)
        await press(pilot, "a")
        assert notices(app) == []


async def test_a_key_that_is_held_shows_its_notice_once(driven: Drive) -> None:
    async with driven("2025-12-31", "right", "right", "right", notifications=True) as (app, _):
        assert len(notices(app)) == 1


async def test_a_warning_stays(driven: Drive) -> None:
    async with driven("2019-07-04", notifications=True) as (app, pilot):
        app.notify("the store has changed", severity="warning", markup=False)
        await press(pilot, "right")
        assert notices(app) == ["the store has changed"]


async def test_the_language_is_named_after_the_welcome(history: History) -> None:
    app = KjtuiApp(history, follows_environment=True)
    async with app.run_test(size=NORMAL, notifications=True) as pilot:
        await pilot.pause()
        assert notices(app) == []
        await press(pilot, "right")
        await pilot.pause()
        assert [text.partition(",")[0] for text in notices(app)] == ["kjtui uses the system language"]


@pytest.mark.parametrize(("key", "name"), [("L", "All meetings"), ("m", "Next meeting"), ("f", "Filter")])
async def test_a_key_of_the_panes_says_so_on_a_page(driven: Drive, key: str, name: str) -> None:
    async with driven("2019-07-04", "w", key, notifications=True) as (app, _):
        assert notices(app) == [f"{key} ({name}) works in the panes, not here"]
        assert isinstance(cast(App[None], app).screen, TrackReader)


async def test_keys_of_a_page_and_letters_of_a_text_say_nothing(driven: Drive) -> None:
    async with driven("2019-07-04", "w", "right", "1", "down", notifications=True) as (app, pilot):
        assert notices(app) == []
        await press(pilot, "escape", "g", *"gsomia")
        assert notices(app) == []


async def test_match_keys_without_a_search_name_the_key_that_searches(driven: Drive) -> None:
    async with driven("2019-07-04", "f3", notifications=True) as (app, _):
        assert notices(app) == ["No search is active; / searches"]
        assert main_screen(app).cursor.day.isoformat() == "2019-07-04"
