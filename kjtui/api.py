"""The public Python interface: open a record and query its states, runs, outcomes and events.

This module is stable: later versions may add functions and classes, but do not change or remove any. Other
modules may change.

    >>> from kjtui.api import open_record
    >>> record = open_record()
    >>> snapshot = record.snapshot("2020-03-10")
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from os import PathLike
from pathlib import Path

from kjtui.find.filter import Filter
from kjtui.find.query import FieldError, parse_query, resolve
from kjtui.find.search import Index
from kjtui.history.compare import Comparison, compare
from kjtui.history.fold import Run, Standing
from kjtui.history.outcomes import Outcome, outcomes, outcomes_of
from kjtui.history.snapshot import History, Snapshot
from kjtui.record.model import Event, Meeting, Record, Source, Term, Track
from kjtui.record.storage import StoreError
from kjtui.record.store import default_store, load

__all__ = [
    "Comparison",
    "Event",
    "FieldError",
    "Meeting",
    "OpenRecord",
    "Outcome",
    "Record",
    "Run",
    "Snapshot",
    "Source",
    "Standing",
    "StoreError",
    "Term",
    "Track",
    "open_record",
]

Day = date | str
"""A day, as a date or as a text in ISO 8601."""


def open_record(path: str | PathLike[str] | None = None) -> OpenRecord:
    """Open a store, by default the bundled record.

    Args:
        path: the path of a store, or of a folder of text files.

    Returns:
        The open record.

    Raises:
        StoreError: the store is unusable. The message names the file and the fault.
    """
    return OpenRecord(History(load(default_store() if path is None else Path(path))))


class OpenRecord:
    """An open record.

    Attributes:
        record: the content of the store, as immutable values.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self.record: Record = history.record
        self._index = Index(history.record)

    @property
    def first_day(self) -> date:
        """Return the first day of the record."""
        return self._history.first_day

    @property
    def last_day(self) -> date:
        """Return the last day of the record."""
        return self._history.last_day

    def snapshot(self, day: Day) -> Snapshot:
        """Return the snapshot at the end of a day. The snapshot contains nothing published after that day."""
        return self._history.snapshot(_date(day))

    def compare(self, day: Day, other: Day) -> Comparison:
        """Compare the snapshots of two days."""
        return compare(self.snapshot(day), self.snapshot(other))

    def runs(self, track: str) -> Sequence[Run]:
        """Return all runs of a track, in chronological order. A run is an unbroken period in one state.

        Args:
            track: the id or a name of the track; case is ignored.

        Raises:
            FieldError: no track has this id or name. The message suggests the most similar ids.
        """
        return self._history.runs(resolve("track", track, self.record))

    def outcomes(self, day: Day | None = None) -> Sequence[Outcome]:
        """Return the outcome of each pending state: what had become of it by the end of the record.

        Limited states, that is, states with a last day, have outcomes too.

        Args:
            day: return only the outcomes of states that were pending or limited at the end of this day. By
                default, return the outcomes of all states that were ever pending or limited.
        """
        if day is None:
            return outcomes(self._history)
        return outcomes_of(self._history, _date(day))

    def events(
        self, query: str = "", *, first: Day | None = None, last: Day | None = None
    ) -> Iterable[Event]:
        """Return the events that match a query, sorted by relevance.

        If the query has no words, the events are in chronological order.

        Args:
            query: words, phrases in quotation marks, and fields such as ``kind:licence``.
            first: return only events on or after this day.
            last: return only events on or before this day.

        Raises:
            FieldError: the query has an unknown field, or a field with an unknown value.
        """
        parse_query(query, self.record)
        first_day = None if first is None else _date(first)
        last_day = None if last is None else _date(last)
        hits = self._index.hits(Filter(text=query, first=first_day, last=last_day))
        return tuple(self.record.events[index] for index in hits)


def _date(day: Day) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
