"""The addresses of the pages of a site."""

from __future__ import annotations

import re
from datetime import date

from kjtui.formats.html import Links

_UNSAFE = re.compile(r"[^a-z0-9-]")
"""Characters that are unsafe in file names. Capitals are unsafe because some systems ignore case."""


def page_name(folder: str, identity: str) -> str:
    """Return the path of a page. Different identifiers have different paths."""
    name = _UNSAFE.sub(lambda match: f"_{ord(match[0]):x}_", identity)
    return f"{folder}/{name or '_'}.html"


class SiteLinks(Links):
    """Links from a page to other pages of a site.

    Attributes:
        root: Relative path from the page to the root of the site.
    """

    def __init__(self, root: str) -> None:
        self.root = root

    @classmethod
    def of_page(cls, path: str) -> SiteLinks:
        """Return the links from the page at ``path``."""
        return cls("../" * path.count("/"))

    def page(self, path: str) -> str:
        """Return the link to the page at ``path``."""
        return f"{self.root}{path}"

    def day(self, day: date) -> str:
        """Return the link to the page of a day."""
        return self.page(page_name("days", day.isoformat()))

    def event(self, identity: str) -> str:
        return self.page(page_name("events", identity))

    def meeting(self, identity: str) -> str:
        return self.page(page_name("meetings", identity))

    def track(self, identity: str) -> str:
        return self.page(page_name("tracks", identity))

    def events(self) -> str:
        return self.page("events.html")

    def term(self, identity: str) -> str:
        """Return the link to the page of a term."""
        return self.page(page_name("terms", identity))
