"""Japanese particles: phrases are split at them, but not words that only look as if they had one."""

import pytest

from kjtui.find.filter import Filter
from kjtui.find.japanese_particles import without_particles
from kjtui.find.search import Index
from kjtui.find.word_match import matches
from kjtui.languages import speaking
from kjtui.record.store import default_store, load


@pytest.mark.parametrize(
    ("phrase", "nouns"),
    [
        ("フッ化水素を", ("フッ化水素",)),
        ("フッ化水素の許可", ("フッ化水素", "許可")),
        ("ホワイト国からの除外", ("ホワイト国", "除外")),
        ("wto への提訴", ("wto", "提訴")),
        ("レジストやポリイミド", ("レジスト", "ポリイミド")),
        ("7月4日に", ("7月4日",)),
        ("日本の措置に対する報復", ("日本", "措置", "報復")),
        ("安倍首相による発言", ("安倍首相", "発言")),
        ("取り消しについての協議", ("取り消し", "協議")),
        ("wto における紛争を巡る対立", ("wto", "紛争", "対立")),
        ("安全保障について", ("安全保障",)),
    ],
)
def test_a_phrase_is_split_at_its_particles(phrase: str, nouns: tuple[str, ...]) -> None:
    assert without_particles(phrase) == nouns


@pytest.mark.parametrize(
    "word",
    [
        *("り地域", "ほう酸", "霞が関", "日の丸", "特に", "取り消し", "引き上げ", "見送り", "手続き"),
        *("申し入れ", "フッ化水素", "불화수소의", "wto", "の"),
    ],
)
def test_a_word_without_particles_is_left_whole(word: str) -> None:
    assert without_particles(word) == ()


@pytest.mark.usefixtures("all_languages")
def test_a_phrase_is_searched_as_its_nouns_with_the_phrase_first() -> None:
    with speaking("ja"):
        index = Index(load(default_store("ja")))
    typed = index.find('"フッ化水素の許可"')
    found = index.hits(Filter(text="フッ化水素の許可"))
    assert {*found} == {*index.find("フッ化水素 許可")}
    assert {*found[: len(typed)]} == {*typed} != set()
    assert index.find("フッ化水素を") == index.find("フッ化水素")
    excluded = {*index.find("フッ化水素 -フッ化水素の許可")}
    assert excluded == {*index.find("フッ化水素")} - {*typed}


def test_lists_match_a_phrase_by_its_nouns() -> None:
    assert matches("輸出管理の対話", ("第8回輸出管理政策対話",))
    assert not matches("輸出管理の許可", ("第8回輸出管理政策対話",))
