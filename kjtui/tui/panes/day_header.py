"""The first line: the day, what it is about, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from textual.reactive import var

from kjtui.history.day_focus import Change, DayFocus, Happening, Lasting, Next, Part, focus_of
from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.partial_date import day_text
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.paint.line_pane import ComposedPane, Line, Span
from kjtui.tui.state.visible_events import VisibleEvents, filter_label
from kjtui.words import labels
from kjtui.words.wrap import cells, fit

_SEPARATOR = " · "


class DayHeader(ComposedPane, can_focus=False):
    """One line that always shows the day, and the filter while there is one."""

    ID = "headline"

    pinned: var[Snapshot | None] = var(None)
    """The day to compare with."""
    visible_events: var[VisibleEvents] = var(VisibleEvents())
    """The visible events, with the filter."""

    def watch_pinned(self) -> None:
        """Show how far the two days are apart."""
        self.recompose_lines()

    def watch_visible_events(self) -> None:
        """Show the filter."""
        self.recompose_lines()

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose the line: the day, what it is about, and on the right the filter or the record's title."""
        day = f" {labels.header_day(snapshot.day)}  "
        limit = filter_label(self.visible_events.filter, snapshot.record)
        if limit:
            key = f" ({key_of(self.app, 'clear')}) "
            room = min(cells(limit), max(width - cells(day) - cells(key) - 1, 0))
            right, style = f" {fit(limit, room)}{key}", "warning"
        elif snapshot.covered:
            right, style = f"  {snapshot.record.dataset.title} ", "dim"
        else:
            right, style = " outside the coverage ", "warning"
        room = max(width - cells(day) - cells(right), 0)
        if snapshot.covered and not limit:
            # The title of the record gives way to anything that the day has to say.
            spans = self._spans(snapshot, max(width - cells(day) - 1, 0))
            right = right if _width(spans) <= room else " "
        else:
            spans = self._spans(snapshot, room)
        yield (
            (day, "accent"),
            *spans,
            (" " * max(width - cells(day) - _width(spans) - cells(right), 0), ""),
            (right, style),
        )

    def _spans(self, snapshot: Snapshot, room: int) -> list[Span]:
        if self.pinned is None:
            return about(snapshot, room)
        parts = self._compared(snapshot, self.pinned)
        while len(parts) > 1 and cells(_SEPARATOR.join(parts)) > room:
            parts.pop()
        return [(_cut(_SEPARATOR.join(parts), room), "")]

    def _compared(self, snapshot: Snapshot, pinned: Snapshot) -> list[str]:
        days = abs((snapshot.day - pinned.day).days)
        way = "after" if snapshot.day >= pinned.day else "before"
        keys = f"{key_of(self.app, 'compare')} compares", f"{key_of(self.app, 'clear')} unpins"
        return [f"{labels.days(days)} {way} {day_text(pinned.day)}", *keys]


def about(snapshot: Snapshot, room: int) -> list[Span]:
    """Return what the day is about and what comes next, in at most ``room`` cells.

    If not everything fits, the less important parts of the day are left out first. On a day without events,
    how long the states have held is then left out before what comes next; on any other day, what comes next
    is left out before the most important part.
    """
    focus = focus_of(snapshot)
    coming = _next_forms(focus, snapshot)
    lead, *others = focus.parts
    if isinstance(lead, Lasting):
        return _first_fitting([(text, "") for text in (*_lasting_forms(lead), "")], coming, room)
    title = _said(lead, snapshot.day)
    for count in range(len(others), -1, -1):
        more = _more(lead, others[:count])
        for brief in (False, True):
            rest = [(_said(part, snapshot.day, brief=brief), "") for part in others[:count]]
            for next_form in coming:
                spans = _joined([(title + more, "strong"), *rest, (next_form, "")])
                if _width(spans) <= room:
                    return spans
    more = _more(lead, ())
    for brief in (False, True):
        title = _said(lead, snapshot.day, brief=brief)
        if cells(title + more) <= room:
            return [(title + more, "strong")]
    return [(_cut(title, room - cells(more)) + more, "strong")]


def _first_fitting(leads: Sequence[Span], coming: Sequence[str], room: int) -> list[Span]:
    """Return the longest combination that fits, dropping every form of the lead before what comes next."""
    for next_form in coming:
        for lead in leads:
            spans = _joined([lead, (next_form, "")])
            if spans and _width(spans) <= room:
                return spans
    return [(_cut(coming[-1] or leads[0][0], room), "")]


