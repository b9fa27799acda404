"""A track's page as a document: its standing, the chain of events behind it, facts, licences and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from kjtui.documents.blocks import event_details, event_list
from kjtui.documents.document import (
    Block,
    Citation,
    Document,
    Field,
    FieldList,
    Figure,
    FigureTable,
    Inline,
    Paragraph,
    TrackStanding,
    build,
    section,
)
from kjtui.documents.provenance import Request
from kjtui.history.fold import Run, is_decided
from kjtui.history.track_page import Step, TrackPage
from kjtui.record.model import Effect, Fact, Point, Series, Track
from kjtui.record.partial_date import day_text
from kjtui.words import labels

RULE = (
    "The latest state whose day has come holds. What is decided replaces everything that is pending on the "
    "track. Talks, announcements, proposals, licences and statements change nothing by themselves."
)


def track_document(page: TrackPage) -> Document:
    """Return the page of a track: why it stands as it does, and what else is known of it by the day."""
    track, day = page.standing.track, page.snapshot.day
    return build(
        page,
        Request("track", (day,), track.id),
        page.snapshot.record,
        f"{track.name} on {labels.long_day(day)}",
        _body(page),
        summary=track.about,
    )


def step_words(page: TrackPage, step: Step) -> Iterator[str]:
    """Yield what a step did to the track, a phrase for each effect."""
    if not step.effects:
        yield "changes nothing"
    for effect in step.effects:
        yield f"{effect_words(page.standing.track, effect)}{_change(step, effect)}"


def effect_words(track: Track, effect: Effect) -> str:
    """Return what an effect does to its track: the stage, the state and its day."""
    label = labels.state(track.state(effect.state))
    day = ""
    if effect.in_force:
        day = f" {'from' if is_decided(effect.stage) else 'for'} {day_text(effect.in_force)}"
    last = f" until {day_text(effect.until)}" if effect.until else ""
    follows = f", then {labels.state(track.state(effect.then))}" if effect.then else ""
    note = f" ({effect.note})" if effect.note else ""
    return f"{labels.spoken(effect.stage)}: {label}{day}{last}{follows}{note}"


def _body(page: TrackPage) -> Iterator[Block]:
    standing, snapshot = page.standing, page.snapshot
    track = standing.track
    age = standing.age(snapshot.day)
    held = f"for {labels.days(age)}" if age and age > 0 else ""
    since = (labels.since(standing), held, labels.overdue(standing, snapshot.day))
    yield TrackStanding(
        track.id,
        standing.state.tone,
        labels.state_until(standing, snapshot.day),
        ", ".join(part for part in since if part),
        standing.state.meaning,
        tuple(labels.signed_pending(entry, snapshot.day) for entry in standing.pending),
    )
    yield from section("Steps", _steps(page))
    if page.requirements:
        yield from section("What it requires", [_facts(page.requirements)])
    if page.facts:
        yield from section("Facts", [_facts(page.facts)])
    if len(page.runs) > 1:
        yield from section("States up to the day", [_runs(page)])
    if page.licences:
        yield from section("Licences made public", event_list(page.licences, snapshot))
    if series := [one for one in snapshot.series if one.track == track.id]:
        yield from section("Figures", map(_figures, series))
    if page.others:
        yield from section("Other events that concern it", event_list(page.others, snapshot))
    if page.statements:
        yield from section("Statements and figures about it", event_list(page.statements, snapshot))


def _facts(facts: Iterable[Fact]) -> FieldList:
    return FieldList(tuple(Field(fact.label, (f"{fact.value} ", Citation(fact.sources))) for fact in facts))


def _runs(page: TrackPage) -> FieldList:
    """Return each run of a state with its first and last day and its length."""
    return FieldList(
        tuple(
            Field(labels.run_days(run), (f"{labels.state(run.state)}{_length(run, page.snapshot.day)}",))
            for run in page.runs
        )
    )


def _length(run: Run, day: date) -> str:
    count = run.days(day)
    return "" if count is None else f", {labels.days(count)}"


def _steps(page: TrackPage) -> Iterator[Block]:
    yield Paragraph((f"Rule: {RULE}",))
    yield Paragraph(_before(page))
    for step in page.steps:
        if step.effects:
            yield event_details(step.event, page.snapshot, step_words(page, step))


def _before(page: TrackPage) -> Inline:
    """Return the state before the first event."""
    track = page.standing.track
    initial = track.initial
    since = f", since {initial.since}" if initial.since else ""
    state = labels.state(track.state(initial.state))
    return f"Before the record: {state}{since}. {initial.note} ", Citation(initial.sources)


def _figures(series: Series) -> FigureTable:
    points = sorted(series.points, key=lambda point: (point.period.first, point.period.last, point.published))
    greatest = max(point.value for point in points)
    if series.unit == "%":
        greatest = max(greatest, 100)
    values = _aligned([labels.number(point.value) for point in points])
    gaps = _gaps(points)
    figures = tuple(
        Figure(
            str(point.period),
            value,
            f"published {day_text(point.published)}{', derived' if point.derived else ''}",
            max(point.value, 0) / greatest if greatest > 0 else 0,
            Citation(point.sources),
            gap,
        )
        for point, value, gap in zip(points, values, gaps, strict=True)
    )
    about = f"{series.measure}, in {series.unit}. {series.note}"
    return FigureTable(series.title, about, figures)


def _aligned(values: list[str]) -> list[str]:
    """Pad values on the right so that their decimal points are below one another."""
    decimals = [len(value.partition(".")[2]) + ("." in value) for value in values]
    return [value + " " * (max(decimals) - own) for value, own in zip(values, decimals, strict=True)]


def _gaps(points: list[Point]) -> Iterator[bool]:
    """Yield for each point whether periods are missing before it."""
    starts = sorted({point.period.first for point in points})
    steps = [(later - earlier).days for earlier, later in pairwise(starts)]
    longest = min(steps, default=0) * 1.5
    yield False
    for earlier, later in pairwise(points):
        yield (later.period.first - earlier.period.first).days > longest


def _change(step: Step, effect: Effect) -> str:
    if effect.stage != "in-force" and (effect.in_force or date.max) > step.event.day:
        return "; nothing changes yet"
    if step.after is step.before:
        return "; as before"
    return f"; until then {labels.state(step.before)}"
