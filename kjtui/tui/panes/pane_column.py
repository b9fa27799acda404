"""The columns of the main screen, and the panes in them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Literal

from textual.containers import Vertical

from kjtui.tui.paint.line_pane import SnapshotPane
from kjtui.tui.state.pane_table import BESIDE_FIRST, PANES, PANES_BY_ID, Pane
from kjtui.tui.state.view import View


def pane_class(pane: Pane) -> type[SnapshotPane]:
    """Import the class of a pane."""
    module, _, name = pane.widget.partition(".")
    widget: type[SnapshotPane] = getattr(import_module(f"kjtui.tui.panes.{module}"), name)
    return widget


def panes_of(side: Literal["left", "right"], view: View) -> Iterator[SnapshotPane]:
    """Create the panes of a column."""
    for pane in PANES:
        if pane.column == side:
            yield pane_class(pane)(view)


class PaneColumn(Vertical):
    """A column of panes."""

    def __init__(self, side: Literal["left", "right"], *panes: SnapshotPane) -> None:
        super().__init__(*panes, id=side, classes="column")
        self._panes = panes
        panes[0].add_class("-first", update=False)

    def mark(self, current_id: str) -> None:
        """Set the CSS classes that select the visible panes on small screens.

        ``-current`` marks the current pane and its column. ``-beside`` also marks a pane and its column: the
        pane that tall screens show below the first pane. If the ``room`` of the current pane in
        ``pane_table.py`` is ``tall`` or ``request``, ``-room-tall`` or ``-room-request`` marks its column.
        """
        current = PANES_BY_ID[current_id]
        beside = BESIDE_FIRST if current is PANES[0] else current
        update = self.is_attached  # before mounting, Textual applies the styles later
        for widget in self._panes:
            classes = {"-current": widget.id == current.id, "-beside": widget.id == beside.id}
            widget.update_classes(classes, update=update)
        is_current = self.id == current.column
        classes = {"-current": is_current, "-beside": self.id == beside.column}
        for room in ("tall", "request"):
            classes[f"-room-{room}"] = is_current and room == current.room
        self.update_classes(classes, update=update)
