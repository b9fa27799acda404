"""The main track of an event."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.find.word_match import Word, fold, fold_text
from kjtui.record.model import Event, Record, Track


def leading_track(event: Event, record: Record) -> str:
    """Return the id of the main track of an event.

    Empty if the event concerns no track. If the event has effects, only the tracks of these effects are
    candidates. Return the candidate whose name comes first in the title of the event. If the title names no
    candidate, return the first candidate in the order of the record.
    """
    concerned = {effect.track for effect in event.effects} or set(event.tracks)
    candidates = [track for track in record.tracks.values() if track.id in concerned]
    title = fold_text(event.title)
    mentions = []
    for track in candidates:
        positions = list(_mentions(track, title))
        if positions:
            mentions.append((min(positions), track.id))
    if mentions:
        return min(mentions, key=lambda mention: mention[0])[1]
    return candidates[0].id if candidates else ""


def _mentions(track: Track, title: str) -> Iterator[int]:
    """Yield the positions of the track's names in a folded title."""
    for name in (track.name, track.short, *track.aliases):
        if text := fold(name):
            position = title.find(Word(text, strict=True).needles[0])
            if position >= 0:
                yield position
