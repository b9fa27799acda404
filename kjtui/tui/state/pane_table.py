"""The table of panes.

A row defines the key, tab, border, command and help of a pane. To add a pane, add a row here and a class in
``kjtui/tui/panes/``. A row contains only the name of the class. Keys and dialogs can therefore use the table
without importing the panes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct


class Pane(Struct, frozen=True):
    """A pane of the main screen.

    Attributes:
        id: Id of the widget. The command ``pane.<id>`` shows the pane.
        number: The digit key that shows the pane.
        title: Title in the border, the tabs and the palette.
        help: Short description of the content, for help and palette.
        widget: Name of the module in ``kjtui.tui.panes`` and name of the class, separated by a dot.
        column: Column of the pane on wide screens.
        selects: The kind of item that the up and down keys select and the enter key opens.
        room: The condition for showing the pane on a wide screen. ``always``: at any height. ``tall``: if the
            screen is tall enough. ``request``: only while the pane is the current pane. If a current pane
            would otherwise be hidden, it replaces the other panes in its column.
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
        "The selected meeting, or the meeting of the day",
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
"""All panes, in the order of the tabs.

Within a column, the panes are in the same order. The first pane is the current pane at the start.
"""

PANES_BY_ID: Mapping[str, Pane] = {pane.id: pane for pane in PANES}

BESIDE_FIRST = PANES_BY_ID["meeting"]
"""The pane below the first pane on tall, narrow screens."""
