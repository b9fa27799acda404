"""Queries find the same events in every language of the record."""

import pytest

from kjtui.find.fact_advice import fact_advice
from kjtui.find.search import Index
from kjtui.history.snapshot import History
from kjtui.record.store import default_store, load
from support.fee_record import fee_event, fee_history

RETURN = "2023-07-21-japan-list-restored"


@pytest.mark.parametrize(
    "query", ["グループA 復帰", "그룹 A 복귀", "Group A return", "불화수소 -kind:licence"]
)
def test_a_query_finds_the_same_events_in_every_language(query: str) -> None:
    indexes = [Index(load(default_store(language))) for language in ("en", "ko", "ja")]
    found = [{index.record.events[number].id for number in index.find(query)} for index in indexes]
    assert all(RETURN in ids for ids in found if "A" in query)
    if not query.isascii():  # English words are also words of Korean and Japanese texts
        assert all(ids == found[0] for ids in found)


def test_a_hit_in_another_language_shows_the_passage_and_the_language(package_history: History) -> None:
    index = Index(package_history.record)
    number = package_history.index_of(RETURN)
    assert number is not None
    snippet = index.snippet("復帰", number)
    assert snippet is not None
    assert "復帰" in str(snippet)
    assert snippet.where == "日本語"


def test_another_record_is_searched_in_its_own_texts_only() -> None:
    index = Index(fee_history(fee_event("2022-03-01")).record)
    assert index.find("復帰") == ()


@pytest.mark.parametrize(
    ("query", "command"),
    [
        ("HSK", "kjtui track photoresist --section facts"),
        ("通達", "kjtui track photoresist 2019-12-19 --section requirements"),
        ("no such words", ""),
        ("", ""),
        ("foo:bar", ""),
    ],
)
def test_words_of_facts_are_answered_with_the_command_that_prints_them(
    query: str, command: str, package_history: History
) -> None:
    hint = fact_advice(query, package_history, Index(package_history.record))
    assert hint.endswith(command)
    assert bool(hint) == bool(command)
