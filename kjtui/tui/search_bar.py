"""The search line, into which a query is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from kjtui.record.sanitize import SAFE_TEXT
from kjtui.tui.commands import bindings
from kjtui.tui.messages import SearchChanged, SearchClosed, SearchStepped


class SearchBar(Horizontal):
    """One line above the footer, present during a search."""

    DEFAULT_CSS = """
    SearchBar {
        height: 1;
        background: $panel;
        padding: 0 1;
        Static { width: auto; color: $accent; }
        Input { width: 1fr; background: $panel; }
        .summary { color: $line-dim; padding: 0 0 0 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    def compose(self) -> ComposeResult:
        """Compose the prompt, the query and the summary of what was found."""
        yield Static("/", markup=False)
        yield Input(placeholder="words, names, aliases in any language", restrict=SAFE_TEXT, compact=True)
        yield Static(classes="summary", markup=False)

    def focus_query(self) -> None:
        """Focus the query, so that what is typed extends it."""
        self.query_one(Input).focus()

    def show_summary(self, summary: str) -> None:
        """Show what was found."""
        self.query_one(".summary", Static).update(summary)

    @on(Input.Changed)
    def change(self, event: Input.Changed) -> None:
        """Search while the query is typed."""
        event.stop()
        self.post_message(SearchChanged(event.value))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Close the search and stay at the match."""
        event.stop()
        self.post_message(SearchClosed(accepted=True))

    def action_step(self, step: int) -> None:
        """Go to the next or previous match."""
        self.post_message(SearchStepped(step))

    def action_close(self) -> None:
        """Close the search and return to where it began."""
        self.post_message(SearchClosed(accepted=False))
