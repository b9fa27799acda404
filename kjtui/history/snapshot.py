"""The snapshot: states and meetings at the end of a day. Panes and exports show snapshots."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from kjtui.history.fold import Run, Standing, TrackHistory
from kjtui.history.meetings import MeetingHistory, Meetings, MeetingState, Stop
from kjtui.record.model import Dispute, Effect, Event, MeetingStep, Point, Reading, Record, Series


class Snapshot(Struct, frozen=True, eq=False, dict=True):
    """All standings and meetings at the end of a day, and the events up to that day.

    A snapshot uses no event after ``day``. Properties are computed on first use.

    Attributes:
        day: the day of the standings. The earliest possible day is the day before the record begins. The
            latest possible day is the last day of the record.
        asked: the requested day, which may lie outside the record.
    """

    history: History
    day: date
    standings: tuple[Standing, ...]
    event_count: int
    asked: date

    @property
    def record(self) -> Record:
        """Return the record of the snapshot."""
        return self.history.record

    @property
    def covered(self) -> bool:
        """Return whether the day lies within the coverage of the record."""
        return self.day in self.record.dataset.coverage

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Return all events up to the day, in order."""
        return self.record.events[: self.event_count]

    @property
    def meetings(self) -> Meetings:
        """Return the states of all meetings."""
        return self.history.meetings(self.day)

    @cached_property
    def meeting(self) -> MeetingState | None:
        """Return the meeting to show for the day; see :meth:`Meetings.to_show`."""
        return self.meetings.to_show(self.day)

    @property
    def previous_meeting(self) -> MeetingState | None:
        """Return the meeting held before :attr:`meeting` in the same series.

        If there is no :attr:`meeting`, return the last meeting held.
        """
        if self.meeting is None:
            return self.meetings.last_held
        return self.meetings.previous(self.meeting)

    @property
    def next_meeting(self) -> MeetingState | None:
        """Return the next planned meeting. A meeting without a day comes last."""
        coming = [state for state in self.meetings.coming(self.day) if state is not self.meeting]
        return coming[0] if coming else None

    def standing(self, track: str) -> Standing:
        """Return the standing of a track. Raises ``KeyError`` if there is no such track."""
        for standing in self.standings:
            if standing.track.id == track:
                return standing
        raise KeyError(track)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """Return the series, each with the points that were published up to the day.

        A series without such points is left out. If several points begin on the same day, only the last
        published point is kept.
        """
        result = []
        for series in self.record.series.values():
            points = _published(series.points, self.day)
            if points:
                result.append(replace(series, points=points))
        return tuple(result)

    def disputes(self, event: Event) -> tuple[Dispute, ...]:
        """Return the disputes about an event, with the readings that were public on the day."""
        return self.history.disputes(event, self.day)

    def is_disputed(self, event: Event) -> bool:
        """Return whether sources that were public on the day disagree about an event."""
        return self.history.is_disputed(event, self.day)

    @property
    def other_meetings(self) -> tuple[MeetingState, ...]:
        """Return all known meetings except planned meetings and :attr:`meeting`."""
        others = (state for state in self.meetings.known if state is not self.meeting)
        return tuple(state for state in others if state.status != "planned")


def _published(points: Iterable[Point], day: date) -> tuple[Point, ...]:
    """Return the points that were published up to ``day``, without superseded points."""
    return tuple({point.period.first: point for point in points if point.published <= day}.values())


def sources_of(event: Event, snapshot: Snapshot) -> list[str]:
    """Return the ids of the sources of an event and of its disputes, without duplicates.

    Sources published after the day of the snapshot come last.
    """
    readings = (reading for dispute in snapshot.disputes(event) for reading in dispute.readings)
    ids = [*event.sources, *(source for reading in readings for source in reading.sources)]
    published = snapshot.record.sources
    return sorted(dict.fromkeys(ids), key=lambda source: published[source].is_later(snapshot.day))


