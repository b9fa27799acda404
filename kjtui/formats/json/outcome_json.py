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
    replaced or was dropped, and ``by`` is the event that caused this. ``days`` is the number of days from
    ``since`` until the state took effect. ``on_time`` is true if the state took effect on the expected day.

    If ``until`` is set, the state was not pending but in force. Its last day was ``until``, and its text
    named no following state. The outcome is ``replaced`` if an event ended the state on or before ``until``,
    or if an event extended the state, even after ``until``. ``extended`` is true for an extension and null
    for a pending state.
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
    """Return an outcome as data."""
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
