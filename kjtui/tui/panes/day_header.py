"""The first line of the screen: the day, its main event or state, and the next change or meeting."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from textual.reactive import var

from kjtui.history.day_focus import Change, DayFocus, Happening, Lasting, Next, Part, focus_of
from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, join_names, labelled, tr, tr_context
from kjtui.record.partial_date import day_text
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.paint.line_pane import ComposedPane, Line, Span, line_width
from kjtui.tui.state.change_days import changes_of_track
from kjtui.tui.state.visible_events import VisibleEvents, filter_label
from kjtui.words import day_words, labels
from kjtui.words.wrap import cells, first_fit, fit

_SEPARATOR = " · "
_NEAR = timedelta(days=7)
"""If the next change or meeting is at most this far away, it is near.

On a day without events, the countdown to a near change or meeting is shown first, and the age of the
states second.
"""
_FAULT_WIDTH = 50
"""Minimum width for the words "Not reloaded" in front of a fault. Without them, more of the fault fits."""


class DayHeader(ComposedPane, can_focus=False):
    """One line that always shows the day.

    If the changed store could not be loaded, the line also shows why. If a filter is active, the line shows
    the filter.
    """

    ID = "headline"

    pinned: var[Snapshot | None] = var(None)
    """The snapshot of the pinned day. ``None`` if no day is pinned."""
    visible_events: var[VisibleEvents] = var(VisibleEvents())
    """The visible events, and the filter that selects them."""
    fault: var[str] = var("")
    """Why the changed store could not be loaded. Empty if the record is up to date."""
    counted_track: var[str] = var("")
    """Id of the track whose changes are counted.

    If the id is empty, the changes of all tracks are counted together.
    """

    def watch_pinned(self) -> None:
        """Show the distance between the cursor's day and the pinned day."""
        self.recompose_lines()

    def watch_visible_events(self) -> None:
        """Show the filter."""
        self.recompose_lines()

    def watch_fault(self) -> None:
        """Show the fault until the store is usable again."""
        self.recompose_lines()

    def watch_counted_track(self) -> None:
        """Show the number of the day's change, counted for the newly selected track."""
        self.recompose_lines()

    def compose_lines(self, snapshot: Snapshot, width: int) -> Iterator[Line]:
        """Compose the line.

        On the left are the day and the text about the day. On the right is a fault, the filter, the number of
        the change, or the title of the record.
        """
        day = f" {day_words.header_day(snapshot.day)}  "
        event_filter = self.visible_events.filter
        says_coverage = snapshot.covered or isinstance(focus_of(snapshot).parts[0], Lasting)
        if self.fault:
            text_width = max(width - cells(day) - 2, 0)
            text = tr("Not reloaded: {fault}", fault=self.fault)
            if text_width < _FAULT_WIDTH:
                text = f"! {self.fault}"
            right, style = f" {fit(text, min(cells(text), text_width))} ", "warning"
        elif event_filter:
            clear_key, right_width = key_of(self.app, "clear"), max(width - cells(day) - 3, 0)
            right = f" {filter_label(event_filter, snapshot.record, clear_key, right_width)} "
            style = "warning"
        elif says_coverage:
            right, style = f"  {snapshot.record.dataset.title} ", "dim"
        else:
            right, style = f" {tr('outside the coverage')} ", "warning"
        middle_width = max(width - cells(day) - cells(right), 0)
        if says_coverage and not event_filter and not self.fault:
            # The text about the day has priority; the text on the right gets the remaining width.
            spans = self._spans(snapshot, max(width - cells(day) - 1, 0))
            forms = [f"  {number} " for number in self._change_numbers(snapshot)] or [right]
            right = first_fit((*forms, " "), width - cells(day) - line_width(spans), cells)
        else:
            spans = self._spans(snapshot, middle_width)
        yield (
            (day, "accent"),
            *spans,
            (" " * max(width - cells(day) - line_width(spans) - cells(right), 0), ""),
            (right, style),
        )

    def _spans(self, snapshot: Snapshot, width: int) -> list[Span]:
        if self.pinned is None:
            return about(snapshot, width)
        text = first_fit(self._compared_forms(snapshot, self.pinned), width, cells)
        return [(fit(text, min(cells(text), width)), "")]

    def _change_numbers(self, snapshot: Snapshot) -> list[str]:
        """Return the number of the day's change, longest form first.

        If the state of ``counted_track`` changes on the day, count only the changes of this track. Otherwise,
        count the changes of all tracks.
        """
        history = snapshot.history
        track = snapshot.record.tracks.get(self.counted_track)
        of_track = track and _numbered(changes_of_track(history, track.id), snapshot.day, track.name)
        return of_track or _numbered(history.changes, snapshot.day)

    def _compared_forms(self, snapshot: Snapshot, pinned: Snapshot) -> Iterator[str]:
        """Yield texts about the pinned day, longest first.

        The longest text has the distance from the pinned day, the key that compares, and the key that unpins.
        """
        *distances, short = _distances(snapshot.day, pinned.day)
        compare = key_of(self.app, "compare")
        compares = tr("{key} compares", key=compare)
        if snapshot.day == pinned.day:
            compares = tr("{key} on another day compares", key=compare)
        unpins = tr("{key} unpins", key=key_of(self.app, "clear"))
        for distance in distances:
            yield _SEPARATOR.join((distance, compares, unpins))
        for distance in distances:
            yield _SEPARATOR.join((distance, compares))
        yield _SEPARATOR.join((short, compares, unpins))
        yield _SEPARATOR.join((short, compares))
        yield _SEPARATOR.join((short, unpins)) if snapshot.day == pinned.day else compares


