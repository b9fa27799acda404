"""The page of a day: states, events and statements, on one page before the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from kjtui.documents.block_builders import (
    Claim,
    Select,
    cite,
    event_summary,
    meeting_lines,
    meeting_summary,
    status_row,
)
from kjtui.documents.block_types import (
    Block,
    Citation,
    EventDetails,
    EventList,
    FieldList,
    Inline,
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
    whole_meeting,
)
from kjtui.documents.document import section
from kjtui.documents.figure_blocks import compared_figures
from kjtui.documents.page_fit import WIDTH, Entry, estimated_height, fit_lists, fit_page, joined, own_height
from kjtui.documents.provenance import Request
from kjtui.history.fold import Standing
from kjtui.history.meetings import RECENT, MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_sentences, labelled, tr
from kjtui.record.model import SPOKEN, Event, Series
from kjtui.words import day_words, labels, record_words
from kjtui.words.wrap import wrap

_LINES = 100
"""Maximum lines of the page before its sources."""

_MOST_CHANGES, _MOST_STATEMENTS, _MOST_FIGURES, _MOST_MEETINGS = 5, 2, 2, 3
"""Maximum number of recent changes, statements, publications of figures and meetings."""

_LEAST_CHANGES = 2
"""Minimum number of changes listed, even if the day's own events need the lines."""

_LEAST_OTHERS = 8
"""Lines reserved for the heading of the day's own events and for the note on omitted items."""


class _List(Struct, frozen=True, eq=False):
    """A list of the page before it is cut.

    Attributes:
        entries: the most important events or figures, then minor events if there are few others.
        count: the number of all events or figures except minor events.
        minor: the number of minor events.
        minor_entries: the number of minor events at the end of ``entries``.
    """

    name: str
    entries: Sequence[Entry]
    count: int
    minor: int = 0
    minor_entries: int = 0


class _Lists(NamedTuple):
    """The lists of the page besides the day's own events. If the page is full, later lists are cut first."""

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
    available = _LINES - sum(len(wrap(text, WIDTH)) for text in above) - 1
    status = section(tr("Status"), brief_status(snapshot, select))
    details: list[Block] = [meeting_summary(state, snapshot, select) for state in meetings]
    if not snapshot.meetings.known:
        details = [Paragraph((tr("No meetings so far."),))]
    above_day = [*status, *section(tr("Meetings"), details)]
    day: list[Block] = []
    own = snapshot.history.events_on(snapshot.day)
    if own:
        entries = [_own_entry(event, own, snapshot, select) for event in own]
        free = max(available - estimated_height(above_day) - _LEAST_OTHERS, 0)
        [cut] = fit_lists([entries], _lines_of_the_day(entries, lists.changes, free, snapshot))
        day = _section(_List(tr("That day"), entries, len(own)), cut.blocks, snapshot)

    def compose(lines: int) -> list[Block]:
        cuts = fit_lists([listed.entries for listed in lists], lines)
        other_meetings: list[Block] = []
        below: list[Block] = []
        omitted = []
        for listed, cut in zip(lists, cuts, strict=True):
            if listed is lists.meetings and cut.blocks:
                other_meetings = _with_rest(listed, cut.blocks, snapshot)
            elif cut.blocks:
                below += _section(listed, cut.blocks, snapshot)
            elif listed.count or listed.minor:
                omitted.append(tr("{name} ({count})", name=listed.name, count=_counted(listed)))
        if omitted:
            below += section(tr("Not on this page"), [_full_page(join_clauses(omitted), snapshot)])
        return [*above_day, *other_meetings, *day, *below]

    return list(joined(fit_page(compose, available)))


