"""Write a list as one JSON object with the metadata of the record."""

from __future__ import annotations

from kjtui.formats.json.encoding import indented
from kjtui.formats.lists.listing import Listing


def render(listing: Listing) -> str:
    """Return a list as one JSON object."""
    return indented(listing.whole)
