"""An event as a document: everything that was known about it on a day."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.documents.block_builders import cite, remarks
from kjtui.documents.block_types import Block, EventText, Field, FieldList, Inline
from kjtui.documents.document import Document, EventView, build
from kjtui.documents.outcomes_document import event_outcomes
from kjtui.documents.provenance import Request
from kjtui.documents.track_document import effect_words
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_items, join_names, tr
from kjtui.record.model import Event, MeetingStep
from kjtui.record.partial_date import day_text
from kjtui.words import labels, meeting_words


def event_document(view: EventView, *, with_outcomes: bool = False) -> Document:
    """Return the document of an event, with everything that was known about it at the end of a day.

    Args:
        view: The event and the day.
        with_outcomes: Whether to add the outcomes of the event's effects, as known at the end of the record.
    """
    event, snapshot = view.event, view.snapshot
    later = event_outcomes(event, snapshot.history) if with_outcomes else ()
    return build(
        view,
        Request("event", (snapshot.asked,), event.id),
        snapshot.record,
        event.title,
        (*_body(event, snapshot), *later),
        summary=_particulars(event, snapshot),
    )


def _particulars(event: Event, snapshot: Snapshot) -> str:
    """Return the date, actors, kind and confidence of an event, and the day of the snapshot."""
    when = f"{event.date} {event.time}".strip()
    if event.end:
        when = tr("{first} to {last}", first=when, last=event.end)
    who = join_names(snapshot.record.dataset.actors[code] for code in event.actors)
    kind = tr(event.kind)
    if event.weight != "main":
        kind = tr("{kind}, minor", kind=kind)
    confidence = tr("{level} confidence", level=tr(event.confidence))
    as_known = tr("as known on {day}", day=day_text(snapshot.day))
    return " · ".join((when, who, kind, confidence, as_known))


def _body(event: Event, snapshot: Snapshot) -> Iterator[Block]:
    cited, event_remarks = cite(event, snapshot), tuple(remarks(event, snapshot))
    summary: Inline = (f"{event.summary} ", cited) if event.summary else ()
    if summary or event_remarks:
        yield EventText(summary, event_remarks)
    fields = list(_fields(event, snapshot))
    if not summary:
        fields.insert(-1, Field(tr("Sources"), (cited,)))  # the id remains the last field
    yield FieldList(tuple(fields))


def _fields(event: Event, snapshot: Snapshot) -> Iterator[Field]:
    record = snapshot.record
    for effect in event.effects:
        track = record.tracks[effect.track]
        sets = tr("{track}: {effect}", track=track.name, effect=effect_words(track, effect))
        yield Field(tr("Effect"), (sets,), track=track.id)
    tracks = tuple((touched, record.tracks[touched].name) for touched in event.touches)
    if len(tracks) == 1:
        [(track_id, name)] = tracks
        yield Field(tr("Concerns"), (name,), track=track_id)
    elif tracks:
        yield Field(tr("Concerns"), (join_items(name for _, name in tracks),), tracks=tracks)
    if event.meeting:
        yield from _meeting_fields(event.meeting, snapshot)
    yield Field(tr("Id"), (event.id,))


def _meeting_fields(step: MeetingStep, snapshot: Snapshot) -> Iterator[Field]:
    """Yield fields about an event's meeting: its status on the snapshot's day, and what the event reported.

    If a different event reported the outcome of the meeting, the outcome is added.
    """
    state = snapshot.meetings.get(step.id)
    if state is None:
        return
    status = meeting_words.status(state, snapshot.day)
    name_and_status = tr("{meeting}: {status}", meeting=state.meeting.name, status=status)
    yield Field(tr("Meeting"), (name_and_status,), meeting=step.id)
    for name, text in _step(step, snapshot):
        if text:
            yield Field(name, (text,), meeting=step.id)
    if state.outcome and not step.outcome:
        yield Field(tr("Outcome"), (state.outcome,), meeting=step.id)


def _step(step: MeetingStep, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each meeting detail that an event can report.

    The text of an unreported detail is empty.
    """
    actors = snapshot.record.dataset.actors
    yield tr("Starts"), str(step.starts or "")
    yield tr("Ends"), str(step.ends or "")
    yield tr("Form"), labels.spoken(step.form or "")
    yield tr("Place"), step.place or ""
    yield tr("Level"), step.level or ""
    for code, head in (step.heads or {}).items():
        yield actors.get(code, code), head
    yield tr("Agenda"), step.agenda or ""
    yield tr("Outcome"), step.outcome or ""
