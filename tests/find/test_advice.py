"""Suggestions for queries that find nothing."""

from datetime import date

import pytest
from msgspec.structs import replace

from kjtui.find.advice import advice
from kjtui.find.day_advice import typed_days
from kjtui.find.filter import Filter
from kjtui.find.search import Index
from kjtui.history.snapshot import History
from kjtui.record.model import Term


@pytest.fixture(scope="module")
def index(history: History) -> Index:
    return Index(history.record)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("gsomia zebra", "no event has “zebra”; “gsomia” finds "),
        ("is it the gsomia of zebra", "no event has “zebra”"),
        ("hydogen", "did you mean hydrogen?"),
        ('"fluoride hydrogen"', "no event has the phrase; “fluoride hydrogen” finds "),
        ("zebra", "no event has “zebra”"),
        ("foo:bar", "there is no field 'foo'; fields are actor"),
        ("kind:licenses", "did you mean licence"),
        ("", ""),
    ],
)
def test_a_query_without_results_gets_suggestions(index: Index, query: str, said: str) -> None:
    found = advice(Filter(text=query), index)
    assert said in found if said else found == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("フッ化水素の国産化が進む", "no event has “進む”; “フッ化水素 国産化” finds 1"),
        ("「国産化が進む」", "no event has the phrase; “国産化” finds 1"),
        ("埠頭のフッ化水素の国産化が進む", "no event has “進む”; “フッ化水素 国産化” finds 1"),
        ("埠頭の国産化", "no event has all of these words; “国産化” finds 1"),
    ],
)
def test_a_japanese_phrase_is_shortened_noun_by_noun(history: History, query: str, said: str) -> None:
    first, second, *others = history.record.events
    first = replace(first, title="フッ化水素の国産化")
    second = replace(second, title="埠頭")
    index = Index(replace(history.record, events=(first, second, *others)))
    assert advice(Filter(text=query), index) == said


def test_a_term_without_events_suggests_its_entry(history: History) -> None:
    term = Term(
        id="quay-act", term="Quay Act", meaning="The law of the quay.", aliases=("岸壁法",), sources=()
    )
    index = Index(replace(history.record, terms={"quay-act": term}))
    assert advice(Filter(text="岸壁法"), index) == "no event has “岸壁法” (see kjtui term quay-act)"


def test_small_words_are_left_out_of_a_question(index: Index, history: History) -> None:
    event = history.record.events[0]
    words = [word for word in event.title.split() if word.isalpha() and len(word) > 4][:2]
    assert "which" not in f"{event}"
    said = advice(Filter(text=f"which {' '.join(words)} when"), index)
    assert f"“{' '.join(words)}” finds" in said


def test_a_filter_that_hides_every_match_is_named(index: Index) -> None:
    said = advice(Filter(text="gsomia", kind="licence"), index)
    assert said.endswith("events have these words, but none passes the filter")


@pytest.mark.parametrize("text", ["令和2年3月10日", "2020年3月10日", "2020년 3월 10일", "10 March 2020"])
def test_a_query_can_be_a_day_in_each_language(text: str, history: History) -> None:
    assert typed_days(text, history, date(2026, 1, 1)) == (date(2020, 3, 10),)


@pytest.mark.parametrize("text", ["gsomia", "10 March 1820", "2020-02-30", ""])
def test_a_query_that_is_no_day_of_the_record_has_no_days(text: str, history: History) -> None:
    assert typed_days(text, history, date(2026, 1, 1)) == ()
