"""The page of a track: the events that concern the track, its runs, and the facts that apply to its state."""

import itertools
from datetime import date, timedelta

from msgspec.structs import replace

from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.record.model import Effect, Fact
from support.fee_record import FEE, fee_event, fee_history

PAPERS = Fact(label="papers", value="a form", sources=("gazette",), states=("due",))
OLD_PAPERS = Fact(
    label="papers", value="two forms", sources=("gazette",), states=("due",), until=date(2022, 1, 31)
)
CODE = Fact(label="code", value="0302.41", sources=("gazette",), since=date(2022, 2, 1))


def fee_page_history() -> History:
    return fee_history(
        fee_event("2022-01-10", Effect("fee", "due", "in-force")),
        fee_event("2022-02-10", name="inspection", touches=["fee"]),
        fee_event("2022-03-10", Effect("fee", "half", "in-force")),
        track=replace(FEE, facts=(PAPERS, OLD_PAPERS, CODE)),
    )


def test_a_measure_that_only_touches_a_track_is_on_its_page() -> None:
    page = track_page(fee_page_history().snapshot(date(2022, 2, 15)), "fee")
    assert [event.id for event in page.others] == ["2022-02-10-inspection"]
    assert [step.event.id for step in page.changes] == ["2022-01-10-decree"]


def test_every_event_that_concerns_a_track_is_a_step_in_one_section(history: History) -> None:
    snapshot = history.snapshot(history.last_day)
    for track in history.record.tracks:
        page = track_page(snapshot, track)
        concerned = [event.id for event in snapshot.events if track in event.tracks]
        assert [step.event.id for step in page.steps] == concerned
        sections = [
            *(step.event.id for step in page.changes),
            *(event.id for event in (*page.licences, *page.statements, *page.others)),
        ]
        assert sorted(sections) == sorted(concerned)


def test_runs_have_their_days_and_the_current_run_has_no_future_end() -> None:
    history = fee_page_history()
    early, late = (track_page(history.snapshot(date(2022, month, 20)), "fee") for month in (2, 4))
    assert [(run.state.id, run.last) for run in early.runs] == [
        ("free", date(2022, 1, 9)),
        ("due", None),
    ]
    assert [run.days(date(2022, 4, 20)) for run in late.runs] == [None, 59, 42]


def test_requirements_are_those_of_the_state_and_the_day() -> None:
    history = fee_page_history()
    pages = [track_page(history.snapshot(date(2022, month, 20)), "fee") for month in (1, 2, 4)]
    assert [[fact.value for fact in page.requirements] for page in pages] == [
        ["a form", "two forms"],
        ["a form"],
        [],
    ]
    assert [[fact.label for fact in page.facts] for page in pages] == [[], ["code"], ["code"]]


def test_a_run_ends_on_the_day_before_the_next_one_begins(history: History) -> None:
    for track in history.record.tracks:
        runs = history.runs(track)
        for run, following in itertools.pairwise(runs):
            assert run.end is not None
            assert following.since == run.end + timedelta(days=1)


def test_the_page_does_not_show_an_end_published_later(history: History) -> None:
    for track in history.record.tracks:
        for run in history.runs(track)[1:]:
            assert track_page(history.snapshot(run.first - timedelta(days=1)), track).runs[-1].end is None
