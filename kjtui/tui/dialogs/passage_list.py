"""A list of passages with one selected passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from kjtui.documents.layout import Passage
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.paint.line_pane import Line, LinePane, mark_selected

_NEAR = 2
"""Height of an empty line and a heading between two passages.

A step selects the next passage even if these lines are off screen.
"""


class PassageList(LinePane):
    """A list of passages with one selected passage. Subclasses implement :meth:`compose_passages`."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("items")

    class OpenRequested(Message):
        """The user clicked on the selected passage."""

    class Selected(Message):
        """A different passage was selected."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = []
        self._items: list[Passage] = []
        self._starts: list[int] = []  # the first line of each passage
        self._item_of: dict[int, int] = {}  # by line: the passage that it belongs to
        self._sections: dict[str, int] = {}  # the first line of each section
        self._selected = 0
        self._reported: Passage | None = None

    def compose_passages(self, width: int) -> Iterable[Passage]:
        """Compose the passages in lines of at most ``width`` cells."""
        raise NotImplementedError

    @property
    def passages(self) -> Sequence[Passage]:
        """The selectable passages, in order."""
        return self._items

    @property
    def selected_passage(self) -> Passage | None:
        """The selected passage. ``None`` if no passage is selectable."""
        return self._items[self._selected] if self._items else None

    def first_choice(self) -> int:
        """Return the index of the passage to select first."""
        return 0

    def show(self) -> None:
        """Compose all passages again, and select the passage given by :meth:`first_choice`."""
        self._fill()
        self._selected = self.first_choice()
        self.scroll_to(y=0, animate=False, immediate=True)
        self.repaint()

    def repaint(self) -> None:
        """Update the screen. Post :class:`Selected` if a different passage is selected now."""
        super().repaint()
        self._report()

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines)

    def line(self, index: int) -> Line:
        """Return a line. All lines of the selected passage are marked, and its first line has the arrow."""
        line = self._lines[index]
        start, end = self._extent(self._selected)
        if not start <= index < end:
            return line
        return mark_selected(line, self.columns, "▶" if index == start else " ")

    def show_section(self, name: str) -> bool:
        """Scroll to a section and select its first passage. Return whether the section exists."""
        if name not in self._sections:
            return False
        heading = self._sections[name]
        following = [index for index, start in enumerate(self._starts) if start > heading]
        if following:
            self._selected = following[0]
        self._scroll(heading)
        self.repaint()
        return True

    def select_event(self, event: str) -> None:
        """Select the first passage about an event, and scroll until it is visible."""
        for index, item in enumerate(self._items):
            if item.event == event:
                self._selected = index
                start, end = self._extent(index)
                if start < self.scroll_offset.y or end > self.scroll_offset.y + self.rows:
                    self._scroll(start - _NEAR)
                self.repaint()
                return

    def lay_out(self) -> None:
        """Compose the lines for the new width."""
        first = not self._items
        self._fill()
        if first:
            self._selected = self.first_choice()
        super().lay_out()
        self._report()

    def action_select(self, step: int) -> None:
        """Select the next or previous passage.

        If some lines between the selection and that passage are off screen, scroll instead.
        """
        top, bottom, half = self.scroll_offset.y, self.scroll_offset.y + self.rows, max(self.rows // 2, 1)
        start, end = self._extent(self._selected)
        selected = self._selected + step
        if not 0 <= selected < len(self._items):
            self._scroll(top + step * half)
        elif step > 0 and max(end, self._extent(selected)[0] - _NEAR) > bottom:
            self._scroll(top + half)
        elif step < 0 and min(start, self._extent(selected)[1] + _NEAR) < top:
            self._scroll(top - half)
        else:
            self._selected = selected
            self._reveal(step)
            self.repaint()

    def action_page(self, pages: int) -> None:
        """Scroll by pages, and select the first visible passage."""
        self._scroll(self.scroll_offset.y + pages * max(self.rows - 1, 1))
        top = self.scroll_offset.y
        seen = [index for index, start in enumerate(self._starts) if top <= start < top + self.rows]
        if seen:
            self._selected = seen[0]
            self.repaint()

    def action_end(self, way: int) -> None:
        """Select the first or the last passage."""
        self._selected = 0 if way < 0 else max(len(self._items) - 1, 0)
        self._scroll(0 if way < 0 else len(self._lines))
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Select the clicked passage. If it was already selected, request to open it."""
        offset = event.get_content_offset(self)
        item = None if offset is None else self._item_of.get(offset.y + self.scroll_offset.y)
        if item is None:
            return
        if item == self._selected:
            self.post_message(self.OpenRequested())
        self._selected = item
        self.repaint()

    def _report(self) -> None:
        if self.selected_passage is not self._reported:
            self._reported = self.selected_passage
            self.post_message(self.Selected())

    def _fill(self) -> None:
        self._lines, self._items, self._starts, self._item_of, self._sections = [], [], [], {}, {}
        for passage in self.compose_passages(self.columns):
            start = len(self._lines)
            if passage.section:
                self._sections[passage.section] = start
            if passage.selectable:
                self._item_of |= dict.fromkeys(range(start, start + len(passage.lines)), len(self._items))
                self._starts.append(start)
                self._items.append(passage)
            self._lines += passage.lines
        self._selected = min(self._selected, max(len(self._items) - 1, 0))

    def _extent(self, item: int) -> tuple[int, int]:
        """Return the index of the first line of a passage, and of the line after its last line."""
        if not self._items:
            return 0, 0
        return self._starts[item], self._starts[item] + len(self._items[item].lines)

    def _reveal(self, step: int) -> None:
        """Scroll to the selected passage, but never past lines that the user has not seen."""
        start, end = self._extent(self._selected)
        top = self.scroll_offset.y
        if step > 0 and end > top + self.rows:
            top = min(end - self.rows, start, top + self.rows)
        elif step < 0 and start < top:
            top = max(min(start - _NEAR, end), end - self.rows, top - self.rows)
        self._scroll(top)

    def _scroll(self, top: int) -> None:
        top = min(max(top, 0), max(len(self._lines) - self.rows, 0))
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)
