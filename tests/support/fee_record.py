"""Records for single tests: one track, a landing fee, and the events that the test passes."""

from collections.abc import Iterable
from datetime import date

from kjtui.history.snapshot import History
from kjtui.record.model import (
    Coverage,
    Dataset,
    Effect,
    Event,
    Initial,
    Meeting,
    Record,
    Source,
    State,
    Track,
)
from kjtui.record.partial_date import PartialDate

FEE = Track(
    id="fee",
    group="At the quay",
    name="Landing fee",
    states=(
        State(id="free", label="free", meaning="Nothing is due.", tone="free"),
        State(id="due", label="waiver suspended", meaning="The fee is due.", tone="controlled"),
        State(id="half", label="half fee", meaning="Half the fee is due.", tone="eased"),
    ),
    initial=Initial(state="free", since=PartialDate("2000")),
)


def fee_event(day: str, *effects: Effect, name: str = "", touches: Iterable[str] = ()) -> Event:
    """Return an event on a day, with effects on the fee."""
    return Event(
        id=f"{day}-{name or 'decree'}",
        date=PartialDate(day),
        kind="measure",
        actors=("V",),
        title=name or f"Decree of {day}",
        summary="What the decree says.",
        sources=("gazette",),
        confidence="high",
        effects=effects,
        touches=tuple(touches),
    )


def fee_history(*events: Event, track: Track = FEE, meetings: Iterable[Meeting] = ()) -> History:
    """Return the history of a record that covers 2022 and has these events."""
    return History(
        Record(
            digest="0" * 64,
            store="fee.json",
            dataset=Dataset(
                title="Fee",
                version="1",
                coverage=Coverage(first=date(2022, 1, 1), last=date(2022, 12, 31)),
                reviewed=date(2023, 1, 10),
                actors={"V": "Vesper", "M": "Morrow"},
            ),
            tracks={track.id: track},
            meetings={meeting.id: meeting for meeting in meetings},
            events=tuple(sorted(events, key=lambda event: event.day)),
            sources={
                "gazette": Source(
                    id="gazette",
                    title="Decrees",
                    publisher="Gazette",
                    language="en",
                    kind="official",
                    date=PartialDate("2021-12-31"),
                ),
                "letter": Source(
                    id="letter",
                    title="A letter to the harbour",
                    publisher="Harbour Post",
                    language="en",
                    kind="press",
                    date=PartialDate("2021-12-31"),
                ),
            },
            terms={},
            series={},
        )
    )
