"""Lists over time: runs of states, outcomes of pending states, and months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from kjtui.find.filter import Filter
from kjtui.find.query import parse_query
from kjtui.find.word_match import matches
from kjtui.formats.json.outcome_json import OutcomeJson, outcome_json
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.json.run_json import RunJson, runs_json
from kjtui.formats.json.track_json import PendingJson, pending_json
from kjtui.formats.lists.event_list import (
    AsOf,
    Column,
    Listing,
    any_fits,
    seen_from,
    selected_events,
    strings,
)
from kjtui.history.day_steps import add_months
from kjtui.history.fold import Standing
from kjtui.history.outcomes import Outcome
from kjtui.history.snapshot import History
from kjtui.languages import tr
from kjtui.words import labels
from kjtui.words.outcome_words import fate

Period: TypeAlias = Literal["week", "month", "quarter", "year"]
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


class RunsJson(Struct):
    """Every run of the states of one track or of all tracks."""

    schema: Literal["kjtui/runs/1"]
    as_of: AsOf
    dataset: DatasetJson
    runs: list[RunJson]


class OutcomesJson(Struct):
    """The outcomes of pending states. Outcomes use events after the day of the pending state."""

    schema: Literal["kjtui/outcomes/1"]
    as_of: AsOf
    dataset: DatasetJson
    outcomes: list[OutcomeJson]


class PeriodStateJson(Struct):
    """The state of a track at the end of a period, or at the end of the last requested day.

    ``pending`` are the states that were pending then.
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


class PeriodCountJson(Struct):
    """How many events became public in a month or a year."""

    period: str
    events: int


class CountsJson(Struct):
    """Events counted by month or year, periods without events included."""

    schema: Literal["kjtui/counts/1"]
    as_of: AsOf
    dataset: DatasetJson
    counts: list[PeriodCountJson]


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
    """Return the key of a pending state: its event, its track and the state."""
    return outcome.event, outcome.track, outcome.state


def states_over_time(
    history: History, tracks: Sequence[str], first: date, last: date, every: Period
) -> Listing:
    """Return the states of some tracks at the end of each period from ``first`` to ``last``.

    The formats for scripts have one item per track and period; text and Markdown have a column per period.
    """
    days = list(_period_ends(first, last, every))
    items = []
    for track in tracks:
        for day in days:
            items.append(_period_state(history.standing(track, day), day, every))
    cells = {(item.track, item.day): _in_cell(item) for item in items}

    def column(day: date) -> Column:
        return Column(_period(day, every), lambda track: cells[track, day])

    return Listing(
        "states",
        items,
        (Column("track", lambda track: track), *map(column, days)),
        (
            *("track", "period", "day", "state", "label"),
            Column("pending", lambda item: " ".join(entry.state for entry in item.pending)),
            Column("pending_stage", lambda item: " ".join(entry.stage for entry in item.pending)),
        ),
        StatesJson("kjtui/states/1", last, dataset_json(history.record), items),
        list(tracks),
    )


def _period_state(standing: Standing, day: date, every: Period) -> PeriodStateJson:
    pending = [pending_json(entry) for entry in standing.pending]
    state = standing.state
    return PeriodStateJson(standing.track.id, _period(day, every), day, state.id, state.label, pending)


def _in_cell(item: PeriodStateJson) -> str:
    """Return the ids of a state and of the pending states behind their sign."""
    signs = [f"{labels.PROPOSED}{entry.state}" for entry in item.pending]
    return " ".join([item.state, *signs])


def counts(history: History, wanted: Filter, every: Period) -> Listing:
    """Return how many of the events that fit a filter became public in each period.

    By default, the periods run from the first event to the last.
    """
    snapshot = seen_from(history, wanted)
    days = sorted(event.day for event in selected_events(snapshot, wanted))
    first = wanted.first or (days[0] if days else snapshot.day)
    last = wanted.last or (days[-1] if days else snapshot.day)
    numbers = Counter(_period(day, every) for day in days)
    periods = [_period(day, every) for day in _period_ends(first, last, every)]
    items = [PeriodCountJson(period, numbers[period]) for period in periods] if days else []
    return Listing(
        "events",
        items,
        (Column(every, lambda item: item.period), Column("events", lambda item: str(item.events))),
        ("period", "events"),
        CountsJson("kjtui/counts/1", snapshot.day, dataset_json(history.record), items),
    )


def _period_ends(first: date, last: date, every: Period) -> Iterator[date]:
    """Yield the last day of each period from one day to another; the last period ends on ``last``."""
    start = _period_start(first, every)
    while start <= last:
        following = start + timedelta(days=7) if every == "week" else add_months(start, _MONTHS[every])
        yield min(following - timedelta(days=1), last)
        start = following


def _period_start(day: date, every: Period) -> date:
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _period(day: date, every: Period) -> str:
    """Return the name of the period of a day: ``2019``, ``2019-Q3``, ``2019-07`` or ``2019-W27``."""
    if every == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if every == "quarter":
        return f"{day.year:04}-Q{(day.month - 1) // 3 + 1}"
    return day.isoformat()[: 4 if every == "year" else 7]
