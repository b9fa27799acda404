"""The status of every track: the status pane, and the strip on small screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from textual import events
from textual.geometry import Size
from textual.reactive import var

from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Record, Track
from kjtui.tui.paint.line_pane import ComposedPane, Line, Span
from kjtui.tui.panes.track_selection import TrackSelection
from kjtui.tui.state.view import View
from kjtui.words import labels
from kjtui.words.wrap import cells, fit

_DATE, _AGE = 11, 6
_ROOM_FOR_DATE, _ROOM_FOR_BOTH = 30, 47
"""Cells beside the name from which a date is shown, and from which an age is shown with it."""
_COLUMN, _SHORT = 26, 12
_LEAST = 4
"""Cells of a state's name below which the state on the pinned day is its sign only."""


class StatusPane(TrackSelection, ComposedPane):
    """Every standing, since when, and what is pending, a line each, under the headings of the record.

    A track keeps its line from one day to the next.
    """

    ID = "status"
    SIGNS = (
        (labels.PENDING, "pending: decided, with the day from which it is in force where one is set"),
        (labels.PROPOSED, "pending: proposed, announced or in talks"),
        (labels.DISPUTED, "sources disagree on the event behind it"),
    )
    DEFAULT_CSS = "StatusPane { height: auto; max-height: 60%; }"

    pinned: var[Snapshot | None] = var(None)
    """The day to compare with."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._tracks: list[str] = []  # the id of the track of each line; empty for a heading
        self._name_width = max(cells(track.name) for track in self.snapshot.record.tracks.values())

    @classmethod
    def signs(cls, record: Record) -> tuple[tuple[str, str], ...]:
        """Return the symbols of the tones that the record has, and the other signs."""
        tones = ((labels.SYMBOLS[tone], labels.TONE_WORDS[tone]) for tone in labels.record_tones(record))
        return (*tones, *cls.SIGNS)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of tracks and headings, which are the same on every day."""
        tracks = self.snapshot.record.tracks.values()
        return len(tracks) + sum(1 for _ in groupby(tracks, lambda track: track.group))

    def track_lines(self) -> Sequence[str]:
        """Return the track of each line."""
        return self._tracks

    def watch_pinned(self) -> None:
        """Show what differs from the pinned day."""
        self.recompose_lines()

    def on_click(self, event: events.Click) -> None:
        """Select the track that was clicked."""
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + self.scroll_offset.y
        if 0 <= index < self.line_count() and (track := self._tracks[index]):
            self.post_message(self.TrackSelected(track))

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterable[Line]:
        """Compose headings and standings; leave out the headings if there is no room for all lines."""
        rows: list[tuple[Line, str]] = []
        for group, standings in groupby(snapshot.standings, lambda standing: standing.track.group):
            rows.append((((f" {fit(group, width - 1)}", "heading"),), ""))
            rows += [(self._standing(standing, snapshot, width), standing.track.id) for standing in standings]
        if len(rows) > self.rows:
            rows = [(line, track) for line, track in rows if track]
        self._tracks = [track for _, track in rows]
        return [line for line, _ in rows]

    def _standing(self, standing: Standing, snapshot: Snapshot, width: int) -> Line:
        tone = standing.state.tone
        name = min(self._name_width, max(width - 26, 12))
        shown = standing.track.name if cells(standing.track.name) <= name else standing.track.short
        room = max(width - name - 4, 4)
        middle, tail = _fitted(standing, snapshot, self.pinned, room)
        gap = max(room - _width(middle) - cells(tail), 0)
        return (
            (f" {labels.SYMBOLS[tone]} ", tone),
            (f"{fit(shown or standing.track.name, name)} ", ""),
            *middle,
            (" " * gap, ""),
            (tail, "accent" if standing.since == snapshot.day else "dim"),
        )


def _fitted(
    standing: Standing, snapshot: Snapshot, pinned: Snapshot | None, room: int
) -> tuple[list[Span], str]:
    """Return the state with what is pending, and since when it has held: the most that fits.

    What is pending is worth more than the date, and the date more than the full names of states.
    """
    tails = _tails(standing, snapshot, room)
    state = standing.state
    names = dict.fromkeys((state.label, state.short or state.label))
    undated = any(not entry.in_force for entry in standing.pending[:1])
    ways = [
        *((0, tail) for tail in tails if tail),
        *((1, tail) for tail in tails if tail),
        # That no day is set is worth less than the date.
        *((2, tail) for tail in tails if tail and undated and room >= _ROOM_FOR_DATE),
        (0, ""),
        (1, ""),
    ]
    for form, tail in ways:
        for name in names:
            middle = _middle(standing, snapshot, pinned, name, form)
            if _width(middle) + (1 + cells(tail) if tail else 0) <= room:
                return middle, tail
    short = state.short or state.label
    for form in (1, 2, 3):
        middle = _middle(standing, snapshot, pinned, short, form)
        if _width(middle) <= room:
            return middle, ""
    marks = middle[1:]
    if room - _width(marks) < _LEAST:
        marks = _middle(standing, snapshot, pinned, short, 4)[1:]
    return [(fit(short, max(room - _width(marks), 1)), state.tone), *marks], ""


