"""The page of a day: states, events and statements, on one page before the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from kjtui.documents.block_builders import Select, cite, disagreement, event_summary
from kjtui.documents.block_types import (
    Block,
    EventDetails,
    EventList,
    FieldList,
    Legend,
    Paragraph,
    StatusRow,
    StatusTable,
)
from kjtui.documents.day_page_choice import (
    importance,
    latest_of_each_meeting,
    led_to_the_status,
    main_events,
    most_important,
    other_recent_meetings,
    status_reasons,
    whole_meeting,
)
from kjtui.documents.document import section
from kjtui.documents.figure_blocks import compared_figures
from kjtui.documents.left_out import left_out, omissions
from kjtui.documents.meeting_blocks import meeting_lines, meeting_summary
from kjtui.documents.page_fit import Entry, estimated_height, fit_lists, fit_page, joined, own_height
from kjtui.documents.provenance import Request
from kjtui.documents.status_blocks import cited_reason, disputed_subjects, status_row
from kjtui.history.fold import Standing
from kjtui.history.meetings import RECENT, MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.model import STATEMENT_KINDS, Event, Series
from kjtui.words import day_words, labels, record_words
from kjtui.words.wrap import PAGE_WIDTH, wrap

_LINES = 100
"""Maximum lines of the page before its sources."""

_MOST_CHANGES, _MOST_STATEMENTS, _MOST_FIGURES, _MOST_MEETINGS = 5, 2, 2, 3
"""Maximum number of recent changes, statements, publications of figures and meetings."""

_LEAST_CHANGES = 2
"""Minimum number of changes listed, even if texts of the day's own events need the lines."""

_LEAST_OTHERS = 7
"""Lines reserved for the heading of the day's own events and for the note on omitted items."""


class _List(Struct, frozen=True, eq=False):
    """A list of the page before it is cut.

    Attributes:
        entries: the most important events or figures first.
        count: the number of all events or figures except minor events.
        minor: the number of minor events.
        minor_entries: whether each entry is a minor event.
        required: the number of entries that the page always has.
    """

    name: str
    entries: Sequence[Entry]
    count: int
    minor: int = 0
    minor_entries: Sequence[bool] = ()
    required: int = 0


class _Lists(NamedTuple):
    """The lists of the page besides the day's own events, in their order.

    If the page is full, the last lists are left out: no list follows a list that is cut.
    """

    changes: _List
    statements: _List
    meetings: _List
    causes: _List
    figures: _List


def day_page(snapshot: Snapshot, select: Select, lead: str) -> list[Block]:
    """Return the page below its lead. Lists are cut to fit the page, newest events first."""
    shown = [snapshot.meeting, snapshot.previous_meeting, snapshot.next_meeting]
    meetings = [state for state in shown if state]
    lists = _lists(snapshot, select, meetings)
    caution = record_words.outside(snapshot.asked, snapshot.record)
    above = (snapshot.record.dataset.title, record_words.held_at_the_end(snapshot), caution, lead)
    available = _LINES - sum(len(wrap(text, PAGE_WIDTH)) for text in above) - 1
    status = section(tr("Status"), brief_status(snapshot, select))
    details: list[Block] = [meeting_summary(state, snapshot, select) for state in meetings]
    if not snapshot.meetings.known:
        details = [Paragraph((tr("No meetings so far."),))]
    above_day = [*status, *section(tr("Meetings"), details)]
    day: list[Block] = []
    left_out_of_day = ""
    own = snapshot.history.events_on(snapshot.day)
    if own:
        entries = [_own_entry(event, own, snapshot, select) for event in own]
        free = max(available - estimated_height(above_day) - _LEAST_OTHERS, 0)
        [cut] = fit_lists([entries], _lines_of_the_day(entries, lists.changes, free))
        that_day = _List(tr("That day"), entries, len(own))
        day = _section(that_day, cut.blocks)
        left_out_of_day = _left_out(that_day, len(cut.blocks))

    required = sum(own_height(entry.short) for entry in lists.changes.entries[: lists.changes.required])

    def compose(lines: int) -> list[Block]:
        cuts = fit_lists([listed.entries for listed in lists], required + lines)
        other_meetings: list[Block] = []
        below: list[Block] = []
        omitted = [left_out_of_day]
        is_full = False
        for listed, cut in zip(lists, cuts, strict=True):
            blocks = () if is_full else cut.blocks
            if blocks and listed is lists.meetings:
                other_meetings = list(blocks)
            elif blocks:
                below += _section(listed, blocks)
            omitted.append(_left_out(listed, len(blocks)))
            is_full = is_full or cut.left_out > 0
        if any(omitted):
            command = Request("snapshot", (snapshot.asked,), options=("full",)).command
            below.append(omissions(filter(None, omitted), command, is_full=is_full))
        return [*above_day, *other_meetings, *day, *below]

    return list(joined(fit_page(compose, available)))


