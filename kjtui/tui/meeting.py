"""The meeting pane: the meeting that matters on the day, the one before it, and those planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from kjtui.exports import labels
from kjtui.exports.wrap import cells, fit, wrap
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.partial_date import day_text
from kjtui.tui.line_pane import ComposedPane, Line

_LABEL = 9


class MeetingPane(ComposedPane):
    """Days, form, place, heads, agenda and outcome of meetings, as far as they were known on the day."""

    ID = "meeting"
    NUMBER = 3
    TITLE = "Meeting"
    HELP = "The meeting that matters on the day"
    SELECTS: ClassVar[Literal["event", "track", "meeting"]] = "meeting"
    DEFAULT_CSS = "MeetingPane { height: 1fr; }"

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose the current meeting, the one before it in its series, and the planned ones."""
        width = max(width - 1, 12)
        current, planned = snapshot.meeting, snapshot.meetings.planned
        if current is None and not planned:
            yield ((" No meeting is known of.", "dim"),)
        if current:
            yield from _in_full(current, snapshot, width)
            yield from _before(current, snapshot, width)
        for state in planned:
            yield ()
            yield from _in_full(state, snapshot, width)


def _in_full(state: MeetingState, snapshot: Snapshot, width: int) -> Iterator[Line]:
    status = labels.spoken(state.status).upper()
    style = "accent" if state.status == "under-way" else "heading"
    for index, text in enumerate(wrap(state.meeting.name, max(width - cells(status) - 3, 8))):
        tail = f" {status}" if index == 0 else ""
        yield ((f" {fit(text, width - 1 - cells(tail))}", "strong"), (tail, style))
    yield from _rows("", f"{labels.meeting_days(state)}{_distance(state, snapshot)}", width)
    yield from _rows("", labels.meeting_form(state), width, "dim")
    for code, head in state.heads.items():
        yield from _rows(code, head, width)
    yield from _rows("Agenda", state.agenda, width)
    yield from _rows("Outcome", state.outcome, width)


def _before(current: MeetingState, snapshot: Snapshot, width: int) -> Iterator[Line]:
    last = snapshot.meetings.before(current)
    if last:
        day = day_text(last.first_day) if last.first_day else labels.meeting_days(last)
        text = f"{last.meeting.short or last.meeting.name}, {day}{_distance(last, snapshot)}"
        yield from _rows("Before", text, width, "dim")


def _rows(label: str, text: str, width: int, style: str = "") -> Iterator[Line]:
    """Wrap a text beside its label."""
    indent = _LABEL if label else 0
    for index, row in enumerate(wrap(text, width - 1 - indent)):
        yield ((f" {fit(label if index == 0 else '', indent)}", "dim"), (row, style))


def _distance(state: MeetingState, snapshot: Snapshot) -> str:
    """Say how far a meeting is from the day; nothing while it is held."""
    first, last = state.first_day, state.last_day
    if first is None or last is None or first <= snapshot.day <= last:
        return ""
    if snapshot.day < first:
        return f", in {labels.days((first - snapshot.day).days)}"
    ago = labels.days((snapshot.day - last).days)
    return f", {ago} ago" if state.status != "planned" else f", {ago} ago by plan; nothing more is known"
