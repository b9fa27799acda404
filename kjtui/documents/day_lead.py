"""The lead of a day's page: the current states, the last change and the next change, as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.partial_date import day_text
from kjtui.words import labels


def day_lead(snapshot: Snapshot) -> str:
    """Return the current states, the last change and the next change, as sentences."""
    counts = [
        _count(sum(standing.state.tone == tone for standing in snapshot.standings), labels.tone_word(tone))
        for tone in labels.tones(standing.state for standing in snapshot.standings)
    ]
    total = len(snapshot.standings)
    sentences = [tr("{total} tracks: {counts}.", total=total, counts=", ".join(counts))]
    changed = [standing for standing in snapshot.standings if standing.because and standing.since]
    if changed:
        day = max(standing.since for standing in changed if standing.since)
        names = (
            f"{standing.track.name}, {standing.state.label}" for standing in changed if standing.since == day
        )
        when = tr("this day") if day == snapshot.day else day_text(day)
        sentences.append(tr("Latest change, {when}: {names}.", when=when, names="; ".join(names)))
    sentences.append(_next(snapshot))
    return " ".join(sentences)


def _count(number: int, tone: str) -> str:
    return tr("{number} {tone}", number=number, tone=tone)


def _next(snapshot: Snapshot) -> str:
    """Return the next scheduled change, meeting or end of a state."""
    coming = [
        (entry.in_force, f"{standing.track.name}, {entry.state.label}")
        for standing in snapshot.standings
        for entry in standing.pending
        if entry.in_force
    ]
    coming += [
        (state.first_day, state.meeting.name)
        for state in snapshot.meetings.planned
        if state.first_day and state.first_day > snapshot.day
    ]
    ends = [
        (standing.until, f"{standing.track.name}, {standing.state.label}")
        for standing in snapshot.standings
        if standing.until and standing.until >= snapshot.day
    ]
    if coming:
        day, names = _earliest(coming)
        return tr("Next, set for {day}: {name}.", day=day_text(day), name=names)
    if ends:
        day, names = _earliest(ends)
        return tr("Until {day}, by its own text: {name}.", day=day_text(day), name=names)
    return tr("Nothing is set for a later day.")


def _earliest(dated: Sequence[tuple[date, str]]) -> tuple[date, str]:
    """Return the earliest day, and the names of all items of that day."""
    first = min(day for day, _ in dated)
    return first, "; ".join(dict.fromkeys(name for day, name in dated if day == first))