def _lines_of_the_day(entries: Sequence[Entry], changes: _List, free: int) -> int:
    """Return the lines of the day's own events.

    The lines leave room for the titles of required earlier changes. The text of the most important event
    comes before the titles of further earlier changes, all other texts after them.
    """

    def beside(count: int) -> int:
        titles = [entry.short for entry in changes.entries[:count]]
        return free - estimated_height(_section(changes, titles))

    most_important = min(entries, key=lambda entry: entry.rank)
    least = sum(own_height(entry.short) for entry in entries) + most_important.added
    beside_required = beside(changes.required) if changes.required else free
    return max(beside(max(changes.required, _LEAST_CHANGES)), min(least, beside_required))


def _own_entry(event: Event, own: Sequence[Event], snapshot: Snapshot, select: Select) -> Entry:
    """Return the entry of an event of the day, with the rank of its text.

    Of several events about one meeting, the last is the most informative. An event about the meeting of the
    day gets its text last, since the page shows the details of that meeting.
    """
    position = own.index(event)
    meeting = whole_meeting(event, snapshot)
    repeated = any(whole_meeting(other, snapshot) == meeting for other in own[position + 1 :])
    shown = bool(snapshot.meeting and event.meeting and event.meeting.id == snapshot.meeting.meeting.id)
    rank = (importance(event), repeated, repeated and shown, -position if repeated else position)
    return replace(_entry(event, snapshot, select), rank=rank)


def _lists(snapshot: Snapshot, select: Select, meetings: Sequence[MeetingState]) -> _Lists:
    """Return the lists of the page.

    Args:
        meetings: the meetings shown in detail on the page.
    """
    own = snapshot.history.events_on(snapshot.day)
    earlier = [event for event in snapshot.events if timedelta() < snapshot.day - event.day <= RECENT]
    recent = list(reversed(earlier))
    days = day_words.days(RECENT.days)

    changes = [event for event in recent if event.kind not in STATEMENT_KINDS]
    reasons = status_reasons(snapshot, RECENT)
    required = [event for event in changes if event.id in reasons]
    others = [event for event in changes if event not in required]
    important = most_important(latest_of_each_meeting(main_events(others), own), _MOST_CHANGES)
    shown_changes = _filled([*required, *important], others, max(_MOST_CHANGES, len(required)))
    statements = [event for event in recent if event.kind == "statement"]
    shown_statements = _filled(main_events(statements), statements, _MOST_STATEMENTS)

    other_meetings = other_recent_meetings(snapshot, meetings)
    lines = meeting_lines(other_meetings[:_MOST_MEETINGS], snapshot, select)
    causes = [event for event in led_to_the_status(snapshot) if event not in earlier and event not in own]

    published = [event for event in recent if event.kind == "figures"]
    publications = _filled(main_events(published), published, _MOST_FIGURES)
    figures = _event_list(tr("Figures"), published, publications, snapshot, select)
    compared = [Entry(FieldList((field,))) for field in compared_figures(_recent_series(snapshot), select)]

    changed = _event_list(
        tr("Changed in the last {days}", days=days), changes, shown_changes, snapshot, select
    )
    return _Lists(
        replace(changed, required=len(required)),
        _event_list(tr("Said in the last {days}", days=days), statements, shown_statements, snapshot, select),
        _List(tr("Other meetings"), [Entry(line) for line in lines], len(other_meetings)),
        _List(
            tr("What else led to the status"),
            [Entry(EventList(((event, cite(event, snapshot, select)),))) for event in causes],
            len(causes),
        ),
        replace(figures, entries=[*figures.entries, *compared], count=figures.count + len(compared)),
    )


