"""Validate web addresses from a store before they become links."""

from __future__ import annotations

import re
from urllib.parse import quote

_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)


def web_address(url: str) -> str:
    """Return an http or https address in ASCII and without spaces. Empty for any other address."""
    return quote(url, safe="%/:?#@!&*+,;=") if _WEB.match(url) else ""
