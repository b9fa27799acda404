"""Find events by their words and by every name of what they are about, in any language."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

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
_SNIPPET = 40
"""Characters of a snippet before and after what was found."""

_COMPARED = 5
"""Words of a query to which similar ones are looked for."""
_LONGEST_WORD = 40
"""Characters of a word to which similar ones are looked for."""


class Filter(NamedTuple):
    """Select events by track, kind and actor; an empty part selects all."""

    track: str = ""
    kind: str = ""
    actor: str = ""

    def __bool__(self) -> bool:
        """Return whether any part is set."""
        return any(self)

    def fits(self, event: Event) -> bool:
        """Return whether an event is selected."""
        return (
            (not self.track or self.track in tracks_of(event))
            and (not self.kind or event.kind == self.kind)
            and (not self.actor or self.actor in event.actors)
        )


class Snippet(NamedTuple):
    """A piece of text around a match: what stands before it, the match, and what follows."""

    before: str
    match: str
    after: str

    def __str__(self) -> str:
        return "".join(self)


class Index:
    """A search index over the events of a record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        names = [(track.name, track.aliases) for track in record.tracks.values()]
        names += [(term.term, term.aliases) for term in record.terms.values()]
        self._aliases = [(normalise(name), others) for name, others in names if others]
        self._texts = [normalise(" ".join(self._passages(event))) for event in record.events]

    def find(self, query: str) -> tuple[int, ...]:
        """Return the indexes of the events in which every word of ``query`` occurs."""
        words = words_of(query)
        if not words:
            return ()
        return tuple(index for index, text in enumerate(self._texts) if all(word in text for word in words))

    def snippet(self, query: str, index: int) -> Snippet | None:
        """Return where an event that was found holds a word of ``query`` outside its title.

        Returns ``None`` if the title holds them all.
        """
        event = self._record.events[index]
        words = words_of(query)
        missing = [word for word in words if word not in normalise(event.title)]
        for passage in self._passages(event):
            for word in missing:
                if found := _locate(passage, word):
                    return found
        return None

    def nearest(self, query: str, count: int = 3) -> list[str]:
        """Return the words of the record that are spelt most like a query that finds nothing.

        Only its first words are compared, and none that is longer than words are: comparing takes long.
        """
        near: list[str] = []
        for word in words_of(query)[:_COMPARED]:
            if len(word) <= _LONGEST_WORD and not any(word in text for text in self._texts):
                near += difflib.get_close_matches(word, self._vocabulary, count, cutoff=0.7)
        return near[:count]

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted({word for text in self._texts for word in _WORD.findall(text)})

    def _passages(self, event: Event) -> Iterator[str]:
        """Yield everything an event is found by: its texts, the names it mentions, and their aliases."""
        passages = list(_own_passages(event, self._record))
        yield from passages
        text = normalise(" ".join(passages))
        for name, others in self._aliases:
            if name in text:
                yield from others


def tracks_of(event: Event) -> set[str]:
    """Return the tracks that an event changes or bears on."""
    return {effect.track for effect in event.effects} | set(event.touches)


def normalise(text: str) -> str:
    """Fold case and width, and write ordinals as numbers, so that "Eighth" and 第8回 find "8th"."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _ORDINAL.sub(lambda found: f"{found[2] or found[3] or _ORDINAL_NUMBERS[found[1]]}th", folded)


def words_of(query: str) -> list[str]:
    """Return the words of a query, normalised, each once."""
    return list(dict.fromkeys(normalise(query).split()))


def _own_passages(event: Event, record: Record) -> Iterable[str]:
    yield from (event.title, event.summary, *event.says.values(), event.date.text)
    yield from (record.dataset.actors[code] for code in event.actors)
    yield from (record.tracks[track].name for track in sorted(tracks_of(event)))
    if event.meeting:
        meeting = record.meetings[event.meeting.id]
        yield from (meeting.name, *meeting.aliases)
        yield from (event.meeting.heads or {}).values()
        yield from filter(None, (event.meeting.agenda, event.meeting.outcome, event.meeting.place))


def _locate(passage: str, word: str) -> Snippet | None:
    """Return the surroundings of a normalised word in a passage, which may write it in another way."""
    for token in _TOKEN.finditer(passage):
        if word in normalise(token[0]):
            offset = token[0].casefold().find(word)
            narrow = offset >= 0 and len(token[0].casefold()) == len(token[0])
            start = token.start() + (offset if narrow else 0)
            end = start + len(word) if narrow else token.end()
            return Snippet(_before(passage[:start]), passage[start:end], _after(passage[end:]))
    return None


def _before(text: str) -> str:
    return text if len(text) <= _SNIPPET else "…" + text[-_SNIPPET:].partition(" ")[2]


def _after(text: str) -> str:
    return text if len(text) <= _SNIPPET else text[:_SNIPPET].rpartition(" ")[0] + "…"
