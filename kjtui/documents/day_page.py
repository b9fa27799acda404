"""The page of a day: states, events and statements. Everything but the list of sources fits on one page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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
    Field,
    FieldList,
    Heading,
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
from kjtui.documents.left_out import another, left_out, omissions
from kjtui.documents.meeting_blocks import meeting_summary, other_meeting
from kjtui.documents.page_fit import Entry, estimated_height, fit_lists, fit_page, joined, own_height
from kjtui.documents.provenance import Request
from kjtui.documents.status_blocks import cited_reason, disputed_subjects, pending_subjects, status_row
from kjtui.history.fold import Standing
from kjtui.history.meetings import RECENT, MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import labelled, noted, tr
from kjtui.record.model import STATEMENT_KINDS, Event, Series
from kjtui.words import day_words, labels, record_words
from kjtui.words.wrap import PAGE_WIDTH, wrap

_LINES = 100
"""Maximum number of lines of the page, without the list of sources."""

_MOST_CHANGES, _MOST_STATEMENTS, _MOST_FIGURES, _MOST_MEETINGS = 5, 2, 2, 3
"""Maximum numbers of recent changes, statements, publications of figures, and other meetings."""

_LEAST_CHANGES = 2
"""Number of earlier changes whose titles have priority over the texts of the day's own events.

Only the text of the most important own event has priority over these titles.
"""

_LEAST_OTHERS = 5
"""Lines reserved for the heading of the day's own events and for the note on omitted items.

