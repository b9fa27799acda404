"""Find events by words in title, text, quotations and sources, and by names of tracks and actors.

The index is built in batches. So an app stays responsive while it searches a large record for the first time.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from kjtui.find.filter import Filter, events_fitting
from kjtui.find.query import FieldError, parse_query
from kjtui.find.query_units import Unit, UnitParser
from kjtui.find.snippet import Snippet, find_snippet
from kjtui.find.text_index import CHANGES, CONCERNS, OTHER_NAME, TextIndex, in_either
from kjtui.find.word_match import Word, language_of_words, parse_excluded, parse_words
from kjtui.languages import LANGUAGES
from kjtui.record.model import Record
from kjtui.record.store import translation as translation_of

_LARGE = 20_000
"""If a record has more events than this, corrections are taken from titles and names only."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMPARED = 5
"""Only this many words at the beginning of a query can be corrected."""
_LONGEST_WORD = 40
"""Maximum length of a word that can be corrected, in characters."""


class Index:
    """A search index over the events of a record, built on first use or by :meth:`prepare`.

    If a query is in a different language than the record, the bundled translation of the record into the
    language of the query is searched too.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._texts = TextIndex(record)
        self._parser = UnitParser(record)
        self._translations: dict[str, Index | None] = {}

    @property
    def record(self) -> Record:
        """The record."""
        return self._record

    def prepare(self) -> Iterator[None]:
        """Index the events and then their sources, in batches.

        The caller can do other work between batches.
        """
        return self._texts.prepare()

    @property
    def titles(self) -> Sequence[str]:
        """Return the folded titles of the events indexed so far."""
        return self._texts.titles

    @property
    def ready(self) -> bool:
        """Return whether all events are indexed. The titles of their sources may not be folded yet."""
        return self._texts.ready

    def select(self, event_filter: Filter) -> Sequence[int]:
        """Return the indices of the events that a filter selects, in chronological order."""
        if not event_filter:
            return range(len(self._record.events))
        return tuple(sorted(self.hits(event_filter)))

    def find(self, query: str) -> tuple[int, ...]:
        """Return the indices of the events that match a query, in chronological order.

        An empty query matches nothing.
        """
        if not query.strip():
            return ()
        return tuple(sorted(self.hits(Filter(text=query))))

    def hits(self, event_filter: Filter) -> list[int]:
        """Return the indices of the events that a filter selects, best first.

        Events are sorted by where the words occur: first in the title, then in the text or quotations, then
        in titles of sources. If the words are the name of a track, further events follow in this order:
        events that change this track, events that contain a different name of the track, and events that only
        concern the track. If a word has a Korean or Japanese particle, events with the word as typed precede
        all others. Without words, the order is chronological. An unknown field or value selects nothing.
        """
        try:
            query = parse_query(event_filter.text, self._record)
        except FieldError:
            return []
        filters = (event_filter.with_text(""), *query.filters)
        typed_words = parse_words(query.words)
        words = self._without_particles(typed_words)
        ranks = self._ranks(words) if words else dict.fromkeys(range(len(self._record.events)), 0)
        if words != typed_words:
            as_typed = self._ranks(typed_words)
            ranks = {
                event_index: rank if event_index in as_typed else rank + OTHER_NAME
                for event_index, rank in ranks.items()
            }
        for word in parse_excluded(query.words):
            excluded = self._ranks((self._without_particle(word),))
            ranks = {event_index: rank for event_index, rank in ranks.items() if event_index not in excluded}
        event_indexes = list(events_fitting(ranks, filters, self._record))
        return self._ranked(event_indexes, ranks, words) if words else event_indexes

    def fault(self, query: str) -> str:
        """Return the error message for an invalid query, such as one with an unknown field.

        Empty if it is valid.
        """
        try:
            parse_query(query, self._record)
        except FieldError as error:
            return str(error)
        return ""

    def snippet(self, query: str, event_index: int) -> Snippet | None:
        """Return an event's passage with the most query words. Query words in the title are not counted.

        Returns ``None`` if the title has all query words. A passage from a translation is labelled with the
        name of its language.
        """
        words = self._words(query)
        units = self._parser.units(words)
        snippet = find_snippet(self._record.events[event_index], self._record, units, words)
        translation = self.translation(words)
        if snippet or not translation or event_index not in translation.match(words):
            return snippet
        record = translation.record
        translated_snippet = find_snippet(record.events[event_index], record, units, words)
        if translated_snippet is None:
            translated_snippet = Snippet("", "", record.events[event_index].title, "")
        return translated_snippet._replace(where=LANGUAGES[record.dataset.language])

    def corrections(self, query: str, count: int = 3) -> list[str]:
        """Return corrected queries that have matches, best first."""
        words = self._words(query)
        near = {word: self._near(word, count) for word in words[:_COMPARED] if not self._occurs(word)}
        if not near or not all(near.values()):
            return []
        queries = []
        for choice in range(max(len(similar) for similar in near.values())):
            corrected = []
            for word in words:
                similar = near.get(word)
                corrected.append(similar[min(choice, len(similar) - 1)] if similar else word.text)
            queries.append(" ".join(corrected))
        return [corrected for corrected in queries if self.find(corrected)]

    def nearest(self, query: str, count: int = 3) -> list[str]:
        """Return the words of the record that are most similar to the misspelt words of a query."""
        near: list[str] = []
        for word in self._words(query)[:_COMPARED]:
            if not self._occurs(word):
                near += self._near(word, count)
        return near[:count]

    def nouns(self, part: str) -> tuple[str, ...]:
        """Return the nouns of a Japanese phrase without its particles, or the part itself if it has none."""
        words = parse_words(part)
        nouns = self._without_particles(words)
        return tuple(noun.text for noun in nouns) if len(nouns) > len(words) else (part,)

    def _words(self, query: str) -> tuple[Word, ...]:
        try:
            return self._without_particles(parse_words(parse_query(query, self._record).words))
        except FieldError:
            return ()

    def _without_particles(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Return words without Korean and Japanese particles.

        If a Korean particle may be a part of the noun, it is removed only if the rest is a name, or if no
        event has the word with the particle. A Japanese phrase that is no name is split at its particles.
        """
        nouns: list[Word] = []
        for word in words:
            if word.nouns and not self._is_name(word):
                nouns += word.nouns
            else:
                nouns.append(self._without_particle(word))
        return tuple(dict.fromkeys(nouns))

    def _without_particle(self, word: Word) -> Word:
        shorter = word.without_certain_particle
        shortest = shorter.without_uncertain_particle
        if shortest is word or self._is_name(word):
            return word
        if shortest is shorter or self._is_name(shorter):
            return shorter
        if self._is_name(shortest) or (self._occurs(shortest) and not self._occurs(shorter)):
            return shortest
        return shorter

    def _is_name(self, word: Word) -> bool:
        """Return whether a word is a name of a track, term or actor, in this language or its own."""
        translation = self.translation((word,))
        return self._parser.is_name(word) or bool(translation and translation._is_name(word))  # noqa: SLF001  # its own class

    def _ranks(self, words: Sequence[Word]) -> dict[int, int]:
        """Return the events that match the words, each with its best rank.

        This index is searched, and also the index of the translation into the language of the words.
        """
        ranks = self.match(words)
        if translation := self.translation(words):
            ranks = in_either(ranks, translation.match(words))
        return ranks

    def translation(self, words: Sequence[Word]) -> Index | None:
        """Return the search index of the translation into the language of the words.

        ``None`` if the words are in the language of this index, or if there is no translation.
        """
        language = language_of_words("".join(word.text for word in words))
        if language in ("", self._record.dataset.language):
            return None
        if language not in self._translations:
            record = translation_of(self._record, language)
            self._translations[language] = Index(record) if record else None
        return self._translations[language]

    def match(self, words: Sequence[Word]) -> dict[int, int]:
        """Return the events that match all words, each with the rank of its worst match.

        Translations are not searched.
        """
        return _in_all(map(self._find_unit, self._parser.units(words)))

    def _find_unit(self, unit: Unit) -> dict[int, int]:
        """Return the events that match a unit, each with the rank of its best match."""
        best: dict[int, int] = {}
        if unit.tracks or unit.actors:
            for event_index, event in enumerate(self._record.events):
                if any(effect.track in unit.tracks for effect in event.effects):
                    best[event_index] = CHANGES
                elif unit.tracks & event.tracks or unit.actors.intersection(event.actors):
                    best[event_index] = CONCERNS
        typed, *other_names = unit.alternatives
        best = in_either(best, _in_all(map(self._find_word, typed)))
        for words in other_names:
            ranks = _in_all(map(self._find_word, words))
            best = in_either(best, {event_index: rank + OTHER_NAME for event_index, rank in ranks.items()})
        return best

    def _find_word(self, word: Word) -> dict[int, int]:
        """Return the events that contain a word in any form, each with the rank of its best match."""
        ranks: dict[int, int] = {}
        for needle in word.needles:
            ranks = self._texts.ranks(needle)
            if ranks:
                break
        for form in word.variants:
            ranks = in_either(ranks, self._texts.ranks(form.needles[0]))
        return in_either(ranks, self._texts.separated_ranks(word, ranks))

    def _ranked(self, event_indexes: list[int], ranks: dict[int, int], words: Sequence[Word]) -> list[int]:
        """Sort events by rank, then by day.

        Among events of the same rank, events with the whole phrase in the title come first. If events are
        still equal, main events come before minor events.
        """
        phrase = f" {' '.join(word.text for word in words)} "
        events, titles = self._record.events, self._texts.titles
        translation = self.translation(words)
        other_titles = translation.titles if translation else titles
        by_order: defaultdict[int, list[int]] = defaultdict(list)
        for event_index in event_indexes:
            without_phrase = phrase not in titles[event_index] and phrase not in other_titles[event_index]
            is_minor = events[event_index].weight == "minor"
            by_order[ranks[event_index] * 4 + without_phrase * 2 + is_minor].append(event_index)
        return [event_index for rank in sorted(by_order) for event_index in sorted(by_order[rank])]

    def _occurs(self, word: Word) -> bool:
        return bool(self._ranks([word]))

    def _near(self, word: Word, count: int) -> list[str]:
        if len(word.text) > _LONGEST_WORD:
            return []
        translation = self.translation([word])
        vocabulary = translation.vocabulary if translation else self.vocabulary
        return difflib.get_close_matches(word.text, vocabulary, count, cutoff=0.7)

    @cached_property
    def vocabulary(self) -> list[str]:
        """Return the words that can be suggested as corrections."""
        texts = [*self._texts.titles, *self._parser.names]
        if len(self._texts.titles) <= _LARGE:
            texts += self._texts.texts
        return sorted({word for text in texts for word in _WORD.findall(text)})


def _in_all(results: Iterator[dict[int, int]]) -> dict[int, int]:
    """Intersect results. Stop as soon as no event is left."""
    ranks = next(results)
    while ranks and (further_ranks := next(results, None)) is not None:
        ranks = _in_both(ranks, further_ranks)
    return ranks


def _in_both(ranks: dict[int, int], others: dict[int, int]) -> dict[int, int]:
    """Intersect two results; each event keeps its worse rank."""
    both = {}
    for event_index, rank in ranks.items():
        if event_index in others:
            both[event_index] = max(rank, others[event_index])
    return both
