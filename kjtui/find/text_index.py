"""An index of the folded titles, texts and source titles of events. Searches also find parts of words."""

from __future__ import annotations

from collections.abc import Container, Iterator

from kjtui.find.event_texts import event_texts
from kjtui.find.word_match import Word, compact_day, fold, fold_text
from kjtui.record.model import Event, Record

TITLE, TEXT, SOURCE, CHANGES = range(4)
"""The ranks of matches, best first.

``TITLE``, ``TEXT`` and ``SOURCE`` say where the typed words occur: in the title of the event, in its text, or
in the title of a source.
``CHANGES`` means that the event changes the status of a track with the typed name.
"""
OTHER_NAME = 4
"""Added to the rank if the event contains a different name of the same item instead of the typed name.

So the events with the typed name come first.
"""
CONCERNS = OTHER_NAME + SOURCE + 1
"""Rank of an event that only concerns a track or an actor with the typed name."""

_END = "\x01"
"""Separator after the title in folded text. Sanitized text never contains this character."""
_BATCH = 500
"""Number of events in a batch. Indexing a batch takes about 5 ms."""
_CACHED = 32
"""Number of needles in the cache; see :meth:`TextIndex.ranks`."""


class TextIndex:
    """The folded texts of the events of a record, built on first use or by :meth:`prepare`.

    Attributes:
        titles: the folded titles of the events indexed so far.
        texts: the other folded texts of these events.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self.titles: list[str] = []
        self.texts: list[str] = []
        self._sources: list[str] = []  # empty strings until the titles are needed
        self._source_titles: dict[str, str] = {}
        self._found: dict[str, dict[int, int]] = {}

    def prepare(self) -> Iterator[None]:
        """Index the events and then their sources, in batches.

        The caller can do other work between batches.
        """
        while not self.ready:
            self._index(_BATCH)
            yield
        for first in range(0, len(self._sources), _BATCH):
            for event_index in range(first, min(first + _BATCH, len(self._sources))):
                self._source_text(event_index)
            yield

    @property
    def ready(self) -> bool:
        """Return whether all events are indexed. The titles of their sources may not be folded yet."""
        return len(self.titles) == len(self._record.events)

    def ranks(self, needle: str) -> dict[int, int]:
        """Return the events whose folded texts contain a needle, each with the rank of its best match.

        While a word is typed, each needle extends the previous needle. So only the events in the cached
        result of the longest prefix are searched. An event's rank for a needle is never better than its rank
        for a prefix of this needle.
        """
        cached = self._found.get(needle)
        if cached is not None:
            return cached
        while not self.ready:
            self._index(_BATCH)
        before = dict.fromkeys(range(len(self.titles)), TITLE)
        for length in range(len(needle) - 1, 0, -1):
            if needle[:length] in self._found:
                before = self._found[needle[:length]]
                break
        titles, texts, source_text = self.titles, self.texts, self._source_text
        ranks: dict[int, int] = {}
        for event_index, best in before.items():
            if best == TITLE and needle in titles[event_index]:
                ranks[event_index] = TITLE
            elif best <= TEXT and needle in texts[event_index]:
                ranks[event_index] = TEXT
            elif needle in source_text(event_index):
                ranks[event_index] = SOURCE
        if len(self._found) >= _CACHED:
            self._found.pop(next(iter(self._found)))
        self._found[needle] = ranks
        return ranks

    def separated_ranks(self, word: Word, already_found: Container[int]) -> dict[int, int]:
        """Return the events that write a Korean word with spaces, although the user typed it without spaces.

        Each event has the rank of its best match.

        For speed, the pattern is tried only on texts that contain the first two and the last two characters
        of the word. The first two can have a space between them, as in a surname with a title: 윤 대통령.

        Args:
            word: a word of a query.
            already_found: the events that contain the word as it was typed. They are left out.
        """
        if word.separated is None:
            return {}
        match, end = word.separated.search, word.text[-2:]
        titles, texts, source_text = self.titles, self.texts, self._source_text
        ranks: dict[int, int] = {}
        possible = in_either(self.ranks(word.text[:2]), self.ranks(f" {word.text[0]} {word.text[1]}"))
        for event_index, best in possible.items():
            if event_index in already_found:
                continue
            if best == TITLE and end in titles[event_index] and match(titles[event_index]):
                ranks[event_index] = TITLE
            elif best <= TEXT and end in texts[event_index] and match(texts[event_index]):
                ranks[event_index] = TEXT
            elif end in (sources := source_text(event_index)) and match(sources):
                ranks[event_index] = SOURCE
        return ranks

    def _index(self, count: int) -> None:
        """Index the next events."""
        first = len(self.titles)
        for event in self._record.events[first : first + count]:
            # Title and text are folded by one call, which halves the time.
            title, _, text = fold(f"{event.title}{_END}{self._body(event)}").partition(_END)
            self.titles.append(f" {title} ")
            self.texts.append(f" {text} ")
            self._sources.append("")

    def _body(self, event: Event) -> str:
        """Return the searchable text of an event, including id, date and the names of the meeting."""
        parts = [compact_day(event.id), compact_day(event.date.text)]
        if event.says or event.disputed or event.effects or event.meeting:
            parts += event_texts(event)
        else:
            parts.append(event.summary)
        if event.meeting:
            meeting = self._record.meetings[event.meeting.id]
            parts += (meeting.name, meeting.short, *meeting.aliases)
        return " ".join(parts)

    def _source_text(self, event_index: int) -> str:
        """Return the folded source titles of an event. They are computed on first use."""
        text = self._sources[event_index]
        if not text:
            text = " "
            for identity in self._record.events[event_index].sources:
                title = self._source_titles.get(identity)
                if title is None:
                    title = fold_text(self._record.sources[identity].title)
                    self._source_titles[identity] = title
                text += title
            self._sources[event_index] = text
        return text


def in_either(ranks: dict[int, int], others: dict[int, int]) -> dict[int, int]:
    """Unite two results; each event keeps its better rank."""
    if not ranks or not others:
        return ranks or others
    either = dict(ranks)
    for event_index, rank in others.items():
        either[event_index] = min(rank, either.get(event_index, rank))
    return either
