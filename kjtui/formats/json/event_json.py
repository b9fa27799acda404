"""Events as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct, structs

from kjtui.documents.document import EventView
from kjtui.formats.json.encoding import from_attributes
from kjtui.formats.json.record_json import DatasetJson, SourceJson, dataset_json, sources_json
from kjtui.history.snapshot import Snapshot, sources_of
from kjtui.record.model import Confidence, Event, Form, Kind, Phase, Stage, Weight
from kjtui.record.partial_date import PartialDate


class EffectJson(Struct):
    """An effect of an event on a track."""

    track: str
    state: str
    stage: Stage
    in_force: date | None
    until: date | None
    then: str
    note: str


class MeetingStepJson(Struct):
    """The details that an event reported about a meeting. Unreported details are null."""

    id: str
    phase: Phase
    starts: PartialDate | None
    ends: PartialDate | None
    form: Form | None
    place: str | None
    level: str | None
    heads: dict[str, str] | None
    agenda: str | None
    outcome: str | None


class ReadingJson(Struct):
    """One side of a disagreement between sources."""

    says: str
    sources: list[str]


class DisputeJson(Struct):
    """A subject on which sources disagree, with the sides that were public by the day of the export."""

    about: str
    readings: list[ReadingJson]


class EventJson(Struct):
    """An event.

    ``disputed`` is true if sources that were public by the day of the export disagree about the event.

    ``touches`` lists the tracks that the event concerns but does not change.
    """

    id: str
    date: PartialDate
    end: PartialDate | None
    time: str
    kind: Kind
    weight: Weight
    actors: list[str]
    title: str
    summary: str
    says: dict[str, str]
    effects: list[EffectJson]
    touches: list[str]
    meeting: MeetingStepJson | None
    confidence: Confidence
    disputed: bool
    disputes: list[DisputeJson]
    sources: list[str]


class EventDocumentJson(Struct):
    """An event, as known at the end of a day."""

    schema: Literal["kjtui/event/1"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    event: EventJson
    sources: list[SourceJson]


def event_json(event: Event, snapshot: Snapshot) -> EventJson:
    """Convert an event to its JSON struct.

    The disputes contain only the sides that were public by the day of the snapshot.
    """
    disputes = snapshot.disputes(event)
    fields = structs.asdict(event)
    fields["disputed"] = bool(disputes)
    fields["disputes"] = disputes
    fields["sources"] = sources_of(event, snapshot)
    return from_attributes(fields, EventJson)


def event_document_json(view: EventView) -> EventDocumentJson:
    """Convert the document of an event to its JSON struct."""
    event, snapshot = view.event, view.snapshot
    return EventDocumentJson(
        schema="kjtui/event/1",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(snapshot.record),
        event=event_json(event, snapshot),
        sources=sources_json(sources_of(event, snapshot), snapshot.record),
    )


def cited_by(events: Iterable[Event], snapshot: Snapshot) -> list[str]:
    """Return the ids of the sources of events and of their disputes.

    Disputes that were not public by the day of the snapshot are ignored.
    """
    return [source for event in events for source in sources_of(event, snapshot)]
