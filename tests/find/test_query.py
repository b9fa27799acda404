"""Fields of a query: their names and values, and the errors for unknown names and values."""

import pytest
from msgspec.structs import replace

from kjtui.find.filter import Filter
from kjtui.find.query import (
    FIELDS,
    FieldError,
    field_called,
    field_label,
    hint,
    nearest,
    parse_query,
    resolve,
)
from kjtui.find.search import Index
from kjtui.history.snapshot import History
from kjtui.languages import LANGUAGES, speaking
from kjtui.record.store import default_store, load
from support.fee_record import fee_history


@pytest.mark.parametrize("query", ["foo:bar", "kinds:court", "trade Foo:bar"])
def test_an_unknown_field_is_refused_with_the_known_fields(history: History, query: str) -> None:
    with pytest.raises(FieldError, match=r"^there is no field '(foo|kinds)'; fields are actor, kind, track"):
        parse_query(query, history.record)
    assert "fields are" in Index(history.record).fault(query)


@pytest.mark.parametrize("query", ["foo:", "https://example.org/x", '"he said:no"', "10:30"])
def test_a_colon_in_other_text_is_no_field(history: History, query: str) -> None:
    assert parse_query(query, history.record).filters == ()


def test_the_parts_of_a_query_around_a_field_are_words(history: History) -> None:
    query = parse_query('trade kind:licence "a b:c" actor:JP', history.record)
    assert query.words.split() == ["trade", '"a', 'b:c"']
    assert query.filters == (Filter(kind="licence"), Filter(actor="JP"))


def test_every_field_is_a_field_of_the_filter() -> None:
    assert {field.replace("-", "_") for field in FIELDS} <= set(Filter.__struct_fields__)


def test_similar_words_are_found_in_any_case() -> None:
    assert nearest("LICENSE", ["licence", "measure"]) == ["licence"]
    assert nearest("jpn", ["JP", "KR"]) == ["JP"]


def test_a_part_of_the_name_of_a_single_value_is_enough(history: History) -> None:
    [japanese] = [code for code, name in history.record.dataset.actors.items() if name == "Japan"]
    dataset = replace(history.record.dataset, aliases={"Japan": ("the State of Japan",)})
    record = replace(history.record, dataset=dataset)
    assert resolve("actor", "state", record) == japanese


def test_similar_names_in_the_language_are_suggested() -> None:
    names = {"court": ("裁判",), "pact": ("협정",)}
    assert hint("kind", "裁判所", names) == "did you mean court?"
    assert hint("kind", "법정", names) == "available: court, pact"


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("term:安部晋三", r"mean abe-shinzo\?"),
        ("term:문재안", r"mean moon-jae-in\?"),
        ("track:フッ化水索", r"mean hydrogen-fluoride\?"),
        ("meeting:外相回談（ミュンヘン）", "mean ministers-20"),
    ],
)
def test_a_misspelt_name_in_any_language_is_corrected(
    package_history: History, query: str, suggestion: str
) -> None:
    with pytest.raises(FieldError, match=suggestion):
        parse_query(query, package_history.record)


def test_an_empty_glossary_is_reported() -> None:
    record = fee_history().record
    with pytest.raises(FieldError, match=r"^there is no term 'quay'; the record has none$"):
        parse_query("term:quay", record)


def test_fields_of_sources_select_events_and_sources(history: History) -> None:
    record = history.record
    [limit] = parse_query("publisher:METI", record).filters
    fitting = [source for source in record.sources.values() if limit.fits_source(source)]
    assert fitting
    assert all("METI" in source.publisher for source in fitting)
    [limit] = parse_query("source-kind:official", record).filters
    event = next(event for event in record.events if limit.fits(event, record))
    assert any(record.sources[source].kind == "official" for source in event.sources)


@pytest.mark.parametrize(
    ("language", "local", "english"),
    [
        ("ko", "level:국장급", "level:director-general"),
        ("ko", "kind:허가", "kind:licence"),
        ("ko", "actor:일본", "actor:Japan"),
        ("ko", "disputed:예", "disputed:yes"),
        ("ko", "disputed:있음", "disputed:yes"),
        ("ko", "lang:한국어", "lang:ko"),
        ("ja", "level:局長級", "level:DG"),
        ("ja", "kind:許可", "kind:licence"),
        ("ja", "actor:日本", "actor:JP"),
        ("ja", "source-kind:公式", "source-kind:official"),
        ("ja", "disputed:なし", "disputed:no"),
        ("ja", "lang:日本語", "lang:ja"),
        ("en", "lang:Japanese", "lang:ja"),
    ],
)
def test_values_are_found_in_english_and_in_the_language(language: str, local: str, english: str) -> None:
    with speaking(language):
        record = load(default_store(language))
        assert parse_query(local, record).filters == parse_query(english, record).filters != ()


