"""The kinds of cursor moves, by name. The command table refers to these names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from kjtui.history.meetings import Stop
from kjtui.history.snapshot import History
from kjtui.languages import tr
from kjtui.record.partial_date import day_text
from kjtui.tui.state.cursor import Cursor


class Move(Struct, frozen=True):
    """A kind of move. Most kinds can go forward or backward.

    Attributes:
        function: Returns the moved cursor, or ``None`` if there is nowhere to move.
        at_start: Notice if there is no earlier item.
        at_end: Notice if there is no later item.
        pane: Id of the pane to show after the move. Empty if the result is visible in every pane.
    """

    function: Callable[[Cursor, History, int], Cursor | None]
    at_start: str
    at_end: str
    pane: str = ""

    def notice(self, history: History, step: int) -> str:
        """Return the notice to show if the move is impossible."""
        text = self.at_end if step > 0 else self.at_start
        return tr(text, first=day_text(history.first_day), last=day_text(history.last_day))


def covered_stops(history: History) -> Sequence[Stop]:
    """Return the meetings within the coverage of the record. If there are none, return all meetings."""
    stops = [stop for stop in history.meeting_stops if stop.day in history.record.dataset.coverage]
    return stops or history.meeting_stops


_BEGINS, _ENDS = "The record begins on {first}", "The record ends on {last}"

MOVES: Mapping[str, Move] = {
    "day": Move(Cursor.by_days, _BEGINS, _ENDS),
    "month": Move(Cursor.by_months, _BEGINS, _ENDS),
    "event": Move(Cursor.by_event, "No earlier event", "No later event", "timeline"),
    "change": Move(Cursor.by_change, "No earlier change of status", "No later change of status"),
    "meeting": Move(Cursor.by_meeting, "No earlier meeting", "No later meeting", "meeting"),
    "round": Move(
        partial(Cursor.by_meeting, rounds=True),
        "No earlier numbered round of meetings",
        "No later numbered round of meetings",
        "meeting",
    ),
    "back": Move(lambda cursor, history, _: cursor.to_back(history), "No earlier position to go back to", ""),
}
"""All kinds of moves, by name. The command table refers to these names."""
