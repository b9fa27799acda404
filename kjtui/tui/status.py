"""The standing of every track: at full length, and in a strip for small screens."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from textual.reactive import var

from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot
from kjtui.record.width import cells, fit
from kjtui.text import words
from kjtui.tui.lines import Line, LinePane

_AGE = 7


class StatusPane(LinePane):
    """Every standing with its age and what is pending, under the headings of the record."""

    BORDER_TITLE: ClassVar[str] = "2 Status"

    snapshot: var[Snapshot | None] = var(None)

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(id="status", classes="pane")
        tracks = snapshot.record.tracks.values()
        self._name_width = max(cells(track.name) for track in tracks)
        self.set_reactive(StatusPane.snapshot, snapshot)
        self._lines: list[Line] = []

    def line_count(self) -> int:
        """The lines of the day."""
        return len(self._lines)

    def line(self, index: int) -> Line:
        """A heading, a standing, or what is pending on it."""
        return self._lines[index]

    def watch_snapshot(self) -> None:
        """Show another day."""
        if self.is_mounted:
            self._lines = list(self._compose_lines())
            self.repaint()

    def relayout(self) -> None:
        """Fit the columns to the width."""
        self._lines = list(self._compose_lines())
        super().relayout()

    def _compose_lines(self) -> Iterator[Line]:
        if self.snapshot is None:
            return
        width = self.columns
        for group, standings in groupby(self.snapshot.standings, lambda standing: standing.track.group):
            yield ((f" {fit(group, width - 1)}", "heading"),)
            for standing in standings:
                yield self._standing(standing, self.snapshot, width)
                for entry in standing.pending:
                    text = fit(f"▸ {words.pending(entry)}", max(width - 6, 0))
                    sign = words.DISPUTED if entry.event.disputed else " "
                    yield (("   ", ""), (text, "accent"), (f" {sign}", "warning"))

    def _standing(self, standing: Standing, snapshot: Snapshot, width: int) -> Line:
        tone = standing.state.tone
        name = min(self._name_width, max(width - _AGE - 19, 12))
        room = max(width - name - _AGE - 7, 4)
        label = standing.state.label
        if cells(label) > room:
            label = standing.state.short or label
        shown = standing.track.name if cells(standing.track.name) <= name else standing.track.short
        age = standing.age(snapshot.day)
        if age is None or age < 0:
            told, style = "", "dim"
        else:
            told, style = (f"{age:,} d", "dim") if age else ("today", "accent")
        disputed = standing.because is not None and standing.because.disputed
        return (
            (f" {words.SYMBOLS[tone]} ", tone),
            (f"{fit(shown or standing.track.name, name)} ", ""),
            (fit(label, room), tone),
            (f" {told:>{_AGE}}", style),
            (f" {words.DISPUTED if disputed else ' '}", "warning"),
        )


class StandingsStrip(LinePane, can_focus=False):
    """Every standing in a few cells, in columns, for screens that have no room for more."""

    snapshot: var[Snapshot | None] = var(None)

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(id="strip")
        self.set_reactive(StandingsStrip.snapshot, snapshot)

    @property
    def _across(self) -> int:
        return max(self.columns // 26, 1)

    def line_count(self) -> int:
        """As many lines as the columns need."""
        return -(-len(self.snapshot.standings) // self._across) if self.snapshot else 0

    def line(self, index: int) -> Line:
        """The standings that share a line; columns are read downwards."""
        if self.snapshot is None:
            return ()
        spans: list[tuple[str, str]] = []
        width, height = self.columns // self._across, self.line_count()
        for standing in self.snapshot.standings[index::height]:
            tone, name = standing.state.tone, standing.track.short or standing.track.name
            room = max(width - 3 - min(cells(name), 12) - 1, 3)
            spans += [
                (f"{words.SYMBOLS[tone]} ", tone),
                (f"{fit(name, min(cells(name), 12))} ", ""),
                (fit(standing.state.short or standing.state.label, room), tone),
            ]
        return tuple(spans)

    def watch_snapshot(self) -> None:
        """Show another day."""
        if self.is_mounted:
            self.repaint()

    def relayout(self) -> None:
        """Be as high as the columns need."""
        self.styles.height = self.line_count()
        super().relayout()
