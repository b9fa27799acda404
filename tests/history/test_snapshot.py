"""Snapshots of the real record: what held on known days, and what is true of every day."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kjtui.exports.json import snapshot_json
from kjtui.exports.plain import snapshot_text
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import Record
from kjtui.record.store import default_store, load

MATERIALS = ("photoresist", "hydrogen-fluoride", "fluorinated-polyimide")


def states(snapshot: Snapshot) -> dict[str, str]:
    return {standing.track.id: standing.state.id for standing in snapshot.standings}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-07-03", dict.fromkeys(MATERIALS, "bulk") | {"japan-list": "listed", "wto-ds590": "none"}),
        ("2019-07-04", dict.fromkeys(MATERIALS, "individual") | {"japan-list": "listed"}),
        ("2019-08-27", {"japan-list": "listed", "japan-catch-all": "exempt", "gsomia": "notice-given"}),
        ("2019-08-28", {"japan-list": "delisted", "korea-list": "listed", "japan-catch-all": "applies"}),
        ("2019-09-11", {"wto-ds590": "consultations"}),
        ("2019-09-17", {"korea-list": "listed"}),
        ("2019-09-18", {"korea-list": "delisted"}),
        ("2019-11-21", {"gsomia": "notice-given", "wto-ds590": "consultations"}),
        ("2019-11-22", {"gsomia": "notice-suspended", "wto-ds590": "suspended"}),
        ("2019-11-23", {"gsomia": "notice-suspended"}),
        ("2019-12-19", {"photoresist": "individual"}),
        ("2019-12-20", {"photoresist": "specific-bulk", "hydrogen-fluoride": "individual"}),
        (
            "2020-03-10",
            {
                "photoresist": "specific-bulk",
                "hydrogen-fluoride": "individual",
                "fluorinated-polyimide": "individual",
                "japan-list": "delisted",
                "korea-list": "delisted",
                "wto-ds590": "suspended",
                "gsomia": "notice-suspended",
                "japan-entry": "suspended",
                "korea-entry": "suspended",
            },
        ),
        ("2020-06-17", {"wto-ds590": "suspended"}),
        ("2020-06-18", {"wto-ds590": "panel-requested"}),
        ("2020-07-29", {"wto-ds590": "panel-established"}),
        (
            "2023-03-22",
            dict.fromkeys(MATERIALS[1:], "individual") | {"wto-ds590": "suspended", "gsomia": "normalised"},
        ),
        ("2023-03-23", dict.fromkeys(MATERIALS, "bulk") | {"wto-ds590": "withdrawn"}),
        (
            "2023-04-14",
            dict.fromkeys(MATERIALS, "bulk")
            | {"japan-list": "delisted", "korea-list": "delisted", "court-awards": "foundation"},
        ),
        ("2023-04-24", {"korea-list": "listed", "japan-list": "delisted"}),
        ("2023-07-20", {"japan-list": "delisted"}),
        ("2023-07-21", {"japan-list": "listed", "japan-catch-all": "exempt"}),
    ],
)
def test_states_on_known_days(history: History, day: str, expected: dict[str, str]) -> None:
    held = states(history.snapshot(date.fromisoformat(day)))
    assert {track: held[track] for track in expected} == expected


@pytest.mark.parametrize(
    ("day", "status", "starts", "ends", "form", "place"),
    [
        ("2019-12-16", "planned", None, None, None, "Seoul"),
        ("2020-03-05", "planned", "2020-03-10", None, "in-person", "Seoul"),
        ("2020-03-06", "planned", "2020-03-10", None, "video", "Seoul and Tokyo"),
        (
            "2020-03-10",
            "under-way",
            "2020-03-10T10:00",
            None,
            "video",
            "Seoul (government complex) and Tokyo (Korean Embassy)",
        ),
        (
            "2020-03-11",
            "held",
            "2020-03-10T10:00",
            "2020-03-11T01:50",
            "video",
            "Seoul (government complex) and Tokyo (Korean Embassy)",
        ),
    ],
)
def test_the_eighth_dialogue_before_during_and_after(
    history: History,
    day: str,
    status: str,
    starts: str | None,
    ends: str | None,
    form: str | None,
    place: str,
) -> None:
    meetings = history.snapshot(date.fromisoformat(day)).meetings.known
    state = next(state for state in meetings if state.meeting.id == "dialogue-08")
    assert (state.status, state.starts and state.starts.text, state.ends and state.ends.text, state.form) == (
        status,
        starts,
        ends,
        form,
    )
    assert state.place == place
    assert bool(state.outcome) == (status == "held")


def test_the_tenth_dialogue_on_the_day_of_the_second_article(history: History) -> None:
    meetings = {state.meeting.id: state for state in history.snapshot(date(2023, 4, 14)).meetings.known}
    tenth = meetings["dialogue-10"]
    assert (tenth.status, str(tenth.starts), str(tenth.ends)) == ("planned", "18 Apr 2023", "20 Apr 2023")
    assert (tenth.place, tenth.form) == ("Seoul", "in-person")
    assert meetings["dialogue-10-session-1"].status == meetings["dialogue-10-session-2"].status == "held"
    assert "dialogue-10-session-4" not in meetings


def test_pending_states_on_known_days(history: History) -> None:
    def pending(track: str, day: date) -> list[tuple[str, str, date | None]]:
        standing = history.snapshot(day).standing(track)
        return [(entry.state.id, entry.stage, entry.in_force) for entry in standing.pending]

    assert pending("japan-list", date(2019, 7, 1)) == [("delisted", "proposed", None)]
    assert pending("japan-list", date(2019, 8, 2)) == [("delisted", "adopted", date(2019, 8, 28))]
    assert pending("japan-list", date(2019, 8, 28)) == []
    assert pending("gsomia", date(2019, 8, 23)) == [("lapsed", "adopted", date(2019, 11, 23))]
    assert pending("gsomia", date(2019, 11, 22)) == []
    assert pending("photoresist", date(2023, 3, 16)) == [("bulk", "adopted", None)]
    assert pending("wto-ds590", date(2020, 6, 2)) == [("panel-requested", "proposed", None)]


def test_no_look_ahead_on_any_day_with_an_event(record: Record, history: History) -> None:
    for day in history.event_days:
        known = msgspec.structs.replace(record, events=tuple(e for e in record.events if e.day <= day))
        cut = History(known).snapshot(day)
        assert snapshot_text(cut) == snapshot_text(history.snapshot(day)), day
        assert snapshot_json(cut) == snapshot_json(history.snapshot(day)), day


@pytest.mark.slow
def test_stepping_day_by_day_equals_computing_each_day_alone(record: Record, history: History) -> None:
    day = history.first_day
    while day <= history.last_day:
        stepped, fresh = history.snapshot(day), History(record).snapshot(day)
        assert stepped.standings == fresh.standings
        assert stepped.event_count == fresh.event_count
        assert stepped.meetings.known == fresh.meetings.known
        day += timedelta(days=1)


@settings(max_examples=50)
@given(st.lists(st.dates(date(2016, 1, 1), date(2027, 1, 1)), min_size=1, max_size=10))
def test_the_order_in_which_snapshots_are_taken_does_not_matter(days: list[date]) -> None:
    record = load(default_store())
    history = History(record)
    for day in days:
        assert snapshot_json(history.snapshot(day)) == snapshot_json(History(record).snapshot(day))


@pytest.mark.parametrize("day", [date.min, date(2018, 9, 30), date(2026, 1, 1), date.max])
def test_a_snapshot_outside_the_coverage_has_every_track_and_says_so(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    assert not snapshot.covered
    assert len(snapshot.standings) == len(history.record.tracks)
    assert "OUTSIDE THE COVERAGE" in snapshot_text(snapshot)
    assert '"covered": false' in snapshot_json(snapshot)


def test_the_latest_change_is_the_last_day_on_which_a_state_changed(history: History) -> None:
    day = history.latest_change
    assert states(history.snapshot(day)) != states(history.snapshot(day - timedelta(days=1)))
    assert not [change for change in history.changes if change > day]
