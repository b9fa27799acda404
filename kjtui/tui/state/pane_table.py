"""The table of panes. Key, tab, border, command and help of a pane derive from its row.

To add a pane, add a row here and a class in ``kjtui/tui/panes/``. The rows name the classes, so that keys and
dialogs know the panes without importing them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct


class Pane(Struct, frozen=True):
    """A pane of the main screen.

    Attributes:
        id: Widget id; the command that shows the pane is ``pane.<id>``.
        number: Key that shows the pane.
        title: Title in the border, the tabs and the palette.
        help: Content of the pane in a few words, for help and palette.
        widget: Module in ``kjtui.tui.panes`` and class, separated by a dot.
        column: Column of the pane on wide screens.
        selects: The kind of item that the up and down keys select, and the enter key opens.
        room: When a wide screen shows the pane: always, if the screen is not low, or only while the pane is
            current. A current pane without room replaces the others in its column.
    """

    id: str
    number: int
    title: str
    help: str
    widget: str
    column: Literal["left", "right"] = "right"
    selects: Literal["event", "track", "meeting"] = "event"
    room: Literal["always", "tall", "request"] = "always"


PANES: tuple[Pane, ...] = (
    Pane("timeline", 1, "Timeline", "Every event, and the cursor", "timeline.Timeline", column="left"),
    Pane(
        "status",
        2,
        "Status",
        "Status and pending changes of every track",
        "status.StatusPane",
        selects="track",
    ),
    Pane(
        "meeting",
        3,
        "Meeting",
        "The meeting selected by m or M, or the day's",
        "meeting.MeetingPane",
        selects="meeting",
    ),
    Pane(
        "lanes",
        4,
        "Lanes",
        "Each track's states over the whole record",
        "lanes.LanesPane",
        column="left",
        selects="track",
        room="tall",
    ),
)
"""Every pane, in the order of the tabs and within the columns. The first is shown first."""

PANES_BY_ID: Mapping[str, Pane] = {pane.id: pane for pane in PANES}

BESIDE_FIRST = PANES_BY_ID["meeting"]
"""The pane below the first pane on tall, narrow screens."""
