"""The comparison of two days."""

import re
from datetime import date
from itertools import pairwise

import pytest

from kjtui.documents.comparison_document import comparison_document
from kjtui.documents.layout import lay_out, plain_lines
from kjtui.history.compare import Comparison, compare
from kjtui.history.snapshot import History
from kjtui.words.wrap import cells
from support.exports import as_markdown, as_text, flat


def test_tracks_with_one_cause_share_it_in_a_comparison(history: History) -> None:
    before, after = (history.snapshot(date(2019, 7, day)) for day in (3, 4))
    changed = as_text(compare(before, after)).partition("CHANGED\n")[2].partition("THE SAME")[0]
    assert changed.count("Individual licensing of three materials takes effect") == 1
    assert changed.count("bulk licence → ● individual licence") == 3
    assert "HOW IT CAME ABOUT" not in changed  # no more events to list


def test_a_comparison_lists_missed_changes_before_the_steps(history: History) -> None:
    text = as_text(compare(history.snapshot(date(2019, 6, 30)), history.snapshot(date(2019, 12, 31))))
    headings = ["CHANGED", "EXPECTED, AND DID NOT HAPPEN", "HOW IT CAME ABOUT", "THE SAME"]
    positions = [text.index(f"\n{heading}\n") for heading in headings]
    assert positions == sorted(positions)
    assert "\nJapan's list: Korea; Japan's catch-all\n    since 28 Aug 2019, for 126 days\n" in text


def test_a_comparison_is_readable_in_a_narrow_window(package_history: History) -> None:
    between = compare(
        package_history.snapshot(date(2019, 10, 15)), package_history.snapshot(date(2019, 12, 31))
    )
    for width in (37, 45, 60, 80):
        lines = list(plain_lines(lay_out(comparison_document(between), width)))
        assert all(cells(line) <= width for line in lines)
        assert not [line for line in lines if line.endswith((" □", " ◌", " ●", " ○"))], (
            "a sign without its word"
        )


@pytest.fixture(name="long", scope="module")
def fixture_long(package_history: History) -> Comparison:
    return compare(package_history.snapshot(date(2020, 3, 10)), package_history.snapshot(date(2023, 4, 14)))


def test_a_comparison_of_years_has_at_most_150_lines_before_its_sources(package_history: History) -> None:
    days = [package_history.first_day, package_history.last_day, *package_history.changes[::8]]
    for first, last in pairwise(days):
        text = as_text(compare(package_history.snapshot(first), package_history.snapshot(last)))
        assert len(text.partition("\nSOURCES\n")[0].splitlines()) <= 150, (first, last)


def test_a_short_comparison_names_what_it_leaves_out(long: Comparison) -> None:
    text = as_text(long)
    others = text.partition("OTHER EVENTS, NEWEST FIRST\n")[2].partition("\n\n")[0]
    listed = len(re.findall(r"(?m)^\d{4}-\d\d", others))
    omitted = flat(text).partition("Left out of this page: ")[2].partition(" SOURCES")[0]
    found = re.search(r"Other events, newest first \(another (\d+) and (\d+) minor\)", omitted)
    assert found
    told = flat(text.partition("OTHER EVENTS")[0])
    named = [event for event in long.events if event.title in told]
    main = [event for event in long.events if event.weight == "main" and event not in named]
    minor = sum(event.weight == "minor" and event not in named for event in long.events)
    assert (listed + int(found[1]), int(found[2])) == (len(main), minor)
    meetings = text.partition("MEETINGS HELD BETWEEN\n")[2].partition("\n\n")[0].count("\n  20")
    assert f"Meetings held between (another {len(long.meetings) - meetings})" in omitted
    assert omitted.endswith("kjtui compare 2020-03-10 2023-04-14 --full")


def test_full_adds_every_meeting_and_event_of_a_comparison(long: Comparison) -> None:
    text = as_text(long, full=True)
    assert all(event.title in flat(text) for event in long.events)
    assert all(state.meeting.name in flat(text) for state in long.meetings)
    assert "Not on this" not in text
    assert text.endswith("Again: kjtui compare 2020-03-10 2023-04-14 --full\n")


def test_a_comparison_that_fits_has_every_event_in_order(history: History) -> None:
    comparison = compare(history.snapshot(date(2019, 7, 3)), history.snapshot(date(2019, 7, 5)))
    short, full = as_text(comparison), as_text(comparison, full=True)
    assert short.partition("\nDocument: ")[0] == full.partition("\nDocument: ")[0]
    assert "Events after the first day" in as_markdown(comparison)
