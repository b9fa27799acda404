"""The search bar, which replaces the footer while a search is active."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import var
from textual.widget import Widget

from kjtui.find.search import Index
from kjtui.find.snippet import Snippet
from kjtui.languages import labelled, tr
from kjtui.tui.keys.command_table import BY_ID
from kjtui.tui.keys.keymap import footer_label, key_of, keys_in_force
from kjtui.tui.paint.line_pane import required
from kjtui.tui.state.active_search import Search, find
from kjtui.tui.state.view import View
from kjtui.words.wrap import cells, cut, fit

_KEYS = (("search",), ("clear",))
"""Ids of the commands that the bar shows in addition to the commands "next match" and "previous match"."""

_SHORTEST = 24
"""Minimum width of a snippet beside the keys."""


class SearchBar(Widget):
    """One line: the query, the number of matches, the snippet of the selected match, and the keys."""

    DEFAULT_CSS = """
    SearchBar {
        display: none;
        dock: bottom;
        height: 1;
        background: $panel;
        color: $line-dim;
        padding: 0 1;
    }
    """

    view: var[View] = var(required)
    """The cursor and its snapshot. The event selected by the cursor may be a match."""
    search: var[Search | None] = var(None)
    """The active search."""

    def __init__(self, view: View, index: Index) -> None:
        super().__init__()
        self.set_reactive(SearchBar.view, view)
        self._index = index

    def watch_view(self) -> None:
        """Show the position of the cursor among the matches."""
        self.refresh()

    def watch_search(self) -> None:
        """Show the new search."""
        self.refresh()

    def render(self) -> Content:
        """Compose the line for its width."""
        if self.search is None:
            return Content("")
        finding, width = find(self.search, self._index, self.view.cursor.selected), self.content_size.width
        typed = self.search.query
        query = f"/{fit(typed, min(cells(typed), max(width // 3, 8)))}"
        text = f"{query}  {finding.text}"
        in_force = keys_in_force(self.app)
        steps = f"{key_of(self.app, 'change.next')}{key_of(self.app, 'repeat.previous')}"
        labels = [
            (steps, tr("match")),
            *(footer_label((BY_ID[identity] for identity in ids), in_force) for ids in _KEYS),
        ]
        keys = " · ".join(f"{shown} {word}" for shown, word in labels)
        available = max(width - cells(text) - 2, 0)
        if finding.snippet is None:
            return Content.assemble((text, "$foreground"), "  ", fit(keys, available))
        snippet_cells = cells(str(finding.snippet)) + cells(finding.snippet.where) + 2
        if available - cells(keys) - 2 < min(snippet_cells, 2 * _SHORTEST):
            keys = " ".join(shown for shown, _ in labels)
        if available - cells(keys) - 2 < _SHORTEST:
            keys = ""
        snippet_width = available - cells(keys) - 2 if keys else available
        why = snippet_content(finding.snippet, snippet_width)
        gap = " " * max(snippet_width - why.cell_length + 2, 2) if keys else ""
        return Content.assemble((text, "$foreground"), "  ", why, gap, keys)


def snippet_content(snippet: Snippet, width: int) -> Content:
    """Return a snippet in at most ``width`` cells.

    If it is too long, truncate it before and after the match.
    """
    where = labelled(snippet.where)
    available = width - cells(where) - cells(snippet.match)
    if available < 0:
        return Content(fit(f"{where}{snippet.match}", max(width, 0)))
    before = last_words(snippet.before, available - min(cells(snippet.after), available // 2))
    after = first_words(snippet.after, available - cells(before))
    return Content.assemble(where, before, (snippet.match, "$line-found-text on $line-found"), after)


def last_words(text: str, width: int) -> str:
    """Return the last words of a text in at most ``width`` cells.

    A truncated text begins with an ellipsis.
    """
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[1:]
    words = text.partition(" ")[2] if " " in text.rstrip() else text
    return f"…{words}" if width > 0 else ""


def first_words(text: str, width: int) -> str:
    """Return the first words of a text in at most ``width`` cells. A truncated text ends with an ellipsis."""
    if cells(text) <= width:
        return text
    shown = cut(text, width - 1)[0]
    words = shown.rpartition(" ")[0] if " " in shown.lstrip() else shown
    return f"{words}…" if width > 0 else ""
