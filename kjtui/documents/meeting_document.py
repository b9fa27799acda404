"""A meeting as a document: everything that was known about it on a day, and the events that report it."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.documents.block_builders import event_list
from kjtui.documents.block_types import Block, Field, FieldList
from kjtui.documents.document import Document, MeetingView, build, section
from kjtui.documents.meeting_blocks import meeting_fields
from kjtui.documents.provenance import Request
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_items, tr
from kjtui.record.partial_date import day_text
from kjtui.words import meeting_words


def meeting_document(view: MeetingView) -> Document:
    """Return the document of a meeting, with everything that was known about it at the end of a day."""
    state, snapshot = view.state, view.snapshot
    as_known = tr("as known on {day}", day=day_text(snapshot.day))
    status = meeting_words.status(state, snapshot.day).capitalize()
    return build(
        view,
        Request("meeting", (snapshot.asked,), state.meeting.id),
        snapshot.record,
        state.meeting.name,
        _body(state, snapshot),
        summary=f"{status} · {meeting_words.days(state)} · {as_known}",
    )


def _body(state: MeetingState, snapshot: Snapshot) -> Iterator[Block]:
    yield FieldList(tuple(_fields(state, snapshot)))
    yield from section(tr("Events, newest first"), event_list(reversed(state.events), snapshot))


def _fields(state: MeetingState, snapshot: Snapshot) -> Iterator[Field]:
    yield from meeting_fields(state, snapshot)
    meetings, last_reported = snapshot.meetings, state.events[-1].day
    if state.last_day and state.status == "held" and last_reported > state.last_day:
        yield Field(tr("Became known"), (day_text(last_reported),))
    for label, neighbour in ((tr("Before"), meetings.previous(state)), (tr("Next"), meetings.next(state))):
        if neighbour:
            text = join_items((neighbour.meeting.name, meeting_words.dates(neighbour)))
            yield Field(label, (text,), meeting=neighbour.meeting.id)
    yield Field(tr("Series"), (state.meeting.series,), series=state.meeting.series)
    yield Field(tr("Id"), (state.meeting.id,))
