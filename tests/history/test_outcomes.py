"""Outcomes of pending states: took effect, replaced, dropped, lapsed, open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjtui.history.compare import compare
from kjtui.history.outcomes import Outcome, outcomes, outcomes_of, track_outcomes
from kjtui.history.snapshot import History
from kjtui.languages import speaking
from kjtui.record.model import Effect, Event, Stage
from kjtui.words.outcome_words import expected, fate
from support.fee_record import fee_event, fee_history


def effect(state: str, stage: Stage, day: str = "") -> Effect:
    return Effect("fee", state, stage, date.fromisoformat(day) if day else None)


def summary(outcome: Outcome) -> tuple[str, str, str, str]:
    """Return an outcome as four texts: day of its event, pending state, fate, and day of the fate."""
    return str(outcome.since), outcome.pending.state.id, outcome.fate, str(outcome.day or "")


def summaries(*events: Event) -> list[tuple[str, str, str, str]]:
    return [summary(outcome) for outcome in outcomes(fee_history(*events))]


def test_a_set_state_takes_effect_on_its_day() -> None:
    [outcome] = outcomes(fee_history(fee_event("2022-02-01", effect("due", "adopted", "2022-03-01"))))
    assert summary(outcome) == ("2022-02-01", "due", "took-effect", "2022-03-01")
    assert (outcome.expected, outcome.days, outcome.on_time) == (date(2022, 3, 1), 28, True)


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("language", "on_time", "late"),
    [
        (
            "en",
            "took effect on 1 Mar 2022, 28 days later, as planned",
            "took effect on 15 Mar 2022, 64 days later, not on the planned day",
        ),
        (
            "ko",
            "예정대로 2022년 3월 1일 시행(발표 28일 뒤)",
            "예정일과 달리 2022년 3월 15일 시행(발표 64일 뒤)",
        ),
        (
            "ja",
            "予定通り2022年3月1日に実施（公表の28日後）",
            "予定日とは異なり、2022年3月15日に実施（公表の64日後）",
        ),
    ],
)
def test_the_days_until_a_state_takes_effect_are_counted_from_its_event(
    language: str, on_time: str, late: str
) -> None:
    [planned] = outcomes(fee_history(fee_event("2022-02-01", effect("due", "adopted", "2022-03-01"))))
    postponed, _ = outcomes(
        fee_history(
            fee_event("2022-01-10", effect("due", "announced", "2022-03-01")),
            fee_event("2022-02-20", effect("due", "adopted", "2022-03-15")),
        )
    )
    with speaking(language):
        assert (fate(planned), fate(postponed)) == (on_time, late)


def test_an_announcement_that_is_adopted_later_takes_effect_by_the_adoption() -> None:
    history = fee_history(
        fee_event("2022-01-10", effect("due", "announced", "2022-03-01")),
        fee_event("2022-02-20", effect("due", "adopted", "2022-03-15")),
    )
    announced, adopted = outcomes(history)
    assert (summary(announced), announced.days, announced.on_time) == (
        ("2022-01-10", "due", "took-effect", "2022-03-15"),
        64,
        False,
    )
    assert (adopted.days, adopted.on_time) == (23, True)


def test_a_state_without_a_day_takes_effect_by_the_event_that_puts_it_in_force() -> None:
    [outcome] = outcomes(
        fee_history(
            fee_event("2022-02-01", effect("due", "adopted")),
            fee_event("2022-02-11", effect("due", "in-force"), name="in force"),
        )
    )
    assert (outcome.fate, outcome.days, outcome.on_time) == ("took-effect", 10, None)
    assert outcome.by
    assert outcome.by.id == "2022-02-11-in force"


def test_a_pending_state_is_replaced_by_a_decision_for_another() -> None:
    assert summaries(
        fee_event("2022-01-10", effect("due", "proposed")),
        fee_event("2022-02-10", effect("half", "adopted", "2022-03-01")),
    ) == [
        ("2022-01-10", "due", "replaced", "2022-02-10"),
        ("2022-02-10", "half", "took-effect", "2022-03-01"),
    ]


@pytest.mark.parametrize("day", ["2022-02-20", "2022-03-01"])
def test_an_event_that_confirms_the_state_drops_a_change_even_on_the_day_of_the_change(day: str) -> None:
    assert summaries(
        fee_event("2022-01-10", effect("due", "adopted", "2022-03-01")),
        fee_event(day, effect("free", "in-force")),
    ) == [("2022-01-10", "due", "dropped", day)]


def test_a_promise_to_keep_the_state_takes_effect_by_the_decision_to_keep_it() -> None:
    """A real example: in May 2021 the European Union promised not to raise its duties on 1 June."""
    kept = Effect("fee", "free", "in-force", until=date(2022, 11, 30), then="due")
    history = fee_history(
        fee_event("2022-05-17", effect("free", "announced", "2022-06-01")),
        fee_event("2022-05-31", kept, name="kept"),
    )
    promise = outcomes(history)[0]
    assert summary(promise) == ("2022-05-17", "free", "took-effect", "2022-06-01")
    assert fate(promise) == "took effect on 1 Jun 2022, 15 days later, as planned"
    assert promise.by
    assert promise.by.id == "2022-05-31-kept"


@pytest.mark.parametrize(
    "extended",
    [
        Effect("fee", "half", "in-force", until=date(2022, 12, 10), then="due"),
        Effect("fee", "half", "adopted", date(2022, 7, 11), until=date(2022, 12, 10), then="due"),
    ],
)
def test_an_extension_that_is_published_before_its_first_day_is_on_time(extended: Effect) -> None:
    """A real example, Airbus and Boeing: the extension that began on 11 July 2021 was published on 9 July."""
    suspended = Effect("fee", "half", "in-force", until=date(2022, 7, 10), then="due")
    history = fee_history(
        fee_event("2022-03-11", suspended),
        fee_event("2022-06-15", effect("half", "announced", "2022-07-11"), name="agreed"),
        fee_event("2022-07-09", extended, name="extended"),
    )
    [agreed] = [outcome for outcome in outcomes(history) if outcome.pending.event.title == "agreed"]
    assert fate(agreed) == "took effect on 11 Jul 2022, 26 days later, as planned"
    assert agreed.by
    assert agreed.by.title == "extended"
    before = [one for one in outcomes(history, date(2022, 7, 10)) if one.pending.event.title == "agreed"]
    assert [fate(outcome) for outcome in before] == ["still open"]


def test_an_announcement_is_open_until_its_day_passes_and_then_lapses() -> None:
    event = fee_event("2022-01-10", effect("due", "announced", "2022-11-01"))
    assert summaries(event) == [("2022-01-10", "due", "lapsed", "")]
    history = fee_history(event)
    assert [outcome.fate for outcome in outcomes(history, date(2022, 10, 1))] == ["open"]


def test_a_following_state_is_an_outcome() -> None:
    until = Effect("fee", "due", "in-force", until=date(2022, 3, 31), then="free")
    assert summaries(fee_event("2022-01-10", until)) == [("2022-01-10", "free", "took-effect", "2022-04-01")]
    extended = Effect("fee", "due", "in-force", until=date(2022, 6, 30))
    assert summaries(fee_event("2022-01-10", until), fee_event("2022-03-20", extended)) == [
        ("2022-01-10", "free", "dropped", "2022-03-20"),
        ("2022-03-20", "due", "lapsed", ""),
    ]
    extended_again = Effect("fee", "due", "in-force", until=date(2022, 6, 30), then="free")
    assert summaries(fee_event("2022-01-10", until), fee_event("2022-03-20", extended_again)) == [
        ("2022-01-10", "free", "replaced", "2022-03-20"),
        ("2022-03-20", "free", "took-effect", "2022-07-01"),
    ]


def test_a_plan_repeated_for_the_same_day_continues_until_it_is_postponed() -> None:
    """A real example: Korea's visa waiver of August 2022 was announced, confirmed and then extended."""
    august = Effect("fee", "free", "in-force", until=date(2022, 8, 31), then="due")
    october = Effect("fee", "free", "in-force", until=date(2022, 10, 31), then="due")
    first, repeated, last = outcomes(
        fee_history(
            fee_event("2022-08-03", august, name="announced"),
            fee_event("2022-08-04", august, name="confirmed"),
            fee_event("2022-08-31", october, name="extended"),
        )
    )
    for outcome in (first, repeated):
        assert summary(outcome)[1:] == ("due", "replaced", "2022-08-31")
        assert fate(outcome) == "replaced on 31 Aug 2022 by free until 31 Oct 2022, then waiver suspended"
    assert summary(last) == ("2022-08-31", "due", "took-effect", "2022-11-01")


