"""Build the blocks and phrases that documents share: citations, events and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from kjtui.documents.block_types import (
    Block,
    Citation,
    EventDetails,
    EventList,
    Field,
    FieldList,
    Inline,
    Remark,
)
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, labelled, tr
from kjtui.record.model import Event, Series
from kjtui.words import labels


class Claim(Struct, frozen=True):
    """A claim with its sources.

    Attributes:
        sources: the ids of the sources.
        day: the day on which the claim became public, if known.
        text: the text of the claim; empty for a figure.
    """

    sources: tuple[str, ...]
    day: date | None = None
    text: str = ""


Select = Callable[[Claim], tuple[str, ...]]
"""A function that selects the sources to cite for a claim."""


def every(claim: Claim) -> tuple[str, ...]:
    """Select all sources of a claim."""
    return claim.sources


def cite(event: Event, snapshot: Snapshot, select: Select = every) -> Citation:
    """Return a citation of the sources of an event.

    The citation is marked if the event is disputed on the day of the snapshot.
    """
    text = " ".join((event.summary or event.title, *event.says.values()))
    sources = select(Claim(event.sources, event.day, text))
    if select is every:
        sources = _by_date(sources, snapshot)
    return Citation(sources, snapshot.is_disputed(event))


def _by_date(sources: Iterable[str], snapshot: Snapshot) -> tuple[str, ...]:
    """Return sources sorted by day of publication. Sources without a date come last."""

    def published(source: str) -> date:
        period = snapshot.record.sources[source].date
        return period.last if period else date.max

    return tuple(sorted(sources, key=published))


def cited_title(event: Event, snapshot: Snapshot, select: Select = every) -> Inline:
    """Return the title of an event with its sources."""
    return f"{event.title} ", cite(event, snapshot, select)


def event_list(events: Iterable[Event], snapshot: Snapshot, select: Select = every) -> Iterator[EventList]:
    """Yield a list of events, or nothing if there are no events."""
    if entries := tuple((event, cite(event, snapshot, select)) for event in events):
        yield EventList(entries)


def event_details(event: Event, snapshot: Snapshot, outcomes: Iterable[str] = ()) -> EventDetails:
    """Return an event with its summary and remarks.

    If the event has neither a summary nor remarks, only its title is shown, without empty lines around it.
    """
    event_remarks = tuple(remarks(event, snapshot))
    compact = not (event.summary or event_remarks)
    return EventDetails(event, cite(event, snapshot), event_remarks, tuple(outcomes), compact)


def event_summary(event: Event, snapshot: Snapshot, select: Select) -> EventDetails:
    """Return an event with its summary and the statements of each side.

    If the event is disputed, a sentence names the disputed subjects, without the claims of each side.
    """
    about = disagreement(subjects([event], snapshot))
    disputes = [Remark(labels.DISPUTED, (about,))] if about else []
    event_remarks = (*_says(event, snapshot), *disputes, *_confidence(event))
    return EventDetails(event, cite(event, snapshot, select), tuple(event_remarks), compact=True)


def subjects(events: Iterable[Event], snapshot: Snapshot) -> list[str]:
    """Return the disputed subjects of events, without duplicates."""
    return list(dict.fromkeys(dispute.about for event in events for dispute in snapshot.disputes(event)))


def disagreement(about: Sequence[str], *, brief: bool = False) -> str:
    """Return a sentence that names the disputed subjects, or an empty text if there are none.

    A brief sentence names only the first subject, and gives the number of the other subjects.
    """
    if not about:
        return ""
    named_subjects = about
    if brief and len(about) > 1:
        named_subjects = [about[0], tr("{count} more", count=len(about) - 1)]
    return tr("Sources disagree on {subject}", subject=join_clauses(named_subjects))


def remarks(event: Event, snapshot: Snapshot) -> Iterator[Remark]:
    """Yield remarks: the statements of each side, the disputes, and the confidence unless it is high."""
    yield from _says(event, snapshot)
    yield from _disputes(event, snapshot)
    yield from _confidence(event)


def _says(event: Event, snapshot: Snapshot) -> Iterator[Remark]:
    for code, said in event.says.items():
        actor = snapshot.record.dataset.actors[code]
        yield Remark("", (tr("{actor}: {statement}", actor=actor, statement=said),))


def _disputes(event: Event, snapshot: Snapshot) -> Iterator[Remark]:
    for dispute in snapshot.disputes(event):
        about = tr("Sources disagree on {subject}", subject=dispute.about)
        readings: list[str | Citation] = []
        for reading in dispute.readings:
            readings += [
                join_clauses(("", "")) if readings else "",
                f"{reading.says} ",
                Citation(reading.sources),
            ]
        yield Remark(labels.DISPUTED, (labelled(about), *readings))


def _confidence(event: Event) -> Iterator[Remark]:
    if event.confidence != "high":
        yield Remark("", (tr("Confidence: {level}", level=tr(event.confidence)),))


def figures(all_series: Iterable[Series], select: Select = every) -> Iterator[Block]:
    """Yield the latest figure of each series."""
    yield FieldList(tuple(Field(series.title, _figure(series, select)) for series in all_series))


def _figure(series: Series, select: Select) -> Inline:
    point = labels.latest(series)
    return f"{labels.figure(series, point)} ", Citation(select(Claim(point.sources, point.published)))