Additional lines are reserved for the first entries of the other lists.
"""


class _List(Struct, frozen=True, eq=False):
    """A list of the page, before it is shortened.

    Attributes:
        entries: the entries, beginning with the most important events or figures.
        count: the total number of events or figures, not counting minor events.
        minor: the total number of minor events.
        minor_entries: for each entry, whether it is a minor event.
        required: the number of entries that are never omitted.
    """

    name: str
    entries: Sequence[Entry]
    count: int
    minor: int = 0
    minor_entries: Sequence[bool] = ()
    required: int = 0

    @property
    def least(self) -> list[Block]:
        """Return the required entries, in their short form."""
        return [entry.short for entry in self.entries[: self.required]]


class _Lists(NamedTuple):
    """The lists of the page in order, without the list of the day's own events.

    If the page has no room for all entries of a list, each list below it is reduced to one line with its
    first entry. The list of meetings is an exception: it is omitted.
    """

    changes: _List
    statements: _List
    meetings: _List
    causes: _List
    figures: _List


def day_page(snapshot: Snapshot, select: Select, lead: str) -> list[Block]:
    """Return the page without its lead.

    The lists are shortened to fit the page. The events in each list are sorted newest first.
    """
    shown = [snapshot.meeting, snapshot.previous_meeting, snapshot.next_meeting]
    meetings = [state for state in shown if state]
    lists = _lists(snapshot, select, meetings)
    caution = record_words.outside(snapshot.asked, snapshot.record)
    above = (snapshot.record.dataset.title, record_words.held_at_the_end(snapshot), caution, lead)
    available = _LINES - sum(len(wrap(text, PAGE_WIDTH)) for text in above) - 1

    def status_and_meetings(*, tight: bool) -> list[Block]:
        details: list[Block] = [
            meeting_summary(state, snapshot, select, agenda=not tight) for state in meetings
        ]
        if not snapshot.meetings.known:
            details = [Paragraph((tr("No meetings so far."),))]
        status = brief_status(snapshot, select, tight=tight)
        return [*section(tr("Status"), status), *section(tr("Meetings"), details)]

    above_day = status_and_meetings(tight=False)
    day: list[Block] = []
    left_out_of_day = ""
    day_events = snapshot.history.events_on(snapshot.day)
    if day_events:
        entries = [_own_entry(event, day_events, snapshot, select) for event in day_events]
        available_below = available - estimated_height(_in_brief(lists)) - _LEAST_OTHERS
        free = max(available_below - estimated_height(above_day), 0)
        if free < _lines_with_texts(entries, lists.changes):
            above_day = status_and_meetings(tight=True)
            free = max(available_below - estimated_height(above_day), 0)
        [cut] = fit_lists([entries], _lines_of_the_day(entries, lists.changes, free))
        that_day = _List(tr("That day"), entries, len(day_events))
        day = _section(that_day, cut.blocks)
        left_out_of_day = _left_out(that_day, len(cut.blocks))

    least = sum(own_height(block) for listed in lists for block in listed.least)

    def compose(lines: int) -> list[Block]:
        cuts = fit_lists(
            [listed.entries for listed in lists], least + lines, [listed.required for listed in lists]
        )
        other_meetings: list[Block] = []
        below: list[Block] = []
        brief: list[_List] = []
        omitted = [left_out_of_day]
        is_full = False
        for listed, cut in zip(lists, cuts, strict=True):
            blocks = cut.blocks[: listed.required] if is_full else cut.blocks
            if listed is lists.meetings:  # shown in the section "Meetings" above
                other_meetings = list(blocks)
            elif blocks:
                below += _section(listed, blocks)
            elif listed.entries:
                brief.append(listed)
            if listed not in brief:
                omitted.append(_left_out(listed, len(blocks)))
            is_full = is_full or cut.left_out > 0
        below += _in_brief(brief)
        if any(omitted):
            command = Request("snapshot", (snapshot.asked,), options=("full",)).command
            below.append(omissions(filter(None, omitted), command, apart=not brief))
        return [*above_day, *other_meetings, *day, *below]

    return list(joined(fit_page(compose, available)))


def _lines_with_texts(entries: Sequence[Entry], changes: _List) -> int:
    """Return the number of lines needed to show the day's own events with all their texts.

    The number includes the lines of the required earlier changes.
    """
    lines = sum(own_height(entry.short) + entry.added for entry in entries)
    return lines + estimated_height(_section(changes, changes.least) if changes.required else [])


def _lines_of_the_day(entries: Sequence[Entry], changes: _List, free: int) -> int:
    """Return the number of lines available for the day's own events.

    Lines are assigned in this order: titles of required earlier changes, text of the most important own
    event, titles of further earlier changes, all other texts.
    """

    def beside(count: int) -> int:
        titles = [entry.short for entry in changes.entries[:count]]
        return free - estimated_height(_section(changes, titles))

    most_important = min(entries, key=lambda entry: entry.rank)
    least = sum(own_height(entry.short) for entry in entries) + most_important.added
    beside_required = beside(changes.required) if changes.required else free
    return max(beside(max(changes.required, _LEAST_CHANGES)), min(least, beside_required))


def _own_entry(event: Event, day_events: Sequence[Event], snapshot: Snapshot, select: Select) -> Entry:
    """Return the entry of one of the day's own events. The rank of the entry is the priority of its text.

    If several of these events are about the same meeting, the last event is the most informative. So the
    texts of the earlier events have a lower priority. Their priority is even lower if the page already shows
    the details of the meeting.
    """
    position = day_events.index(event)
    meeting = whole_meeting(event, snapshot)
    repeated = any(
        whole_meeting(later_event, snapshot) == meeting for later_event in day_events[position + 1 :]
    )
    shown = bool(snapshot.meeting and event.meeting and event.meeting.id == snapshot.meeting.meeting.id)
    rank = (importance(event), repeated, repeated and shown, -position if repeated else position)
    return replace(_entry(event, snapshot, select), rank=rank)


def _lists(snapshot: Snapshot, select: Select, meetings: Sequence[MeetingState]) -> _Lists:
    """Return the lists of the page.

    Args:
        meetings: the meetings shown in detail on the page.
    """
    day_events = snapshot.history.events_on(snapshot.day)
    earlier = [event for event in snapshot.events if timedelta() < snapshot.day - event.day <= RECENT]
    recent = list(reversed(earlier))
    days = day_words.days(RECENT.days)

    changes = [event for event in recent if event.kind not in STATEMENT_KINDS]
    reasons = status_reasons(snapshot, RECENT)
    required = [event for event in changes if event.id in reasons]
    others = [event for event in changes if event not in required]
    important = most_important(latest_of_each_meeting(main_events(others), day_events), _MOST_CHANGES)
    shown_changes = _filled([*required, *important], others, max(_MOST_CHANGES, len(required)))
    statements = [event for event in recent if event.kind == "statement"]
    shown_statements = _filled(main_events(statements), statements, _MOST_STATEMENTS)

    other_meetings = other_recent_meetings(snapshot, meetings)
    meeting_entries = [
        Entry(FieldList((other_meeting(state, snapshot, select),)))
        for state in other_meetings[:_MOST_MEETINGS]
    ]
    causes = [
        event for event in led_to_the_status(snapshot) if event not in earlier and event not in day_events
    ]

    published = [event for event in recent if event.kind == "figures"]
    publications = _filled(main_events(published), published, _MOST_FIGURES)
    figures = _event_list(tr("Figures"), published, publications, snapshot, select)
    compared = [Entry(FieldList((field,))) for field in compared_figures(_recent_series(snapshot), select)]

    changed = _event_list(
        tr("Changed in the last {days}", days=days), changes, shown_changes, snapshot, select
    )
    return _Lists(
        replace(changed, required=len(required)),
        _event_list(
            tr("Statements in the last {days}", days=days), statements, shown_statements, snapshot, select
        ),
        _List(tr("Other meetings"), meeting_entries, len(other_meetings)),
        _List(
            tr("What else led to the status"),
            [Entry(EventList(((event, cite(event, snapshot, select)),))) for event in reversed(causes)],
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
        events: all events of the list, including minor events.
        shown: the events that get an entry in the list.
        snapshot: the snapshot of the page.
        select: the function that selects the sources to cite.
    """
    count = len(main_events(events))
    entries: list[Entry] = []
    for event in shown:
        entry = _entry(event, snapshot, select)
        entries.append(replace(entry, long=None) if event.weight == "minor" else entry)
    minor_entries = tuple(event.weight == "minor" for event in shown)
    return _List(name, entries, count, len(events) - count, minor_entries)