def test_a_proposal_moved_to_another_day_is_open_for_that_day() -> None:
    """A real example: a WTO panel was blocked at the meeting of 29 June 2020 and established on 29 July."""
    history = fee_history(
        fee_event("2022-06-18", effect("due", "proposed", "2022-06-29")),
        fee_event("2022-06-29", effect("due", "proposed", "2022-07-29"), name="blocked"),
    )
    [outcome, _] = outcomes(history, date(2022, 7, 1))
    assert outcome.fate == "open"
    assert expected(outcome) == "waiver suspended, proposed on 18 Jun 2022 for 29 Jun 2022"
    assert fate(outcome) == "still open, now set for 29 Jul 2022"
    assert fate(outcomes(history)[0]) == "lapsed: its day passed without a decision"


def test_an_outcome_has_the_decision_that_replaced_the_state() -> None:
    plan = fee_event("2022-01-10", effect("due", "adopted", "2022-03-01"))
    [kept] = outcomes(fee_history(plan, fee_event("2022-02-20", effect("free", "in-force"))))
    assert fate(kept) == "dropped on 20 Feb 2022: remains free"
    half = fee_event("2022-02-10", effect("half", "adopted", "2022-03-01"))
    replaced, came = outcomes(fee_history(plan, half))
    assert fate(replaced) == "replaced on 10 Feb 2022 by half fee from 1 Mar 2022"
    assert fate(came) == "took effect on 1 Mar 2022, 19 days later, as planned"


