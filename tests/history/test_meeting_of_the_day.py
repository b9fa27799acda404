"""The meeting of a day, the previous and the next meeting, and planned meetings whose day has passed."""

from datetime import date

import pytest
from msgspec.structs import replace

from kjtui.history.snapshot import History
from kjtui.record.model import Meeting, MeetingStep, Phase
from kjtui.record.partial_date import PartialDate
from kjtui.words import meeting_words
from support.exports import as_text
from support.fee_record import fee_event, fee_history

ROUNDS = [Meeting(id=f"round-{number}", series="talks", name=f"Round {number}") for number in (1, 2)]


def history_of(*steps: tuple[str, str, Phase, str]) -> History:
    """Return a history with one event per step: day of the event, round, phase, first day of the round."""
    events = [
        replace(
            fee_event(day, name=f"{meeting}-{phase}"),
            meeting=MeetingStep(id=meeting, phase=phase, starts=PartialDate(starts)),
        )
        for day, meeting, phase, starts in steps
    ]
    return fee_history(*events, meetings=ROUNDS)


def test_a_meeting_is_the_meeting_of_the_day_for_30_days_and_then_the_previous_meeting() -> None:
    history = history_of(("2022-03-01", "round-1", "closed", "2022-03-01"))
    near, far = history.snapshot(date(2022, 3, 31)), history.snapshot(date(2022, 4, 1))
    assert near.meeting
    assert near.meeting.meeting.id == "round-1"
    assert far.meeting is None
    assert far.previous_meeting
    assert far.previous_meeting.meeting.id == "round-1"


def test_a_meeting_that_became_known_later_counts_from_its_report() -> None:
    history = history_of(("2022-05-01", "round-1", "closed", "2022-03-01"))
    assert history.snapshot(date(2022, 5, 20)).meeting


def test_a_moved_meeting_loses_the_last_day_of_its_old_plan() -> None:
    plan = MeetingStep(
        id="round-1", phase="planned", starts=PartialDate("2022-06-01"), ends=PartialDate("2022-06-02")
    )
    moved = MeetingStep(id="round-1", phase="changed", starts=PartialDate("2022-07-10"))
    history = fee_history(
        replace(fee_event("2022-03-01"), meeting=plan),
        replace(fee_event("2022-05-01"), meeting=moved),
        meetings=ROUNDS,
    )
    before, after = (history.snapshot(date(2022, month, 2)).next_meeting for month in (4, 5))
    assert before
    assert before.last_day == date(2022, 6, 2)
    assert after
    assert after.last_day == date(2022, 7, 10)


def test_an_overdue_meeting_is_not_the_next_meeting() -> None:
    history = history_of(
        ("2022-03-01", "round-1", "planned", "2022-03-20"),
        ("2022-03-01", "round-2", "planned", "2022-06"),
    )
    before, after = history.snapshot(date(2022, 3, 20)), history.snapshot(date(2022, 3, 21))
    assert before.meeting
    assert before.meeting.meeting.id == "round-1"
    assert after.next_meeting
    assert after.next_meeting.meeting.id == "round-2"
    [unreported] = after.meetings.unreported(after.day)
    assert meeting_words.status(unreported, after.day) == "planned for 20 Mar 2022; no report"
    assert "PLANNED FOR 20 MAR 2022; NO REPORT: Round 1" in as_text(after, full=True)


@pytest.mark.parametrize(("planned", "overdue_from"), [("2022-06", 7), ("2022", 13)])
def test_a_meeting_planned_for_a_month_or_year_is_overdue_after_its_last_day(
    planned: str, overdue_from: int
) -> None:
    history = history_of(("2022-03-01", "round-1", "planned", planned))
    overdue = [
        month
        for month in range(4, 13)
        if history.snapshot(date(2022, month, 1)).meetings.unreported(date(2022, month, 1))
    ]
    assert overdue == list(range(overdue_from, 13))


def test_a_held_meeting_dated_by_month_is_a_stop_on_the_last_day_of_the_month() -> None:
    history = history_of(("2022-06", "round-1", "closed", "2022-06"))
    assert history.meeting_days == (date(2022, 6, 30),)


def test_the_round_of_2016_is_reached_and_is_not_the_meeting_of_july_2019(history: History) -> None:
    assert date(2016, 6, 30) in history.meeting_days
    shown = history.snapshot(date(2019, 7, 4)).meeting
    assert shown is None or shown.meeting.id != "dialogue-06"
