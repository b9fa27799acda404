"""Show why an event was found: the passage of its texts that contains the words of a query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from kjtui.find.query_units import Unit
from kjtui.find.word_match import Word, compact_day, fold_text, is_unspaced
from kjtui.languages import tr
from kjtui.record.model import Event, Record

DATE = "Date"
_TOKEN = re.compile(r"\S+")
_LENGTH = 40
"""Maximum number of characters before the match, and likewise after the match."""
_SEPARATED = 4
"""Maximum number of spaces within a Korean word in a text, if the word was typed without spaces."""
_WORD_LENGTH = 20
"""A text is truncated at a space if there is a space within this number of characters.

Otherwise the text is truncated within a word.
"""


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
    """A text of an event, and the name of this text."""

    where: str
    text: str


def find_snippet(
    event: Event, record: Record, units: Sequence[Unit], words: Sequence[Word]
) -> Snippet | None:
    """Return an event's passage with the most query words. Query words in the title are not counted.

    Returns ``None`` if the title has all query words.

    Args:
        event: an event that matches the query.
        record: the record of the event.
        units: the parts of the query.
        words: the words of the query.
    """
    title = fold_text(event.title)
    missing = [word for word in words if not _has(word, title)]
    if not missing:
        return None
    alternatives = [missing]
    for unit in units:
        alternatives += [list(words) for words in unit.alternatives[1:]]
    best: tuple[_Passage, list[Word]] | None = None
    most = 0
    folded_passages = [(passage, _folded(passage)) for passage in _passages(event, record)]
    for alternative in alternatives:
        for passage, folded in folded_passages:
            count = sum(_has(word, folded) for word in alternative)
            if count > most:
                most, best = count, (passage, alternative)
    if best is None:
        return _concerned(units, event, record)
    passage, alternative = best
    for word in sorted(alternative, key=lambda word: len(word.text), reverse=True):
        if located := _locate(passage, word):
            return located
    return None


def _folded(passage: _Passage) -> str:
    if passage.where == tr(DATE):
        return fold_text(compact_day(passage.text))
    return fold_text(passage.text)


def _passages(event: Event, record: Record) -> Iterator[_Passage]:
    """Yield the texts of an event, each with its name."""
    yield _Passage(tr("Summary"), event.summary)
    actors = record.dataset.actors
    for code, said in event.says.items():
        yield _Passage(tr("{actor} says", actor=actors[code]), said)
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


def _concerned(units: Sequence[Unit], event: Event, record: Record) -> Snippet | None:
    """Return the name of the track or actor that matched the query."""
    for unit in units:
        for track in sorted(unit.tracks & event.tracks):
            return Snippet(tr("Track"), "", record.tracks[track].name, "")
        for code in sorted(unit.actors.intersection(event.actors)):
            return Snippet(tr("Actor"), "", record.dataset.actors[code], "")
    return None


def _has(word: Word, folded: str) -> bool:
    if any(needle in folded for form in (word, *word.variants) for needle in form.needles):
        return True
    return bool(word.separated and word.separated.search(folded))


def _locate(passage: _Passage, word: Word) -> Snippet | None:
    """Return a snippet around a word of a passage. The word may occur in any of its forms."""
    where, text = passage
    if where == tr(DATE):
        return Snippet(where, "", text, "")
    fewest = word.text.count(" ") + 1
    most = fewest + _SEPARATED if word.separated else fewest
    tokens = list(_TOKEN.finditer(text))
    for size, position in product(range(fewest, most + 1), range(len(tokens))):
        start, end = tokens[position].start(), tokens[min(position + size, len(tokens)) - 1].end()
        if not _has(word, fold_text(text[start:end])):
            continue
        if is_unspaced(text[start:end]):  # without spaces, a token can be much longer than the word
            offset = text[start:end].lower().find(word.text)
            if offset >= 0:
                start, end = start + offset, start + offset + len(word.text)
        return Snippet(where, _before(text[:start]), text[start:end], _after(text[end:]))
    return None


def _before(text: str) -> str:
    if len(text) <= _LENGTH:
        return text
    cut = text[-_LENGTH:]
    return "…" + cut[cut.find(" ", 0, _WORD_LENGTH) + 1 :]


def _after(text: str) -> str:
    if len(text) <= _LENGTH:
        return text
    cut = text[:_LENGTH]
    space = cut.rfind(" ", _LENGTH - _WORD_LENGTH)
    return (cut if space < 0 else cut[:space]) + "…"
