"""Decide which events and meetings mention a glossary entry by any of its names, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kjtui.find.event_texts import event_texts
from kjtui.find.word_match import Word, fold, fold_text, is_unspaced
from kjtui.history.meetings import MeetingState
from kjtui.record.model import Event, Record, Term

_HANGUL = ("\uac00", "\ud7a3")
"""First and last syllable of the Korean script."""
_COUNTABLE = re.compile(r"[a-z]{3,}[a-rt-z]")
"""A word that can have a plural: in lower case, without "s" at its end."""


def names_term(event: Event, term: Term, record: Record) -> bool:
    """Return whether an event mentions a glossary entry (a person, body or term) by any of its names."""
    return has_name((event.title, *event_texts(event)), term, record)


def is_headed_by(meeting: MeetingState, person: Term, record: Record) -> bool:
    """Return whether a person or body of the glossary heads a delegation at a meeting."""
    return has_name(meeting.heads.values(), person, record)


def has_name(texts: Iterable[str], term: Term, record: Record) -> bool:
    """Return whether any of the texts contains a name of a term.

    The text "Cho Hyun-dong" does not contain the name "Cho Hyun" if "Cho Hyun-dong" is another term.
    """
    folded = _folded(tuple(texts))
    for needle in _longer_names(record).get(term.id, ()):
        folded = folded.replace(needle, " ")
    return any(needle in folded for needle in _needles((term.term, *term.aliases)))


@lru_cache(maxsize=1024)  # a site export calls this for every term
def _folded(texts: tuple[str, ...]) -> str:
    return fold_text(" ".join(texts))


@lru_cache(maxsize=256)  # a site export calls this for every event
def _needles(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the search strings ("needles") that find the names in folded text."""
    return tuple(dict.fromkeys(needle for name in names for needle in _needles_of(name)))


def _needles_of(name: str) -> Iterator[str]:
    """Yield the needles of a name.

    In scripts without spaces, words are joined with other words or with particles, so names also match inside
    words. Short Korean names match only at the start of a word, because inside words they would match by
    chance.
    """
    for word in words_of(name):
        is_short = len(word.text) == 2 and _HANGUL[0] <= word.text[0] <= _HANGUL[1]
        yield f" {word.text}" if is_short else word.needles[0]


def words_of(name: str) -> Iterator[Word]:
    """Yield the words for which to search for a name: singular and plural, in British and American spelling.

    The words match only whole words, except in scripts without spaces. A single syllable such as "Ga" has no
    words, because in Korean it is also a particle. A term with this alias is found only by its longer names,
    such as "area Ga".
    """
    folded = fold(name)
    if len(folded) <= 1 or (len(folded) == 2 and name.istitle() and name.isascii()):
        return
    word = Word(folded, strict=True)
    if is_unspaced(folded):
        yield word
        return
    for spelling in (word, *word.variants):
        yield spelling
        last_word = spelling.text.rpartition(" ")[2]
        if name.rpartition(" ")[2].islower() and _COUNTABLE.fullmatch(last_word):
            yield Word(_plural(spelling.text), strict=True)


def _plural(noun: str) -> str:
    if noun.endswith(("ch", "sh", "x", "z")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


@lru_cache(maxsize=2)
def _longer_names(record: Record) -> dict[str, tuple[str, ...]]:
    """Return a mapping from the id of a term to the needles of other terms with a longer name.

    A longer name continues the shorter name after a hyphen, as "Cho Hyun-dong" continues "Cho Hyun".
    """
    by_name: dict[str, Term] = {}
    for term in record.terms.values():
        for name in (term.term, *term.aliases):
            by_name.setdefault(name, term)
    longer: dict[str, tuple[str, ...]] = {}
    for name, term in by_name.items():
        parts = name.split("-")
        for length in range(1, len(parts)):
            shorter = by_name.get("-".join(parts[:length]))
            if shorter and shorter is not term and name not in (shorter.term, *shorter.aliases):
                longer[shorter.id] = (*longer.get(shorter.id, ()), *_needles((term.term, *term.aliases)))
    return longer
