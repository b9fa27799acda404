"""The fold of events into standings. The tests compare it with a slow but simple implementation."""

import itertools
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from kjtui.history.fold import Standing, TrackHistory
from kjtui.record.model import Effect, Event, Initial, Stage, State, Track
from kjtui.record.partial_date import PartialDate
from support.fee_record import fee_event, fee_history

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
    until=st.none() | days,
    then=st.sampled_from(["", "", *"abcd"]),
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
"""One event gives a track two states for the same day. The event's last effect applies."""


def history_of(events: list[Event]) -> TrackHistory:
    steps = [(event, [e for e in event.effects if e.track == "track"]) for event in events]
    return TrackHistory(TRACK, [(event, effects) for event, effects in steps if effects])


class Summary(NamedTuple):
    """A standing as plain values, which can be compared: ids and days.

    Each pending state is a tuple: id of the state, stage, and day. The stage of a decided state is "firm".
    """

    state: str
    since: date | None
    because: str | None
    until: date | None
    pending: list[tuple[str, str, date | None]]


def sorted_pending(pending: list[tuple[str, str, date | None]]) -> list[tuple[str, str, date | None]]:
    """Sort pending states by day, stage and id, so that lists of the same states are equal."""
    return sorted(pending, key=lambda entry: (entry[2] or date.max, entry[1], entry[0]))


class Scheduled(NamedTuple):
    """A decided state with its event, and with its first and last day if these are set."""

    day: date | None
    state: str
    event: str
    until: date | None


def scheduled_by(event: Event, effect: Effect) -> list[Scheduled]:
    """Return the state that a decided effect schedules, and the following state if the effect names one."""
    day = effect.in_force or (event.day if effect.stage == "in-force" else None)
    entries = [Scheduled(day, effect.state, event.id, effect.until)]
    if day and effect.until and effect.then and day <= effect.until:
        entries.append(Scheduled(effect.until + timedelta(days=1), effect.then, event.id, None))
    return entries


def simple_standing(events: list[Event], day: date) -> Summary:
    """Apply rules 1 to 6 of docs/store.md literally, day by day, and return the standing."""
    scheduled: list[Scheduled] = []
    loose: list[tuple[str, str, date | None]] = []
    state, since, because, until = "a", None, None, None
    today = START
    while today <= day:
        before = (state, since, because)
        due = [entry for entry in scheduled if entry.day == today]
        for event in [event for event in events if event.day == today]:
            own = [effect for effect in event.effects if effect.track == "track"]
            firm = [effect for effect in own if effect.stage not in LOOSE]
            if firm:
                scheduled = []
                loose = []
            elif own:
                firmest = max(LOOSE.index(effect.stage) for effect in own)
                loose = [entry for entry in loose if LOOSE.index(entry[1]) > firmest]
            loose += [(e.state, e.stage, e.in_force) for e in own if e.stage in LOOSE]
            decided = [entry for effect in firm for entry in scheduled_by(event, effect)]
            decided.sort(key=lambda entry: entry.day or date.max)
            due += [entry for entry in decided if entry.day and entry.day <= today]
            scheduled += decided
        for entry in due:
            if entry.state != state:
                state, since, because = entry.state, entry.day, entry.event
            elif entry.day == since:
                because = entry.event
            until = entry.until
        if state == before[0]:
            state, since, because = before
        today += timedelta(days=1)
    pending = [(one.state, "firm", one.day) for one in scheduled if one.day is None or one.day > day]
    if until and until < day and any(next_day for _, _, next_day in pending):
        until = None  # a later decision has replaced the following state
    return Summary(state, since, because, until, sorted_pending(pending + loose))


def summary_of(standing: Standing) -> Summary:
    pending: list[tuple[str, str, date | None]] = [
        (entry.state.id, entry.stage, entry.meant_for)
        if entry.stage in LOOSE
        else (entry.state.id, "firm", entry.in_force)
        for entry in standing.pending
    ]
    because = standing.because.id if standing.because else None
    return Summary(standing.state.id, standing.since, because, standing.until, sorted_pending(pending))


def test_a_last_day_that_passes_before_the_next_set_state_is_no_longer_shown() -> None:
    """State c was to follow on 1 February. The decision of 31 January postpones it to 7 February."""
    limited = Effect("track", "b", "in-force", until=date(2020, 1, 31), then="c")
    later = Effect("track", "c", "adopted", date(2020, 2, 7))
    history = history_of(
        [event_with("limited", START, [limited]), event_with("later", date(2020, 1, 31), [later])]
    )
    found = [history.standing(date(2020, *day)) for day in ((1, 31), (2, 1), (2, 7))]
    assert [(one.state.id, one.until) for one in found] == [
        ("b", date(2020, 1, 31)),
        ("b", None),
        ("c", None),
    ]


