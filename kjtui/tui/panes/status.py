"""The status of every track: the status pane, and the strip on small screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, product

from msgspec import Struct
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
"""Minimum widths: to show the date instead of the age, and to show both. The track's name is not included."""
_LEAST_STATE = 22
"""Minimum width of the state. The name of a track is truncated to leave this width."""
_ROOM_FOR_TWO_STATES = 34
"""Minimum width for the states of two days. If there is less space, the names of all tracks are shortened."""
_COLUMN, _SHORT, _WIDEST_STATE = 26, 12, 13
"""In the strip: the approximate width of a column, and the maximum widths of a name and of a state."""

_LEAST_PENDING = 7
"""Minimum width of a pending state in the strip, with its sign. In less space, only the sign is shown."""
_LEAST_CUT_STATE = 6
"""Minimum width of a truncated state in the strip. In less space, only the state's symbol is shown."""
_MOST_CUT = 4
"""Maximum number of cells that are removed from the name of a state to make room for its age."""


class StatusPane(TrackSelection, ComposedPane):
    """One line per track: its state, its pending state and a date. The record defines the headings.

    A track stays on the same line from day to day.
    """

    ID = "status"
    SIGNS = (
        (labels.PENDING, "pending: decided, with the first day in force if one is set"),
        (labels.PROPOSED, "pending: proposed, announced or in talks"),
        (labels.DISPUTED, "sources disagree on the event behind it"),
    )
    DEFAULT_CSS = "StatusPane { height: auto; max-height: 60%; }"

    pinned: var[Snapshot | None] = var(None)
    """The snapshot of the pinned day. ``None`` if no day is pinned."""

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._tracks: list[str] = []  # the id of the track of each line; empty for a heading
        tracks = self.snapshot.record.tracks.values()
        self._name_width = max(cells(track.name) for track in tracks)
        self._short_width = max(min(cells(track.short or track.name), _SHORT) for track in tracks)

    @classmethod
    def signs(cls, record: Record) -> tuple[tuple[str, str], ...]:
        """Return a symbol for each tone in the record, then ``SIGNS``, all with their meanings."""
        tones = ((labels.SYMBOLS[tone], labels.tone_word(tone)) for tone in labels.record_tones(record))
        return (*tones, *cls.SIGNS)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines: one per track and one per heading.

        The number is the same on every day.
        """
        tracks = self.snapshot.record.tracks.values()
        return len(tracks) + sum(1 for _ in groupby(tracks, lambda track: track.group))

    def track_lines(self) -> Sequence[str]:
        """Return the track id of each line."""
        return self._tracks

    def watch_pinned(self) -> None:
        """Show the differences from the pinned day."""
        self.recompose_lines()

    def on_click(self, event: events.Click) -> None:
        """Select the track that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        line = offset.y + self.scroll_offset.y
        if 0 <= line < self.line_count() and self._tracks[line]:
            self.post_message(self.TrackSelected(self._tracks[line]))

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterable[Line]:
        """Compose the headings and standings. Omit the headings if there is no room for all lines."""
        pinned = self.pinned
        name_width = self._width_of_names(width, pinned)
        rows: list[tuple[Line, str]] = []
        for group, standings in groupby(snapshot.standings, lambda standing: standing.track.group):
            rows.append((((f" {fit(group, width - 1)}", "heading"),), ""))
            rows += [
                (_standing_line(standing, snapshot, pinned, width, name_width), standing.track.id)
                for standing in standings
            ]
        if len(rows) > self.rows:
            rows = [(line, track) for line, track in rows if track]
        self._tracks = [track for _, track in rows]
        return [line for line, _ in rows]

    def _width_of_names(self, width: int, pinned: Snapshot | None) -> int:
        """Return the width of the column of names.

        The column is narrower if the states on the pinned day need room.
        """
        name_width = min(self._name_width, max(width - _LEAST_STATE, 12))
        if pinned and width - name_width - 4 < _ROOM_FOR_TWO_STATES:
            return self._short_width
        return name_width


def _standing_line(
    standing: Standing, snapshot: Snapshot, pinned: Snapshot | None, width: int, name_width: int
) -> Line:
    """Return the line of a standing: symbol, name, states, and the age or date at the end."""
    tone, track = standing.state.tone, standing.track
    name = first_fit((track.name, track.short or track.name), name_width, cells)
    state_width = max(width - name_width - 4, 4)
    forms = _Forms(standing, snapshot, pinned)
    form = first_fit(forms.candidates(state_width), state_width, _form_width)
    spans = form.spans
    if _form_width(form) > state_width:
        spans = forms.cut(state_width)
    gap = max(state_width - line_width(spans) - cells(form.tail), 0)
    return (
        (f" {labels.SYMBOLS[tone]} ", tone),
        (f"{fit(name, name_width)} ", ""),
        *spans,
        (" " * gap, ""),
        (form.tail, "accent" if standing.since == snapshot.day else "dim"),
    )