@pytest.mark.parametrize(
    ("language", "local", "english"),
    [
        ("ko", "주체:일본", "actor:JP"),
        ("ko", "종류：회의", "kind:meeting"),
        ("ko", "-출처종류:언론", "-source-kind:press"),
        ("ko", "사안:불화수소", "track:hydrogen-fluoride"),
        ("ko", "엇갈림:예", "disputed:yes"),
        ("ja", "主体:日本", "actor:JP"),
        ("ja", "種類：会合", "kind:meeting"),
        ("ja", "出典数：3", "sources:3"),
        ("ja", "ｋｉｎｄ：会合", "kind:meeting"),
        ("ja", '発行元："聯合"', 'publisher:"聯合"'),
    ],
)
def test_names_of_fields_are_found_in_english_and_in_the_language(
    language: str, local: str, english: str
) -> None:
    with speaking(language):
        record = load(default_store(language))
        found = parse_query(f"輸出 {local} 規制", record)
        assert found == parse_query(f"輸出 {english} 規制", record)
        assert found.filters != ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_fields_can_be_typed(language: str) -> None:
    with speaking(language):
        names = [field_label(field).partition("（")[0].partition("(")[0] for field in FIELDS]
        assert [field_called(name) for name in names] == [*FIELDS]
        assert not any(" " in name for name in names)


def test_a_full_width_colon_after_an_unknown_name_is_punctuation() -> None:
    with speaking("ja"):
        record = load(default_store("ja"))
        assert parse_query("外相：協議", record).filters == ()
        with pytest.raises(FieldError, match="主体（actor）、種類（kind）"):
            parse_query("外相:協議", record)


def test_messages_name_the_known_values_in_the_language() -> None:
    with speaking("ja"):
        record = load(default_store("ja"))
        with pytest.raises(FieldError, match="フッ化水素（hydrogen-fluoride）、"):
            parse_query("項目:酸素", record)
        with pytest.raises(FieldError, match="、会合（meeting）、"):
            parse_query("種類:かいごう", record)
        with pytest.raises(FieldError, match="、欧州連合（EU）、"):
            parse_query("主体:x", record)
        with pytest.raises(FieldError, match="（韓国） japan-list"):
            parse_query("項目:japan-lisp", record)


def test_a_level_is_not_confused_with_a_longer_level(history: History) -> None:
    [limit] = parse_query("level:ministers", history.record).filters
    steps = [event.meeting for event in history.record.events if limit.fits(event, history.record)]
    assert {step.level for step in steps if step and step.level} == {"ministers"}


@pytest.mark.parametrize("typed", ["publisher:gazette", 'publisher:"Official Gazette"', "publisher:官報"])
def test_a_publisher_is_found_by_each_of_its_names(typed: str, history: History) -> None:
    record = history.record
    first, *others = record.sources.values()
    sources = {one.id: one for one in (replace(first, publisher="官報"), *others)}
    dataset = replace(record.dataset, aliases={"官報": ("Official Gazette",)})
    [limit] = parse_query(typed, replace(record, sources=sources, dataset=dataset)).filters
    assert limit.publisher == ("官報",)


def test_quoted_words_of_publishers_are_a_phrase_in_their_names(history: History) -> None:
    record = history.record
    [limit] = parse_query('publisher:"Ministry of Foreign Affairs"', record).filters
    assert len(limit.publisher) > 1
    assert all("Ministry of Foreign Affairs" in name for name in limit.publisher)
    with pytest.raises(FieldError, match="no publisher"):
        parse_query('publisher:"Affairs Foreign"', record)


@pytest.mark.parametrize(
    "query", ["trade OR fair", "a NOT b", "not kind:licence", "kind:licence and actor:JP"]
)
def test_an_operator_of_other_query_languages_is_refused(history: History, query: str) -> None:
    with pytest.raises(FieldError, match="is no operator: all words and fields must match; -word and"):
        parse_query(query, history.record)


@pytest.mark.parametrize("query", ["licences and permits", '"this OR that"', "not withdrawn", "ORE"])
def test_boolean_words_are_searched_as_text(history: History, query: str) -> None:
    assert parse_query(query, history.record).filters == ()


def test_a_minus_sign_excludes_words_and_fields(package_history: History) -> None:
    index = Index(package_history.record)
    every = {*range(len(package_history.record.events))}
    licences = {*index.hits(Filter(text="kind:licence"))}
    assert {*index.hits(Filter(text="-kind:licence"))} == every - licences
    named = {*index.find("Samsung")}
    assert {*index.find("kind:licence -Samsung")} == licences - named
    assert {*index.find("-Samsung")} == every - named
    assert {*index.find('-"Samsung"')} == every - {*index.find('"Samsung"')}


def test_the_fields_official_and_sources_select_events_by_evidence(package_history: History) -> None:
    record = package_history.record
    index = Index(record)
    for number in index.hits(Filter(text="official:no")):
        assert not any(record.sources[source].kind == "official" for source in record.events[number].sources)
    assert {*index.find("official:no")} == {*index.find("-source-kind:official")}
    singles = [number for number, event in enumerate(record.events) if len(event.sources) == 1]
    assert list(index.find("sources:1")) == singles


def test_a_negated_field_selects_sources_without_the_value(history: History) -> None:
    [limit] = parse_query("-lang:ja", history.record).filters
    languages = {source.language for source in history.record.sources.values() if limit.fits_source(source)}
    assert languages
    assert "ja" not in languages
    [limit] = parse_query("-kind:licence", history.record).filters
    assert all(map(limit.fits_source, history.record.sources.values())), "it is not about sources"
