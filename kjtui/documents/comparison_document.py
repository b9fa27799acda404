"""A comparison as a document: the differences between two days, and the events behind them."""

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
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, labelled, tr
from kjtui.record.partial_date import day_text
from kjtui.words import day_words, labels
from kjtui.words.outcome_words import expected, fate
from kjtui.words.record_words import outside
from kjtui.words.wrap import PAGE_WIDTH, wrap

SECTIONS = (
    "Changed",
    "Expected, and did not happen",
    "How it came about",
    "The same again, after changes in between",
    "The same",
    "Meetings held between",
    "Events after the first day",
)
"""English names of the sections of a comparison, in order."""

_LINES = 150
"""Maximum lines of a short comparison before its sources."""

_MOST_MEETINGS = 8
"""Maximum number of meetings of a short comparison."""


def comparison_document(comparison: Comparison, *, full: bool = False) -> Document:
    """Return the document of a comparison. It cites the best sources of each event.

    A document of more than 150 lines, not counting the sources, is shortened. It then lists only the latest
    meetings and main events, and no event that another section names. ``full`` lists all of them.
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
    """Name the command that prints all events and sources between the days; empty without events."""
    if not comparison.events:
        return ""
    first, last = comparison.before.day + timedelta(days=1), comparison.after.day
    arguments = ("--from", str(first), "--to", str(last), "--full")
    command = Request("events", (), arguments=arguments).command
    return tr("Selected sources; all events and sources: {command}", command=command)


def apart(comparison: Comparison) -> str:
    """Return the distance between the days, and the number of differences."""
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
        *section(tr("Meetings held between"), meeting_list(comparison.meetings, after, select)),
        *section(tr("Events after the first day"), event_list(comparison.events, after, select)),
    ]


def _short_body(comparison: Comparison) -> list[Block]:
    """Return the body, with meetings and events newest first. Lists are cut if the body is too long."""
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
    told = _told(comparison, steps)
    others = [event for event in reversed(comparison.events) if event.id not in told]
    main = [event for event in others if event.weight == "main"]
    step_entries = [Entry(block) for block in steps]
    meetings = [Entry(line) for line in meeting_lines(reversed(comparison.meetings), after, select)]
    events = [Entry(EventList(((event, cite(event, after, select)),))) for event in main[:_LINES]]
    command = _request(comparison, full=True).command

    def compose(lines: int) -> list[Block]:
        cuts = fit_lists([step_entries, meetings[:_MOST_MEETINGS], events], lines)
        steps_cut, meetings_cut, events_cut = (cut.blocks for cut in cuts)
        minor = len(others) - len(main)
        omitted = (
            _left_out(tr("How it came about"), len(steps), steps_cut),
            _left_out(tr("Meetings held between"), len(meetings), meetings_cut),
            _left_out(tr("Other events, newest first"), len(main), events_cut, minor),
        )
        return [
            *above_steps,
            *_section(tr("How it came about"), steps_cut),
            *unchanged,
            *_section(tr("Meetings held between"), meetings_cut),
            *_section(tr("Other events, newest first"), events_cut),
            omissions(filter(None, omitted), command),
        ]

    return list(joined(fit_page(compose, lines)))


def _left_out(name: str, total: int, shown: Sequence[Block], minor: int = 0) -> str:
    return left_out(name, total - len(shown), minor, begun=bool(shown))


def _told(comparison: Comparison, steps: Iterable[TrackSteps]) -> set[str]:
    """Return the ids of the events in the sections on changes."""
    told = {event.id for block in steps for event, _ in block.events}
    told |= {one.after.because.id for one in comparison.changed if one.after.because}
    return told | {(outcome.by or outcome.latest.event).id for outcome in comparison.missed}


def _above_steps(comparison: Comparison, select: Select) -> list[Block]:
    missed = [_missed(comparison, select)] if comparison.missed else []
    return [
        *section(tr("Changed"), _changed(comparison, select)),
        *_section(tr("Expected, and did not happen"), missed),
    ]


def _unchanged(comparison: Comparison, select: Select) -> list[Block]:
    after = comparison.after
    back = tuple(_line(difference, after, select) for difference in comparison.changed_back)
    same = tuple(_line(difference, after, select) for difference in comparison.same)
    return [
        *_section(tr("The same again, after changes in between"), [TrackList(back)] if back else []),
        *section(tr("The same"), [TrackList(same)] if same else []),
    ]


def _section(name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield a section, or nothing without blocks."""
    content = list(blocks)
    if content:
        yield from section(name, content)


