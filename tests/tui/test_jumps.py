"""A command that moves the cursor also shows a pane in which the user can see the new position."""

from datetime import date

import pytest

from kjtui.find.filter import Filter
from kjtui.history.snapshot import History
from kjtui.tui.panes.timeline import Timeline
from support.app import (
    NARROW,
    NORMAL,
    Drive,
    main_screen,
    notices,
    press,
    read,
    screen_text,
    selected_event,
)


@pytest.mark.parametrize("size", [NORMAL, NARROW])
async def test_enter_after_a_search_from_another_pane_opens_the_match(
    driven: Drive, size: tuple[int, int]
) -> None:
    async with driven("2019-08-02", "2", "slash", *"documents", "down", "enter", size=size) as (app, pilot):
        match = selected_event(app)
        await press(pilot, "enter")
        assert match.title[:40] in " ".join(screen_text(app).split())


@pytest.mark.parametrize("size", [NORMAL, NARROW])
async def test_a_filter_shows_the_timeline(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-08-02", "4", "f", *"seko", "enter", size=size) as (app, _):
        assert isinstance(app.focused, Timeline)
        assert app.focused.size


@pytest.mark.parametrize("size", [NORMAL, NARROW])
async def test_the_meeting_keys_show_the_meeting_pane(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2019-08-02", "m", size=size) as (app, _):
        pane = main_screen(app).query_one("#meeting")
        assert pane.size
        assert pane.has_focus


async def test_if_all_panes_are_visible_the_meeting_keys_keep_the_focus(driven: Drive) -> None:
    async with driven("2019-08-02", "m") as (app, _):
        assert isinstance(app.focused, Timeline)


async def test_n_repeats_a_kept_search_and_else_goes_to_the_next_change(
    history: History, driven: Drive
) -> None:
    async with driven("2019-08-02", "slash", *"gsomia", "enter", size=NORMAL) as (app, pilot):
        search = main_screen(app).search
        assert search
        first = main_screen(app).cursor.selected
        assert first is not None
        await press(pilot, "n")
        assert main_screen(app).cursor.selected == min(match for match in search.matches if match > first)
        await press(pilot, "N")
        assert main_screen(app).cursor.selected == first
        await press(pilot, "escape")
        day = main_screen(app).cursor.day
        await press(pilot, "n")
        assert main_screen(app).cursor.day == min(change for change in history.changes if change > day)
        await press(pilot, "N")
        assert main_screen(app).cursor.day == max(
            change for change in history.changes if change < min(c for c in history.changes if c > day)
        )


async def test_home_and_end_move_the_selection_in_panes_of_tracks(history: History, driven: Drive) -> None:
    async with driven("2019-08-02", "2", "end") as (app, pilot):
        assert main_screen(app).track == list(history.record.tracks)[-1]
        await press(pilot, "home")
        assert main_screen(app).track == next(iter(history.record.tracks))
        assert main_screen(app).cursor.day.isoformat() == "2019-08-02"


async def test_a_day_without_shown_events_names_the_cause_and_a_key_that_helps(driven: Drive) -> None:
    """If a filter is set, the key for minor events has no effect, so the hint must not name this key."""
    async with driven("2019-08-02", "f", *"wto", "enter", "g", *"2019-08-01", "enter") as (app, _):
        timeline = read(app, "timeline")
        assert "; f changes the filter." in timeline
        assert "minor" not in timeline


@pytest.mark.parametrize("width", [40, 45, 56])
async def test_the_meeting_pane_wraps_inside_a_narrow_and_tall_screen(driven: Drive, width: int) -> None:
    async with driven("2023-03-16", size=(width, 40)) as (app, _):
        pane = main_screen(app).query_one("#meeting")
        assert pane.region.width <= width
        assert "country categories" in " ".join(read(app, "meeting").split())


async def test_at_the_last_match_of_a_filter_the_notice_names_the_filter(driven: Drive) -> None:
    async with driven("2019-08-02", "f", *"wto", "enter", notifications=True) as (app, pilot):
        screen = main_screen(app)
        screen.go_to_event(screen.visible_events.shown[-1])
        await press(pilot, "down")
        assert notices(app) == ["No later event passes the filter"]


@pytest.mark.parametrize("keys", [("f", *"hydrogen", "enter"), ("2", "down"), ("4", "down")])
async def test_the_next_change_is_one_of_the_filter_or_of_the_selected_track(
    driven: Drive, keys: tuple[str, ...]
) -> None:
    """The state of hydrogen fluoride changed on 4 July 2019 and on 23 March 2023."""
    async with driven("2019-07-04", *keys, size=NORMAL) as (app, pilot):
        await press(pilot, "n")
        assert main_screen(app).cursor.day.isoformat() == "2023-03-23"
        await press(pilot, "n")
        assert main_screen(app).cursor.day.isoformat() == "2023-03-23"
        assert len(notices(app)) == 1
        await press(pilot, "p")
        assert main_screen(app).cursor.day.isoformat() == "2019-07-04"


async def test_the_next_change_under_a_filter_of_events_is_by_one_of_them(driven: Drive) -> None:
    """Two states change after 2 August 2019: first by a Korean decision, then by a Japanese decision."""
    async with driven("2019-08-02", size=NORMAL) as (app, pilot):
        screen = main_screen(app)
        screen.show_events(Filter(actor="JP"), minor=False)
        await press(pilot, "n")
        assert screen.cursor.day.isoformat() == "2019-08-28"
        screen.show_events(Filter(), minor=False)
        screen.go_to_day(date(2019, 8, 2))
        await press(pilot, "n")
        assert screen.cursor.day.isoformat() == "2019-08-23"
