"""Compare two searches for a word: typed letter by letter, and entered at once."""

from kjtui.find.filter import Filter
from kjtui.find.search import Index
from kjtui.record.model import Record


def assert_found_letter_by_letter(record: Record, word: str) -> None:
    """Assert that a word typed letter by letter finds the same events as the whole word, in the same order.

    The results could differ, because for each typed letter the index narrows the previous results.
    """
    typed = Index(record)
    for length in range(1, len(word)):
        typed.find(word[:length])
    at_once = Index(record).hits(Filter(text=word))
    assert at_once
    assert typed.hits(Filter(text=word)) == at_once
