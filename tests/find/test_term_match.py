"""The recognition of a term's names in a text."""

import pytest

from kjtui.find.search import Index
from kjtui.find.term_match import has_name
from kjtui.history.snapshot import History
from kjtui.record.model import Term
from kjtui.record.store import default_store, load

AREA = ("area Ga", "Ga", "가", "가 지역")


def is_named(text: str, *names: str, history: History) -> bool:
    return has_name((text,), Term(id="it", term=names[0], meaning="", aliases=names[1:]), history.record)


@pytest.mark.parametrize(
    "text",
    ["정부가 결정했다", "GSOMIA가 끝난다", "가능한 대책", "국가 지역", "the Ga Eul firm"],
)
def test_a_single_syllable_is_not_found_in_other_words(text: str, history: History) -> None:
    assert not is_named(text, *AREA, history=history)


@pytest.mark.parametrize("text", ["일본을 가 지역에 포함", "가 지역", "into area Ga again"])
def test_a_phrase_with_a_single_syllable_is_found(text: str, history: History) -> None:
    assert is_named(text, *AREA, history=history)


def test_a_short_korean_name_begins_a_word_and_a_long_one_is_found_anywhere(history: History) -> None:
    assert is_named("전용의 우려", "전용", history=history)
    assert not is_named("자전용품", "전용", history=history)
    assert is_named("강제징용공 문제", "징용공", history=history)


@pytest.mark.parametrize("text", ["two bulk licences", "a bulk licence", "bulk licenses"])
def test_a_phrase_is_found_in_singular_plural_and_either_spelling(text: str, history: History) -> None:
    assert is_named(text, "bulk licence", history=history)


def test_the_plural_of_a_country_is_found(history: History) -> None:
    assert is_named("the white countries", "white country", history=history)
    assert not is_named("Group As", "Group A", history=history)


def test_a_search_for_a_phrase_with_one_syllable_finds_the_phrase() -> None:
    """Most Korean texts contain the syllable 가, but fewer than 20 events name the area 가 지역.

    Without quotation marks, other names of the area are found too, such as 화이트리스트.
    """
    korean = load(default_store("ko"))
    assert 0 < len(Index(korean).find("가 지역")) < 50
    assert 0 < len(Index(korean).find('"가 지역"')) < 20
