"""The first line: the day, how far it is from the last change and the next one set, and the coverage."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.history.snapshot import Snapshot
from kjtui.record.width import cells, fit
from kjtui.text import words
from kjtui.tui.lines import Line, SnapshotPane


class Headline(SnapshotPane, can_focus=False):
    """One line that always says which day this is."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="headline")

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Day, distance, and on the right what this record is."""
        day = f" {words.long_day(snapshot.day)} "
        told = f" {distance(snapshot)} "
        if snapshot.covered:
            right, style = f" {snapshot.record.dataset.title} ", "dim"
        else:
            right, style = " outside the coverage ", "warning"
        room = width - cells(day) - cells(right)
        if snapshot.covered and room < cells(told):
            right, room = "", width - cells(day)
        yield ((day, "accent"), (fit(told, max(room, 0)), ""), (right, style))


def distance(snapshot: Snapshot) -> str:
    """What changed last and what is set to change next, in days."""
    changed = [s for s in snapshot.standings if s.since and s.because and s.since <= snapshot.day]
    parts = []
    if changed:
        last = max(changed, key=lambda standing: standing.since or snapshot.day)
        age = last.age(snapshot.day) or 0
        what = f"{last.track.short or last.track.name}: {last.state.short or last.state.label}"
        parts.append(f"{words.days(age)} since {what}" if age else f"today {what}")
    coming = [entry for standing in snapshot.standings for entry in standing.pending if entry.in_force]
    if coming:
        entry = min(coming, key=lambda entry: entry.in_force or snapshot.day)
        left = ((entry.in_force or snapshot.day) - snapshot.day).days
        parts.append(f"{words.days(left)} until {entry.state.short or entry.state.label}")
    return " · ".join(parts)