class _Form(Struct, frozen=True):
    """One form of the text about a standing: spans for the states, and the age or date at the end."""

    spans: list[Span]
    tail: str


class _Forms:
    """All forms of the text about a standing, from long to short."""

    def __init__(self, standing: Standing, snapshot: Snapshot, pinned: Snapshot | None) -> None:
        self._standing, self._snapshot = standing, snapshot
        self._names = list(dict.fromkeys((standing.state.label, labels.short_state(standing.state))))
        # Forms of the texts beside the name of the state, longest form first:
        self._compared: tuple[str, ...] = ()  # the state on the pinned day if it differs
        self._replaced: tuple[str, ...] = ()  # on a day of change, the previous state
        self._pending: tuple[str, ...] = ()  # the pending state, or the last day of the current state
        if pinned:
            pinned_state = pinned.standing(standing.track.id).state
            if pinned_state is not standing.state:
                self._compared = _compared_forms(pinned_state, pinned.day, snapshot.day)
        if standing.pending:
            self._pending = _pending_names(standing.pending[0], snapshot.day)
        elif standing.until:
            self._pending = labels.until_forms(standing, snapshot.day)
        elif pinned is None:
            before = _state_before(standing, snapshot)
            if before:
                yesterday = snapshot.day - timedelta(days=1)
                self._replaced = _compared_forms(before, yesterday, snapshot.day)

    def candidates(self, width: int) -> Iterator[_Form]:
        """Yield the forms, best first.

        The longest form has the state, the pending state and a date at the end. Shorter forms first
        shorten the names of the states, then omit the date. The pending state is the last part to be omitted.
        """
        tails = self._tails(width)
        for tail, replaced, name in product((*tails, ""), self._replaced, self._names):
            yield _Form(self._spans(name, replaced, ""), tail)
        compared_forms = self._compared or ("",)
        pending_forms = self._pending or ("",)
        # Do not omit the day of a pending state to make room for the first day of the current state.
        beside_tail = pending_forms[:2] if _pending_day(self._standing) else pending_forms
        for tail, compared, pending, name in product(tails, compared_forms, beside_tail, self._names):
            yield _Form(self._spans(name, compared, pending), tail)
        if tails and not self._compared and not self._standing.pending:
            yield from self._cut_for_tail(tails[-1], width)
        if self._compared:
            pending_forms = (*pending_forms, "")
        for pending, compared, name in product(pending_forms, compared_forms, self._names):
            yield _Form(self._spans(name, compared, pending), "")

    def _tails(self, width: int) -> list[str]:
        """Return the texts at the end of the line, longest first.

        The result is empty if the first day of the state is unknown.
        """
        tail = _tail(self._standing, self._snapshot, width)
        if not tail:
            return []
        date_alone = tail[-_DATE:].strip()
        return [tail] if date_alone == tail else [tail, date_alone]

    def _cut_for_tail(self, tail: str, width: int) -> Iterator[_Form]:
        """Yield a form with a slightly truncated state, followed by ``tail``.

        Yield nothing if the state would lose more than ``_MOST_CUT`` cells.
        """
        name = self._names[-1]
        spans = self._spans(name, "", "")
        excess = _form_width(_Form(spans, tail)) - width
        if 0 < excess <= _MOST_CUT:
            spans[0] = (fit(name, cells(name) - excess), self._standing.state.tone)
            yield _Form(spans, tail)

    def cut(self, width: int) -> list[Span]:
        """Return the current state and one other state, if any, truncated to fit.

        The other state is the state on the pinned day if it differs, or else the pending state.
        """
        name, standing, snapshot = self._names[-1], self._standing, self._snapshot
        tone = standing.state.tone
        if self._compared:
            spans = self._spans(name, self._compared[-1], "")
        elif standing.pending:
            spans = self._spans(name, "", self._pending[-1])
            if snapshot.is_disputed(standing.pending[0].event):
                spans.pop()  # the name of the pending state matters more than the sign after it
        else:
            return [(fit(name, width), tone)]
        position = 2 if spans[1][1] == "warning" else 1  # the sign of a dispute is between both states
        other_text, style = spans[position]
        both_widths = width - line_width(spans) + cells(name) + cells(other_text)
        name_width = min(cells(name), max(both_widths - cells(other_text), both_widths * 2 // 5))
        spans[0] = (fit(name, max(name_width, 1)), tone)
        spans[position] = (fit(other_text, max(both_widths - name_width, 1)), style)
        return spans

    def _spans(self, name: str, compared: str, pending: str) -> list[Span]:
        """Return the spans for the current state, the state on another day, and the pending state.

        Empty texts are left out.
        """
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


def _pending_day(standing: Standing) -> date | None:
    """Return the day when the first pending state takes effect. ``None`` if no such day is known."""
    return standing.pending[0].in_force if standing.pending else None


def _state_before(standing: Standing, snapshot: Snapshot) -> State | None:
    """Return the state that ended when the standing began.

    ``None`` if the standing did not begin on the snapshot's day.
    """
    if standing.since != snapshot.day:
        return None
    runs = snapshot.history.runs(standing.track.id)
    earlier = [run.state for run in runs if run.first is None or run.first < snapshot.day]
    return earlier[-1] if earlier else None


def _compared_forms(state: State, pinned: date, day: date) -> tuple[str, ...]:
    """Return texts for ``state``, the state on the day ``pinned``, longest form first.

    The wording depends on whether ``pinned`` is before or after ``day``.
    """
    long = f"{labels.SYMBOLS[state.tone]} {state.label}"
    short = f"{labels.SYMBOLS[state.tone]} {labels.short_state(state)}"
    if pinned < day:
        return tr("was {state}", state=long), tr("was {state}", state=short)
    return (
        tr("on {day}: {state}", day=day_text(pinned), state=long),
        tr("on {day}: {state}", day=day_text(pinned), state=short),
        tr("then {state}", state=short),
    )


def _pending_names(entry: Pending, day: date) -> tuple[str, ...]:
    """Return a pending state with its sign, longest form first. Every form includes the state's name."""
    long, middle, *_ = labels.pending_forms(entry, day)
    return long, middle, f"{labels.pending_sign(entry)} {labels.short_state(entry.state)}"


def _tail(standing: Standing, snapshot: Snapshot, width: int) -> str:
    """Return the age of a state, its first day, or both, depending on the width."""
    since, day = labels.since_day(standing, snapshot.day), snapshot.day
    age = day_words.age(standing.since, day) if standing.since else ""
    if width < _ROOM_FOR_DATE:
        return age
    if width >= _ROOM_FOR_BOTH and age and standing.since != day:
        return f"{fit_right(age, _AGE)} {fit_right(since, _DATE)}"
    return since


def _form_width(form: _Form) -> int:
    """Return the width of a form, including the space before the age or date."""
    if not form.tail:
        return line_width(form.spans)
    return line_width(form.spans) + 1 + cells(form.tail)


def _pending_style(standing: Standing, day: date) -> str:
    """Return the style for the pending state, or else for the last day of the current state.

    The style is bold if the pending state is decided.
    """
    if not standing.pending:
        return "warning" if standing.is_overdue(day) else "dim"
    return "accent" if labels.is_firm(standing.pending[0]) else "cursor"


class StandingsStrip(ComposedPane, can_focus=False):
    """A compact list of all tracks with their pending states, in columns filled from top to bottom."""

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
            for column_width, standing in zip(widths, standings[row::height], strict=False):
                item = _item(standing, snapshot, column_width)
                spans += item
                spans.append((" " * (column_width - line_width(item) + 1), ""))
            yield tuple(spans[:-1])

    def shown_standings(self, snapshot: Snapshot, width: int) -> Sequence[Standing]:
        """Return the standings that the strip shows. By default, these are all standings.

        ``width`` is for subclasses whose selection depends on the width of the strip.
        """
        return snapshot.standings


def strip_columns(width: int) -> int:
    """Return the number of columns of a strip."""
    return max(width // _COLUMN, 2 if width >= _COLUMN + 8 else 1)


def _column_widths(columns: Sequence[Sequence[Standing]], snapshot: Snapshot, width: int) -> list[int]:
    """Return the widths of the columns. The gaps between the columns are not included.

    If possible, a column has room for every state of its tracks. Such widths depend only on the record, so
    that the columns do not move from day to day. If these widths are too narrow for the day's pending states,
    other widths are chosen for the day. In this case, pending states whose day is known get room first.
    """
    spare = width - (len(columns) - 1)
    steady = [max(_most_cells(standing.track) for standing in column) for column in columns]
    if sum(steady) > spare:
        steady = [spare // len(columns)] * len(columns)
    steady = _spread(steady, spare)
    widths: list[int] = []
    with_days: list[int] = []
    with_all: list[int] = []
    for column in columns:
        widths.append(max(_item_width(standing, snapshot, in_words=False) for standing in column))
        with_days.append(
            max(_item_width(standing, snapshot, in_words=_has_day(standing)) for standing in column)
        )
        with_all.append(max(_item_width(standing, snapshot, in_words=True) for standing in column))
    steady_is_enough = all(need <= given for need, given in zip(with_all, steady, strict=True))
    if steady_is_enough or sum(widths) > spare:
        return steady
    for needs in (with_days, with_all):
        for position, need in enumerate(needs):  # the columns of the leading tracks first
            most = widths[position] + spare - sum(widths)
            widths[position] = max(widths[position], min(need, most))
    return _spread(widths, spare)


def _spread(needed: Sequence[int], spare: int) -> list[int]:
    """Widen the columns until their total width is ``spare``."""
    share, remainder = divmod(max(spare - sum(needed), 0), len(needed))
    return [*(need + share for need in needed[:-1]), needed[-1] + share + remainder]


def _most_cells(track: Track) -> int:
    """Return the maximum width of a track in the strip, including the sign of a pending state."""
    name = min(cells(track.short or track.name), _SHORT)
    return name + max(_state_cells(state) for state in track.states) + 5


def _state_cells(state: State) -> int:
    """Return the width of a state in the strip. Longer states are truncated to ``_WIDEST_STATE`` cells."""
    return min(cells(labels.short_state(state)), _WIDEST_STATE)


def _item_width(standing: Standing, snapshot: Snapshot, *, in_words: bool) -> int:
    """Return the width of a standing in the strip, including its pending state.

    If ``in_words`` is true, include the name or day of the pending state. Otherwise, include only its sign.
    """
    name = standing.track.short or standing.track.name
    forms = _pending_forms(standing, snapshot)
    pending = forms[0] if in_words else forms[-1]
    return min(cells(name), _SHORT) + 3 + _state_cells(standing.state) + cells(pending)


def _has_day(standing: Standing) -> bool:
    """Return whether the day of the next change is known.

    The next change is the start of the first pending state. If no state is pending, the next change is the
    end of the current state.
    """
    if standing.pending:
        return _pending_day(standing) is not None
    return standing.until is not None


def _pending_forms(standing: Standing, snapshot: Snapshot, width: int = 0) -> tuple[str, ...]:
    """Return texts for the pending state, or else for the last day of the current state.

    The longest form is first. The shortest form of a pending state is its sign, because a line without a
    sign means that nothing is pending. The name of a state can be truncated to ``width``. A day is never
    truncated.
    """
    if standing.pending:
        entry = standing.pending[0]
        sign, state = labels.pending_sign(entry), labels.short_state(entry.state)
        if entry.in_force:
            return f" {sign}{day_words.day_near(entry.in_force, snapshot.day)}", f" {sign}"
        if width < _LEAST_PENDING:
            return f" {sign}{state}", f" {sign}"
        return f" {sign}{state}", fit(f" {sign}{state}", width), f" {sign}"
    if standing.until:
        _, near, *_ = labels.until_forms(standing, snapshot.day)
        return f" {near}", ""
    return ("",)


def _item(standing: Standing, snapshot: Snapshot, width: int) -> list[Span]:
    """Return a standing in at most ``width`` cells: symbol, name, state and pending state."""
    tone, name = standing.state.tone, standing.track.short or standing.track.name
    name = fit(name, min(cells(name), _SHORT))
    state = labels.short_state(standing.state)
    state_width = max(width - cells(name) - 3, 3)  # including the pending state
    pending_width = state_width - _state_cells(standing.state)
    pending = first_fit(_pending_forms(standing, snapshot, pending_width), pending_width, cells)
    available = state_width - cells(pending)
    spans: list[Span] = [(f"{labels.SYMBOLS[tone]} ", tone)]
    if available < min(cells(state), _LEAST_CUT_STATE):
        spans.append((name, ""))
    else:
        spans += [(f"{name} ", ""), (fit(state, min(cells(state), available)), tone)]
    if pending:
        spans.append((pending, _pending_style(standing, snapshot.day)))
    return spans
