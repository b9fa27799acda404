"""The snapshot: what held at the end of a day. Everything shown or exported is drawn from one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import date
from functools import cached_property, lru_cache

from msgspec import Struct

from kjtui.history.fold import Run, Standing, TrackHistory
from kjtui.history.meetings import MeetingHistory, Meetings, MeetingState
from kjtui.record.model import Effect, Event, MeetingStep, Record


class Snapshot(Struct, frozen=True, eq=False, dict=True):
    """Every standing and meeting at the end of a day, with the events up to it.

    Nothing in it comes from an event after ``day``. Values are worked out when first asked for.
    """

    history: History
    day: date
    standings: tuple[Standing, ...]
    event_count: int

    @property
    def record(self) -> Record:
        """The record this is drawn from."""
        return self.history.record

    @property
    def covered(self) -> bool:
        """Whether the day lies within the coverage of the record."""
        return self.day in self.record.dataset.coverage

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events up to the day, in order."""
        return self.record.events[: self.event_count]

    @property
    def meetings(self) -> Meetings:
        """What is known of meetings by then."""
        return self.history.meetings(self.event_count)

    @cached_property
    def meeting(self) -> MeetingState | None:
        """The meeting that matters on the day: under way, held that day, or else the last one held."""
        return self.meetings.at(self.day)

    def standing(self, track: str) -> Standing:
        """The standing of a track. Raises ``KeyError`` where there is no such track."""
        for standing in self.standings:
            if standing.track.id == track:
                return standing
        raise KeyError(track)

    @property
    def other_meetings(self) -> tuple[MeetingState, ...]:
        """The meetings that are neither the one that matters on the day nor still planned."""
        others = (state for state in self.meetings.known if state is not self.meeting)
        return tuple(state for state in others if state.status != "planned")


class History:
    """The whole record, ready to be asked for any day."""

    def __init__(self, record: Record) -> None:
        self.record = record
        words: dict[str, list[tuple[Event, list[Effect]]]] = defaultdict(list)
        steps: dict[str, list[tuple[Event, MeetingStep]]] = defaultdict(list)
        for event in record.events:
            if event.effects:
                by_track: dict[str, list[Effect]] = defaultdict(list)
                for effect in event.effects:
                    by_track[effect.track].append(effect)
                for track, word in by_track.items():
                    words[track].append((event, word))
            if event.meeting:
                steps[event.meeting.id].append((event, event.meeting))
        self._days = [event.day for event in record.events]
        self._tracks = {track.id: TrackHistory(track, words[track.id]) for track in record.tracks.values()}
        self._meetings = [
            MeetingHistory(meeting, steps[meeting.id])
            for meeting in record.meetings.values()
            if meeting.id in steps
        ]
        self.meetings = lru_cache(maxsize=8)(self._meetings_after)

    def snapshot(self, day: date) -> Snapshot:
        """What held at the end of a day."""
        standings = tuple(track.standing(day) for track in self._tracks.values())
        return Snapshot(self, day, standings, bisect_right(self._days, day))

    def chain(self, standing: Standing) -> tuple[Event, ...]:
        """The events that led to a standing, in order; empty for the state before the first event."""
        return self._tracks[standing.track.id].chain(standing)

    def runs(self, track: str) -> tuple[Run, ...]:
        """Every run of a state of a track over the whole record: for drawing, not for telling a day."""
        return self._tracks[track].runs

    def events_on(self, day: date) -> tuple[Event, ...]:
        """The events of one day, in order."""
        return self.record.events[bisect_left(self._days, day) : bisect_right(self._days, day)]

    def _meetings_after(self, event_count: int) -> Meetings:
        day = self._days[event_count - 1] if event_count else date.min
        known = (meeting.state(day) for meeting in self._meetings)
        return Meetings([state for state in known if state], day)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days on which any standing changed its state, in order."""
        return tuple(sorted({day for track in self._tracks.values() for day in track.changes}))

    @cached_property
    def meeting_days(self) -> tuple[date, ...]:
        """The days on which meetings began, in order."""
        return tuple(sorted({meeting.day for meeting in self._meetings if meeting.day}))

    @cached_property
    def event_days(self) -> tuple[date, ...]:
        """The days with events, in order."""
        return tuple(sorted(set(self._days)))

    @property
    def latest_change(self) -> date:
        """The day of the last change within the coverage; its last day where there is none."""
        coverage = self.record.dataset.coverage
        return next((day for day in reversed(self.changes) if day in coverage), coverage.last)

    @property
    def first_day(self) -> date:
        """The first day of the coverage or of the first event, whichever is earlier."""
        return min(self.record.dataset.coverage.first, *self._days[:1])

    @property
    def last_day(self) -> date:
        """The last day of the coverage or of the last event, whichever is later."""
        return max(self.record.dataset.coverage.last, *self._days[-1:])
