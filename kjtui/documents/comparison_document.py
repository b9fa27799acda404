"""A comparison as a document: the differences between two days, and the events behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kjtui.documents.best_sources import best_sources
from kjtui.documents.block_builders import Select, cite, cited_title, event_list
from kjtui.documents.block_types import (
    Block,
    ChangedTrack,
    ChangeSummary,
    Field,
    FieldList,
    Inline,
    TrackLine,
    TrackList,
    TrackSteps,
)
from kjtui.documents.document import Document, build, section
from kjtui.documents.meeting_blocks import meeting_list
from kjtui.documents.provenance import Request
from kjtui.documents.status_blocks import cited_pending, cited_reason, cited_state
from kjtui.history.compare import Comparison, Difference
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, labelled, tr
from kjtui.record.partial_date import day_text
from kjtui.words import day_words, labels
from kjtui.words.outcome_words import expected, fate


def comparison_document(comparison: Comparison) -> Document:
    """Return the document of a comparison. It cites the best sources of each event."""
    before, after = comparison.before.day, comparison.after.day
    return build(
        comparison,
        Request("comparison", (comparison.before.asked, comparison.after.asked)),
        comparison.after.record,
        tr(
            "what changed between {before} and {after}",
            before=day_words.long_day(before),
            after=day_words.long_day(after),
        ),
        _body(comparison),
        summary=apart(comparison),
        note=_note(comparison),
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


def _body(comparison: Comparison) -> Iterator[Block]:
    after, select = comparison.after, best_sources(comparison.after)
    yield from section(tr("Changed"), _changed(comparison, select))
    if comparison.missed:
        yield from section(tr("Expected, and did not happen"), [_missed(comparison, select)])
    if steps := list(_steps(comparison, select)):
        yield from section(tr("How it came about"), steps)
    back = tuple(_line(difference, after, select) for difference in comparison.changed_back)
    if back:
        yield from section(tr("The same again, after changes in between"), [TrackList(back)])
    same = tuple(_line(difference, after, select) for difference in comparison.same)
    yield from section(tr("The same"), [TrackList(same)] if same else [])
    yield from section(tr("Meetings held between"), meeting_list(comparison.meetings, after, select))
    yield from section(tr("Events after the first day"), event_list(comparison.events, after, select))


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
    """Yield a summary of one line per track, with the event behind its later state."""
    if comparison.changed:
        after = comparison.after
        yield ChangeSummary(tuple(_changed_track(one, after, select) for one in comparison.changed))


def _changed_track(difference: Difference, after: Snapshot, select: Select) -> ChangedTrack:
    old, standing = difference.before.state, difference.after
    because = ((standing.because, cite(standing.because, after, select)),) if standing.because else ()
    track, new = standing.track, standing.state
    return ChangedTrack(track.id, track.name, old.label, old.tone, new.label, new.tone, because)


def _steps(comparison: Comparison, select: Select) -> Iterator[TrackSteps]:
    """Yield the events of the changed tracks; tracks with the same events share them.

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
        cited_state(standing, after, select),
        (f"{labels.since(standing)} ", *cited_reason(standing, after, select)),
        (*before, *cited_pending(standing, after, select)),
    )
