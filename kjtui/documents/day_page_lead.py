"""The lead of a day's page: sentences about the current states, the latest change and the next changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from kjtui.history.day_focus import lead_events, planned_meetings, scheduled_states
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_items, join_names, join_sentences, tr
from kjtui.record.partial_date import day_text
from kjtui.words import labels


def day_lead(snapshot: Snapshot) -> str:
    """Return at most three sentences: about the current states, the latest change, and the next changes."""
    counts = [
        _count(sum(standing.state.tone == tone for standing in snapshot.standings), labels.tone_word(tone))
        for tone in labels.tones(standing.state for standing in snapshot.standings)
    ]
    total = len(snapshot.standings)
    states = tr("{total} tracks: {counts}.", total=total, counts=join_items(counts))
    if total == 1:
        states = tr("1 track: {counts}.", counts=join_items(counts))
    return join_sentences((states, _latest(snapshot), _to_come(snapshot)))


def _count(number: int, tone: str) -> str:
    return tr("{number} {tone}", number=number, tone=tone)


def _latest(snapshot: Snapshot) -> str:
    """Return a sentence about the latest change.

    If the latest change was on an earlier day, the sentence also names the main event of the day. If there is
    neither a change nor a main event, return an empty text.
    """
    event = _main_event(snapshot)
    changed = [standing for standing in snapshot.standings if standing.because and standing.since]
    if not changed:
        return tr("This day: {event}.", event=event) if event else ""
    day = max(standing.since for standing in changed if standing.since)
    names = _names(
        (standing.track.name, standing.state.label) for standing in changed if standing.since == day
    )
    if day == snapshot.day:
        return tr("Latest change, {when}: {names}.", when=tr("this day"), names=names)
    when = day_text(day)
    if event:
        return tr("Latest change, {when}: {names}; this day: {event}.", when=when, names=names, event=event)
    return tr("Latest change, {when}: {names}.", when=when, names=names)


def _main_event(snapshot: Snapshot) -> str:
    """Return the title of the most important main event of the day, or an empty text if there is none."""
    titles = (event.title for event in lead_events(snapshot) if event.weight == "main")
    return next(titles, "")


def _to_come(snapshot: Snapshot) -> str:
    """Return a sentence about the next scheduled state or planned meeting.

    If there is none, the sentence gives the next day on which a current state ends. In both cases, the
    sentence also names the decided states whose first day is not set.
    """
    decided = _names(
        (standing.track.name, labels.pending_state(entry, standing))
        for standing in snapshot.standings
        for entry in standing.pending
        if labels.is_firm(entry) and entry.in_force is None
    )
    if coming := _coming(snapshot):
        day, name = _earliest(coming)
        if decided:
            return tr(
                "Next, set for {day}: {name}; decided, no day set: {decided}.",
                day=day_text(day),
                name=name,
                decided=decided,
            )
        return tr("Next, set for {day}: {name}.", day=day_text(day), name=name)
    ends = [
        (standing.until, standing.track.name, standing.state.label)
        for standing in snapshot.standings
        if standing.until and standing.until >= snapshot.day
    ]
    if ends:
        day, name = _earliest(ends)
        if decided:
            return tr(
                "Stated last day, {day}: {name}; decided, no day set: {decided}.",
                day=day_text(day),
                name=name,
                decided=decided,
            )
        return tr("Stated last day, {day}: {name}.", day=day_text(day), name=name)
    if decided:
        return tr("Decided, no day set: {decided}.", decided=decided)
    return tr("No change of a status is set for a later day.")


def _coming(snapshot: Snapshot) -> list[tuple[date, str, str]]:
    """Return the scheduled states and the planned meetings as tuples of day, name and state.

    For a state, the name is the name of the track. For a meeting, the third item of the tuple is empty.
    """
    coming: list[tuple[date, str, str]] = []
    for day, standing, entry in scheduled_states(snapshot):
        coming.append((day, standing.track.name, labels.pending_state(entry, standing)))
    for day, state in planned_meetings(snapshot):
        coming.append((day, state.meeting.name, ""))
    return coming


def _earliest(dated: Sequence[tuple[date, str, str]]) -> tuple[date, str]:
    """Return the earliest day, and the names and states of all items on that day."""
    first = min(day for day, _, _ in dated)
    return first, _names((name, state) for day, name, state in dated if day == first)


def _names(items: Iterable[tuple[str, str]]) -> str:
    """Return names with their states. A state shared by several names is shown once, after the last name."""
    by_state: dict[str, dict[str, None]] = {}
    for name, state in items:
        by_state.setdefault(state, {})[name] = None
    groups = [_with_state(join_names(names), state) for state, names in by_state.items()]
    return tr("{group}; {next_group}", group="", next_group="").join(groups)


def _with_state(names: str, state: str) -> str:
    return tr("{names}, {state}", names=names, state=state) if state else names
