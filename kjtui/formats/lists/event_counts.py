"""The numbers of events by month or year."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.lists.calendar_periods import PeriodLength, period_ends, period_name
from kjtui.formats.lists.event_list import selected_events
from kjtui.formats.lists.listing import AsOf, Column, Listing, seen_from
from kjtui.history.snapshot import History


class PeriodCountJson(Struct):
    """The number of events that became public in a month or a year."""

    period: str
    events: int


class CountsJson(Struct):
    """The numbers of events by month or year, including periods without events."""

    schema: Literal["kjtui/counts/1"]
    as_of: AsOf
    dataset: DatasetJson
    counts: list[PeriodCountJson]


def count_listing(history: History, event_filter: Filter, every: PeriodLength) -> Listing:
    """Return the number of events that match a filter, for each period.

    If the filter has no first day, the first period contains the first matching event. If the filter has no
    last day, the last period contains the last matching event.
    """
    snapshot = seen_from(history, event_filter)
    days = sorted(event.day for event in selected_events(snapshot, event_filter))
    items = []
    if days:
        numbers = Counter(period_name(day, every) for day in days)
        for end in period_ends(event_filter.first or days[0], event_filter.last or days[-1], every):
            period = period_name(end, every)
            items.append(PeriodCountJson(period, numbers[period]))
    return Listing(
        "events",
        items,
        (Column("period", lambda item: item.period), Column("events", lambda item: str(item.events))),
        ("period", "events"),
        CountsJson("kjtui/counts/1", snapshot.day, dataset_json(history.record), items),
    )