def test_outcomes_of_a_day_are_those_of_the_states_pending_then() -> None:
    history = fee_history(
        fee_event("2022-01-10", effect("due", "proposed")),
        fee_event("2022-02-10", effect("half", "adopted", "2022-03-01")),
    )
    assert [summary(outcome)[1] for outcome in outcomes_of(history, date(2022, 2, 9))] == ["due"]
    assert [summary(outcome)[1] for outcome in outcomes_of(history, date(2022, 2, 10))] == ["half"]
    assert outcomes_of(history, date(2022, 3, 1)) == ()


def test_every_state_that_took_effect_held_on_that_day(history: History) -> None:
    for outcome in outcomes(history):
        if outcome.fate == "took-effect":
            assert outcome.day
            assert history.standing(outcome.track.id, outcome.day).state is outcome.pending.state
            assert outcome.days is not None


def test_the_lapse_of_gsomia_was_expected_and_did_not_happen(history: History) -> None:
    comparison = compare(history.snapshot(date(2019, 11, 21)), history.snapshot(date(2019, 11, 23)))
    [missed] = [outcome for outcome in comparison.missed if outcome.track.id == "gsomia"]
    assert (missed.pending.state.id, missed.expected) == ("lapsed", date(2019, 11, 23))
    assert (missed.fate, missed.day) == ("replaced", date(2019, 11, 22))


def test_an_extended_end_was_expected_by_the_first_day_and_did_not_happen(package_history: History) -> None:
    first, second = (package_history.snapshot(date(2020, 3, day)) for day in (10, 26))
    before_extension = package_history.snapshot(date(2020, 3, 25))
    assert compare(first, before_extension).missed == ()
    [missed] = compare(first, second).missed
    assert [missed] == list(outcomes_of(package_history, first.day, second.day))
    assert (missed.track.id, missed.until, missed.extended) == ("japan-entry", date(2020, 3, 31), True)


def test_a_state_in_talks_is_missed_only_until_it_takes_effect(package_history: History) -> None:
    first, bulk, all_back = (
        package_history.snapshot(day) for day in (date(2023, 3, 10), date(2023, 4, 14), date(2023, 7, 30))
    )
    tracks = {"photoresist", "hydrogen-fluoride", "fluorinated-polyimide"}
    assert {missed.track.id for missed in compare(first, bulk).missed} == tracks
    assert compare(first, all_back).missed == ()


def test_outcomes_are_computed_up_to_the_given_last_day(package_history: History) -> None:
    day = date(2020, 3, 10)
    assert [one.fate for one in outcomes_of(package_history, day, date(2020, 3, 25))] == ["open"]
    assert [one.fate for one in outcomes_of(package_history, day)] == ["replaced"]


def test_from_announcement_to_effect_of_the_three_materials(history: History) -> None:
    [outcome] = track_outcomes(history, "hydrogen-fluoride", date(2019, 12, 31))
    assert (outcome.since, outcome.day, outcome.days, outcome.on_time) == (
        date(2019, 7, 1),
        date(2019, 7, 4),
        3,
        True,
    )


def due_until(last_day: str, stage: Stage = "in-force", first_day: str = "") -> Effect:
    until = date.fromisoformat(last_day) if last_day else None
    return Effect("fee", "due", stage, date.fromisoformat(first_day) if first_day else None, until=until)


def limit_summaries(*events: Event) -> list[tuple[str, str, str]]:
    """Return the last day, the fate and the printed text of every outcome of a limited state."""
    found = [outcome for outcome in outcomes(fee_history(*events)) if outcome.until]
    assert all(outcome.expected is None for outcome in found)
    return [(str(outcome.until), outcome.fate, fate(outcome)) for outcome in found]


def test_a_limited_state_is_extended_or_replaced_by_its_last_day() -> None:
    limits = limit_summaries(
        fee_event("2022-03-01", due_until("2022-03-31")),
        fee_event("2022-03-26", due_until("2022-04-30")),
        fee_event("2022-04-20", effect("free", "adopted", "2022-05-01")),
    )
    assert limits == [
        ("2022-03-31", "replaced", "extended on 26 Mar 2022 until 30 Apr 2022"),
        ("2022-04-30", "replaced", "replaced on 20 Apr 2022 by free from 1 May 2022"),
    ]


