"""Select events by their fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kjtui.record.model import Event, Record, Source


class Filter(Struct, frozen=True):
    """Conditions for selecting events. An empty field sets no condition.

    Attributes:
        track: the id of a track that the event changes or concerns.
        kind: the kind of the event.
        actor: the code of an actor.
        meeting: the id of the meeting.
        level: the level of the meeting.
        term: the id of a glossary entry that the event mentions.
        source: words of the title, publisher or id of a source.
        lang: the language of a source.
        publisher: names of publishers. At least one source must be from one of these publishers.
        source_kind: the kind of a source.
        machine_translated: "yes" or "no": whether a source was read in machine translation.
        disputed: "yes" or "no": whether sources disagree about the event.
        confidence: the confidence of the event.
        minor: "yes" or "no": whether the event is minor.
        official: "yes" or "no": whether one of the sources is official.
        sources: the exact number of sources.
        first: the first day.
        last: the last day.
        text: a query; see :meth:`kjtui.find.search.Index.hits`.
        negated: whether to select the events and sources that do not match.
    """

    track: str = ""
    kind: str = ""
    actor: str = ""
    meeting: str = ""
    level: str = ""
    term: str = ""
    source: str = ""
    lang: str = ""
    publisher: tuple[str, ...] = ()
    source_kind: str = ""
    machine_translated: str = ""
    disputed: str = ""
    confidence: str = ""
    minor: str = ""
    official: str = ""
    sources: str = ""
    first: date | None = None
    last: date | None = None
    text: str = ""
    negated: bool = False

    def __bool__(self) -> bool:
        """Return whether any field is set."""
        return self not in (_EVERYTHING, _NEGATED)

    def within(self, first: date | None, last: date | None) -> Filter:
        """Return the filter limited to a period. The filter's own first and last day still apply."""
        first_days = [day for day in (self.first, first) if day]
        last_days = [day for day in (self.last, last) if day]
        return replace(self, first=max(first_days, default=None), last=min(last_days, default=None))

    def with_field(self, name: str, value: str) -> Filter:
        """Return a copy of the filter with a new value for a field."""
        return replace(self, **{name: value})

    def with_text(self, text: str) -> Filter:
        """Return a copy of the filter with a new query."""
        return replace(self, text=text)

    def fits(self, event: Event, record: Record) -> bool:
        """Return whether an event matches every field except the query.

        A negated filter returns the opposite.
        """
        sources = (record.sources[identity] for identity in event.sources)
        return self.negated != all(
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
                not self.level or meeting_level(event, record) == self.level,
                not self.term or _names_term(event, self.term, record),
                not self.official or _is_official(event, record) == (self.official == "yes"),
                not self.sources or len(event.sources) == int(self.sources),
                not self.limits_sources or any(map(self._matches_source, sources)),
            )
        )

    def about_events(self) -> Filter:
        """Return a copy of the filter without the fields about sources."""
        return replace(self, source="", lang="", publisher=(), source_kind="", machine_translated="")

    @property
    def limits_sources(self) -> bool:
        """Return whether a field about sources is set."""
        about_sources = (self.source, self.lang, self.publisher, self.source_kind, self.machine_translated)
        return any(about_sources)

    def fits_source(self, source: Source) -> bool:
        """Return whether a source matches every field about sources. A negated filter returns the opposite.

        Without fields about sources, every source matches.
        """
        return not self.limits_sources or self._matches_source(source) != self.negated

    def _matches_source(self, source: Source) -> bool:
        return all(
            (
                not self.source or _has_words(source, self.source),
                not self.lang or source.language == self.lang,
                not self.publisher or source.publisher in self.publisher,
                not self.source_kind or source.kind == self.source_kind,
                not self.machine_translated
                or source.machine_translated == (self.machine_translated == "yes"),
            )
        )


_EVERYTHING, _NEGATED = Filter(), Filter(negated=True)


def _names_term(event: Event, term: str, record: Record) -> bool:
    from kjtui.find.term_match import names_term  # its regular expressions take long to compile

    return names_term(event, record.terms[term], record)


def _has_words(source: Source, words: str) -> bool:
    from kjtui.find.word_match import matches  # as above

    return matches(words, (source.id, source.title, source.publisher))


def _is_official(event: Event, record: Record) -> bool:
    return any(record.sources[identity].kind == "official" for identity in event.sources)


def meeting_level(event: Event, record: Record) -> str:
    """Return the level of an event's meeting.

    If the event does not state the level, it is taken from another event about the meeting.
    """
    if event.meeting is None:
        return ""
    return event.meeting.level or _levels(record).get(event.meeting.id, "")


@lru_cache(maxsize=1)
def _levels(record: Record) -> dict[str, str]:
    """Return a dict from the ids of meetings to their levels. The first stated level is used."""
    levels: dict[str, str] = {}
    for event in record.events:
        if event.meeting and event.meeting.level:
            levels.setdefault(event.meeting.id, event.meeting.level)
    return levels


def events_fitting(event_indexes: Iterable[int], filters: Iterable[Filter], record: Record) -> Iterator[int]:
    """Yield the indices of the events that match all filters."""
    needed = [event_filter for event_filter in filters if event_filter]
    if not needed:
        yield from event_indexes
        return
    for event_index in event_indexes:
        event = record.events[event_index]
        if all(event_filter.fits(event, record) for event_filter in needed):
            yield event_index