def _event_list(
    name: str, events: Sequence[Event], shown: Sequence[Event], snapshot: Snapshot, select: Select
) -> _List:
    """Return a list of events.

    Args:
        name: the name of the list.
        events: all events of the list, minor events included.
        shown: the events with an entry.
        snapshot: the snapshot of the page.
        select: selects the sources to cite.
    """
    count = len(main_events(events))
    entries: list[Entry] = []
    for event in shown:
        entry = _entry(event, snapshot, select)
        entries.append(replace(entry, long=None) if event.weight == "minor" else entry)
    minor_entries = tuple(event.weight == "minor" for event in shown)
    return _List(name, entries, count, len(events) - count, minor_entries)


def _filled(main: Sequence[Event], events: Sequence[Event], most: int) -> list[Event]:
    """Return the first main events, followed by minor events of the list if there are few."""
    minor = [event for event in events if event.weight == "minor"]
    return [*main, *minor][:most]


def _section(listed: _List, blocks: Sequence[Block]) -> list[Block]:
    """Return the section of a list with the blocks that fit, events newest first."""
    return list(section(listed.name, _by_day(blocks) if listed.minor_entries else blocks))


def _by_day(blocks: Sequence[Block]) -> list[Block]:
    """Sort blocks: single events first, newest first, and then other blocks."""
    return sorted(blocks, key=_day, reverse=True)


def _day(block: Block) -> date:
    match block:
        case EventList(events=((event, _), *_)) | EventDetails(event=event):
            return event.day
    return date.min


def _left_out(listed: _List, shown: int) -> str:
    """Return the name of a list with the number of events that it leaves out; empty without such events.

    Args:
        listed: the list.
        shown: the number of entries on the page.
    """
    shown_minor = sum(listed.minor_entries[:shown])
    count = listed.count - (shown - shown_minor)
    return left_out(listed.name, count, listed.minor - shown_minor, begun=shown > 0)


def brief_status(snapshot: Snapshot, select: Select) -> Iterator[Block]:
    """Yield one line per track with its state, and the meaning of a restriction."""
    yield Legend(tuple(labels.legend(snapshot.standings)))
    told: set[str] = set()
    for group, standings in groupby(snapshot.standings, lambda standing: standing.track.group):
        yield StatusTable(tuple(_brief_status_row(one, snapshot, select, told) for one in standings), group)


def _brief_status_row(standing: Standing, snapshot: Snapshot, select: Select, told: set[str]) -> StatusRow:
    """Return the row of a standing.

    Args:
        standing: the standing.
        snapshot: the snapshot of the page.
        select: selects the sources to cite.
        told: the disputed subjects named in earlier rows; the subjects of this row are added.
    """
    reason = cited_reason(standing, snapshot, select)
    pending = [(cite(entry.event, snapshot, select),) for entry in standing.pending]
    meaning = "" if standing.state.tone == "free" else standing.state.meaning
    subjects = [subject for subject in disputed_subjects(standing, snapshot) if subject not in told]
    told.update(subjects)
    disputed = disagreement(subjects, brief=True)
    return status_row(standing, snapshot, select, reason, pending, disputed, meaning=meaning)


def _entry(event: Event, snapshot: Snapshot, select: Select) -> Entry:
    title = EventList(((event, cite(event, snapshot, select)),))
    return Entry(title, event_summary(event, snapshot, select))


def _recent_series(snapshot: Snapshot) -> list[Series]:
    """Return the series with a figure for the last calendar year or later, or for a period without an end."""
    year = snapshot.day.year - 1
    latest = {series.id: labels.latest(series).period for series in snapshot.series}
    return [
        series
        for series in snapshot.series
        if latest[series.id].is_open or latest[series.id].last.year >= year
    ]
