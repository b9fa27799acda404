"""Last days of states, the states that follow, and the target days of states that are not decided."""

from datetime import date

import pytest

from kjtui.history.day_focus import focus_of
from kjtui.history.snapshot import History
from kjtui.record.model import Effect
from support.exports import as_text
from support.fee_record import fee_event, fee_history

END_OF_MARCH = date(2022, 3, 31)


def suspended(*, until: date | None = END_OF_MARCH, then: str = "") -> Effect:
    return Effect("fee", "due", "in-force", until=until, then=then)


def status_lines(history: History, day: date) -> str:
    """Return the status section of a snapshot's full text, joined into one line."""
    text = " ".join(as_text(history.snapshot(day), full=True).split())
    return text[text.index("At the quay") : text.index("MEETINGS")]


def test_a_last_day_alone_schedules_no_following_state() -> None:
    history = fee_history(fee_event("2022-01-10", suspended()))
    standing = history.standing("fee", date(2022, 2, 15))
    assert (standing.state.id, standing.until, standing.pending) == ("due", END_OF_MARCH, ())
    assert not standing.is_overdue(END_OF_MARCH)
    assert "waiver suspended until 31 Mar 2022" in status_lines(history, date(2022, 2, 15))
    assert focus_of(history.snapshot(date(2022, 2, 15))).next is None


def test_a_past_last_day_without_a_new_event_is_marked_and_the_state_stays() -> None:
    history = fee_history(fee_event("2022-01-10", suspended()))
    standing = history.standing("fee", date(2022, 5, 15))
    assert (standing.state.id, standing.since) == ("due", date(2022, 1, 10))
    assert standing.is_overdue(date(2022, 4, 1))
    assert "until 31 Mar 2022; nothing recorded since" in status_lines(history, date(2022, 5, 15))


def test_a_following_state_is_scheduled_for_the_day_after_the_last_day() -> None:
    history = fee_history(fee_event("2022-01-10", suspended(then="free")))
    before, on = (history.standing("fee", day) for day in (date(2022, 2, 15), date(2022, 4, 1)))
    [entry] = before.pending
    assert (entry.state.id, entry.stage, entry.in_force) == ("free", "adopted", date(2022, 4, 1))
    assert "▸ free: set for 1 Apr 2022" in status_lines(history, date(2022, 2, 15))
    assert (on.state.id, on.since, on.until, on.pending) == ("free", date(2022, 4, 1), None, ())
    assert [run.first for run in history.runs("fee")[1:]] == [date(2022, 1, 10), date(2022, 4, 1)]


@pytest.mark.parametrize("then", ["", "free"])
def test_an_extension_replaces_the_last_day_and_the_following_state(then: str) -> None:
    extension = fee_event("2022-03-20", suspended(until=date(2022, 4, 30)), name="extension")
    history = fee_history(fee_event("2022-01-10", suspended(then=then)), extension)
    standing = history.standing("fee", date(2022, 4, 15))
    assert (standing.state.id, standing.since, standing.until) == (
        "due",
        date(2022, 1, 10),
        date(2022, 4, 30),
    )
    assert (standing.pending, standing.until_by) == ((), extension)
    assert "extension [1]" in status_lines(history, date(2022, 4, 15))


def test_a_pending_state_with_a_last_day_shows_that_day() -> None:
    effect = Effect("fee", "due", "adopted", date(2022, 2, 1), END_OF_MARCH, "free")
    history = fee_history(fee_event("2022-01-10", effect))
    pending = history.standing("fee", date(2022, 1, 15)).pending
    assert [(entry.state.id, entry.in_force, entry.until) for entry in pending] == [
        ("due", date(2022, 2, 1), END_OF_MARCH),
        ("free", date(2022, 4, 1), None),
    ]
    assert "▸ waiver suspended: set for 1 Feb 2022, until 31 Mar 2022" in status_lines(
        history, date(2022, 1, 15)
    )


def test_a_state_adopted_without_a_day_schedules_nothing_after_its_last_day() -> None:
    effect = Effect("fee", "due", "adopted", None, END_OF_MARCH, "half")
    history = fee_history(fee_event("2022-01-10", effect))
    assert history.standing("fee", date(2022, 12, 31)).state.id == "free"


def test_the_day_that_an_announcement_names_is_shown_and_nothing_happens_on_it() -> None:
    announced = Effect("fee", "due", "announced", date(2022, 11, 1))
    history = fee_history(fee_event("2022-01-10", announced))
    assert "▹ waiver suspended: announced for 1 Nov 2022 ·" in status_lines(history, date(2022, 2, 15))
    assert "▹ waiver suspended: announced for 1 Nov 2022 (passed)" in status_lines(
        history, date(2022, 11, 15)
    )
    assert history.standing("fee", date(2022, 11, 15)).state.id == "free"
    assert focus_of(history.snapshot(date(2022, 2, 15))).next is None


def test_a_change_cancelled_on_its_day_does_not_split_the_run() -> None:
    first = fee_event("2022-03-01", Effect("fee", "half", "in-force"), name="first")
    second = fee_event("2022-03-01", Effect("fee", "due", "adopted", date(2022, 6, 1)), name="second")
    dropped = fee_event("2022-06-01", Effect("fee", "half", "in-force"), name="dropped")
    history = fee_history(first, second, dropped)
    standing = history.standing("fee", date(2022, 6, 15))
    assert (standing.state.id, standing.since, standing.because) == ("half", date(2022, 3, 1), first)
    assert [(run.state.id, run.first) for run in history.runs("fee")] == [
        ("free", date.min),
        ("half", date(2022, 3, 1)),
    ]


def test_a_state_that_would_follow_after_the_record_gives_no_run() -> None:
    until = Effect("fee", "due", "in-force", until=date(2030, 3, 31), then="free")
    history = fee_history(fee_event("2022-01-10", until))
    assert [(run.state.id, run.last) for run in history.runs("fee")] == [
        ("free", date(2022, 1, 9)),
        ("due", None),
    ]
    assert history.changes == (date(2022, 1, 10),)
