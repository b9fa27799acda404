"""Split queries into units: names of tracks, terms and actors, and single words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

from msgspec import Struct

from kjtui.find.names import names_of
from kjtui.find.word_match import Word, fold, joined
from kjtui.record.model import Record

_NOTE = re.compile(r"\s?[(（]")
"""The beginning of a note in brackets after a name. The texts of events have the name without the note."""

_COMPLETED = 3
"""Minimum length of a typed prefix that is completed to a name, in characters.

For text that is not ASCII, the minimum is one character less.
"""


class _Name(Struct, frozen=True):
    """A name of a track, term or actor that a query can contain.

    Attributes:
        text: the folded name.
        canonical: the folded main name, which the texts of events use.
        all_names: all names of the term, if the name belongs to a term. The texts of events use them too.
        track: the id of the track, if the name belongs to a track.
        actor: the code of the actor, if the name belongs to an actor.
    """

    text: str
    canonical: str
    all_names: tuple[str, ...] = ()
    track: str = ""
    actor: str = ""


class Unit(Struct, frozen=True):
    """A part of a query: a single word, or a name of tracks, terms or actors.

    The first of the ``alternatives`` has the typed words. The other alternatives are different names of the
    same items. An event matches the unit if the event contains all words of at least one alternative, or if
    the event concerns one of the tracks or actors.
    """

    alternatives: tuple[tuple[Word, ...], ...]
    tracks: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()


class UnitParser:
    """Split queries at the names of tracks, terms and actors of a record."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def units(self, words: Sequence[Word]) -> list[Unit]:
        """Split a query into units. Each unit is the longest name at its position, or else a single word."""
        units = []
        position = 0
        while position < len(words):
            unit, length = self._unit(words[position:])
            units.append(unit)
            position += length
        return units

    def is_name(self, word: Word) -> bool:
        """Return whether a word is a name of a track, term or actor."""
        return word.text in self.names or joined(word.text) in self.names

    def _unit(self, words: Sequence[Word]) -> tuple[Unit, int]:
        """Return the unit that begins with the first word, and the number of words in this unit."""
        for length in range(min(self._longest_name, len(words)), 0, -1):
            if any(word.strict for word in words[:length]):
                continue  # a quoted phrase is never taken as a name
            typed = " ".join(word.text for word in words[:length])
            names = self.names.get(typed) or self.names.get(joined(typed), [])
            if not names and length == len(words) and len(typed) >= _least(typed):
                names = self._completed(typed)
            if names:
                return _named(tuple(words[:length]), names), length
        return _named((words[0],), ()), 1

    def _completed(self, typed: str) -> list[_Name]:
        """Return the names that begin with a typed prefix.

        Their tracks and actors are omitted, because the prefix is ambiguous.
        """
        return [
            _Name(name.text, name.canonical)
            for text, names in self.names.items()
            if text.startswith((typed, joined(typed)))
            for name in names
        ]

    @cached_property
    def names(self) -> dict[str, list[_Name]]:
        """Return the names of tracks, terms and actors. The keys of the dict are the folded names.

        A name in hangul or kana has a second key, without spaces and in katakana. A name with a repeated word
        has another key without the repetition, because a query has each word once.
        """
        names: dict[str, list[_Name]] = {}

        def add(
            text: str, canonical: str, all_names: tuple[str, ...] = (), track: str = "", actor: str = ""
        ) -> None:
            name = _Name(fold(text), fold(_NOTE.split(canonical)[0] or canonical), all_names, track, actor)
            if name.text:
                unrepeated = " ".join(dict.fromkeys(name.text.split()))
                for spelling in dict.fromkeys((name.text, joined(name.text), unrepeated)):
                    names.setdefault(spelling, []).append(name)

        for track in self._record.tracks.values():
            for text in (track.name, track.short, *track.aliases):
                add(text, track.name, track=track.id)
        for term in self._record.terms.values():
            all_names = (term.term, *term.aliases)
            for text in all_names:
                add(text, term.term, all_names)
        for code, labels in names_of("actor", self._record).items():
            for text in labels:
                add(text, labels[0], actor=code)
        return names

    @cached_property
    def _longest_name(self) -> int:
        """Return the number of words in the longest name."""
        return max((text.count(" ") + 1 for text in self.names), default=0)


def _named(words: tuple[Word, ...], names: Iterable[_Name]) -> Unit:
    """Return the unit for words of a query.

    ``names`` are all names that equal the words or begin with them.
    """
    from kjtui.find.term_match import words_of  # its regular expressions take long to compile

    names = tuple(names)
    typed = " ".join(word.text for word in words)
    alternatives = {words: None}
    if names and any(len(word.text) == 1 for word in words):
        alternatives = {(Word(typed, strict=True),): None}  # a single character occurs in most texts
    for name in names:
        if name.canonical != typed:
            alternatives.setdefault((Word(name.canonical),))
        for word in chain.from_iterable(map(words_of, name.all_names)):
            if word.text != typed:
                alternatives.setdefault((word,))
    tracks = frozenset(name.track for name in names if name.track)
    actors = frozenset(name.actor for name in names if name.actor)
    return Unit(tuple(alternatives), tracks, actors)


def _least(typed: str) -> int:
    return _COMPLETED if typed.isascii() else _COMPLETED - 1
