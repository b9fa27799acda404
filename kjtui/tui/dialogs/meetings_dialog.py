"""The list of all meetings, to go to a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar

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
from kjtui.languages import tr
from kjtui.record.model import Meeting
from kjtui.record.partial_date import day_text
from kjtui.record.sanitize import SAFE_TEXT
from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.finder import Finder, FoundList
from kjtui.tui.keys.command_table import bindings
from kjtui.words import labels
from kjtui.words.wrap import cells, fit, fit_right

_MOST_DAYS = 24
"""Maximum width of the column of days, such as ``14–16 Mar 2023``."""
_AFTER = 4
"""Number of visible meetings after the highlighted meeting."""
_WIDE, _NORMAL = 100, 56
"""Minimum widths of a line with place and outcome, and of a line with the level."""


class MeetingsDialog(Finder[Stop | None]):
    """List all meetings by day; typed text filters the list. Return the choice.

    A meeting that was known by the day on screen is shown as known on that day. A meeting that became known
    later is shown as known at the end of the record, outcome included: the list is for finding meetings, as
    the timeline is for finding events, and the timeline shows the titles of later events. The row is dimmed
    and, for terminals without colours, marked with the word "later".
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("meetings")
    HINTS = ("meetings", "finder")

    def __init__(self, snapshot: Snapshot, shown: str) -> None:
        super().__init__()
        self._snapshot, self._shown = snapshot, shown
        self._last = snapshot.history.snapshot(snapshot.history.last_day)
        self._rounds = False
        self._stops: list[Stop] = []

    def compose(self) -> ComposeResult:
        """Compose the line, the count and the list."""
        with Vertical(classes="dialog finder meetings"):
            yield Input(placeholder=tr("a year, words, a level, a place"), restrict=SAFE_TEXT)
            yield Static(classes="message", markup=False)
            yield FoundList(markup=False)
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """Fill the list, once it has a width."""
        self.call_after_refresh(self._fill)

    def on_resize(self) -> None:
        """Compose the lines for another width."""
        self.call_after_refresh(self._fill)

    @on(Input.Changed)
    def narrow(self) -> None:
        """List the meetings that contain all typed words."""
        self._fill()

    @on(Input.Submitted)
    def go(self) -> None:
        """Return the highlighted meeting."""
        chosen = self.found.highlighted
        if chosen is not None:
            self.choose(chosen)

    def choose(self, index: int) -> None:
        """Return a meeting of the list."""
        self.dismiss(self._stops[index])

    def action_tab(self) -> None:
        """List numbered rounds with their sessions only, or all meetings again."""
        self._rounds = not self._rounds
        self._fill()

    def _fill(self) -> None:
        """List the meetings; highlight the meeting on screen, or else the last meeting up to the day."""
        for found in self.query(FoundList):  # none while the dialog opens or closes
            stops = self._snapshot.history.meeting_stops
            listed = [stop for stop in stops if not self._rounds or _numbered(stop.meeting)]
            self._stops = [stop for stop in listed if self._fits(stop)]
            order = {stop.meeting.id: position for position, stop in enumerate(self._stops)}
            found.set_options(self._option(stop, order) for stop in self._stops)
            past = sum(stop.day <= self._snapshot.day for stop in self._stops)
            if self._stops:
                found.highlighted = order.get(self._shown, max(past - 1, 0))
            self.call_after_refresh(self._reveal_next)
            values = {"count": len(self._stops), "total": len(listed)}
            text = tr("{count} of {total} meetings", **values)
            if self._rounds:
                text = tr("{count} of {total} numbered rounds and their sessions", **values)
            self.say(text)

    def _reveal_next(self) -> None:
        """Scroll to show some meetings after the highlighted meeting."""
        for found in self.query(FoundList):
            shown = found.highlighted
            if shown is None or not found.option_count:
                return
            with found.prevent(OptionList.OptionHighlighted):
                for index in (min(shown + _AFTER, found.option_count - 1), shown):
                    found.highlighted = index

    def _state(self, stop: Stop) -> tuple[MeetingState | None, bool]:
        """Return the state of a meeting by the day, or else by the end of the record.

        The second value is whether the meeting was known by the day.
        """
        state = self._snapshot.meetings.of(stop.meeting.id)
        if state is not None:
            return state, True
        return self._last.meetings.of(stop.meeting.id), False

    def _fits(self, stop: Stop) -> bool:
        """Return whether a meeting has all of the typed words."""
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
            texts += (labels.meeting_days(state), labels.spoken(state.status), state.level, state.place)
            texts += (state.outcome, *state.heads.values())
            if state.starts:
                texts.append(state.starts.text)
        return matches(self.typed, texts)

    def _remarks(self, state: MeetingState, stop: Stop, *, known: bool) -> Iterator[str]:
        """Yield the status unless the meeting was held, the day it became known if later, and its outcome.

        Args:
            state: the state of the meeting.
            stop: the meeting with its day.
            known: whether the meeting was known by the day on screen.
        """
        day = self._snapshot.day
        if not known:
            yield tr("later")
        if known and state.is_overdue(day):
            yield tr("no report")
        elif state.status != "held":
            yield labels.spoken(state.status)
        elif state.first_day and state.first_day < stop.day and (stop.day <= day or not known):
            yield tr("known on {day}", day=day_text(stop.day))
        if state.outcome:
            yield state.outcome

    @cached_property
    def _days_width(self) -> int:
        """Width of the column of days in the language in use, with a space after it."""
        states = (self._state(stop)[0] for stop in self._snapshot.history.meeting_stops)
        widths = [cells(labels.meeting_dates(state)) for state in states if state]
        return min(max(widths, default=0) + 1, _MOST_DAYS)

    def _option(self, stop: Stop, order: Mapping[str, int]) -> Option:
        width = self.found.scrollable_content_region.width or self.app.size.width - 8
        name = f"{_branch(stop.meeting, order)}{stop.meeting.name}"
        state, known = self._state(stop)
        if state is None:
            line = fit(f"{fit_right(day_text(stop.day), self._days_width - 1)} {name}", width).rstrip()
            return Option(Content.styled(line, "$line-ahead"))
        days = fit_right(labels.meeting_dates(state), self._days_width - 1) + " "
        if width >= _WIDE:
            columns = [fit(name, 38), fit(state.level or "–", 16), fit(state.place or "–", 10)]
            rest = " · ".join(self._remarks(state, stop, known=known))
        else:
            level_width = 10 if width >= _NORMAL else 0
            rest = (
                next(self._remarks(state, stop, known=known), "")
                if state.status != "held" or not known
                else ""
            )
            name_width = width - self._days_width - cells(rest) - 2 - (level_width + 2 if level_width else 0)
            columns = [fit(name, max(name_width, 0))]
            if level_width:
                columns.append(fit(state.level or "–", level_width))
        used = self._days_width + sum(map(cells, columns)) + 2 * len(columns)
        rest = fit(rest, max(width - used, 0)).rstrip()
        line = "  ".join((*columns, rest))
        if not known:
            return Option(Content.styled(days + line, "$line-ahead"))
        rest_style = "$accent" if state.status != "held" else "$line-dim"
        name_style = "bold" if stop.meeting.round else ""
        middle = "".join(f"  {column}" for column in columns[1:])
        return Option(
            Content.assemble(
                (days, "$line-dim"),
                (columns[0], name_style),
                (middle, "$line-dim"),
                (f"  {rest}", rest_style),
            )
        )


def _branch(meeting: Meeting, order: Mapping[str, int]) -> str:
    """Return the sign of a session, which points up or down to its parent meeting."""
    if not meeting.part_of:
        return ""
    return "┌ " if order.get(meeting.part_of, -1) > order[meeting.id] else "└ "


def _numbered(meeting: Meeting) -> bool:
    return meeting.round is not None or meeting.part_of is not None
