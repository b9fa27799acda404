"""Finding events: by words, in any language, and why they were found."""

import pytest

from kjtui.find.search import Index, normalise
from kjtui.history.snapshot import History


@pytest.fixture(scope="module")
def index(history: History) -> Index:
    return Index(history.record)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("8th dialogue", "Eighth dialogue"),
        ("フッ化水素", "hydrogen fluoride"),
        ("불화수소", "hydrogen fluoride"),
    ],
)
def test_other_words_for_the_same_find_the_same(index: Index, one: str, other: str) -> None:
    assert index.find(one)
    assert set(index.find(other)) <= set(index.find(one))


def test_every_word_of_a_query_must_occur(index: Index) -> None:
    found = index.find("gsomia notice")
    assert 0 < len(found) < len(index.find("gsomia"))
    assert index.find("gsomia zebra") == ()
    assert index.find("   ") == ()


def test_a_match_outside_the_title_shows_where_it_stands(index: Index, history: History) -> None:
    shown = 0
    for found in index.find("stella"):
        snippet = index.snippet("stella", found)
        if "stella" in history.record.events[found].title.lower():
            assert snippet is None
        else:
            assert snippet is not None
            assert snippet.match.lower() == "stella"
            assert len(str(snippet)) < 100
            shown += 1
    assert shown


def test_a_snippet_is_a_piece_of_the_record_in_any_script(index: Index) -> None:
    for query in ("フッ化水素", "불화수소", "SEOUL", "second"):
        for found in index.find(query):
            snippet = index.snippet(query, found)
            if snippet:
                assert normalise(query) in normalise(snippet.match)


@pytest.mark.parametrize(("typed", "meant"), [("hydogen", "hydrogen"), ("photresist", "photoresist")])
def test_a_misspelt_word_is_offered_as_the_nearest(index: Index, typed: str, meant: str) -> None:
    assert index.find(typed) == ()
    assert meant in index.nearest(typed)


def test_nothing_is_offered_for_what_is_found(index: Index) -> None:
    assert index.nearest("hydrogen") == []
