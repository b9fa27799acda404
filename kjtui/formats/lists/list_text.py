"""Write a list as text: a header, and one line per item."""

from __future__ import annotations

from kjtui.formats.lists.listing import Listing
from kjtui.words.wrap import cells, fit

_GAP = "  "
_WIDEST = 50
"""Maximum padded width of a column. Texts wider than this are still printed in full."""


def render(listing: Listing, width: int | None = None) -> str:
    """Return a list with a header and one line per item. If ``width`` is set, longer lines are truncated.

    An empty list has no header.
    """
    rows = listing.text_rows()
    if rows:
        rows.insert(0, [column.heading for column in listing.columns])
    widths = [min(max(map(cells, column)), _WIDEST) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        padded = [cell + " " * (size - cells(cell)) for cell, size in zip(row, widths, strict=True)]
        line = _GAP.join(padded).rstrip()
        lines.append(line if width is None else fit(line, width).rstrip())
    return "".join(f"{line}\n" for line in lines)
