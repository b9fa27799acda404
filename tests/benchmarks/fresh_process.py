"""Measurements and computations that need a fresh process. Each command prints one line.

    python -m tests.benchmarks.fresh_process json|open PATH
    python -m tests.benchmarks.fresh_process search PATH WORD
    python -m tests.benchmarks.fresh_process titles PATH FILE
    python -m tests.benchmarks.fresh_process busiest|steady|quiet PATH DAYS [FIRST LAST]

An empty PATH means the store that comes with kjtui.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from kjtui.find.filter import Filter
from kjtui.find.search import Index
from kjtui.history.snapshot import History
from kjtui.record.store import default_store, load

_BETWEEN_LETTERS = 0.15
"""Seconds between two letters of a fast typist."""


def json_seconds(path: Path) -> float:
    """Return the seconds that ``json.load`` takes for a store."""
    began = perf_counter()
    with path.open(encoding="utf-8") as file:
        json.load(file)
    return perf_counter() - began


def open_seconds(path: Path) -> float:
    """Return the seconds for loading a store and computing the snapshot that the app shows first."""
    began = perf_counter()
    history = History(load(path))
    history.snapshot(history.latest_change)
    return perf_counter() - began


def search_seconds(path: Path, word: str) -> list[float]:
    """Return the search time in seconds for each letter of a typed word.

    The time for the first letter includes the creation of the index. Between two letters, more sources are
    added to the index, as in the app.
    """
    record = load(path)
    seconds = []
    began = perf_counter()
    index = Index(record)
    steps = index.prepare()
    while not index.ready:
        next(steps)
    for length in range(1, len(word) + 1):
        index.hits(Filter(text=word[:length]))
        typed = perf_counter()
        seconds.append(typed - began)
        while perf_counter() - typed < _BETWEEN_LETTERS and next(steps, ...) is None:
            pass
        began = perf_counter()
    return seconds


def write_titles(path: Path, file: Path) -> None:
    """Write the event titles of a store, one title per line."""
    file.write_text("".join(f"{event.title}\n" for event in load(path).events), encoding="utf-8")


def walk_start(history: History, kind: str, days: int, first: date, last: date) -> date:
    """Return the first day of a walk: ``days`` steps of one day each, between ``first`` and ``last``.

    A ``busiest`` walk has the most events. During a ``steady`` or ``quiet`` walk, no track changes its state.
    Among all walks without such a change, the ``steady`` walk has the most events, and the ``quiet`` walk has
    the fewest.
    """

    def rank(start: date) -> int:
        end = start + timedelta(days)
        events = history.snapshot(end).event_count - history.snapshot(start).event_count
        if kind != "busiest" and any(start < change <= end for change in history.changes):
            return -1_000_000
        return -events if kind == "quiet" else events

    return max((first + timedelta(number) for number in range((last - first).days - days)), key=rank)


def main() -> None:
    kind, store, *rest = sys.argv[1:]
    path = Path(store) if store else default_store()
    if kind == "json":
        print(json_seconds(path))
    elif kind == "open":
        print(open_seconds(path))
    elif kind == "search":
        print(*search_seconds(path, rest[0]))
    elif kind == "titles":
        write_titles(path, Path(rest[0]))
    else:
        history = History(load(path))
        coverage = history.record.dataset.coverage
        first, last = map(date.fromisoformat, rest[1:]) if rest[1:] else (coverage.first, coverage.last)
        print(walk_start(history, kind, int(rest[0]), first, last))


if __name__ == "__main__":
    main()
