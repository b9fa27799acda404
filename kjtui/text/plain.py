"""A snapshot as plain text, at most 80 cells wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from shlex import quote

from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event, Record, Source
from kjtui.record.width import cells, fit
from kjtui.text import words
from kjtui.text.citations import Citations
from kjtui.text.wrap import wrap

WIDTH = 80
RECENT = timedelta(days=30)
"""Events at most so old are told in full."""

_NAME, _STATE = 25, 25


def snapshot_text(snapshot: Snapshot) -> str:
    """What held at the end of a day, with its reasons and sources, for people to read and quote."""
    citations = Citations(snapshot.record)
    lines = [
        *_heading(snapshot),
        *_section("Status", _status(snapshot, citations)),
        *_section("Meetings", _meetings(snapshot, citations)),
        *_events(snapshot, citations),
        *_section("Sources", _sources(citations.sources(), snapshot)),
        *_colophon(snapshot),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _heading(snapshot: Snapshot) -> Iterator[str]:
    dataset = snapshot.record.dataset
    yield from wrap(dataset.title, WIDTH)
    yield f"What held at the end of {words.long_day(snapshot.day)}"
    coverage = f"{dataset.coverage.first} to {dataset.coverage.last}"
    if not snapshot.covered:
        yield from wrap(f"OUTSIDE THE COVERAGE of the record, {coverage}: it may lack events.", WIDTH)


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield name.upper()
    yield "─" * WIDTH
    yield from lines


def _status(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    tones = "  ".join(f"{symbol} {words.TONE_WORDS[tone]}" for tone, symbol in words.SYMBOLS.items())
    yield f"{tones}  {words.PENDING} pending  {words.DISPUTED} sources disagree"
    yield ""
    for index, (group, standings) in enumerate(groupby(snapshot.standings, lambda s: s.track.group)):
        if index:
            yield ""
        yield from wrap(group, WIDTH)
        for standing in standings:
            yield from _standing(standing, snapshot, citations)


def _standing(standing: Standing, snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    symbol, since = words.SYMBOLS[standing.state.tone], words.since(standing)
    row = f"{symbol} {fit(standing.track.name, _NAME)} {fit(standing.state.label, _STATE)} {since}"
    if cells(standing.track.name) > _NAME or cells(standing.state.label) > _STATE or cells(row) > WIDTH:
        yield from wrap(f"{symbol} {standing.track.name}: {standing.state.label}, {since}", WIDTH, "", "    ")
    else:
        yield row
    because = standing.because
    if because is None:
        initial = standing.track.initial
        text = f"{initial.note} {citations.cite(initial.sources)}".strip()
    else:
        text = f"{because.title} {_cited(because, citations)}"
    age = standing.age(snapshot.day)
    if age is not None and age > 0:
        text = f"for {words.days(age)} · {text}" if text else f"for {words.days(age)}"
    yield from wrap(text, WIDTH, "    ", "    ")
    for entry in standing.pending:
        text = f"{words.pending(entry)} · {entry.event.title} {_cited(entry.event, citations)}"
        yield from wrap(f"{text} {entry.note and f'({entry.note})'}", WIDTH, f"  {words.PENDING} ", "    ")


def _cited(event: Event, citations: Citations) -> str:
    return f"{citations.cite(event.sources)}{words.DISPUTED if event.disputed else ''}"


def _meetings(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    current = snapshot.meeting
    if not snapshot.meetings:
        yield "None is known of."
    if current:
        yield from _meeting(current, citations)
    for state in snapshot.planned:
        yield ""
        yield from _meeting(state, citations)
    others = [state for state in snapshot.meetings if state is not current and state.status != "planned"]
    if others:
        yield ""
        yield "Earlier"
    for state in others:
        status = "" if state.status == "held" else f" ({words.STATUS_WORDS[state.status]})"
        cite = citations.cite(state.events[-1].sources)
        yield from wrap(f"{state.meeting.name}{status} {cite}", WIDTH, f"  {fit(_day(state), 12)} ", " " * 15)


def _day(state: MeetingState) -> str:
    return state.starts.text[:10] if state.starts else "–"


def _meeting(state: MeetingState, citations: Citations) -> Iterator[str]:
    yield from wrap(f"{words.STATUS_WORDS[state.status].upper()}: {state.meeting.name}", WIDTH, "", "  ")
    rows = [
        ("When", words.meeting_days(state)),
        ("How", words.meeting_form(state)),
        *((code, head) for code, head in state.heads.items()),
        ("Agenda", state.agenda),
        ("Outcome", state.outcome),
    ]
    for name, text in rows:
        if text:
            yield from wrap(text, WIDTH, f"  {fit(name, 8)} ", " " * 11)
    for event in state.events:
        told = f"{event.title} {_cited(event, citations)}"
        yield from wrap(told, WIDTH, f"  {fit(event.date.text, 10)}  ", " " * 14)


def _events(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    """The last days in full, then what led to the status in full, then all else by title."""
    chains = (snapshot.history.chain(standing) for standing in snapshot.standings)
    behind = {event.id for chain in chains for event in chain}
    recent = [event for event in snapshot.events if snapshot.day - event.day <= RECENT]
    older = snapshot.events[: len(snapshot.events) - len(recent)]
    if recent:
        name = f"Events of the last {words.days(RECENT.days)}"
        yield from _section(name, _in_full(recent, snapshot.record, citations))
    led = [event for event in older if event.id in behind]
    if led:
        yield from _section("What led to the status", _in_full(led, snapshot.record, citations))
    others = [event for event in older if event.id not in behind]
    if others:
        titles = (line for event in others for line in _title(event, citations))
        yield from _section("Other events", titles)


def _in_full(events: Iterable[Event], record: Record, citations: Citations) -> Iterator[str]:
    for index, event in enumerate(events):
        if index:
            yield ""
        yield from _title(event, citations)
        yield from wrap(event.summary, WIDTH, "    ", "    ")
        for code, said in event.says.items():
            yield from wrap(f"{record.dataset.actors[code]}: {said}", WIDTH, "    ", "      ")
        for dispute in event.disputed:
            readings = "; ".join(f"{r.says} {citations.cite(r.sources)}" for r in dispute.readings)
            told = f"Sources disagree on {dispute.about}: {readings}"
            yield from wrap(told, WIDTH, f"  {words.DISPUTED} ", "    ")
        if event.confidence != "high":
            yield f"    Confidence: {event.confidence}"


def _title(event: Event, citations: Citations) -> Iterator[str]:
    lead = f"{fit(event.date.text, 10)} {fit(words.actors(event, 6), 6)}"
    time = f"{event.time} " if event.time else ""
    yield from wrap(f"{time}{event.title} {_cited(event, citations)}", WIDTH, f"{lead} ", " " * 18)


def _sources(sources: Iterable[Source], snapshot: Snapshot) -> Iterator[str]:
    for number, source in enumerate(sources, 1):
        date = f", {source.date.text}" if source.date else ", undated"
        later = " (later than this day)" if source.date and source.date.first > snapshot.day else ""
        translated = " (machine translation)" if source.machine_translated else ""
        text = f"{source.publisher}{date}{later}: {source.title}{translated}"
        yield from wrap(text, WIDTH, f"{f'[{number}]':>5} ", "      ")
        yield from wrap(source.url, WIDTH, "      ", "      ")


def _colophon(snapshot: Snapshot) -> Iterator[str]:
    dataset = snapshot.record.dataset
    yield ""
    yield "─" * WIDTH
    if dataset.notice:
        yield from wrap(dataset.notice, WIDTH)
    yield from wrap(
        f"Coverage {dataset.coverage.first} to {dataset.coverage.last}, reviewed {dataset.reviewed}.", WIDTH
    )
    yield from wrap(
        f"{dataset.title}, version {dataset.version}, sha256 {snapshot.record.digest}",
        WIDTH,
        "Data: ",
        "      ",
    )
    yield from wrap(command(snapshot), WIDTH, "Again: ", "      ")


def command(snapshot: Snapshot) -> str:
    """The command that prints a snapshot again."""
    store = f" --store {quote(snapshot.record.store)}" if snapshot.record.store else ""
    return f"kjtui snapshot {snapshot.day}{store}"
