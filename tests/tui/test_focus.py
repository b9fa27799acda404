"""The up, down and enter keys in each pane, and the synchronization of the panes."""

import re
from datetime import date

import pytest

from kjtui.history.snapshot import History
from kjtui.tui.dialogs.document_reader import DocumentReader
from kjtui.tui.dialogs.event_reader import EventReader
from kjtui.tui.dialogs.sources_dialog import SourcesDialog
from kjtui.tui.dialogs.track_reader import TrackReader
from kjtui.tui.panes.meeting import MeetingPane
from kjtui.tui.panes.timeline import Timeline
from kjtui.tui.state.pane_table import PANES
from support.app import (
    NORMAL,
    Drive,
    lines,
    main_screen,
    narrowest,
    notices,
    press,
    read,
    screen_text,
    selected_event,
    sizes,
)


@pytest.mark.parametrize("pane", ["2", "4"])
async def test_a_track_is_picked_by_keyboard(driven: Drive, pane: str) -> None:
    async with driven("2020-03-10", pane, "down") as (app, pilot):
        assert main_screen(app).cursor.day == date(2020, 3, 10)
        shown = read(app, "status" if pane == "2" else "lanes")
        marked = [line for line in shown.split("\n") if line.startswith("▶")]
        assert len(marked) == 1
        assert "Hydrogen fluoride" in marked[0] or marked[0].startswith("▶HF ")
        await press(pilot, "enter")
        assert isinstance(app.screen, TrackReader)
        assert app.screen.track == "hydrogen-fluoride"


async def test_the_track_is_marked_only_in_the_focused_pane(driven: Drive) -> None:
    async with driven("2020-03-10", "2", "down", "3") as (app, _):
        assert "▶" not in read(app, "status")
        assert not any(line.startswith("▶") for line in lines(app, "lanes"))


async def test_a_step_beyond_the_last_track_stays(history: History, driven: Drive) -> None:
    async with driven("2020-03-10", "2", "up") as (app, pilot):
        assert main_screen(app).track == next(iter(history.record.tracks))
        await press(pilot, *["down"] * 20)
        assert main_screen(app).track == list(history.record.tracks)[-1]


async def test_left_and_right_move_the_day_in_every_pane(driven: Drive) -> None:
    async with driven("2020-03-10") as (app, pilot):
        for pane in PANES:
            await press(pilot, str(pane.number), "right")
            assert main_screen(app).cursor.day == date(2020, 3, 10 + pane.number)


async def test_enter_in_the_meeting_pane_opens_the_meeting(driven: Drive) -> None:
    async with driven("2020-03-10", "3", "enter") as (app, _):
        assert isinstance(app.screen, DocumentReader)
        assert "8th Export Management Policy Dialogue" in screen_text(app)


@pytest.mark.slow
async def test_enter_opens_the_selected_meeting(driven: Drive) -> None:
    async with driven("2019-07-22", "3") as (app, pilot):
        for _ in range(4):
            await press(pilot, "down")
            shown = main_screen(app).query_one(MeetingPane).shown()
            assert shown is not None
            await press(pilot, "enter")
            assert isinstance(app.screen, DocumentReader)
            assert shown.meeting.name in screen_text(app)
            await press(pilot, "escape", "s")
            assert isinstance(app.screen, SourcesDialog)
            await press(pilot, "escape")


async def test_enter_on_a_day_without_events_shows_a_notice(driven: Drive) -> None:
    async with driven("2020-03-12", size=NORMAL, notifications=True) as (app, pilot):
        assert "No event on this day." in read(app, "timeline")
        await press(pilot, "enter")
        assert app.screen is main_screen(app)
        assert notices(app) == ["No event on this day."]


@pytest.mark.parametrize("size", sizes((120, 30), (60, 50)))
async def test_tab_goes_round_in_the_order_of_the_numbers(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2020-03-10", size=size) as (app, pilot):
        for pane in (*PANES[1:], PANES[0]):
            await press(pilot, "tab")
            assert app.focused is main_screen(app).query_one(f"#{pane.id}")
        for pane in reversed(PANES):
            await press(pilot, "shift+tab")
            assert app.focused is main_screen(app).query_one(f"#{pane.id}")
            assert main_screen(app).query_one(f"#{pane.id}").size


async def test_minor_events_are_one_key_away(history: History, driven: Drive) -> None:
    minor = [event for event in history.record.events if event.weight == "minor" and not event.effects]
    async with driven("2020-03-10") as (app, pilot):
        timeline = main_screen(app).query_one(Timeline)
        assert str(timeline.border_title) == f"1 Timeline · {len(minor)} minor hidden, v shows"
        before = selected_event(app)
        await press(pilot, "v")
        assert len(main_screen(app).cursor.visible_events) == len(history.record.events)
        assert str(timeline.border_title) == "1 Timeline"
        assert selected_event(app) is before
        await press(pilot, "v")
        assert str(timeline.border_title) == f"1 Timeline · {len(minor)} minor hidden, v shows"


async def test_a_minor_event_that_is_found_is_shown(history: History, driven: Drive) -> None:
    events = history.record.events
    index = next(i for i, event in enumerate(events) if event.weight == "minor" and not event.effects)
    async with driven("2020-03-10", "g", *events[index].title, "enter") as (app, _):
        assert selected_event(app) is events[index]
        assert any(line.startswith("▶") for line in lines(app, "timeline"))


async def test_a_meeting_leads_to_its_sources(driven: Drive) -> None:
    async with driven("2023-04-18", "3", "enter", "s", size=NORMAL) as (app, _):
        assert isinstance(app.screen, SourcesDialog)
        assert "10th dialogue" in screen_text(app)


@pytest.mark.parametrize(
    ("day", "track"),
    [
        ("2019-07-04", "photoresist"),  # the first material that the event changes
        ("2019-11-22", "gsomia"),
        ("2020-03-10", "photoresist"),  # the first track that the dialogue concerns
        ("2022-09-21", "hydrogen-fluoride"),  # the event has no track, so the selected track opens
    ],
)
async def test_w_opens_the_first_track_of_the_selected_event(driven: Drive, day: str, track: str) -> None:
    async with driven(day, "2", "down", "1", "w") as (app, _):
        assert isinstance(app.screen, TrackReader)
        assert app.screen.track == track


@pytest.mark.parametrize("size", narrowest(NORMAL))
async def test_z_maximises_a_pane_on_small_screens_too(driven: Drive, size: tuple[int, int]) -> None:
    async with driven("2020-03-10", "2", "z", size=size) as (app, pilot):
        assert len(lines(app, "status")) == size[1] - 2  # without header and footer
        assert "Partner lists" in read(app, "status")
        await press(pilot, "z", "1")
        assert "KR entry" in read(app, "strip")


async def test_a_day_of_hidden_events_names_the_key_that_shows_them(history: History, driven: Drive) -> None:
    day = next(
        day
        for day in history.event_days
        if all(event.weight == "minor" and not event.effects for event in history.events_on(day))
    )
    async with driven(day.isoformat(), size=NORMAL) as (app, pilot):
        assert re.search(r"minor event.*, v shows", read(app, "timeline"))
        await press(pilot, "v", "enter")
        assert isinstance(app.screen, EventReader)
