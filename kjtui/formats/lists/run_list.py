"""The list of the runs of states."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Literal

from msgspec import Struct

from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.json.run_json import RunJson, runs_json
from kjtui.formats.lists.listing import AsOf, Column, Listing
from kjtui.history.snapshot import History
from kjtui.languages import tr


class RunsJson(Struct):
    """All runs of one track or of all tracks. A run is an unbroken period in one state."""

    schema: Literal["kjtui/runs/1"]
    as_of: AsOf
    dataset: DatasetJson
    runs: list[RunJson]


def run_listing(history: History, tracks: Sequence[str]) -> Listing:
    """Return a list of all runs of the given tracks, with the total number of days in each state."""
    end = history.last_day
    items: list[RunJson] = []
    open_ended: set[tuple[str, str]] = set()
    for track in tracks:
        runs = history.runs(track)
        open_ended |= {(track, run.state.id) for run in runs if run.since is None}
        items += runs_json(track, runs, end)
    return Listing(
        "runs",
        items,
        (
            Column("track", lambda run: history.record.tracks[run.track].name),
            Column("state", lambda run: run.label),
            Column("first", lambda run: str(run.first or "–")),
            Column("last", lambda run: str(run.last or tr("{day}, end of record", day=end))),
            Column("days", lambda run: tr("unknown") if run.days is None else f"{run.days:,}"),
            Column("total in this state", lambda run: _total_days(run, open_ended)),
        ),
        (
            *("track", "state", "label", "first", "last", "days", "total_days", "shown_from", "shown_to"),
            "because",
        ),
        RunsJson("kjtui/runs/1", end, dataset_json(history.record), items),
    )


def _total_days(run: RunJson, open_ended: Set[tuple[str, str]]) -> str:
    """Return the total number of days in the state of a run, as text.

    Args:
        open_ended: the pairs of track and state with a run whose beginning is unknown.
    """
    days = f"{run.total_days:,}"
    if (run.track, run.state) not in open_ended:
        return days
    if not run.total_days:
        return tr("first day unknown")
    return tr("at least {days}", days=days)
