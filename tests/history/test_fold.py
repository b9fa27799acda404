"""The fold of events into standings, compared with a slow and simple one that is written independently."""

import itertools
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from kjtui.history.fold import Standing, TrackHistory
from kjtui.record.model import Effect, Event, Initial, Stage, State, Track
from kjtui.record.partial_date import PartialDate

START = date(2020, 1, 1)
TRACK = Track(
    id="track",
    group="group",
    name="Track",
    states=tuple(State(id=name, label=name, meaning="", tone="free") for name in "abcd"),
    initial=Initial(state="a"),
)

STAGES: tuple[Stage, ...] = ("in-talks", "announced", "proposed", "adopted", "in-force")
LOOSE = STAGES[:3]

days = st.integers(0, 30).map(lambda count: START + timedelta(days=count))
effects = st.builds(
    Effect,
    track=st.sampled_from(["track", "track", "track", "other"]),
    state=st.sampled_from("abcd"),
    stage=st.sampled_from(STAGES),
    in_force=st.none() | days,
)


def event_with(name: str, day: date, effects: Iterable[Effect]) -> Event:
    return Event(
        id=name,
        date=PartialDate(day.isoformat()),
        kind="measure",
        actors=("A",),
        title=name,
        summary="",
        sources=(),
        confidence="high",
        effects=tuple(effects),
    )


event_lists = st.lists(st.tuples(days, st.lists(effects, max_size=3)), max_size=8).map(
    lambda entries: [
        event_with(f"event-{number}", *entry)
        for number, entry in enumerate(sorted(entries, key=lambda entry: entry[0]))
    ]
)
CONTRADICTORY = [
    event_with("event", START, [Effect("track", "a", "adopted", START), Effect("track", "b", "in-force")])
]
"""One event that gives a track two states on one day: the one that it names last holds."""


def history_of(events: list[Event]) -> TrackHistory:
    steps = [(event, [e for e in event.effects if e.track == "track"]) for event in events]
    return TrackHistory(TRACK, [(event, effects) for event, effects in steps if effects])


class Summary(NamedTuple):
    """A standing by ids and days. Each pending state has "firm" or its looser stage, and its day."""

    state: str
    since: date | None
    because: str | None
    pending: list[tuple[str, str, date | None]]


def sorted_pending(pending: list[tuple[str, str, date | None]]) -> list[tuple[str, str, date | None]]:
    """Return pending states in one order: that of states without a day is not defined."""
    return sorted(pending, key=lambda entry: (entry[2] or date.max, entry[1], entry[0]))


def simple_standing(events: list[Event], day: date) -> Summary:
    """Apply rules 1 and 2 of the design literally."""
    scheduled: list[tuple[date | None, str, str]] = []
    loose: list[tuple[str, str]] = []
    for event in events:
        if event.day > day:
            break
        own = [e for e in event.effects if e.track == "track"]
        firm = [e for e in own if e.stage not in LOOSE]
        if firm:
            scheduled = [s for s in scheduled if s[0] is not None and s[0] <= event.day]
            loose = []
        elif own:
            firmest = max(LOOSE.index(e.stage) for e in own)
            loose = [entry for entry in loose if LOOSE.index(entry[1]) > firmest]
        loose += [(e.state, e.stage) for e in own if e.stage in LOOSE]
        dated = [
            (e.in_force or (event.day if e.stage == "in-force" else None), e.state, event.id) for e in firm
        ]
        scheduled += sorted(dated, key=lambda s: s[0] or date.max)
    state, since, because = "a", None, None
    for start, name, event_id in scheduled:
        if start is not None and start <= day:
            if name != state:
                state, since, because = name, start, event_id
            elif start == since:
                because = event_id
    pending = [(name, "firm", start) for start, name, _ in scheduled if start is None or start > day]
    pending += [(name, stage, None) for name, stage in loose]
    return Summary(state, since, because, sorted_pending(pending))


