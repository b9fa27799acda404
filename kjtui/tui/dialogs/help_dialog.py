"""The help. Its first screen has ten keys and the signs of the focused pane.

The digit keys open further pages. Typed words filter the rows of all pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from kjtui.find.word_match import matches
from kjtui.languages import tr
from kjtui.notes import default_path
from kjtui.record.model import Record
from kjtui.tui.dialogs.dialog import Hint, in_lines
from kjtui.tui.dialogs.help_pages import (
    Group,
    Page,
    Row,
    dialog_keys,
    first_keys,
    help_pages,
    page_signs,
    pane_signs,
)
from kjtui.tui.dialogs.narrowed_dialog import NarrowedDialog, NarrowingLine
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.keys.keymap import key_of, keys_in_force
from kjtui.tui.paint.line_pane import Line, LinePane, line_width
from kjtui.tui.state.config import config_path
from kjtui.tui.state.last_place import state_path
from kjtui.tui.state.pane_table import Pane
from kjtui.words import labels, record_words
from kjtui.words.wrap import cells, fit, wrap

_TWO_COLUMNS = 56
"""Minimum width for two columns of keys on the first screen."""
_WIDEST_SIGN = 16


class HelpDialog(NarrowedDialog[None]):
    """Show the help.

    Args:
        record: The displayed record.
        pane: The pane in focus.
        opener: The screen below the help.
        dialogs: The ``HINTS`` of this screen, which are names of entries in ``DIALOGS``. Empty for the main
            screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    HINTS = ("help",)
    LIST = "HelpPage"

    def __init__(self, record: Record, pane: Pane, opener: Screen[Any], dialogs: Sequence[str] = ()) -> None:
        super().__init__()
        self._record, self._pane, self._opener, self._dialogs = record, pane, opener, dialogs

    def compose(self) -> ComposeResult:
        """Compose the tabs, the page, the filter input, and the keys."""
        keys = keys_in_force(self.app)
        pages = help_pages(self._record, keys, [] if self.app.is_web else _own_files())
        with Vertical(classes="dialog help"):
            yield HelpTabs(pages)
            if self._dialogs:
                first = dialog_keys(self._dialogs, keys, self._opener)
                signs = page_signs(self._dialogs, self._record)
            else:
                first, signs = first_keys(keys), self._signs_of_pane()
            yield HelpPage(pages, first, signs, self._other_signs(signs))
            yield NarrowingLine(tr("words of the help"))
            yield Hint(*self.HINTS)

    def _signs_of_pane(self) -> Group:
        title = tr("Signs in {title}", title=tr(self._pane.title))
        return Group(title, pane_signs(self._pane, self._record))

    def _other_signs(self, signs: Group) -> list[list[str]]:
        """Return the signs of states and the codes of actors, with their meanings.

        Omit the signs of states if ``signs`` already contains them, or if this is the help of a dialog.
        """
        states = labels.legend_of_record(self._record)
        names_by_code = record_words.named_codes(self._record.dataset)
        actors = [f"{code} {name}" for code, name in names_by_code.items()]
        tones = {labels.tone_word(tone) for tone in labels.record_tones(self._record)}
        if self._dialogs or any(row.meaning in tones for row in signs.rows):
            return [actors]
        return [states, actors]

    def action_page(self, page_number: int) -> None:
        """Show a page by its number, or the first screen for 0."""
        self.query_one(HelpTabs).show(page_number)
        self.query_one(HelpPage).show(page_number)

    def narrow(self, query: str) -> None:
        """Show the rows of all pages that contain every word of a query, and no other rows."""
        self.query_one(HelpPage).narrow(query)


