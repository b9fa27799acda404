"""The search dialog: a query, its hits sorted by relevance, and the text of the selected event."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from kjtui.find.day_advice import typed_days
from kjtui.find.fact_advice import fact_advice
from kjtui.find.filter import Filter
from kjtui.find.search import Index
from kjtui.history.snapshot import History
from kjtui.languages import tr
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.dialogs.hit_list import HitList, HitPreview
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.dialogs.search_fields import completed, fields_line, other_values
from kjtui.tui.dialogs.text_line import TextLine
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.state.active_search import hits, nothing_found, with_query
from kjtui.words.wrap import cells, cut, first_fit, wrap

_SMALL = 5_000
"""A record with at most this number of events is indexed in one step, when the first letter is typed."""
_SHARE = 4
"""A long message below the query may have the height of the screen divided by this number."""
_BESIDE, _BELOW = 100, 18
"""Minimum width to show the event beside the list, and minimum height to show it below the list."""


class SubmittedSearch(Struct, frozen=True):
    """A submitted search, and the event to go to."""

    query: str
    event: int


class SearchDialog(Dialog[SubmittedSearch | None]):
    """Search while the user types.

    The result is the submitted search, or ``None`` if the user pressed escape.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("search")
    HINTS = ("search",)

    def __init__(self, history: History, index: Index, event_filter: Filter, query: str) -> None:
        super().__init__()
        self._history, self._index, self._filter = history, index, event_filter
        self._start_query = query
        self._hits: list[int] = []
        self._by_day = False
        self._waits = False
        self._completion = ""

    def compose(self) -> ComposeResult:
        """Compose the input, the list and the selected event."""
        placeholder = tr("words, “phrases”, names in any language")
        if self._filter.first and self._filter.last:
            first, last = day_text(self._filter.first), day_text(self._filter.last)
            placeholder = tr("words of events from {first} to {last}", first=first, last=last)
        with Vertical(classes="dialog search"):
            with Horizontal(classes="line"):
                yield Static("/", classes="prompt", markup=False)
                yield TextLine(self._start_query, placeholder=placeholder, compact=True)
                yield Static("", classes="count", markup=False)
            yield Static("", classes="fields", markup=False)
            with Horizontal(classes="found"):
                yield HitList(self._history, self._index)
                yield HitPreview(self._history)
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """Run the previous query. Index a large record in the background."""
        self._arrange()
        if len(self._history.record.events) > _SMALL and not self._index.ready:
            self.run_worker(self._prepare())
        self._search()

    def on_resize(self) -> None:
        """Show the event beside or below the list, or hide it, depending on the size of the screen."""
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.app.size
        self.set_class(width >= _BESIDE, "-beside")
        self.set_class(width < _BESIDE and height >= _BELOW, "-below")

    async def _prepare(self) -> None:
        """Build the index in batches, and handle keys between batches."""
        for _ in self._index.prepare():
            if self._index.ready and self._waits:
                self._waits = False
                self._search()
            await asyncio.sleep(0)

    @property
    def typed(self) -> str:
        """The typed text."""
        return self.query_one(Input).value

    @on(Input.Changed)
    def change(self) -> None:
        """Search for the new query."""
        self._search()

    @on(Input.Submitted)
    @on(HitList.Chosen)
    def go(self) -> None:
        """Close and return the search with the selected hit. If the query is empty, return ``None``."""
        event = self.query_one(HitList).event
        if event is not None:
            self.dismiss(SubmittedSearch(self.typed, event))
        elif not self.typed.strip():
            self.dismiss(None)

    async def action_keep(self) -> None:
        """Submit the search, as enter in the input does."""
        await self.query_one(Input).action_submit()

    def action_step(self, step: int) -> None:
        """Select the next or previous hit."""
        self.query_one(HitList).move(step)
        self._show_selected()

    def action_page(self, pages: int) -> None:
        """Move the selection by pages."""
        self.query_one(HitList).page(pages)
        self._show_selected()

    def action_tab(self) -> None:
        """Apply the suggested completion or correction, if any. Otherwise, switch the order of the hits."""
        if self._completion:
            line = self.query_one(Input)
            line.value = self._completion
            line.cursor_position = len(line.value)
            return
        self._by_day = not self._by_day
        self._show_hits(self.query_one(HitList).event)

    def action_save(self) -> None:
        """Write the hits to a file."""
        from kjtui.tui.dialogs.list_export import hits_export

        if not self._hits:
            self.notify(tr("There are no hits to save."), markup=False)
            return
        open_screen(self, hits_export(self._history, with_query(self._filter, self.typed)))

    def action_close(self) -> None:
        """Close, and return to the screen below."""
        self.dismiss(None)

    def _search(self) -> None:
        if not self.typed.strip():
            self._hits = []
        elif len(self._history.record.events) > _SMALL and not self._index.ready:
            self._waits = True
            self.query_one(".count", Static).update(tr("reading the record …"))
            return
        else:
            self._hits = hits(self.typed, self._index, self._filter)
        self._completion = completed(self.typed, self._hits, self._filter, self._index, self._history.record)
        self._show_hits()

    def _show_hits(self, selected: int | None = None) -> None:
        """Show the hits in the chosen order."""
        ordered = sorted(self._hits) if self._by_day else self._hits
        self.query_one(HitList).show(self.typed, ordered, selected)
        width, height = self.app.size.width - 2, self.app.size.height
        lines = wrap(self._fields_line(width), width)[: max(height // _SHARE, 1)]
        self.query_one(".fields", Static).update("\n".join(lines))
        self._show_selected()

    @on(HitList.Selected)
    def _show_selected(self) -> None:
        """Show the text of the selected hit, and update the hit counter."""
        hit_list = self.query_one(HitList)
        self.query_one(HitPreview).show(self.typed, hit_list.event)
        width = (self.app.size.width - 2) // 2
        count = cut(first_fit(self._count_forms(hit_list), width, cells), width)[0]
        self.query_one(".count", Static).update(f" {count}" if count else "")

    def _count_forms(self, hit_list: HitList) -> list[str]:
        """Return the possible texts of the hit counter, longest first. Without hits, return the reason.

        The line below the query explains an invalid query.
        """
        if hit_list.hits:
            numbers = {"selected": hit_list.selected + 1, "count": len(hit_list.hits)}
            order = tr("by day") if self._by_day else tr("by relevance")
            longest = tr("{selected:,} of {count:,} · {order}", order=order, **numbers)
            return [longest, tr("{selected:,} of {count:,}", **numbers)]
        if not self.typed.strip():
            return [""]
        none_found = tr("none found")
        if self._index.fault(self.typed):
            return [none_found]
        return [nothing_found(self.typed, self._index, self._filter), none_found]

    def _fields_line(self, width: int) -> str:
        record = self._history.record
        if self._completion:
            takes = tr("{tab} takes {word}", tab=key_of(self.app, "search.order"), word=self._completion)
            return takes + other_values(self.typed, self._hits, record)
        if not self._hits:
            fault = self._index.fault(self.typed)
            if hint := fault or self._day_advice() or fact_advice(self.typed, self._history, self._index):
                return hint
        return fields_line(self.typed, self._hits, record, width)

    def _day_advice(self) -> str:
        """Return the key that goes to a day, if the typed text is a day."""
        if not typed_days(self.typed, self._history, date.today()):
            return ""
        return tr("this is a day: in the panes, {key} goes to it", key=key_of(self.app, "day.go"))
