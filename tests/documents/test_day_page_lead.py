"""The lead paragraph of a day: current states, last change, next change."""

from datetime import date

import pytest
from msgspec.structs import replace

from kjtui.documents.day_page_lead import day_lead
from kjtui.history.snapshot import History
from kjtui.record.model import (
    Effect,
    Event,
)
from support.exports import as_text, flat
from support.fee_record import fee_event, fee_history


def test_the_lead_names_every_change_that_is_set_for_the_next_day(history: History) -> None:
    text = flat(as_text(history.snapshot(date(2019, 7, 3))))
    assert "Next, set for 4 Jul 2019: " in text
    lead = text.partition("Next, set for 4 Jul 2019: ")[2].partition(".")[0]
    assert "Photoresist, Hydrogen fluoride, Fluorinated polyimide, individual licence" in lead


DECIDED = Effect(track="fee", state="due", stage="adopted")


LIMITED = Effect(track="fee", state="half", stage="in-force", until=date(2022, 3, 31))


SCHEDULED = Effect(track="fee", state="due", stage="adopted", in_force=date(2022, 5, 1))


@pytest.mark.parametrize(
    ("events", "latest", "to_come"),
    [
        (
            (replace(fee_event("2022-03-02"), weight="minor"),),
            "",
            "No change of a status is set for a later day.",
        ),
        (
            (fee_event("2022-03-02", DECIDED),),
            "This day: Decree of 2022-03-02.",
            "Decided, no day set: Landing fee, waiver suspended.",
        ),
        (
            (fee_event("2022-03-01", LIMITED), fee_event("2022-03-02", DECIDED)),
            "Latest change, 1 Mar 2022: Landing fee, half fee; this day: Decree of 2022-03-02.",
            "Stated last day, 31 Mar 2022: Landing fee, half fee; "
            "decided, no day set: Landing fee, waiver suspended.",
        ),
        (
            (fee_event("2022-03-02", LIMITED),),
            "Latest change, this day: Landing fee, half fee.",
            "Stated last day, 31 Mar 2022: Landing fee, half fee.",
        ),
        (
            (
                fee_event("2022-03-01", LIMITED),
                fee_event("2022-03-01", SCHEDULED, replace(DECIDED, state="free"), name="two steps"),
            ),
            "Latest change, 1 Mar 2022: Landing fee, half fee.",
            "Next, set for 1 May 2022: Landing fee, waiver suspended; "
            "decided, no day set: Landing fee, free.",
        ),
        (
            (fee_event("2022-03-01", LIMITED), replace(fee_event("2022-03-02"), weight="minor")),
            "Latest change, 1 Mar 2022: Landing fee, half fee.",
            "Stated last day, 31 Mar 2022: Landing fee, half fee.",
        ),
    ],
    ids=["nothing", "decision", "decision after a change", "change", "two steps", "minor event"],
)
def test_the_lead_names_the_news_of_the_day_and_what_is_decided(
    events: tuple[Event, ...], latest: str, to_come: str
) -> None:
    lead = day_lead(fee_history(*events).snapshot(date(2022, 3, 2)))
    assert lead.partition(". ")[2] == " ".join(filter(None, (latest, to_come)))


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
def test_the_lead_of_16_march_2023_names_the_steps_decided_that_day(history: History, *, full: bool) -> None:
    text = flat(as_text(history.snapshot(date(2023, 3, 16)), full=full))
    assert "this day: Bulk licences for the three materials decided. Decided, no day set:" in text
    assert "Photoresist, Hydrogen fluoride, Fluorinated polyimide, bulk licence;" in text
    assert "No change of a status is set" not in text
