"""Find events by words in title, text, quotations and sources, and by names of tracks and actors.

The index holds the folded texts of all events. It is built in batches, so that an app stays responsive while
it searches a large record for the first time.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from kjtui.find.filter import Filter, event_texts, events_fitting
from kjtui.find.query import FieldError, parse_query
from kjtui.find.word_match import Word, compact_day, fold, fold_text, parse_words
from kjtui.languages import tr
from kjtui.record.model import Event, Record

TITLE, TEXT, SOURCE, CHANGES = range(4)
"""The place of a match, best first. ``CHANGES``: the event changes the status of a track with this name."""
OTHER_NAME = 4
"""Added to the place of a match by another name, so that it comes after every match by the typed words."""
CONCERNS = OTHER_NAME + SOURCE + 1
"""The event only concerns a track, or an actor, with this name."""

_END = "\x01"
"""Separator after the title in folded text. Sanitized text never contains this character."""
_BATCH = 500
"""Number of events indexed in one step, which takes about 5 ms."""
_LARGE = 20_000
"""Number of events above which corrections come from titles and names only."""
DATE = "Date"
_COMPLETED = 3
"""Minimum length of a prefix to complete; 2 in scripts without spaces."""
_CACHED = 32
"""Number of needles in the cache. Cached results are narrowed while a word is typed."""
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SNIPPET = 40
"""Number of characters of a snippet before and after the match."""
_COMPARED = 5
"""Maximum number of corrected words of a query."""
_LONGEST_WORD = 40
"""Maximum length of a corrected word, in characters."""


class Snippet(NamedTuple):
    """A piece of text around a match.

    Attributes:
        where: the name of the text, such as "Outcome" or "Source".
        before: the text before the match.
        match: the match.
        after: the text after the match.
    """

    where: str
    before: str
    match: str
    after: str

    def __str__(self) -> str:
        return "".join(self[1:])


class _Passage(NamedTuple):
    """A text of an event and its name."""

    where: str
    text: str


class _Name(Struct, frozen=True):
    """A name of a track, term or actor that a query can contain.

    Attributes:
        text: the folded name.
        canonical: the folded main name, which texts use.
        track: the id of the track, if the name belongs to a track.
        actor: the code of the actor, if the name belongs to an actor.
    """

    text: str
    canonical: str
    track: str = ""
    actor: str = ""


class _Unit(Struct, frozen=True):
    """A part of a query: a word, or a name with its tracks and actors.

    An event matches the unit if it has all words of one alternative, or concerns one of the tracks or actors.
    """

    alternatives: tuple[tuple[Word, ...], ...]
    tracks: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()


class Index:
    """A search index over the events of a record, built on first use or by :meth:`prepare`."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._titles: list[str] = []
        self._texts: list[str] = []
        self._sources: list[str] = []  # empty until it is needed
        self._source_titles: dict[str, str] = {}
        self._found: dict[str, dict[int, int]] = {}

    def prepare(self) -> Iterator[None]:
        """Index the events in batches, then their sources. The caller can do other work between steps."""
        while not self.ready:
            self._index(_BATCH)
            yield
        for first in range(0, len(self._sources), _BATCH):
            for number in range(first, min(first + _BATCH, len(self._sources))):
                self._source_text(number)
            yield

    @property
    def ready(self) -> bool:
        """Return whether all events are indexed. Sources may still be folded on demand."""
        return len(self._titles) == len(self._record.events)

    def select(self, limit: Filter) -> Sequence[int]:
        """Return the numbers of the events that a filter selects, in chronological order."""
        if not limit:
            return range(len(self._record.events))
        return tuple(sorted(self.hits(limit)))

    def find(self, query: str) -> tuple[int, ...]:
        """Return the numbers of the matching events, by day; none for an empty query."""
        if not query.strip():
            return ()
        return tuple(sorted(self.hits(Filter(text=query))))

    def hits(self, limit: Filter) -> list[int]:
        """Return the numbers of the events that a filter selects, best first.

        Events with the words in the title come first, then events with the words in their text or
        quotations, then in titles of their sources. If the words are a name, events that change a track of
        this name follow, then events with another of its names, then events that only concern the track. A
        filter without words selects in chronological order. A field or value that the record does not know
        selects nothing.
        """
        try:
            query = parse_query(limit.text, self._record)
        except FieldError:
            return []
        filters = (limit.with_text(""), *query.filters)
        words = parse_words(query.words)
        if not words:
            return list(events_fitting(range(len(self._record.events)), filters, self._record))
        places = self._find_all(self._units(words))
        return self._ranked(list(events_fitting(places, filters, self._record)), places, words)

    def fault(self, query: str) -> str:
        """Return the error message for an unknown field value; empty if there is none."""
        try:
            parse_query(query, self._record)
        except FieldError as error:
            return str(error)
        return ""

    def snippet(self, query: str, number: int) -> Snippet | None:
        """Return the passage with the most query words missing from the title of an event.

        Returns ``None`` if the title has all query words.
        """
        event = self._record.events[number]
        words = self._words(query)
        title = fold_text(event.title)
        missing = [word for word in words if not _has(word, title)]
        if not missing:
            return None
        passages = list(self._passages(event))
        alternatives = [list(missing)]
        for unit in self._units(words):
            alternatives += [list(words) for words in unit.alternatives[1:]]
        best: tuple[int, _Passage, list[Word]] | None = None
        for wanted in alternatives:
            for passage in passages:
                text = compact_day(passage.text) if passage.where == tr(DATE) else passage.text
                folded = fold_text(text)
                count = sum(_has(word, folded) for word in wanted)
                if count and (best is None or count > best[0]):
                    best = count, passage, wanted
        if best is None:
            return self._concerned(words, event)
        _, passage, wanted = best
        for word in sorted(wanted, key=lambda word: len(word.text), reverse=True):
            if located := _locate(passage, word):
                return located
        return None

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
        """Return the words of the record most similar to the misspelt words of a query."""
        near: list[str] = []
        for word in self._words(query)[:_COMPARED]:
            if not self._occurs(word):
                near += self._near(word, count)
        return near[:count]

    def completions(self, query: str, count: int = 6) -> list[str]:
        """Return names with the last word or words of a query as prefix, as spelt in the record."""
        words = self._words(query)
        if not words or query.endswith((" ", '"')):
            return []
        last = words[-1].text
        whole = " ".join(word.text for word in words)
        starts = {text for text in (last, whole) if len(text) >= _least(text)}
        found = [
            name for folded, name in self._spelt_names if any(folded.startswith(text) for text in starts)
        ]
        return list(dict.fromkeys(found))[:count]

    # Building

    def _index(self, count: int) -> None:
        """Index the next events."""
        first = len(self._titles)
        for event in self._record.events[first : first + count]:
            # Title and text are folded by one call, which halves the time.
            title, _, text = fold(f"{event.title}{_END}{self._body(event)}").partition(_END)
            self._titles.append(f" {title} ")
            self._texts.append(f" {text} ")
            self._sources.append("")

    def _body(self, event: Event) -> str:
        """Return the text of an event, its id and day, and the names of its meeting."""
        parts = [compact_day(event.id), compact_day(event.date.text)]
        if event.says or event.disputed or event.effects or event.meeting:
            parts += event_texts(event)
        else:
            parts.append(event.summary)
        if event.meeting:
            meeting = self._record.meetings[event.meeting.id]
            parts += (meeting.name, meeting.short, *meeting.aliases)
        return " ".join(parts)

    def _source_text(self, number: int) -> str:
        """Return the folded source titles of an event, computed on first use."""
        text = self._sources[number]
        if not text:
            text = " "
            for identity in self._record.events[number].sources:
                title = self._source_titles.get(identity)
                if title is None:
                    title = fold_text(self._record.sources[identity].title)
                    self._source_titles[identity] = title
                text += title
            self._sources[number] = text
        return text

    @cached_property
    def _names(self) -> dict[str, list[_Name]]:
        """Return the names of tracks, terms and actors, by their folded text."""
        names: dict[str, list[_Name]] = {}

        def add(text: str, canonical: str, track: str = "", actor: str = "") -> None:
            name = _Name(fold(text), fold(canonical), track, actor)
            if name.text:
                names.setdefault(name.text, []).append(name)

        for track in self._record.tracks.values():
            for text in (track.name, track.short, *track.aliases):
                add(text, track.name, track=track.id)
        for term in self._record.terms.values():
            for text in (term.term, *term.aliases):
                add(text, term.term)
        for code, label in self._record.dataset.actors.items():
            add(label, label, actor=code)
        return names

    @cached_property
    def _longest_name(self) -> int:
        """Return the number of words in the longest name."""
        return max((text.count(" ") + 1 for text in self._names), default=0)

    @cached_property
    def _spelt_names(self) -> list[tuple[str, str]]:
        """Return every name in folded and in original spelling."""
        record = self._record
        spelt = [name for track in record.tracks.values() for name in (track.name, *track.aliases)]
        spelt += [name for term in record.terms.values() for name in (term.term, *term.aliases)]
        spelt += [name for meeting in record.meetings.values() for name in (meeting.name, *meeting.aliases)]
        return [(fold(name), name) for name in dict.fromkeys(spelt)]

    # Finding

    def _words(self, query: str) -> tuple[Word, ...]:
        try:
            return parse_words(parse_query(query, self._record).words)
        except FieldError:
            return ()

    def _units(self, words: Sequence[Word]) -> list[_Unit]:
        """Split a query into units. Each unit is the longest name at its position, or else a single word."""
        units = []
        position = 0
        while position < len(words):
            unit, length = self._unit(words[position:])
            units.append(unit)
            position += length
        return units

    def _unit(self, words: Sequence[Word]) -> tuple[_Unit, int]:
        """Return the first unit of some words, and its number of words."""
        for length in range(min(self._longest_name, len(words)), 0, -1):
            if any(word.strict for word in words[:length]):
                continue  # a quoted phrase means these words and nothing else
            typed = " ".join(word.text for word in words[:length])
            names = self._names.get(typed, [])
            if not names and length == len(words) and len(typed) >= _least(typed):
                names = self._completed(typed)
            if names:
                return _named(tuple(words[:length]), names), length
        return _named((words[0],), ()), 1

    def _completed(self, typed: str) -> list[_Name]:
        """Return the names with a prefix, without their tracks, because the prefix is ambiguous."""
        return [
            _Name(name.text, name.canonical)
            for text, names in self._names.items()
            if text.startswith(typed)
            for name in names
        ]

    def _find_all(self, units: Sequence[_Unit]) -> dict[int, int]:
        """Return the events that match all units, each with its worst place."""
        return _in_all(map(self._find_unit, units))

    def _find_unit(self, unit: _Unit) -> dict[int, int]:
        """Return the events that match a unit, each with its best place."""
        best: dict[int, int] = {}
        if unit.tracks or unit.actors:
            for number, event in enumerate(self._record.events):
                if any(effect.track in unit.tracks for effect in event.effects):
                    best[number] = CHANGES
                elif unit.tracks & event.tracks or unit.actors.intersection(event.actors):
                    best[number] = CONCERNS
        typed, *other_names = unit.alternatives
        best = _in_either(best, _in_all(map(self._find_word, typed)))
        for words in other_names:
            places = _in_all(map(self._find_word, words))
            best = _in_either(best, {number: place + OTHER_NAME for number, place in places.items()})
        return best

    def _find_word(self, word: Word) -> dict[int, int]:
        """Return the events with a word in any form, each with its best place."""
        found: dict[int, int] = {}
        for needle in word.needles:
            found = self._places(needle)
            if found:
                break
        for form in word.variants:
            found = _in_either(found, self._places(form.needles[0]))
        return found

    def _places(self, needle: str) -> dict[int, int]:
        """Return the events whose folded texts have a needle, each with its best place.

        While a word is typed, each needle extends the previous needle, so only the cached results of the
        longest known prefix are searched.
        """
        known = self._found.get(needle)
        if known is not None:
            return known
        while not self.ready:
            self._index(_BATCH)
        among: Iterable[int] = range(len(self._titles))
        for length in range(len(needle) - 1, 0, -1):
            if needle[:length] in self._found:
                among = self._found[needle[:length]]
                break
        titles, texts, source_text = self._titles, self._texts, self._source_text
        places: dict[int, int] = {}
        for number in among:
            if needle in titles[number]:
                places[number] = TITLE
            elif needle in texts[number]:
                places[number] = TEXT
            elif needle in source_text(number):
                places[number] = SOURCE
        if len(self._found) >= _CACHED:
            self._found.pop(next(iter(self._found)))
        self._found[needle] = places
        return places

    def _ranked(self, numbers: list[int], places: dict[int, int], words: Sequence[Word]) -> list[int]:
        """Sort events: by place; then titles with the whole phrase; then main events; then by day."""
        phrase = f" {' '.join(word.text for word in words)} "
        events, titles = self._record.events, self._titles

        def rank(number: int) -> int:
            other = phrase not in titles[number]
            return places[number] * 4 + other * 2 + (events[number].weight == "minor")

        return sorted(sorted(numbers), key=rank)

    # Correcting

    def _occurs(self, word: Word) -> bool:
        return bool(self._find_all(self._units([word])))

    def _near(self, word: Word, count: int) -> list[str]:
        if len(word.text) > _LONGEST_WORD:
            return []
        return difflib.get_close_matches(word.text, self._vocabulary, count, cutoff=0.7)

    @cached_property
    def _vocabulary(self) -> list[str]:
        """Return the vocabulary for corrections."""
        texts = [*self._titles, *self._names]
        if len(self._titles) <= _LARGE:
            texts += self._texts
        return sorted({word for text in texts for word in _WORD.findall(text)})

    # Showing why

    def _passages(self, event: Event) -> Iterator[_Passage]:
        """Yield the texts of an event with their names."""
        record = self._record
        yield _Passage(tr("Summary"), event.summary)
        for code, said in event.says.items():
            yield _Passage(tr("{code} says", code=code), said)
        for dispute in event.disputed:
            yield _Passage(tr("Disputed"), dispute.about)
            yield from (_Passage(tr("Disputed"), reading.says) for reading in dispute.readings)
        yield from (_Passage(tr("Effect"), effect.note) for effect in event.effects if effect.note)
        if step := event.meeting:
            meeting = record.meetings[step.id]
            yield _Passage(tr("Meeting"), meeting.name)
            yield from (_Passage(meeting.name, alias) for alias in meeting.aliases)
            yield from (_Passage(code, head) for code, head in (step.heads or {}).items())
            texts = {
                tr("Level"): step.level,
                tr("Agenda"): step.agenda,
                tr("Outcome"): step.outcome,
                tr("Place"): step.place,
            }
            yield from (_Passage(name, text) for name, text in texts.items() if text)
        yield _Passage(tr(DATE), event.date.text)
        yield from (_Passage(tr("Source"), record.sources[identity].title) for identity in event.sources)

    def _concerned(self, words: Sequence[Word], event: Event) -> Snippet | None:
        """Return the name of the track or actor that matched the query."""
        for unit in self._units(words):
            for track in sorted(unit.tracks & event.tracks):
                return Snippet(tr("Track"), "", self._record.tracks[track].name, "")
            for code in sorted(unit.actors.intersection(event.actors)):
                return Snippet(tr("Actor"), "", self._record.dataset.actors[code], "")
        return None