def test_the_last_day_of_a_state_can_pass_without_a_decision() -> None:
    limits = limit_summaries(
        fee_event("2022-03-01", due_until("2022-03-31")),
        fee_event("2022-03-20", effect("half", "announced")),
        fee_event("2022-06-01", effect("half", "in-force")),
        fee_event("2022-07-01", due_until("2023-01-31")),
    )
    assert limits == [
        ("2022-03-31", "lapsed", "the last day passed without a recorded decision"),
        ("2023-01-31", "open", "still open"),
    ]


def test_an_extension_can_be_published_after_the_last_day() -> None:
    """A real example: a case was suspended until 11 July 2023, and the extension was published on 12 July."""
    first = fee_event("2022-03-01", due_until("2022-03-31"))
    extension = fee_event("2022-04-01", due_until("2022-04-30"))
    unlimited = fee_event("2022-05-04", due_until(""))
    assert limit_summaries(first, extension, unlimited) == [
        (
            "2022-03-31",
            "replaced",
            "extended on 1 Apr 2022 until 30 Apr 2022, 1 day after the earlier last day",
        ),
        (
            "2022-04-30",
            "replaced",
            "extended on 4 May 2022, no last day set, 4 days after the earlier last day",
        ),
    ]
    [before] = outcomes(fee_history(first, extension), date(2022, 3, 31))
    assert before.fate == "open"


def test_an_event_that_repeats_the_last_day_of_a_state_sets_none() -> None:
    limits = limit_summaries(
        fee_event("2022-03-01", due_until("2022-03-31", "adopted", "2022-03-09")),
        fee_event("2022-03-09", due_until("2022-03-31")),
        fee_event("2022-03-30", due_until("")),
    )
    assert limits == [("2022-03-31", "replaced", "extended on 30 Mar 2022, no last day set")]


def test_a_limited_state_with_a_following_state_has_one_outcome() -> None:
    limited = Effect("fee", "due", "in-force", until=date(2022, 3, 31), then="free")
    assert summaries(fee_event("2022-03-01", limited)) == [
        ("2022-03-01", "free", "took-effect", "2022-04-01")
    ]


def test_outcomes_of_a_day_include_the_limited_state_of_that_day() -> None:
    history = fee_history(
        fee_event("2022-03-01", due_until("2022-03-31")), fee_event("2022-03-26", due_until("2022-04-30"))
    )
    assert [str(outcome.until) for outcome in outcomes_of(history, date(2022, 3, 25))] == ["2022-03-31"]
    assert [str(outcome.until) for outcome in outcomes_of(history, date(2022, 3, 26))] == ["2022-04-30"]


STATES = ("free", "due", "half")
STAGES: tuple[Stage, ...] = ("in-talks", "announced", "proposed", "adopted", "in-force")
days_of_2022 = st.integers(0, 60).map(lambda count: date(2022, 1, 1) + timedelta(days=count))
effects_of_any_kind = st.builds(
    Effect,
    track=st.just("fee"),
    state=st.sampled_from(STATES),
    stage=st.sampled_from(STAGES),
    in_force=st.none() | days_of_2022,
    until=st.none() | days_of_2022,
    then=st.sampled_from(["", *STATES]),
)


@given(
    st.lists(
        st.tuples(days_of_2022, st.lists(effects_of_any_kind, min_size=1, max_size=2)), min_size=1, max_size=7
    )
)
def test_every_pending_state_has_one_outcome_that_agrees_with_its_standings(
    steps: list[tuple[date, list[Effect]]],
) -> None:
    events = [fee_event(str(day), *effects, name=str(number)) for number, (day, effects) in enumerate(steps)]
    history = fee_history(*events)
    found = outcomes(history)
    assert {id(outcome.pending) for outcome in found} >= {
        id(entry)
        for day in history.event_days
        for entry in history.standing("fee", day).pending
        if entry.event.day == day
    }
    for outcome in found:
        if outcome.until:
            assert outcome.fate in ("replaced", "lapsed", "open")
            assert outcome.day is None or outcome.since <= outcome.day
            assert outcome.day is None or outcome.extended or outcome.day <= outcome.until
            continue
        assert outcome.pending in history.standing("fee", outcome.since).pending
        assert (outcome.day is None) == (outcome.fate in ("lapsed", "open"))
        if outcome.day is not None:
            assert outcome.day >= outcome.since
            assert outcome.by
            known = max(outcome.day, outcome.by.day)  # an effect can become known after its first day
            state = history.standing("fee", known).state
            assert outcome.fate != "took-effect" or state is outcome.pending.state
        else:
            last = history.standing("fee", history.last_day).pending
            assert outcome.pending.state.id in [entry.state.id for entry in last]
