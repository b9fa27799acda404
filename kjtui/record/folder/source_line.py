"""Read a source written as one text: ``"title, day, address, kind"``."""

from __future__ import annotations

import re
from typing import Any

SOURCE_LINE = '"title, 2020-03-10, https://…, official"'
"""The form of a source in one line. The day and the kind can be left out."""

_LINE = re.compile(
    r"(?P<title>.+?)(?:, (?P<date>\d[\dW-]*))?, (?P<url>https?://\S+?)(?:, (?P<kind>[a-z]+))?", re.DOTALL
)


def source_of_line(text: str) -> dict[str, Any] | None:
    """Return the source in a text; ``None`` for an identifier, an address or any other text."""
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    return {name: value for name, value in found.groupdict().items() if value}