def _filled(main: Sequence[Event], events: Sequence[Event], most: int) -> list[Event]:
    """Return at most ``most`` events: the main events, and then minor events from ``events``."""
    minor = [event for event in events if event.weight == "minor"]
    return [*main, *minor][:most]


def _section(listed: _List, blocks: Sequence[Block]) -> list[Block]:
    """Return a section with the given blocks of a list. Events are sorted newest first."""
    return list(section(listed.name, _by_day(blocks) if listed.minor_entries else blocks))


def _in_brief(lists: Sequence[_List]) -> list[Block]:
    """Return one section with the first entry of each list. If all lists are empty, return no blocks.

    Lists with required entries are left out.
    """
    fields = tuple(_first(listed) for listed in lists if listed.entries and not listed.required)
    return [Heading(3, tr("In brief")), FieldList(fields)] if fields else []


def _first(listed: _List) -> Field:
    """Return a field with the name of a list, its first entry, and the number of its other entries."""
    others = noted("", another(*_omitted(listed, 1)))
    match listed.entries[0].short:
        case EventList(events=((event, citation), *_)):
            return Field(listed.name, (f"{labels.dated_title(event)} ", citation, others), event=event.id)
        case FieldList(fields=(field, *_)):
            return Field(listed.name, (labelled(field.name), *field.text, others), meeting=field.meeting)
    raise NotImplementedError(listed.name)


def _by_day(blocks: Sequence[Block]) -> list[Block]:
    """Sort blocks: events from newest to oldest, and then all other blocks."""
    return sorted(blocks, key=_day, reverse=True)


