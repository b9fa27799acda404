"""The recognition of typed names and parts of names."""

import pytest
from msgspec.structs import replace

from kjtui.find.names import names_typed, terms_by_name
from kjtui.find.query import FieldError, resolve
from kjtui.history.snapshot import History
from kjtui.record.model import Term

NAMES = {
    "abe-shinzo": ("Abe Shinzo", "Shinzo Abe", "安倍晋三", "아베 신조"),
    "moon-hee-sang": ("Moon Hee-sang", "문희상"),
    "moon-jae-in": ("Moon Jae-in", "문재인", "ムン・ジェイン"),
    "bang-moon-kyu": ("Bang Moon-kyu", "방문규"),
    "area-ga": ("area Ga", "white list"),
    "white-country": ("white country", "white list", "whitelist"),
    "wartime-labour": ("wartime labour",),
    "catch-all": ("catch-all control", "캐치올 규제"),
}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Area", "bank", "Cabinet"]),
        ("ko", ["가 지역", "나 지역", "다자간 협정"]),
        ("ja", ["コーロン", "文在寅", "梁錦徳", "会議"]),
    ],
)
def test_the_glossary_is_sorted_by_name_in_the_language_of_the_record(
    language: str, names: list[str], history: History
) -> None:
    readings = {"文在寅": ("Moon Jae-in", "むん じぇいん"), "梁錦徳": ("양금덕", "ヤン・クムドク")}
    terms = {
        f"term-{number}": Term(f"term-{number}", name, "", readings.get(name, ()))
        for number, name in enumerate(reversed(names))
    }
    record = replace(history.record, dataset=replace(history.record.dataset, language=language), terms=terms)
    assert [term.term for term in terms_by_name(record)] == names


@pytest.mark.parametrize("typed", ["Abe", "abe", "ABE", "shinzo abe", "Shinzo", "아베", "安倍", "安倍晋三"])
def test_a_person_is_found_by_surname_and_alias_in_any_case(typed: str) -> None:
    assert names_typed(typed, NAMES).ids == ("abe-shinzo",)


def test_a_shared_surname_gives_all_persons() -> None:
    assert names_typed("moon", NAMES).ids == ("moon-hee-sang", "moon-jae-in")


def test_a_shared_name_gives_all_items() -> None:
    assert names_typed("White List", NAMES) == (("area-ga", "white-country"), True, False)


def test_words_inside_a_name_are_found_and_parts_of_words_are_not() -> None:
    assert names_typed("labour", NAMES).ids == ("wartime-labour",)
    assert names_typed("abo", NAMES).ids == ()
    assert names_typed("", NAMES).ids == ()


def test_the_field_for_terms_lists_the_meanings_of_an_ambiguous_name(history: History) -> None:
    terms = {one: Term(id=one, term=names[0], meaning="", aliases=names[1:]) for one, names in NAMES.items()}
    record = replace(history.record, terms=terms)
    assert resolve("term", "Abe", record) == "abe-shinzo"
    with pytest.raises(FieldError, match="'moon' can mean moon-hee-sang, moon-jae-in"):
        resolve("term", "moon", record)


@pytest.mark.parametrize("typed", ["캐치올규제", "캐치올 규제", "캐치 올 규제"])
def test_a_korean_name_is_found_however_it_is_spaced(typed: str) -> None:
    assert names_typed(typed, NAMES) == (("catch-all",), True, False)


@pytest.mark.parametrize("typed", ["ムン・ジェイン", "ムン ジェイン", "ムンジェイン", "ムン", "ﾑﾝ･ｼﾞｪｲﾝ"])
def test_a_name_in_kana_is_found_with_or_without_its_middle_dot(typed: str) -> None:
    assert names_typed(typed, NAMES).ids == ("moon-jae-in",)
