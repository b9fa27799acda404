"""Snapshots of the sample record: expected standings on some days, and properties of all days."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kjtui.documents.document import EventView, Subject
from kjtui.history.compare import compare
from kjtui.history.snapshot import History, Snapshot
from kjtui.history.track_page import track_page
from kjtui.record.model import Effect, Event, Reading, Record
from kjtui.record.store import load
from support.broken_stores import event, point, series
from support.exports import as_json, as_text
from support.fee_record import fee_event, fee_history
from support.stores import MakeStore, Tables, sample_record

MATERIALS = ("photoresist", "hydrogen-fluoride", "fluorinated-polyimide")


def known_by(record: Record, day: date) -> Record:
    """Return the record without the information that became public after a day."""

    def public(event: Event, reading: Reading) -> bool:
        dates = [record.sources[source].date for source in reading.sources]
        return any(on is None or on.last <= day for on in dates)

    def cut(event: Event) -> Event:
        disputes = [
            replace(dispute, readings=tuple(r for r in dispute.readings if public(event, r)))
            for dispute in event.disputed
        ]
        return replace(event, disputed=tuple(d for d in disputes if len(d.readings) > 1))

    series = {
        name: replace(series, points=tuple(point for point in series.points if point.published <= day))
        for name, series in record.series.items()
    }
    events = tuple(cut(event) for event in record.events if event.day <= day)
    return replace(record, events=events, series=series)


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
    assert pending("wto-ds590", date(2020, 6, 2)) == [("panel-requested", "announced", None)]


@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.slow), 25])
def test_no_look_ahead_on_days_with_an_event(record: Record, history: History, step: int) -> None:
    for day in history.event_days[::step]:
        cut = History(known_by(record, day)).snapshot(day)
        assert as_text(cut) == as_text(history.snapshot(day)), day
        assert as_json(cut) == as_json(history.snapshot(day)), day


def test_figures_count_from_the_day_they_were_published(tables: Tables, make_store: MakeStore) -> None:
    series(tables, points=[point("2021-02"), point("2021-03") | {"published": "2021-06-02"}])
    history = History(load(make_store(tables)))
    periods = [
        [[point.period.text for point in series.points] for series in history.snapshot(day).series]
        for day in (date(2021, 5, 31), date(2021, 6, 1), date(2021, 6, 2))
    ]
    assert periods == [[], [["2021-02"]], [["2021-02", "2021-03"]]]


def test_a_disagreement_counts_once_both_sides_are_public(tables: Tables, make_store: MakeStore) -> None:
    tables["sources"]["4"]["date"] = "2021-06-04"
    event(tables, "2")["sources"] = ["notice-2"]
    event(tables, "3")["sources"] = ["notice-2"]
    history = History(load(make_store(tables)))
    disputed = history.record.events[3]
    days = [date(2021, 5, 20), date(2021, 6, 3), date(2021, 6, 4)]
    assert [history.snapshot(day).is_disputed(disputed) for day in days] == [False, False, True]
    (dispute,) = history.snapshot(days[-1]).disputes(disputed)
    assert [reading.says for reading in dispute.readings] == ["one million", "two million"]


def test_a_source_dated_by_the_month_of_the_event_counts_once_the_month_is_over(
    tables: Tables, make_store: MakeStore
) -> None:
    tables["sources"]["4"]["date"] = "2021-05"
    history = History(load(make_store(tables)))
    disputed = history.record.events[3]  # of 20 May
    days = [date(2021, 5, 20), date(2021, 5, 30), date(2021, 5, 31)]
    assert [history.snapshot(day).is_disputed(disputed) for day in days] == [False, False, True]


def test_an_event_with_a_single_reading_is_not_disputed(history: History) -> None:
    event = next(event for event in history.record.events if event.disputed)
    (dispute, *_) = event.disputed
    event = replace(event, disputed=(replace(dispute, readings=dispute.readings[:1]),))
    assert not History(replace(history.record, events=(event,))).is_disputed(event, date.max)


def test_an_event_is_disputed_on_the_days_with_a_public_disagreement(history: History) -> None:
    disputed = [one for one in history.record.events if one.disputed]
    assert disputed
    for one in disputed:
        for days in (-1, 0, 1, 10, 31, 100, 1000):
            day = one.day + timedelta(days)
            assert history.is_disputed(one, day) == bool(history.disputes(one, day)), (one.id, day)


@pytest.mark.slow
def test_stepping_day_by_day_equals_computing_each_day_alone(record: Record, history: History) -> None:
    day = history.first_day
    while day <= history.last_day:
        stepped, fresh = history.snapshot(day), History(record).snapshot(day)
        assert stepped.standings == fresh.standings
        assert stepped.event_count == fresh.event_count
        assert stepped.meetings.known == fresh.meetings.known
        day += timedelta(days=1)


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(st.dates(date(2016, 1, 1), date(2027, 1, 1)), min_size=1, max_size=10))
def test_the_order_in_which_snapshots_are_taken_does_not_matter(days: list[date]) -> None:
    record = sample_record()
    history = History(record)
    for day in days:
        assert as_json(history.snapshot(day)) == as_json(History(record).snapshot(day))


@pytest.mark.parametrize("day", [date.min, date(2018, 9, 30), date(2026, 1, 1), date.max])
def test_a_snapshot_outside_the_coverage_has_every_track_and_a_caution(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    assert len(snapshot.standings) == len(history.record.tracks)
    assert "OUTSIDE THE COVERAGE" in as_text(snapshot)


def test_a_day_before_the_coverage_is_not_covered(history: History) -> None:
    snapshot = history.snapshot(date(2018, 9, 30))
    assert not snapshot.covered
    assert '"covered": false' in as_json(snapshot)


def test_a_day_after_the_record_has_the_snapshot_of_its_last_day() -> None:
    later = Effect("fee", "due", "adopted", date(2023, 2, 1))
    history = fee_history(fee_event("2022-06-01", later))
    snapshot = history.snapshot(date(2023, 3, 1))
    assert (snapshot.day, snapshot.asked) == (date(2022, 12, 31), date(2023, 3, 1))
    [standing] = snapshot.standings
    assert (standing.state.id, [entry.state.id for entry in standing.pending]) == ("free", ["due"])


def test_a_day_before_the_record_has_the_initial_states() -> None:
    history = fee_history(fee_event("2022-01-01", Effect("fee", "due", "in-force")))
    snapshot = history.snapshot(date(1990, 1, 1))
    assert (snapshot.day, snapshot.event_count) == (date(2021, 12, 31), 0)
    assert snapshot.standing("fee").state.id == "free"


def test_documents_after_the_record_show_its_last_day() -> None:
    later = Effect("fee", "due", "adopted", date(2023, 2, 1))
    history = fee_history(fee_event("2022-06-01", later))
    snapshot = history.snapshot(date(2023, 3, 1))
    subjects: tuple[Subject, ...] = (
        snapshot,
        compare(history.snapshot(date(2022, 1, 1)), snapshot),
        track_page(snapshot, "fee"),
        EventView(history.record.events[0], snapshot),
    )
    for subject in subjects:
        text = " ".join(as_text(subject).split())
        assert "this is the status on the last day of the record, 2022-12-31" in text
        assert "31 Dec" in text
        assert "1 March 2023" not in text
        assert "since 1 Feb 2023" not in text
        assert "2023-03-01" in text.rpartition("Again: ")[2]
    assert '"as_of": "2022-12-31"' in as_json(snapshot)
    assert "Status on Saturday 31 December 2022, the last day of the record" in as_text(snapshot)


def test_a_document_before_the_record_shows_the_initial_states() -> None:
    history = fee_history(fee_event("2022-06-01", Effect("fee", "due", "in-force")))
    text = as_text(history.snapshot(date(1990, 1, 1)))
    assert "Initial status, before any event of the record" in text
    assert "1 January 1990" not in text


def test_the_latest_change_is_the_last_day_on_which_a_state_changed(history: History) -> None:
    day = history.latest_change
    assert states(history.snapshot(day)) != states(history.snapshot(day - timedelta(days=1)))
    assert not [change for change in history.changes if change > day]
