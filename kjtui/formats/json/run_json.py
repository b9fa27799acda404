"""JSON structures for runs: unbroken periods in one state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from kjtui.history.fold import Run


class RunJson(Struct):
    """An unbroken period in which a track was in one state.

    ``first`` and ``last`` are the first and last day on which the state was in force. ``first`` is null if
    unknown, and ``last`` is null for the current state. ``days`` counts both ``first`` and ``last``. For the
    current state, days are counted up to ``as_of``. ``total_days`` is the total length of all runs of the
    same state of the track.
    ``shown_from`` and ``shown_to`` are the first and last day whose snapshot shows the state. They differ
    from ``first`` and ``last`` if the change was published later. ``because`` is the event that put the state
    in force.
    """

    track: str
    state: str
    label: str
    first: date | None
    last: date | None
    days: int | None
    total_days: int
    shown_from: date | None
    shown_to: date | None
    because: str | None


def runs_json(track: str, runs: Sequence[Run], end: date) -> list[RunJson]:
    """Convert the runs of a track to JSON structs.

    Args:
        track: the id of the track.
        runs: all runs of the track up to ``end``.
        end: the last day to count for the length of the current run.
    """
    totals: Counter[str] = Counter()
    for run in runs:
        totals[run.state.id] += run.days(end) or 0
    return [_run(track, run, end, totals[run.state.id]) for run in runs]


def _run(track: str, run: Run, end: date, total_days: int) -> RunJson:
    return RunJson(
        track=track,
        state=run.state.id,
        label=run.state.label,
        first=run.since,
        last=run.end,
        days=run.days(end),
        total_days=total_days,
        shown_from=None if run.first == date.min else run.first,
        shown_to=run.last,
        because=run.because.id if run.because else None,
    )
