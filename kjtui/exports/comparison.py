"""A comparison as a document: what differs between two days, and by which events."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.exports import labels
from kjtui.exports.blocks import cite, event_list, meeting_list
from kjtui.exports.document import Block, Document, TrackChange, TrackLine, TrackList, build, section
from kjtui.exports.provenance import Request
from kjtui.history.compare import Comparison, Difference
from kjtui.history.fold import Standing
from kjtui.history.snapshot import Snapshot


def comparison_document(comparison: Comparison) -> Document:
    """Return what differs between two days."""
    before, after = comparison.before.day, comparison.after.day
    return build(
        comparison,
        Request("comparison", (before, after)),
        comparison.after.record,
        f"{labels.long_day(before)} and {labels.long_day(after)}",
        _body(comparison),
        summary=apart(comparison),
    )


def apart(comparison: Comparison) -> str:
    """Return how far the days lie apart, and how much differs."""
    changed, same = len(comparison.changed), len(comparison.same)
    return f"{labels.days(comparison.days)} apart: {changed} changed, {same} the same"


def change_words(difference: Difference) -> str:
    """Return what the state of a track was and is, and since when."""
    before, after = difference.before.state, difference.after.state
    return f"{labels.state(before)} → {labels.state(after)}, {labels.since(difference.after)}"


def _body(comparison: Comparison) -> Iterator[Block]:
    yield from section(
        "Changed", (_change(difference, comparison.after) for difference in comparison.changed)
    )
    same = tuple(_line(difference.after) for difference in comparison.same)
    yield from section("The same", [TrackList(same)] if same else [])
    yield from section("Meetings held between", meeting_list(comparison.meetings))
    yield from section("Events between", event_list(comparison.events, comparison.after))


def _change(difference: Difference, after: Snapshot) -> TrackChange:
    standing = difference.after
    return TrackChange(
        standing.track.id,
        standing.track.name,
        change_words(difference),
        tuple(map(labels.signed_pending, standing.pending)),
        tuple((event, cite(event, after)) for event in difference.events),
    )


def _line(standing: Standing) -> TrackLine:
    return TrackLine(
        standing.track.id,
        standing.track.name,
        labels.SYMBOLS[standing.state.tone],
        standing.state.label,
        labels.since(standing),
        tuple(map(labels.signed_pending, standing.pending)),
    )
