"""Meetings as JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.documents.document import MeetingView
from kjtui.formats.json.event_json import EventJson, cited_by, event_json
from kjtui.formats.json.record_json import DatasetJson, SourceJson, dataset_json, sources_json
from kjtui.history.meetings import MeetingState, Status
from kjtui.record.model import Form
from kjtui.record.partial_date import PartialDate


class MeetingJson(Struct):
    """The known details of a meeting. Unknown details are null.

    ``part_of`` is the id of the parent meeting of a session.
    """

    id: str
    series: str
    name: str
    round: int | None
    part_of: str | None
    status: Status
    starts: PartialDate | None
    ends: PartialDate | None
    form: Form | None
    place: str | None
    level: str | None
    heads: dict[str, str]
    agenda: str | None
    outcome: str | None
    events: list[str]


class MeetingDocumentJson(Struct):
    """A meeting, as known at the end of a day, with the events that report it."""

    schema: Literal["kjtui/meeting/1"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    meeting: MeetingJson
    events: list[EventJson]
    sources: list[SourceJson]


def meeting_json(state: MeetingState) -> MeetingJson:
    """Convert the state of a meeting to its JSON struct."""
    return MeetingJson(
        id=state.meeting.id,
        series=state.meeting.series,
        name=state.meeting.name,
        round=state.meeting.round,
        part_of=state.meeting.part_of,
        status=state.status,
        starts=state.starts,
        ends=state.ends,
        form=state.form,
        place=state.place or None,
        level=state.level or None,
        heads=state.heads,
        agenda=state.agenda or None,
        outcome=state.outcome or None,
        events=[event.id for event in state.events],
    )


def meeting_document_json(view: MeetingView) -> MeetingDocumentJson:
    """Convert the document of a meeting to its JSON struct."""
    state, snapshot = view.state, view.snapshot
    return MeetingDocumentJson(
        schema="kjtui/meeting/1",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(snapshot.record),
        meeting=meeting_json(state),
        events=[event_json(event, snapshot) for event in state.events],
        sources=sources_json(cited_by(state.events, snapshot), snapshot.record),
    )
