"""Write a list as one JSON object per line."""

from __future__ import annotations

from kjtui.formats.json.encoding import encode
from kjtui.formats.lists.listing import Listing


def render(listing: Listing) -> str:
    """Return the items of a list, one JSON object per line."""
    return "".join(f"{encode(item).decode()}\n" for item in listing.items)
