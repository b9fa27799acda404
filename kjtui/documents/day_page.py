"""The page of a day: states, events and statements, on one page before the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from kjtui.documents.blocks import (
    RECENT,
    Claim,
    Select,
    cite,
    event_summary,
    meeting_list,
    meeting_summary,
    status_row,
)
from kjtui.documents.document import (
    Block,
    Citation,
    EventList,
    FieldList,
    Inline,
    Legend,
    Paragraph,
    StatusRow,
    StatusTable,
    section,
)
from kjtui.documents.figures import compared_figures
from kjtui.documents.page import WIDTH, Entry, estimated_height, fit_lists, fit_page, joined, own_height
from kjtui.documents.provenance import Request
from kjtui.history.fold import Standing, is_decided
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.history.track_page import SPOKEN
from kjtui.languages import tr
from kjtui.record.model import Event, Series
from kjtui.record.partial_date import day_text
from kjtui.words import labels
from kjtui.words.wrap import wrap

_LINES = 100
"""Maximum lines of the page before its sources."""

_MOST_CHANGES, _MOST_STATEMENTS, _MOST_FIGURES, _MOST_MEETINGS = 5, 2, 2, 3
"""Maximum number of recent changes, statements, publications of figures and meetings."""

_LEAST_CHANGES = 3
"""Number of changes that are named even if the day's own events need the lines."""

_LEAST_OTHERS = 8
"""Lines kept for the heading of the day's own events and for what is not on the page."""


class _List(Struct, frozen=True):
    """A list of the page before it is cut.

    Attributes:
        count: the number of events or figures, of which ``entries`` may have the most important ones only.
        minor: the number of minor events, which are counted but not listed.
    """

    name: str
    entries: Sequence[Entry]
    count: int
    minor: int = 0


def day_page(snapshot: Snapshot, select: Select, lead: str) -> list[Block]:
    """Return the page below its lead. Lists are cut to fit the page, newest events first."""
    lists = _lists(snapshot, select)
    caution = labels.outside(snapshot.asked, snapshot.record)
    above = (snapshot.record.dataset.title, labels.held_at_the_end(snapshot), caution, lead)
    available = _LINES - sum(len(wrap(text, WIDTH)) for text in above) - 1
    fixed = [
        *section(tr("Status"), brief_status(snapshot, select)),
        *section(tr("Meetings"), _meetings(snapshot, select)),
    ]
    own = snapshot.history.events_on(snapshot.day)
    if own:
        entries = [_own_entry(event, own, snapshot, select) for event in own]
        free = max(available - estimated_height(fixed) - _LEAST_OTHERS, 0)
        [cut] = fit_lists([entries], _lines_of_the_day(entries, lists[0], free, snapshot))
        fixed += _section(_List(tr("That day"), entries, len(own)), cut.blocks, snapshot)

    def compose(lines: int) -> list[Block]:
        blocks = list(fixed)
        omitted = []
        for listed, cut in zip(lists, fit_lists([listed.entries for listed in lists], lines), strict=True):
            if cut.blocks:
                blocks += _section(listed, cut.blocks, snapshot)
            elif listed.count or listed.minor:
                omitted.append(tr("{name} ({count})", name=listed.name, count=_counted(listed)))
        if omitted:
            blocks += section(tr("Not on this page"), [_full_page("; ".join(omitted), snapshot)])
        return blocks

    return list(joined(fit_page(compose, available)))


def _lines_of_the_day(entries: Sequence[Entry], changes: _List, free: int, snapshot: Snapshot) -> int:
    """Return the lines for the day's own events: for the most important one its text, if it fits.

    The texts of the others leave room for the titles of some earlier changes.
    """
    titles = [entry.short for entry in changes.entries[:_LEAST_CHANGES]]
    beside_titles = free - estimated_height(_section(changes, titles, snapshot))
    most_important = min(entries, key=lambda entry: entry.rank)
    least = sum(own_height(entry.short) for entry in entries) + most_important.added
    return max(beside_titles, min(least, free))


def _own_entry(event: Event, own: Sequence[Event], snapshot: Snapshot, select: Select) -> Entry:
    """Return the entry of an event of the day. Of several about one meeting, the last gets its text first."""
    later = own[own.index(event) + 1 :]
    repeated = any(_whole_meeting(event, snapshot) == _whole_meeting(other, snapshot) for other in later)
    return replace(_entry(event, snapshot, select), rank=2 * _rank(event) + repeated)


def _whole_meeting(event: Event, snapshot: Snapshot) -> str:
    """Return the id of the meeting that an event is about, or of which it is a session."""
    if event.meeting is None:
        return event.id
    meeting = snapshot.record.meetings[event.meeting.id]
    return meeting.part_of or meeting.id