class History:
    """The history of a record: the states, meetings and snapshot of any day."""

    def __init__(self, record: Record) -> None:
        self.record = record
        track_steps: dict[str, list[tuple[Event, list[Effect]]]] = defaultdict(list)
        meeting_steps: dict[str, list[tuple[Event, MeetingStep]]] = defaultdict(list)
        for event in record.events:
            if event.effects:
                by_track: dict[str, list[Effect]] = defaultdict(list)
                for effect in event.effects:
                    by_track[effect.track].append(effect)
                for track, effects in by_track.items():
                    track_steps[track].append((event, effects))
            if event.meeting:
                meeting_steps[event.meeting.id].append((event, event.meeting))
        self._days = [event.day for event in record.events]
        self._meeting_days = [event.day for event in record.events if event.meeting]
        self._tracks = {
            track.id: TrackHistory(track, track_steps[track.id]) for track in record.tracks.values()
        }
        self._meetings = [
            MeetingHistory(meeting, meeting_steps[meeting.id])
            for meeting in record.meetings.values()
            if meeting.id in meeting_steps
        ]
        self._disputed_from: dict[str, date | None] = {}
        self._meetings_until = lru_cache(maxsize=8)(self._known_meetings)
        self.snapshot = lru_cache(maxsize=2)(self._snapshot)

    def _snapshot(self, day: date) -> Snapshot:
        """Return the snapshot of ``day``.

        For a day after the record, return the snapshot of the last day, because changes after that day are
        unknown. On every day before the record, the tracks have their initial states.
        """
        asked = day
        if day > self.last_day:
            day = self.last_day
        elif day < self.first_day:
            day = self.first_day - timedelta(days=1)
        standings = tuple(track.standing(day) for track in self._tracks.values())
        return Snapshot(self, day, standings, bisect_right(self._days, day), asked)

    def event(self, event_id: str) -> Event:
        """Return an event by its id. Raises ``KeyError`` if there is no such event."""
        return self.record.events[self._indices[event_id]]

    def index_of(self, event_id: str) -> int | None:
        """Return the index of an event in the record, or ``None``."""
        return self._indices.get(event_id)

    @cached_property
    def _indices(self) -> dict[str, int]:
        return {event.id: index for index, event in enumerate(self.record.events)}

    def track(self, track: str) -> TrackHistory:
        """Return the standings of a track over time. Raises ``KeyError`` if there is no such track."""
        return self._tracks[track]

    def standing(self, track: str, day: date) -> Standing:
        """Return the standing of a track at the end of a day. Raises ``KeyError`` for an unknown track."""
        return self._tracks[track].standing(day)

    def chain(self, standing: Standing) -> tuple[Event, ...]:
        """Return the events behind a standing, in order. The initial state has no events."""
        return self._tracks[standing.track.id].chain(standing)

    def runs(self, track: str) -> tuple[Run, ...]:
        """Return the runs of a track, up to the run on the last day of the record.

        A run that is scheduled to begin later is left out, because an event may still cancel it. For the same
        reason, the last run has no end.
        """
        *earlier, last = (run for run in self._tracks[track].runs if run.first <= self.last_day)
        if last.last is not None:
            last = replace(last, last=None, end=None)
        return (*earlier, last)

    def disputes(self, event: Event, day: date) -> tuple[Dispute, ...]:
        """Return the disputes about an event, with the readings that were public on ``day``.

        A reading becomes public with its first source. A dispute becomes public with its second reading.
        """
        disputes = []
        for dispute in event.disputed:
            readings = [reading for reading in dispute.readings if self._public(reading, event) <= day]
            if len(readings) > 1:
                disputes.append(replace(dispute, readings=tuple(readings)))
        return tuple(disputes)

    def is_disputed(self, event: Event, day: date) -> bool:
        """Return whether sources that were public on ``day`` disagree about an event."""
        if not event.disputed:
            return False
        first = self._first_disputed_day(event)
        return first is not None and first <= day

    def _first_disputed_day(self, event: Event) -> date | None:
        """Return the first day on which public sources disagree about an event. ``None`` if they never do.

        The day is cached, because the panes ask for many events at each step.
        """
        if event.id not in self._disputed_from:
            second_readings: list[date] = []
            for dispute in event.disputed:
                public = sorted(self._public(reading, event) for reading in dispute.readings)
                second_readings += public[1:2]
            self._disputed_from[event.id] = min(second_readings, default=None)
        return self._disputed_from[event.id]

    def _public(self, reading: Reading, event: Event) -> date:
        """Return the day on which a reading became public. It is never before the day of the event.

        If only the month of a source is known, the last day of that month is used as its date.
        """
        dates = (self.record.sources[source].date for source in reading.sources)
        days = (max(on.last, event.day) if on else event.day for on in dates)
        return min(days, default=event.day)

    def events_on(self, day: date) -> tuple[Event, ...]:
        """Return the events of one day, in order."""
        indices = self.indices_on(day)
        return self.record.events[indices.start : indices.stop]

    def indices_on(self, day: date) -> range:
        """Return the indices of one day's events in the record."""
        return range(bisect_left(self._days, day), bisect_right(self._days, day))

    def meetings(self, day: date) -> Meetings:
        """Return the states of all meetings at the end of a day."""
        count = bisect_right(self._meeting_days, day)
        return self._meetings_until(self._meeting_days[count - 1] if count else date.min)

    def _known_meetings(self, day: date) -> Meetings:
        states = (meeting.state(day) for meeting in self._meetings)
        return Meetings([state for state in states if state], day)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Return the days on which any state changed, in order."""
        days = {day for track in self._tracks.values() for day in track.changes}
        return tuple(sorted(day for day in days if day <= self.last_day))

    @cached_property
    def meeting_stops(self) -> tuple[Stop, ...]:
        """Return a stop for every meeting with a known day, in the order of the days."""
        last = self.meetings(self.last_day).known
        order = {state.meeting.id: position for position, state in enumerate(last)}
        stops = [Stop(history.day, history.meeting) for history in self._meetings if history.day]
        return tuple(sorted(stops, key=lambda stop: (stop.day, order[stop.meeting.id])))

    @cached_property
    def meeting_days(self) -> tuple[date, ...]:
        """Return the days of :attr:`meeting_stops`, in order, without duplicates."""
        return tuple(sorted({stop.day for stop in self.meeting_stops}))

    @cached_property
    def event_days(self) -> tuple[date, ...]:
        """Return the days with events, in order."""
        return tuple(sorted(set(self._days)))

    @property
    def latest_change(self) -> date:
        """Return the day of the last change within the coverage.

        Without changes, return the last covered day.
        """
        coverage = self.record.dataset.coverage
        return next((day for day in reversed(self.changes) if day in coverage), coverage.last)

    @property
    def first_day(self) -> date:
        """Return the first day of the record."""
        return self.record.first_day

    @property
    def last_day(self) -> date:
        """Return the last day of the record."""
        return self.record.last_day
