"""What limits a screen for a while: a pane alone, a pinned day, a filter, a search."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING

from textual.reactive import var

from kjtui.history.search import Filter, Index
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import Record
from kjtui.tui.cursor import CursorScreen

if TYPE_CHECKING:
    from kjtui.tui.search import SearchBar


class LimitedScreen(CursorScreen):
    """A cursor with what limits it; escape undoes one after the other."""

    pane: var[str] = var("timeline", init=False)
    """The pane that shows on screens that show one at a time."""
    zoomed: var[bool] = var(False, init=False)
    """Whether one pane has the whole screen."""
    pinned: var[Snapshot | None] = var(None, init=False)
    """The day that others are compared with."""
    matches: var[frozenset[int]] = var(frozenset(), init=False)
    """The events that a search found, as places in the record."""
    filter: var[Filter] = var(Filter(), init=False)
    """What the timeline is limited to."""
    mode: var[str] = var("", init=False)
    """The filter in words."""

    def __init__(self, history: History, day: date) -> None:
        super().__init__(history, day)
        self._before_search = (day, -1)

    def take(self, history: History, day: date) -> None:
        """Stand on a day of a record, with the pinned day and the filter that were, as far as it has them."""
        self._index: Index | None = None
        self._search: SearchBar | None = None
        actors, tracks = history.record.dataset.actors, history.record.tracks
        limit = Filter(
            self.filter.track if self.filter.track in tracks else "",
            self.filter.kind,
            self.filter.actor if self.filter.actor in actors else "",
        )
        self.set_reactive(LimitedScreen.filter, limit)
        self.set_reactive(LimitedScreen.listed, _places(limit, history.record))
        self.set_reactive(LimitedScreen.mode, _words(limit, history.record))
        self.set_reactive(LimitedScreen.matches, frozenset())
        super().take(history, day)
        if self.pinned:
            day = self.validate_day(self.pinned.day)
            self.set_reactive(LimitedScreen.pinned, history.snapshot(day))

    def action_clear(self) -> None:
        """Undo what limits the screen: the pane alone, the pinned day, the filter."""
        if self._search:
            self._search.action_close()
        elif self.zoomed:
            self.zoomed = False
        elif self.pinned:
            self.pinned = None
        elif self.filter:
            self.filter = Filter()

    def watch_filter(self, limit: Filter) -> None:
        """Limit the timeline, and say so."""
        self.mode = _words(limit, self.history.record)
        self.listed = _places(limit, self.history.record)
        self.selected = self._event_on(self.day)

    def action_filter(self) -> None:
        """Ask what to limit the timeline to."""
        from kjtui.tui.dialogs.pick import FilterDialog

        def limited(limit: Filter | None) -> None:
            if limit is not None:
                self.filter = limit

        self.app.push_screen(FilterDialog(self.history.record, self.filter), limited)

    async def action_search(self) -> None:
        """Open the search line, which takes the keys from then on."""
        from kjtui.tui.search import SearchBar

        if self._search is None:
            self._index = self._index or Index(self.history.record)
            self._before_search = (self.day, self.selected)
            self._search = SearchBar()
            await self.mount(self._search, before="Footer")
        self._search.take_keys()

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        """Mark what is found, and go to the match nearest on."""
        found = self._index.find(message.query) if self._index else ()
        if self.listed is not None:
            found = tuple(sorted({*found} & {*self.listed}))
        self.matches = frozenset(found)
        self._tell("none found" if message.query.strip() and not found else "")
        if found:
            day, selected = self._before_search
            here = selected if selected >= 0 else self.history.snapshot(day).event_count
            self.move_to_event(found[min(bisect_left(found, here), len(found) - 1)], jump=False)
            self._tell_match()

    def on_search_bar_step(self, message: SearchBar.Step) -> None:
        """Go to the next or previous match."""
        place = self.next_place(message.step, sorted(self.matches))
        if place is None:
            self.app.bell()
        else:
            self.move_to_event(place, jump=False)
            self._tell_match()

    def on_search_bar_closed(self, message: SearchBar.Closed) -> None:
        """Stay at the match, or return to where the search began."""
        if self._search is None:
            return
        day, selected = self._before_search
        if not message.stay:
            self.move(day, selected=selected, jump=False)
        elif day != self.day:
            self._back = day
        self.matches = frozenset()
        self._search.remove()
        self._search = None
        self.query_one(f"#{self.pane}").focus()

    def _tell_match(self) -> None:
        """Say which of the matches this is."""
        place = sorted(self.matches).index(self.selected) + 1
        self._tell(f"{place} of {len(self.matches)}  ↑↓ enter esc")

    def _tell(self, found: str) -> None:
        if self._search:
            self._search.tell(found)


def _places(limit: Filter, record: Record) -> tuple[int, ...] | None:
    """The events a filter leaves, as places in the record; all of them where it leaves nothing out."""
    if not limit:
        return None
    return tuple(place for place, event in enumerate(record.events) if limit.fits(event))


def _words(limit: Filter, record: Record) -> str:
    track = record.tracks[limit.track].name if limit.track else ""
    actor = f"by {record.dataset.actors[limit.actor]}" if limit.actor else ""
    return " · ".join(part for part in ("only", track, limit.kind, actor) if part) if limit else ""
