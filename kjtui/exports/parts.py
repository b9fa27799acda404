"""The parts that texts are made of: sections, events, sources, and what makes a text citable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kjtui.exports import labels
from kjtui.exports.citations import Citations
from kjtui.exports.wrap import fit, wrap
from kjtui.history.meetings import MeetingState
from kjtui.record.model import Event, Record, Source

WIDTH = 80
"""The widest a line of text may be, in cells."""


def finish(lines: Iterable[str]) -> str:
    """Lines as a text."""
    return "\n".join(line.rstrip() for line in lines) + "\n"


def heading(record: Record, title: str, days: Iterable[date]) -> Iterator[str]:
    """What the text is; it says so where a day lies outside the coverage."""
    yield from wrap(record.dataset.title, WIDTH)
    yield from wrap(title, WIDTH)
    for day in days:
        yield from wrap(labels.outside(day, record.dataset), WIDTH)


def section(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines under a ruled name; it says so where there are none."""
    yield ""
    yield name.upper()
    yield "─" * WIDTH
    empty = True
    for line in lines:
        empty = False
        yield line
    if empty:
        yield "None."


def cited(event: Event, citations: Citations) -> str:
    """The numbers of an event's sources, with the sign where they disagree."""
    return f"{citations.cite(event.sources)}{labels.DISPUTED if event.disputed else ''}"


def title(event: Event, citations: Citations) -> Iterator[str]:
    """An event by its title."""
    lead = f"{fit(event.date.text, 10)} {fit(labels.actors(event, 6), 6)}"
    time = f"{event.time} " if event.time else ""
    yield from wrap(f"{time}{event.title} {cited(event, citations)}", WIDTH, f"{lead} ", " " * 18)


def in_full(event: Event, record: Record, citations: Citations) -> Iterator[str]:
    """An event with all that is said of it."""
    yield from title(event, citations)
    yield from wrap(event.summary, WIDTH, "    ", "    ")
    for sign, text in remarks(event, record, citations):
        yield from wrap(text, WIDTH, f"{sign:>3} ", " " * (4 if sign else 6))


def remarks(event: Event, record: Record, citations: Citations) -> Iterator[tuple[str, str]]:
    """What each side said, where sources disagree, and how sure it is: each with its sign, if it has one."""
    for code, said in event.says.items():
        yield "", f"{record.dataset.actors[code]}: {said}"
    for dispute in event.disputed:
        readings = "; ".join(f"{r.says} {citations.cite(r.sources)}" for r in dispute.readings)
        yield labels.DISPUTED, f"Sources disagree on {dispute.about}: {readings}"
    if event.confidence != "high":
        yield "", f"Confidence: {event.confidence}"


def all_in_full(events: Iterable[Event], record: Record, citations: Citations) -> Iterator[str]:
    """Events with all that is said of them."""
    for index, event in enumerate(events):
        if index:
            yield ""
        yield from in_full(event, record, citations)


def meeting(state: MeetingState, citations: Citations) -> Iterator[str]:
    """A meeting by its name."""
    status = "" if state.status == "held" else f" ({labels.spoken(state.status)})"
    text = f"{state.meeting.name}{status} {citations.cite(state.events[-1].sources)}"
    day = state.starts.text[:10] if state.starts else "–"
    yield from wrap(text, WIDTH, f"  {fit(day, 12)} ", " " * 15)


def sources(cited_sources: Iterable[Source], day: date) -> Iterator[str]:
    """The numbered list of sources; it tells which were published after the day."""
    for number, source in enumerate(cited_sources, 1):
        text = f"{labels.published(source, day)}: {labels.title(source)}"
        yield from wrap(text, WIDTH, f"{f'[{number}]':>5} ", "      ")
        yield from wrap(source.url, WIDTH, "      ", "      ")


def colophon(record: Record, command: str) -> Iterator[str]:
    """What makes a text citable: the record it was drawn from and the command that prints it again."""
    dataset = record.dataset
    yield ""
    yield "─" * WIDTH
    if dataset.notice:
        yield from wrap(dataset.notice, WIDTH)
    yield from wrap(labels.reviewed(dataset), WIDTH)
    yield from wrap(labels.data(record), WIDTH, "Data: ", "      ")
    yield from wrap(command, WIDTH, "Again: ", "      ")
