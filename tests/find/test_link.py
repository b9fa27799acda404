"""A link sets the position at which the app opens. Each fault in a link is reported in one line."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kjtui.find.link import Link, parse_link
from kjtui.history.snapshot import History


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Link()),
        ("date=2019-07-04", Link(day=date(2019, 7, 4))),
        ("track=photoresist", Link(track="photoresist")),
        ("date=2019-07-04&track=photoresist", Link(day=date(2019, 7, 4), track="photoresist")),
        ("date=2019-07-04&date=2020-01-01", Link(day=date(2019, 7, 4))),
        ("date=&track=&event=", Link()),
        ("fontsize=20&utm_source=x", Link()),
    ],
)
def test_a_link_names_a_day_and_a_track(query: str, expected: Link, history: History) -> None:
    assert parse_link(query, history) == expected


def test_an_event_is_found_on_its_day(history: History) -> None:
    index = len(history.record.events) // 2
    event = history.record.events[index]
    for query in (f"event={event.id}", f"date=2019-07-04&event={event.id}"):
        assert parse_link(query, history) == Link(day=event.day, event=index)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("date=2019-02-30", "there is no day '2019-02-30'"),
        ("date=20190704", "there is no day '20190704'"),
        ("date=2019-W27-4", "there is no day '2019-W27-4'"),
        ("date=%2B30", "there is no day '+30'"),
        ("date=1999-01-01", "1999-01-01 is outside the record: 2016-06-30 to 2025-12-31"),
        ("track=steel", "there is no track 'steel'"),
        ("event=none", "there is no event 'none'"),
        ("track=%1B[31m%E2%80%AEred%00", "there is no track '[31mred'"),
        (f"event={'x' * 500}", f"there is no event '{'x' * 40}'"),
    ],
)
def test_a_link_to_an_unknown_event_or_track_reports_it(query: str, fault: str, history: History) -> None:
    assert parse_link(query, history) == Link(faults=(fault,))


def test_the_rest_of_a_link_is_followed(history: History) -> None:
    link = parse_link("date=2019-07-04&track=steel&event=none", history)
    assert link.day == date(2019, 7, 4)
    assert link.faults == ("there is no event 'none'", "there is no track 'steel'")


pieces = st.sampled_from(
    ["date=", "track=", "event=", "=", "&", "%", "+", "2019-07-04", "2999-01-01", "gsomia", "\x1b[31m"]
)


@given(st.text() | st.lists(pieces | st.text(max_size=3), max_size=9).map("".join))
@example("date=2019-07-04&track=gsomia")
@example("event=\x1b[31m")
def test_any_query_is_parsed(history: History, query: str) -> None:
    link = parse_link(query, history)
    assert all(fault.isprintable() for fault in link.faults)
    assert link.day is None or history.first_day <= link.day <= history.last_day
    assert not link.track or link.track in history.record.tracks
