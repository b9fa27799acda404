"""The status of every track: the status pane, and the strip on small screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from textual import events
from textual.geometry import Size
from textual.reactive import var

from kjtui.history.fold import Pending, Standing
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import Record, State, Track
from kjtui.record.partial_date import day_text
from kjtui.tui.paint.line_pane import ComposedPane, Line, Span, line_width
from kjtui.tui.panes.track_selection import TrackSelection
from kjtui.tui.state.view import View
from kjtui.words import day_words, labels
from kjtui.words.wrap import cells, first_fit, fit, fit_right

_DATE, _AGE = 11, 6
"""Width of the columns of dates and ages."""
_ROOM_FOR_DATE, _ROOM_FOR_BOTH = 30, 47
"""Minimum width beside the name for a date instead of an age, and for both."""
_LEAST_STATE = 22
"""Minimum width of the state beside a long name."""
_ROOM_FOR_TWO_STATES = 34
"""Minimum width for the states of two days; all names are short if long names would leave less."""
_COLUMN, _SHORT, _WIDEST_STATE = 26, 12, 13
"""Width of a column of the strip, and of names and states in it."""

_LEAST_PENDING = 7
"""Minimum width of a pending state in the strip, with its sign."""
_MOST_CUT = 4
"""Maximum number of cells by which a state is cut to show its age."""


class StatusPane(TrackSelection, ComposedPane):
    """Every track in one line: state, pending state and date, under the headings of the record.

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
        tracks = self.snapshot.record.tracks.values()
        self._name_width = max(cells(track.name) for track in tracks)
        self._short_width = max(min(cells(track.short or track.name), _SHORT) for track in tracks)

    @classmethod
    def signs(cls, record: Record) -> tuple[tuple[str, str], ...]:
        """Return the symbols of the tones that the record has, and the other signs."""
        tones = ((labels.SYMBOLS[tone], labels.tone_word(tone)) for tone in labels.record_tones(record))
        return (*tones, *cls.SIGNS)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of tracks and headings, which are the same on every day."""
        tracks = self.snapshot.record.tracks.values()
        return len(tracks) + sum(1 for _ in groupby(tracks, lambda track: track.group))

    def track_lines(self) -> Sequence[str]:
        """Return the track of each line."""
        return self._tracks

    def watch_pinned(self) -> None:
        """Show the differences from the pinned day."""
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
        tone, track = standing.state.tone, standing.track
        name_width = self._width_of_names(width)
        name = first_fit((track.name, track.short or track.name), name_width, cells)
        state_width = max(width - name_width - 4, 4)
        form = _Form(standing, snapshot, self.pinned)
        middle, tail = first_fit(form.candidates(state_width), state_width, _form_width)
        if _form_width((middle, tail)) > state_width:
            middle = form.cut(state_width)
        gap = max(state_width - line_width(middle) - cells(tail), 0)
        return (
            (f" {labels.SYMBOLS[tone]} ", tone),
            (f"{fit(name, name_width)} ", ""),
            *middle,
            (" " * gap, ""),
            (tail, "accent" if standing.since == snapshot.day else "dim"),
        )

    def _width_of_names(self, width: int) -> int:
        """Return the width of the column of names; beside a pinned day the states need more room."""
        name_width = min(self._name_width, max(width - _LEAST_STATE, 12))
        if self.pinned and width - name_width - 4 < _ROOM_FOR_TWO_STATES:
            return self._short_width
        return name_width


class _Form:
    """The state of a track in longer and shorter forms, with pending state and date."""

    def __init__(self, standing: Standing, snapshot: Snapshot, pinned: Snapshot | None) -> None:
        self._standing, self._snapshot = standing, snapshot
        self._names = list(dict.fromkeys((standing.state.label, labels.short_state(standing.state))))
        self._compared: tuple[str, ...] = ()  # the state on the pinned day if it differs, longest first
        self._replaced: tuple[str, ...] = ()  # the state before, on a day of change, if it fits
        if pinned and (other := pinned.standing(standing.track.id).state) is not standing.state:
            self._compared = _compared_forms(other, pinned.day, snapshot.day)
        self._pending: tuple[str, ...] = ()
        if standing.pending:
            self._pending = _pending_names(standing.pending[0], snapshot.day)
        elif standing.until:
            self._pending = labels.until_forms(standing, snapshot.day)
        elif pinned is None and (previous := _replaced(standing, snapshot)):
            self._replaced = _compared_forms(previous, snapshot.day - timedelta(days=1), snapshot.day)

    def candidates(self, width: int) -> Iterator[tuple[list[Span], str]]:
        """Yield the forms, best first: the state, the pending state, and a date at the end.

        The pending state matters more than the date, the date more than the full names of states.
        """
        tail = _tail(self._standing, self._snapshot, width)
        tails = list(dict.fromkeys((tail, tail[-_DATE:].strip()))) if tail else []
        for end in (*tails, ""):
            for replaced in self._replaced:
                for name in self._names:
                    yield self._spans(name, replaced, ""), end
        others = self._compared or ("",)
        pending = self._pending or ("",)
        for end in tails:
            for compared in others:
                for ahead in pending[: 2 if self._has_day() else None]:
                    for name in self._names:
                        yield self._spans(name, compared, ahead), end
        if tails and not self._compared and not self._standing.pending:
            spans, end = self._spans(self._names[-1], "", ""), tails[-1]
            excess = line_width(spans) + 1 + cells(end) - width
            if 0 < excess <= _MOST_CUT:
                spans[0] = (fit(self._names[-1], cells(self._names[-1]) - excess), spans[0][1])
                yield spans, end
        for ahead in (*pending, "") if self._compared else pending:
            for compared in others:
                for name in self._names:
                    yield self._spans(name, compared, ahead), ""

    def cut(self, width: int) -> list[Span]:
        """Return the state and the compared or pending state, both cut to share the width."""
        name, standing, snapshot = self._names[-1], self._standing, self._snapshot
        if self._compared:
            spans = self._spans(name, self._compared[-1], "")
        elif standing.pending:
            spans = self._spans(name, "", self._pending[-1])
            if snapshot.is_disputed(standing.pending[0].event):
                spans.pop()  # the target matters more than the sign that follows
        else:
            return [(fit(name, width), standing.state.tone)]
        at = next(number for number in range(1, len(spans)) if spans[number][1] != "warning")
        text, style = spans[at]
        room = width - line_width(spans) + cells(name) + cells(text)
        own = min(cells(name), max(room - cells(text), room * 2 // 5))
        spans[0] = (fit(name, max(own, 1)), spans[0][1])
        spans[at] = (fit(text, max(room - own, 1)), style)
        return spans

    def _has_day(self) -> bool:
        """Return whether the pending state has a day, which matters more than the first day of the state."""
        return bool(self._standing.pending) and self._standing.pending[0].in_force is not None

    def _spans(self, name: str, compared: str, pending: str) -> list[Span]:
        """Return the state, the state on the pinned day, and the pending state."""
        standing, snapshot = self._standing, self._snapshot
        spans: list[Span] = [(name, standing.state.tone)]
        if standing.because and snapshot.is_disputed(standing.because):
            spans.append((f" {labels.DISPUTED}", "warning"))
        if compared:
            spans.append((f" {compared}", "strong"))
        if pending:
            more = f" +{len(standing.pending) - 1}" if len(standing.pending) > 1 else ""
            spans.append((f" {pending}{more}", _pending_style(standing, snapshot.day)))
        if pending and standing.pending and snapshot.is_disputed(standing.pending[0].event):
            spans.append((f" {labels.DISPUTED}", "warning"))
        return spans


def _replaced(standing: Standing, snapshot: Snapshot) -> State | None:
    """Return the state that a standing replaced on the day of the snapshot, or ``None`` on other days."""
    if standing.since != snapshot.day:
        return None
    runs = snapshot.history.runs(standing.track.id)
    earlier = [run.state for run in runs if run.first is None or run.first < snapshot.day]
    return earlier[-1] if earlier else None


def _compared_forms(other: State, pinned: date, day: date) -> tuple[str, ...]:
    """Return the state on a pinned day as seen from ``day``, longest form first."""
    long = f"{labels.SYMBOLS[other.tone]} {other.label}"
    short = f"{labels.SYMBOLS[other.tone]} {labels.short_state(other)}"
    if pinned < day:
        return tr("was {state}", state=long), tr("was {state}", state=short)
    return (
        tr("on {day}: {state}", day=day_text(pinned), state=long),
        tr("on {day}: {state}", day=day_text(pinned), state=short),
        tr("then {state}", state=short),
    )


def _pending_names(entry: Pending, day: date) -> tuple[str, ...]:
    """Return a pending state with its sign, longest form first; every form has the name."""
    long, middle, *_ = labels.pending_forms(entry, day)
    return long, middle, f"{labels.pending_sign(entry)} {labels.short_state(entry.state)}"


def _tail(standing: Standing, snapshot: Snapshot, width: int) -> str:
    """Return the age, the first day, or both, depending on the width."""
    since, day = labels.since_day(standing, snapshot.day), snapshot.day
    age = day_words.age(standing.since, day) if standing.since else ""
    if width < _ROOM_FOR_DATE:
        return age
    if width >= _ROOM_FOR_BOTH and age and standing.since != day:
        return f"{fit_right(age, _AGE)} {fit_right(since, _DATE)}"
    return since


def _form_width(form: tuple[list[Span], str]) -> int:
    middle, tail = form
    return line_width(middle) + (1 + cells(tail) if tail else 0)


def _pending_style(standing: Standing, day: date) -> str:
    """Return the style of the pending state, bold if it is decided, or of a last day."""
    if not standing.pending:
        return "warning" if standing.is_overdue(day) else "dim"
    return "accent" if labels.is_firm(standing.pending[0]) else "cursor"


class StandingsStrip(ComposedPane, can_focus=False):
    """Every track in a few cells with its pending state, in columns read downwards, for small screens."""

    ID = "strip"

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose the lines; each has one standing per column."""
        standings = self.shown_standings(snapshot, width)
        if not standings:
            return
        height = -(-len(standings) // strip_columns(width))
        starts = range(0, len(standings), height)
        widths = _column_widths([standings[start : start + height] for start in starts], snapshot, width)
        for row in range(height):
            spans: list[Span] = []
            for room, standing in zip(widths, standings[row::height], strict=False):
                item = _item(standing, snapshot, room)
                spans += [*item, (" " * (room - line_width(item) + 1), "")]
            yield tuple(spans[:-1])

    def shown_standings(self, snapshot: Snapshot, width: int) -> Sequence[Standing]:  # used by a subclass
        """Return the standings to show at a width, by default all."""
        return snapshot.standings


def strip_columns(width: int) -> int:
    """Return the number of columns of a strip."""
    return max(width // _COLUMN, 2 if width >= _COLUMN + 8 else 1)


def _column_widths(columns: Sequence[Sequence[Standing]], snapshot: Snapshot, width: int) -> list[int]:
    """Return the widths of the columns, wide enough for every state if possible; gaps are one cell.

    The widths depend only on the record, so that columns do not move from day to day. Columns move only if
    they would otherwise hide a pending state. A pending state with a day gets its cells first.
    """
    spare = width - (len(columns) - 1)
    steady = [max(_most_cells(standing.track) for standing in column) for column in columns]
    if sum(steady) > spare:
        steady = [spare // len(columns)] * len(columns)
    steady = _spread(steady, spare)
    least, with_days, wanted = (
        [max(_taken(standing, snapshot, pending) for standing in column) for column in columns]
        for pending in ("none", "with a day", "all")
    )
    if all(want <= own for want, own in zip(wanted, steady, strict=True)) or sum(least) > spare:
        return steady
    widths = least
    for needs in (with_days, wanted):
        for number, need in enumerate(needs):  # the leading tracks first
            widths[number] = max(widths[number], min(need, widths[number] + spare - sum(widths)))
    return _spread(widths, spare)


def _spread(needed: Sequence[int], spare: int) -> list[int]:
    """Distribute the spare cells over the columns."""
    share, rest = divmod(max(spare - sum(needed), 0), len(needed))
    return [*(need + share for need in needed[:-1]), needed[-1] + share + rest]


def _most_cells(track: Track) -> int:
    """Return the maximum width of a track in the strip, with the sign of a pending state."""
    name = min(cells(track.short or track.name), _SHORT)
    return name + max(_state_cells(state) for state in track.states) + 5


def _state_cells(state: State) -> int:
    """Return the width of a state in the strip; longer states are cut."""
    return min(cells(labels.short_state(state)), _WIDEST_STATE)


def _taken(standing: Standing, snapshot: Snapshot, pending: str) -> int:
    """Return the width of a standing in the strip.

    Args:
        pending: Which pending states to include in words: "none", "with a day" or "all". Other pending states
            are shown as signs.
    """
    name = standing.track.short or standing.track.name
    forms = _pending_forms(standing, snapshot)
    after = forms[-1]
    if pending == "all" or (pending == "with a day" and _has_day(standing)):
        after = forms[0]
    return min(cells(name), _SHORT) + 3 + _state_cells(standing.state) + cells(after)


def _has_day(standing: Standing) -> bool:
    """Return whether a pending state of a standing, or the end of its own state, has a day."""
    if standing.pending:
        return standing.pending[0].in_force is not None
    return standing.until is not None


def _pending_forms(standing: Standing, snapshot: Snapshot, room: int = 0) -> tuple[str, ...]:
    """Return the pending state or the last day, longest form first.

    The shortest form of a pending state is its sign, because a missing sign would mean that nothing is
    pending. A state is cut to ``room``; a day is not.
    """
    if standing.until and not standing.pending:
        _, near, *_ = labels.until_forms(standing, snapshot.day)
        return f" {near}", ""
    for entry in standing.pending[:1]:
        sign, state = labels.pending_sign(entry), labels.short_state(entry.state)
        if entry.in_force:
            return f" {sign}{day_words.day_near(entry.in_force, snapshot.day)}", f" {sign}"
        cut = (fit(f" {sign}{state}", room),) if room >= _LEAST_PENDING else ()
        return f" {sign}{state}", *cut, f" {sign}"
    return ("",)


def _item(standing: Standing, snapshot: Snapshot, room: int) -> list[Span]:
    tone, name = standing.state.tone, standing.track.short or standing.track.name
    taken = min(cells(name), _SHORT)
    state = labels.short_state(standing.state)
    room = max(room - taken - 3, 3)
    beside_state = room - _state_cells(standing.state)
    pending = first_fit(_pending_forms(standing, snapshot, beside_state), beside_state, cells)
    state = fit(state, min(cells(state), max(room - cells(pending), 1)))
    spans = [(f"{labels.SYMBOLS[tone]} ", tone), (f"{fit(name, taken)} ", ""), (state, tone)]
    return [*spans, (pending, _pending_style(standing, snapshot.day))] if pending else spans