class HelpTabs(LinePane, can_focus=False):
    """The tabs: digits and titles of the pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        super().__init__(id="help-tabs")
        self._titles = [page.title for page in pages]
        self._current = 0

    def show(self, page_number: int) -> None:
        """Mark a page as the current one."""
        self._current = page_number
        self.repaint()

    def line_count(self) -> int:
        """Return 1."""
        return 1

    async def on_click(self, event: events.Click) -> None:
        """Show the page whose title was clicked."""
        offset = event.get_content_offset(self)
        x = -1 if offset is None else offset.x
        for page_number, (text, _) in enumerate(self.line(0)[::2]):
            if 0 <= x < cells(text):
                await self.screen.run_action(f"page({page_number})")
            x -= cells(text) + 1

    def line(self, index: int) -> Line:
        """Return the digits and titles."""
        line = self._spans(" ")
        return line if line_width(line) <= self.columns else self._spans("")

    def _spans(self, gap: str) -> Line:
        """Return the digit and the title of each page, with a gap before and after each of these pairs."""
        spans = [(f"{tr('Help')}{gap}", "strong"), (" ", "")]
        for page_number, title in enumerate(self._titles, 1):
            is_current = page_number == self._current
            spans += [(f"{gap}{page_number} {title}{gap}", "selected" if is_current else ""), (" ", "")]
        return tuple(spans[:-1])


class HelpPage(LinePane):
    """A page of the help, or the first screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help-page")

    def __init__(
        self,
        pages: Sequence[Page],
        first_keys: Sequence[Row],
        signs: Group,
        other_signs: Sequence[Sequence[str]],
    ) -> None:
        super().__init__(id="help-page")
        self._pages, self._first_keys, self._signs = pages, first_keys, signs
        self._other_signs = other_signs
        self._number = 0
        self._query = ""
        self._lines: list[Line] = []

    def show(self, page_number: int) -> None:
        """Show a page, or the first screen for 0."""
        self._number = page_number
        self._compose_again()

    def narrow(self, query: str) -> None:
        """Show the rows of all pages that contain every word of a query, and no other rows."""
        self._query = query.strip()
        self._compose_again()

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines)

    def line(self, index: int) -> Line:
        """Return a line by its index."""
        return self._lines[index]

    def lay_out(self) -> None:
        """Compose the lines for a new width."""
        self._lines = list(self._page_lines(self.columns))
        super().lay_out()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.scroll_relative(y=pages * max(self.rows - 1, 1), animate=False)

    def action_end(self, step: int) -> None:
        """Scroll to the end, or to the beginning if ``step`` is negative."""
        self.scroll_to(y=self.max_scroll_y if step > 0 else 0, animate=False)

    def _compose_again(self) -> None:
        self._lines = list(self._page_lines(self.columns))
        self.scroll_to(y=0, animate=False, immediate=True)
        self.repaint()

    def _page_lines(self, width: int) -> Iterator[Line]:
        if self._query:
            found_groups = list(self._found())
            yield from _groups(found_groups, width)
            if not found_groups:
                yield ((tr("nothing found"), "dim"),)
        elif self._number:
            yield from _groups(self._pages[self._number - 1].groups, width)
        else:
            yield from self._first_screen(width)

    def _found(self) -> Iterator[Group]:
        seen: set[tuple[Row, ...]] = set()
        for page in self._pages:
            for group in page.groups:
                rows = tuple(row for row in group.rows if self._has_words(group.title, row))
                if rows and rows not in seen:
                    seen.add(rows)
                    yield Group(group.title, rows)

    def _has_words(self, title: str, row: Row) -> bool:
        return matches(self._query, (title, row.sign, row.meaning))

    def _first_screen(self, width: int) -> Iterator[Line]:
        yield from _columns(self._first_keys, width)
        yield ()
        if self._signs.rows:
            yield from _groups([self._signs], width)
        for signs in self._other_signs:
            for line in in_lines(map(Content, signs), "  ", width):
                yield ((line.plain, "dim"),)
        palette = tr(
            "{key} searches the record; ctrl+p finds commands, names and terms.",
            key=key_of(self.app, "search"),
        )
        for row in wrap(palette, width):
            yield ((row, "dim"),)


def _own_files() -> list[tuple[str, Path]]:
    """Return the names and paths of the user's files."""
    return [(tr("keys, theme"), config_path()), (tr("notes"), default_path()), (tr("last day"), state_path())]


def _columns(rows: Sequence[Row], width: int) -> Iterator[Line]:
    """Yield lines that show rows of the help, in two columns if the width suffices."""
    sign_width = max(cells(row.sign) for row in rows) + 1
    if width < _TWO_COLUMNS:
        for row in rows:
            yield ((fit(row.sign, sign_width), "accent"), (row.meaning, ""))
        return
    half = -(-len(rows) // 2)
    left_width = width // 2 - sign_width
    for index in range(half):
        left = rows[index]
        line = [(fit(left.sign, sign_width), "accent"), (fit(left.meaning, left_width), "")]
        if index + half < len(rows):
            right = rows[index + half]
            line += [(fit(right.sign, sign_width), "accent"), (right.meaning, "")]
        yield tuple(line)


def _groups(groups: Iterable[Group], width: int) -> Iterator[Line]:
    """Yield lines that show groups of rows, with a blank line between two groups."""
    is_first = True
    for group in groups:
        if not is_first:
            yield ()
        is_first = False
        yield ((group.title, "strong"),)
        yield from _rows(group.rows, width)


def _rows(rows: Sequence[Row], width: int) -> Iterator[Line]:
    """Yield lines with the signs in one column and their meanings in another.

    A sign that is too wide for its column has a line of its own.
    """
    sign_width = min(max((cells(row.sign) for row in rows), default=0), _WIDEST_SIGN) + 2
    for row in rows:
        sign = fit(row.sign, sign_width)
        if cells(row.sign) >= sign_width:
            yield ((row.sign, "accent"),)
            sign = " " * sign_width
        for text in wrap(row.meaning, max(width - sign_width, 8)):
            yield ((sign, "accent"), (text, ""))
            sign = " " * sign_width
