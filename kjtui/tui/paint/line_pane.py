"""The base classes of panes: lines of styled text. A repaint writes only the cells that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import Record
from kjtui.tui.state.cursor import Cursor
from kjtui.tui.state.pane_table import PANES_BY_ID
from kjtui.tui.state.view import View
from kjtui.words.wrap import cells

Span = tuple[str, str]
"""Text and the name of its style. An empty name means the pane's own style."""

Line = tuple[Span, ...]

STYLES: Mapping[str, tuple[str, str, bool]] = {
    "heading": ("line-dim", "", True),
    "strong": ("foreground", "", True),
    "dim": ("line-dim", "", False),
    "ahead": ("line-ahead", "", False),
    "accent": ("accent", "", True),
    "cursor": ("accent", "", False),
    "selected": ("line-selected-text", "line-selected", True),
    "found": ("line-found-text", "line-found", False),
    "warning": ("warning", "", True),
    "footer-key": ("footer-key-foreground", "", True),
    "free": ("tone-free", "", False),
    "eased": ("tone-eased", "", False),
    "controlled": ("tone-controlled", "", False),
    "idle": ("tone-procedure", "", False),
    "open": ("tone-procedure", "", False),
    "advanced": ("tone-procedure", "", False),
    "closed": ("tone-procedure", "", False),
}
"""For each style: the theme variables for foreground and background, and whether the text is bold.

This table replaces Textual's component classes, which Textual would compute for each style and pane before
the first paint.
"""

_PLAIN = ("", "strong", "dim", "heading", "ahead", "found")
"""Styles that lose their colour in selected rows."""
_SELECTED = "on-selected "
"""Prefix of the names of styles that keep their colour in selected rows."""


