"""Build the blocks and phrases that documents share: events and meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kjtui.exports import labels
from kjtui.exports.document import (
    Citation,
    EventDetails,
    EventList,
    Inline,
    MeetingDetails,
    MeetingList,
    Remark,
)
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event


def sources_of(event: Event, snapshot: Snapshot) -> list[str]:
    """Return the ids of an event's sources, those of its disagreements included, each once."""
    readings = (reading for dispute in snapshot.disputes(event) for reading in dispute.readings)
    ids = [*event.sources, *(source for reading in readings for source in reading.sources)]
    return list(dict.fromkeys(ids))


def cite(event: Event, snapshot: Snapshot) -> Citation:
    """Cite the sources of an event, as known by the day of a snapshot."""
    return Citation(event.sources, snapshot.is_disputed(event))


def cited_title(event: Event, snapshot: Snapshot) -> Inline:
    """Return the title of an event with its sources."""
    return f"{event.title} ", cite(event, snapshot)


def event_list(events: Iterable[Event], snapshot: Snapshot) -> Iterator[EventList]:
    """Yield a list of events by title, unless there are none."""
    if entries := tuple((event, cite(event, snapshot)) for event in events):
        yield EventList(entries)


def event_details(event: Event, snapshot: Snapshot, outcomes: Iterable[str] = ()) -> EventDetails:
    """Return an event in full."""
    return EventDetails(event, cite(event, snapshot), tuple(remarks(event, snapshot)), tuple(outcomes))


def remarks(event: Event, snapshot: Snapshot) -> Iterator[Remark]:
    """Yield what each side said, where sources disagree, and how certain an event is if it is not."""
    for code, said in event.says.items():
        yield Remark("", (f"{snapshot.record.dataset.actors[code]}: {said}",))
    for dispute in snapshot.disputes(event):
        readings: list[str | Citation] = []
        for reading in dispute.readings:
            readings += ["; " if readings else "", f"{reading.says} ", Citation(reading.sources)]
        yield Remark(labels.DISPUTED, (f"Sources disagree on {dispute.about}: ", *readings))
    if event.confidence != "high":
        yield Remark("", (f"Confidence: {event.confidence}",))


def meeting_details(state: MeetingState, snapshot: Snapshot) -> MeetingDetails:
    """Return a meeting with all that is known of it."""
    return MeetingDetails(
        state.meeting.id,
        labels.spoken(state.status),
        state.meeting.name,
        tuple((name, text) for name, text in labels.meeting_rows(state) if text),
        tuple((event.date.text, cited_title(event, snapshot)) for event in state.events),
    )


def meeting_list(states: Iterable[MeetingState]) -> Iterator[MeetingList]:
    """Yield a list of meetings by name, unless there are none."""
    if entries := tuple(map(_meeting_entry, states)):
        yield MeetingList(entries)


def _meeting_entry(state: MeetingState) -> tuple[str, Inline]:
    status = "" if state.status == "held" else f" ({labels.spoken(state.status)})"
    day = state.starts.text[:10] if state.starts else "–"
    return day, (f"{state.meeting.name}{status} ", Citation(state.events[-1].sources))
