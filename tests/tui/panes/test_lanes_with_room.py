"""The lanes in a tall pane: names and durations of states below the bars, and a legend."""

from support.app import WIDE, Drive, main_screen, press, read


async def test_maximised_lanes_name_the_states_and_their_lengths(driven: Drive) -> None:
    """Korea was off Japan's list for 1,423 days, from 28 August 2019 to 20 July 2023."""
    async with driven("2025-12-31", "4", "z", size=WIDE) as (app, _):
        shown = read(app, "lanes")
        assert "delisted, Group B 1,423 days" in shown
        assert "━ controlled" in shown
        assert "DS590" in shown


async def test_a_state_that_holds_is_counted_up_to_the_day(driven: Drive) -> None:
    async with driven("2021-01-01", "4", "z", size=(200, 50)) as (app, pilot):
        assert "delisted, Group B 493 days so far" in read(app, "lanes")
        await press(pilot, "right")
        assert "delisted, Group B 494 days so far" in read(app, "lanes")


async def test_a_click_below_a_bar_selects_its_day(driven: Drive) -> None:
    async with driven("2021-01-01", "4", "z", size=WIDE) as (app, pilot):
        pane = main_screen(app).query_one("#lanes")
        for row in (1, 2):  # first the bar of a track, then the states below the bar
            await pilot.click("#lanes", offset=(pane.size.width - 10, row))
            await pilot.pause()
            assert main_screen(app).cursor.day.year == 2025
            await press(pilot, "apostrophe")
