"""The first line: the day, how far it is from the last change and the next one set, and the coverage."""

from __future__ import annotations

from collections.abc import Iterator

from textual.reactive import var

from kjtui.exports import labels
from kjtui.exports.wrap import cells, fit
from kjtui.history.fold import Standing
from kjtui.history.search import Filter
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import State
from kjtui.record.partial_date import day_text
from kjtui.tui.filters import filter_label
from kjtui.tui.line_pane import ComposedPane, Line


class DayHeader(ComposedPane, can_focus=False):
    """One line that always shows the day, and the filter while there is one."""

    ID = "headline"

    pinned: var[Snapshot | None] = var(None)
    """The day to compare with."""
    filter: var[Filter] = var(Filter())

    def watch_pinned(self) -> None:
        """Show how far the two days are apart."""
        self.recompose_lines()

    def watch_filter(self) -> None:
        """Show the filter."""
        self.recompose_lines()

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose the line: the day, its distances, and on the right the filter or the record's title."""
        day = f" {labels.long_day(snapshot.day)} "
        limit = filter_label(self.filter, snapshot.record)
        if limit:
            room = min(cells(limit), max(width - cells(day) - cells("  (esc) "), 0))
            right, style = f" {fit(limit, room)} (esc) ", "warning"
        elif snapshot.covered:
            right, style = f" {snapshot.record.dataset.title} ", "dim"
        else:
            right, style = " outside the coverage ", "warning"
        parts = self._compared(snapshot) or distances(snapshot)
        room = max(width - cells(day) - cells(right), 0)
        if snapshot.covered and not limit and room < cells(_join(parts)):
            right, room = "", max(width - cells(day), 0)
        while len(parts) > 1 and room < cells(_join(parts)):
            parts.pop()
        yield ((day, "accent"), (fit(_join(parts), room), ""), (right, style))

    def _compared(self, snapshot: Snapshot) -> list[str]:
        if self.pinned is None:
            return []
        days = abs((snapshot.day - self.pinned.day).days)
        way = "after" if snapshot.day >= self.pinned.day else "before"
        return [f"{labels.days(days)} {way} {day_text(self.pinned.day)}", "c compares", "esc unpins"]


def distances(snapshot: Snapshot) -> list[str]:
    """Say how many days ago the last change was and in how many the next one is set."""
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


def _join(parts: list[str]) -> str:
    return f" {' · '.join(parts)} "


def _change(standing: Standing, state: State) -> str:
    return f"{standing.track.short or standing.track.name}: {state.short or state.label}"
