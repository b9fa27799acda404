"""A Korean word with a particle finds the same events as the word without the particle."""

import pytest

from kjtui.find.filter import Filter
from kjtui.find.korean_particles import without_certain_particle, without_uncertain_particle
from kjtui.find.search import Index
from kjtui.find.word_match import matches
from kjtui.record.store import load
from support.broken_stores import event
from support.stores import MakeStore, Tables


@pytest.mark.parametrize(
    ("word", "certain", "uncertain"),
    [
        ("불화수소를", "불화수소", ""),
        ("아베는", "아베", ""),
        ("한국에서는", "한국", ""),
        ("일본으로부터", "일본", ""),
        ("wto 에", "wto", ""),  # folded from "WTO에"
        ("지소미아가", "", "지소미아"),
        ("일본과의", "", "일본"),
        ("한국에도", "", "한국"),
        ("마을", "", ""),  # a single syllable would remain
        ("회의", "", ""),
        ("경제과", "", ""),  # after a vowel, the particle is 와
        ("시가을", "", ""),  # after a vowel, the particle is 를
        ("fluoride", "", ""),
        ("輸出を", "", ""),
    ],
)
def test_a_word_loses_a_particle_that_fits_its_last_syllable(word: str, certain: str, uncertain: str) -> None:
    assert without_certain_particle(word) == certain
    assert without_uncertain_particle(word) == uncertain


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("수출규제를", "수출규제가 시작됐다", True),
        ("수출규제를", "수출 규제", True),
        ("WTO에", "한국은 WTO 제소를", True),
        ("-수출규제를", "수출규제가 시작됐다", False),
        ('"수출규제를"', "수출규제가 시작됐다", False),
        ("다리가", "다리를 건넜다", False),  # 가 may be a part of the noun
    ],
)
def test_a_text_has_a_word_without_its_particle(query: str, text: str, found: bool) -> None:
    assert matches(query, (text,)) is found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("교량을", ["1", "4", "5"]),
        ("교량과", ["5"]),  # as typed
        ("교량도", ["1", "4", "5"]),  # no text has it as typed
        ("통행로가", ["4"]),
        ('"교량을"', ["4"]),
        ("교량을 통행로", ["4"]),
        ("통행 -교량을", []),
    ],
)
def test_an_uncertain_particle_is_removed_only_if_nothing_has_the_word_as_typed(
    query: str, found: list[str], tables: Tables, make_store: MakeStore
) -> None:
    texts = {"1": "교량 점검", "4": "통행로와 교량을 막았다", "5": "교량과 도로"}
    for number, text in texts.items():
        event(tables, number)["summary"] = text
    record = load(make_store(tables))
    ids = [event(tables, number)["id"] for number in found]
    assert [record.events[index].id for index in Index(record).find(query)] == ids


def test_events_with_the_word_as_typed_come_first(tables: Tables, make_store: MakeStore) -> None:
    event(tables, "1")["title"] = "교량 점검"
    event(tables, "4")["summary"] = "교량을 막았다"
    record = load(make_store(tables))
    hits = Index(record).hits(Filter(text="교량을"))
    assert [record.events[index].id for index in hits] == [event(tables, number)["id"] for number in "41"]


def test_the_last_syllable_of_a_name_is_no_particle(tables: Tables, make_store: MakeStore) -> None:
    tables["dataset"]["1"]["actors"]["K"] = "김가은"
    event(tables, "1")["summary"] = "김가을"
    event(tables, "4")["summary"] = "김가은이"
    record = load(make_store(tables))
    for query in ("김가은", "김가은이", "김가은을"):
        [number] = Index(record).find(query)
        assert record.events[number].id == event(tables, "4")["id"]


def test_a_snippet_has_the_word_without_its_particle(tables: Tables, make_store: MakeStore) -> None:
    event(tables)["summary"] = "통행로와 교량을 막았다"
    index = Index(load(make_store(tables)))
    [number] = index.find("통행로는")
    snippet = index.snippet("통행로는", number)
    assert snippet is not None
    assert snippet.match == "통행로"
