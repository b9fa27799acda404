"""The tabs: the names of the panes, on screens that show one pane at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual import events
from textual.message import Message
from textual.reactive import var

from kjtui.languages import tr
from kjtui.tui.paint.line_pane import Line, LinePane, Span, line_width
from kjtui.tui.state.pane_table import PANES
from kjtui.words.wrap import cells, first_fit


class PaneTabs(LinePane, can_focus=False):
    """One line of pane names; a click on a name selects the pane."""

    class PaneSelected(Message):
        """The user clicked on the name of a pane."""

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
        """Return the key and the title of each pane. The current pane is marked as selected."""
        return first_fit(self._forms(), self.columns, line_width)

    def _forms(self) -> Iterator[Line]:
        """Yield the forms of the line, longest first.

        The second form has no gaps between the titles. The third form has the numbers of all panes, but only
        the title of the current pane.
        """
        titles = {pane.id: f" {pane.number} {tr(pane.title)} " for pane in PANES}
        for gap in (" ", ""):
            yield self._spans(titles, gap)
        numbers = {pane.id: f" {pane.number} " for pane in PANES}
        yield self._spans(numbers | {self.pane: titles[self.pane]}, "")

    def _spans(self, titles: Mapping[str, str], gap: str) -> Line:
        spans: list[Span] = []
        for pane, title in titles.items():
            spans += [(title, "selected" if pane == self.pane else "dim"), (gap, "")]
        return tuple(spans)

    def watch_pane(self) -> None:
        """Highlight the current pane."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Select the pane that was clicked."""
        offset = event.get_content_offset(self)
        x = -1 if offset is None else offset.x
        line = self.line(0)
        for (text, _), (gap, _), pane in zip(line[::2], line[1::2], PANES, strict=True):
            if 0 <= x < cells(text):
                self.post_message(self.PaneSelected(pane.id))
            x -= cells(text) + cells(gap)
