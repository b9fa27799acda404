"""An input for one line of printable text with a maximum length."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from kjtui.record.sanitize import SAFE_TEXT, sanitize

MAX_LINE = 1000
"""Maximum number of characters of a line. A search for a megabyte of text would take a minute."""

MAX_PATH = 4096
"""Maximum number of characters of a path, as on Linux.

Inputs for paths do not use :class:`TextLine`, because it removes some characters. Without these characters,
the path could be the path of a different file.
"""


class TextLine(Input):
    """An input that truncates pasted text to the maximum length.

    It also removes characters that cannot be typed.
    """

    def __init__(
        self,
        value: str | None = None,
        *,
        placeholder: str = "",
        max_length: int = MAX_LINE,
        compact: bool = False,
    ) -> None:
        super().__init__(
            value, placeholder=placeholder, max_length=max_length, restrict=SAFE_TEXT, compact=compact
        )

    def on_paste(self, event: events.Paste) -> None:
        """Truncate the pasted text."""
        fit_paste(self, event)


def fit_paste(line: Input, event: events.Paste) -> None:
    """Truncate pasted text to the part that the input accepts.

    Without this function, Textual would ignore a paste that does not fit.
    """
    first_line = event.text.lstrip().partition("\n")[0].partition("\r")[0]
    characters_left = (line.max_length or MAX_LINE) - len(line.value) + len(line.selected_text)
    event.text = sanitize(first_line)[: max(characters_left, 0)]
