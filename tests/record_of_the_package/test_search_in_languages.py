"""Queries find the same events in every language of the record."""

import re
from datetime import date

import pytest

from kjtui.find.fact_advice import fact_advice
from kjtui.find.names import names_of, names_typed
from kjtui.find.query import publishers
from kjtui.find.search import Index
from kjtui.formats.lists.figure_list import figure_listing, years_in_parts
from kjtui.history.snapshot import History
from kjtui.record.model import Term
from kjtui.record.store import default_store, load
from support.fee_record import fee_event, fee_history
from support.typed_search import assert_found_letter_by_letter

RETURN = "2023-07-21-japan-list-restored"


@pytest.mark.parametrize(
    "query", ["グループA 復帰", "그룹 A 복귀", "Group A return", "불화수소 -kind:licence"]
)
def test_a_query_finds_the_same_events_in_every_language(query: str) -> None:
    indexes = [Index(load(default_store(language))) for language in ("en", "ko", "ja")]
    found = [{index.record.events[number].id for number in index.find(query)} for index in indexes]
    assert all(RETURN in ids for ids in found if "A" in query)
    if not query.isascii():  # Korean and Japanese texts contain English words, too
        assert all(ids == found[0] for ids in found)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("불화수소를", "불화수소"),
        ("포토레지스트의", "포토레지스트"),
        ("정책대화가", "정책대화"),
        ("스가가", "스가"),
        ("일본과의", "일본"),
        ("GSOMIA를", "GSOMIA"),
        ("수출 규제를", "수출 규제"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_korean_word_with_a_particle_finds_what_the_word_finds(
    language: str, typed: str, word: str
) -> None:
    index = Index(load(default_store(language)))
    assert index.find(typed) == index.find(word) != ()


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("word", ["exporters", "불화수소", "수출업체", "輸出管理", "フッ化水素"])
def test_a_word_typed_letter_by_letter_finds_the_events_that_it_finds_at_once(
    language: str, word: str
) -> None:
    assert_found_letter_by_letter(load(default_store(language)), word)


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
def test_words_of_facts_suggest_the_command_that_prints_them(
    query: str, command: str, package_history: History
) -> None:
    hint = fact_advice(query, package_history, Index(package_history.record))
    assert hint.endswith(command)
    assert bool(hint) == bool(command)


@pytest.mark.parametrize(
    ("typed", "english"), [("経済産業省", "METI"), ("연합뉴스", "Yonhap"), ("共同通信", "Kyodo")]
)
def test_a_publisher_is_found_by_its_name_in_another_language(
    typed: str, english: str, package_history: History
) -> None:
    assert english in publishers(typed, package_history.record)


def test_a_publisher_that_only_cites_another_is_not_found_by_its_name(package_history: History) -> None:
    assert all(name.startswith("METI") for name in publishers("METI", package_history.record))


def test_years_with_figures_for_parts_only_are_named(package_history: History) -> None:
    """In USD million, the record has a figure for January to November 2022, but none for the whole year."""
    snapshot = package_history.snapshot(package_history.last_day)
    since_2018 = figure_listing(snapshot, "hydrogen-fluoride", first=date(2018, 1, 1))
    assert years_in_parts(since_2018.items) == {("hydrogen-fluoride", "USD million"): [2022]}
    before_2022 = figure_listing(snapshot, "hydrogen-fluoride", last=date(2021, 12, 31))
    assert {figure.first.year for figure in before_2022.items} <= {*range(2010, 2022)}
    assert years_in_parts(before_2022.items) == {}


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("ムン・ジェイン", "moon-jae-in"),
        ("ソンユンモ", "sung-yun-mo"),
        ("イ・ホヒョン", "lee-ho-hyeon"),
        ("カンギョンファ", "kang-kyung-wha"),
        ("せこう", "seko-hiroshige"),
        ("ふっかすいそ", "hydrogen-fluoride"),
        ("むんじぇいん", "moon-jae-in"),
        ("セコウ", "seko-hiroshige"),
        ("けいざいさんぎょうしょう", "meti"),
    ],
)
def test_a_name_is_found_by_its_reading_in_kana(typed: str, term: str) -> None:
    for language in ("en", "ja"):
        record = load(default_store(language))
        assert names_typed(typed, names_of("term", record)).ids == (term,)
        assert Index(record).find(typed)


def test_every_japanese_or_korean_person_has_a_reading_in_kana() -> None:
    english, japanese = (load(default_store(language)).terms for language in ("en", "ja"))
    persons = [term for term in english.values() if _is_japanese(term) or _is_korean(term)]
    assert len(persons) > 100
    for term in persons:
        assert re.search(r"[\u3041-\u30ff]", " ".join((japanese[term.id].term, *term.aliases))), term.id


def _is_japanese(term: Term) -> bool:
    """Return whether a term is a person with a Japanese name: the given name comes first in an alias."""
    return " ".join(reversed(term.term.split())) in term.aliases and " " in term.term


def _is_korean(term: Term) -> bool:
    """Return whether a term is a person with a Korean name, such as "Moon Jae-in"."""
    return bool(re.fullmatch(r"[A-Z]\w+ [A-Z]\w+-\w+", term.term))
