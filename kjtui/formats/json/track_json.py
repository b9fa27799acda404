"""Tracks with their standings as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from kjtui.formats.json.encoding import from_attributes
from kjtui.history.fold import Pending, Standing
from kjtui.record.model import Stage
from kjtui.record.partial_date import PartialDate


class PendingJson(Struct):
    """A state that is not in force yet.

    ``in_force`` is the first day of a decided state. It is null if the state is undecided or if no first day
    is set. ``meant_for`` is the target day of an undecided state. ``until`` is the last day of the state, as
    set by the decision.
    """

    state: str
    stage: Stage
    in_force: date | None
    meant_for: date | None
    until: date | None
    event: str


class FactJson(Struct):
    """A fact that applies to a track on the day of the export.

    ``until`` is the last day on which the fact applies, or null if this day is not known.
    """

    label: str
    value: str
    until: date | None
    sources: list[str]


class TrackJson(Struct):
    """A track's standing.

    ``because`` is the event that put the state in force, or null for the initial state. ``until`` is the last
    day of the state, and ``until_by`` is the event that set this last day. If ``until`` is before the day of
    the document, the last day has passed, but no following state is recorded. If ``until`` is null, the state
    has no last day; if an event removed a previously set last day, ``until_by`` is this event.
    ``requirements`` are the facts that apply only in this state.
    """

    id: str
    group: str
    name: str
    state: str
    label: str
    since: PartialDate | None
    because: str | None
    until: date | None
    until_by: str | None
    pending: list[PendingJson]
    facts: list[FactJson]
    requirements: list[FactJson]


def track_json(standing: Standing, day: date) -> TrackJson:
    """Convert the standing of a track on a day to its JSON struct."""
    since = standing.track.initial.since
    if standing.because is not None and standing.since is not None:
        since = PartialDate(standing.since.isoformat())
    return TrackJson(
        standing.track.id,
        standing.track.group,
        standing.track.name,
        standing.state.id,
        standing.state.label,
        since,
        standing.because.id if standing.because else None,
        standing.until,
        standing.until_by.id if standing.until_by else None,
        [pending_json(entry) for entry in standing.pending],
        [from_attributes(fact, FactJson) for fact in standing.track.facts_known(day)],
        [from_attributes(fact, FactJson) for fact in standing.track.requirements(standing.state.id, day)],
    )


def pending_json(entry: Pending) -> PendingJson:
    """Convert a pending state to its JSON struct."""
    return PendingJson(
        entry.state.id, entry.stage, entry.in_force, entry.meant_for, entry.until, entry.event.id
    )


def cited_by_facts(standing: Standing, day: date) -> Iterator[str]:
    """Yield the ids of the sources of the facts and requirements that apply on a day."""
    track = standing.track
    for fact in (*track.facts_known(day), *track.requirements(standing.state.id, day)):
        yield from fact.sources