def _distances(day: date, pinned: date) -> tuple[str, str, str]:
    """Return the distance between a day and the pinned day, longest form first."""
    if day == pinned:
        text = tr("This day is pinned")
        return text, text, tr("pinned")
    count = (day - pinned).days
    days, texts = day_words.days(abs(count)), []
    for pinned_text in (day_text(pinned), day_words.day_near(pinned, day)):
        after = tr("{days} after {day}", days=days, day=pinned_text)
        texts.append(after if count > 0 else tr("{days} before {day}", days=days, day=pinned_text))
    return texts[0], texts[1], tr("{days} d", days=f"{count:+,}")


def _numbered(changes: Sequence[date], day: date, name: str = "") -> list[str]:
    """Return the number of the day's change, such as ``change 3 of 8``, longest form first.

    The long form also has the number of days since the previous change. The result is empty if nothing
    changes on the day.

    Args:
        changes: The days of change, in order.
        day: The day.
        name: The name of the track with these changes. Empty if ``changes`` has the changes of all tracks.
    """
    index = bisect_left(changes, day)
    if index == len(changes) or changes[index] != day:
        return []
    number, total = index + 1, len(changes)
    short = tr("change {number} of {total}", number=number, total=total)
    if name:
        short = tr("change {number} of {total} of {track}", number=number, total=total, track=name)
    if index == 0:
        return [short]
    days = day_words.days((day - changes[index - 1]).days)
    return [tr("{change}, {days} after the previous one", change=short, days=days), short]


def about(snapshot: Snapshot, width: int) -> list[Span]:
    """Return the text about a day, in at most ``width`` cells.

    The text has the main event of the day or the current state, and the next change or meeting.
    """
    spans = first_fit(_candidates(snapshot), width, line_width)
    excess = line_width(spans) - width
    if excess <= 0:
        return spans
    (text, style), *other_spans = spans
    return [(fit(text, max(cells(text) - excess, 0)), style), *other_spans]


