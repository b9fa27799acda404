"""A snapshot as plain text, at most 80 cells wide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from kjtui.exports import labels, parts
from kjtui.exports.citations import Citations
from kjtui.exports.wrap import cells, fit, wrap
from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event, Source

RECENT = timedelta(days=30)
"""Events at most so old are told in full."""

_NAME, _STATE = 25, 25


def snapshot_text(snapshot: Snapshot) -> str:
    """What held at the end of a day, with its reasons and sources, for people to read and quote."""
    record, citations = snapshot.record, Citations(snapshot.record)
    title = f"What held at the end of {labels.long_day(snapshot.day)}"
    lines = [
        *parts.heading(record, title, [snapshot.day]),
        *_body(snapshot, citations),
        *parts.section("Sources", parts.sources(citations.sources(), snapshot.day)),
        *parts.colophon(record, labels.command(record, "snapshot", str(snapshot.day))),
    ]
    return parts.finish(lines)


def snapshot_sources(snapshot: Snapshot) -> list[Source]:
    """The sources of a snapshot in the order of their numbers in its text."""
    citations = Citations(snapshot.record)
    for _ in _body(snapshot, citations):
        pass  # numbers are given as the text cites
    return citations.sources()


def _body(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    yield from parts.section("Status", _status(snapshot, citations))
    yield from parts.section("Meetings", _meetings(snapshot, citations))
    yield from _events(snapshot, citations)


def _status(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    yield "  ".join(labels.legend())
    for group, standings in groupby(snapshot.standings, lambda s: s.track.group):
        yield ""
        yield from wrap(group, parts.WIDTH)
        for standing in standings:
            yield from _standing(standing, snapshot, citations)


def _standing(standing: Standing, snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    symbol, since = labels.SYMBOLS[standing.state.tone], labels.since(standing)
    row = f"{symbol} {fit(standing.track.name, _NAME)} {fit(standing.state.label, _STATE)} {since}"
    if cells(standing.track.name) > _NAME or cells(standing.state.label) > _STATE or cells(row) > parts.WIDTH:
        long = f"{symbol} {standing.track.name}: {standing.state.label}, {since}"
        yield from wrap(long, parts.WIDTH, "", "    ")
    else:
        yield row
    because = standing.because
    if because is None:
        initial = standing.track.initial
        text = f"{initial.note} {citations.cite(initial.sources)}".strip()
    else:
        text = f"{because.title} {parts.cited(because, citations)}"
    age = standing.age(snapshot.day)
    if age is not None and age > 0:
        text = f"for {labels.days(age)} · {text}" if text else f"for {labels.days(age)}"
    yield from wrap(text, parts.WIDTH, "    ", "    ")
    for entry in standing.pending:
        text = f"{labels.pending(entry)} · {entry.event.title} {parts.cited(entry.event, citations)}"
        note = f" ({entry.note})" if entry.note else ""
        yield from wrap(text + note, parts.WIDTH, f"  {labels.PENDING} ", "    ")


def _meetings(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    current = snapshot.meeting
    if not snapshot.meetings.known:
        yield "None is known of."
    if current:
        yield from _meeting(current, citations)
    for state in snapshot.meetings.planned:
        yield ""
        yield from _meeting(state, citations)
    if snapshot.other_meetings:
        yield ""
        yield "Earlier"
    for state in snapshot.other_meetings:
        yield from parts.meeting(state, citations)


def _meeting(state: MeetingState, citations: Citations) -> Iterator[str]:
    name = f"{labels.spoken(state.status).upper()}: {state.meeting.name}"
    yield from wrap(name, parts.WIDTH, "", "  ")
    for label, text in labels.meeting_rows(state):
        if text:
            yield from wrap(text, parts.WIDTH, f"  {fit(label, 8)} ", " " * 11)
    for event in state.events:
        told = f"{event.title} {parts.cited(event, citations)}"
        yield from wrap(told, parts.WIDTH, f"  {fit(event.date.text, 10)}  ", " " * 14)


def _events(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    for name, events, full in event_sections(snapshot):
        if full:
            yield from parts.section(name, parts.all_in_full(events, snapshot.record, citations))
        else:
            titles = (line for event in events for line in parts.title(event, citations))
            yield from parts.section(name, titles)


def event_sections(snapshot: Snapshot) -> Iterator[tuple[str, list[Event], bool]]:
    """The last days in full, then what led to the status in full, then all else by title.

    Each section that has any as its name, its events, and whether they are told in full.
    """
    chains = (snapshot.history.chain(standing) for standing in snapshot.standings)
    behind = {event.id for chain in chains for event in chain}
    recent = [event for event in snapshot.events if snapshot.day - event.day <= RECENT]
    older = snapshot.events[: len(snapshot.events) - len(recent)]
    led = [event for event in older if event.id in behind]
    others = [event for event in older if event.id not in behind]
    if recent:
        yield f"Events of the last {labels.days(RECENT.days)}", recent, True
    if led:
        yield "What led to the status", led, True
    if others:
        yield "Other events", others, False
