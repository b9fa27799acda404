"""The meeting pane, the keys for the next and previous meeting, and the list of all meetings."""

import pytest
from textual.widgets import OptionList

from kjtui.history.snapshot import History
from kjtui.tui.dialogs.meeting_reader import MeetingReader
from kjtui.tui.dialogs.meetings_dialog import MeetingsDialog
from kjtui.tui.panes.meeting import MeetingPane
from support.app import (
    NORMAL,
    WIDE,
    Drive,
    lines,
    main_screen,
    notices,
    press,
    read,
    screen_text,
)

ROOMY = (150, 40)
"""A terminal size at which no line of the pane wraps."""


@pytest.mark.parametrize(
    ("start", "keys", "day", "shown"),
    [
        ("2019-07-14", "m", "2019-07-23", "WTO General Council"),
        ("2023-03-01", "mm", "2023-03-16", "Summit, Japan"),
        ("2023-03-16", "m", "2023-03-16", "Summit, Japan"),
        ("2023-03-16", "mM", "2023-03-16", "9th Export Management"),
        ("2023-04-01", "m", "2023-04-14", "Video session of 10 April 2023"),
        ("2023-04-01", "mm", "2023-04-14", "Video session of 12–13 April 2023"),
        ("2023-06-01", "m", "2023-07-11", "11th Export Management Policy Dialogue"),
        ("2019-12-20", "d", "2020-03-10", "8th Export Management Policy Dialogue"),
        ("2019-12-20", "dd", "2023-03-16", "9th Export Management"),
        ("2020-02-21", "D", "2019-12-16", "7th Export Management Policy Dialogue"),
    ],
)
async def test_the_pane_shows_the_selected_meeting(
    driven: Drive, start: str, keys: str, day: str, shown: str
) -> None:
    async with driven(start, *keys, size=ROOMY) as (app, _):
        assert main_screen(app).cursor.day.isoformat() == day
        assert lines(app, "meeting")[0].startswith(f" {shown}")


async def test_another_event_of_the_day_keeps_the_meeting_and_another_day_does_not(driven: Drive) -> None:
    async with driven("2023-03-16", "m", "up", size=ROOMY) as (app, pilot):
        assert main_screen(app).cursor.day.isoformat() == "2023-03-16"
        assert lines(app, "meeting")[0].startswith(" Summit, Japan")
        await press(pilot, "right", "left")
        assert lines(app, "meeting")[0].startswith(" 9th Export Management")


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        ("2019-07-15", ["Outcome  No agreed account", "Next     WTO General Council, 23–24 Jul 2019, in 8"]),
        ("2023-04-14", ["Outcome  Views exchanged", "Next     10th dialogue, 18–20 Apr 2023, in 4 days"]),
        ("2019-12-16", ["no commitment by Japan on a return", "Next     8th dialogue, day not set"]),
    ],
)
async def test_outcome_and_next_meeting_come_first(driven: Drive, day: str, rows: list[str]) -> None:
    async with driven(day, size=ROOMY) as (app, _):
        text = read(app, "meeting")
        at = [text.index(row) for row in rows]
        assert at == sorted(at)
        assert at[-1] < min(
            text.index(f" {label} ") for label in ("KR", "JP", "Agenda") if f" {label} " in text
        )


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2020-03-10", "Before   7th dialogue, 16 Dec 2019, 85 days ago"),
        ("2023-04-14", "Before   9th dialogue, 14–16 Mar 2023, 29 days ago"),
        ("2023-04-18", "Before   9th dialogue, 14–16 Mar 2023, 33 days ago"),
        ("2023-04-24", "Before   10th dialogue, 18–20 Apr 2023, 4 days ago"),
        ("2023-07-11", "Before   4th session of the 10th dialogue, 24–25 Apr"),
    ],
)
async def test_the_previous_meeting_is_the_last_held_but_no_session_of_the_same(
    driven: Drive, day: str, before: str
) -> None:
    async with driven(day, size=ROOMY) as (app, _):
        assert before in read(app, "meeting")
        assert read(app, "meeting").count("Before") == 1


async def test_a_meeting_under_way_has_no_age(driven: Drive) -> None:
    async with driven("2023-04-19", size=ROOMY) as (app, _):
        assert "UNDER WAY" in lines(app, "meeting")[0]
        assert lines(app, "meeting")[1] == " 18–20 Apr 2023"


async def test_the_list_of_all_meetings_leads_to_one(history: History, driven: Drive) -> None:
    async with driven("2020-03-11", "L", size=ROOMY) as (app, pilot):
        assert isinstance(app.screen, MeetingsDialog)
        choices = app.screen.query_one(OptionList)
        assert choices.option_count == len(history.meeting_stops)
        await press(pilot, "tab")
        assert choices.option_count == 9  # the 6th to 11th dialogue, and three sessions of the 10th
        await press(pilot, "down", "enter")
        assert main_screen(app).cursor.meeting == "dialogue-09"
        assert lines(app, "meeting")[0].startswith(" 9th Export Management")


async def test_sessions_in_the_list_point_to_their_meeting(driven: Drive) -> None:
    """The 10th dialogue met in Seoul. Two of its sessions were held before that meeting, and one after it."""
    async with driven("2023-07-21", "L", "tab", size=NORMAL) as (app, pilot):
        await pilot.pause()
        text = screen_text(app)
        assert text.index("9th Export") < text.index("┌ Video session of 10 April 2023")
        assert text.index("┌ Video session of 12–13 April 2023") < text.index("10th Export")
        assert text.index("10th Export") < text.index("└ 4th session of the 10th dialogue")


