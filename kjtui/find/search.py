"""Find events by their words and by every name of what they are about, in any language."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from kjtui.find.filter import Filter, tracks_of
from kjtui.record.model import Event, Record

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
_ORDINAL_NUMBERS = {word: str(number) for number, word in enumerate(_ORDINALS, 1)}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b|\b(\d+)(?:st|nd|rd|th)\b|[第제] ?(\d+) ?[回차]")
_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DATE = "Date"
_SNIPPET = 40
"""Characters of a snippet before and after what was found."""

_COMPARED = 5
"""Words of a query to which similar ones are looked for."""
_LONGEST_WORD = 40
"""Characters of a word to which similar ones are looked for."""


class Snippet(NamedTuple):
    """A piece of text around a match, and what it is a piece of.

    Attributes:
        where: what the text is, such as "Outcome", or the name that it is another name of.
        before: the text before the match.
        match: what was found.
        after: the text after the match.
    """

    where: str
    before: str
    match: str
    after: str

    def __str__(self) -> str:
        return "".join(self[1:])


class _Passage(NamedTuple):
    """A text that an event is found by, and what it is."""

    where: str
    text: str


class Index:
    """A search index over the events of a record, built on first use."""

    def __init__(self, record: Record) -> None:
        self._record = record

    @cached_property
    def _aliases(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return each name that has others: as text, normalised, and the others."""
        names = [(track.name, track.aliases) for track in self._record.tracks.values()]
        names += [(term.term, term.aliases) for term in self._record.terms.values()]
        return [(name, normalise(name), others) for name, others in names if others]

    @cached_property
    def _texts(self) -> list[str]:
        """Return everything that each event is found by, normalised."""
        return [
            normalise(" ".join([passage.text for passage in self._passages(event) if passage.where != _DATE]))
            for event in self._record.events
        ]

    def select(self, limit: Filter) -> Sequence[int]:
        """Return the indexes of the events that a filter selects."""
        events = self._record.events
        if not limit:
            return range(len(events))
        among = self.find(limit.text) if limit.text else range(len(events))
        return tuple(index for index in among if limit.fits(events[index]))

    def find(self, query: str) -> tuple[int, ...]:
        """Return the indexes of the events in which every word of ``query`` occurs."""
        words = words_of(query)
        if not words:
            return ()
        return tuple(
            index for index in range(len(self._texts)) if all(self._holds(index, word) for word in words)
        )

    def snippet(self, query: str, index: int) -> Snippet | None:
        """Return where an event that was found holds most of the words of ``query`` that its title lacks.

        Returns ``None`` if the title holds them all.
        """
        event = self._record.events[index]
        phrase = " ".join(words_of(query))
        missing = [word for word in phrase.split() if word not in normalise(event.title)]
        if not missing:
            return None

        def held(passage: _Passage) -> int:
            text = normalise(passage.text)
            return (phrase in text) + sum(word in text for word in missing)

        passage = max(self._passages(event), key=held)
        found = (_locate(passage, text) for text in (phrase, *sorted(missing, key=len, reverse=True)))
        return next(filter(None, found), None)

    def corrections(self, query: str, count: int = 3) -> list[str]:
        """Return a query that finds nothing with its misspelt words replaced by the nearest, the best first.

        Return none unless they find something.
        """
        words = words_of(query)
        near = {word: self._near(word, count) for word in words[:_COMPARED] if not self._occurs(word)}
        if not near or not all(near.values()):
            return []
        queries = (
            " ".join(near[word][min(number, len(near[word]) - 1)] if word in near else word for word in words)
            for number in range(max(map(len, near.values())))
        )
        return [corrected for corrected in queries if self.find(corrected)]

    def nearest(self, query: str, count: int = 3) -> list[str]:
        """Return the words of the record that are spelt most like a query that finds nothing.

        Only its first words are compared, and none that is longer than words are: comparing takes long.
        """
        near: list[str] = []
        for word in words_of(query)[:_COMPARED]:
            if not self._occurs(word):
                near += self._near(word, count)
        return near[:count]

    def _occurs(self, word: str) -> bool:
        return any(self._holds(index, word) for index in range(len(self._texts)))

    def _holds(self, index: int, word: str) -> bool:
        """Return whether a word occurs in an event's texts, or names at least the year of its date.

        Shorter numbers are not taken for dates: 25 is more often a figure.
        """
        return word in self._texts[index] or (len(word) >= 4 and word in self._record.events[index].date.text)

    def _near(self, word: str, count: int) -> list[str]:
        if len(word) > _LONGEST_WORD:
            return []
        return difflib.get_close_matches(word, self._vocabulary, count, cutoff=0.7)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted({word for text in self._texts for word in _WORD.findall(text)})

    def _passages(self, event: Event) -> Iterator[_Passage]:
        """Yield everything an event is found by: its texts, the names it mentions, and their aliases."""
        passages = list(_own_passages(event, self._record))
        yield from passages
        text = normalise(" ".join([passage.text for passage in passages]))
        for name, normalised, others in self._aliases:
            if normalised in text:
                yield from (_Passage(name, other) for other in others)


def normalise(text: str) -> str:
    """Fold case and width, and write ordinals as numbers, so that "Eighth" and 第8回 find "8th"."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _ORDINAL.sub(lambda found: f"{found[2] or found[3] or _ORDINAL_NUMBERS[found[1]]}th", folded)


def words_of(query: str) -> list[str]:
    """Return the words of a query, normalised, each once."""
    return list(dict.fromkeys(normalise(query).split()))


def _own_passages(event: Event, record: Record) -> Iterator[_Passage]:
    yield _Passage("Title", event.title)
    yield _Passage("Summary", event.summary)
    yield from (_Passage(f"{code} says", said) for code, said in event.says.items())
    yield _Passage(_DATE, event.date.text)
    yield from (_Passage("By", record.dataset.actors[code]) for code in event.actors)
    yield from (_Passage("Track", record.tracks[track].name) for track in sorted(tracks_of(event)))
    if event.meeting:
        meeting = record.meetings[event.meeting.id]
        yield _Passage("Meeting", meeting.name)
        yield from (_Passage(meeting.name, alias) for alias in meeting.aliases)
        yield from (_Passage(code, head) for code, head in (event.meeting.heads or {}).items())
        parts = {
            "Agenda": event.meeting.agenda,
            "Outcome": event.meeting.outcome,
            "Place": event.meeting.place,
        }
        yield from (_Passage(name, text) for name, text in parts.items() if text)


def _locate(passage: _Passage, word: str) -> Snippet | None:
    """Return the surroundings of normalised words in a passage, which may write one word in another way."""
    where, text = passage
    start = text.casefold().find(word) if len(text.casefold()) == len(text) else -1
    if start >= 0:
        end = start + len(word)
        return Snippet(where, _before(text[:start]), text[start:end], _after(text[end:]))
    for token in _TOKEN.finditer(text):
        if word in normalise(token[0]):
            return Snippet(where, _before(text[: token.start()]), token[0], _after(text[token.end() :]))
    return None


def _before(text: str) -> str:
    return text if len(text) <= _SNIPPET else "…" + text[-_SNIPPET:].partition(" ")[2]


def _after(text: str) -> str:
    return text if len(text) <= _SNIPPET else text[:_SNIPPET].rpartition(" ")[0] + "…"