def _named(words: tuple[Word, ...], names: Iterable[_Name]) -> _Unit:
    """Return the unit of some words that equal or begin the given names."""
    names = tuple(names)
    typed = " ".join(word.text for word in words)
    alternatives = {words: None}
    for name in names:
        if name.canonical != typed:
            alternatives.setdefault((Word(name.canonical),))
    tracks = frozenset(name.track for name in names if name.track)
    actors = frozenset(name.actor for name in names if name.actor)
    return _Unit(tuple(alternatives), tracks, actors)


def _in_all(results: Iterator[dict[int, int]]) -> dict[int, int]:
    """Intersect results; search no further once nothing is left."""
    found = next(results)
    while found and (others := next(results, None)) is not None:
        found = _in_both(found, others)
    return found


def _in_both(places: dict[int, int], others: dict[int, int]) -> dict[int, int]:
    """Intersect two results; each event keeps its worse place."""
    both = {}
    for number, place in places.items():
        if number in others:
            both[number] = max(place, others[number])
    return both


def _in_either(places: dict[int, int], others: dict[int, int]) -> dict[int, int]:
    """Unite two results; each event keeps its better place."""
    either = dict(places)
    for number, place in others.items():
        either[number] = min(place, either.get(number, place))
    return either


def _least(typed: str) -> int:
    return _COMPLETED if typed.isascii() else _COMPLETED - 1


def _has(word: Word, folded: str) -> bool:
    return any(needle in folded for form in (word, *word.variants) for needle in form.needles)


def _locate(passage: _Passage, word: Word) -> Snippet | None:
    """Return a snippet of a passage around a word, in any of its forms."""
    where, text = passage
    if where == tr(DATE):
        return Snippet(where, "", text, "")
    size = word.text.count(" ") + 1
    tokens = list(_TOKEN.finditer(text))
    for position, token in enumerate(tokens):
        last = tokens[min(position + size, len(tokens)) - 1]
        if not _has(word, fold_text(text[token.start() : last.end()])):
            continue
        start, end = token.start(), last.end()
        if not word.needles[0].startswith(" "):  # part of a long token in a script without spaces
            offset = text[start:end].find(word.text)
            if offset >= 0:
                start, end = start + offset, start + offset + len(word.text)
        return Snippet(where, _before(text[:start]), text[start:end], _after(text[end:]))
    return None


def _before(text: str) -> str:
    return text if len(text) <= _SNIPPET else "…" + text[-_SNIPPET:].partition(" ")[2]


def _after(text: str) -> str:
    return text if len(text) <= _SNIPPET else text[:_SNIPPET].rpartition(" ")[0] + "…"
