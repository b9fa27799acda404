"""Explain why a query finds nothing, and suggest a similar query with results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kjtui.find.filter import Filter
from kjtui.find.names import names_of, names_typed
from kjtui.find.query import parse_query
from kjtui.find.search import Index
from kjtui.find.word_match import fold
from kjtui.languages import join_items, quoted, tr

_PART = re.compile(r"""["“”「『][^"“”」』]*["“”」』]?|[^\s"“”]+""")
_QUOTES = '"“”「『」』'
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "no", "not", "of", "on", "or")
) | frozenset(("that", "the", "their", "to", "was", "were", "what", "when", "which", "who", "with"))
"""English function words. A question typed as a query has them, but a matching event often lacks them."""
_MOST_PARTS = 12
"""Queries with more words than this are not retried with one word left out."""


def advice(event_filter: Filter, index: Index) -> str:
    """Explain why a filter with a query selects no event, and suggest a similar query.

    Empty if the query has no words.
    """
    if fault := index.fault(event_filter.text):
        return fault
    query = parse_query(event_filter.text, index.record)
    parts = _PART.findall(query.words)
    if not parts:
        return ""
    matching_count = len(index.find(query.words))
    if matching_count:
        return tr("{count:,} events have these words, but none passes the filter", count=matching_count)
    missing = [part for part in parts if fold(part) and not index.find(part)]
    for part in missing:
        words = _within_phrase(part, index)
        if words:
            count = len(index.find(words))
            return tr("no event has the phrase; “{words}” finds {count:,}", words=words, count=count)
    if missing and (term := names_typed(query.words, names_of("term", index.record))).whole:
        command = f"kjtui term {term.ids[0]}"
        text = tr("no event has {words}", words=quoted(query.words.strip(_QUOTES)))
        return tr("{error} (see {command})", error=text, command=command)
    parts = _nouns(parts, index)
    missing = [part for part in parts if fold(part) and not index.find(part)]
    if missing:
        corrections = index.corrections(query.words, 1)
        if corrections:
            return tr("did you mean {near}?", near=corrections[0])
        return _about_missing(missing, parts, index)
    words = next(_shorter(parts, index), "")
    if words:
        count = len(index.find(words))
        return tr("no event has all of these words; “{words}” finds {count:,}", words=words, count=count)
    return tr("no event has all of these words")


def _about_missing(missing: Sequence[str], parts: Sequence[str], index: Index) -> str:
    """Return a message with the words that no event has, and the number of events with the other words.

    If no event has all of the other words, some of these are left out too.
    """
    words = join_items(quoted(part.strip(_QUOTES)) for part in missing)
    text = tr("no event has {words}", words=words)
    present = [part for part in parts if part not in missing]
    words = " ".join(present)
    if not index.find(words):
        words = next(_shorter(present, index), "")
    if not words:
        return text
    return tr("{text}; “{words}” finds {count:,}", text=text, words=words, count=len(index.find(words)))


def _within_phrase(part: str, index: Index) -> str:
    """Return a query that finds events: the words of a quoted phrase, without quotation marks.

    If all words together find no event, some words are left out. Empty if this fails too, or if ``part`` is
    not quoted.
    """
    words = part.strip(_QUOTES)
    if words == part:
        return ""
    if index.find(words):
        return words
    return next(_shorter(_nouns(words.split(), index), index), "")


def _nouns(parts: Sequence[str], index: Index) -> list[str]:
    """Return parts of a query with each Japanese phrase split into its nouns."""
    return [noun for part in parts for noun in index.nouns(part)]


def _shorter(parts: Sequence[str], index: Index) -> Iterator[str]:
    """Yield up to two shorter queries that find events.

    The first query omits the function words. The second query omits the function words and one more word.
    """
    telling = [part for part in parts if fold(part) not in _SMALL_WORDS]
    words = " ".join(telling)
    if len(telling) < len(parts) and index.find(words):
        yield words
    if len(telling) > _MOST_PARTS:
        return
    counts = {}
    for left_out in range(len(telling)):
        words = " ".join(telling[:left_out] + telling[left_out + 1 :])
        counts[words] = len(index.find(words))
    if fewest := min((count for count in counts.values() if count), default=0):
        yield next(words for words, count in counts.items() if count == fewest)
