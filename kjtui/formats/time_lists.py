"""Lists over time: runs of states, outcomes of pending states, and months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.find.query import parse_query
from kjtui.find.word_match import matches
from kjtui.formats.json.outcome_json import OutcomeJson, outcome_json
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.json.run_json import RunJson, runs_json
from kjtui.formats.lists import AsOf, Column, Listing, any_fits, seen_from, selected_events, strings
from kjtui.history.day_steps import add_months
from kjtui.history.fold import Standing
from kjtui.history.outcomes import Outcome
from kjtui.history.snapshot import History
from kjtui.languages import tr
from kjtui.words import labels
from kjtui.words.outcome_words import fate


class RunsJson(Struct):
    """Every run of the states of one track or of all tracks."""

    schema: Literal["kjtui/runs/1"]
    as_of: AsOf
    dataset: DatasetJson
    runs: list[RunJson]


class OutcomesJson(Struct):
    """The outcomes of pending states. Outcomes use events after the day on which a state was pending."""

    schema: Literal["kjtui/outcomes/1"]
    as_of: AsOf
    dataset: DatasetJson
    outcomes: list[OutcomeJson]


class MonthlyStateJson(Struct):
    """The state of a track at the end of a month, or at the end of the last day asked for."""

    track: str
    month: str
    day: date
    state: str
    label: str
    pending: str


class MonthlyStatesJson(Struct):
    """The states of tracks over time, one item per track and month."""

    schema: Literal["kjtui/monthly-states/1"]
    as_of: AsOf
    dataset: DatasetJson
    states: list[MonthlyStateJson]


class MonthlyCountJson(Struct):
    """How many events became public in a month."""

    month: str
    events: int


class MonthlyCountsJson(Struct):
    """Events counted by month, months without events included."""

    schema: Literal["kjtui/monthly-counts/1"]
    as_of: AsOf
    dataset: DatasetJson
    months: list[MonthlyCountJson]


def run_listing(history: History, tracks: Sequence[str]) -> Listing:
    """Return every run of the states of some tracks, with the total days of each state."""
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
            Column("track", lambda run: run.track),
            Column("state", lambda run: run.label),
            Column("first", lambda run: str(run.first or "–")),
            Column("last", lambda run: str(run.last or tr("{day}, end of record", day=end))),
            Column("days", lambda run: tr("unknown") if run.days is None else f"{run.days:,}"),
            Column("total", lambda run: _total_days(run, open_ended)),
        ),
        (
            *("track", "state", "label", "first", "last", "days", "total_days", "shown_from", "shown_to"),
            "because",
        ),
        RunsJson("kjtui/runs/1", end, dataset_json(history.record), items),
    )


def _total_days(run: RunJson, open_ended: Set[tuple[str, str]]) -> str:
    """Return the total days of a run's state.

    Args:
        open_ended: the track and the state of each run whose beginning is unknown.
    """
    days = f"{run.total_days:,}"
    if (run.track, run.state) not in open_ended:
        return tr("{days} in this state", days=days)
    if not run.total_days:
        return tr("first day unknown")
    return tr("at least {days} in this state", days=days)


def outcome_listing(history: History, outcomes: Sequence[Outcome], match: str = "") -> Listing:
    """Return the outcomes, by the end of the record, of the pending states that match a query."""
    query = parse_query(match, history.record)
    items = []
    fates: dict[tuple[str, str, str], str] = {}
    for outcome in outcomes:
        item = outcome_json(outcome)
        fates[_key(item)] = fate(outcome)
        track, event = outcome.track, outcome.pending.event
        texts = [*strings(item), track.name, track.short, *track.aliases, event.title]
        texts += [labels.spoken(item.stage), _expected_day(item), fates[_key(item)]]
        events = [event]
        if outcome.by:
            texts.append(outcome.by.title)
            events.append(outcome.by)
        if matches(query.words, texts) and any_fits(events, query.filters, history.record):
            items.append(item)
    return Listing(
        "outcomes",
        items,
        (
            Column("since", lambda outcome: str(outcome.since)),
            Column("track", lambda outcome: outcome.track),
            Column("pending", lambda outcome: f"{outcome.label}: {labels.spoken(outcome.stage)}"),
            Column("expected", _expected_day),
            Column("outcome", lambda outcome: fates[_key(outcome)]),
            Column("event", lambda outcome: outcome.event),
        ),
        (
            *("since", "track", "state", "label", "stage", "expected", "outcome", "day", "days", "on_time"),
            *("event", "by"),
        ),
        OutcomesJson("kjtui/outcomes/1", history.last_day, dataset_json(history.record), items),
    )


def _expected_day(outcome: OutcomeJson) -> str:
    return tr("for {day}", day=outcome.expected) if outcome.expected else tr("no day set")


def _key(outcome: OutcomeJson) -> tuple[str, str, str]:
    """Return what identifies a pending state: its event, its track and the state."""
    return outcome.event, outcome.track, outcome.state


def monthly_states(history: History, first: date, last: date) -> Listing:
    """Return the state of every track at the end of each month from ``first`` to ``last``."""
    days = list(_month_ends(first, last))
    items = []
    for track in history.record.tracks:
        for day in days:
            items.append(_monthly_state(history.standing(track, day), day))
    by_track = {track: [item for item in items if item.track == track] for track in history.record.tracks}
    columns = [Column("track", lambda track: track)]
    for number, day in enumerate(days):
        cells = {track: _in_cell(by_track[track][number]) for track in by_track}
        columns.append(Column(_month(day), cells.__getitem__))
    return Listing(
        "states",
        items,
        tuple(columns),
        (),
        MonthlyStatesJson("kjtui/monthly-states/1", last, dataset_json(history.record), items),
        list(by_track),
    )


def _monthly_state(standing: Standing, day: date) -> MonthlyStateJson:
    pending = "; ".join(labels.pending(entry, day) for entry in standing.pending)
    return MonthlyStateJson(
        standing.track.id, _month(day), day, standing.state.id, standing.state.label, pending
    )


def _in_cell(item: MonthlyStateJson) -> str:
    return f"{item.state} ({item.pending})" if item.pending else item.state


def monthly_counts(history: History, wanted: Filter) -> Listing:
    """Return how many of the events that fit a filter became public in each month."""
    snapshot = seen_from(history, wanted)
    counts = Counter(_month(event.day) for event in selected_events(snapshot, wanted))
    first = wanted.first or history.record.dataset.coverage.first
    months = [_month(day) for day in _month_ends(first, snapshot.day)]
    items = [MonthlyCountJson(month, counts[month]) for month in months]
    return Listing(
        "months",
        items,
        (Column("month", lambda item: item.month), Column("events", lambda item: str(item.events))),
        ("month", "events"),
        MonthlyCountsJson("kjtui/monthly-counts/1", snapshot.day, dataset_json(history.record), items),
    )


def _month_ends(first: date, last: date) -> Iterator[date]:
    """Yield the last day of each month from one day to another; the last month ends on ``last``."""
    month = first.replace(day=1)
    while month <= last:
        following = add_months(month, 1)
        yield min(date.fromordinal(following.toordinal() - 1), last)
        month = following


def _month(day: date) -> str:
    return f"{day:%Y-%m}" if day.year >= 1000 else day.isoformat()[:7]
