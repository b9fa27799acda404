"""The panes of the main screen. Add a pane here, and its key, tab, command and help follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from textual.containers import Vertical

from kjtui.tui.paint.line_pane import SnapshotPane
from kjtui.tui.panes.lanes import LanesPane
from kjtui.tui.panes.meeting import MeetingPane
from kjtui.tui.panes.status import StatusPane
from kjtui.tui.panes.timeline import Timeline

PANES: tuple[type[SnapshotPane], ...] = (Timeline, StatusPane, MeetingPane, LanesPane)
"""Every pane, in the order of the tabs and within the columns. The first is shown first."""

BESIDE_FIRST = MeetingPane
"""The pane that a tall, narrow screen shows below the first one until another is selected."""


class PaneColumn(Vertical):
    """A column of panes."""

    def __init__(self, side: Literal["left", "right"], panes: Sequence[SnapshotPane]) -> None:
        super().__init__(*panes, id=side, classes="column")
        self._panes = panes
        panes[0].add_class("-first", update=False)

    def mark(self, current: str) -> None:
        """Set the classes by which the style sheet shows panes where there is no room for all.

        ``-current`` is the current pane and its column, ``-beside`` the pane that a tall screen shows below
        the first one and its column, and ``-room-…`` tells a column the ``ROOM`` of its current pane.
        """
        pane = next(pane for pane in PANES if current == pane.ID)
        beside = BESIDE_FIRST if pane is PANES[0] else pane
        update = self.is_attached  # else the style is applied when it is
        for child in self._panes:
            classes = {"-current": isinstance(child, pane), "-beside": isinstance(child, beside)}
            child.update_classes(classes, update=update)
        classes = {"-current": self.id == pane.COLUMN, "-beside": self.id == beside.COLUMN}
        for room in ("tall", "request"):
            classes[f"-room-{room}"] = self.id == pane.COLUMN and room == pane.ROOM
        self.update_classes(classes, update=update)
