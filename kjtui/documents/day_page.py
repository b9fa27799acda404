"""The page of a day: states, events and statements, on one page before the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from kjtui.documents.blocks import (
    RECENT,
    Claim,
    Select,
    cite,
    event_summary,
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
from kjtui.documents.page import WIDTH, Cut, Entry, estimated_height, fit_lists, fit_page, joined
from kjtui.documents.provenance import Request
from kjtui.history.fold import Standing, is_decided
from kjtui.history.snapshot import Snapshot
from kjtui.history.track_page import SPOKEN
from kjtui.languages import tr
from kjtui.record.model import Event, Series
from kjtui.record.partial_date import day_text
from kjtui.words import labels
from kjtui.words.wrap import wrap

_LINES = 100
"""Maximum lines of the page before its sources."""

_MOST_CHANGES, _MOST_STATEMENTS = 5, 2
"""Maximum number of changes and of statements in the last 30 days."""

_LEAST_OTHERS = 12
"""Lines kept for the heading of the day's own events and for the other lists."""


def day_page(snapshot: Snapshot, select: Select, lead: str) -> list[Block]:
    """Return the page below its lead. Lists are cut to fit the page, newest events first."""
    own = snapshot.history.events_on(snapshot.day)
    earlier = [event for event in snapshot.events if timedelta() < snapshot.day - event.day <= RECENT]
    main = [event for event in reversed(earlier) if event.weight == "main"]
    changes = [event for event in main if event.kind not in SPOKEN]
    said = [event for event in main if event.kind in SPOKEN]
    led = [event for event in _led(snapshot) if event not in earlier and event not in own]
    own_entries = [_entry(event, snapshot, select) for event in own]
    others = [
        [_entry(event, snapshot, select) for event in changes[:_MOST_CHANGES]],
        [_entry(event, snapshot, select) for event in said[:_MOST_STATEMENTS]],
        [Entry(EventList(((event, Citation(())),))) for event in led],
        [Entry(FieldList((field,))) for field in compared_figures(_recent_series(snapshot), select)],
    ]
    recent = labels.days(RECENT.days)

    caution = labels.outside(snapshot.asked, snapshot.record)
    above = (snapshot.record.dataset.title, labels.held_at_the_end(snapshot), caution, lead)
    available = _LINES - sum(len(wrap(text, WIDTH)) for text in above) - 1
    fixed = [
        *section(tr("Status"), brief_status(snapshot, select)),
        *section(tr("Meetings"), _meetings(snapshot, select)),
    ]
    [own_cut] = fit_lists([own_entries], max(available - estimated_height(fixed) - _LEAST_OTHERS, 0))
    if own:
        fixed += section(tr("That day"), _with_rest(own_cut, len(own), snapshot))

    def compose(lines: int) -> list[Block]:
        changes_cut, said_cut, led_cut, figures_cut = fit_lists(others, lines)
        sections = (
            (tr("Changed in the last {days}", days=recent), changes_cut, len(changes)),
            (tr("Said in the last {days}", days=recent), said_cut, len(said)),
            (tr("What else led to the status"), led_cut, len(led)),
            (tr("Figures"), figures_cut, len(others[-1])),
        )
        blocks = list(fixed)
        omitted = []
        for name, cut, count in sections:
            if cut.blocks:
                blocks += section(name, _with_rest(cut, count, snapshot))
            elif count:
                omitted.append(tr("{name} ({count})", name=name, count=f"{count:,}"))
        if omitted:
            blocks += section(tr("Not on this page"), [_full_page("; ".join(omitted), snapshot)])
        return blocks

    return list(joined(fit_page(compose, available)))


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


def _with_rest(cut: Cut, count: int, snapshot: Snapshot) -> Iterator[Block]:
    """Yield the blocks that fit, and the command that prints the omitted blocks."""
    yield from cut.blocks
    left_out = count - len(cut.blocks)
    if left_out:
        yield _full_page(tr("{count} more", count=f"{left_out:,}"), snapshot)


def _full_page(omitted: str, snapshot: Snapshot) -> Paragraph:
    """Name what was left out, and the command that prints it."""
    return Paragraph((f"{omitted}: {Request('snapshot', (snapshot.asked,), options=('full',)).command}",))


def _meetings(snapshot: Snapshot, select: Select) -> Iterator[Block]:
    """Yield the meeting of the day, the previous meeting and the next planned meeting."""
    if not snapshot.meetings.known:
        yield Paragraph((tr("No meetings so far."),))
    for state in (snapshot.meeting, snapshot.previous_meeting, snapshot.next_meeting):
        if state:
            yield meeting_summary(state, snapshot, select)


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
