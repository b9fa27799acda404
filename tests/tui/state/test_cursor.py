"""The cursor as an immutable value: the target of each move. These tests need no app."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjtui.history.snapshot import History
from kjtui.tui.state.cursor import Cursor, clamp, main_event
from support.stores import sample_record

HISTORY = History(sample_record())
EVENTS = HISTORY.record.events
SPAN = (HISTORY.last_day - HISTORY.first_day).days

days = st.integers(0, SPAN).map(lambda number: HISTORY.first_day + timedelta(days=number))
subsets = st.one_of(
    st.just(range(len(EVENTS))),
    st.sets(st.integers(0, len(EVENTS) - 1), max_size=60).map(lambda chosen: tuple(sorted(chosen))),
)
cursors = st.builds(Cursor.at, st.just(HISTORY), days, subsets)


@given(cursors, st.dates())
def test_a_cursor_stays_within_the_history(cursor: Cursor, day: date) -> None:
    moved = cursor.to_day(HISTORY, day)
    assert moved.day == clamp(HISTORY, day)
    assert HISTORY.first_day <= moved.day <= HISTORY.last_day


@given(cursors)
def test_the_selected_event_is_a_visible_one_of_the_day(cursor: Cursor) -> None:
    on_day = [index for index in cursor.visible_events if EVENTS[index].day == cursor.day]
    assert (cursor.selected in on_day) if on_day else cursor.selected is None


@given(cursors, days)
def test_a_jump_can_be_undone_and_the_undoing_too(cursor: Cursor, day: date) -> None:
    jumped = cursor.to_day(HISTORY, day)
    if jumped.day == cursor.day:
        assert jumped.back == cursor.back
        return
    returned = jumped.to_back(HISTORY)
    assert returned is not None
    assert (returned.day, returned.selected) == (cursor.day, cursor.selected)
    again = returned.to_back(HISTORY)
    assert again is not None
    assert again.day == jumped.day


def test_without_a_jump_there_is_no_way_back() -> None:
    assert Cursor.at(HISTORY, date(2020, 3, 10)).to_back(HISTORY) is None


@given(cursors, st.sampled_from([1, -1]))
def test_steps_keep_the_day_before_the_last_jump(cursor: Cursor, step: int) -> None:
    cursor = cursor._replace(back=date(2019, 7, 1))
    day = cursor.by_days(HISTORY, step)
    assert day is None or day.back == cursor.back
    event = cursor.by_event(HISTORY, step)
    assert event is None or event.back == cursor.back


@given(subsets)
def test_stepping_by_events_visits_each_visible_event_once_in_order(visible: tuple[int, ...]) -> None:
    cursor: Cursor | None = Cursor(HISTORY.first_day, None, None, visible)
    visited = []
    assert cursor is not None
    while (cursor := cursor.by_event(HISTORY, 1)) is not None:
        assert cursor.selected is not None
        visited.append(cursor.selected)
        assert cursor.day == EVENTS[cursor.selected].day
    assert visited == [index for index in visible if EVENTS[index].day > HISTORY.first_day]


@given(cursors)
def test_a_step_back_undoes_a_step_forward(cursor: Cursor) -> None:
    forward = cursor.by_event(HISTORY, 1)
    if forward is None or cursor.selected is None:
        return
    back = forward.by_event(HISTORY, -1)
    assert back is not None
    assert (back.day, back.selected) == (cursor.day, cursor.selected)


@given(cursors)
def test_changes_are_visited_in_order(cursor: Cursor) -> None:
    after = [day for day in HISTORY.changes if day > cursor.day]
    before = [day for day in HISTORY.changes if day < cursor.day]
    forward, backward = cursor.by_change(HISTORY, 1), cursor.by_change(HISTORY, -1)
    assert (forward.day if forward else None) == (clamp(HISTORY, after[0]) if after else None)
    assert (backward.day if backward else None) == (clamp(HISTORY, before[-1]) if before else None)


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        ("2020-01-31", 1, "2020-02-29"),
        ("2020-03-31", -1, "2020-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2025-12-01", 12, "2025-12-31"),
    ],
)
def test_a_month_that_is_too_short_has_its_last_day(start: str, months: int, day: str) -> None:
    moved = Cursor.at(HISTORY, date.fromisoformat(start)).by_months(HISTORY, months)
    assert moved is not None
    assert moved.day == date.fromisoformat(day)


@pytest.mark.parametrize("far", [10**6, -(10**6), 10**9])
def test_steps_out_of_the_calendar_lead_nowhere_or_to_the_end(far: int) -> None:
    cursor = Cursor.at(HISTORY, date(2020, 3, 10))
    assert cursor.by_months(HISTORY, far) is None
    moved = cursor.by_days(HISTORY, far)
    assert moved is None or moved.day in (HISTORY.first_day, HISTORY.last_day)


def test_at_the_end_a_step_has_no_target() -> None:
    first, last = (Cursor.at(HISTORY, day) for day in (HISTORY.first_day, HISTORY.last_day))
    assert first.by_days(HISTORY, -1) is last.by_days(HISTORY, 1) is None
    assert first.by_months(HISTORY, -1) is last.by_months(HISTORY, 12) is None


@pytest.mark.parametrize("rounds", [False, True])
def test_every_meeting_is_reached_once_in_order_and_back(rounds: bool) -> None:
    stops = [stop for stop in HISTORY.meeting_stops if stop.meeting.round or not rounds]
    cursor: Cursor | None = Cursor.at(HISTORY, HISTORY.first_day)
    assert cursor is not None
    visited = []
    while (further := cursor.by_meeting(HISTORY, 1, rounds=rounds)) is not None:
        cursor = further
        visited.append((cursor.day, cursor.meeting))
    gone_to = [(stop.day, stop.meeting.id) for stop in stops]
    assert gone_to[0] == (HISTORY.first_day, "dialogue-06")  # the start of the cursor
    assert visited == gone_to[1:]
    visited = []
    while (further := cursor.by_meeting(HISTORY, -1, rounds=rounds)) is not None:
        cursor = further
        visited.append((cursor.day, cursor.meeting))
    assert visited == gone_to[:-1][::-1]


@given(days)
def test_a_day_without_a_meeting_leads_to_the_previous_and_the_next_meeting(day: date) -> None:
    cursor = Cursor.at(HISTORY, day, ())
    before = [stop.day for stop in HISTORY.meeting_stops if stop.day < day]
    after = [stop.day for stop in HISTORY.meeting_stops if stop.day > day]
    if day in HISTORY.meeting_days:
        return
    previous, following = cursor.by_meeting(HISTORY, -1), cursor.by_meeting(HISTORY, 1)
    assert (previous and previous.day) == (before[-1] if before else None)
    assert (following and following.day) == (after[0] if after else None)


def test_a_meeting_is_reached_on_a_day_on_which_it_is_known() -> None:
    for stop in HISTORY.meeting_stops:
        assert HISTORY.snapshot(stop.day).meetings.get(stop.meeting.id) is not None


def test_going_to_a_meeting_selects_the_event_that_reports_it() -> None:
    cursor = Cursor.at(HISTORY, date(2023, 3, 10)).by_meeting(HISTORY, 1)
    assert cursor is not None
    summit = cursor.by_meeting(HISTORY, 1)
    assert summit is not None
    assert summit.meeting == "summit-2023-03-tokyo"
    assert summit.selected is not None
    step = EVENTS[summit.selected].meeting
    assert step is not None
    assert step.id == summit.meeting


def test_the_selected_meeting_stays_until_the_day_changes() -> None:
    cursor = Cursor.at(HISTORY, date(2023, 3, 16)).by_meeting(HISTORY, 1)
    assert cursor is not None
    assert cursor.day == date(2023, 3, 16)
    same_day = cursor.by_event(HISTORY, -1)
    next_day = cursor.by_days(HISTORY, 1)
    assert same_day is not None
    assert next_day is not None
    assert (same_day.meeting, next_day.meeting) == (cursor.meeting, "")


@given(cursors, st.integers(0, len(HISTORY.record.events) - 1))
def test_a_jump_makes_its_event_visible(cursor: Cursor, index: int) -> None:
    there = cursor.to_event(HISTORY, index)
    assert list(there.visible_events) == sorted({*cursor.visible_events, index})


@given(cursors, subsets)
def test_hidden_events_are_never_selected(cursor: Cursor, visible: tuple[int, ...]) -> None:
    filtered = cursor.with_visible(HISTORY, visible)
    assert filtered.day == cursor.day
    assert filtered.selected is None or filtered.selected in visible


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2019, 7, 4), "Individual licensing of three materials takes effect"),
        (date(2019, 8, 2), "Japan's cabinet decides to take Korea off its list"),
        (date(2019, 12, 16), "7th policy dialogue in Tokyo"),
        (date(2023, 3, 16), "Bulk licences for the three materials decided"),
        (date(2023, 4, 14), "10th dialogue set for Seoul, 18 to 20 April"),
    ],
    ids=str,
)
def test_the_main_event_is_the_first_event_of_the_header(day: date, title: str) -> None:
    chosen = main_event(HISTORY, day, range(len(EVENTS)))
    assert chosen is not None
    assert title in EVENTS[chosen].title


def test_the_main_event_changes_a_status_if_any_event_does() -> None:
    compared = 0
    for day in HISTORY.changes:
        changing = {s.because.id for s in HISTORY.snapshot(day).standings if s.because and s.since == day}
        chosen = main_event(HISTORY, day, range(len(EVENTS)))
        of_day = {event.id for event in HISTORY.events_on(day)}
        if changing & of_day:
            assert chosen is not None
            assert EVENTS[chosen].id in changing
            compared += 1
    assert compared > 10