def _lists(snapshot: Snapshot, select: Select) -> tuple[_List, ...]:
    """Return the lists below the day's own events: what changed, was said, led to the status; and figures."""
    own = snapshot.history.events_on(snapshot.day)
    earlier = [event for event in snapshot.events if timedelta() < snapshot.day - event.day <= RECENT]
    recent = list(reversed(earlier))
    changes = [event for event in recent if event.kind not in SPOKEN]
    said = [event for event in recent if event.kind == "statement"]
    published = [event for event in recent if event.kind == "figures"]
    led = [event for event in _led(snapshot) if event not in earlier and event not in own]
    compared = list(compared_figures(_recent_series(snapshot), select))

    important = _most_important(_latest_of_each_meeting(_main(changes), own), _MOST_CHANGES)
    figures = [_entry(event, snapshot, select) for event in _main(published)[:_MOST_FIGURES]]
    figures += [Entry(FieldList((field,))) for field in compared]
    days = labels.days(RECENT.days)
    return (
        _List(
            tr("Changed in the last {days}", days=days),
            [_entry(event, snapshot, select) for event in important],
            len(_main(changes)),
            len(changes) - len(_main(changes)),
        ),
        _List(
            tr("Said in the last {days}", days=days),
            [_entry(event, snapshot, select) for event in _main(said)[:_MOST_STATEMENTS]],
            len(_main(said)),
            len(said) - len(_main(said)),
        ),
        _List(
            tr("What else led to the status"),
            [Entry(EventList(((event, Citation(())),))) for event in led],
            len(led),
        ),
        _List(
            tr("Figures"),
            figures,
            len(_main(published)) + len(compared),
            len(published) - len(_main(published)),
        ),
    )


def _main(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if event.weight == "main"]


def _latest_of_each_meeting(events: Iterable[Event], own: Iterable[Event]) -> list[Event]:
    """Leave out what an event planned or opened if a later event says how that meeting went on.

    Args:
        events: events, newest first.
        own: the events of the day of the page, which are later than these.
    """
    reported = {event.meeting.id for event in own if event.meeting}
    latest: list[Event] = []
    for event in events:
        meeting = event.meeting.id if event.meeting else ""
        if not meeting or meeting not in reported or event.effects:
            latest.append(event)
        reported.add(meeting)
    return latest


def _most_important(events: Sequence[Event], count: int) -> list[Event]:
    """Return at most ``count`` events: decisions, then other effects, then the first; in their order."""
    chosen = sorted(events, key=_rank)[:count]
    return [event for event in events if event in chosen]


def _rank(event: Event) -> int:
    if any(is_decided(effect.stage) for effect in event.effects):
        return 0
    return 1 if event.effects else 2


def _section(listed: _List, blocks: Sequence[Block], snapshot: Snapshot) -> list[Block]:
    """Return the section of a list, with the number of events that it leaves out."""
    left_out = replace(listed, count=listed.count - len(blocks))
    rest = [_full_page(_more(left_out), snapshot)] if left_out.count or left_out.minor else []
    return list(section(listed.name, (*blocks, *rest)))


def _counted(listed: _List) -> str:
    """Return the number of events of a list, with its minor events."""
    count, minor = f"{listed.count:,}", f"{listed.minor:,}"
    if not listed.minor:
        return count
    if not listed.count:
        return tr("{minor} minor", minor=minor)
    return tr("{count} and {minor} minor", count=count, minor=minor)


def _more(left_out: _List) -> str:
    """Return the number of events that a list leaves out."""
    count, minor = f"{left_out.count:,}", f"{left_out.minor:,}"
    if not left_out.minor:
        return tr("{count} more", count=count)
    if not left_out.count:
        return tr("1 minor event") if left_out.minor == 1 else tr("{minor} minor events", minor=minor)
    return tr("{count} more and {minor} minor", count=count, minor=minor)


def day_lead(snapshot: Snapshot) -> str:
    """Return the current states, the last change and the next change, as sentences."""
    counts = [
        _count(sum(standing.state.tone == tone for standing in snapshot.standings), labels.tone_word(tone))
        for tone in labels.tones(standing.state for standing in snapshot.standings)
    ]
    total = len(snapshot.standings)
    sentences = [tr("{total} tracks: {counts}.", total=total, counts=", ".join(counts))]
    changed = [standing for standing in snapshot.standings if standing.because and standing.since]
    if changed:
        day = max(standing.since for standing in changed if standing.since)
        names = (
            f"{standing.track.name}, {standing.state.label}" for standing in changed if standing.since == day
        )
        when = tr("this day") if day == snapshot.day else day_text(day)
        sentences.append(tr("Latest change, {when}: {names}.", when=when, names="; ".join(names)))
    sentences.append(_next(snapshot))
    return " ".join(sentences)


def _count(number: int, tone: str) -> str:
    return tr("{number} {tone}", number=number, tone=tone)


