"""Collect the searchable texts of an event."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.record.model import Event


def event_texts(event: Event) -> Iterator[str]:
    """Yield all texts of an event except the title: summary, statements, disputes, notes and meeting."""
    yield event.summary
    yield from event.says.values()
    for dispute in event.disputed:
        yield dispute.about
        yield from (reading.says for reading in dispute.readings)
    yield from (effect.note for effect in event.effects if effect.note)
    if step := event.meeting:
        yield from (text for text in (step.level, step.place, step.agenda, step.outcome) if text)
        yield from (step.heads or {}).values()
