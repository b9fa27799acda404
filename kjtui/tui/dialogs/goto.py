"""Go to a day or an event; the dialog shows how it reads the text while it is typed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from kjtui.exports import labels
from kjtui.history.day_parser import parse_days
from kjtui.history.day_steps import next_of, previous_of
from kjtui.history.goto import span
from kjtui.history.snapshot import History
from kjtui.record.sanitize import SAFE_TEXT
from kjtui.tui import fuzzy
from kjtui.tui.commands import bindings
from kjtui.tui.dialogs.dialog import Dialog

_SHORTEST = 4
"""Letters a query needs; nearly any title fits fewer."""


class Target(NamedTuple):
    """A day to go to, and the index of the event that was named, if any."""

    day: date
    event: int | None = None


class GoToDialog(Dialog[Target | None]):
    """Ask for a day or an event; return ``None`` if closed with escape."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("go")

    def __init__(self, history: History, cursor: date) -> None:
        super().__init__()
        self._history, self._cursor = history, cursor
        self._bounds = f"{history.first_day} to {history.last_day}"

    def compose(self) -> ComposeResult:
        """Compose the input and the line that shows how it is read."""
        with Vertical(classes="dialog"):
            yield Static("Go to", markup=False)
            hint = "2020-03-10, 2020-03, +30, -2w, next meeting, an event's name"
            yield Input(placeholder=hint, max_length=60, restrict=SAFE_TEXT)
            yield Static(self._bounds, classes="message", markup=False)

    @on(Input.Changed)
    def understand(self, event: Input.Changed) -> None:
        """Show which day the text means, or why it means none."""
        target, answer = self._parse(event.value)
        message = self.query_one(".message", Static)
        message.set_class(target is None and bool(event.value.strip()), "-error")
        message.update(answer)

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """Return the target, if the text means one."""
        target, _ = self._parse(event.value)
        if target:
            self.dismiss(target)

    def _parse(self, text: str) -> tuple[Target | None, str]:
        """Return what a text means, and the line that says so."""
        text = text.strip()
        if not text:
            return None, self._bounds
        if target := self._by_words(text):
            return target, labels.long_day(target.day)
        try:
            (day, *_) = parse_days(text, span(self._history, self._cursor), date.today())
        except ValueError as error:
            named = None if text[0].isdigit() or text[0] in "+-" else self._by_name(text)
            return named or (None, str(error))
        return Target(day), labels.long_day(day)

    def _by_words(self, text: str) -> Target | None:
        """Parse phrases such as ``next meeting``, ``last change`` and ``first event``."""
        days = {
            "meeting": self._history.meeting_days,
            "change": self._history.changes,
            "event": self._history.event_days,
        }
        which, _, what = text.strip().lower().partition(" ")
        candidates = days.get(what.strip())
        if not candidates:
            return None
        found = {
            "next": next_of(candidates, self._cursor),
            "last": previous_of(candidates, self._cursor),
            "previous": previous_of(candidates, self._cursor),
            "first": candidates[0],
        }.get(which)
        return Target(found) if found else None

    def _by_name(self, text: str) -> tuple[Target, str] | None:
        """Return the event whose title fits best."""
        events = self._history.record.events
        scores = [fuzzy.match(text, event.title)[0] for event in events]
        best = max(range(len(events)), key=scores.__getitem__)
        if len(text) < _SHORTEST or not scores[best]:
            return None
        event = events[best]
        return Target(event.day, best), f"{event.date}: {event.title}"
