"""The code works with a record about another subject: the second record."""

from datetime import date, timedelta

from kjtui.history.snapshot import History
from kjtui.record.check import validate
from support.exports import as_json, as_text
from support.stores import BRIDGE


def test_the_record_is_valid() -> None:
    assert validate(BRIDGE) == []


def test_states_of_its_tracks(bridge: History) -> None:
    def state(track: str, day: date) -> str:
        return bridge.snapshot(day).standing(track).state.id

    assert state("bridge", date(2021, 3, 4)) == "open"
    assert state("bridge", date(2021, 3, 5)) == "closed"
    assert state("bridge", date(2021, 6, 1)) == "closed"  # a later event cancelled the planned reopening
    assert state("bridge", date(2021, 7, 1)) == "foot"
    assert state("ferry", date(2021, 12, 31)) == "idle"  # a proposal alone never takes effect


def test_a_confirmed_state_keeps_its_first_day(bridge: History) -> None:
    standing = bridge.snapshot(date(2021, 5, 20)).standing("bridge")
    assert standing.since == date(2021, 3, 5)
    assert standing.because is not None
    assert standing.because.id == "2021-03-02-crack"


def test_an_event_dated_by_month_counts_once_the_month_is_over(bridge: History) -> None:
    assert bridge.snapshot(date(2021, 4, 29)).event_count == 1
    assert bridge.snapshot(date(2021, 4, 30)).event_count == 2
    assert "2021-04 " in as_text(bridge.snapshot(date(2021, 4, 30)))


def test_a_cancelled_meeting_stays_cancelled(bridge: History) -> None:
    status = [bridge.snapshot(date(2021, 5, day)).meetings.known[0].status for day in (7, 8, 10)]
    assert status == ["planned", "cancelled", "cancelled"]


def test_every_day_can_be_exported(bridge: History) -> None:
    day = date(2020, 12, 30)
    while day < date(2022, 1, 3):
        assert "Mill Lane" in as_text(bridge.snapshot(day))
        assert "bridge" in as_json(bridge.snapshot(day))
        day += timedelta(days=1)


def test_the_command_in_the_export_names_the_store(bridge: History) -> None:
    assert as_text(bridge.snapshot(date(2021, 4, 1))).endswith(
        "Again: kjtui snapshot 2021-04-01 --store bridge.json\n"
    )