class LinePane(ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolling widget made of lines.

    Subclasses implement :meth:`line_count` and :meth:`line`. Call :meth:`repaint` after a change. A repaint
    compares only the visible lines with the lines painted last. Its cost does not depend on the total number
    of lines.
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, *, id: str, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        # The size of the content area and the first visible line are cached, because Textual computes them on
        # every access.
        self.columns = self.rows = self.top = self._padded_width = 0
        self._painted: dict[int, Line] = {}
        self._styles_by_name: dict[str, Style] = {}

    def line_count(self) -> int:
        """Return the number of lines."""
        raise NotImplementedError

    def line(self, index: int) -> Line:
        """Return a line by its index."""
        raise NotImplementedError

    @property
    def list_rows(self) -> int:
        """Number of rows that scroll. A subclass can reserve rows at the bottom that do not scroll."""
        return self.rows

    def row_line(self, row: int) -> Line:
        """Return the line to show in a row of the content area."""
        index = row + self.top
        return self.line(index) if index < self.line_count() else ()

    def repaint(self) -> None:
        """Update the pane on the screen. Paint only the cells that changed. Do nothing before mounting."""
        if not self.is_mounted:
            return
        self._measure()
        if not (self.columns and self.rows):
            return  # not visible
        self._resize_content()
        self.top = self.scroll_offset.y
        changed: list[Region] = []
        for row, painted in self._painted.items():
            line = self.row_line(row)
            if line != painted:
                first, last = difference(painted, line)
                changed.append(Region(first, row, max(last - first, 1), 1))
        if changed:  # without a region, Textual would paint the whole pane
            self.refresh(*changed)

    def lay_out(self) -> None:
        """Adapt to a new size of the content area, before the next paint."""
        self._resize_content()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render rows of the pane."""
        self._measure()
        self.top = self.scroll_offset.y
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Render a row of the pane."""
        line = self._painted[y] = self.row_line(y)
        width = line_width(line)
        # Textual pads a strip to the content area, which includes the scrollbar. One strip is enough.
        # Textual then cuts the strip at the scrollbar, which takes less time between two segments.
        end = self.columns if self.show_vertical_scrollbar else self._padded_width
        padding = (" " * (end - width), "")
        segments = [Segment(text, self._style(style)) for text, style in _joined((*line, padding)) if text]
        if behind_scrollbar := " " * (self._padded_width - max(width, end)):
            segments.append(Segment(behind_scrollbar, self._style("")))
        strip = Strip(segments, max(width, self._padded_width))
        return strip if width <= self.columns else strip.adjust_cell_length(self.columns)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that can change a pane, without the conversion of ANSI colours.

        A pane has colours of the theme only. Textual does not convert the colours of an ANSI theme, and there
        are no ANSI colours in other themes. The filter would still be applied to every line at each step.
        """
        filters = super().get_line_filters()
        return [line_filter for line_filter in filters if not isinstance(line_filter, ANSIToTruecolor)]

    def notify_style_update(self) -> None:
        """Discard the cached styles of the previous theme."""
        self._styles_by_name.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Adapt to the new size, unless the pane was already painted in that size."""
        self._measure()

    def _measure(self) -> None:
        area = self.scrollable_content_region.size
        if area != (self.columns, self.rows):
            self.columns, self.rows = area
            self._padded_width = self.size.width
            self._painted.clear()
            self.lay_out()

    def _resize_content(self) -> None:
        """Set the virtual size to the number of lines.

        Request a new layout only if the height of the pane changes, or if the scrollbar appears or
        disappears.
        """
        # A new layout of the screen costs more than a repaint, and each cursor step can change the number of
        # lines.
        size = Size(1, self.line_count())
        if size == self.virtual_size:
            return
        shows = self.show_vertical_scrollbar
        toggles = self.styles.overflow_y == "auto" and shows != (size.height > self.rows)
        if self.styles.is_auto_height or toggles:
            self.virtual_size = size
            return
        self.set_reactive(ScrollView.virtual_size, size)
        if shows:
            # Each change of this size paints the whole scrollbar, even while every line is visible.
            self.vertical_scrollbar.window_virtual_size = max(size.height, self.rows)
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)

    def _style(self, name: str) -> Style:
        style = self._styles_by_name.get(name)
        if style is None:
            style = self._styles_by_name[name] = self._make_style(name) if name else self.rich_style
        return style

    def _make_style(self, name: str) -> Style:
        variables = self.app.theme_variables
        is_selected = name.startswith(_SELECTED)
        front, behind, bold = STYLES[name.removeprefix(_SELECTED)]
        if is_selected:
            behind, bold = "line-selected", True
            if Color.parse(variables[behind]).ansi is not None:
                front = "line-selected-text"  # other colours may be unreadable on this background
        _, background = self.background_colors
        if behind:
            background += Color.parse(variables[behind])
        color = background + Color.parse(variables[front])
        return Style(color=color.rich_color, bgcolor=background.rich_color, bold=bold or None)


def mark_selected(line: Line, width: int, mark: str = "▶") -> Line:
    """Return a line in the style of a selected row, with a mark in its first cell.

    Tones and warnings keep their colour; all other text gets the colour of selected rows.
    """
    (text, style), *other_spans = line or (("", ""),)
    spans: list[Span] = [(mark, f"{_SELECTED}accent"), (text[1:], style), *other_spans]
    spans.append((" " * (width - line_width(spans)), ""))
    return tuple((text, "selected" if style in _PLAIN else _selected(style)) for text, style in spans)


def _selected(style: str) -> str:
    return style if style.startswith(_SELECTED) else f"{_SELECTED}{style}"


def required() -> Any:
    """Raise an error. This is the default value of reactives that ``__init__`` must set."""
    raise LookupError("the reactive was not set in __init__")


