"""The status of every track: the status pane, and the strip on small screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from textual import events
from textual.reactive import var

from kjtui.exports import labels
from kjtui.exports.wrap import cells, fit
from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot
from kjtui.tui.line_pane import ComposedPane, Line
from kjtui.tui.messages import TrackSelected

_AGE = 7
_COLUMN, _SHORT = 26, 12


class StatusPane(ComposedPane):
    """Every standing with its age and what is pending, under the headings of the record."""

    ID = "status"
    NUMBER = 2
    TITLE = "Status"
    HELP = "Every track's status and what is pending"
    SIGNS = (
        *((labels.SYMBOLS[tone], word) for tone, word in labels.TONE_WORDS.items()),
        ("▸", "pending: decided, and in force from the day it names"),
        ("▹", "pending: proposed, announced or in talks"),
        (labels.DISPUTED, "sources disagree on the event behind it"),
    )
    DEFAULT_CSS = "StatusPane { height: 60%; }"

    pinned: var[Snapshot | None] = var(None)
    """The day to compare with."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self._tracks: list[str] = []  # the id of the track of each line; empty for a heading
        self._name_width = max(cells(track.name) for track in snapshot.record.tracks.values())

    def watch_pinned(self) -> None:
        """Show what differs from the pinned day."""
        self.recompose_lines()

    def on_click(self, event: events.Click) -> None:
        """Select the track that was clicked."""
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + self.scroll_offset.y
        if 0 <= index < self.line_count() and (track := self._tracks[index]):
            self.post_message(TrackSelected(track))

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterable[Line]:
        """Compose headings and standings; leave out the headings if there is no room for all lines."""
        rows: list[tuple[Line, str]] = []
        for group, standings in groupby(snapshot.standings, lambda standing: standing.track.group):
            rows.append((((f" {fit(group, width - 1)}", "heading"),), ""))
            for standing in standings:
                rows += [(line, standing.track.id) for line in self._standing(standing, snapshot, width)]
        if len(rows) > self.rows:
            rows = [(line, track) for line, track in rows if track]
        self._tracks = [track for _, track in rows]
        return [line for line, _ in rows]

    def _standing(self, standing: Standing, snapshot: Snapshot, width: int) -> Iterator[Line]:
        tone = standing.state.tone
        name = min(self._name_width, max(width - _AGE - 19, 12))
        room = max(width - name - _AGE - 7, 4)
        label = standing.state.label
        if cells(label) > room:
            label = standing.state.short or label
        shown = standing.track.name if cells(standing.track.name) <= name else standing.track.short
        since = standing.since
        age = labels.age(since, snapshot.day) if since and since <= snapshot.day else ""
        disputed = standing.because is not None and snapshot.is_disputed(standing.because)
        yield (
            (f" {labels.SYMBOLS[tone]} ", tone),
            (f"{fit(shown or standing.track.name, name)} ", ""),
            (fit(label, room), tone),
            (f" {age:>{_AGE}}", "accent" if since == snapshot.day else "dim"),
            (f" {labels.DISPUTED if disputed else ' '}", "warning"),
        )
        if self.pinned and (before := self.pinned.standing(standing.track.id).state) is not standing.state:
            yield (("   ", ""), (fit(f"was {labels.state(before)}", max(width - 3, 0)), "strong"))
        for entry in standing.pending:
            text = fit(f"{labels.PENDING} {labels.pending(entry)}", max(width - 5, 0))
            sign = labels.DISPUTED if snapshot.is_disputed(entry.event) else " "
            yield (("   ", ""), (text, "accent"), (f" {sign}", "warning"))


class StandingsStrip(ComposedPane, can_focus=False):
    """Every standing in a few cells, in columns read downwards, for small screens."""

    ID = "strip"

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose the standings that share a line."""
        columns = max(width // _COLUMN, 2 if width >= _COLUMN + 8 else 1)
        height = -(-len(snapshot.standings) // columns)
        for row in range(height):
            spans: list[tuple[str, str]] = []
            for standing in snapshot.standings[row::height]:
                tone, name = standing.state.tone, standing.track.short or standing.track.name
                taken = min(cells(name), _SHORT)
                room = max(width // columns - taken - 4, 3)
                spans += [
                    (f"{labels.SYMBOLS[tone]} ", tone),
                    (f"{fit(name, taken)} ", ""),
                    (f"{fit(standing.state.short or standing.state.label, room)} ", tone),
                ]
            yield tuple(spans)