def _candidates(snapshot: Snapshot) -> Iterator[list[Span]]:
    """Yield the forms of the text about the day, best first.

    On a day with events, shorter forms first omit the less important events, then the countdown to the next
    change or meeting. Every form has the main event. On a day without events, shorter forms first omit the
    age of the states, then the countdown.
    """
    focus = focus_of(snapshot)
    next_forms = _next_forms(focus, snapshot)
    main_part, *others = focus.parts
    if isinstance(main_part, Lasting):
        yield from _quiet_day(main_part, focus, snapshot)
        return
    title = _said(main_part, snapshot)
    for count in range(len(others), -1, -1):
        title_span = (title + _more(main_part, others[:count]), "strong")
        for brief in (False, True):
            parts = [(_said(part, snapshot, brief=brief), "") for part in others[:count]]
            for next_form in next_forms:
                yield _joined([title_span, *parts, (next_form, "")])
    if focus.next and _is_session(focus.next, main_part):
        session = tr("next session in {days}", days=day_words.days((focus.next.day - snapshot.day).days))
        for brief in (False, True):
            yield _joined([(_said(main_part, snapshot, brief=brief), "strong"), (session, "")])
    if focus.next and _announces(main_part, focus.next):
        in_days = tr("in {days}", days=day_words.days((focus.next.day - snapshot.day).days))
        for more in (_more(main_part, ()), ""):
            yield _joined([(title + more, "strong"), (in_days, "")])
    for brief in (False, True):
        yield [(_said(main_part, snapshot, brief=brief), "strong"), (_more(main_part, ()), "strong")]


def _quiet_day(main_part: Lasting, focus: DayFocus, snapshot: Snapshot) -> Iterator[list[Span]]:
    """Yield the forms of the text about a day without events, best first.

    The text has the age of the states and the countdown to the next change or meeting. If the day is outside
    the coverage of the record, the text has the dates of the coverage instead.
    """
    if not snapshot.covered:
        coverage = snapshot.record.dataset.coverage
        first, last = day_text(coverage.first), day_text(coverage.last)
        yield [(tr("outside the coverage, {first} to {last}", first=first, last=last), "warning")]
        yield [(tr("outside the coverage"), "warning")]
        return
    next_forms = _next_forms(focus, snapshot)
    longest, *shorter = _lasting_forms(main_part, snapshot)
    is_near = focus.next is not None and focus.next.day - snapshot.day <= _NEAR
    for next_form in next_forms:
        yield _in_order([(longest, ""), (next_form, "")], is_near)
    for next_form in next_forms:
        for text in (*shorter, ""):
            if spans := _in_order([(text, ""), (next_form, "")], is_near):
                yield spans
    state = main_part.standings[0].state
    for text in (state.label, labels.short_state(state)):
        yield [(labelled(_names(main_part.standings), text), "")]


def _in_order(parts: list[Span], is_near: bool) -> list[Span]:
    """Join the age of the states and the countdown. If the next change is near, the countdown is first."""
    return _joined(parts[::-1] if is_near else parts)


def _announces(main_part: Part, coming: Next) -> bool:
    """Return whether the event in ``main_part`` already announces the next change or meeting."""
    event = main_part.event if isinstance(main_part, Change | Happening) else None
    if event is None:
        return False
    if isinstance(coming.what, MeetingState):
        return event.meeting is not None and event.meeting.id == coming.what.meeting.id
    return any(effect.in_force == coming.day for effect in event.effects)


def _is_session(coming: Next, main_part: Part) -> bool:
    """Return whether the next scheduled item is a session of the day's meeting."""
    if not isinstance(coming.what, MeetingState) or not isinstance(main_part, MeetingState):
        return False
    return coming.what.meeting.part_of == main_part.meeting.id


def _said(part: Part, snapshot: Snapshot, *, brief: bool = False) -> str:
    """Return the text of one part of the line, for example the title of an event."""
    match part:
        case Change():
            return part.event.title if part.event else tr("Today {tracks}", tracks=_changed(part.standings))
        case Happening():
            return part.event.title
        case Lasting():
            return _lasting_forms(part, snapshot)[0]
        case MeetingState():
            return _meeting(part, snapshot.day, _meeting_names(part)[-1 if brief else 0])


