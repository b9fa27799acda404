"""Choose the events and meetings that the page of a day shows, most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from kjtui.history.fold import decides
from kjtui.history.meetings import RECENT, MeetingState, whole_id
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event


def main_events(events: Iterable[Event]) -> list[Event]:
    """Return the events of weight ``main``."""
    return [event for event in events if event.weight == "main"]


def latest_of_each_meeting(events: Iterable[Event], day_events: Iterable[Event]) -> list[Event]:
    """Return the events, but omit each event without effects if a later event is about the same meeting.

    Args:
        events: events, newest first.
        day_events: the events on the day of the page, all later than ``events``.
    """
    reported = {event.meeting.id for event in day_events if event.meeting}
    latest: list[Event] = []
    for event in events:
        meeting = event.meeting.id if event.meeting else ""
        if not meeting or meeting not in reported or event.effects:
            latest.append(event)
        reported.add(meeting)
    return latest


def most_important(events: Sequence[Event], count: int) -> list[Event]:
    """Return the ``count`` most important events, in their original order."""
    chosen = sorted(events, key=importance)[:count]
    return [event for event in events if event in chosen]


def importance(event: Event) -> int:
    """Return the sort key of an event by importance.

    The key is 0 if the event has a decided effect, 1 if it has only undecided effects, and 2 if it has none.
    """
    if decides(event):
        return 0
    return 1 if event.effects else 2


def status_reasons(snapshot: Snapshot, age: timedelta) -> set[str]:
    """Return the ids of the events that explain the status.

    These events caused a current state or a recent change, or they set the last day of a current state.

    Args:
        snapshot: the snapshot of the day.
        age: the maximum age of a recent change.
    """
    reasons = [reason for standing in snapshot.standings for reason in (standing.because, standing.until_by)]
    for track in snapshot.record.tracks:
        runs = snapshot.history.runs(track)
        reasons += [run.because for run in runs if timedelta() <= snapshot.day - run.first <= age]
    return {event.id for event in reasons if event}


def whole_meeting(event: Event, snapshot: Snapshot) -> str:
    """Return the id of an event's meeting. For a session, return the id of the parent meeting.

    For an event without a meeting, return the id of the event.
    """
    if event.meeting is None:
        return event.id
    return whole_id(snapshot.record.meetings[event.meeting.id])


def other_recent_meetings(snapshot: Snapshot, shown: Sequence[MeetingState]) -> list[MeetingState]:
    """Return the meetings that were held or reported in the past 30 days, newest first.

    Meetings in ``shown``, sessions, and meetings whose last event is minor are omitted.
    """
    others = []
    for state in reversed(snapshot.meetings.held):
        last = max(state.last_day or state.events[-1].day, state.events[-1].day)
        is_main = state.events[-1].weight == "main" and not state.meeting.part_of
        if is_main and state not in shown and snapshot.day - last <= RECENT:
            others.append(state)
    return others


def led_to_the_status(snapshot: Snapshot) -> Iterator[Event]:
    """Yield the main decisions that led to the current and earlier states.

    Decisions cited in the status are omitted.
    """
    history = snapshot.history
    behind: set[str] = set()
    in_status: set[str] = set()
    for standing in snapshot.standings:
        behind.update(event.id for event in history.chain(standing))
        in_status.update(entry.event.id for entry in standing.pending)
        in_status.update(reason.id for reason in (standing.because, standing.until_by) if reason)
    for track in snapshot.record.tracks:
        for run in history.runs(track):
            if run.because and run.first <= snapshot.day:
                behind.add(run.because.id)
    behind -= in_status
    for event in snapshot.events:
        if decides(event) and event.id in behind and event.weight == "main":
            yield event
