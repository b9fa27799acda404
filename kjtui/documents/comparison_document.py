"""A comparison as a document: the differences between two days, and the events behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kjtui.documents.block_builders import cite, cited_title, event_list, meeting_list
from kjtui.documents.block_types import (
    Block,
    ChangedTrack,
    ChangeSummary,
    Field,
    FieldList,
    Inline,
    TrackChange,
    TrackLine,
    TrackList,
)
from kjtui.documents.document import Document, build, section
from kjtui.documents.provenance import Request
from kjtui.history.compare import Comparison, Difference
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, labelled, tr
from kjtui.record.partial_date import day_text
from kjtui.words import day_words, labels
from kjtui.words.outcome_words import expected, fate


def comparison_document(comparison: Comparison) -> Document:
    """Return the document of a comparison."""
    before, after = comparison.before.day, comparison.after.day
    return build(
        comparison,
        Request("comparison", (comparison.before.asked, comparison.after.asked)),
        comparison.after.record,
        tr("{before} and {after}", before=day_words.long_day(before), after=day_words.long_day(after)),
        _body(comparison),
        summary=apart(comparison),
    )


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


def change_words(difference: Difference, day: date) -> str:
    """Return the earlier and later state of a track, and the start of the later state."""
    return join_items((states_words(difference, day), labels.held(difference.after, day)))


def states_words(difference: Difference, day: date) -> str:
    """Return the earlier and later state of a track; ``day`` is the later day."""
    return f"{labels.state(difference.before.state)} → {labels.signed_state(difference.after, day)}"


def _body(comparison: Comparison) -> Iterator[Block]:
    yield from section(tr("Changed"), _changed(comparison))
    after = comparison.after
    back = tuple(_line(difference, after) for difference in comparison.changed_back)
    if back:
        yield from section(tr("The same again, after changes in between"), [TrackList(back)])
    same = tuple(_line(difference, after) for difference in comparison.same)
    yield from section(tr("The same"), [TrackList(same)] if same else [])
    if comparison.missed:
        yield from section(tr("Expected, and did not happen"), [_missed(comparison)])
    yield from section(tr("Meetings held between"), meeting_list(comparison.meetings, comparison.after))
    yield from section(tr("Events between"), event_list(comparison.events, comparison.after))


def _missed(comparison: Comparison) -> FieldList:
    """Return the missed changes of each track, with their outcomes."""
    after = comparison.after
    fields: list[Field] = []
    for outcome in comparison.missed:
        words: Inline = (f"{labelled(expected(outcome), fate(outcome))} · ",)
        event = outcome.by or outcome.latest.event
        fields.append(Field(outcome.track.name, (*words, *cited_title(event, after))))
    return FieldList(tuple(fields))


def _changed(comparison: Comparison) -> Iterator[Block]:
    """Yield a summary of one line per track, then each track with its events."""
    if comparison.changed:
        yield ChangeSummary(tuple(map(_changed_track, comparison.changed)))
    for difference in comparison.changed:
        yield _change(difference, comparison.after)


def _changed_track(difference: Difference) -> ChangedTrack:
    before, after = difference.before.state, difference.after.state
    track = difference.after.track
    return ChangedTrack(track.id, track.name, before.label, before.tone, after.label, after.tone)


def _change(difference: Difference, after: Snapshot) -> TrackChange:
    standing = difference.after
    return TrackChange(
        standing.track.id,
        standing.track.name,
        _with_lengths(change_words(difference, after.day), difference, after),
        tuple(labels.signed_pending(entry, after.day) for entry in standing.pending),
        tuple((event, cite(event, after)) for event in difference.events),
    )


def _with_lengths(change: str, difference: Difference, after: Snapshot) -> str:
    """Add the length in days of each state that began between the two days."""
    runs = after.history.runs(difference.after.track.id)
    lengths = [
        (run.state.label, day_words.days(days))
        for run in runs
        if run.first in difference.changes and (days := run.days(after.day)) is not None
    ]
    if len(lengths) == 1:
        return join_items((change, tr("for {days}", days=lengths[0][1])))
    spells = (tr("{state} for {days}", state=state, days=days) for state, days in lengths)
    return join_clauses((change, *spells))


def _states_before(difference: Difference, after: Snapshot) -> str:
    """Return the other states between two days of equal state."""
    runs = after.history.runs(difference.after.track.id)
    states = [
        tr("{state} from {day}", state=run.state.label, day=day_text(run.first))
        for run in runs
        if run.first in difference.changes[:-1]
    ]
    return tr("before: {states}", states=join_items(states))


def _line(difference: Difference, after: Snapshot) -> TrackLine:
    standing, day = difference.after, after.day
    before = (_states_before(difference, after),) if difference.changed_back else ()
    return TrackLine(
        standing.track.id,
        standing.track.name,
        standing.state.tone,
        labels.state_until(standing, day),
        labels.held(standing, day),
        (*before, *(labels.signed_pending(entry, day) for entry in standing.pending)),
    )
