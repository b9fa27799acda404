"""The outcome of every pending state: took effect, replaced, dropped, lapsed or still open.

A limited state is a state with a last day. If the decision that set the last day does not set the following
state, the limited state has an outcome too. This outcome says whether a later event decided on the following
state before the last day had passed. Outcomes are derived from later events, up to an end day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from kjtui.history.fold import RANK, Pending, Standing, TrackHistory, is_decided, scheduled_day
from kjtui.history.snapshot import History
from kjtui.record.model import Effect, Event, Track

Fate = Literal["took-effect", "replaced", "dropped", "lapsed", "open"]
"""The possible outcomes of a pending state or of a limited state.

``took-effect``: the state came into force. The cause is the event that announced the state, or a later event
that repeated it.

``replaced``: a later event decided or proposed a different state, or the same state with a different last
day. An extension counts as ``replaced`` even after the last day, because the state then never ended.

``dropped``: a later event decided to keep the current state instead.

``lapsed``: the target day or the last day passed without a decision.

``open``: the state is still pending or limited. A pending state may have been postponed.
"""

_DAY = timedelta(days=1)


class Outcome(Struct, frozen=True):
    """The outcome of a pending state, or of a limited state.

    Attributes:
        fate: the outcome.
        latest: the last repetition of the pending state. It may have a firmer stage or a different day.
        day: the day of the outcome; ``None`` if the state lapsed or is open.
        by: the event that caused the outcome; ``None`` if the state lapsed or is open.
        instead: the effect that replaced the state; ``None`` unless the state was replaced or dropped.
        until: the last day of a limited state; ``None`` for a pending state.
    """

    track: Track
    pending: Pending
    fate: Fate
    latest: Pending
    day: date | None = None
    by: Event | None = None
    instead: Effect | None = None
    until: date | None = None

    @property
    def since(self) -> date:
        """Return the day on which the state became pending, or on which its last day was set."""
        return self.pending.event.day

    @property
    def expected(self) -> date | None:
        """Return the scheduled day or target day of the state, if known."""
        return self.pending.in_force or self.pending.meant_for

    @property
    def days(self) -> int | None:
        """Return the number of days from the announcement until the state took effect.

        ``None`` if the state did not take effect.
        """
        if self.fate != "took-effect" or self.day is None:
            return None
        return (self.day - self.since).days

    @property
    def on_time(self) -> bool | None:
        """Return whether the state took effect on the expected day.

        ``None`` if the state did not take effect or had no expected day.
        """
        if self.fate != "took-effect" or self.expected is None:
            return None
        return self.day == self.expected

    def was_missed(self, day: date) -> bool:
        """Return whether the expected change had not happened by ``day``.

        The expected change of a limited state is its end. The end is missed if the state was extended, or if
        no event decided on the following state. A pending state without a day is missed only if it was
        replaced or dropped.
        """
        if self.until is not None:
            return bool(self.extended) or self.fate == "lapsed"
        if self.fate == "open":
            return self.expected is not None and self.expected <= day
        return self.fate != "took-effect"

    @property
    def extended(self) -> bool | None:
        """Return whether the last day of a limited state was postponed or removed.

        ``None`` for a pending state.
        """
        if self.until is None:
            return None
        effect = self.instead
        if effect is None or effect.state != self.pending.state.id:
            return False
        return effect.until is None or effect.until > self.until


def outcomes(history: History, end: date | None = None) -> tuple[Outcome, ...]:
    """Return the outcomes, as of ``end``, of all states that were ever pending or limited.

    Outcomes are sorted by :attr:`Outcome.since`.

    Args:
        history: the history of the record.
        end: the last day whose events are used; by default, the last day of the record.
    """
    end = end or history.last_day
    unsorted = [outcome for track in history.record.tracks for outcome in track_outcomes(history, track, end)]
    return tuple(sorted(unsorted, key=lambda outcome: outcome.since))


def track_outcomes(history: History, track_id: str, end: date) -> tuple[Outcome, ...]:
    """Return the outcomes, as of ``end``, of all states of a track that were ever pending or limited.

    Outcomes are sorted by :attr:`Outcome.since`.
    """
    track = history.track(track_id)
    unsorted: list[Outcome] = []
    for day in track.step_days:
        if day > end:
            break
        for entry in track.standing(day).pending:
            if entry.event.day == day:  # older entries were followed from the day of their event
                unsorted.append(_follow(track, entry, end))
    unsorted += _limit_outcomes(track, end)
    return tuple(sorted(unsorted, key=lambda outcome: outcome.since))


def outcomes_of(history: History, day: date, end: date | None = None) -> tuple[Outcome, ...]:
    """Return the outcomes of all states that were pending or limited at the end of ``day``.

    Args:
        history: the history of the record.
        day: the day on which the states were pending or limited.
        end: the last day whose events are used; by default, the last day of the record.
    """
    end = end or history.last_day
    result: list[Outcome] = []
    for standing in history.snapshot(day).standings:
        track = history.track(standing.track.id)
        result += [_follow(track, entry, end) for entry in standing.pending]
        if standing.until_by:
            limits = [effect for effect in _effects_on(track, standing.until_by) if _is_limit(effect)]
            result += [
                _follow_limit(track, standing.until_by, effect, end)
                for effect in limits
                if effect.until == standing.until
            ]
    return tuple(result)


def _follow(track: TrackHistory, entry: Pending, end: date) -> Outcome:
    """Follow a pending state from event to event until it takes effect, is replaced or is dropped.

    If an event repeats the state, the repetition is followed, even if its stage or day is different.
    Exception: if a limited state is extended and the pending state after it is therefore postponed, the
    pending state counts as replaced.
    """
    current = entry
    for day in _days_after(track, entry.event.day, end):
        if current.in_force and current.in_force < day:
            break
        standing = track.standing(day)
        if any(pending is current for pending in standing.pending):
            continue
        before = track.standing(day - _DAY)
        came = before.state is not current.state or current.in_force == day
        if standing.state is current.state and came:
            return _took_effect(track, entry, current, standing, day)
        if standing.state is current.state and (by := _keeping_event(track, day, current.state.id)):
            return _kept(track, entry, current, day, by, end)
        successor = _successor(current, standing, day)
        if successor is None or _is_put_off(current, successor, track):
            by = _displacing_event(track, current, day)
            dropped = (
                successor is None
                and standing.state is before.state
                and _decides(_effects_on(track, by), before.state.id)
            )
            fate: Fate = "dropped" if dropped else "replaced"
            return Outcome(track.track, entry, fate, current, day, by, _firmest_effect(by, track))
        current = successor
    if current.in_force and current.in_force <= end:
        standing = track.standing(current.in_force)
        if standing.state is current.state:
            return _took_effect(track, entry, current, standing, current.in_force)
        # If the event scheduled several states for that day, only the last takes effect.
        by = current.event
        return Outcome(
            track.track, entry, "replaced", current, current.in_force, by, _firmest_effect(by, track)
        )
    return Outcome(track.track, entry, "lapsed" if current.is_overdue(end) else "open", current)


def _is_limit(effect: Effect) -> bool:
    """Return whether an effect sets the last day of a state without naming the following state."""
    return effect.until is not None and not effect.then and is_decided(effect.stage)


def _limit_outcomes(track: TrackHistory, end: date) -> Iterator[Outcome]:
    """Yield an outcome for each last day that an event set.

    An event that only repeats a last day is skipped.
    """
    earlier: list[Effect] = []
    for event, effects in track.steps:
        decided = [effect for effect in effects if is_decided(effect.stage)]
        if event.day > end:
            return
        for effect in decided:
            if _is_limit(effect) and not _repeats((effect,), earlier):
                yield _follow_limit(track, event, effect, end)
        earlier = decided or earlier


def _follow_limit(track: TrackHistory, event: Event, limit: Effect, end: date) -> Outcome:
    """Return the outcome of a limited state: replaced, lapsed or open.

    After the last day, a decision counts only if it is an extension.
    """
    until = limit.until or end
    state = track.track.state(limit.state)
    entry = Pending(state, limit.stage, None, event, limit.note, until=until)
    events = [step[0] for step in track.steps]
    for later, effects in track.steps[events.index(event) + 1 :]:
        if later.day > end:
            break
        decided = [effect for effect in effects if is_decided(effect.stage)]
        if decided and not _repeats(decided, (limit,)):
            instead = _firmest_effect(later, track)
            outcome = Outcome(track.track, entry, "replaced", entry, later.day, later, instead, until)
            if later.day <= until or outcome.extended:
                return outcome
            break
    return Outcome(track.track, entry, "lapsed" if until < end else "open", entry, until=until)


def _repeats(effects: Iterable[Effect], earlier: Collection[Effect]) -> bool:
    """Return whether every effect repeats the state and the last day of an earlier effect."""
    earlier_states = {(effect.state, effect.until) for effect in earlier}
    return all((effect.state, effect.until) in earlier_states for effect in effects)


def _days_after(track: TrackHistory, day: date, end: date) -> Iterator[date]:
    """Yield the days with effects on a track, after ``day`` and up to ``end``."""
    for later in track.step_days[bisect_right(track.step_days, day) :]:
        if later > end:
            return
        yield later


def _took_effect(
    track: TrackHistory, entry: Pending, current: Pending, standing: Standing, day: date
) -> Outcome:
    """Return the outcome of a state that is in force on ``day``. It may have taken effect earlier.

    Args:
        track: the history of the track.
        entry: the pending state.
        current: the latest repetition of the pending state.
        standing: the standing at the end of ``day``.
        day: the day on which the state was in force.
    """
    first, by = day, standing.because
    if standing.since and entry.event.day <= standing.since < day:
        first = standing.since
    if by is None or by.day < entry.event.day:
        by = current.event  # this event repeated a state that was already in force
    return Outcome(track.track, entry, "took-effect", current, first, by)


def _kept(track: TrackHistory, entry: Pending, current: Pending, day: date, by: Event, end: date) -> Outcome:
    """Return the outcome of a pending state that was already in force when an event of ``day`` confirmed it.

    For example, an extension is published before the first period ends. If the pending state was planned for
    a later day and is still in force on that day, the outcome says that it took effect on that day. If that
    day is after ``end`` and the state is still in force at ``end``, the outcome is ``open``. In all other
    cases, the outcome says that the state took effect on ``day``.
    """
    planned = current.in_force or current.meant_for
    if planned and planned > day and track.standing(min(planned, end)).state is current.state:
        if planned > end:
            return Outcome(track.track, entry, "open", current)
        day = planned
    return Outcome(track.track, entry, "took-effect", current, day, by)


def _is_put_off(entry: Pending, successor: Pending, track: TrackHistory) -> bool:
    """Return whether a pending state was postponed because the limited state before it was extended."""
    follows = any(effect.then == entry.state.id for effect in _effects_on(track, entry.event))
    return follows and successor.in_force != entry.in_force


def _effects_on(track: TrackHistory, event: Event) -> list[Effect]:
    return [effect for effect in event.effects if effect.track == track.track.id]


def _firmest_effect(event: Event, track: TrackHistory) -> Effect:
    """Return the decisive effect of an event on a track: the last of its firmest effects."""
    return max(reversed(_effects_on(track, event)), key=lambda effect: RANK[effect.stage])


def _keeping_event(track: TrackHistory, day: date, state: str) -> Event | None:
    """Return the event of ``day`` with an effect that puts a state in force on or before that day.

    ``None`` if there is no such event.
    """
    for event, effects in track.steps:
        of_state = [effect for effect in effects if effect.state == state]
        if event.day == day and any((scheduled_day(effect, event) or date.max) <= day for effect in of_state):
            return event
    return None


def _decides(effects: Iterable[Effect], state: str) -> bool:
    """Return whether one of the effects decides on the given state."""
    return any(effect.state == state and is_decided(effect.stage) for effect in effects)


def _successor(entry: Pending, standing: Standing, day: date) -> Pending | None:
    """Return the new entry if an event of ``day`` repeats a pending state. Otherwise return ``None``."""
    for candidate in standing.pending:
        if candidate.state is entry.state and candidate.event.day == day:
            return candidate
    return None


def _displacing_event(track: TrackHistory, entry: Pending, day: date) -> Event:
    """Return the first event of ``day`` that replaced an entry."""
    needed = min(RANK[entry.stage], RANK["adopted"])
    displacing = [
        event
        for event, effects in track.steps
        if event.day == day and max(RANK[effect.stage] for effect in effects) >= needed
    ]
    return displacing[0]