def _more(main_part: Part, shown_parts: Sequence[Part]) -> str:
    """Return the number of further important events that are not in the line, such as ``(+2)``."""
    if not isinstance(main_part, Change | Happening):
        return ""
    omitted_ids = set(main_part.others)
    for part in shown_parts:
        if isinstance(part, MeetingState):
            omitted_ids -= {event.id for event in part.events}
        elif isinstance(part, Change | Happening) and part.event:
            omitted_ids.discard(part.event.id)
    return f" (+{len(omitted_ids)})" if omitted_ids else ""


def _changed(standings: Sequence[Standing]) -> str:
    """Return the new states, such as ``Resist, HF: bulk licence; JP list: listed``."""
    groups = groupby(standings, lambda standing: standing.state.label)
    return join_clauses(labelled(_names(list(alike)), state) for state, alike in groups)


def _meeting(state: MeetingState, day: date, name: str) -> str:
    """Return the name of a meeting and its status on the day, such as ``opens`` or ``held``."""
    first, last = state.first_day, state.last_day
    if state.status == "planned":
        phase = tr("planned for today")
    elif state.status == "under-way":
        phase = tr_context("meeting", "opens") if first == day else tr("under way")
    elif last is not None and first != last:
        phase = tr_context("meeting", "closes") if last == day else tr("under way")
    else:
        phase = tr("held")
    return labelled(name, phase) if "," in name else f"{name} {phase}"


def _meeting_names(state: MeetingState) -> list[str]:
    """Return the name of a meeting, followed by its short name if it is a numbered round."""
    meeting = state.meeting
    return [meeting.name, meeting.short] if meeting.round and meeting.short else [meeting.name]


def _lasting_forms(part: Lasting, snapshot: Snapshot) -> list[str]:
    """Return texts about the states in ``part``, longest form first.

    The longest form has the names of the tracks, their state, the first day of the state, and its age.
    """
    state, names = part.standings[0].state, _names(part.standings)
    if part.days is None:
        initial = part.standings[0].track.initial.since
        if initial:
            start = str(initial)
        else:
            start = tr("before {day}", day=day_text(snapshot.record.dataset.coverage.first))
        return [
            tr("{names}: {label} since {start}", names=names, label=state.label, start=start),
            labelled(names, labels.short_state(state)),
        ]
    standing = part.standings[0]
    since = day_text(standing.since) if standing.since else ""
    days = day_words.days(part.days)
    long = tr(
        "{names}: {label} since {since} ({days})", names=names, label=state.label, since=since, days=days
    )
    if standing.until and not standing.is_overdue(snapshot.day):
        long = join_items((long, labels.until(standing)))
    return [
        long,
        tr("{names}: {label} since {start}", names=names, label=state.label, start=since),
        tr("{names}: {label} since {start}", names=names, label=labels.short_state(state), start=since),
    ]


def _next_forms(focus: DayFocus, snapshot: Snapshot) -> list[str]:
    """Return the countdown to the next change or meeting, longest form first."""
    if focus.next is None:
        return [""]
    days = day_words.days((focus.next.day - snapshot.day).days)
    return [tr("{days} until {name}", days=days, name=name) for name in _next_names(focus.next, snapshot)]


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
    names, short = _names(alike), labels.short_state(state)
    if alike[0].state is state:  # the pending change extends the current state
        entry = next(entry for entry in alike[0].pending if entry.in_force == coming.day)
        return [labelled(names, labels.pending_state(entry, alike[0]))]
    forms = [
        labelled(names, state.label),
        labelled(names, short),
    ]
    if len(alike) > 1:
        forms.append(state.label)
    return list(dict.fromkeys(forms))


def _names(standings: Sequence[Standing]) -> str:
    return join_names(standing.track.short or standing.track.name for standing in standings)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Join the non-empty parts with separators."""
    result: list[Span] = []
    for span in spans:
        if not span[0]:
            continue
        if result:
            result.append((_SEPARATOR, "dim"))
        result.append(span)
    return result
