"""A comparison as a document: the differences between two days, and the events that caused them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from kjtui.documents.best_sources import best_sources
from kjtui.documents.block_builders import Select, cite, cited_title, event_list
from kjtui.documents.block_types import (
    Block,
    ChangedTrack,
    ChangeSummary,
    EventList,
    Field,
    FieldList,
    Inline,
    Paragraph,
    TrackLine,
    TrackList,
    TrackSteps,
)
from kjtui.documents.document import Document, build, section
from kjtui.documents.left_out import left_out, omissions
from kjtui.documents.meeting_blocks import meeting_lines, meeting_list
from kjtui.documents.page_fit import Entry, fit_lists, fit_page, height, joined
from kjtui.documents.provenance import Request
from kjtui.documents.status_blocks import cited_pending, cited_standing
from kjtui.history.compare import Comparison, Difference
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, labelled, tr
from kjtui.record.partial_date import day_text
from kjtui.words import day_words, labels
from kjtui.words.outcome_words import fate, missed
from kjtui.words.record_words import outside
from kjtui.words.wrap import PAGE_WIDTH, wrap

SECTIONS = (
    "Changed",
    "Expected, and did not happen",
    "How it came about",
    "Changed and changed back",
    "The same",
    "Meetings in between",
    "Events after the first day",
)
"""English names of the sections of a comparison, in order."""

_LINES = 150
"""Maximum number of lines of a short comparison, without the list of sources."""

_MOST_MEETINGS = 8
"""Maximum number of meetings in a short comparison."""


def comparison_document(comparison: Comparison, *, full: bool = False) -> Document:
    """Return the document of a comparison. For each event, the document cites only the best sources.

    If the document has more than 150 lines before the list of sources, it is shortened, unless ``full`` is
    true. A shortened document lists only the latest meetings and the latest main events. It omits events that
    a different section already mentions.
    """
    return build(
        comparison,
        _request(comparison, full=full),
        comparison.after.record,
        _title(comparison),
        _full_body(comparison) if full else _short_body(comparison),
        summary=apart(comparison),
        note=_note(comparison),
    )


def _request(comparison: Comparison, *, full: bool) -> Request:
    days = (comparison.before.asked, comparison.after.asked)
    return Request("comparison", days, options=("full",) if full else ())


def _title(comparison: Comparison) -> str:
    before, after = comparison.before.day, comparison.after.day
    return tr(
        "what changed between {before} and {after}",
        before=day_words.long_day(before),
        after=day_words.long_day(after),
    )


def _note(comparison: Comparison) -> str:
    """Return a note with the command that prints all events between the days, with all their sources.

    The note is empty if there are no events.
    """
    if not comparison.events:
        return ""
    first, last = comparison.before.day + timedelta(days=1), comparison.after.day
    arguments = ("--from", str(first), "--to", str(last), "--full")
    command = Request("events", (), arguments=arguments).command
    return tr("Selected sources; all events and sources: {command}", command=command)


def apart(comparison: Comparison) -> str:
    """Return a phrase that says how many days lie between the snapshots and how many tracks changed."""
    days = day_words.days(comparison.days)
    changed, back, same = len(comparison.changed), len(comparison.changed_back), len(comparison.same)
    if not back:
        return tr("{days} apart: {changed} changed, {same} the same", days=days, changed=changed, same=same)
    return tr(
        "{days} apart: {changed} changed, {back} changed and changed back, {same} the same",
        days=days,
        changed=changed,
        back=back,
        same=same,
    )


def _full_body(comparison: Comparison) -> list[Block]:
    after, select = comparison.after, best_sources(comparison.after)
    return [
        *_above_steps(comparison, select),
        *_section(tr("How it came about"), _steps(comparison, select)),
        *_unchanged(comparison, select),
        *section(tr("Meetings in between"), meeting_list(comparison.meetings, after, select)),
        *section(tr("Events after the first day"), event_list(comparison.events, after, select)),
    ]


def _short_body(comparison: Comparison) -> list[Block]:
    """Return the full body if it fits on the page. Otherwise, return a shortened body.

    The shortened body lists only the latest meetings and the latest main events.
    """
    after, select = comparison.after, best_sources(comparison.after)
    above = (after.record.dataset.title, _title(comparison), apart(comparison))
    cautions = [
        text for day in (comparison.before.asked, after.asked) if (text := outside(day, after.record))
    ]
    empty_line_above_sources = 1
    lines_above = sum(len(wrap(text, PAGE_WIDTH)) for text in (*above, *cautions))
    lines = _LINES - lines_above - empty_line_above_sources
    if len(comparison.events) + len(comparison.meetings) < lines:
        body = _full_body(comparison)
        if height(body) <= lines:
            return body
    above_steps, unchanged = _above_steps(comparison, select), _unchanged(comparison, select)
    steps = list(_steps(comparison, select))
    mentioned_ids = _ids_already_mentioned(comparison, steps)
    others = [event for event in reversed(comparison.events) if event.id not in mentioned_ids]
    main = [event for event in others if event.weight == "main"]
    held = list(reversed(comparison.meetings))
    step_entries = [Entry(block) for block in steps]
    meetings = [Entry(line) for line in meeting_lines(held, after, select)]
    events = [Entry(EventList(((event, cite(event, after, select)),))) for event in main[:_LINES]]
    command = _request(comparison, full=True).command
    names = tr("How it came about"), tr("Meetings in between"), tr("Other main events")

    def compose(lines: int) -> list[Block]:
        cuts = fit_lists([step_entries, meetings[:_MOST_MEETINGS], events], lines)
        steps_cut, meetings_cut, events_cut = (cut.blocks for cut in cuts)
        totals = (len(steps), len(held), len(main))
        omitted = [
            left_out(name, total - len(cut.blocks), begun=bool(cut.blocks))
            for name, total, cut in zip(names, totals, cuts, strict=True)
        ]
        if minor := len(others) - len(main):
            omitted.append(tr("{minor} minor events", minor=f"{minor:,}"))
        first_meeting = _first_day(held[: len(meetings_cut)])
        first_event = labels.day_of(main[len(events_cut) - 1]) if events_cut else ""
        return [
            *above_steps,
            *_section(names[0], steps_cut),
            *unchanged,
            *_last(names[1], meetings_cut, len(held), first_meeting),
            *_last(names[2], events_cut, len(main), first_event),
            omissions(filter(None, omitted), command),
        ]

    return list(joined(fit_page(compose, lines)))


def _first_day(newest_first: Sequence[MeetingState]) -> str:
    """Return the first day of the earliest meeting, or an empty text if there are no meetings.

    If only the month or the year of the meeting is known, return the month or the year.
    """
    if not newest_first:
        return ""
    earliest = newest_first[-1]
    return day_text(earliest.first_day) if earliest.first_day else str(earliest.starts)


def _last(name: str, newest_first: Sequence[Block], total: int, first: str) -> Iterator[Block]:
    """Yield a section with the last items of a list, oldest first.

    If earlier items are omitted, the heading gives the number of shown items and the day of the first shown
    item.
    """
    shown = len(newest_first)
    if shown < total:
        name = tr(
            "{name}: the last {count} of {total}, from {day}",
            name=name,
            count=shown,
            total=f"{total:,}",
            day=first,
        )
    yield from _section(name, reversed(newest_first))


def _ids_already_mentioned(comparison: Comparison, steps: Iterable[TrackSteps]) -> set[str]:
    """Return the ids of the events that the sections about changes and missed changes already mention."""
    mentioned_ids = {event.id for block in steps for event, _ in block.events}
    mentioned_ids |= {
        difference.after.because.id for difference in comparison.changed if difference.after.because
    }
    return mentioned_ids | {(outcome.by or outcome.latest.event).id for outcome in comparison.missed}


def _above_steps(comparison: Comparison, select: Select) -> list[Block]:
    not_happened = [_missed(comparison, select)] if comparison.missed else []
    return [
        *section(tr("Changed"), _changed(comparison, select)),
        *_section(tr("Expected, and did not happen"), not_happened),
    ]


def _unchanged(comparison: Comparison, select: Select) -> list[Block]:
    after = comparison.after
    back = tuple(_line(difference, after, select) for difference in comparison.changed_back)
    same = tuple(_line(difference, after, select) for difference in comparison.same)
    return [
        *_section(tr("Changed and changed back"), [TrackList(back)] if back else []),
        *section(tr("The same"), [TrackList(same)] if same else []),
    ]


def _section(name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield a section, or nothing if there are no blocks."""
    content = list(blocks)
    if content:
        yield from section(name, content)


