"""Select events by their fields. A query can name the same fields, as in ``actor:JP kind:licence``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kjtui.find.word_match import Word, fold, fold_text, matches
from kjtui.languages import tr
from kjtui.record.model import Event, Record

_FIELD = re.compile(r'(?<![\w:"])(?P<name>[a-z]+):(?P<value>"[^"]*"?|[^\s"]*)', re.IGNORECASE)


class Filter(Struct, frozen=True):
    """Select events; an empty field selects all.

    Attributes:
        track: the id of a track that the events change or touch.
        kind: the kind of the events.
        actor: the code of an actor.
        meeting: the id of the meeting.
        level: words of the meeting's level.
        term: the id of a glossary entry that the events name.
        source: words of the title, publisher or id of a source.
        lang: the language of a source.
        disputed: "yes" or "no": whether sources disagree about the event.
        confidence: the confidence of the events.
        minor: "yes" or "no": whether the event is minor.
        first: the first day.
        last: the last day.
        text: a query, see :meth:`kjtui.find.search.Index.hits`.
    """

    track: str = ""
    kind: str = ""
    actor: str = ""
    meeting: str = ""
    level: str = ""
    term: str = ""
    source: str = ""
    lang: str = ""
    disputed: str = ""
    confidence: str = ""
    minor: str = ""
    first: date | None = None
    last: date | None = None
    text: str = ""

    def __bool__(self) -> bool:
        """Return whether any field is set."""
        return self != _EVERYTHING

    def with_field(self, name: str, value: str) -> Filter:
        """Return the filter with another value of a field."""
        return replace(self, **{name: value})

    def with_text(self, text: str) -> Filter:
        """Return the filter with another query."""
        return replace(self, text=text)

    def fits(self, event: Event, record: Record) -> bool:
        """Return whether an event matches every field. The index matches the query."""
        return all(
            (
                not self.track or self.track in event.tracks,
                not self.kind or event.kind == self.kind,
                not self.actor or self.actor in event.actors,
                not self.confidence or event.confidence == self.confidence,
                not self.minor or (event.weight == "minor") == (self.minor == "yes"),
                not self.disputed or bool(event.disputed) == (self.disputed == "yes"),
                self.first is None or event.day >= self.first,
                self.last is None or event.day <= self.last,
                not self.meeting or (event.meeting is not None and event.meeting.id == self.meeting),
                not self.level or matches(self.level, (meeting_level(event, record),)),
                not self.term or names_term(event, self.term, record),
                not self.source or _cites(event, self.source, record),
                not self.lang or any(record.sources[one].language == self.lang for one in event.sources),
            )
        )


_EVERYTHING = Filter()

_FEW = 20
"""Maximum number of values listed in a message."""

FIELDS: Mapping[str, str] = {
    "actor": "who acts",
    "kind": "kind of event",
    "track": "track it concerns",
    "level": "level of its meeting",
    "meeting": "meeting it is about",
    "term": "person, body or term it names",
    "source": "words of a source",
    "lang": "language of a source",
    "disputed": "sources disagree: yes, no",
    "confidence": "high, medium, low",
    "minor": "minor event: yes, no",
}
"""The fields that a query can name, each with its meaning."""

LEVELS: Mapping[str, str] = {"dg": "director-general", "director": "director-general"}
"""Abbreviations of levels."""


class FieldError(ValueError):
    """A field of a query has a value that the record does not know. The message is for readers."""


class Query(Struct, frozen=True):
    """A query split into words and filters; events must match all filters."""

    words: str
    filters: tuple[Filter, ...] = ()


def parse_query(text: str, record: Record) -> Query:
    """Split a query into words and fields.

    A field without a value is ignored, as it is still being typed. Raises ``FieldError`` if the record does
    not know a value.
    """
    filters = []
    rest = text
    for found in _FIELD.finditer(text):
        name = found["name"].lower()
        if name not in FIELDS:
            continue
        rest = rest.replace(found[0], " ", 1)
        value = found["value"].strip('"').strip()
        if value:
            filters.append(Filter().with_field(name, resolve(name, value, record)))
    return Query(rest.strip(), tuple(filters))


def resolve(name: str, value: str, record: Record) -> str:
    """Resolve a typed value to a value of the field, ignoring case and accepting any name.

    Raises ``FieldError``, with the closest values, if nothing matches.
    """
    if name == "source":
        return value
    if name == "level":
        value = LEVELS.get(value.lower(), value)
    known = dict(field_values(name, record))
    folded = fold(value)
    for candidate, names in known.items():
        if folded in (fold(candidate), *map(fold, names)):
            return candidate
    for candidate, names in known.items():
        if folded and any(name.startswith(folded) for name in (fold(candidate), *map(fold, names))):
            return candidate
    raise FieldError(
        tr(
            "there is no {name} {value!r}; {hint}",
            name=name,
            value=value[:40],
            hint=hint(name, value, known),
        )
    )


def hint(name: str, value: str, known: Collection[str]) -> str:
    """Return suggestions for an unknown value."""
    if near := nearest(value, known):
        return tr("did you mean {near}?", near=", ".join(near))
    if len(known) <= _FEW:
        return tr("there are {known}", known=", ".join(known))
    return tr("{command} lists them", command=f"kjtui {name}s")


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return up to three known words close to a word: first words that contain it, then similar words."""
    words = list(known)
    containing = [candidate for candidate in words if word and word.lower() in candidate.lower()]
    similar = get_close_matches(word, words, 3, cutoff=0.5)
    return list(dict.fromkeys([*containing[:3], *similar]))[:3]


