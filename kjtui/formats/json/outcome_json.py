"""Outcomes of pending states as JSON."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from kjtui.history.outcomes import Fate, Outcome
from kjtui.record.model import Stage


class OutcomeJson(Struct):
    """A state that was pending from the day ``since``, and its outcome.

    ``event`` is the event that proposed or decided the state, and ``actors`` are its actors. ``expected`` is
    the scheduled day or target day of the state. ``day`` is the day on which the state took effect, was
    replaced or was dropped, and ``by`` is the event that caused this outcome. ``days`` is the number of
    days from ``since`` until the state took effect. ``on_time`` is true if the state took effect on the
    expected day.

    If ``until`` is set, the state was not pending but in force. ``event`` limited the state to the last day
    ``until`` and set no following state. The outcome is ``replaced`` in two cases: an event ended the state
    on or before ``until``, or an event extended the state on any day, even after ``until``. ``extended`` is
    true if the state was extended, and false if not. It is null if the state was pending.
    """

    track: str
    state: str
    label: str
    stage: Stage
    since: date
    event: str
    expected: date | None
    outcome: Fate
    day: date | None
    days: int | None
    on_time: bool | None
    by: str | None
    actors: list[str]
    until: date | None
    extended: bool | None


def outcome_json(outcome: Outcome) -> OutcomeJson:
    """Convert an outcome to its JSON struct."""
    pending = outcome.pending
    return OutcomeJson(
        track=outcome.track.id,
        state=pending.state.id,
        label=pending.state.label,
        stage=pending.stage,
        since=outcome.since,
        event=pending.event.id,
        expected=outcome.expected,
        outcome=outcome.fate,
        day=outcome.day,
        days=outcome.days,
        on_time=outcome.on_time,
        by=outcome.by.id if outcome.by else None,
        actors=list(pending.event.actors),
        until=outcome.until,
        extended=outcome.extended,
    )
