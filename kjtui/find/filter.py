"""Select events by what they bear on, their kind, who acted, their time and their weight."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kjtui.record.model import Event


class Filter(NamedTuple):
    """Select events; an empty part selects all.

    Attributes:
        track: the id of a track that they change or bear on.
        kind: their kind.
        actor: the code of someone who acted.
        text: words that all occur in them, as :meth:`Index.find` understands them.
        first: the first day they can be of.
        last: the last day they can be of.
        weight: their weight.
    """

    track: str = ""
    kind: str = ""
    actor: str = ""
    text: str = ""
    first: date | None = None
    last: date | None = None
    weight: str = ""

    def __bool__(self) -> bool:
        """Return whether any part is set."""
        return any(self)

    def fits(self, event: Event) -> bool:
        """Return whether an event is selected by all parts but the text, which :meth:`Index.select` adds."""
        return (
            (not self.track or self.track in tracks_of(event))
            and (not self.kind or event.kind == self.kind)
            and (not self.actor or self.actor in event.actors)
            and (not self.weight or event.weight == self.weight)
            and (self.first is None or event.day >= self.first)
            and (self.last is None or event.day <= self.last)
        )


def tracks_of(event: Event) -> set[str]:
    """Return the tracks that an event changes or bears on."""
    return {effect.track for effect in event.effects} | set(event.touches)
