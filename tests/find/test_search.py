"""Search for events by words of any language, and the passage that explains each hit."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kjtui.find.filter import Filter
from kjtui.find.query import FieldError, parse_query
from kjtui.find.search import Index
from kjtui.find.word_match import fold, matches
from kjtui.history.snapshot import History
from kjtui.record.store import load
from support.broken_stores import event
from support.stores import MakeStore, Tables, sample_record
from support.typed_search import assert_found_letter_by_letter


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
def test_synonyms_find_the_same_events(index: Index, one: str, other: str) -> None:
    assert index.find(one)
    assert set(index.find(other)) <= set(index.find(one))


def words_of_the_sample() -> list[str]:
    """Return the words of all events and of the titles of their sources, except numbers."""
    record = sample_record()
    texts: list[str] = []
    for found in record.events:
        texts += [found.title, found.summary, *found.says.values()]
        texts += [record.sources[source].title for source in found.sources]
    words = {word for text in texts for word in re.findall(r"(?<![\w,.])[^\W\d]\w+", text)}
    return sorted(words)


@settings(max_examples=40)
@given(word=st.sampled_from(words_of_the_sample()))
def test_a_word_typed_letter_by_letter_finds_the_events_that_it_finds_at_once(word: str) -> None:
    assert_found_letter_by_letter(sample_record(), word)


def test_every_word_of_a_query_must_occur(index: Index) -> None:
    found = index.find("gsomia notice")
    assert 0 < len(found) < len(index.find("gsomia"))
    assert index.find("gsomia zebra") == ()
    assert index.find("   ") == ()


def test_a_match_outside_the_title_has_a_snippet(index: Index, history: History) -> None:
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
    main_names = {"フッ化水素": "hydrogen", "불화수소": "hydrogen", "second": "2nd"}
    for query in ("フッ化水素", "불화수소", "SEOUL", "second"):
        for found in index.find(query):
            snippet = index.snippet(query, found)
            if snippet:
                names = (fold(query), fold(main_names.get(query, query)))
                assert any(name in fold(snippet.match) for name in names)


@pytest.mark.parametrize(("typed", "meant"), [("hydogen", "hydrogen"), ("photresist", "photoresist")])
def test_a_misspelt_word_is_corrected(index: Index, typed: str, meant: str) -> None:
    assert index.find(typed) == ()
    assert meant in index.nearest(typed)


def test_a_query_with_results_gets_no_correction(index: Index) -> None:
    assert index.nearest("hydrogen") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("US", ["2021-03-02-crack", "2021-05-20-longer"]),
        ("Group B", ["2021-07-01-foot"]),
        ("소부장", ["2021-05-20-longer", "2021-07-01-foot"]),
        ("対抗措置", ["2021-03-02-crack"]),
        ("SED", []),
    ],
)
def test_words_are_found_as_whole_words_in_texts_quotations_and_source_titles(
    query: str, found: list[str], tables: Tables, make_store: MakeStore
) -> None:
    crack, longer, foot = (event(tables, number) for number in ("1", "4", "5"))
    crack["title"] = "A US firm is used to reuse europium"
    longer["says"] = {"C": "The US said so."}
    foot["summary"] = "Group B, not a group of Bs, may cross."
    notice_1, notice_2 = tables["sources"]["2"], tables["sources"]["3"]
    notice_1["title"], notice_2["title"] = "橋の対抗措置について", "다리소부장 대책"
    record = load(make_store(tables))
    hits = Index(record).find(query)
    assert [record.events[number].id for number in sorted(hits)] == found


def test_events_that_name_the_words_come_before_events_that_concern_the_track(
    index: Index, history: History
) -> None:
    hits = index.hits(Filter(text="hydrogen fluoride"))
    events = [history.record.events[number] for number in hits]
    in_title = ["hydrogen fluoride" in event.title.lower() for event in events]
    assert in_title[0]
    assert not in_title[-1]
    assert in_title == sorted(in_title, reverse=True)
    assert any("hydrogen" not in f"{event}".lower().replace("hydrogen-fluoride", "") for event in events)


@pytest.mark.parametrize(
    ("query", "words", "limit"),
    [
        ("actor:jp seko", "seko", Filter(actor="JP")),
        ("seko actor:Japan", "seko", Filter(actor="JP")),
        ("kind:licence", "", Filter(kind="licence")),
        ("track:HF", "", Filter(track="hydrogen-fluoride")),
        ("track:불화수소", "", Filter(track="hydrogen-fluoride")),
        ("level:DG", "", Filter(level="director-general")),
        ('term:"Seko Hiroshige"', "", Filter(term="seko-hiroshige")),
        ("disputed:yes confidence:low minor:no", "", None),
        ("lang:KO actor:", "", Filter(lang="ko")),
    ],
)
def test_fields_of_a_query_accept_names_in_any_case(
    history: History, query: str, words: str, limit: Filter | None
) -> None:
    parsed = parse_query(query, history.record)
    assert parsed.words == words
    if limit:
        assert parsed.filters == (limit,)
    else:
        assert parsed.filters == (Filter(disputed="yes"), Filter(confidence="low"), Filter(minor="no"))


def test_an_unknown_value_of_a_field_gets_suggestions(history: History, index: Index) -> None:
    with pytest.raises(FieldError, match="no kind 'licenses'; did you mean licence"):
        parse_query("kind:licenses", history.record)
    assert index.hits(Filter(text="kind:licenses")) == []
    assert "did you mean licence" in index.fault("kind:licenses")


def test_fields_combine_with_words(index: Index, history: History) -> None:
    hits = index.hits(Filter(text="actor:US kind:statement"))
    events = [history.record.events[number] for number in hits]
    assert events
    assert all("US" in event.actors and event.kind == "statement" for event in events)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("fluor", "hydrogen fluoride", True),
        ("oride", "hydrogen fluoride", False),
        ("US", "it used them", False),
        ("us", "the US said", True),
        ('"Group B"', "of Group B now", True),
        ('"Group B"', "Group of B", False),
        ("규제", "수출규제를", True),
        ("8th", "the eighth round", True),
        ("第8回", "8th round", True),
        ("第八回", "제8차 수출관리정책대화", True),
        ("第十六回", "第16回ハイレベル経済協議", True),
        ("2811.11", "code 2811.11.1000", True),
        ("japan", "Japan's list", True),
        ("", "anything", True),
    ],
)
def test_words_match_whole_words_and_word_starts(query: str, text: str, found: bool) -> None:
    assert matches(query, (text,)) is found


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (unicodedata.normalize("NFD", "수출규제"), "일본의 수출규제를"),  # decomposed, as on a Mac
        (unicodedata.normalize("NFD", "グループ"), "グループAに戻す"),
        ("ﾎﾜｲﾄ国 ｸﾞﾙｰﾌﾟ", "ホワイト国（グループA）"),
        ("ＧＳＯＭＩＡ　ｄｓ５９０", "GSOMIA and DS590"),
        ("｢国家間の約束｣", "日本は「国家間の約束」を守るよう求めた"),
        ("수출규ㅈ", "수출규제"),  # the last syllable is incomplete: only its first letter is typed
        ("ＷＴＯ", "日本をWTOに提訴した"),
        ("DS590", "韓国はDS590を中断した"),
        ("GSOMIA終了", "GSOMIAの終了; GSOMIA 終了"),
    ],
)
def test_words_are_found_as_input_methods_write_them(query: str, text: str) -> None:
    assert matches(query, (text,))


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("전략물자수출입고시", "개정 전략물자 수출입고시를 공고했다", True),
        ("전략물자수출입고시", "‘전략물자 수출입 고시’", True),
        ("소재부품장비", "소재·부품·장비 특별법", True),
        ("8차수출관리정책대화", "제8차 수출관리 정책대화", True),
        ("8차 정책대화", "제8차 수출관리정책대화", True),
        ("제3자변제", "정부의 ‘제3자 변제’ 방안", True),
        ("자산매각", "보유자산 매각", False),  # a match must not begin within a word
        ('"캐치올규제"', "캐치올 규제", False),
        ("규제", "한국 규 제도", False),  # too short
    ],
)
def test_a_joined_korean_word_finds_its_parts_apart(query: str, text: str, found: bool) -> None:
    assert matches(query, (text,)) is found


def test_a_snippet_shows_the_parts_of_a_joined_korean_word(tables: Tables, make_store: MakeStore) -> None:
    event(tables)["summary"] = "정부는 고순도 불화수소 수출을 규제했다."
    index = Index(load(make_store(tables)))
    [number] = index.find("고순도불화수소")
    snippet = index.snippet("고순도불화수소", number)
    assert snippet is not None
    assert snippet.match == "고순도 불화수소"


@pytest.mark.parametrize("typed", ["불화폴리이미드", "불화 폴리이미드"])
def test_a_korean_name_is_found_however_it_is_spaced(
    tables: Tables, make_store: MakeStore, typed: str
) -> None:
    track = tables["tracks"]["1"]
    track["aliases"] = ["불화 폴리이미드"]
    record = load(make_store(tables))
    found = [record.events[number] for number in Index(record).find(typed)]
    assert found
    assert all(track["id"] in one.tracks for one in found)


def test_the_long_e_of_japanese_is_the_same_in_both_spellings() -> None:
    assert matches("ディスプレイ", ("半導体・ディスプレー産業",))
    assert matches("ディスプレー", ("ディスプレイ産業",))
    assert not matches("アジア", ("アイジア",))


@pytest.mark.parametrize(("query", "text"), [("US", "日本のUSBを"), ("WTO", "日本をKWTOに"), ("ㅈ", "자")])
def test_latin_words_within_japanese_are_whole_words(query: str, text: str) -> None:
    assert not matches(query, (text,))


def test_a_snippet_of_japanese_is_cut_around_the_match(tables: Tables, make_store: MakeStore) -> None:
    long = "輸出管理の運用を見直した" * 10
    event(tables)["summary"] = f"{long}GSOMIA{long}"
    index = Index(load(make_store(tables)))
    snippet = index.snippet("gsomia", index.find("gsomia")[0])
    assert snippet is not None
    assert snippet.match == "GSOMIA"
    assert snippet.before == f"…{long[-40:]}"
    assert snippet.after == f"{long[:40]}…"


@pytest.fixture(scope="module")
def with_alias(history: History) -> Index:
    """Return the index of a record in which 수출규제 is an alias of hydrogen fluoride."""
    tracks = dict(history.record.tracks)
    track = tracks["hydrogen-fluoride"]
    tracks[track.id] = replace(track, aliases=(*track.aliases, "수출규제"))
    return Index(replace(history.record, tracks=tracks))


def test_events_whose_sources_have_the_words_come_before_events_found_by_an_alias(
    with_alias: Index, history: History
) -> None:
    """The query is an alias. A title with the main name, "hydrogen fluoride", does not match the query."""
    record = history.record
    events = [record.events[number] for number in with_alias.hits(Filter(text="수출규제"))]
    titles = [" ".join(record.sources[one].title for one in event.sources) for event in events]
    named = ["수출규제" in title.replace("수출 규제", "수출규제") for title in titles]
    assert 0 < sum(named) < len(named)
    assert named == sorted(named, reverse=True)
    first_other = events[named.index(False)]
    assert first_other.id == "2019-07-01-meti-announcement"  # this event changes the track that has the alias


def test_minor_events_follow_main_events_of_the_same_relevance(with_alias: Index, history: History) -> None:
    """The titles of events are in English, so only titles of sources contain the Korean word."""
    sources = history.record.sources
    events = [history.record.events[number] for number in with_alias.hits(Filter(text="수출규제"))]
    weights = [
        event.weight
        for event in events
        if any("수출규제" in sources[source].title for source in event.sources)
    ]
    assert set(weights) == {"main", "minor"}
    assert weights == sorted(weights)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("license", "licence"),
        ("licenses", "licences"),
        ('"forced labor"', '"forced labour"'),
        ("suspended", "suspends"),
        ("delisting", "delisted"),
    ],
)
def test_spellings_and_inflections_find_the_same_events(index: Index, one: str, other: str) -> None:
    assert index.find(one)
    assert set(index.find(one)) == set(index.find(other))


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("suspended", "Korea suspends it", True),
        ("removal", "it was removed", True),
        ("countries", "one country", True),
        ("organisation", "an organization", True),
        ("status", "by statute", False),
        ("process", "proceeds", False),
        ('"suspended"', "Korea suspends it", False),
        ("exceed", "except", False),
    ],
)
def test_words_match_inflections_by_the_start_of_their_stem(query: str, text: str, found: bool) -> None:
    assert matches(query, (text,)) is found


@pytest.mark.parametrize(
    ("query", "text"),
    [("20th", "the twentieth round"), ("twentieth", "the 20th round"), ("第20回", "twentieth")],
)
def test_the_last_ordinal_with_a_word_of_its_own_is_found(query: str, text: str) -> None:
    assert matches(query, (text,))
