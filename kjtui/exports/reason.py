"""A reason as a document: the chain of events behind a standing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kjtui.exports import labels
from kjtui.exports.blocks import event_details
from kjtui.exports.document import Block, Citation, Document, Inline, Paragraph, TrackStanding, build, section
from kjtui.exports.provenance import Request
from kjtui.history.reason import Reason, Step
from kjtui.record.model import Effect
from kjtui.record.partial_date import day_text

RULE = (
    "The latest state whose day has come holds. What is decided replaces everything that is pending on the "
    "track. Talks, announcements, proposals, licences and statements change nothing by themselves."
)


def reason_document(reason: Reason) -> Document:
    """Return why a track stands as it does."""
    track, day = reason.standing.track, reason.snapshot.day
    return build(
        reason,
        Request("reason", (day,), track.id),
        reason.snapshot.record,
        f"Why {track.name} stood as it did on {labels.long_day(day)}",
        _body(reason),
    )


def step_words(reason: Reason, step: Step) -> Iterator[str]:
    """Yield what a step did to the track, a phrase for each effect."""
    if not step.effects:
        yield "changes nothing"
    for effect in step.effects:
        yield f"{_effect(reason, effect)}{_change(step, effect)}"


def _body(reason: Reason) -> Iterator[Block]:
    standing = reason.standing
    yield TrackStanding(
        standing.track.id,
        f"{labels.state(standing.state)}, {labels.since(standing)}",
        standing.state.meaning,
        tuple(map(labels.pending, standing.pending)),
    )
    yield from section("Steps", _steps(reason))


def _steps(reason: Reason) -> Iterator[Block]:
    yield Paragraph((f"Rule: {RULE}",))
    yield Paragraph(_before(reason))
    for step in reason.steps:
        yield event_details(step.event, reason.snapshot, step_words(reason, step))


def _before(reason: Reason) -> Inline:
    """Return the state before the first event."""
    track = reason.standing.track
    initial = track.initial
    since = f", since {initial.since}" if initial.since else ""
    state = labels.state(track.state(initial.state))
    return f"Before the record: {state}{since}. {initial.note} ", Citation(initial.sources)


def _effect(reason: Reason, effect: Effect) -> str:
    label = labels.state(reason.standing.track.state(effect.state))
    day = f" from {day_text(effect.in_force)}" if effect.in_force else ""
    note = f" ({effect.note})" if effect.note else ""
    return f"{labels.spoken(effect.stage)}: {label}{day}{note}"


def _change(step: Step, effect: Effect) -> str:
    if effect.stage != "in-force" and (effect.in_force or date.max) > step.event.day:
        return "; nothing changes yet"
    if step.after is step.before:
        return "; as before"
    return f"; until then {labels.state(step.before)}"
