"""Compare a search while a word is typed with a search for the whole word."""

from kjtui.find.filter import Filter
from kjtui.find.search import Index
from kjtui.record.model import Record


def assert_found_letter_by_letter(record: Record, word: str) -> None:
    """Assert that a typed word finds the same events, in the same order, as the word at once.

    While a word is typed, the index narrows its results; the order shows the rank of each match.
    """
    typed = Index(record)
    for length in range(1, len(word)):
        typed.find(word[:length])
    at_once = Index(record).hits(Filter(text=word))
    assert at_once
    assert typed.hits(Filter(text=word)) == at_once
