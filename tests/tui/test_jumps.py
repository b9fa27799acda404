"""Jumps are seen: what moves the cursor shows the pane that it moved in."""

import pytest

from kjtui.history.snapshot import History
from kjtui.tui.panes.timeline import Timeline
from support.app import (
    NARROW,
    NORMAL,
    WIDE,
    app_on,
    main_screen,
    notices,
    press,
    read,
    screen_text,
    selected_event,
)


@pytest.mark.parametrize("size", [NORMAL, NARROW])
async def test_enter_after_a_search_from_another_pane_opens_the_match(
    history: History, size: tuple[int, int]
) -> None:
    app = app_on(history, "2019-08-02")
    async with app.run_test(size=size) as pilot:
        await press(pilot, "2", "slash", *"documents", "down", "enter")
        match = selected_event(app)
        await press(pilot, "enter")
        assert match.title[:40] in " ".join(screen_text(app).split())


@pytest.mark.parametrize("size", [NORMAL, NARROW])
async def test_a_filter_shows_the_timeline(history: History, size: tuple[int, int]) -> None:
    app = app_on(history, "2019-08-02")
    async with app.run_test(size=size) as pilot:
        await press(pilot, "4", "f", *"seko", "enter")
        assert isinstance(app.focused, Timeline)
        assert app.focused.size


@pytest.mark.parametrize("size", [NORMAL, NARROW])
async def test_the_meeting_keys_show_the_meeting_pane(history: History, size: tuple[int, int]) -> None:
    app = app_on(history, "2019-08-02")
    async with app.run_test(size=size) as pilot:
        await press(pilot, "m")
        pane = main_screen(app).query_one("#meeting")
        assert pane.size
        assert pane.has_focus


async def test_where_all_panes_are_seen_the_meeting_keys_leave_the_focus(history: History) -> None:
    app = app_on(history, "2019-08-02")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "m")
        assert isinstance(app.focused, Timeline)


async def test_n_repeats_a_kept_search_and_else_goes_to_the_next_change(history: History) -> None:
    app = app_on(history, "2019-08-02")
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "slash", *"gsomia", "enter")
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


async def test_home_and_end_move_the_selection_in_panes_of_tracks(history: History) -> None:
    app = app_on(history, "2019-08-02")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "2", "end")
        assert main_screen(app).track == list(history.record.tracks)[-1]
        await press(pilot, "home")
        assert main_screen(app).track == next(iter(history.record.tracks))
        assert main_screen(app).cursor.day.isoformat() == "2019-08-02"


async def test_a_day_without_shown_events_names_the_cause_and_a_key_that_helps(history: History) -> None:
    """As the case of a false hint: with a filter, the key for minor events changed nothing."""
    app = app_on(history, "2019-08-02")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f", *"wto", "enter", "g", *"2019-08-01", "enter")
        timeline = read(app, "timeline")
        assert "; f changes the filter." in timeline
        assert "minor" not in timeline


@pytest.mark.parametrize("width", [40, 45, 56])
async def test_the_meeting_pane_wraps_inside_a_narrow_and_tall_screen(history: History, width: int) -> None:
    app = app_on(history, "2023-03-16")
    async with app.run_test(size=(width, 40)):
        pane = main_screen(app).query_one("#meeting")
        assert pane.region.width <= width
        assert "country categories" in " ".join(read(app, "meeting").split())


async def test_at_the_last_match_of_a_filter_the_notice_names_the_filter(history: History) -> None:
    app = app_on(history, "2019-08-02")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "f", *"wto", "enter")
        screen = main_screen(app)
        screen.go_to_event(screen.visible_events.shown[-1])
        await press(pilot, "down")
        assert notices(app) == ["No later event passes the filter"]
