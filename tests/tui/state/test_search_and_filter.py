"""The state of search and filter, without an app: matches, snippets, summaries, labels and choices."""

from datetime import date

import pytest

from kjtui.find.filter import Filter
from kjtui.find.search import Index
from kjtui.history.snapshot import History
from kjtui.languages import speaking
from kjtui.record.store import default_store, load
from kjtui.tui.dialogs.filter_dialog import choices
from kjtui.tui.dialogs.search_bar import snippet_content
from kjtui.tui.state.active_search import Search, find, nothing_found
from kjtui.tui.state.facets import FilterCounts
from kjtui.tui.state.visible_events import filter_for, filter_label


@pytest.fixture(scope="module")
def index(history: History) -> Index:
    return Index(history.record)


def test_the_summary_counts_matches(index: Index) -> None:
    search = Search("x", (4, 9))
    assert find(search, index, 9).text == "2 of 2 by day"
    assert find(search, index, 5).text == find(search, index, None).text == "2 found"


def test_the_summary_has_the_reason_without_matches(index: Index) -> None:
    assert "“xyzzy”" in nothing_found("xyzzy", index)
    assert nothing_found("gsomia xyzzy", index).startswith("no event has “xyzzy”")
    assert nothing_found("gsomia", index).endswith("passes the filter")
    assert "there is no kind 'licenses'; did you mean licence" in nothing_found("kind:licenses", index)


def test_a_search_keeps_to_every_part_of_the_filter(index: Index) -> None:
    limit = Filter(track="hydrogen-fluoride", text="stella")
    search = Search.of("licence", index, limit)
    assert search.matches
    assert set(search.matches) == set(index.select(limit)) & set(index.find("licence"))


@pytest.mark.parametrize("query", ["stella", "フッ化水素", "불화수소", "white list"])
def test_a_snippet_fits_any_width_and_keeps_the_match(index: Index, query: str) -> None:
    snippets = [snippet for found in index.find(query) if (snippet := index.snippet(query, found))]
    assert snippets
    for snippet in snippets[:20]:
        for width in range(4, 120, 7):
            shown = snippet_content(snippet, width)
            assert shown.cell_length <= width
            if width > 60:
                assert snippet.match in shown.plain


def test_an_empty_filter_keeps_every_event_and_has_no_label(history: History, index: Index) -> None:
    record = history.record
    assert list(index.select(Filter())) == list(range(len(record.events)))
    assert filter_label(Filter(), record, "esc", 60) == ""


def test_a_filter_keeps_matching_events_and_has_a_label(history: History, index: Index) -> None:
    limit = Filter(track="photoresist", kind="licence", actor="JP")
    kept = index.select(limit)
    assert kept
    assert list(kept) == [
        i for i, event in enumerate(history.record.events) if limit.fits(event, history.record)
    ]
    assert filter_label(limit, history.record, "esc", 60) == "filter: Photoresist · licence · by Japan (esc)"
    more = Filter(minor="no", text="stella")
    assert filter_label(more, history.record, "esc", 60) == "filter: main events · “stella” (esc)"


@pytest.mark.parametrize(
    ("language", "width", "label"),
    [
        ("en", 31, "filter: Hydrogen fluoride (esc)"),
        ("en", 20, "filter: Hydro… (esc)"),
        ("ko", 40, "필터: 불화수소(esc 해제)"),
        ("ja", 40, "絞り込み：フッ化水素（escで解除）"),
        ("ja", 29, "絞り込み：フッ…（escで解除）"),
        ("ja", 9, "絞り込み…"),
    ],
)
def test_the_label_of_a_filter_is_one_text_in_every_language(language: str, width: int, label: str) -> None:
    record = load(default_store(language))
    with speaking(language):
        assert filter_label(Filter(track="hydrogen-fluoride"), record, "esc", width) == label


def test_another_record_drops_the_parts_it_does_not_have(bridge: History) -> None:
    limit = Filter(track="photoresist", kind="measure", actor="KR", text="x")
    assert filter_for(limit, bridge.record) == Filter(kind="measure", text="x")


def test_the_choices_count_the_events_that_the_filter_would_keep(history: History, index: Index) -> None:
    limit = Filter(track="photoresist", actor="KR")
    offered = list(choices(FilterCounts(history.record, index, limit), ""))
    assert offered[0].label == "everything"
    for choice in offered[1:]:
        assert choice.events == len(index.select(limit.with_field(choice.part, choice.value)))
        assert choice.events


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("photo", "Photoresist"),
        ("불화수소", "Hydrogen fluoride"),
        ("white list", "Japan's list: Korea"),
        ("licence", "kind: licence"),
        ("minor", "minor events"),
        ("stella", "“stella” in title, text or sources"),
    ],
)
def test_typed_text_narrows_the_choices(history: History, index: Index, typed: str, label: str) -> None:
    offered = [choice.label for choice in choices(FilterCounts(history.record, index, Filter()), typed)]
    assert offered[0] == label
    assert (offered[-1] == f"“{typed}” in title, text or sources") == bool(index.find(typed))


def test_a_text_without_matches_leaves_no_choice(history: History, index: Index) -> None:
    assert list(choices(FilterCounts(history.record, index, Filter()), "xyzzy")) == []


def test_a_figure_is_not_taken_for_a_day(history: History, index: Index) -> None:
    """An export-control bureau was to get 25 % more staff. Events on the 25th of a month are not found."""
    found = [history.record.events[number] for number in index.find("25 %")]
    assert date(2020, 3, 6) in {event.day for event in found}
    for event in found:
        assert "25" in f"{event} {[history.record.sources[source].title for source in event.sources]}"


def test_a_year_and_a_day_are_found(history: History, index: Index) -> None:
    days = {history.record.events[number].day for number in index.find("2019-08-02")}
    assert days == {date(2019, 8, 2)}
    assert {history.record.events[number].day.year for number in index.find("2018 court")} >= {2018}
