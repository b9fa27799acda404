"""The search line: finds while one types, and moves from match to match."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from kjtui.record.sanitize import SAFE_TEXT


class SearchBar(Horizontal):
    """One line above the footer, there while a search is on."""

    DEFAULT_CSS = """
    SearchBar {
        height: 1;
        background: $panel;
        padding: 0 1;
        Static { width: auto; color: $accent; }
        Input { width: 1fr; background: $panel; }
        #found { color: $line-dim; padding: 0 0 0 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next match"),
        Binding("up", "step(-1)", "Previous match"),
        Binding("escape", "close", "Close"),
    ]

    class Changed(Message):
        """The reader typed something else."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Step(Message):
        """The reader wants the next or previous match."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Closed(Message):
        """The search is over; the cursor stays where it is, or returns."""

        def __init__(self, *, stay: bool) -> None:
            super().__init__()
            self.stay = stay

    def compose(self) -> ComposeResult:
        """What to find, and how much was found."""
        yield Static("/", markup=False)
        yield Input(placeholder="words, names, aliases in any language", restrict=SAFE_TEXT, compact=True)
        yield Static(id="found", markup=False)

    def take_keys(self) -> None:
        """Let what is typed be what to find."""
        self.query_one(Input).focus()

    def tell(self, found: str) -> None:
        """Say how much was found."""
        self.query_one("#found", Static).update(found)

    @on(Input.Changed)
    def find(self, event: Input.Changed) -> None:
        """Find while the reader types."""
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Stay at the match."""
        event.stop()
        self.post_message(self.Closed(stay=True))

    def action_step(self, step: int) -> None:
        """Go to the next or previous match."""
        self.post_message(self.Step(step))

    def action_close(self) -> None:
        """Leave the search."""
        self.post_message(self.Closed(stay=False))