def _middle(
    standing: Standing, snapshot: Snapshot, pinned: Snapshot | None, name: str, form: int
) -> list[Span]:
    """Return the state, the state on the pinned day if it differs, and what is pending."""
    spans: list[Span] = [(name, standing.state.tone)]
    if standing.because and snapshot.is_disputed(standing.because):
        spans.append((f" {labels.DISPUTED}", "warning"))
    before = pinned.standing(standing.track.id).state if pinned else standing.state
    if before is not standing.state:
        was = "" if form == 4 else f" {before.label if form == 0 else before.short or before.label}"
        spans.append((f" was {labels.SYMBOLS[before.tone]}{was}", "strong"))
    if standing.until and not standing.pending:
        last_day = labels.until_forms(standing, snapshot.day)[min(form, 3)]
        style = "warning" if standing.is_overdue(snapshot.day) else "dim"
        spans.append((f" {last_day}" if last_day else "", style))
    for entry in standing.pending[:1]:
        more = len(standing.pending) - 1
        text = labels.pending_forms(entry, snapshot.day)[min(form, 3)]
        spans.append((f" {text}{f' +{more}' if more else ''}", _pending_style(standing)))
        if form < 3 and snapshot.is_disputed(entry.event):
            spans.append((f" {labels.DISPUTED}", "warning"))
    return spans


def _tails(standing: Standing, snapshot: Snapshot, room: int) -> list[str]:
    """Return in which ways since when is told, the longest first. The date keeps its place in all."""
    since, day = labels.since_day(standing, snapshot.day), snapshot.day
    age = labels.age(standing.since, day) if standing.since and standing.since < day else ""
    dated = f"{since:>{_DATE}}"
    if room >= _ROOM_FOR_BOTH:
        return [f"{age:>{_AGE}} {dated}", since, ""] if age else [since, ""]
    if room >= _ROOM_FOR_DATE:
        return [since, ""]
    return [age or (since if cells(since) <= _AGE else ""), ""]


def _pending_style(standing: Standing) -> str:
    """Return the style of the pending state, bold if it is decided; of a last day, dim."""
    if not standing.pending:
        return "dim"
    return "accent" if labels.is_firm(standing.pending[0]) else "cursor"


def _width(spans: Sequence[Span]) -> int:
    return sum(cells(text) for text, _ in spans)


class StandingsStrip(ComposedPane, can_focus=False):
    """Every standing in a few cells with what is pending, in columns read downwards, for small screens."""

    ID = "strip"

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose the standings that share a line."""
        columns = max(width // _COLUMN, 2 if width >= _COLUMN + 8 else 1)
        height = -(-len(snapshot.standings) // columns)
        starts = range(0, len(snapshot.standings), height)
        widths = _column_widths(
            [snapshot.standings[start : start + height] for start in starts], snapshot, width
        )
        for row in range(height):
            spans: list[Span] = []
            for room, standing in zip(widths, snapshot.standings[row::height], strict=False):
                item = _item(standing, snapshot, room)
                spans += [*item, (" " * (room - _width(item) + 1), "")]
            yield tuple(spans[:-1])


def _column_widths(columns: Sequence[Sequence[Standing]], snapshot: Snapshot, width: int) -> list[int]:
    """Return the widths of columns with a cell between them, so that every state fits if that is possible.

    They depend on the record alone, so that columns keep their places from one day to the next. Columns move
    only where they would otherwise hide the day of something pending.
    """
    spare = width - (len(columns) - 1)
    steady = [max(_most_cells(standing.track) for standing in column) for column in columns]
    if sum(steady) > spare:
        steady = [spare // len(columns)] * len(columns)
    steady = _spread(steady, spare)
    wanted, least = (
        [max(_taken(standing, snapshot, dated=dated) for standing in column) for column in columns]
        for dated in (True, False)
    )
    if all(want <= own for want, own in zip(wanted, steady, strict=True)) or sum(least) > spare:
        return steady
    widths = least
    for number, want in enumerate(wanted):  # the leading tracks first
        if sum(widths) - widths[number] + want <= spare:
            widths[number] = want
    return _spread(widths, spare)


def _spread(needed: Sequence[int], spare: int) -> list[int]:
    """Return widths that fill the spare cells, each at least as wide as needed."""
    share, rest = divmod(max(spare - sum(needed), 0), len(needed))
    return [*(need + share for need in needed[:-1]), needed[-1] + share + rest]


def _most_cells(track: Track) -> int:
    """Return the most cells that a track takes in the strip, with the sign of what is pending."""
    name = min(cells(track.short or track.name), _SHORT)
    return name + max(cells(state.short or state.label) for state in track.states) + 5


def _taken(standing: Standing, snapshot: Snapshot, *, dated: bool) -> int:
    """Return the cells that a standing takes in the strip, with the day of what is pending or without."""
    name, state = standing.track.short or standing.track.name, standing.state.short or standing.state.label
    forms = _pending_forms(standing, snapshot)
    return min(cells(name), _SHORT) + 3 + cells(state) + cells(forms[0 if dated else -1])


def _pending_forms(standing: Standing, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the pending state or the last day, longest form first."""
    if standing.until and not standing.pending:
        _, near, *_, sign = labels.until_forms(standing, snapshot.day)
        return f" {near}", f" {sign}".rstrip()
    for entry in standing.pending[:1]:
        sign = labels.pending_sign(entry)
        near = labels.day_near(entry.in_force, snapshot.day) if entry.in_force else ""
        return f" {sign}{near}", f" {sign}"
    return ("",)


def _item(standing: Standing, snapshot: Snapshot, room: int) -> list[Span]:
    tone, name = standing.state.tone, standing.track.short or standing.track.name
    taken = min(cells(name), _SHORT)
    state = standing.state.short or standing.state.label
    room = max(room - taken - 3, 3)
    forms = _pending_forms(standing, snapshot)
    pending = next((form for form in forms if cells(state) + cells(form) <= room), forms[-1])
    state = fit(state, min(cells(state), max(room - cells(pending), 1)))
    spans = [(f"{labels.SYMBOLS[tone]} ", tone), (f"{fit(name, taken)} ", ""), (state, tone)]
    return [*spans, (pending, _pending_style(standing))] if pending else spans
