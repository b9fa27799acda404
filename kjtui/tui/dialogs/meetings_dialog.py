"""The list of all meetings, where the user chooses a meeting to go to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kjtui.find.word_match import matches
from kjtui.history.meetings import MeetingState, Stop
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, labelled, tr, tr_context
from kjtui.record.model import Meeting
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.finder import Finder, FoundList
from kjtui.tui.dialogs.text_line import TextLine
from kjtui.tui.keys.command_table import bindings
from kjtui.words import labels, meeting_words
from kjtui.words.wrap import cells, fit, fit_right, wrap

_MOST_DAYS = 24
"""Maximum width of the column of days, such as ``14–16 Mar 2023``."""
_AFTER = 4
"""Number of meetings to keep visible below the highlighted meeting."""
_LEVEL, _PLACE = 17, 20
"""Maximum widths of the columns for the level and the place."""
_LEAST_NAME = 34
"""Minimum width of the name in a wide line."""
_LEAST_OUTCOME = 30
"""Minimum width of the column of outcomes.

If there is less width, this column is omitted. The outcome of the highlighted meeting is always shown below
the list.
"""
_LINES_OF_OUTCOME = 2
"""Maximum number of lines of the outcome below the list."""
_KNOWN_LATER = "+"
"""Sign of a meeting that became known after its first day."""
_WIDE, _NORMAL = 100, 56
"""Minimum width for a wide line with all columns, and minimum width for the level in a narrow line."""


class _Widths(NamedTuple):
    """Widths of the columns of a wide line, except the column of days. A column of width 0 is omitted."""

    name: int
    state: int
    level: int
    place: int
    outcome: int


class MeetingsDialog(Finder[Stop | None]):
    """List all meetings by day, filtered by typed text.

    The result is the chosen meeting. If a meeting was already known on the displayed day, its row shows its
    state on that day. If it became known later, its row shows its state at the end of the record, so that the
    user can find the meeting. (The timeline also shows the titles of later events.) Such a row is dimmed and
    has the word "later", for terminals without colours.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("meetings")
    HINTS = ("meetings", "finder")

    def __init__(self, snapshot: Snapshot, shown: str, query: str = "") -> None:
        super().__init__()
        self._snapshot, self._shown, self._start_query = snapshot, shown, query
        self._last = snapshot.history.snapshot(snapshot.history.last_day)
        self._rounds = False
        self._stops: list[Stop] = []
        self._widths = _Widths(0, 0, 0, 0, 0)

    def compose(self) -> ComposeResult:
        """Compose the input, the number of meetings, the list, and the highlighted meeting."""
        with Vertical(classes="dialog finder meetings"):
            yield TextLine(self._start_query, placeholder=tr("a year, words, a level, a place"))
            yield Static(classes="message", markup=False)
            yield Static(classes="heads", markup=False)
            yield FoundList(markup=False)
            yield Static(classes="chosen", markup=False)
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """Fill the list as soon as the list has a width."""
        self.call_after_refresh(self._fill)

    def on_resize(self) -> None:
        """Compose the lines for the new width."""
        self.call_after_refresh(self._fill)

    @on(Input.Changed)
    def narrow(self) -> None:
        """List the meetings that contain all typed words."""
        self._fill()

    @on(Input.Submitted)
    def go(self) -> None:
        """Close and return the highlighted meeting."""
        chosen = self.found.highlighted
        if chosen is not None:
            self.choose(chosen)

    def choose(self, index: int) -> None:
        """Close and return a meeting of the list."""
        self.dismiss(self._stops[index])

    @on(OptionList.OptionHighlighted)
    def describe(self) -> None:
        """Describe the highlighted meeting below the list: name, form, outcome and heads of delegations."""
        for found_list in self.query(FoundList):
            chosen = self.query_one(".chosen", Static)
            stop = None if found_list.highlighted is None else self._stops[found_list.highlighted]
            chosen.update("\n".join(self._description(stop, chosen.size.height)) if stop else "")

    def action_tab(self) -> None:
        """List only numbered rounds and their sessions, or list all meetings again."""
        self._rounds = not self._rounds
        self._fill()

    def _fill(self) -> None:
        """List the meetings.

        Highlight the displayed meeting or, if it is not listed, the last meeting up to the displayed day.
        """
        for found_list in self.query(FoundList):  # there is no list while the dialog opens or closes
            stops = self._snapshot.history.meeting_stops
            listed = [stop for stop in stops if not self._rounds or _numbered(stop.meeting)]
            self._stops = [stop for stop in listed if self._fits(stop)]
            self._widths = self._widths_of(listed)
            order = {stop.meeting.id: position for position, stop in enumerate(self._stops)}
            found_list.set_options(self._option(stop, order) for stop in self._stops)
            past = sum(stop.day <= self._snapshot.day for stop in self._stops)
            if self._stops:
                found_list.highlighted = order.get(self._shown, max(past - 1, 0))
            heads = self.query_one(".heads", Static)
            heads.update(self._heads())
            heads.display = self._width >= _WIDE
            self.call_after_refresh(self._reveal_next)
            values = {"count": len(self._stops), "total": len(listed)}
            text = tr("{count} of {total} meetings", **values)
            if self._rounds:
                text = tr("{count} of {total} numbered rounds and their sessions", **values)
            states = ((self._state(stop)[0], stop) for stop in self._stops)
            if any(state and self._is_known_later(state, stop) for state, stop in states):
                text = f"{text} · {tr('{sign} became known later', sign=_KNOWN_LATER)}"
            self.say(text)

    def _reveal_next(self) -> None:
        """Scroll until some meetings below the highlighted meeting are visible."""
        for found_list in self.query(FoundList):
            shown = found_list.highlighted
            if shown is None or not found_list.option_count:
                return
            with found_list.prevent(OptionList.OptionHighlighted):
                for index in (min(shown + _AFTER, found_list.option_count - 1), shown):
                    found_list.highlighted = index
            self.describe()

    def _state(self, stop: Stop) -> tuple[MeetingState | None, bool]:
        """Return the state of a meeting, and whether the meeting was known on the displayed day.

        If it was known, this is its state on that day. If it became known later, this is its state at the end
        of the record.
        """
        state = self._snapshot.meetings.get(stop.meeting.id)
        if state is not None:
            return state, True
        return self._last.meetings.get(stop.meeting.id), False

    def _fits(self, stop: Stop) -> bool:
        """Return whether the texts of a meeting contain all typed words."""
        meeting = stop.meeting
        texts = [
            meeting.name,
            meeting.short,
            *meeting.aliases,
            meeting.series,
            day_text(stop.day),
            str(stop.day),
        ]
        state, _ = self._state(stop)
        if state is not None:
            texts += (
                meeting_words.days(state),
                labels.spoken(state.status),
                state.level,
                state.place,
            )
            texts += (state.outcome, *state.heads.values())
            if state.starts:
                texts.append(state.starts.text)
        return matches(self.typed, texts)

    def _is_known_later(self, state: MeetingState, stop: Stop) -> bool:
        """Return whether a meeting became known after its first day."""
        return state.status == "held" and state.first_day is not None and stop.day > state.first_day

    def _status(self, state: MeetingState) -> str:
        """Return the status of a meeting in words."""
        return tr("no report") if state.is_overdue(self._snapshot.day) else labels.spoken(state.status)

    @cached_property
    def _days_width(self) -> int:
        """Width of the column of days in the current language, including a space."""
        states = (self._state(stop)[0] for stop in self._snapshot.history.meeting_stops)
        widths = [cells(meeting_words.dates(state)) for state in states if state]
        return min(max(widths, default=0) + 1, _MOST_DAYS)

    @property
    def _width(self) -> int:
        """Width of a line without the cell for the arrow."""
        return (self.found.scrollable_content_region.width or self.app.size.width - 8) - 1

    def _heads(self) -> str:
        """Return the column headers of a wide line."""
        day = fit_right(tr("day"), self._days_width - 1)
        names = (tr("name"), tr("state"), tr("level"), tr("place"), tr_context("meeting", "outcome"))
        return f" {day} {'  '.join(_columns(names, self._widths))}".rstrip()

    def _widths_of(self, stops: Sequence[Stop]) -> _Widths:
        """Return the widths of the columns.

        The name has priority, and the outcome gets the remaining width.
        """
        texts = [self._texts(stop, *self._state(stop)) for stop in stops]
        name, state, level, place = (
            max((cells(text[column]) for text in texts), default=0) for column in range(4)
        )
        free = self._width - self._days_width - state - level - 2 * 2
        name = max(min(name, free), min(_LEAST_NAME, free), 0)
        free -= name + 2 * 2
        place = min(place, _PLACE)
        if free < _LEAST_OUTCOME:
            return _Widths(name, state, level, place if free + 2 >= place else 0, 0)
        if free - place < _LEAST_OUTCOME:
            place = 0
        return _Widths(name, state, level, place, free - place)

    def _texts(self, stop: Stop, state: MeetingState | None, is_known: bool) -> tuple[str, ...]:
        """Return the texts of the columns of a wide line."""
        name = f"{'└ ' if stop.meeting.part_of else ''}{stop.meeting.name}"
        if state is None:
            return name, "", "", "", ""
        status = self._status(state) if is_known else tr("later")
        return name, status, _whole_words(state.level or "–", _LEVEL), state.place or "–", state.outcome

    def _description(self, stop: Stop, rows: int) -> list[str]:
        """Return the description of a meeting in at most ``rows`` lines.

        The outcome has priority over the heads of delegations.
        """
        state, is_known = self._state(stop)
        if state is None:
            return [stop.meeting.name]
        width = self._width
        about = " · ".join(filter(None, (stop.meeting.name, meeting_words.form(state))))
        lines = _first_lines(about, width, 2 if rows > _LINES_OF_OUTCOME + 1 else 1)
        if state.outcome:
            outcome = labelled(tr("Outcome") if is_known else tr("later"), state.outcome)
            lines += _first_lines(outcome, width, _LINES_OF_OUTCOME)
        heads = join_clauses(f"{code} {head}" for code, head in state.heads.items())
        return lines + _first_lines(heads, width, rows - len(lines))

    def _option(self, stop: Stop, order: Mapping[str, int]) -> Option:
        width = self._width
        name = f"{_branch(stop.meeting, order)}{stop.meeting.name}"
        state, is_known = self._state(stop)
        if state is None:
            line = fit(f"{fit_right(day_text(stop.day), self._days_width - 1)} {name}", width).rstrip()
            return Option(Content.styled(line, "$line-ahead"))
        days = fit_right(meeting_words.dates(state), self._days_width - 1)
        days += _KNOWN_LATER if self._is_known_later(state, stop) else " "
        if width >= _WIDE:
            columns = self._wide(name, stop, state, is_known=is_known)
        else:
            columns = self._narrow(name, state, is_known=is_known)
        if not is_known:
            return Option(Content.styled((days + "  ".join(columns)).rstrip(), "$line-ahead"))
        name_style = "bold" if stop.meeting.round else ""
        spans = [(days, "$line-dim"), (columns[0], name_style)]
        for position, column in enumerate(columns[1:]):
            is_status = position == 0 and state.status != "held"
            spans.append((f"  {column}", "$accent" if is_status else "$line-dim"))
        return Option(Content.assemble(*spans))

    def _wide(self, name: str, stop: Stop, state: MeetingState, *, is_known: bool) -> list[str]:
        """Return the texts of a wide line, except the days."""
        _, *texts = self._texts(stop, state, is_known)
        return _columns((name, *texts), self._widths)

    def _narrow(self, name: str, state: MeetingState, *, is_known: bool) -> list[str]:
        """Return the texts of a narrow line, except the days: the name, the state and the level.

        The state is omitted if the meeting was held. The level is omitted if there is no room for it.
        """
        columns: list[str] = []
        if not is_known:
            columns = [tr("later")]
        elif state.status != "held":
            columns = [self._status(state)]
        if self._width >= _NORMAL:
            columns.append(fit(_whole_words(state.level or "–", _LEVEL), _LEVEL))
        used_width = sum(cells(column) + 2 for column in columns)
        return [fit(name, max(self._width - self._days_width - used_width, 0)), *columns]


def _columns(texts: Sequence[str], widths: _Widths) -> list[str]:
    """Return the texts of the visible columns, padded to their widths."""
    return [fit(text, width) for text, width in zip(texts, widths, strict=True) if width]


def _first_lines(text: str, width: int, count: int) -> list[str]:
    """Wrap a text and return the first ``count`` lines. If lines are omitted, end with an ellipsis."""
    lines = wrap(text, width) if text else []
    if len(lines) <= count:
        return lines
    return [*lines[: count - 1], fit(f"{lines[count - 1]} {lines[count]}", width)] if count > 0 else []


def _branch(meeting: Meeting, order: Mapping[str, int]) -> str:
    """Return the sign before the name of a session.

    The sign points up or down, to the row of the parent meeting.
    """
    if not meeting.part_of:
        return ""
    return "┌ " if order.get(meeting.part_of, -1) > order[meeting.id] else "└ "


def _whole_words(text: str, width: int) -> str:
    """Return the first words of a text that fit a width. If no word fits, return the whole text."""
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        if cells(" ".join(words[:count])) <= width:
            return " ".join(words[:count])
    return text


def _numbered(meeting: Meeting) -> bool:
    return meeting.round is not None or meeting.part_of is not None
