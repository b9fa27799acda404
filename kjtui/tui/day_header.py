"""The first line: the day, how far it is from the last change and the next one set, and the coverage."""

from __future__ import annotations

from collections.abc import Iterator

from textual.reactive import var

from kjtui.exports import labels
from kjtui.exports.wrap import cells, fit
from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import State
from kjtui.record.partial_date import day_text
from kjtui.tui.line_pane import Line, SnapshotPane


class DayHeader(SnapshotPane, can_focus=False):
    """One line that always says which day this is."""

    pinned: var[Snapshot | None] = var(None)
    """The day that others are compared with."""
    mode: var[str] = var("")
    """What the screen is limited to, such as a filter: always said while it is on."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="headline")

    def watch_pinned(self) -> None:
        """Tell how far the two days lie apart, or no longer."""
        self.compose_anew()

    def watch_mode(self) -> None:
        """Tell what the screen is limited to, or no longer."""
        self.compose_anew()

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Day, distance, and on the right what this record is."""
        day = f" {labels.long_day(snapshot.day)} "
        if self.mode:
            room = min(cells(self.mode), max(width - cells(day) - cells("  (esc) "), 0))
            right, style = f" {fit(self.mode, room)} (esc) ", "warning"
        elif snapshot.covered:
            right, style = f" {snapshot.record.dataset.title} ", "dim"
        else:
            right, style = " outside the coverage ", "warning"
        told = self._compared(snapshot) or distance(snapshot)
        room = max(width - cells(day) - cells(right), 0)
        if snapshot.covered and not self.mode and room < cells(_join(told)):
            right, room = "", max(width - cells(day), 0)
        while len(told) > 1 and room < cells(_join(told)):
            told.pop()
        yield ((day, "accent"), (fit(_join(told), room), ""), (right, style))

    def _compared(self, snapshot: Snapshot) -> list[str]:
        if self.pinned is None:
            return []
        days = abs((snapshot.day - self.pinned.day).days)
        way = "after" if snapshot.day >= self.pinned.day else "before"
        return [f"{labels.days(days)} {way} {day_text(self.pinned.day)}", "c compares", "esc unpins"]


def _join(told: list[str]) -> str:
    return f" {' · '.join(told)} "


def distance(snapshot: Snapshot) -> list[str]:
    """What changed last and what is set to come next, in days; the more telling first."""
    changed = [s for s in snapshot.standings if s.since and s.because and s.since <= snapshot.day]
    parts: list[str] = []
    if changed:
        last = max(changed, key=lambda standing: standing.since or snapshot.day)
        age = last.age(snapshot.day) or 0
        what = _change(last, last.state)
        parts.append(f"{labels.days(age)} since {what}" if age else f"today {what}")
    coming = [
        (entry.in_force, _change(standing, entry.state))
        for standing in snapshot.standings
        for entry in standing.pending
        if entry.in_force
    ]
    coming += [
        (state.first_day, f"the {state.meeting.short or state.meeting.name}")
        for state in snapshot.meetings.planned
        if state.first_day and state.first_day > snapshot.day
    ]
    if coming:
        day, what = min(coming, key=lambda entry: entry[0])
        parts.append(f"{labels.days((day - snapshot.day).days)} until {what}")
    return parts


def _change(standing: Standing, state: State) -> str:
    return f"{standing.track.short or standing.track.name}: {state.short or state.label}"
