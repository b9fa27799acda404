"""Fuzzy matching of names in the palette."""

import pytest
from textual.fuzzy import FuzzySearch

from kjtui.tui.dialogs.fuzzy import match


@pytest.mark.parametrize(
    ("query", "name", "offsets"),
    [
        ("form", "Forced labour, reform", (17, 18, 19, 20)),
        ("jtl", "Japan's trusted list", (0, 8, 16)),
        ("FLL", "Forced labour law", (0, 7, 14)),
        ("fl", "f forced labour", (2, 9)),
        ("불수", "불화수소", (0, 2)),
        ("i", "İi", (1,)),
    ],
)
def test_the_matched_characters_are_named(query: str, name: str, offsets: tuple[int, ...]) -> None:
    score, found = match(query, name)
    assert score > 0
    assert tuple(found) == offsets


@pytest.mark.parametrize(("query", "name"), [("x", "name"), ("ba", "abc"), ("", "abc"), ("abcd", "abc")])
def test_a_name_without_the_letters_in_order_does_not_match(query: str, name: str) -> None:
    assert match(query, name)[0] == 0


@pytest.mark.parametrize(
    ("query", "name"),
    [("gsomia", "GSOMIA"), ("trusted", "Japan's trusted list"), ("jtl", "Japan's trusted list")],
)
def test_scores_are_comparable_with_those_of_textual(query: str, name: str) -> None:
    assert match(query, name)[0] == FuzzySearch().match(query, name)[0]


def test_a_passage_scores_more_than_scattered_letters() -> None:
    assert match("list", "trusted list")[0] > match("list", "licence at Ist")[0] > 0


def test_a_query_that_fits_in_more_ways_than_can_be_tried_is_answered() -> None:
    """A matcher that tries all possible alignments would take forever."""
    assert match("e" * 14, "e " * 100)[0] > 0
    assert match("e" * 30 + "x", "e " * 1_000_000)[0] == 0