def _missed(comparison: Comparison, select: Select) -> FieldList:
    """Return the expected changes that did not happen, each with its outcome.

    Tracks with the same expected change and the same outcome are grouped.
    """
    after = comparison.after
    groups: dict[Inline, list[str]] = {}
    for outcome in comparison.missed:
        event = outcome.by or outcome.latest.event
        words = f"{labelled(missed(outcome), fate(outcome))} · "
        groups.setdefault((words, *cited_title(event, after, select)), []).append(outcome.track.name)
    return FieldList(tuple(Field(join_clauses(names), text) for text, names in groups.items()))


def _changed(comparison: Comparison, select: Select) -> Iterator[Block]:
    """Yield one line per changed track, with the event that caused its later state.

    If no state changed, yield a sentence that says so.
    """
    if comparison.changed:
        after = comparison.after
        yield ChangeSummary(
            tuple(_changed_track(difference, after, select) for difference in comparison.changed)
        )
    elif not comparison.changed_back:
        text = tr(
            "No status changed. Meetings in between: {meetings}; events in between: {events}.",
            meetings=f"{len(comparison.meetings):,}",
            events=f"{len(comparison.events):,}",
        )
        yield Paragraph((text,))


def _changed_track(difference: Difference, after: Snapshot, select: Select) -> ChangedTrack:
    old, standing = difference.before.state, difference.after
    because = ((standing.because, cite(standing.because, after, select)),) if standing.because else ()
    track, new = standing.track, standing.state
    in_force = labels.in_force(standing)
    return ChangedTrack(track.id, track.name, old.label, old.tone, new.label, new.tone, because, in_force)


