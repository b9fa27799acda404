"""The rows of the tables that a record is exported as, in the order of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from kjtui.exports.json import track_json
from kjtui.history.fold import Run
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import History
from kjtui.record.model import Dataset, Event, Meeting, MeetingStep, Record, Source, Track
from kjtui.record.partial_date import PartialDate

Value = str | int | date | PartialDate | None
"""What a cell can hold; ``None`` is what does not apply or is not known."""

Row = tuple[Value, ...]


def rows(history: History) -> Mapping[str, Iterable[Row]]:
    """The rows of every table by its name."""
    record = history.record
    return {
        "dataset": [_dataset(record.dataset, record.digest)],
        "actors": record.dataset.actors.items(),
        **_tracks(history),
        **_events(record.events),
        **_disputes(record.events),
        **_meetings(history),
        **_sources(record),
    }


def _dataset(dataset: Dataset, digest: str) -> Row:
    first, last = dataset.coverage.first, dataset.coverage.last
    return dataset.title, dataset.version, digest, first, last, dataset.reviewed, dataset.notice


def _tracks(history: History) -> dict[str, Iterable[Row]]:
    tracks = history.record.tracks.values()
    return {
        "tracks": map(_track, tracks),
        "track_aliases": [(track.id, alias) for track in tracks for alias in track.aliases],
        "track_sources": [(track.id, source) for track in tracks for source in track.initial.sources],
        "states": [
            (track.id, state.id, state.label, state.short, state.meaning, state.tone)
            for track in tracks
            for state in track.states
        ],
        "runs": [run for track in tracks for run in _runs(history, track)],
    }


def _track(track: Track) -> Row:
    initial = track.initial
    name = (track.id, track.group, track.name, track.short, track.about)
    return *name, initial.state, initial.since, initial.note


def _runs(history: History, track: Track) -> Iterator[Row]:
    runs: tuple[Run | None, ...] = (*history.runs(track.id), None)
    for run, after in pairwise(runs):
        if run and not (after and after.first == date.min):  # else it held on no day at all
            standing = track_json(history.snapshot(run.first).standing(track.id))
            first = None if run.first == date.min else run.first
            last = after.first - timedelta(days=1) if after else None
            yield track.id, run.state.id, first, last, standing.since, standing.because


def _events(events: Iterable[Event]) -> dict[str, Iterable[Row]]:
    return {
        "events": map(_event, events),
        "event_actors": [(event.id, actor) for event in events for actor in event.actors],
        "event_sources": [(event.id, source) for event in events for source in event.sources],
        "effects": [
            (event.id, effect.track, effect.state, effect.stage, effect.in_force, effect.note)
            for event in events
            for effect in event.effects
        ],
        "touches": [(event.id, track) for event in events for track in event.touches],
        "says": [(event.id, actor, said) for event in events for actor, said in event.says.items()],
    }


def _event(event: Event) -> Row:
    when = (event.date, event.date.first, event.date.last, event.end, event.time)
    what = (event.kind, event.title, event.summary, event.confidence, bool(event.disputed))
    return event.id, *when, *what


def _disputes(events: Iterable[Event]) -> dict[str, Iterable[Row]]:
    disputes = [(event.id, d, dispute) for event in events for d, dispute in enumerate(event.disputed, 1)]
    readings = [(id_, d, r, reading) for id_, d, of in disputes for r, reading in enumerate(of.readings, 1)]
    return {
        "disputes": [(id_, d, dispute.about) for id_, d, dispute in disputes],
        "readings": [(id_, d, r, reading.says) for id_, d, r, reading in readings],
        "reading_sources": [(id_, d, r, source) for id_, d, r, of in readings for source in of.sources],
    }


def _meetings(history: History) -> dict[str, Iterable[Row]]:
    meetings = history.record.meetings.values()
    known = {state.meeting.id: state for state in history.snapshot(history.last_day).meetings.known}
    steps = [(event, event.meeting) for event in history.record.events if event.meeting]
    return {
        "meetings": [_meeting(meeting, known.get(meeting.id)) for meeting in meetings],
        "meeting_aliases": [(meeting.id, alias) for meeting in meetings for alias in meeting.aliases],
        "meeting_steps": [(event.id, step.id, step.phase, *_life(step)) for event, step in steps],
        "meeting_heads": [
            (event.id, step.id, actor, head)
            for event, step in steps
            for actor, head in (step.heads or {}).items()
        ],
    }


def _meeting(meeting: Meeting, state: MeetingState | None) -> Row:
    """A meeting, and what became of it unless no event tells of it."""
    name = (meeting.id, meeting.series, meeting.round, meeting.name, meeting.short)
    return (*name, state.status, *_life(state)) if state else (*name, *[None] * 8)


def _life(of: MeetingStep | MeetingState) -> Row:
    return of.starts, of.ends, of.form, of.place, of.level, of.agenda, of.outcome


def _sources(record: Record) -> dict[str, Iterable[Row]]:
    terms = record.terms.values()
    return {
        "sources": map(_source, record.sources.values()),
        "terms": [(term.id, term.term, term.meaning) for term in terms],
        "term_aliases": [(term.id, alias) for term in terms for alias in term.aliases],
        "term_sources": [(term.id, source) for term in terms for source in term.sources],
    }


def _source(source: Source) -> Row:
    what = (source.id, source.title, source.publisher, source.date, source.url)
    return *what, source.language, source.kind, source.machine_translated
