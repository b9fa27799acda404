"""The public Python interface: open a record and query its states, runs, outcomes and events.

Everything here is stable: names are only added, as the changelog says. Other modules may change.

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
"""A day: a date, or a text in ISO 8601."""


def open_record(path: str | PathLike[str] | None = None) -> OpenRecord:
    """Open a store, by default the bundled record.

    Args:
        path: a store, or a folder of text files.

    Returns:
        The open record.

    Raises:
        StoreError: the store is unusable; the message says where.
    """
    return OpenRecord(History(load(default_store() if path is None else Path(path))))


class OpenRecord:
    """An open record.

    Attributes:
        record: everything that the store holds, as immutable values.
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
        """Return the snapshot at the end of a day. It uses nothing published later."""
        return self._history.snapshot(_date(day))

    def compare(self, day: Day, other: Day) -> Comparison:
        """Return the comparison of two days."""
        return compare(self.snapshot(day), self.snapshot(other))

    def runs(self, track: str) -> Sequence[Run]:
        """Return every run of the states of a track, in order.

        Args:
            track: its id, or one of its names in any case.

        Raises:
            FieldError: there is no such track; the message has the nearest ids.
        """
        return self._history.runs(resolve("track", track, self.record))

    def outcomes(self, day: Day | None = None) -> Sequence[Outcome]:
        """Return the outcomes of pending states, by the end of the record.

        Args:
            day: select the states pending at the end of this day; by default all states that were ever
                pending.
        """
        if day is None:
            return outcomes(self._history)
        return outcomes_of(self._history, _date(day))

    def events(
        self, query: str = "", *, first: Day | None = None, last: Day | None = None
    ) -> Iterable[Event]:
        """Return the events that match a query, best first; without words, in chronological order.

        Args:
            query: words, phrases in quotation marks, and fields such as ``kind:licence``.
            first: the first day.
            last: the last day.

        Raises:
            FieldError: a field has a value that the record does not know.
        """
        parse_query(query, self.record)
        first_day = None if first is None else _date(first)
        last_day = None if last is None else _date(last)
        hits = self._index.hits(Filter(text=query, first=first_day, last=last_day))
        return tuple(self.record.events[number] for number in hits)


def _date(day: Day) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