def _steps(comparison: Comparison, select: Select) -> Iterator[TrackSteps]:
    """Yield the events with effects on the changed tracks. Tracks with the same events are grouped.

    A track is omitted if the section "Changed" already shows everything about it: only one event has effects
    on the track, the later state began on the day of that event, and no state is pending.
    """
    after = comparison.after
    groups: dict[tuple[tuple[Inline, ...], tuple[Inline, ...], tuple[str, ...]], list[Difference]] = {}
    for difference in comparison.changed:
        standing = difference.after
        pending = tuple(cited_pending(standing, after, select))
        because = standing.because
        said = because is not None and because.day == standing.since and difference.events == (because,)
        if pending or not said:
            ids = tuple(event.id for event in difference.events)
            states = _dated_states(difference, after, select)
            groups.setdefault((states, pending, ids), []).append(difference)
    for (states, pending, _), alike in groups.items():
        tracks = tuple((difference.after.track.id, difference.after.track.name) for difference in alike)
        events = tuple((event, cite(event, after, select)) for event in alike[0].events)
        yield TrackSteps(tracks, states, pending, events)


def _dated_states(difference: Difference, after: Snapshot, select: Select) -> tuple[Inline, ...]:
    """Return the states of a changed track in order, from the earlier day to the later day.

    If the track changed only once, the section "Changed" already shows both states. In this case, return only
    the start and the length of the later state.
    """
    standing = difference.after
    limited = standing.until_by if standing.until else None
    limit: Inline = (" ", cite(limited, after, select)) if limited else ()
    if len(difference.changes) > 1:
        *earlier, last = _chain(difference, after)
        return *((state,) for state in earlier), (last, *limit)
    start = join_items(
        filter(None, (labels.since(standing), labels.made_public(standing.since, standing.because)))
    )
    if limited:
        start = tr("{since} {until}", since=start, until=labels.until(standing))
        if standing.is_overdue(after.day):
            start = labels.held(standing, after.day)
    days = standing.days(after.day)
    length = join_items(("", tr("for {days}", days=day_words.days(days)))) if days is not None else ""
    return ((start, *limit, length),)


def _chain(difference: Difference, after: Snapshot) -> Iterator[str]:
    """Yield the state on the earlier day, then each later state with its first day and its length."""
    standing = difference.after
    if label := difference.before.state.label:
        yield label
    for run in after.history.runs(standing.track.id):
        if run.first not in difference.changes:
            continue
        length = run.days(after.day)
        notes = [day_words.days(length)] if length is not None else []
        label = run.state.label
        if run.first == difference.changes[-1]:
            label = labels.state_until(standing, after.day)
            notes = [tr("{days} so far", days=notes[0])] if notes else []
            notes.append(labels.overdue(standing, after.day))
        notes.insert(1, labels.made_public(run.since, run.because))
        text = tr("{day} {state}", day=day_text(run.since or run.first), state=label).rstrip()
        about = join_items(filter(None, notes))
        yield f"→ {tr('{state} ({notes})', state=text, notes=about) if about else text}"


def _states_before(difference: Difference, after: Snapshot) -> str:
    """Return the states that a track had before it returned to the state of the earlier day."""
    *earlier, _ = _chain(difference, after)
    return tr("before: {states}", states=" ".join(earlier))


def _line(difference: Difference, after: Snapshot, select: Select) -> TrackLine:
    standing = difference.after
    before = ((_states_before(difference, after),),) if difference.changed_back else ()
    public = labels.made_public(standing.since, standing.because)
    return TrackLine(
        standing.track.id,
        standing.track.name,
        standing.state.tone,
        *cited_standing(standing, after, select, public),
        (*before, *cited_pending(standing, after, select)),
    )