def _lines_of_the_day(entries: Sequence[Entry], changes: _List, free: int, snapshot: Snapshot) -> int:
    """Return the lines of the day's own events; the most important event gets its text if it fits.

    Other events get their texts only if lines remain for the titles of some earlier changes.
    """
    titles = [entry.short for entry in changes.entries[:_LEAST_CHANGES]]
    beside_titles = free - estimated_height(_section(changes, titles, snapshot))
    most_important = min(entries, key=lambda entry: entry.rank)
    least = sum(own_height(entry.short) for entry in entries) + most_important.added
    return max(beside_titles, min(least, free))


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

    changes = [event for event in recent if event.kind not in SPOKEN]
    important = most_important(latest_of_each_meeting(main_events(changes), own), _MOST_CHANGES)
    shown_changes = _filled(important, changes, _MOST_CHANGES)
    statements = [event for event in recent if event.kind == "statement"]
    shown_statements = _filled(main_events(statements), statements, _MOST_STATEMENTS)

    other_meetings = other_recent_meetings(snapshot, meetings)
    lines = meeting_lines(other_meetings[:_MOST_MEETINGS], snapshot, select)
    causes = [event for event in led_to_the_status(snapshot) if event not in earlier and event not in own]

    published = [event for event in recent if event.kind == "figures"]
    main_publications = main_events(published)[:_MOST_FIGURES]
    figures = _event_list(tr("Figures"), published, main_publications, snapshot, select)
    compared = [Entry(FieldList((field,))) for field in compared_figures(_recent_series(snapshot), select)]

    return _Lists(
        _event_list(tr("Changed in the last {days}", days=days), changes, shown_changes, snapshot, select),
        _event_list(tr("Said in the last {days}", days=days), statements, shown_statements, snapshot, select),
        _List(tr("Other meetings"), [Entry(line) for line in lines], len(other_meetings)),
        _List(
            tr("What else led to the status"),
            [Entry(EventList(((event, Citation(())),))) for event in causes],
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
        shown: the events with an entry, minor events last.
        snapshot: the snapshot of the page.
        select: selects the sources to cite.
    """
    count = len(main_events(events))
    entries: list[Entry] = []
    for event in shown:
        entry = _entry(event, snapshot, select)
        entries.append(replace(entry, long=None) if event.weight == "minor" else entry)
    shown_minor = len(shown) - len(main_events(shown))
    return _List(name, entries, count, len(events) - count, shown_minor)


def _filled(main: Sequence[Event], events: Sequence[Event], most: int) -> list[Event]:
    """Return the first main events, followed by minor events of the list if there are few."""
    minor = [event for event in events if event.weight == "minor"]
    return [*main, *minor][:most]


def _section(listed: _List, blocks: Sequence[Block], snapshot: Snapshot) -> list[Block]:
    """Return the section of a list, with the number of events that it leaves out."""
    return list(section(listed.name, _with_rest(listed, blocks, snapshot)))


def _with_rest(listed: _List, blocks: Sequence[Block], snapshot: Snapshot) -> list[Block]:
    """Return the blocks of a list that fit, and the number of events that it leaves out."""
    minor = max(len(blocks) - (len(listed.entries) - listed.minor_entries), 0)
    left_out = replace(listed, count=listed.count - (len(blocks) - minor), minor=listed.minor - minor)
    rest = [_full_page(_more(left_out), snapshot)] if left_out.count or left_out.minor else []
    return [*(_by_day(blocks) if minor else blocks), *rest]


def _by_day(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks of one event each, newest first."""
    return sorted(blocks, key=_day, reverse=True)


def _day(block: Block) -> date:
    match block:
        case EventList(events=((event, _), *_)) | EventDetails(event=event):
            return event.day
    return date.min


def _counted(listed: _List) -> str:
    """Return the counts of main and minor events of a list in words."""
    count, minor = f"{listed.count:,}", f"{listed.minor:,}"
    if not listed.minor:
        return count
    if not listed.count:
        return tr("{minor} minor", minor=minor)
    return tr("{count} and {minor} minor", count=count, minor=minor)


def _more(left_out: _List) -> str:
    """Return the counts of omitted main and minor events in words."""
    count, minor = f"{left_out.count:,}", f"{left_out.minor:,}"
    if not left_out.minor:
        return tr("{count} more", count=count)
    if not left_out.count:
        return tr("1 minor event") if left_out.minor == 1 else tr("{minor} minor events", minor=minor)
    return tr("{count} more and {minor} minor", count=count, minor=minor)


def brief_status(snapshot: Snapshot, select: Select) -> Iterator[Block]:
    """Yield one line per track with its state, and the meaning of a restriction."""
    yield Legend(tuple(labels.legend(snapshot.standings)))
    for group, standings in groupby(snapshot.standings, lambda standing: standing.track.group):
        yield StatusTable(tuple(_brief_status_row(one, snapshot, select) for one in standings), group)


def _brief_status_row(standing: Standing, snapshot: Snapshot, select: Select) -> StatusRow:
    cited: Inline = (Citation(select(Claim(standing.track.initial.sources))),)
    if standing.because:
        cited = (cite(standing.because, snapshot, select),)
    pending = [(cite(entry.event, snapshot, select),) for entry in standing.pending]
    overdue = labels.overdue(standing, snapshot.day)
    meaning = "" if standing.state.tone == "free" else standing.state.meaning
    about = join_sentences((overdue and tr("{sentence}.", sentence=overdue), meaning))
    return status_row(standing, snapshot, cited, pending, meaning=about)


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


def _full_page(omitted: str, snapshot: Snapshot) -> Paragraph:
    """Name the omitted items, and the command that prints them."""
    command = Request("snapshot", (snapshot.asked,), options=("full",)).command
    return Paragraph((labelled(omitted, command),))
