"""Go to a day or an event, saying what was understood while it is typed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.fuzzy import FuzzySearch
from textual.widgets import Input, Static

from kjtui.exports import labels
from kjtui.history.goto import next_of, parse_day, previous_of
from kjtui.history.snapshot import History
from kjtui.record.sanitize import SAFE_TEXT
from kjtui.tui.dialogs.dialog import Dialog
from kjtui.tui.palette import LONGEST_MATCHED

_SHORTEST = 4
"""Letters without which nearly any title fits."""


class Target(NamedTuple):
    """A day to go to, and the place of the event that was named, if one was."""

    day: date
    place: int | None = None


class GoToDialog(Dialog[Target | None]):
    """Asks for a day; gives ``None`` when left with escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, history: History, cursor: date) -> None:
        super().__init__()
        self._history, self._cursor = history, cursor
        self._bounds = f"{history.first_day} to {history.last_day}"

    def compose(self) -> ComposeResult:
        """One line to type, one that answers."""
        with Vertical(classes="dialog"):
            yield Static("Go to", markup=False)
            hint = "2020-03-10, 2020-03, +30, -2w, next meeting, an event's name"
            yield Input(placeholder=hint, max_length=60, restrict=SAFE_TEXT)
            yield Static(self._bounds, classes="message", markup=False)

    @on(Input.Changed)
    def understand(self, event: Input.Changed) -> None:
        """Say which day the text means, or why it means none."""
        target, told = self._understand(event.value)
        message = self.query_one(".message", Static)
        message.set_class(target is None and bool(event.value.strip()), "-error")
        message.update(told)

    @on(Input.Submitted)
    def go(self, event: Input.Submitted) -> None:
        """Leave with the day, if there is one."""
        target, _ = self._understand(event.value)
        if target:
            self.dismiss(target)

    def _understand(self, text: str) -> tuple[Target | None, str]:
        """What a text means, and how to say it."""
        text = text.strip()
        if not text:
            return None, self._bounds
        if words_in := self._by_words(text):
            return words_in, labels.long_day(words_in.day)
        try:
            day = parse_day(text, self._cursor)
        except ValueError as error:
            named = None if text[0].isdigit() or text[0] in "+-" else self._by_name(text)
            return named or (None, str(error))
        if not self._history.first_day <= day <= self._history.last_day:
            return None, f"{day} is outside the record: {self._bounds}"
        return Target(day), labels.long_day(day)

    def _by_words(self, text: str) -> Target | None:
        """``next meeting``, ``last change``, ``first event``: by the days of the record."""
        days = {
            "meeting": self._history.meeting_days,
            "change": self._history.changes,
            "event": self._history.event_days,
        }
        which, _, what = text.strip().lower().partition(" ")
        along = days.get(what.strip())
        if not along:
            return None
        found = {
            "next": next_of(along, self._cursor),
            "last": previous_of(along, self._cursor),
            "previous": previous_of(along, self._cursor),
            "first": along[0],
        }.get(which)
        return Target(found) if found else None

    def _by_name(self, text: str) -> tuple[Target, str] | None:
        """The event whose title fits best."""
        search = FuzzySearch()
        events = self._history.record.events
        scores = [search.match(text, event.title[:LONGEST_MATCHED])[0] for event in events]
        best = max(range(len(events)), key=scores.__getitem__)
        if len(text) < _SHORTEST or not scores[best]:
            return None
        event = events[best]
        return Target(event.day, best), f"{event.date}: {event.title}"
