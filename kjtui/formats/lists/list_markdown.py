"""Write a list as a table in Markdown."""

from __future__ import annotations

from kjtui.formats.lists.listing import Listing
from kjtui.formats.markdown import escape


def render(listing: Listing) -> str:
    """Return a list as a table in Markdown."""
    names = [column.heading for column in listing.columns]
    rows = [names, ["---"] * len(names)]
    for row in listing.text_rows():
        rows.append([escape(cell) for cell in row])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
