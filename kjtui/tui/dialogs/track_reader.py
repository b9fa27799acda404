"""The page of a track: how it stands and why, its facts, licences, trade figures, and statements on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from kjtui.documents.track_document import step_words
from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot, sources_of
from kjtui.history.track_page import track_page
from kjtui.record.model import Event
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.dialogs.item_list import Item, ItemList
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.paint.line_pane import Line, Span
from kjtui.tui.paint.series_chart import series_chart
from kjtui.tui.state.exportable import copy, export_track
from kjtui.words import labels
from kjtui.words.wrap import cells, fit, wrap

SECTIONS = ("Why", "Facts", "Licences", "Trade", "Statements")
"""The sections of the page, by the keys 1 to 5."""
_LABEL = 14
"""Cells of the names of the sections, where they stand beside them."""
_BESIDE = 72
"""Width from which they do."""
_DATE = 12


class PageLeft(NamedTuple):
    """The track whose page was left, and the index of the event to go to, if one was chosen."""

    track: str
    event: int | None = None


class TrackPage(Dialog[PageLeft]):
    """Show the page of a track; left and right lead to the other tracks."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("track")

    def __init__(self, snapshot: Snapshot, track: str) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._page = PageText(snapshot, track)

    def compose(self) -> ComposeResult:
        """Compose the page and the keys."""
        with Vertical(classes="dialog reader"):
            yield self._page
            yield Hint("track")

    def on_mount(self) -> None:
        """Focus the page."""
        self._page.focus()

    def action_turn(self, step: int) -> None:
        """Show the next or previous track."""
        tracks = list(self._snapshot.record.tracks)
        self._page.track = tracks[(tracks.index(self._page.track) + step) % len(tracks)]
        self._page.show()

    def action_section(self, number: int) -> None:
        """Scroll to a section."""
        name = SECTIONS[number - 1]
        if not self._page.show_section(name):
            self.notify(f"{name}: nothing on this track was public by the day.", markup=False)

    @on(ItemList.OpenRequested)
    def action_go(self) -> None:
        """Go to the day of the selected event."""
        item = self._page.selected_item
        if item and item.event is not None:
            self.dismiss(PageLeft(self._page.track, item.event))
        else:
            self.notify("This line is not of one day; s lists its sources.", markup=False)

    def action_sources(self) -> None:
        """List the sources of what is selected."""
        from kjtui.tui.dialogs.sources_dialog import SourceGroup, SourcesDialog

        item = self._page.selected_item
        if item and item.sources:
            sources = self._snapshot.record.sources
            group = SourceGroup(item.title, tuple(sources[identity] for identity in item.sources))
            open_screen(self, SourcesDialog([group], self._snapshot))
        else:
            self.notify("This line has no sources.", markup=False)

    def action_export(self) -> None:
        """Save the page as a file."""
        from kjtui.tui.dialogs.export_dialog import ExportDialog

        open_screen(self, ExportDialog(export_track(self._snapshot, self._page.track)))

    def action_copy(self) -> None:
        """Copy the text of the page to the clipboard."""
        copy(self.app, export_track(self._snapshot, self._page.track))

    def action_leave(self) -> None:
        """Close the page."""
        self.dismiss(PageLeft(self._page.track))