def _missed(comparison: Comparison, select: Select) -> FieldList:
    """Return the missed changes of each track, with their outcomes."""
    after = comparison.after
    fields: list[Field] = []
    for outcome in comparison.missed:
        words: Inline = (f"{labelled(expected(outcome), fate(outcome))} · ",)
        event = outcome.by or outcome.latest.event
        fields.append(Field(outcome.track.name, (*words, *cited_title(event, after, select))))
    return FieldList(tuple(fields))


def _changed(comparison: Comparison, select: Select) -> Iterator[Block]:
    """Yield a summary of one line per track, with the event that set its later state."""
    if comparison.changed:
        after = comparison.after
        yield ChangeSummary(tuple(_changed_track(one, after, select) for one in comparison.changed))


def _changed_track(difference: Difference, after: Snapshot, select: Select) -> ChangedTrack:
    old, standing = difference.before.state, difference.after
    because = ((standing.because, cite(standing.because, after, select)),) if standing.because else ()
    track, new = standing.track, standing.state
    return ChangedTrack(track.id, track.name, old.label, old.tone, new.label, new.tone, because)


def _steps(comparison: Comparison, select: Select) -> Iterator[TrackSteps]:
    """Yield the events of the changed tracks; tracks with the same events are grouped.

    A track is omitted if the summary already shows everything: one event, and its state since that day.
    """
    after = comparison.after
    groups: dict[tuple[Inline, tuple[Inline, ...], tuple[str, ...]], list[Difference]] = {}
    for difference in comparison.changed:
        standing = difference.after
        pending = tuple(cited_pending(standing, after, select))
        because = standing.because
        said = because is not None and because.day == standing.since and difference.events == (because,)
        if pending or not said:
            ids = tuple(event.id for event in difference.events)
            groups.setdefault((_lengths(difference, after, select), pending, ids), []).append(difference)
    for (lengths, pending, _), alike in groups.items():
        tracks = tuple((one.after.track.id, one.after.track.name) for one in alike)
        events = tuple((event, cite(event, after, select)) for event in alike[0].events)
        yield TrackSteps(tracks, lengths, pending, events)


def _lengths(difference: Difference, after: Snapshot, select: Select) -> Inline:
    """Return the days of the later state, and the length in days of each state since the earlier day."""
    standing = difference.after
    start: Inline = (labels.since(standing),)
    if standing.until_by and standing.until:
        days = tr("{since} {until}", since=labels.since(standing), until=labels.until(standing))
        if standing.is_overdue(after.day):
            days = labels.held(standing, after.day)
        start = f"{days} ", cite(standing.until_by, after, select)
    lengths = [
        (run.state.label, day_words.days(length))
        for run in after.history.runs(standing.track.id)
        if run.first in difference.changes and (length := run.days(after.day)) is not None
    ]
    if len(lengths) == 1:
        return *start, join_items(("", tr("for {days}", days=lengths[0][1])))
    spells = (tr("{state} for {days}", state=state, days=days) for state, days in lengths)
    return *start, join_clauses(("", *spells))


def _states_before(difference: Difference, after: Snapshot) -> str:
    """Return the states in between, for a track with the same state on both days."""
    runs = after.history.runs(difference.after.track.id)
    states = [
        tr("{state} from {day}", state=run.state.label, day=day_text(run.first))
        for run in runs
        if run.first in difference.changes[:-1]
    ]
    return tr("before: {states}", states=join_clauses(states))


def _line(difference: Difference, after: Snapshot, select: Select) -> TrackLine:
    standing = difference.after
    before = ((_states_before(difference, after),),) if difference.changed_back else ()
    return TrackLine(
        standing.track.id,
        standing.track.name,
        standing.state.tone,
        *cited_standing(standing, after, select),
        (*before, *cited_pending(standing, after, select)),
    )
