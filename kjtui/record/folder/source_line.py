"""Read a source written as one text: ``"title, day, address, kind"`` or ``"[title](address), day, kind"``."""

from __future__ import annotations

import re
from typing import Any

SOURCE_LINE = '"title, 2020-03-10, https://…, official"'
"""Shows authors how to write a source in one line. The day and the kind can be omitted."""

_DATE = r"(?:, (?P<date>\d[\dW-]*))?"
_KIND = r"(?:, (?P<kind>[a-z]+))?"
_LINES = (
    # A Markdown link. Browser extensions copy links in this form.
    re.compile(rf"\[(?P<title>.+)\]\((?P<url>https?://\S+?)\){_DATE}{_KIND}", re.DOTALL),
    re.compile(rf"(?P<title>.+?){_DATE}, (?P<url>https?://\S+?){_KIND}", re.DOTALL),
)


def source_of_line(text: str) -> dict[str, Any] | None:
    """Convert a text to a source. Return ``None`` if the text has neither of the two forms."""
    for form in _LINES:
        if match := form.fullmatch(text):
            return {name: value for name, value in match.groupdict().items() if value}
    return None
