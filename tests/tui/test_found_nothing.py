"""Searches and filters without results: the app shows a message, or selects the nearest item."""

from kjtui.history.snapshot import History
from kjtui.tui.dialogs.event_reader import EventReader
from kjtui.tui.dialogs.filter_dialog import HEADINGS
from support.app import Drive, main_screen, notices, press, screen_text, selected_event


async def test_help_without_a_hit_shows_a_message(driven: Drive) -> None:
    async with driven("2019-07-05", "question_mark", "slash", *"zzzq") as (app, pilot):
        assert "nothing found" in screen_text(app)
        await press(pilot, "escape")
        assert "nothing found" not in screen_text(app)


async def test_after_a_filter_enter_opens_the_nearest_visible_event(history: History, driven: Drive) -> None:
    day = "2019-07-05"
    async with driven(day, "f", *"wto case", "enter") as (app, pilot):
        near = selected_event(app)
        assert "wto-ds590" in near.tracks
        assert near.day.isoformat() == "2019-07-02"  # 3 days earlier; the next event is 4 days later
        assert notices(app) == ["Moved to the nearest event, 2 Jul 2019; ' goes back"]
        await press(pilot, "enter")
        assert isinstance(app.screen, EventReader)
        assert app.screen.event is near
        await press(pilot, "escape", "apostrophe")
        assert main_screen(app).cursor.day.isoformat() == day


async def test_a_kept_search_shows_why_the_filter_leaves_no_match(driven: Drive) -> None:
    async with driven("2019-07-05", "slash", *"gsomia notice", "enter") as (app, pilot):
        await press(pilot, "f", *"entry to japan", "enter")
        bar = screen_text(app).split("\n")[-1]
        assert "0 found" not in bar
        assert "passes the filter" in bar


async def test_the_choices_of_the_filter_have_headings_that_keys_skip(driven: Drive) -> None:
    async with driven("2019-07-04", "f", size=(80, 60)) as (app, pilot):
        shown = screen_text(app)
        assert all(heading in shown for heading in set(HEADINGS.values()) - {"Levels of meetings"})
        await press(pilot, *["down"] * 12, "enter")
        assert main_screen(app).filter.kind == "background"  # the choice after 12 tracks


async def test_typed_words_narrow_the_filter_without_headings(driven: Drive) -> None:
    async with driven("2019-07-04", "f", *"licence") as (app, _):
        assert not any(heading in screen_text(app) for heading in HEADINGS.values())


async def test_the_end_of_a_filter_returns_to_where_it_began(driven: Drive) -> None:
    async with driven("2019-07-04", "f", *"gsomia", "enter") as (app, pilot):
        assert main_screen(app).cursor.day.isoformat() == "2019-08-01"
        await press(pilot, "escape")
        assert not main_screen(app).filter
        assert selected_event(app).id == "2019-07-04-individual-licensing"


async def test_a_second_filter_keeps_where_the_first_began(driven: Drive) -> None:
    async with driven("2019-07-04", "f", *"gsomia", "enter", "f", *"court", "enter", "escape") as (app, _):
        assert main_screen(app).cursor.day.isoformat() == "2019-07-04"


async def test_the_end_of_a_filter_stays_where_the_reader_went(driven: Drive) -> None:
    async with driven("2019-07-04", "f", *"gsomia", "enter", "n", "escape") as (app, pilot):
        day = main_screen(app).cursor.day.isoformat()
        assert day > "2019-08-01"
        assert notices(app)[-1] == "' goes back to 4 Jul 2019"
        await press(pilot, "apostrophe")
        assert main_screen(app).cursor.day.isoformat() == "2019-07-04"


async def test_enter_opens_a_minor_event_on_a_day_without_others(driven: Drive) -> None:
    async with driven("2019-07-05", size=(80, 24)) as (app, pilot):
        assert "A hidden minor event: enter opens it, v shows it." in screen_text(app)
        assert "Korean shop owners stop selling Japanese goods" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, EventReader)
        assert app.screen.event.id == "2019-07-05-boycott"
        await press(pilot, "left")
        assert app.screen.event.day.isoformat() == "2019-07-04"
        await press(pilot, "right", "escape")
        assert selected_event(app).id == "2019-07-05-boycott"


async def test_a_filter_that_hides_the_event_of_the_day_says_so(driven: Drive) -> None:
    async with driven(
        "2019-07-05", "f", *"entry to japan", "enter", "g", *"2019-07-05", "enter", "enter"
    ) as (
        app,
        _,
    ):
        assert app.screen is main_screen(app)
        assert notices(app)[-1] == "The filter hides the event of this day; f changes the filter."
