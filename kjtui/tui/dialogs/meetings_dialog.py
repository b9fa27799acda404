"""All meetings of the record, to go to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kjtui.history.meetings import Stop
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Meeting
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.keys.command_table import bindings
from kjtui.words import labels
from kjtui.words.wrap import fit

_DATE = 12
_AFTER = 4
"""Meetings after the highlighted one that are in sight."""


class MeetingsDialog(Dialog[Stop | None]):
    """List all meetings by day, those not known of on the day dimmed; return the one that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("meetings")

    def __init__(self, snapshot: Snapshot, shown: str) -> None:
        super().__init__()
        self._snapshot, self._shown = snapshot, shown
        self._rounds = False
        self._stops: list[Stop] = []

    def compose(self) -> ComposeResult:
        """Compose the list and the line of keys."""
        with Vertical(classes="dialog reader"):
            yield Static(id="count", markup=False)
            yield ChoiceList(markup=False)
            yield Hint("meetings")

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def action_rounds(self) -> None:
        """List numbered rounds with their sessions only, or all meetings again."""
        self._rounds = not self._rounds
        self._fill()

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Return the meeting."""
        self.dismiss(self._stops[event.option_index])

    def _fill(self) -> None:
        """List the meetings, and highlight the one that is shown, or else the last one up to the day."""
        stops = self._snapshot.history.meeting_stops
        self._stops = [stop for stop in stops if not self._rounds or _numbered(stop.meeting)]
        choices = self.query_one(ChoiceList)
        choices.clear_options()
        order = {stop.meeting.id: position for position, stop in enumerate(self._stops)}
        choices.add_options([self._option(stop, order) for stop in self._stops])
        past = sum(stop.day <= self._snapshot.day for stop in self._stops)
        choices.highlighted = order.get(self._shown, max(past - 1, 0))
        self.call_after_refresh(self._reveal_next)
        what = "numbered rounds and their sessions" if self._rounds else "meetings"
        self.query_one("#count", Static).update(f"{len(self._stops)} {what}")

    def _reveal_next(self) -> None:
        """Scroll so that what comes after the highlighted meeting is in sight too."""
        choices = self.query_one(ChoiceList)
        shown = choices.highlighted or 0
        with choices.prevent(OptionList.OptionHighlighted):
            for index in (min(shown + _AFTER, choices.option_count - 1), shown):
                choices.highlighted = index

    def _option(self, stop: Stop, order: Mapping[str, int]) -> Option:
        state = self._snapshot.meetings.of(stop.meeting.id)
        name = f"{_branch(stop.meeting, order)}{stop.meeting.name}"
        if state is None:
            return Option(Content.styled(f"{day_text(stop.day):>{_DATE - 1}} {name}", "$line-ahead"))
        day = day_text(state.first_day) if state.first_day else labels.meeting_days(state)
        return Option(
            Content.assemble(
                (fit(f"{day:>{_DATE - 1}}", _DATE), "$line-dim"),
                (name, "bold" if stop.meeting.round else ""),
                (f"  {labels.spoken(state.status)}" if state.status != "held" else "", "$accent"),
            )
        )


def _branch(meeting: Meeting, order: Mapping[str, int]) -> str:
    """Return the sign of a session, which points to the meeting that it is of: below it or above."""
    if not meeting.part_of:
        return ""
    return "┌ " if order.get(meeting.part_of, -1) > order[meeting.id] else "└ "


def _numbered(meeting: Meeting) -> bool:
    return meeting.round is not None or meeting.part_of is not None
