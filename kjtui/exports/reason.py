"""Why a standing is what it is, as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from kjtui.exports import labels, markup, parts
from kjtui.exports.citations import Citations, sources_of
from kjtui.exports.json import (
    DatasetJson,
    DateText,
    SourceJson,
    TrackJson,
    dataset_json,
    encode,
    source_json,
    track_json,
)
from kjtui.exports.wrap import wrap
from kjtui.history.reason import Reason, Step
from kjtui.record.model import Effect, Stage
from kjtui.record.partial_date import day_text

RULE = (
    "The latest state whose day has come holds. A later word on a track replaces what was set for it and "
    "not yet in force. Proposals, licences and statements change nothing by themselves."
)


def reason_text(reason: Reason) -> str:
    """The chain that gives a standing, each step with its sources, for people."""
    snapshot, standing = reason.snapshot, reason.standing
    record, citations = snapshot.record, Citations(snapshot.record)
    lines = [
        *parts.heading(record, _title(reason), [snapshot.day]),
        "",
        *wrap(f"{labels.state(standing.state)}, {labels.since(standing)}", parts.WIDTH),
        *wrap(standing.state.meaning, parts.WIDTH, "  ", "  "),
        *(line for entry in standing.pending for line in _pending(labels.pending(entry))),
        *parts.section("Steps", _steps(reason, citations)),
        *parts.section("Sources", parts.sources(citations.sources(), snapshot.day)),
        *parts.colophon(record, labels.command(record, "why", standing.track.id, str(snapshot.day))),
    ]
    return parts.finish(lines)


def _pending(told: str) -> list[str]:
    return wrap(told, parts.WIDTH, f"{labels.PENDING} ", "  ")


def _steps(reason: Reason, citations: Citations) -> Iterator[str]:
    yield from wrap(f"Rule: {RULE}", parts.WIDTH)
    yield ""
    yield from wrap(_before(reason, citations), parts.WIDTH)
    for step in reason.steps:
        yield ""
        yield from parts.in_full(step.event, reason.snapshot.record, citations)
        for told in step_words(reason, step):
            yield from wrap(told, parts.WIDTH, "  = ", "    ")


def _title(reason: Reason) -> str:
    name, day = reason.standing.track.name, labels.long_day(reason.snapshot.day)
    return f"Why {name} stood as it did on {day}"


def _before(reason: Reason, citations: Citations) -> str:
    """The state before the first event."""
    track = reason.standing.track
    note = f"{track.initial.note} {citations.cite(track.initial.sources)}".strip()
    since = f", since {track.initial.since}" if track.initial.since else ""
    return f"Before the record: {labels.state(track.state(track.initial.state))}{since}. {note}"


def step_words(reason: Reason, step: Step) -> Iterator[str]:
    """What a step did to the track, in words."""
    if not step.effects:
        yield "changes nothing"
    for effect in step.effects:
        yield f"{_effect(reason, effect)}{_change(step, effect)}"


def _effect(reason: Reason, effect: Effect) -> str:
    """What an effect says of a track."""
    label = labels.state(reason.standing.track.state(effect.state))
    day = f" from {day_text(effect.in_force)}" if effect.in_force and effect.stage != "proposed" else ""
    note = f" ({effect.note})" if effect.note else ""
    return f"{labels.spoken(effect.stage)}: {label}{day}{note}"


def _change(step: Step, effect: Effect) -> str:
    if effect.stage != "in-force" and (effect.in_force or date.max) > step.event.day:
        return "; nothing changes yet"
    if step.after is step.before:
        return "; as before"
    return f"; until then {labels.state(step.before)}"


def reason_markdown(reason: Reason) -> str:
    """The chain that gives a standing, each step with its sources, for notebooks and issue trackers."""
    snapshot, standing = reason.snapshot, reason.standing
    record, citations = snapshot.record, Citations(snapshot.record)
    blocks = [
        *markup.heading(record, _title(reason), [snapshot.day]),
        markup.escape(f"{labels.state(standing.state)}, {labels.since(standing)}"),
        markup.escape(standing.state.meaning),
        markup.items(f"{labels.PENDING} {labels.pending(entry)}" for entry in standing.pending),
        *markup.section("Steps", _steps_markdown(reason, citations)),
        *markup.section("Sources", markup.sources(citations.sources(), snapshot.day)),
        *markup.colophon(record, "why", standing.track.id, str(snapshot.day)),
    ]
    return markup.finish(blocks)


def _steps_markdown(reason: Reason, citations: Citations) -> Iterator[str]:
    yield markup.escape(f"Rule: {RULE}")
    yield markup.escape(_before(reason, citations))
    for step in reason.steps:
        yield from markup.in_full([step.event], reason.snapshot.record, citations)
        yield "\n".join(f"  - **{markup.escape(told)}**" for told in step_words(reason, step))


class StepJson(Struct):
    """An event that bears on the track; ``effects`` is empty for what changes nothing."""

    event: str
    date: DateText
    title: str
    effects: list[EffectJson]
    before: str
    after: str
    disputed: bool
    sources: list[str]


class EffectJson(Struct):
    """What the event does to the track."""

    state: str
    stage: Stage
    in_force: date | None


class ReasonJson(Struct):
    """A standing and the steps that led to it."""

    schema: Literal["kjtui/reason/1"]
    as_of: date
    covered: bool
    dataset: DatasetJson
    track: TrackJson
    steps: list[StepJson]
    sources: list[SourceJson]


def reason_json(reason: Reason) -> str:
    """The chain that gives a standing, for programs."""
    snapshot = reason.snapshot
    cited = dict.fromkeys(reason.standing.track.initial.sources)
    cited.update(dict.fromkeys(source for step in reason.steps for source in sources_of(step.event)))
    document = ReasonJson(
        schema="kjtui/reason/1",
        as_of=snapshot.day,
        covered=snapshot.covered,
        dataset=dataset_json(snapshot.record),
        track=track_json(reason.standing),
        steps=[_step(step) for step in reason.steps],
        sources=[source_json(snapshot.record.sources[source]) for source in cited],
    )
    return encode(document)


def _step(step: Step) -> StepJson:
    event = step.event
    effects = [EffectJson(effect.state, effect.stage, effect.in_force) for effect in step.effects]
    return StepJson(
        event.id,
        event.date.text,
        event.title,
        effects,
        step.before.id,
        step.after.id,
        bool(event.disputed),
        sources_of(event),
    )


REASON: Mapping[str, Callable[[Reason], str]] = {
    "text": reason_text,
    "markdown": reason_markdown,
    "json": reason_json,
}
"""A reason in each format."""