async def test_the_list_shows_the_next_planned_meetings_too(driven: Drive) -> None:
    async with driven("2019-08-26", "L", size=NORMAL) as (app, pilot):
        await pilot.pause()
        text = screen_text(app)
        assert "29 Aug 2019 Foreign-ministry directors gen…" in text
        assert "20 Sep 2019 Foreign-ministry directors gen…" in text


async def test_typed_words_and_a_year_narrow_the_list_of_meetings(driven: Drive) -> None:
    async with driven("2020-03-11", "L", *"2019 director-general") as (app, pilot):
        await pilot.pause()
        text = screen_text(app)
        assert "7th Export Management Policy" in text
        assert "director-general" in text
        assert "10 Mar 2020" not in text
        await press(pilot, "enter")
        assert main_screen(app).cursor.day.year == 2019


async def test_a_meeting_known_only_later_has_a_sign_that_leaves_its_outcome(driven: Drive) -> None:
    async with driven("2023-04-20", "L", *"9th") as (app, pilot):
        await pilot.pause()
        text = screen_text(app)
        assert "14–16 Mar 2023+9th Export" in text
        assert "+ became known later" in text
        assert "METI found that" in text


async def test_the_list_of_meetings_has_a_column_of_their_status(driven: Drive) -> None:
    async with driven("2019-12-04", "L", *"2019", size=WIDE) as (app, pilot):
        await pilot.pause()
        rows = screen_text(app).split("\n")
        planned = next(row for row in rows if "week of 16 Dec 2019" in row)
        held = next(row for row in rows if "28 Nov 2019 Prep" in row)
        assert planned.index(" planned") == held.index(" held")
        await pilot.resize_terminal(*NORMAL)
        await pilot.pause()
        planned = next(row for row in screen_text(app).split("\n") if "week of 16 Dec 2019" in row)
        assert " planned " in planned


async def test_a_meeting_chosen_by_its_name_is_shown(driven: Drive) -> None:
    """Two meetings were held on 24 December 2019."""
    async with driven("2019-12-01", "g", *"summit, chengdu", "down", "enter", size=ROOMY) as (app, _):
        assert main_screen(app).cursor.day.isoformat() == "2019-12-24"
        assert lines(app, "meeting")[0].startswith(" Summit, Chengdu")


async def test_a_key_without_a_target_shows_one_notice(driven: Drive) -> None:
    async with driven("2025-12-31", *["right"] * 5, size=ROOMY) as (app, pilot):
        assert notices(app) == ["The record ends on 31 Dec 2025"]
        await press(pilot, "m", "m")
        assert notices(app) == ["No later meeting"]
        await press(pilot, "left", "right", "right")
        assert notices(app) == ["The record ends on 31 Dec 2025"]


async def test_a_meeting_with_disputed_dates_names_the_dispute(driven: Drive) -> None:
    async with driven("2023-04-19") as (app, _):
        pane = " ".join(read(app, "meeting").split())
        assert "10th Export Management Policy UNDER WAY" in pane
        assert "! Sources disagree on what the 10th dialogue is" in pane
    async with driven("2023-03-16") as (app, _):
        assert "Sources disagree" not in read(app, "meeting")


async def test_home_in_the_pane_goes_to_the_first_meeting_within_the_coverage(
    history: History, driven: Drive
) -> None:
    async with driven("2020-03-10", "3", "home", size=NORMAL) as (app, _):
        day = main_screen(app).cursor.day
        assert day in history.record.dataset.coverage
        assert day == next(
            stop.day for stop in history.meeting_stops if stop.day in history.record.dataset.coverage
        )


async def test_a_meetings_page_steps_to_the_other_meetings_and_returns_to_the_last(driven: Drive) -> None:
    async with driven("2020-03-10", "3", "enter", size=WIDE) as (app, pilot):
        assert "Before: 7th Export Management Policy Dialogue" in screen_text(app)
        await press(pilot, "right")
        stops = main_screen(app).history.meeting_stops
        ids = [stop.meeting.id for stop in stops]
        following = stops[ids.index("dialogue-08") + 1]
        assert following.meeting.name in screen_text(app)
        await press(pilot, "escape")
        assert main_screen(app).cursor.day == following.day
        assert main_screen(app).cursor.meeting == following.meeting.id


async def test_the_series_of_a_meeting_opens_as_a_list(driven: Drive) -> None:
    async with driven("2020-03-10", "3", "enter", "L", size=WIDE) as (app, pilot):
        assert isinstance(app.screen, MeetingsDialog)
        assert "7th Export Management Policy Dialogue" in screen_text(app)
        await press(pilot, "up", "enter")
        assert isinstance(app.screen, MeetingReader)


async def test_without_a_planned_meeting_the_pane_names_the_key_to_the_next(driven: Drive) -> None:
    async with driven("2019-07-04", size=WIDE) as (app, _):
        pane = " ".join(read(app, "meeting").split())
        assert "Next none announced yet; m goes to the next meeting" in pane


async def test_the_scrollbar_is_not_painted_again_while_every_line_is_visible(driven: Drive) -> None:
    async with driven("2023-04-11", size=(120, 60)) as (app, pilot):
        pane = main_screen(app).query_one(MeetingPane)
        # The scrollbar gets its final size when the number of lines changes for the first time.
        await press(pilot, "right", "right", "right")
        heights, sizes = set(), set()
        for _ in range(10):
            await press(pilot, "right")
            heights.add(pane.line_count())
            sizes.add(pane.vertical_scrollbar.window_virtual_size)
        assert len(heights) > 1
        assert sizes == {pane.rows}