def _next(snapshot: Snapshot) -> str:
    """Return the next scheduled change, meeting or end of a state."""
    coming = [
        (entry.in_force, f"{standing.track.name}, {entry.state.label}")
        for standing in snapshot.standings
        for entry in standing.pending
        if entry.in_force
    ]
    coming += [
        (state.first_day, state.meeting.name)
        for state in snapshot.meetings.planned
        if state.first_day and state.first_day > snapshot.day
    ]
    ends = [
        (standing.until, f"{standing.track.name}, {standing.state.label}")
        for standing in snapshot.standings
        if standing.until and standing.until >= snapshot.day
    ]
    if coming:
        day, names = _earliest(coming)
        return tr("Next, set for {day}: {name}.", day=day_text(day), name=names)
    if ends:
        day, names = _earliest(ends)
        return tr("Until {day}, by its own text: {name}.", day=day_text(day), name=names)
    return tr("Nothing is set for a later day.")


def _earliest(dated: Sequence[tuple[date, str]]) -> tuple[date, str]:
    """Return the first of some days, with everything that is dated to it."""
    first = min(day for day, _ in dated)
    return first, "; ".join(dict.fromkeys(name for day, name in dated if day == first))


def brief_status(snapshot: Snapshot, select: Select) -> Iterator[Block]:
    """Yield one line per track with its state, and the meaning of a restriction."""
    yield Legend(tuple(labels.legend(snapshot.standings)))
    for group, standings in groupby(snapshot.standings, lambda standing: standing.track.group):
        members = list(standings)
        rows = []
        for number, standing in enumerate(members):
            following = members[number + 1] if number + 1 < len(members) else None
            repeated = following is not None and following.state.meaning == standing.state.meaning
            meaning = "" if repeated or standing.state.tone == "free" else standing.state.meaning
            rows.append(_brief_status_row(standing, snapshot, select, meaning))
        yield StatusTable(tuple(rows), group)


def _brief_status_row(standing: Standing, snapshot: Snapshot, select: Select, meaning: str) -> StatusRow:
    cited: Inline = (Citation(select(Claim(standing.track.initial.sources))),)
    if standing.because:
        cited = (cite(standing.because, snapshot, select),)
    pending = [(cite(entry.event, snapshot, select),) for entry in standing.pending]
    overdue = labels.overdue(standing, snapshot.day)
    about = " ".join(part for part in (f"{overdue}." if overdue else "", meaning) if part)
    return status_row(standing, snapshot, cited, pending, meaning=about)


def _entry(event: Event, snapshot: Snapshot, select: Select) -> Entry:
    title = EventList(((event, cite(event, snapshot, select)),))
    return Entry(title, event_summary(event, snapshot, select))


def _recent_series(snapshot: Snapshot) -> list[Series]:
    """Return the series with a figure for the last calendar year or later."""
    year = snapshot.day.year - 1
    return [series for series in snapshot.series if labels.latest(series).period.last.year >= year]


def _full_page(omitted: str, snapshot: Snapshot) -> Paragraph:
    """Name what was left out, and the command that prints it."""
    return Paragraph((f"{omitted}: {Request('snapshot', (snapshot.asked,), options=('full',)).command}",))


def _meetings(snapshot: Snapshot, select: Select) -> Iterator[Block]:
    """Yield the meeting of the day, the previous and the next planned meeting, and other recent meetings."""
    if not snapshot.meetings.known:
        yield Paragraph((tr("No meetings so far."),))
    shown = [snapshot.meeting, snapshot.previous_meeting, snapshot.next_meeting]
    known = [state for state in shown if state]
    yield from (meeting_summary(state, snapshot, select) for state in known)
    others = _other_recent_meetings(snapshot, known)
    yield from meeting_list(others[:_MOST_MEETINGS], snapshot, select)
    if left_out := len(others[_MOST_MEETINGS:]):
        yield _full_page(tr("{count} more", count=f"{left_out:,}"), snapshot)


def _other_recent_meetings(snapshot: Snapshot, shown: Sequence[MeetingState]) -> list[MeetingState]:
    """Return the other meetings held or reported in the last 30 days, newest first, without sessions."""
    others = []
    for state in reversed(snapshot.meetings.held):
        last = max(state.last_day or state.events[-1].day, state.events[-1].day)
        is_main = state.events[-1].weight == "main" and not state.meeting.part_of
        if is_main and state not in shown and snapshot.day - last <= RECENT:
            others.append(state)
    return others


def _led(snapshot: Snapshot) -> Iterator[Event]:
    """Yield the decisions behind each current and earlier state, except events cited in the status."""
    history = snapshot.history
    behind = {event.id for standing in snapshot.standings for event in history.chain(standing)}
    for track in snapshot.record.tracks:
        behind |= _causes(run.because for run in history.runs(track) if run.first <= snapshot.day)
    behind -= _causes(standing.because for standing in snapshot.standings)
    behind -= {entry.event.id for standing in snapshot.standings for entry in standing.pending}
    for event in snapshot.events:
        decided = any(is_decided(effect.stage) for effect in event.effects)
        if decided and event.id in behind and event.weight == "main":
            yield event


def _causes(events: Iterable[Event | None]) -> set[str]:
    return {event.id for event in events if event}
