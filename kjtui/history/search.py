"""Find events by their words and by every name of what they are about, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kjtui.record.model import Event, Record


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


class Index:
    """A search index over the events of a record."""

    def __init__(self, record: Record) -> None:
        names = [(track.name, track.aliases) for track in record.tracks.values()]
        names += [(term.term, term.aliases) for term in record.terms.values()]
        aliases = [(name.casefold(), " ".join(others).casefold()) for name, others in names if others]
        self._texts = [_text(event, record, aliases) for event in record.events]

    def find(self, query: str) -> tuple[int, ...]:
        """Return the indexes of the events in which every word of ``query`` occurs."""
        words = query.casefold().split()
        if not words:
            return ()
        return tuple(index for index, text in enumerate(self._texts) if all(word in text for word in words))


def tracks_of(event: Event) -> set[str]:
    """Return the tracks that an event changes or bears on."""
    return {effect.track for effect in event.effects} | set(event.touches)


def _text(event: Event, record: Record, aliases: Iterable[tuple[str, str]]) -> str:
    """Return everything an event is found by: its text, the names it mentions, and their aliases."""
    text = " ".join(_words(event, record)).casefold()
    others = " ".join(others for name, others in aliases if name in text)
    return f"{text} {others}"


def _words(event: Event, record: Record) -> Iterator[str]:
    yield from (event.date.text, event.title, event.summary, *event.says.values())
    yield from (record.dataset.actors[code] for code in event.actors)
    for track_id in tracks_of(event):
        yield record.tracks[track_id].name
    if event.meeting:
        meeting = record.meetings[event.meeting.id]
        yield from (meeting.name, *meeting.aliases)
        yield from (event.meeting.heads or {}).values()
        yield from (event.meeting.agenda or "", event.meeting.outcome or "", event.meeting.place or "")
