"""The names of the panes, on screens that show one at a time."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.reactive import var

from kjtui.tui.line_pane import Line, LinePane

PANES = {"timeline": "Timeline", "status": "Status", "meeting": "Meeting", "lanes": "Lanes"}
"""The panes by id, in the order of their keys."""


class PaneTabs(LinePane, can_focus=False):
    """One line; a click shows the pane named."""

    shown: var[str] = var("timeline")

    class Picked(Message):
        """The reader pointed at a pane's name."""

        def __init__(self, pane: str) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self) -> None:
        super().__init__(id="tabs")

    def line_count(self) -> int:
        """One."""
        return 1

    def line(self, index: int) -> Line:
        """Key and name of each pane."""
        return tuple(
            (f"{key} {name}  ", "strong" if pane == self.shown else "dim")
            for key, (pane, name) in enumerate(PANES.items(), 1)
        )

    def watch_shown(self) -> None:
        """Mark the pane that is shown."""
        if self.is_mounted:
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Show the pane that was clicked."""
        offset = event.get_content_offset(self)
        x = -1 if offset is None else offset.x
        for (text, _), pane in zip(self.line(0), PANES, strict=True):
            if 0 <= x < len(text):
                self.post_message(self.Picked(pane))
            x -= len(text)
