"""The days of the changes of a track, and of the changes that pass a filter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kjtui.find.filter import Filter
from kjtui.history.snapshot import History
from kjtui.tui.state.visible_events import VisibleEvents


def changes_of_track(history: History, track: str) -> Sequence[date]:
    """Return the days on which the state of a track changed, in order."""
    return [run.first for run in history.runs(track)[1:]]


def changes_of_filter(history: History, visible: VisibleEvents) -> Sequence[date]:
    """Return the days of the changes that pass a filter, in order.

    If the filter consists only of a track, the result has every change of this track. Otherwise, it has the
    changes that were caused by events that pass the filter.
    """
    event_filter = visible.filter
    if event_filter.track and event_filter == Filter(track=event_filter.track):
        return changes_of_track(history, event_filter.track)
    passed = {history.record.events[index].id for index in visible.passed}
    days = {
        run.first
        for track in history.record.tracks
        for run in history.runs(track)[1:]
        if run.because and run.because.id in passed
    }
    return sorted(days)
