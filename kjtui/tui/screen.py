"""The main screen: panes drawn from the cursor's snapshot, and what opens over them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.widgets import Footer

from kjtui.history.compare import compare
from kjtui.history.search import Filter, Index
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.clean import clean
from kjtui.record.model import Term
from kjtui.text.plain import RECENT, snapshot_sources, snapshot_text
from kjtui.tui.commands import bindings
from kjtui.tui.cursor import CursorScreen
from kjtui.tui.headline import Headline
from kjtui.tui.lanes import LanesPane
from kjtui.tui.meeting import MeetingPane
from kjtui.tui.search import SearchBar
from kjtui.tui.status import StandingsStrip, StatusPane
from kjtui.tui.tabs import PANES, PaneTabs
from kjtui.tui.timeline import Timeline


class MainScreen(CursorScreen):
    """The panes and what they can be asked. Snapshots flow down from here, wishes come up as messages."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#timeline"

    pane: var[str] = var("timeline", init=False)
    """The pane that shows on screens that show one at a time."""
    zoomed: var[bool] = var(False, init=False)
    """Whether one pane has the whole screen."""
    pinned: var[Snapshot | None] = var(None, init=False)
    """The day that others are compared with."""
    pinned_day: var[date | None] = var(None, init=False)
    matches: var[frozenset[int]] = var(frozenset(), init=False)
    """The events that a search found, as places in the record."""
    filter: var[Filter] = var(Filter(), init=False)
    """What the timeline is limited to."""
    mode: var[str] = var("", init=False)
    """The filter in words."""

    def __init__(self, history: History, day: date) -> None:
        super().__init__(history, day)
        self.add_class(f"-show-{self.pane}", "-whole")
        self._index: Index | None = None
        self._before_search: tuple[date, int] | None = None

    def compose(self) -> ComposeResult:
        """Headline; strip and tabs for small screens; panes; search line; keys."""
        snapshot = self.now()
        yield Headline(snapshot).data_bind(
            MainScreen.snapshot, pinned=MainScreen.pinned, mode=MainScreen.mode
        )
        yield StandingsStrip(snapshot).data_bind(MainScreen.snapshot)
        yield PaneTabs().data_bind(shown=MainScreen.pane)
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Timeline(snapshot).data_bind(
                    MainScreen.snapshot,
                    MainScreen.selected,
                    pinned=MainScreen.pinned,
                    matches=MainScreen.matches,
                    listed=MainScreen.listed,
                )
                yield LanesPane(snapshot).data_bind(MainScreen.snapshot, pinned=MainScreen.pinned_day)
            with Vertical(id="right"):
                yield StatusPane(snapshot).data_bind(MainScreen.snapshot, pinned=MainScreen.pinned)
                yield MeetingPane(snapshot).data_bind(MainScreen.snapshot)
        yield SearchBar()
        yield Footer(show_command_palette=False, compact=True)

    # The panes

    def watch_pane(self, before: str, pane: str) -> None:
        """Show a pane, on screens that show one at a time, and give it the focus."""
        self.remove_class(f"-show-{before}").add_class(f"-show-{pane}")
        self.call_after_refresh(self.query_one(f"#{pane}").focus)

    @on(PaneTabs.Picked)
    def pick_pane(self, message: PaneTabs.Picked) -> None:
        """Show the pane that was pointed at."""
        self.action_pane(message.pane)

    def action_pane(self, pane: str) -> None:
        """Show a pane and give it the focus."""
        if pane == self.pane:
            self.query_one(f"#{pane}").focus()
        self.pane = pane

    def action_page(self, pages: int) -> None:
        """Scroll the focused pane by pages."""
        if self.focused:
            self.focused.scroll_relative(y=pages * self.focused.size.height, animate=False)

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, as on small ones, or return."""
        if self.focused and self.focused.id in PANES:
            self.pane = self.focused.id
        self.zoomed = not self.zoomed

    def watch_zoomed(self, zoomed: bool) -> None:
        """The style sheet does the rest."""
        self.set_class(zoomed, "-zoomed").set_class(not zoomed, "-whole")

    def action_zoom_lanes(self, steps: int) -> None:
        """Show fewer or more months in the lanes."""
        self.query_one(LanesPane).zoom(steps)

    @on(Timeline.Picked)
    def pick(self, message: Timeline.Picked) -> None:
        """Move to the event that was pointed at."""
        self.move_to_event(message.index)

    @on(LanesPane.Picked)
    def pick_day(self, message: LanesPane.Picked) -> None:
        """Move to the day that was pointed at."""
        self.move(message.day)

    # Limits: a filter, a pinned day, a search

    def action_clear(self) -> None:
        """Undo what limits the screen: the pane alone, the pinned day, the filter."""
        if self.zoomed:
            self.zoomed = False
        elif self.pinned:
            self.pinned = None
        elif self.filter:
            self.filter = Filter()

    def watch_pinned(self) -> None:
        """Keep the day beside the snapshot, for panes that need no more."""
        self.pinned_day = self.pinned.day if self.pinned else None

    def watch_filter(self, limit: Filter) -> None:
        """Limit the timeline, and say so."""
        record = self.history.record
        track = record.tracks[limit.track].name if limit.track else ""
        actor = f"by {record.dataset.actors[limit.actor]}" if limit.actor else ""
        self.mode = " · ".join(part for part in ("only", track, limit.kind, actor) if part) if limit else ""
        self.listed = (
            tuple(place for place, event in enumerate(record.events) if limit.fits(event)) if limit else None
        )

    def action_filter(self) -> None:
        """Ask what to limit the timeline to."""
        from kjtui.tui.dialogs.pick import FilterDialog

        def limited(limit: Filter | None) -> None:
            if limit is not None:
                self.filter = limit

        self.app.push_screen(FilterDialog(self.history.record, self.filter), limited)

    def action_search(self) -> None:
        """Open the search line."""
        self._index = self._index or Index(self.history.record)
        self._before_search = (self.day, self.selected)
        self.query_one(SearchBar).open()

    @on(SearchBar.Changed)
    def search(self, message: SearchBar.Changed) -> None:
        """Mark what is found, and go to the match nearest on."""
        found = self._index.find(message.query) if self._index else ()
        self.matches = frozenset(found)
        self.query_one(SearchBar).tell(f"{len(found)} found" if message.query.strip() else "")
        if found and self._before_search:
            day, selected = self._before_search
            here = selected if selected >= 0 else self.history.snapshot(day).event_count
            self.move_to_event(next((place for place in found if place >= here), found[-1]))

    @on(SearchBar.Step)
    def step_match(self, message: SearchBar.Step) -> None:
        """Go to the next or previous match."""
        place = self.next_place(message.step, sorted(self.matches))
        if place is None:
            self.app.bell()
        else:
            self.move_to_event(place)

    @on(SearchBar.Closed)
    def end_search(self, message: SearchBar.Closed) -> None:
        """Stay at the match, or return to where the search began."""
        if not message.stay and self._before_search:
            day, selected = self._before_search
            self.move(day, selected=selected, jump=False)
        self.matches = frozenset()
        self.query_one(f"#{self.pane}").focus()

    def action_compare(self) -> None:
        """Pin the day; once one is pinned, tell what differs from it."""
        if self.pinned is None:
            self.pinned = self.now()
            return
        from kjtui.tui.dialogs.contents import comparison_text
        from kjtui.tui.dialogs.reader import Reader

        self.app.push_screen(Reader(comparison_text(compare(self.pinned, self.now()))))

    # What opens over them: imported when first opened, so that the app itself opens sooner

    def action_go_to(self) -> None:
        """Ask for a day."""
        from kjtui.tui.dialogs.goto import GoToDialog, Target

        def go(target: Target | None) -> None:
            if target:
                self.move(target.day, selected=target.place)

        self.app.push_screen(GoToDialog(self.history, self.day), go)

    def action_why(self) -> None:
        """Tell why the track that changed lately, or else the first, stands as it does."""
        standings = self.now().standings
        lately = [s for s in standings if s.because and s.since and self.day - s.since <= RECENT]
        chosen = max(lately, key=lambda s: s.since or date.min, default=standings[0])
        self.why(chosen.track.id)

    @on(StatusPane.Picked)
    @on(LanesPane.TrackPicked)
    def pick_track(self, message: StatusPane.Picked | LanesPane.TrackPicked) -> None:
        """Tell why of the track that was pointed at."""
        self.why(message.track)

    def why(self, track: str) -> None:
        """Tell why a track stands as it does."""
        from kjtui.tui.dialogs.why import WhyReader

        self.app.push_screen(WhyReader(self.now(), track))

    def explain(self, term: Term) -> None:
        """Tell what a term means."""
        from kjtui.tui.dialogs.contents import term_text
        from kjtui.tui.dialogs.reader import Reader

        self.app.push_screen(Reader(term_text(term, self.history.record)))

    def action_sources(self) -> None:
        """List the sources behind the day."""
        from kjtui.tui.dialogs.pick import SourcesDialog

        self.app.push_screen(SourcesDialog(snapshot_sources(self.now())))

    def action_open_event(self) -> None:
        """Show the selected event, or the last one before the day, in full."""
        from kjtui.tui.dialogs.contents import event_text
        from kjtui.tui.dialogs.reader import Reader

        place = self.selected if self.selected >= 0 else self.now().event_count - 1
        if place >= 0:
            self.app.push_screen(Reader(event_text(self.history.record.events[place], self.history.record)))

    def action_help(self) -> None:
        """Show all keys."""
        from kjtui.tui.dialogs.contents import help_text
        from kjtui.tui.dialogs.reader import Reader

        self.app.push_screen(Reader(help_text(self.history.record)))

    def action_copy(self) -> None:
        """Hand the day's text to the terminal."""
        text = snapshot_text(self.now())
        self.app.copy_to_clipboard(text)
        told = (
            f"{len(text.encode()) // 1000} kB sent to the terminal's clipboard; not every terminal takes it"
        )
        self.notify(told, markup=False)

    def action_export(self) -> None:
        """Save the day."""
        from kjtui.tui.dialogs.export import ExportDialog

        def saved(path: Path | None) -> None:
            if path:
                self.notify(f"Saved {clean(str(path))}", markup=False)

        self.app.push_screen(ExportDialog(self.now()), saved)