def _said(part: Part, day: date, *, brief: bool = False) -> str:
    """Return what a part of the day's focus is called."""
    match part:
        case Change():
            return part.event.title if part.event else f"Today {_changed(part.standings)}"
        case Happening():
            return part.event.title
        case Lasting():
            return _lasting_forms(part)[0]
        case MeetingState():
            return _meeting(part, day, _meeting_names(part)[-1 if brief else 0])


def _more(lead: Part, named: Sequence[Part]) -> str:
    """Say how many other events did the like, besides those that are named in the line."""
    if not isinstance(lead, Change | Happening):
        return ""
    left = set(lead.others)
    for part in named:
        if isinstance(part, MeetingState):
            left -= {event.id for event in part.events}
        elif isinstance(part, Change | Happening) and part.event:
            left.discard(part.event.id)
    return f" (+{len(left)})" if left else ""


def _changed(standings: Sequence[Standing]) -> str:
    """Name what came into force, such as ``Resist, HF: bulk licence; JP list: listed``."""
    groups = groupby(standings, lambda standing: standing.state.label)
    return "; ".join(f"{_names(list(alike))}: {state}" for state, alike in groups)


def _meeting(state: MeetingState, day: date, name: str) -> str:
    """Say what becomes of a meeting on the day."""
    first, last = state.first_day, state.last_day
    if state.status == "planned":
        phase = "planned for today"
    elif state.status == "under-way":
        phase = "opens" if first == day else "under way"
    elif last is not None and first != last:
        phase = "closes" if last == day else "under way"
    else:
        phase = "held"
    return f"{name}{':' if ',' in name else ''} {phase}"


def _meeting_names(state: MeetingState) -> list[str]:
    """Return the name of a meeting, and of a numbered round the short one; others abbreviate too much."""
    meeting = state.meeting
    return [meeting.name, meeting.short] if meeting.round and meeting.short else [meeting.name]


def _lasting_forms(part: Lasting) -> list[str]:
    """Say how long the leading tracks have stood as they do, in a long and a short form."""
    state, names = part.standings[0].state, _names(part.standings)
    if part.days is None:
        initial = part.standings[0].track.initial.since
        tail = f" since {initial}" if initial else ", as before the record"
        return [f"{names}: {state.label}{tail}", f"{names}: {state.short or state.label}"]
    since = f"{labels.days(part.days)} since {names}"
    return [f"{since}: {state.label}", f"{since}: {state.short or state.label}"]


def _next_forms(focus: DayFocus, snapshot: Snapshot) -> list[str]:
    """Say in how many days what comes next does, from the longest form to the shortest."""
    if focus.next is None:
        return [""]
    left = labels.days((focus.next.day - snapshot.day).days)
    lead, coming = focus.parts[0], focus.next.what
    announces = lead.event.meeting if isinstance(lead, Happening) else None
    if announces and isinstance(coming, MeetingState) and announces.id == coming.meeting.id:
        return [f"in {left}"]  # the lead names the meeting
    return [f"{left} until {name}" for name in _next_names(focus.next, snapshot)]


def _next_names(coming: Next, snapshot: Snapshot) -> list[str]:
    if isinstance(coming.what, MeetingState):
        return _meeting_names(coming.what)
    track, state = coming.what
    alike = [
        standing
        for standing in snapshot.standings
        if standing.track.group == track.group
        and any(
            entry.in_force == coming.day and entry.state.label == state.label for entry in standing.pending
        )
    ]
    names, short = _names(alike), state.short or state.label
    forms = [f"{names}: {state.label}", f"{names}: {short}"]
    if len(alike) > 1:
        forms.append(state.label)
    return list(dict.fromkeys(forms))


def _names(standings: Sequence[Standing]) -> str:
    return ", ".join(standing.track.short or standing.track.name for standing in standings)


def _joined(parts: Sequence[Span]) -> list[Span]:
    """Join the parts that say something."""
    spans: list[Span] = []
    for part in parts:
        if part[0]:
            spans += [(_SEPARATOR, "dim"), part] if spans else [part]
    return spans


def _cut(text: str, room: int) -> str:
    return fit(text, min(cells(text), max(room, 0)))


def _width(spans: Sequence[Span]) -> int:
    return sum(cells(text) for text, _ in spans)
