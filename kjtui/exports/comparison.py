"""Two days side by side, as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.exports import labels, markup, parts
from kjtui.exports.citations import Citations, sources_of
from kjtui.exports.json import (
    DatasetJson,
    EventJson,
    SourceJson,
    TrackJson,
    dataset_json,
    encode,
    event_json,
    source_json,
    track_json,
)
from kjtui.exports.wrap import cells, fit, wrap
from kjtui.history.compare import Comparison, Difference

_NAME = 25


def comparison_text(comparison: Comparison) -> str:
    """What differs between two days and by which events, for people."""
    before, after = comparison.before, comparison.after
    record, citations = after.record, Citations(after.record)
    lines = [
        *parts.heading(record, _title(comparison), [before.day, after.day]),
        apart(comparison),
        *parts.section("Changed", _changed(comparison.changed, citations)),
        *parts.section("The same", _same(comparison.same)),
        *parts.section(
            "Meetings held between",
            (line for state in comparison.meetings for line in parts.meeting(state, citations)),
        ),
        *parts.section(
            "Events between", (line for event in comparison.events for line in parts.title(event, citations))
        ),
        *parts.section("Sources", parts.sources(citations.sources(), after.day)),
        *parts.colophon(record, labels.command(record, "compare", str(before.day), str(after.day))),
    ]
    return parts.finish(lines)


def _changed(differences: tuple[Difference, ...], citations: Citations) -> Iterator[str]:
    if not differences:
        yield "Nothing."
    for index, difference in enumerate(differences):
        if index:
            yield ""
        yield from wrap(difference.after.track.name, parts.WIDTH)
        yield from wrap(change_words(difference), parts.WIDTH, "    ", "      ")
        yield from _pending(difference)
        for event in difference.events:
            told = f"{event.title} {parts.cited(event, citations)}"
            yield from wrap(told, parts.WIDTH, f"    {fit(event.date.text, 10)} ", " " * 15)


def _pending(difference: Difference) -> Iterator[str]:
    for entry in difference.after.pending:
        yield from wrap(labels.pending(entry), parts.WIDTH, f"    {labels.PENDING} ", "      ")


def change_words(difference: Difference) -> str:
    """What a state was and is, and since when."""
    before, after = difference.before.state, difference.after.state
    return f"{labels.state(before)} → {labels.state(after)}, {labels.since(difference.after)}"


def _same(differences: tuple[Difference, ...]) -> Iterator[str]:
    if not differences:
        yield "Nothing."
    for difference in differences:
        standing = difference.after
        symbol, since = labels.SYMBOLS[standing.state.tone], labels.since(standing)
        name = standing.track.name
        row = f"{symbol} {fit(name, max(_NAME, cells(name)))} {standing.state.label}, {since}"
        yield from wrap(row, parts.WIDTH, "", "    ") if cells(row) > parts.WIDTH else [row]
        yield from _pending(difference)


def _title(comparison: Comparison) -> str:
    return f"{labels.long_day(comparison.before.day)} and {labels.long_day(comparison.after.day)}"


def apart(comparison: Comparison) -> str:
    """How far the days lie apart and how much differs."""
    changed, same = len(comparison.changed), len(comparison.same)
    return f"{labels.days(comparison.days)} apart: {changed} changed, {same} the same"


def comparison_markdown(comparison: Comparison) -> str:
    """What differs between two days and by which events, for notebooks and issue trackers."""
    before, after = comparison.before, comparison.after
    record, citations = after.record, Citations(after.record)
    blocks = [
        *markup.heading(record, _title(comparison), [before.day, after.day]),
        apart(comparison),
        *markup.section("Changed", _changed_markdown(comparison.changed, citations)),
        *markup.section("The same", [markup.items(_same_row(difference) for difference in comparison.same)]),
        *markup.section(
            "Meetings held between",
            [markup.items(markup.meeting(state, citations) for state in comparison.meetings)],
        ),
        *markup.section(
            "Events between", [markup.items(markup.title(event, citations) for event in comparison.events)]
        ),
        *markup.section("Sources", markup.sources(citations.sources(), after.day)),
        *markup.colophon(record, "compare", str(before.day), str(after.day)),
    ]
    return markup.finish(blocks)


def _changed_markdown(differences: tuple[Difference, ...], citations: Citations) -> Iterator[str]:
    if not differences:
        yield "Nothing."
    for difference in differences:
        yield f"### {markup.escape(difference.after.track.name)}"
        pending = [f"{labels.PENDING} {labels.pending(entry)}" for entry in difference.after.pending]
        yield markup.escape(" · ".join([change_words(difference), *pending]))
        yield markup.items(markup.title(event, citations) for event in difference.events)


def _same_row(difference: Difference) -> str:
    standing = difference.after
    pending = [f"{labels.PENDING} {labels.pending(entry)}" for entry in standing.pending]
    told = f"{labels.state(standing.state)} · {standing.track.name}, {labels.since(standing)}"
    return " · ".join([told, *pending])


class DifferenceJson(Struct):
    """A track on both days; ``events`` are those between that have effects on it."""

    track: str
    changed: bool
    before: TrackJson
    after: TrackJson
    events: list[str]


class ComparisonJson(Struct):
    """Two days of one record; ``covered`` is false where either lies outside the coverage."""

    schema: Literal["kjtui/comparison/1"]
    before: date
    after: date
    days: int
    covered: bool
    dataset: DatasetJson
    tracks: list[DifferenceJson]
    meetings: list[str]
    events: list[EventJson]
    sources: list[SourceJson]


def comparison_json(comparison: Comparison) -> str:
    """What differs between two days, for programs."""
    record = comparison.after.record
    cited = dict.fromkeys(source for event in comparison.events for source in sources_of(event))
    document = ComparisonJson(
        schema="kjtui/comparison/1",
        before=comparison.before.day,
        after=comparison.after.day,
        days=comparison.days,
        covered=comparison.before.covered and comparison.after.covered,
        dataset=dataset_json(record),
        tracks=[_difference(difference) for difference in comparison.differences],
        meetings=[state.meeting.id for state in comparison.meetings],
        events=[event_json(event) for event in comparison.events],
        sources=[source_json(record.sources[source]) for source in cited],
    )
    return encode(document)


def _difference(difference: Difference) -> DifferenceJson:
    return DifferenceJson(
        difference.after.track.id,
        difference.changed,
        track_json(difference.before),
        track_json(difference.after),
        [event.id for event in difference.events],
    )


COMPARISON: Mapping[str, Callable[[Comparison], str]] = {
    "text": comparison_text,
    "markdown": comparison_markdown,
    "json": comparison_json,
}
"""A comparison in each format."""