def field_values(name: str, record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the known values of a field, each with its aliases."""
    match name:
        case "actor":
            for code, label in record.dataset.actors.items():
                yield code, (label,)
        case "track":
            for track in record.tracks.values():
                yield track.id, (track.short, track.name, *track.aliases)
        case "meeting":
            for meeting in record.meetings.values():
                yield meeting.id, (meeting.short, meeting.name, *meeting.aliases)
        case "term":
            for term in record.terms.values():
                yield term.id, (term.term, *term.aliases)
        case "kind" | "confidence":
            for value in sorted({getattr(event, name) for event in record.events}):
                yield value, ()
        case "level":
            steps = (event.meeting for event in record.events if event.meeting)
            for level in sorted({step.level for step in steps if step.level}):
                yield level, ()
        case "lang":
            for language in sorted({source.language for source in record.sources.values()}):
                yield language, ()
        case "disputed" | "minor":
            yield "yes", ("true",)
            yield "no", ("false",)


def meeting_level(event: Event, record: Record) -> str:
    """Return the level of an event's meeting, perhaps stated by another event of that meeting."""
    if event.meeting is None:
        return ""
    return event.meeting.level or _levels(record).get(event.meeting.id, "")


@lru_cache(maxsize=1)
def _levels(record: Record) -> dict[str, str]:
    """Return the first known level of each meeting."""
    levels: dict[str, str] = {}
    for event in record.events:
        if event.meeting and event.meeting.level:
            levels.setdefault(event.meeting.id, event.meeting.level)
    return levels


def event_texts(event: Event) -> Iterator[str]:
    """Yield the texts of an event except its title: summary, statements and meeting."""
    yield event.summary
    yield from event.says.values()
    for dispute in event.disputed:
        yield dispute.about
        yield from (reading.says for reading in dispute.readings)
    yield from (effect.note for effect in event.effects if effect.note)
    if step := event.meeting:
        yield from (text for text in (step.level, step.place, step.agenda, step.outcome) if text)
        yield from (step.heads or {}).values()


def names_term(event: Event, identity: str, record: Record) -> bool:
    """Return whether an event names a person, a body or a term of the glossary, by any of its names."""
    term = record.terms[identity]
    folded = fold_text(" ".join((event.title, *event_texts(event))))
    names = (Word(fold(name), strict=True) for name in (term.term, *term.aliases))
    return any(needle in folded for name in names for needle in name.needles)


def _cites(event: Event, words: str, record: Record) -> bool:
    sources = (record.sources[identity] for identity in event.sources)
    return any(matches(words, (source.id, source.title, source.publisher)) for source in sources)


def events_fitting(numbers: Iterable[int], filters: Iterable[Filter], record: Record) -> Iterator[int]:
    """Yield the numbers of the events that fit all filters."""
    needed = [limit for limit in filters if limit]
    for number in numbers:
        event = record.events[number]
        if all(limit.fits(event, record) for limit in needed):
            yield number
