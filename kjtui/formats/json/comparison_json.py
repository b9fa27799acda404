"""Comparisons of two days as JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.formats.json.event_json import EventJson, cited_by, event_json
from kjtui.formats.json.meeting_json import MeetingJson, meeting_json
from kjtui.formats.json.outcome_json import OutcomeJson, outcome_json
from kjtui.formats.json.record_json import DatasetJson, SourceJson, dataset_json, sources_json
from kjtui.formats.json.track_json import TrackJson, cited_by_facts, track_json
from kjtui.history.compare import Comparison, Difference
from kjtui.history.fold import Standing
from kjtui.record.model import Event


class DifferenceJson(Struct):
    """A track and its states on the two days of a comparison.

    ``events`` are all events that became public between the two days and affect the track. ``changes`` are
    the days on which the state of the track changed. A track can have changes and still have the same state
    on both days.
    """

    track: str
    changed: bool
    before: TrackJson
    after: TrackJson
    events: list[str]
    changes: list[date]


class ComparisonJson(Struct):
    """A comparison of two days. ``covered`` is false if either day is outside the coverage of the record.

    ``missed`` holds changes that had not happened by the later day. They were pending on the earlier day, or
    due between the two days. The end of a state on its last day also counts as a change. ``events`` are the
    events between the days. ``other_events`` are all other events that tracks, meetings and missed changes
    refer to.
    """

    schema: Literal["kjtui/comparison/2"]
    before: date
    after: date
    days: int
    covered: bool
    dataset: DatasetJson
    tracks: list[DifferenceJson]
    missed: list[OutcomeJson]
    meetings: list[MeetingJson]
    events: list[EventJson]
    other_events: list[EventJson]
    sources: list[SourceJson]


def comparison_json(comparison: Comparison) -> ComparisonJson:
    """Convert a comparison to its JSON struct."""
    after = comparison.after
    others = _other_events(comparison)
    cited = cited_by([*comparison.events, *others], after)
    for snapshot in (comparison.before, after):
        for standing in snapshot.standings:
            cited += cited_by_facts(standing, snapshot.day)
    return ComparisonJson(
        schema="kjtui/comparison/2",
        before=comparison.before.day,
        after=after.day,
        days=comparison.days,
        covered=comparison.before.covered and after.covered,
        dataset=dataset_json(after.record),
        tracks=[_difference(difference, comparison) for difference in comparison.differences],
        missed=[outcome_json(outcome) for outcome in comparison.missed],
        meetings=[meeting_json(state) for state in comparison.meetings],
        events=[event_json(event, after) for event in comparison.events],
        other_events=[event_json(event, after) for event in others],
        sources=sources_json(cited, after.record),
    )


def _difference(difference: Difference, comparison: Comparison) -> DifferenceJson:
    return DifferenceJson(
        difference.after.track.id,
        difference.changed,
        track_json(difference.before, comparison.before.day),
        track_json(difference.after, comparison.after.day),
        [event.id for event in difference.events],
        list(difference.changes),
    )


def _other_events(comparison: Comparison) -> list[Event]:
    """Return the events that a comparison refers to, except the events between the two days."""
    referred: set[str] = set()
    for difference in comparison.differences:
        referred |= _referred(difference.before) | _referred(difference.after)
    for state in comparison.meetings:
        referred.update(event.id for event in state.events)
    referred.update(outcome.pending.event.id for outcome in comparison.missed)
    referred.difference_update(event.id for event in comparison.events)
    return [event for event in comparison.after.events if event.id in referred]


def _referred(standing: Standing) -> set[str]:
    """Return the ids of the events that a standing refers to."""
    ids = {entry.event.id for entry in standing.pending}
    for event in (standing.because, standing.until_by):
        if event:
            ids.add(event.id)
    return ids