class SnapshotPane(LinePane):
    """A pane that draws the snapshot of the cursor's day.

    The panes of the main screen are subclasses whose ``ID`` is in the table of panes. Each of these panes has
    a border and a title.

    The screen has reactives such as ``pinned``, ``visible_events``, ``search``, ``track`` and ``notes``. If a
    subclass declares a reactive with the same name as one of them, the screen binds the two.
    """

    ID: ClassVar[str]
    """Widget id."""
    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Signs and abbreviations of the pane with their meanings, for the help."""

    view: var[View] = var(required)
    """The cursor and the snapshot of its day."""
    snapshot: Snapshot
    """The snapshot to draw."""
    cursor: Cursor
    """The current position in the history."""

    def __init__(self, view: View) -> None:
        row = PANES_BY_ID.get(self.ID)
        super().__init__(id=self.ID, classes=f"pane -room-{row.room}" if row else None)
        if row:
            self.border_title = f"{row.number} {tr(row.title)}"
        self.set_reactive(SnapshotPane.view, view)
        # Panes read these for every line. Reading a reactive takes Textual much longer.
        self.snapshot, self.cursor = view.snapshot, view.cursor

    @classmethod
    def signs(cls, record: Record) -> tuple[tuple[str, str], ...]:  # noqa: ARG003  # panes of tracks need it
        """Return the signs of the pane and their meanings, for the help. A sign can depend on the record."""
        return cls.SIGNS

    def watch_view(self, before: View, view: View) -> None:
        """Draw the new snapshot."""
        self.snapshot, self.cursor = view.snapshot, view.cursor
        self.follow(before)

    def follow(self, before: View) -> None:
        """Repaint if the snapshot has changed. ``before`` is the previous view."""
        if self.snapshot is not before.snapshot:
            self.repaint()


class ComposedPane(SnapshotPane):
    """A pane that composes all its lines again for each snapshot, which is fast enough for small panes."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._lines: list[Line] = []
        self._composed_for: tuple[Snapshot, int, int] | None = None

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterable[Line]:
        """Compose the lines of a snapshot, each at most ``width`` cells wide."""
        raise NotImplementedError

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines_at(self.columns))

    def line(self, index: int) -> Line:
        """Return a line by its index."""
        return self._lines_at(self.columns)[index]

    def row_line(self, row: int) -> Line:
        """Return the line to show in a row of the content area."""
        lines, index = self._lines_at(self.columns), row + self.top
        return lines[index] if index < len(lines) else ()

    def recompose_lines(self) -> None:
        """Compose the lines again. Call this if something other than the snapshot has changed."""
        self.forget_lines()
        self.repaint()

    def forget_lines(self) -> None:
        """Discard the cached lines; the next paint composes them again."""
        self._composed_for = None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines.

        Textual uses this number as the height of a pane with ``height: auto``.
        """
        return len(self._lines_at(width))

    def _lines_at(self, width: int) -> list[Line]:
        key = (self.snapshot, width, self.rows)
        if self._composed_for != key:
            self._lines, self._composed_for = list(self.compose_lines(self.snapshot, width)), key
        return self._lines


def difference(old: Line, new: Line) -> tuple[int, int]:
    """Return the range of cells in which two lines differ: the first cell, and the cell after the last."""
    start = _common(old, new)
    first = line_width(new[:start])
    end = _common(old[start:][::-1], new[start:][::-1])
    old_width = line_width(old[start : len(old) - end])
    new_width = line_width(new[start : len(new) - end])
    last = first + max(old_width, new_width)
    if old_width != new_width:  # equal spans at the end of both lines are in different cells
        last += line_width(new[len(new) - end :])
    return first, last


def _common(old: Line, new: Line) -> int:
    """Return the number of spans that are equal at the start of two lines."""
    count = 0
    for span, other in zip(old, new, strict=False):
        if span != other:
            break
        count += 1
    return count


def line_width(line: Iterable[Span]) -> int:
    """Return the width of a line in cells."""
    texts = [text for text, _ in line]
    joined = "".join(texts)
    # The widths of other texts are cached. The texts of spans recur more often than whole lines.
    return len(joined) if joined.isascii() else sum(map(cells, texts))


def _joined(line: Line) -> Iterator[Span]:
    """Merge adjacent spans that have the same style."""
    for style, spans in groupby(line, itemgetter(1)):
        yield "".join([text for text, _ in spans]), style
