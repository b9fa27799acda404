"""An event as a document: all that was known of it by a day."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.documents.blocks import event_details
from kjtui.documents.document import Block, Document, EventView, FieldList, build, section
from kjtui.documents.provenance import Request
from kjtui.documents.track_document import effect_words
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event, MeetingStep
from kjtui.words import labels


def event_document(view: EventView) -> Document:
    """Return all that is known of an event by the end of a day."""
    event, snapshot = view.event, view.snapshot
    return build(
        view,
        Request("event", (snapshot.day,), event.id),
        snapshot.record,
        event.title,
        _body(event, snapshot),
        summary=f"As known at the end of {labels.long_day(snapshot.day)}",
    )


def _body(event: Event, snapshot: Snapshot) -> Iterator[Block]:
    yield from section("Event", [event_details(event, snapshot)])
    yield from section("Particulars", [FieldList(tuple((n, (t,)) for n, t in _fields(event, snapshot)))])
    if event.effects or event.touches:
        tracks = snapshot.record.tracks
        effects = [
            (tracks[effect.track].name, (effect_words(tracks[effect.track], effect),))
            for effect in event.effects
        ]
        touched = [(tracks[track].name, ("bears on it, changes nothing",)) for track in event.touches]
        yield from section("Tracks", [FieldList((*effects, *touched))])
    if event.meeting:
        name = snapshot.record.meetings[event.meeting.id].name
        rows = tuple((label, (text,)) for label, text in _step(event.meeting) if text)
        yield from section("Meeting", [FieldList((("Meeting", (name,)), *rows))])


def _fields(event: Event, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield "Id", event.id
    yield "When", f"{event.date} {event.time}".strip() + (f" to {event.end}" if event.end else "")
    yield "Who", ", ".join(snapshot.record.dataset.actors[code] for code in event.actors)
    yield "Kind", event.kind if event.weight == "main" else f"{event.kind}, a side matter"
    yield "Confidence", event.confidence


def _step(step: MeetingStep) -> Iterator[tuple[str, str]]:
    """Yield what the event told of its meeting."""
    yield "Phase", step.phase
    yield "Starts", str(step.starts or "")
    yield "Ends", str(step.ends or "")
    yield "Form", labels.spoken(step.form or "")
    yield "Place", step.place or ""
    yield "Level", step.level or ""
    yield from (step.heads or {}).items()
    yield "Agenda", step.agenda or ""
    yield "Outcome", step.outcome or ""
