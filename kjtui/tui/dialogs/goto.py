"""Go to a day, saying what was understood while it is typed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kjtui.history.goto import parse_day
from kjtui.record.clean import UNSAFE
from kjtui.text import words


class GoToDialog(ModalScreen[date | None]):
    """Asks for a day; gives ``None`` when left with escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, cursor: date, first: date, last: date) -> None:
        super().__init__()
        self._cursor, self._first, self._last = cursor, first, last

    def compose(self) -> ComposeResult:
        """One line to type, one that answers."""
        with Vertical(classes="dialog"):
            yield Static("Go to", markup=False)
            hint = "2020-03-10, 2020-03, +30, -2w, +1y"
            yield Input(placeholder=hint, max_length=40, restrict=f"[^{UNSAFE}]*")
            yield Static(f"{self._first} to {self._last}", classes="message", markup=False)

    @on(Input.Changed)
    def understand(self, event: Input.Changed) -> None:
        """Say which day the text means, or why it means none."""
        message = self.query_one(".message", Static)
        day, why = self._day(event.value)
        message.set_class(bool(why), "-error")
        message.update(why or (words.long_day(day) if day else f"{self._first} to {self._last}"))

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """Leave with the day, if there is one."""
        day, why = self._day(event.value)
        if day and not why:
            self.dismiss(day)

    def _day(self, text: str) -> tuple[date | None, str]:
        if not text.strip():
            return None, ""
        try:
            day = parse_day(text, self._cursor)
        except ValueError as error:
            return None, str(error)
        if not self._first <= day <= self._last:
            return None, f"{day} is outside the record: {self._first} to {self._last}"
        return day, ""
