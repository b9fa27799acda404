"""A text whose long lines go on below the beginning of their last column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kjtui.words.wrap import cells

_LEAD = re.compile(r".{0,38} {2}(?=\S)")
"""What is before the last column of a line: up to the last two spaces among its first cells."""


class HangingText(Static):
    """A text, the lines of which are indented where they go on."""

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self._text = content
        self._hung: tuple[int, Content] = (0, content)

    def render(self) -> Content:
        """Return the lines for the width there is."""
        return self._lines(self.content_size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return str(self._lines(width)).count("\n") + 1

    def _lines(self, width: int) -> Content:
        if self._hung[0] != width:
            self._hung = width, Content("\n").join(hang(self._text, width))
        return self._hung[1]


def hang(text: Content, width: int) -> Iterator[Content]:
    """Yield the lines of a text, broken to a width."""
    for line in text.split("\n", allow_blank=True):
        if line.cell_length <= width or width <= 0:
            yield line
            continue
        first = line.wrap(width)[0]
        yield first
        rest = line[len(first.plain) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
        indent = _indent(line.plain, width)
        yield from (row.pad_left(indent) for row in rest.wrap(max(width - indent, 1)))


def _indent(line: str, width: int) -> int:
    """Return how far a line is indented where it goes on: a little only, if that leaves little room."""
    lead = _LEAD.match(line)
    indent = cells(lead[0]) if lead else 0
    return indent if indent <= width // 2 else cells(line) - cells(line.lstrip()) + 2
