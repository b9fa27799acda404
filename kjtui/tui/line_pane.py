"""The pane all panes are made of: lines of styled text, of which only what changed is painted again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.color import Color
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kjtui.exports.wrap import cells
from kjtui.history.snapshot import Snapshot

Span = tuple[str, str]
"""Text and the name of its style; empty for the pane's own."""

Line = tuple[Span, ...]


_STYLES: Mapping[str, tuple[str, str, bool]] = {
    "heading": ("line-dim", "", True),
    "strong": ("foreground", "", True),
    "dim": ("line-dim", "", False),
    "ahead": ("line-ahead", "", False),
    "accent": ("accent", "", True),
    "cursor": ("accent", "", False),
    "selected": ("line-selected-text", "line-selected", True),
    "found": ("line-found-text", "line-found", False),
    "warning": ("warning", "", True),
    "free": ("tone-free", "", False),
    "eased": ("tone-eased", "", False),
    "controlled": ("tone-controlled", "", False),
    "idle": ("tone-idle", "", False),
}
"""Colour, colour behind and weight of each style, as variables of the theme. They are no component classes:
Textual would work out every one of these for every pane before the first paint."""


class LinePane(ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolling pane of lines.

    Subclasses say how many lines there are and what each holds; :meth:`repaint` compares what is on
    screen with what should be there and paints the cells that differ, however many lines there are.
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, *, id: str, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._painted: dict[int, Line] = {}
        self._style_of: dict[str, Style] = {}
        self.columns = self.rows = 0
        """The room for lines, in cells: measured before lines are asked for, since Textual works it out
        anew each time."""

    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def line(self, index: int) -> Line:
        """What a line holds."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Bring the screen up to date with :meth:`line`, painting only cells that differ."""
        self._measure()
        if not (self.columns and self.rows):
            return  # nothing is on screen yet
        self._count()
        top, count = self.scroll_offset.y, self.line_count()
        for row, painted in self._painted.items():
            index = row + top
            line = self.line(index) if index < count else ()
            if line != painted:
                first, last = _difference(painted, line)
                self.refresh(Region(first, row, max(last - first, 1), 1))

    def _count(self) -> None:
        """Tell Textual how many lines there are; a new layout only where that changes the pane's height."""
        size = Size(1, self.line_count())
        if size == self.virtual_size:
            return
        if self.styles.is_auto_height:
            self.virtual_size = size
            return
        self.set_reactive(ScrollView.virtual_size, size)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)

    def _measure(self) -> None:
        room = self.scrollable_content_region.size
        if room != (self.columns, self.rows):
            self.columns, self.rows = room
            self._painted.clear()
            self.lay_out()

    def lay_out(self) -> None:
        """Fit the lines into new room: before they are painted in it for the first time."""
        self._count()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Some rows of the pane, for Textual."""
        self._measure()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the pane, for Textual."""
        index = y + self.scroll_offset.y
        line = self.line(index) if index < self.line_count() else ()
        self._painted[y] = line
        strip = Strip([Segment(text, self._style(style)) for text, style in line])
        return strip.adjust_cell_length(self.columns, self._style(""))

    def notify_style_update(self) -> None:
        """Forget the styles of the theme that was."""
        self._style_of.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Fit the lines into the new room, unless they were painted in it."""
        self._measure()

    def _style(self, name: str) -> Style:
        style = self._style_of.get(name)
        if style is None:
            style = self._style_of[name] = self._make_style(name) if name else self.rich_style
        return style

    def _make_style(self, name: str) -> Style:
        variables = self.app.theme_variables
        front, behind, bold = _STYLES[name]
        _, background = self.background_colors
        if behind:
            background += Color.parse(variables[behind])
        color = background + Color.parse(variables[front])
        return Style(color=color.rich_color, bgcolor=background.rich_color, bold=bold or None)


class SnapshotPane(LinePane):
    """A pane that is small enough to be composed anew for each snapshot."""

    snapshot: var[Snapshot | None] = var(None)

    def __init__(self, snapshot: Snapshot, *, id: str, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(SnapshotPane.snapshot, snapshot)
        self._lines: list[Line] = []
        self._lines_are_of: Snapshot | None = None
        self._lines_fit = (0, 0)

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterable[Line]:
        """The lines of a snapshot at a width."""
        raise NotImplementedError

    def line_count(self) -> int:
        """The lines of the day."""
        return len(self._at(self.columns))

    def line(self, index: int) -> Line:
        """One of the lines of the day."""
        return self._at(self.columns)[index]

    def watch_snapshot(self) -> None:
        """Show another day."""
        if self.is_mounted:
            self.repaint()

    def compose_anew(self) -> None:
        """Show the same snapshot differently."""
        self._lines_are_of = None
        self.watch_snapshot()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as its lines, where the style sheet says so."""
        return len(self._at(width))

    def _at(self, width: int) -> list[Line]:
        snapshot, room = self.snapshot, (width, self.rows)
        if self._lines_are_of is not snapshot or self._lines_fit != room:
            self._lines = list(self.compose_lines(snapshot, width)) if snapshot else []
            self._lines_are_of, self._lines_fit = snapshot, room
        return self._lines


def _difference(old: Line, new: Line) -> tuple[int, int]:
    """The first cell and the one after the last in which two lines differ."""
    first = _common(old, new)
    old_width, new_width = _width(old), _width(new)
    if old_width != new_width:
        return first, max(old_width, new_width)
    return first, new_width - _common(old[::-1], new[::-1])


def _common(old: Line, new: Line) -> int:
    width = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        width += cells(after[0])
    return width


def _width(line: Iterable[Span]) -> int:
    return sum(cells(text) for text, _ in line)
