"""Search and filter as values: matches, the way back, and what stays visible."""

from datetime import date

from kjtui.history.search import Filter
from kjtui.history.snapshot import History
from kjtui.tui.cursor import Cursor
from kjtui.tui.filters import filter_for, filter_label, visible_events
from kjtui.tui.search import Search


def test_the_nearest_match_is_at_or_after_the_origin_or_the_last(history: History) -> None:
    origin = Cursor.at(history, history.event_days[5])
    assert origin.selected is not None
    here = origin.selected
    search = Search(origin)
    assert search.nearest(history) is None
    assert search.found("x", [here - 2, here, here + 3]).nearest(history) == here
    assert search.found("x", [here - 2, here + 3]).nearest(history) == here + 3
    assert search.found("x", [here - 2, here - 1]).nearest(history) == here - 1


def test_a_cancelled_search_returns_and_an_accepted_one_is_a_jump(history: History) -> None:
    origin = Cursor.at(history, date(2019, 7, 1))
    match = origin.to_event(history, 200, jump=False)
    search = Search(origin).found("x", [200])
    assert search.cancelled(match) == origin
    assert search.accepted(match) == match._replace(back=origin.day)
    assert search.accepted(origin) == origin


def test_a_cancelled_search_keeps_a_filter_set_meanwhile(history: History) -> None:
    origin = Cursor.at(history, date(2019, 7, 1))
    filtered = origin.with_visible(history, (3, 5))
    assert Search(origin).cancelled(filtered).visible_events == (3, 5)


def test_the_summary_counts_matches(history: History) -> None:
    search = Search(Cursor.at(history, date(2019, 7, 1)))
    assert search.found(" ", []).summary(None) == ""
    assert search.found("x", []).summary(None) == "none found"
    assert search.found("x", [4, 9]).summary(9).startswith("2 of 2")
    assert search.found("x", [4, 9]).summary(5) == ""


def test_an_empty_filter_keeps_every_event_and_has_no_label(history: History) -> None:
    record = history.record
    assert list(visible_events(Filter(), record)) == list(range(len(record.events)))
    assert filter_label(Filter(), record) == ""


def test_a_filter_keeps_what_fits_and_says_so(history: History) -> None:
    limit = Filter(track="photoresist", kind="licence", actor="JP")
    kept = visible_events(limit, history.record)
    assert kept
    assert list(kept) == [i for i, event in enumerate(history.record.events) if limit.fits(event)]
    assert filter_label(limit, history.record) == "only · Photoresist · licence · by Japan"


def test_another_record_drops_the_parts_it_does_not_have(bridge: History) -> None:
    limit = Filter(track="photoresist", kind="measure", actor="KR")
    assert filter_for(limit, bridge.record) == Filter(kind="measure")
