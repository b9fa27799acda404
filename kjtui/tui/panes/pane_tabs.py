"""The tabs: the names of the panes, on screens that show one at a time."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.reactive import var

from kjtui.languages import tr
from kjtui.tui.paint.line_pane import Line, LinePane, Span
from kjtui.tui.state.pane_table import PANES
from kjtui.words.wrap import cells


class PaneTabs(LinePane, can_focus=False):
    """One line of pane names; a click on a name selects the pane."""

    class PaneSelected(Message):
        """The reader clicked on the name of a pane."""

        def __init__(self, pane: str) -> None:
            super().__init__()
            self.pane = pane

    pane: var[str] = var(PANES[0].id)
    """The id of the current pane."""

    def __init__(self) -> None:
        super().__init__(id="tabs")

    def line_count(self) -> int:
        """Return 1."""
        return 1

    def line(self, index: int) -> Line:
        """Return the key and the title of each pane, the current one marked as selected."""
        spans: list[Span] = []
        for pane in PANES:
            spans.append((f" {pane.number} {tr(pane.title)} ", "selected" if self.pane == pane.id else "dim"))
            spans.append((" ", ""))
        return tuple(spans)

    def watch_pane(self) -> None:
        """Highlight the current pane."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Select the pane that was clicked."""
        offset = event.get_content_offset(self)
        x = -1 if offset is None else offset.x
        for (text, _), pane in zip(self.line(0)[::2], PANES, strict=True):
            if 0 <= x < cells(text):
                self.post_message(self.PaneSelected(pane.id))
            x -= cells(text) + 1