def _day(block: Block) -> date:
    match block:
        case EventList(events=((event, _), *_)) | EventDetails(event=event):
            return event.day
    return date.min


def _left_out(listed: _List, shown: int) -> str:
    """Return the name of a list with the number of its omitted items.

    If no item is omitted, return an empty text.

    Args:
        listed: the list.
        shown: the number of entries on the page.
    """
    count, minor = _omitted(listed, shown)
    return left_out(listed.name, count, minor, begun=shown > 0)


def _omitted(listed: _List, shown: int) -> tuple[int, int]:
    """Return two numbers for a list: omitted items that are not minor events, and omitted minor events."""
    shown_minor = sum(listed.minor_entries[:shown])
    return listed.count - (shown - shown_minor), listed.minor - shown_minor


def brief_status(snapshot: Snapshot, select: Select, *, tight: bool = False) -> Iterator[Block]:
    """Yield a legend, and one row per track.

    Each row shows the state and, except for free states, the meaning of the state.

    Args:
        snapshot: the snapshot of the page.
        select: the function that selects the sources to cite.
        tight: whether to save lines. If true, omit the meanings of procedure states, and show every other
            meaning only once.
    """
    explained = {"eased", "controlled"}
    if not tight:
        explained.update(labels.PROCEDURES)
    yield Legend(tuple(labels.legend(snapshot.standings)))
    named_subjects: set[str] = set()
    for group, standings in groupby(snapshot.standings, lambda standing: standing.track.group):
        rows = [
            _brief_status_row(standing, snapshot, select, named_subjects, explained) for standing in standings
        ]
        yield StatusTable(tuple(_each_meaning_once(rows) if tight else rows), group)


def _each_meaning_once(rows: Iterable[StatusRow]) -> Iterator[StatusRow]:
    """Yield the rows, without meanings that an earlier row already shows.

    Adjacent rows with the same meaning keep it if there are no other lines between them. In this case, the
    layout prints the meaning only once, below the last of these rows.
    """
    shown_meanings: set[str] = set()
    for row in rows:
        yield replace(row, meaning="") if row.meaning in shown_meanings else row
        if row.pending or row.disputed:
            shown_meanings.add(row.meaning)


def _brief_status_row(
    standing: Standing,
    snapshot: Snapshot,
    select: Select,
    named_subjects: set[str],
    explained: Collection[str],
) -> StatusRow:
    """Return the row of a standing.

    Args:
        standing: the standing.
        snapshot: the snapshot of the page.
        select: the function that selects the sources to cite.
        named_subjects: the disputed subjects named in earlier rows; the subjects of this row are added.
        explained: the tones for which the row shows the meaning of the state.
    """
    reason = cited_reason(standing, snapshot, select)
    pending = [(cite(entry.event, snapshot, select),) for entry in standing.pending]
    meaning = standing.state.meaning if standing.state.tone in explained else ""
    subjects = [subject for subject in disputed_subjects(standing, snapshot) if subject not in named_subjects]
    named_subjects.update(subjects)
    disputed = disagreement(subjects, brief=True)
    row = status_row(
        standing, snapshot, select, reason, pending, disputed, meaning=meaning, named_subjects=named_subjects
    )
    named_subjects.update(
        about for entry in standing.pending for about in pending_subjects(entry, standing, snapshot)
    )
    return row


def _entry(event: Event, snapshot: Snapshot, select: Select) -> Entry:
    title = EventList(((event, cite(event, snapshot, select)),))
    return Entry(title, event_summary(event, snapshot, select))


def _recent_series(snapshot: Snapshot) -> list[Series]:
    """Return the series with a recent latest figure.

    For a snapshot of 2020, a figure is recent if its period is open-ended, or ends in 2019 or later.
    """
    year = snapshot.day.year - 1
    latest = {series.id: labels.latest(series).period for series in snapshot.series}
    return [
        series
        for series in snapshot.series
        if latest[series.id].is_open or latest[series.id].last.year >= year
    ]
