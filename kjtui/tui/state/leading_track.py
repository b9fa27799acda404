"""The track that leads from an event to a page."""

from __future__ import annotations

from kjtui.record.model import Event, Record


def leading_track(event: Event, record: Record) -> str:
    """Return the id of the first track that an event changes, or else touches; empty without tracks."""
    candidates = {effect.track for effect in event.effects} or event.tracks
    for track in record.tracks:
        if track in candidates:
            return track
    return ""
