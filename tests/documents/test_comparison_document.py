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
    assert "HOW IT CAME ABOUT" not in changed  # the section CHANGED already lists all events


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


def test_a_short_comparison_lists_what_it_omits(long: Comparison) -> None:
    text = as_text(long)
    others = text.partition("OTHER MAIN EVENTS: ")[2].partition("\n\n")[0]
    listed = len(re.findall(r"(?m)^\d{4}-\d\d", others))
    omitted = flat(text).partition("Left out of this page: ")[2].partition(" SOURCES")[0]
    found = re.search(r"Other main events \(another (\d+)\); (\d+) minor events", omitted)
    assert found
    told = flat(text.partition("OTHER MAIN EVENTS")[0])
    named = [event for event in long.events if event.title in told]
    main = [event for event in long.events if event.weight == "main" and event not in named]
    minor = sum(event.weight == "minor" and event not in named for event in long.events)
    assert (listed + int(found[1]), int(found[2])) == (len(main), minor)
    meetings = text.partition("MEETINGS IN BETWEEN: ")[2].partition("\n\n")[0].count("\n  20")
    assert f"Meetings in between (another {len(long.meetings) - meetings})" in omitted
    assert omitted.endswith("kjtui compare 2020-03-10 2023-04-14 --full")


def test_a_cut_list_is_in_order_and_its_heading_names_its_range(long: Comparison) -> None:
    text = as_text(long)
    total = len(long.meetings)
    assert f"\nMEETINGS IN BETWEEN: THE LAST 8 OF {total}, FROM 30 JAN 2023\n" in text
    meetings = text.partition("MEETINGS IN BETWEEN: ")[2].partition("\n\n")[0]
    days = re.findall(r"(?m)^  (\d{4}-\d\d-\d\d)", meetings)
    assert days == sorted(days)
    assert days[0] == "2023-01-30"
    others = text.partition("OTHER MAIN EVENTS: ")[2].partition("\n\n")[0]
    [count, first] = re.findall(r"THE LAST (\d+) OF \d+, FROM (.*)", others)[0]
    listed = re.findall(r"(?m)^(\d{4}-\d\d(?:-\d\d)?) ", others)
    assert len(listed) == int(count)
    assert (listed[0], first) == ("2023-03-06", "6 MAR 2023")


def test_a_track_that_changed_often_has_one_dated_chain_of_states(long: Comparison) -> None:
    chain = flat(as_text(long)).partition("HOW IT CAME ABOUT")[2].partition("Entry to Japan ")[2]
    assert chain.startswith(
        "visa waiver suspended → 3 Apr 2020 entry refused (188 days) → 8 Oct 2020 business and long stays "
        "(98 days) → 14 Jan 2021 entry refused (298 days) → 8 Nov 2021 business and long stays (22 days) "
        "→ 30 Nov 2021 entry refused (91 days) → 1 Mar 2022 business and long stays (101 days) "
        "→ 10 Jun 2022 guided tours, business (123 days) → 11 Oct 2022 visa-free (186 days so far) 2020-03-26"
    )
    assert "→ 8 Oct 2020 business and long stays (98 days) → 14 Jan 2021" in as_markdown(long)


def test_no_line_of_a_chain_ends_with_an_arrow(long: Comparison) -> None:
    for width in (45, 60, 80, 120):
        lines = plain_lines(lay_out(comparison_document(long, full=True), width))
        assert not [line for line in lines if line.endswith("→")]


def test_a_chain_names_the_last_day_of_its_last_state(package_history: History) -> None:
    between = compare(
        package_history.snapshot(date(2020, 3, 10)), package_history.snapshot(date(2022, 2, 20))
    )
    assert "→ 30 Nov 2021 entry refused until 28 Feb 2022 (83 days so far) [" in flat(as_text(between))


def test_what_the_first_day_expected_is_listed_if_it_did_not_happen(long: Comparison) -> None:
    missed = flat(as_text(long)).partition("EXPECTED, AND DID NOT HAPPEN")[2].partition("HOW IT CAME")[0]
    assert (
        "Entry to Japan: visa waiver suspended, due to end on 31 Mar 2020 (as of 9 Mar 2020): "
        "extended on 26 Mar 2020 until 30 Apr 2020 · Japan extends its entry limits" in missed
    )


def test_a_state_published_late_has_both_days_where_its_event_is_cited(long: Comparison) -> None:
    both = "in force 7 Apr 2023, made public 13 Apr 2023"
    for text in (as_text(long), as_markdown(long)):
        assert flat(text).count(both) == 1
    assert "Korean foundation pays (8 days so far, made public 13 Apr 2023)" in flat(as_text(long))


def test_a_state_published_late_has_both_days_also_if_it_is_the_same(package_history: History) -> None:
    between = compare(package_history.snapshot(date(2025, 1, 1)), package_history.snapshot(date(2025, 3, 1)))
    assert "since 7 Apr 2023, made public 13 Apr 2023 [" in flat(as_text(between))


def test_a_comparison_without_changes_says_so_in_one_line(package_history: History) -> None:
    between = compare(package_history.snapshot(date(2019, 7, 4)), package_history.snapshot(date(2019, 8, 4)))
    changed = as_text(between).partition("CHANGED\n")[2].splitlines()[1]
    assert changed == (
        f"No status changed. Meetings in between: {len(between.meetings)}; "
        f"events in between: {len(between.events)}."
    )


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
