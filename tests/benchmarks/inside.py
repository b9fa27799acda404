"""What has to be measured or worked out inside a fresh process; each prints one line."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from kjtui.history.snapshot import History
from kjtui.record.store import default_store, load


def json_seconds(path: Path) -> float:
    """How long ``json.load`` takes for a store."""
    began = perf_counter()
    with path.open(encoding="utf-8") as file:
        json.load(file)
    return perf_counter() - began


def open_seconds(path: Path) -> float:
    """How long it takes until the app could draw its first day: record, history, snapshot."""
    began = perf_counter()
    history = History(load(path))
    history.snapshot(history.latest_change)
    return perf_counter() - began


def busiest(history: History, days: int, first: date, last: date, *, steady: bool = False) -> date:
    """The day in a period from which so many steps meet the most events, within it.

    ``steady``: of the days from which they meet no change of a standing.
    """

    def events(start: date) -> int:
        end = start + timedelta(days)
        if steady and any(start < change <= end for change in history.changes):
            return -1
        return history.snapshot(end).event_count - history.snapshot(start).event_count

    return max((first + timedelta(n) for n in range((last - first).days - days)), key=events)


def main() -> None:
    what, store, *rest = sys.argv[1:]
    path = Path(store) if store else default_store()
    if what == "json":
        print(json_seconds(path))
    elif what == "open":
        print(open_seconds(path))
    else:
        history = History(load(path))
        coverage = history.record.dataset.coverage
        first, last = map(date.fromisoformat, rest[1:]) if rest[1:] else (coverage.first, coverage.last)
        print(busiest(history, int(rest[0]), first, last, steady=what == "steady"))


if __name__ == "__main__":
    main()
