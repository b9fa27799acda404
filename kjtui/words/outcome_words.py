"""Describe pending states and their outcomes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from kjtui.history.fold import is_decided
from kjtui.languages import join_items, tr
from kjtui.record.model import Effect, Track
from kjtui.record.partial_date import day_text
from kjtui.words import day_words, labels

if TYPE_CHECKING:
    from kjtui.history.outcomes import Outcome


def expected(outcome: Outcome) -> str:
    """Return the expected state, with the day of the decision or proposal and the expected day.

    For a limited state, return its last day instead of the expected day.
    """
    entry = outcome.pending
    parts = {
        "state": entry.state.label,
        "stage": labels.spoken(entry.stage),
        "since": day_text(outcome.since),
    }
    if outcome.until:
        return tr("{state} until {until}, {stage} on {since}", **parts, until=day_text(outcome.until))
    if outcome.expected is None:
        return tr("{state}, {stage} on {since}, no day set", **parts)
    return tr("{state}, {stage} on {since} for {day}", **parts, day=day_text(outcome.expected))


def missed(outcome: Outcome) -> str:
    """Describe an expected change that did not happen. For a limited state, this change is its end."""
    if outcome.until is None:
        return expected(outcome)
    return tr(
        "{state}, due to end on {until} (as of {since})",
        state=outcome.pending.state.label,
        since=day_text(outcome.since),
        until=day_text(outcome.until),
    )


def fate(outcome: Outcome) -> str:
    """Describe the outcome of a pending or limited state, without the event that caused the outcome."""
    day = day_text(outcome.day) if outcome.day else ""
    match outcome.fate:
        case "took-effect":
            return _effect_words(outcome)
        case "replaced" if outcome.extended:
            return _extension(outcome, day)
        case "replaced":
            return tr("replaced on {day} by {state}", day=day, state=_instead(outcome))
        case "dropped":
            return tr("dropped on {day}: remains {state}", day=day, state=_instead(outcome))
        case "lapsed" if outcome.until:
            return tr("the last day passed without a recorded decision")
        case "lapsed":
            return tr("lapsed: its day passed without a decision")
        case _:
            latest = outcome.latest.in_force or outcome.latest.meant_for
            if latest and latest != outcome.expected:
                return tr("still open, now set for {day}", day=day_text(latest))
            return tr("still open")


def _extension(outcome: Outcome, day: str) -> str:
    until = outcome.instead.until if outcome.instead else None
    if until is None:
        text = tr("extended on {day}, no last day set", day=day)
    else:
        text = tr("extended on {day} until {until}", day=day, until=day_text(until))
    if outcome.day and outcome.until and outcome.day > outcome.until:
        late = day_words.days((outcome.day - outcome.until).days)
        return join_items((text, tr("{days} after the earlier last day", days=late)))
    return text


def _effect_words(outcome: Outcome) -> str:
    """Return the day on which a state took effect, and how many days after the announcement this was.

    If a day had been planned, say whether the state took effect on the planned day.
    """
    day = day_text(outcome.day or outcome.since)
    days = day_words.days(outcome.days) if outcome.days else ""
    match bool(days), outcome.on_time:  # whole messages, because their parts have another order in Japanese
        case True, True:
            return tr("took effect on {day}, {days} later, as planned", day=day, days=days)
        case True, False:
            return tr("took effect on {day}, {days} later, not on the planned day", day=day, days=days)
        case True, _:
            return tr("took effect on {day}, {days} later", day=day, days=days)
        case _, True:
            return tr("took effect on {day}, as planned", day=day)
        case _, False:
            return tr("took effect on {day}, not on the planned day", day=day)
        case _:
            return tr("took effect on {day}", day=day)


def _instead(outcome: Outcome) -> str:
    """Return the state that was decided instead of the expected state.

    The first day of this state is omitted if the state was already in force.
    """
    effect = outcome.instead
    if effect is None:
        return ""
    if outcome.fate == "dropped":
        effect = replace(effect, in_force=None)
    return effect_state(outcome.track, effect)


def effect_state(track: Track, effect: Effect, *, signed: bool = False) -> str:
    """Return the state that an effect sets, with the first day, the last day and the following state."""

    def name(state_id: str) -> str:
        state = track.state(state_id)
        return labels.state(state) if signed else state.label

    label = name(effect.state)
    if effect.in_force:
        day = day_text(effect.in_force)
        if is_decided(effect.stage):
            label = tr("{state} from {day}", state=label, day=day)
        else:
            label = tr("{state} for {day}", state=label, day=day)
    if effect.until:
        label = tr("{state} until {day}", state=label, day=day_text(effect.until))
    if effect.then:
        label = tr("{state}, then {next}", state=label, next=name(effect.then))
    return label
