"""The states of tracks at the end of each week, month, quarter or year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.json.track_json import PendingJson, pending_json
from kjtui.formats.lists.calendar_periods import PeriodLength, period_ends, period_name
from kjtui.formats.lists.listing import AsOf, Column, Listing
from kjtui.history.fold import Standing
from kjtui.history.snapshot import History
from kjtui.words import labels


class PeriodStateJson(Struct):
    """The state of a track at the end of a period. The final period ends on the last requested day.

    ``pending`` are the states that were pending on that day.
    """

    track: str
    period: str
    day: date
    state: str
    label: str
    pending: list[PendingJson]


class StatesJson(Struct):
    """The states of tracks over time, one item per track and period."""

    schema: Literal["kjtui/states/1"]
    as_of: AsOf
    dataset: DatasetJson
    states: list[PeriodStateJson]


def state_listing(
    history: History, tracks: Sequence[str], first: date, last: date, every: PeriodLength
) -> Listing:
    """Return the states of the given tracks at the end of each period from ``first`` to ``last``.

    The formats for scripts have one item per track and period. Text and Markdown have one row per track and
    one column per period.
    """
    days = list(period_ends(first, last, every))
    items = []
    cells = {}
    for track in tracks:
        for day in days:
            standing = history.standing(track, day)
            items.append(_period_state(standing, day, every))
            cells[track, day] = _in_cell(standing)

    def column(day: date) -> Column:
        return Column(period_name(day, every), lambda track: cells[track, day])

    return Listing(
        "states",
        items,
        (Column("track", lambda track: history.record.tracks[track].name), *map(column, days)),
        (
            *("track", "period", "day", "state", "label"),
            Column("pending", lambda item: " ".join(entry.state for entry in item.pending)),
            Column("pending_stage", lambda item: " ".join(entry.stage for entry in item.pending)),
        ),
        StatesJson("kjtui/states/1", last, dataset_json(history.record), items),
        list(tracks),
    )


def _period_state(standing: Standing, day: date, every: PeriodLength) -> PeriodStateJson:
    pending = [pending_json(entry) for entry in standing.pending]
    state = standing.state
    return PeriodStateJson(standing.track.id, period_name(day, every), day, state.id, state.label, pending)


def _in_cell(standing: Standing) -> str:
    """Return the state of a standing, followed by the pending states, each after a sign."""
    pending_states = [f"{labels.PROPOSED} {labels.short_state(entry.state)}" for entry in standing.pending]
    return " ".join([labels.short_state(standing.state), *pending_states])
