"""Decide which events and meetings name a term of the glossary, by any of its names in any language."""

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
    """Return whether an event names a person, a body or a term of the glossary, by any of its names."""
    return has_name((event.title, *event_texts(event)), term, record)


def is_headed_by(meeting: MeetingState, person: Term, record: Record) -> bool:
    """Return whether a person or a body of the glossary is a head of delegation at a meeting."""
    return has_name(meeting.heads.values(), person, record)


def has_name(texts: Iterable[str], term: Term, record: Record) -> bool:
    """Return whether a text has a name of a term.

    The text "Cho Hyun-dong" does not name "Cho Hyun" if "Cho Hyun-dong" is another term.
    """
    folded = _folded(tuple(texts))
    for needle in _longer_names(record).get(term.id, ()):
        folded = folded.replace(needle, " ")
    return any(needle in folded for needle in _needles((term.term, *term.aliases)))


@lru_cache(maxsize=1024)  # called for every term when a site is exported
def _folded(texts: tuple[str, ...]) -> str:
    return fold_text(" ".join(texts))


@lru_cache(maxsize=256)  # for every event
def _needles(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the strings to search in folded text for names."""
    return tuple(dict.fromkeys(needle for name in names for needle in _needles_of(name)))


def _needles_of(name: str) -> Iterator[str]:
    """Yield the needles of a name: whole words, singular or plural, in either English spelling.

    Scripts without spaces join words with other words or with particles, so names match inside words. Short
    Korean names match only at the start of a word, because inside words they would match by chance. A single
    syllable, such as the "Ga" of "area Ga", matches only within its phrase: in Korean it is also a particle.
    """
    folded = fold(name)
    if len(folded) <= 1 or (len(folded) == 2 and name.istitle() and name.isascii()):
        return
    if is_unspaced(folded):
        is_short = len(folded) == 2 and _HANGUL[0] <= folded[0] <= _HANGUL[1]
        yield f" {folded}" if is_short else Word(folded).needles[0]
        return
    word = Word(folded, strict=True)
    for spelling in (word, *word.variants):
        yield from spelling.needles
        last_word = spelling.text.rpartition(" ")[2]
        if name.rpartition(" ")[2].islower() and _COUNTABLE.fullmatch(last_word):
            yield f" {_plural(spelling.text)} "


def _plural(noun: str) -> str:
    if noun.endswith(("ch", "sh", "x", "z")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


@lru_cache(maxsize=2)
def _longer_names(record: Record) -> dict[str, tuple[str, ...]]:
    """Return, for a term, the needles of other terms whose names continue its name after a hyphen."""
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
