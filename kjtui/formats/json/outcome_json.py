"""Outcomes of pending states as JSON."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from kjtui.history.outcomes import Fate, Outcome
from kjtui.record.model import Stage


class OutcomeJson(Struct):
    """A state that was pending from the day ``since``, and its fate by the day of the document.

    ``expected`` is the day for which it was set or meant, ``on`` the day on which it took effect, was
    replaced or was dropped, and ``by`` the event behind that. ``days`` counts from ``since`` to its effect.
    """

    track: str
    state: str
    stage: Stage
    since: date
    event: str
    expected: date | None
    fate: Fate
    on: date | None
    by: str | None
    days: int | None
    on_time: bool | None


def outcome_json(outcome: Outcome) -> OutcomeJson:
    """Return an outcome as data."""
    entry = outcome.pending
    return OutcomeJson(
        outcome.track.id,
        entry.state.id,
        entry.stage,
        outcome.since,
        entry.event.id,
        outcome.expected,
        outcome.fate,
        outcome.day,
        outcome.by.id if outcome.by else None,
        outcome.days,
        outcome.on_time,
    )