def summary_of(standing: Standing) -> Summary:
    pending: list[tuple[str, str, date | None]] = [
        (entry.state.id, entry.stage if entry.stage in LOOSE else "firm", entry.in_force)
        for entry in standing.pending
    ]
    because = standing.because.id if standing.because else None
    return Summary(standing.state.id, standing.since, because, sorted_pending(pending))


@given(event_lists, days)
@example(CONTRADICTORY, START)
def test_the_fold_equals_the_simple_one(events: list[Event], day: date) -> None:
    assert summary_of(history_of(events).standing(day)) == simple_standing(events, day)


@given(event_lists, days)
def test_later_events_do_not_affect_a_standing(events: list[Event], day: date) -> None:
    known = [event for event in events if event.day <= day]
    assert summary_of(history_of(events).standing(day)) == summary_of(history_of(known).standing(day))


@given(event_lists)
def test_the_changes_are_the_days_on_which_the_state_changes(events: list[Event]) -> None:
    history = history_of(events)
    every_day = [date(2019, 12, 1) + timedelta(days=count) for count in range(100)]
    # An event can put a state in force from a day before its own: the change is on the event's day.
    changed = [
        day
        for before, day in itertools.pairwise(every_day)
        if history.standing(before).state is not history.standing(day).state
    ]
    assert list(history.changes) == changed


@given(event_lists, days)
def test_what_is_not_decided_never_takes_effect(events: list[Event], day: date) -> None:
    loose = [event for event in events if all(effect.stage in LOOSE for effect in event.effects)]
    assert history_of(loose).standing(day).state.id == "a"


Step = tuple[int, str, Stage, int | None]
"""An event on a day of January 2020 with one effect: its state, its stage, and the day it is in force."""


def events_of(steps: dict[str, Step]) -> list[Event]:
    """Return an event for each step, under its name."""
    return [
        event_with(
            name,
            date(2020, 1, day),
            [Effect("track", state, stage, date(2020, 1, in_force) if in_force else None)],
        )
        for name, (day, state, stage, in_force) in steps.items()
    ]


def chain_on(day: int, steps: dict[str, Step]) -> list[str]:
    """Return the names of the events behind the state on a day of January 2020."""
    history = history_of(events_of(steps))
    return [event.id for event in history.chain(history.standing(date(2020, 1, day)))]


def test_a_chain_has_the_events_that_proposed_adopted_and_confirmed_a_state() -> None:
    steps: dict[str, Step] = {
        "b-proposed": (1, "b", "proposed", None),
        "c-proposed": (2, "c", "proposed", None),
        "b-adopted": (3, "b", "adopted", 9),
        "b-in-force": (9, "b", "in-force", None),
        "b-later": (12, "b", "in-force", None),
    }
    assert chain_on(8, steps) == []
    assert chain_on(20, steps) == ["b-proposed", "b-adopted", "b-in-force"]


def test_a_chain_begins_after_the_last_other_state() -> None:
    steps: dict[str, Step] = {
        "first-b": (1, "b", "adopted", 2),
        "then-c": (3, "c", "adopted", 4),
        "never-a": (5, "a", "adopted", 9),
        "again-b": (6, "b", "adopted", 7),
    }
    assert chain_on(8, steps) == ["again-b"]


@given(event_lists, days)
def test_the_age_of_a_standing_is_counted_from_its_first_day(events: list[Event], day: date) -> None:
    standing = history_of(events).standing(day)
    if standing.since is None:
        assert standing.age(day) is None
    else:
        assert standing.since + timedelta(days=standing.age(day) or 0) == day


@given(event_lists, days)
def test_a_chain_ends_with_the_event_that_gave_the_standing(events: list[Event], day: date) -> None:
    history = history_of(events)
    standing = history.standing(day)
    chain = history.chain(standing)
    if standing.because is None:
        assert chain == ()
    else:
        assert chain[-1] is standing.because
        assert all(any(e.state == standing.state.id for e in event.effects) for event in chain)