class PageText(ItemList):
    """The text of the page. Nothing in it was published after the day of the snapshot."""

    DEFAULT_CSS = "PageText { height: 1fr; overflow-y: scroll; }"

    def __init__(self, snapshot: Snapshot, track: str) -> None:
        super().__init__(id="track-page")
        self._snapshot = snapshot
        self.track = track
        self._indices: dict[str, int] = {}

    def compose_items(self, width: int) -> Iterator[Line | Item]:
        """Compose the standing and the sections, the newest event of each first."""
        snapshot = self._snapshot
        reason = track_page(snapshot, self.track)
        if not self._indices:
            self._indices = {event.id: index for index, event in enumerate(snapshot.events)}
        touching = [event for event in snapshot.events if self.track in event.tracks]
        licences = [event for event in touching if event.kind == "licence"]
        spoken = [event for event in reversed(touching) if event.kind in ("statement", "figures")]
        room = max(width - self._lead(width) - 1, 1)
        yield from self._heading(reason.standing, width)
        steps = [self._before(reason.standing, room)]
        track = reason.standing.track
        for step in reason.steps:
            tones = [track.state(effect.state).tone for effect in step.effects]
            if tones:
                effects = zip(step_words(reason, step), tones, strict=True)
                steps.insert(0, self._event(step.event, room, effects))
        yield from self._section("Why", "", steps, width)
        facts = [
            self._fact(fact.label, fact.value, fact.sources, room) for fact in track.facts_known(snapshot.day)
        ]
        yield from self._section("Facts", "", facts, width)
        numbered = [self._event(event, room) for event in reversed(licences)]
        public = f"public by {day_text(snapshot.day)}"
        yield from self._section("Licences", public, numbered, width)
        yield from self._section("Trade", "", list(self._charts(room)), width)
        yield from self._section("Statements", "", [self._event(event, room) for event in spoken], width)

    def first_choice(self) -> int:
        """Return the step that led to the standing, if it is in sight; else the first line."""
        standing = self._snapshot.standing(self.track)
        for number, item in enumerate(self._items):
            if standing.because and item.event == self._indices[standing.because.id]:
                return number if self._extent(number)[1] <= self.rows else 0
        return 0

    def _heading(self, standing: Standing, width: int) -> Iterator[Line]:
        track, day, room = standing.track, self._snapshot.day, max(width - 2, 1)
        tracks = list(self._snapshot.record.tracks)
        right = f"on {day_text(day)} · {tracks.index(track.id) + 1} of {len(tracks)} ←→"
        if cells(track.name) + cells(right) + 2 > room:
            right = f"{tracks.index(track.id) + 1} of {len(tracks)} ←→"
        yield ((f" {fit(track.name, max(room - cells(right), 0))}", "strong"), (right, "dim"))
        age = standing.age(day)
        old = f", {labels.days(age)}" if age and standing.because else ""
        state = f" {labels.signed_state(standing, day)} "
        since = fit(f"{labels.held(standing, day)}{old}", room)
        if cells(state) + cells(since.rstrip()) <= room:
            yield ((state, standing.state.tone), (since.rstrip(), ""))
        else:
            yield ((state, standing.state.tone),)
            yield ((f"   {since.rstrip()}", ""),)
        for text, style in ((standing.state.meaning, ""), (track.about, "dim")):
            yield from (((f" {row}", style),) for row in wrap(text, room))
        for entry in standing.pending:
            rows = wrap(f"{labels.pending_sign(entry)} {labels.pending(entry, day)}", room, rest="  ")
            yield from (((f" {row}", "accent"),) for row in rows)

    def _lead(self, width: int) -> int:
        return _LABEL if width >= _BESIDE else 1

    def _section(self, name: str, remark: str, items: Sequence[Item], width: int) -> Iterator[Line | Item]:
        """Yield the items of a section behind its name; nothing for a section without items."""
        if not items:
            return
        lead = self._lead(width)
        heading = f"{SECTIONS.index(name) + 1} {name.upper()}"
        yield ()
        beside = lead == _LABEL
        if not beside or remark:
            yield ((f" {fit(heading, _LABEL - 1)}", "heading"), (remark, "dim"))
        for number, item in enumerate(items):
            label = heading if beside and not remark and number == 0 else ""
            first = f" {fit(label, lead - 1)}"
            yield item._replace(
                section=name if number == 0 else "",
                lines=tuple(
                    ((first if index == 0 else " " * lead, "heading"), *line)
                    for index, line in enumerate(item.lines)
                ),
            )

    def _before(self, standing: Standing, room: int) -> Item:
        """Return the state before the first event."""
        initial = standing.track.initial
        state = standing.track.state(initial.state)
        text = f"{labels.state(state)}. {initial.note}".strip()
        tail = ((f"[{len(initial.sources)}]", "dim"),) if initial.sources else ()
        lines = _rows(str(initial.since or "before"), text, room, tail)
        return Item(tuple(lines), None, initial.sources, f"{standing.track.name}, before the record")

    def _event(self, event: Event, room: int, effects: Iterable[Span] = ()) -> Item:
        """Return an event, and what it did to the track: phrases, each in a style."""
        sources = sources_of(event, self._snapshot)
        disputed = self._snapshot.is_disputed(event)
        tail = ((f"{labels.DISPUTED} " if disputed else "", "warning"), (f"[{len(sources)}]", "dim"))
        lines = list(_rows(str(event.date), event.title, room, tail))
        for words, style in effects:
            wrapped = wrap(f"= {words}", max(room - _DATE, 8), rest="  ")
            lines += [((" " * _DATE, ""), (row, style)) for row in wrapped]
        title = f"{event.date}: {event.title}"
        return Item(tuple(lines), self._indices[event.id], tuple(sources), title)

    def _fact(self, label: str, value: str, sources: tuple[str, ...], room: int) -> Item:
        tail = f"[{len(sources)}]"
        rows = wrap(f"{label}: {value}", max(room - cells(tail) - 1, 8), rest="  ")
        lines: list[Line] = []
        for index, row in enumerate(rows):
            named = index == 0 and row.startswith(f"{label}:")
            split = len(label) + 1 if named else 0
            spans: tuple[Span, ...] = ((row[:split], "dim"), (row[split:], ""))
            gap = " " * max(room - cells(row) - cells(tail), 1)
            lines.append((*spans, (f"{gap}{tail}", "dim")) if index == 0 else spans)
        return Item(tuple(lines), None, sources, f"{label}: {value}")

    def _charts(self, room: int) -> Iterator[Item]:
        for series in self._snapshot.series:
            if series.track == self.track:
                sources = tuple(dict.fromkeys(one for point in series.points for one in point.sources))
                yield Item(tuple(series_chart(series, room)), None, sources, series.title)


def _rows(date: str, text: str, room: int, tail: tuple[Span, ...]) -> Iterator[Line]:
    """Yield a date, a text wrapped beside it, and at the end of the first line what follows."""
    taken = sum(cells(span) for span, _ in tail)
    width = max(room - _DATE - taken - 1, 8)
    for index, row in enumerate(wrap(text, width)):
        lead = fit(date, _DATE - 1) + " " if index == 0 else " " * _DATE
        if index == 0:
            yield ((lead, "dim"), (fit(row, width + 1), ""), *tail)
        else:
            yield ((lead, "dim"), (row, ""))
