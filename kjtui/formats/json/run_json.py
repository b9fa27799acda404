"""Runs of states as JSON."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from kjtui.history.fold import Run


class RunJson(Struct):
    """An unbroken run of a state.

    ``first_day`` and ``last_day`` are days at whose end the record shows the state. ``first_day`` is null for
    the initial state, ``last_day`` for the current one. ``days`` counts the days in force, which may begin or
    end on another day than the one on which that was published.
    """

    state: str
    first_day: date | None
    last_day: date | None
    days: int | None
    because: str | None


def run_json(run: Run, day: date) -> RunJson:
    """Return a run as data, counted up to a day if it has not ended."""
    first = None if run.first == date.min else run.first
    because = run.because.id if run.because else None
    return RunJson(run.state.id, first, run.last, run.days(day), because)
