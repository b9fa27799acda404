"""Track pages as JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.formats.json.encoding import from_attributes
from kjtui.formats.json.event_json import EffectJson, EventJson, cited_by, event_json
from kjtui.formats.json.outcome_json import OutcomeJson, outcome_json
from kjtui.formats.json.record_json import (
    DatasetJson,
    SeriesJson,
    SourceJson,
    cited_by_points,
    dataset_json,
    sources_json,
)
from kjtui.formats.json.run_json import RunJson, runs_json
from kjtui.formats.json.track_json import TrackJson, cited_by_facts, track_json
from kjtui.history.snapshot import Snapshot, sources_of
from kjtui.history.track_page import Step, TrackPage
from kjtui.record.partial_date import PartialDate


class StepJson(Struct):
    """An event that concerns the track. ``effects`` is empty if the event has no effect on the track."""

    event: str
    date: PartialDate
    title: str
    effects: list[EffectJson]
    before: str
    after: str
    disputed: bool
    sources: list[str]


class TrackPageJson(Struct):
    """A track: its standing, the events that concern the track, and all other information about the track.

    ``steps`` are all events that concern the track. ``licences`` are the ids of the steps that are licences.
    ``statements`` are the ids of statements and publications of figures without an effect on the track.
    ``others`` are the ids of all remaining steps without an effect. ``events`` contains all events that other
    fields refer to.
    """

    schema: Literal["kjtui/track/3"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    track: TrackJson
    steps: list[StepJson]
    licences: list[str]
    statements: list[str]
    others: list[str]
    runs: list[RunJson]
    outcomes: list[OutcomeJson]
    series: list[SeriesJson]
    events: list[EventJson]
    sources: list[SourceJson]


def track_page_json(page: TrackPage) -> TrackPageJson:
    """Convert a track page to its JSON struct."""
    snapshot, standing = page.snapshot, page.standing
    series = [series for series in snapshot.series if series.track == standing.track.id]
    events = [step.event for step in page.steps]
    cited = list(standing.track.initial.sources)
    cited += cited_by(events, snapshot)
    cited += cited_by_facts(standing, snapshot.day)
    cited += cited_by_points(series)
    return TrackPageJson(
        schema="kjtui/track/3",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(snapshot.record),
        track=track_json(standing, snapshot.day),
        steps=[_step(step, snapshot) for step in page.steps],
        licences=[event.id for event in page.licences],
        statements=[event.id for event in page.statements],
        others=[event.id for event in page.others],
        runs=runs_json(standing.track.id, page.runs, snapshot.day),
        outcomes=[outcome_json(outcome) for outcome in page.outcomes],
        series=[from_attributes(item, SeriesJson) for item in series],
        events=[event_json(event, snapshot) for event in events],
        sources=sources_json(cited, snapshot.record),
    )


def _step(step: Step, snapshot: Snapshot) -> StepJson:
    event = step.event
    effects = [from_attributes(effect, EffectJson) for effect in step.effects]
    return StepJson(
        event.id,
        event.date,
        event.title,
        effects,
        step.before.id,
        step.after.id,
        snapshot.is_disputed(event),
        sources_of(event, snapshot),
    )
