"""The search line, into which a query is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from kjtui.find.search import Snippet
from kjtui.record.sanitize import SAFE_TEXT
from kjtui.tui.keys.command_table import BY_ID, bindings
from kjtui.tui.keys.keymap import footer_label, keys_in_force
from kjtui.tui.state.active_search import Finding
from kjtui.words.wrap import cells, cut, fit

_TYPING = (("search.next", "search.previous"), ("search.keep",), ("search.close",))
_KEPT = (("match.next", "match.previous"), ("search",), ("clear",))
"""Ids of the commands that the line names; those in one entry share a word."""

_SHORTEST = 24
"""Cells that a snippet needs beside the keys."""


class SearchBar(Horizontal):
    """One line in the place of the footer, present during a search."""

    DEFAULT_CSS = """
    SearchBar {
        dock: bottom;
        height: 1;
        background: $panel;
        padding: 0 1;
        Static { width: auto; color: $accent; }
        Input { width: 1fr; max-width: 30; background: $panel; }
        SearchSummary { width: 2fr; color: $line-dim; padding: 0 0 0 1; }
    }
    """

    class QueryChanged(Message):
        """The reader typed."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Stepped(Message):
        """The reader asks for the next match, or for the previous one if ``step`` is negative."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Closed(Message):
        """The reader closed the search: ``accepted`` stays at the match, else the cursor returns."""

        def __init__(self, *, accepted: bool) -> None:
            super().__init__()
            self.accepted = accepted

    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Compose the prompt, the query and the summary of what was found."""
        yield Static("/", markup=False)
        yield Input(placeholder="words, names, aliases", restrict=SAFE_TEXT, compact=True)
        yield SearchSummary()

    def focus_query(self) -> None:
        """Focus the query and select its text, so that what is typed replaces it."""
        for query in self.query(Input):  # none while the line opens or closes
            query.focus()

    def show_finding(self, finding: Finding, *, kept: bool) -> None:
        """Show what was found."""
        if finding.offers:
            self._offers = finding.offers
        in_force = keys_in_force(self.app)
        entries = _KEPT if kept else _TYPING
        labels = [footer_label((BY_ID[one] for one in ids), in_force) for ids in entries]
        keys = " · ".join(f"{shown} {word}" for shown, word in labels), " ".join(shown for shown, _ in labels)
        for summary in self.query(SearchSummary):  # none while the line opens or closes
            summary.show(finding, keys)

    @on(Input.Changed)
    def change(self, event: Input.Changed) -> None:
        """Search while the query is typed."""
        event.stop()
        if event.value not in self._offers:
            self._offers = ()
        self.post_message(self.QueryChanged(event.value))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Keep the matches marked and stay at the selected one."""
        event.stop()
        self.post_message(self.Closed(accepted=True))

    def action_step(self, step: int) -> None:
        """Go to the next or previous match."""
        self.post_message(self.Stepped(step))

    async def action_keep(self) -> None:
        """Keep the matches, as enter in the line does."""
        await self.query_one(Input).action_submit()

    def action_correct(self) -> None:
        """Take what is offered for a misspelt query, and the next offer when asked again."""
        if self._offers:
            query = self.query_one(Input)
            taken = self._offers.index(query.value) + 1 if query.value in self._offers else 0
            query.value = self._offers[taken % len(self._offers)]
            query.cursor_position = len(query.value)

    def action_close(self) -> None:
        """End the search."""
        self.post_message(self.Closed(accepted=False))


class SearchSummary(Widget):
    """What was found and why, and the keys, as far as they fit into a line."""

    def __init__(self) -> None:
        super().__init__()
        self._finding, self._keys = Finding(""), ("", "")

    def show(self, finding: Finding, keys: tuple[str, str]) -> None:
        """Show a finding, and the keys: in words, and without where a snippet needs the room."""
        if (finding, keys) != (self._finding, self._keys):
            self._finding, self._keys = finding, keys
            self.refresh()

    def render(self) -> Content:
        """Compose the line for the width there is."""
        finding, width = self._finding, self.content_size.width
        said = finding.text
        if finding.offers:
            said = fit(f"{said} · tab {' or '.join(finding.offers)}", width)
        rest = max(width - cells(said) - 2, 0)
        if finding.snippet is None:
            keys = fit(self._keys[0], rest) if not finding.offers else ""
            return Content.assemble((said, "$foreground"), "  " if said else "", keys)
        whole = cells(str(finding.snippet)) + cells(finding.snippet.where) + 2
        needed = (min(whole, 2 * _SHORTEST), _SHORTEST)
        pairs = zip(self._keys, needed, strict=True)
        keys = next((keys for keys, least in pairs if rest - cells(keys) - 2 >= least), "")
        room = rest - cells(keys) - 2 if keys else rest
        why = snippet_content(finding.snippet, room)
        gap = " " * max(room - why.cell_length + 2, 2) if keys else ""
        return Content.assemble((said, "$foreground"), "  ", why, gap, keys)


def snippet_content(snippet: Snippet, width: int) -> Content:
    """Return a snippet in at most ``width`` cells, cut around its match, which is marked."""
    where = f"{snippet.where}: "
    rest = width - cells(where) - cells(snippet.match)
    if rest < 0:
        return Content(fit(f"{where}{snippet.match}", max(width, 0)))
    before = _last(snippet.before, rest - min(cells(snippet.after), rest // 2))
    after = _first(snippet.after, rest - cells(before))
    return Content.assemble(where, before, (snippet.match, "$line-found-text on $line-found"), after)


def _last(text: str, width: int) -> str:
    """Return the last words of a text in at most ``width`` cells, with an ellipsis where it is cut."""
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[1:]
    words = text.partition(" ")[2] if " " in text.rstrip() else text
    return f"…{words}" if width > 0 else ""


def _first(text: str, width: int) -> str:
    """Return the first words of a text in at most ``width`` cells, with an ellipsis where it is cut."""
    if cells(text) <= width:
        return text
    shown = cut(text, width - 1)[0]
    words = shown.rpartition(" ")[0] if " " in shown.lstrip() else shown
    return f"{words}…" if width > 0 else ""
