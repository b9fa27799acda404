"""A snapshot as Markdown, telling what the plain text tells in its order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from kjtui.exports import labels, markup, parts
from kjtui.exports.citations import Citations
from kjtui.exports.markup import escape
from kjtui.exports.plain import event_sections
from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot


def snapshot_markdown(snapshot: Snapshot) -> str:
    """What held at the end of a day, with its reasons and sources, for notebooks and issue trackers."""
    record, citations = snapshot.record, Citations(snapshot.record)
    title = f"what held at the end of {labels.long_day(snapshot.day)}"
    blocks = [
        *markup.heading(record, title, [snapshot.day]),
        *markup.section("Status", _status(snapshot, citations)),
        *markup.section("Meetings", _meetings(snapshot, citations)),
        *_events(snapshot, citations),
        *markup.section("Sources", markup.sources(citations.sources(), snapshot.day)),
        *markup.colophon(record, "snapshot", str(snapshot.day)),
    ]
    return markup.finish(blocks)


def _status(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    yield " · ".join(labels.legend())
    for group, standings in groupby(snapshot.standings, lambda s: s.track.group):
        yield f"### {escape(group)}"
        rows = [row for standing in standings for row in _standing(standing, snapshot.day, citations)]
        head = ["| State | Track | Since | Days | Because |", "| --- | --- | --- | ---: | --- |"]
        yield "\n".join([*head, *(f"| {' | '.join(map(escape, row))} |" for row in rows)])


def _standing(standing: Standing, day: date, citations: Citations) -> Iterator[tuple[str, ...]]:
    """The cells of a track's row, and of one more for each of its pending states."""
    track, because, age = standing.track, standing.because, standing.age(day)
    yield (
        labels.state(standing.state),
        track.name,
        labels.since(standing).removeprefix("since "),
        f"{age:,}" if age is not None and age > 0 else "",
        f"{because.title} {parts.cited(because, citations)}"
        if because
        else f"{track.initial.note} {citations.cite(track.initial.sources)}",
    )
    for entry in standing.pending:
        text = f"{entry.event.title} {parts.cited(entry.event, citations)} {entry.note and f'({entry.note})'}"
        yield f"{labels.PENDING} {labels.pending(entry)}", track.name, "", "", text


def _meetings(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    current = snapshot.meeting
    if not snapshot.meetings.known:
        yield "None is known of."
    if current:
        yield from _meeting(current, citations)
    for state in snapshot.meetings.planned:
        yield from _meeting(state, citations)
    if snapshot.other_meetings:
        yield "### Earlier"
        yield markup.items(markup.meeting(state, citations) for state in snapshot.other_meetings)


def _meeting(state: MeetingState, citations: Citations) -> Iterator[str]:
    yield f"### {labels.spoken(state.status).capitalize()}: {escape(state.meeting.name)}"
    rows = [
        *labels.meeting_rows(state),
        *((event.date.text, f"{event.title} {parts.cited(event, citations)}") for event in state.events),
    ]
    yield "\n".join(f"- **{escape(name)}:** {escape(text)}" for name, text in rows if text)


def _events(snapshot: Snapshot, citations: Citations) -> Iterator[str]:
    for name, events, full in event_sections(snapshot):
        if full:
            yield from markup.section(name, markup.in_full(events, snapshot.record, citations))
        else:
            titles = markup.items(markup.title(event, citations) for event in events)
            yield from markup.section(name, [titles])