CANCELLED_ON_ITS_DAY = [
    event_with("starts", START, [Effect("track", "b", "in-force")]),
    event_with(
        "set", START + timedelta(days=1), [Effect("track", "c", "adopted", START + timedelta(days=5))]
    ),
    event_with("cancelled", START + timedelta(days=5), [Effect("track", "b", "in-force")]),
]


@given(event_lists, days)
@example(CONTRADICTORY, START)
@example(CANCELLED_ON_ITS_DAY, START + timedelta(days=9))
def test_the_fold_equals_the_simple_implementation(events: list[Event], day: date) -> None:
    assert summary_of(history_of(events).standing(day)) == simple_standing(events, day)


@given(event_lists, days)
def test_later_events_do_not_affect_a_standing(events: list[Event], day: date) -> None:
    known = [event for event in events if event.day <= day]
    assert summary_of(history_of(events).standing(day)) == summary_of(history_of(known).standing(day))


@given(event_lists)
def test_the_changes_are_the_days_on_which_the_state_changes(events: list[Event]) -> None:
    history = history_of(events)
    every_day = [date(2019, 12, 1) + timedelta(days=count) for count in range(100)]
    # An event can put a state in force from an earlier day. Even so, the change is on the day of the event.
    changed = [
        day
        for before, day in itertools.pairwise(every_day)
        if history.standing(before).state is not history.standing(day).state
    ]
    assert list(history.changes) == changed


@given(event_lists)
def test_runs_are_the_unbroken_stretches_of_days_in_one_state(events: list[Event]) -> None:
    history = history_of(events)
    every_day = [date(2019, 12, 1) + timedelta(days=count) for count in range(100)]
    found = [run.state for day in every_day for run in history.runs if run.first <= day <= (run.last or day)]
    assert found == [history.standing(day).state for day in every_day]


@given(event_lists, days)
def test_a_run_agrees_with_the_standings_on_its_days(events: list[Event], day: date) -> None:
    history = history_of(events)
    standing = history.standing(day)
    [run] = [run for run in history.runs if run.first <= day <= (run.last or day)]
    assert run.state is standing.state
    if standing.because is not None and standing.because.day <= run.first:
        assert run.since == standing.since


@given(event_lists, days)
def test_an_undecided_effect_never_takes_effect(events: list[Event], day: date) -> None:
    loose = [event for event in events if all(effect.stage in LOOSE for effect in event.effects)]
    assert history_of(loose).standing(day).state.id == "a"


Step = tuple[int, str, Stage, int | None]
"""An event in January 2020 with one effect: day of the event, state, stage, and the day it takes effect."""


def events_of(steps: dict[str, Step]) -> list[Event]:
    """Return one event per step. The name of the step becomes the id of its event."""
    return [
        event_with(
            name,
            date(2020, 1, day),
            [Effect("track", state, stage, date(2020, 1, in_force) if in_force else None)],
        )
        for name, (day, state, stage, in_force) in steps.items()
    ]


def chain_on(day: int, steps: dict[str, Step]) -> list[str]:
    """Return the ids of the events that led to the state on a day of January 2020."""
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
def test_the_age_of_a_standing_includes_its_first_day_and_today(events: list[Event], day: date) -> None:
    standing = history_of(events).standing(day)
    if standing.since is None:
        assert standing.days(day) is None
    else:
        assert standing.since + timedelta(days=(standing.days(day) or 0) - 1) == day


@given(event_lists, days)
def test_a_standing_and_its_run_have_held_for_the_same_days(events: list[Event], day: date) -> None:
    history = history_of(events)
    standing = history.standing(day)
    run = [run for run in history.runs if run.first <= day][-1]
    assert standing.state is run.state
    if run.last is None:
        assert run.days(day) == standing.days(day)


@given(event_lists, days)
def test_a_chain_ends_with_the_event_that_gave_the_standing(events: list[Event], day: date) -> None:
    history = history_of(events)
    standing = history.standing(day)
    chain = history.chain(standing)
    if standing.because is None:
        assert chain == ()
    else:
        assert chain[-1] is standing.because
        assert all(any(standing.state.id in (e.state, e.then) for e in event.effects) for event in chain)


def test_a_postponement_on_the_due_day_keeps_the_present_state() -> None:
    """As docs/another-dispute.md advises, one effect confirms the state, and another sets the new day."""
    decided = Effect(track="fee", state="due", stage="adopted", in_force=date(2022, 4, 1))
    kept = Effect(track="fee", state="free", stage="in-force")
    postponed = Effect(track="fee", state="due", stage="adopted", in_force=date(2022, 6, 1))
    history = fee_history(fee_event("2022-03-01", decided), fee_event("2022-04-01", kept, postponed))
    states = [history.snapshot(date(2022, month, 1)).standings[0].state.id for month in (4, 5, 6)]
    assert states == ["free", "free", "due"]
