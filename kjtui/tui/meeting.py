"""The meeting that matters on the day, the one before it in its series, and those planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.reactive import var

from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.width import cells, fit
from kjtui.text import words
from kjtui.text.wrap import wrap
from kjtui.tui.lines import Line, LinePane

_LABEL = 9


class MeetingPane(LinePane):
    """When, how, where, who, what about and with what result, as far as was known that day."""

    BORDER_TITLE: ClassVar[str] = "3 Meeting"

    snapshot: var[Snapshot | None] = var(None)

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(id="meeting", classes="pane")
        self.set_reactive(MeetingPane.snapshot, snapshot)
        self._lines: list[Line] = []

    def line_count(self) -> int:
        """The lines of the day."""
        return len(self._lines)

    def line(self, index: int) -> Line:
        """A line of what is known."""
        return self._lines[index]

    def watch_snapshot(self) -> None:
        """Show another day."""
        if self.is_mounted:
            self._lines = list(self._compose_lines())
            self.repaint()

    def relayout(self) -> None:
        """Wrap to the width."""
        self._lines = list(self._compose_lines())
        super().relayout()

    def _compose_lines(self) -> Iterator[Line]:
        if self.snapshot is None:
            return
        current, planned = self.snapshot.meeting, self.snapshot.planned
        if current is None and not planned:
            yield ((" No meeting is known of.", "dim"),)
        if current:
            yield from self._in_full(current, self.snapshot)
            yield from self._before(current, self.snapshot)
        for state in planned:
            yield ()
            yield from self._in_full(state, self.snapshot)

    def _in_full(self, state: MeetingState, snapshot: Snapshot) -> Iterator[Line]:
        width = max(self.columns - 1, 12)
        status = words.STATUS_WORDS[state.status].upper()
        style = "accent" if state.status == "under-way" else "heading"
        name = wrap(state.meeting.name, max(width - cells(status) - 3, 8))
        for index, text in enumerate(name):
            tail = f" {status}" if index == 0 else ""
            yield ((f" {fit(text, width - 1 - cells(tail))}", "strong"), (tail, style))
        rows = [
            ("", f"{words.meeting_days(state)}{_distance(state, snapshot)}"),
            ("", words.meeting_form(state)),
            *((code, head) for code, head in state.heads.items()),
            ("Agenda", state.agenda),
            ("Outcome", state.outcome),
        ]
        for label, text in rows:
            indent = _LABEL if label else 0
            for index, row in enumerate(wrap(text, width - 1 - indent)):
                lead = f" {fit(label if index == 0 else '', indent)}"
                yield ((lead, "dim"), (row, "" if label else "dim" if text == rows[1][1] else ""))

    def _before(self, current: MeetingState, snapshot: Snapshot) -> Iterator[Line]:
        series = [
            state
            for state in snapshot.meetings
            if state.meeting.series == current.meeting.series and state.status == "held"
        ]
        earlier = series[: series.index(current)] if current in series else series
        if earlier:
            last = earlier[-1]
            text = f"{last.meeting.short or last.meeting.name}, {words.meeting_days(last)}"
            width = max(self.columns - 1, 12)
            for index, row in enumerate(wrap(text + _distance(last, snapshot), width - 1 - _LABEL)):
                yield ((f" {fit('Before' if index == 0 else '', _LABEL)}", "dim"), (row, "dim"))


def _distance(state: MeetingState, snapshot: Snapshot) -> str:
    """How far a meeting lies from the day; empty on the day itself."""
    first, last = state.first_day, state.last_day
    if first is None or last is None or first <= snapshot.day <= last:
        return ""
    if snapshot.day < first:
        return f", in {words.days((first - snapshot.day).days)}"
    ago = words.days((snapshot.day - last).days)
    return f", {ago} ago" if state.status != "planned" else f", {ago} ago by plan; nothing more is known"
