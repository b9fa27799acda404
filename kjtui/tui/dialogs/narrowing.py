"""The filter input of a dialog's list."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from kjtui.record.sanitize import SAFE_TEXT
from kjtui.tui.keys.command_table import bindings


class NarrowingLine(Input):
    """An input below a list, hidden by default. Enter and the down key submit it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("narrowing")

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, restrict=SAFE_TEXT, compact=True)
        self.display = False
