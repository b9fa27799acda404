"""Search finds the words that the press of both countries uses, and finds "US" only as a whole word."""

import pytest

from kjtui.find.search import Index
from kjtui.history.snapshot import History


@pytest.fixture(scope="module")
def index(package_history: History) -> Index:
    return Index(package_history.record)


@pytest.mark.parametrize(
    "word",
    [
        *("윤대통령", "문대통령", "아베총리", "산자부"),
        *("수출규제", "소부장", "불매운동", "제소", "경제보복", "화이트리스트", "불화수소"),
        *("半導体材料", "提訴", "不買運動", "対抗措置", "フッ化水素", "輸出管理"),
        *("US", "EU", "Group B"),
    ],
)
def test_a_word_of_the_press_finds_events(word: str, index: Index) -> None:
    assert index.find(word)


def test_a_short_word_is_not_found_inside_others(index: Index) -> None:
    """Most events contain the letters "us" in some word, but few events name the US."""
    assert len(index.find("US")) < 40
