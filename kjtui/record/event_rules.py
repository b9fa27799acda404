"""The rules for a single event. Each rule is a function that yields violations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rich.cells import cell_len

from kjtui.languages import join_items, tr
from kjtui.record.model import DECIDED, Effect, Event, Record

MAX_TITLE_CELLS = 60

MAX_NOTICE = 3653
"""Maximum number of days between the publication of a change or a figure and the first day it applies to."""

_YEAR_TOLERANCE = 15
"""A source counts as a year later than its event if it is later by 365 days, plus or minus this many days."""

Violation = tuple[str, str]
"""The invalid field of an event, and the error message."""

_DATED_ID = re.compile(r"\d{4}-\d\d(-\d\d)?(?=-)")
_TIME = re.compile(r"[01]\d:[0-5]\d|2[0-3]:[0-5]\d")


def _coverage(event: Event, record: Record) -> Iterator[Violation]:
    coverage = record.dataset.coverage
    if event.day > coverage.last:
        yield "date", tr("outside the coverage, which ends on {day}", day=coverage.last)
    elif event.day < coverage.first and event.kind != "background":
        yield (
            "date",
            tr("outside the coverage, which begins on {day}, and not a background event", day=coverage.first),
        )


def _reviewed(event: Event, record: Record) -> Iterator[Violation]:
    reviewed = record.dataset.reviewed
    if event.date.first > reviewed:
        yield (
            "date",
            tr(
                "{day} is after the last review of the record, {reviewed}",
                day=event.date.text,
                reviewed=reviewed,
            ),
        )


def _year(event: Event, record: Record) -> Iterator[Violation]:
    """Yield a violation if the earliest source of an event is one year later than the event.

    In such an event, the year is probably a typing error. Background events and events without an exact day
    are not checked, because their sources are often later accounts.
    """
    if event.kind == "background" or not event.date.exact:
        return
    dates = [record.sources[source].date for source in event.sources if source in record.sources]
    first_days = [on.first for on in dates if on]
    if not first_days or len(first_days) < len(event.sources):
        return
    first = min(first_days)
    if abs((first - event.day).days - 365) <= _YEAR_TOLERANCE:
        yield "date", tr("one year before its first source ({day}); is the year correct?", day=first)


def _dated_id(event: Event) -> Iterator[Violation]:
    dated = _DATED_ID.match(event.id)
    if dated and not event.date.text.startswith(dated[0]):
        yield "id", tr("contains a date other than {day}", day=event.date.text)


def _end(event: Event) -> Iterator[Violation]:
    if event.end and event.end.last < event.date.first:
        yield "end", tr("before the date: {day}", day=event.end.text)


def _time(event: Event) -> Iterator[Violation]:
    if event.time and not _TIME.fullmatch(event.time):
        yield "time", tr("not HH:MM: {time!r}", time=event.time)


def _meeting_days(event: Event) -> Iterator[Violation]:
    step = event.meeting
    if step and step.starts and step.ends and step.ends.last < step.starts.first:
        yield "meeting.ends", tr("before the start: {day}", day=step.ends.text)


def _required_texts(event: Event, record: Record) -> Iterator[Violation]:
    if not event.sources:
        yield "sources", tr("none; name at least one source")
    if not event.actors:
        yield "actors", tr("none; name at least one of {codes}", codes=join_items(record.dataset.actors))
    if not event.title:
        yield "title", tr("empty")


def _title_width(event: Event) -> Iterator[Violation]:
    width = cell_len(event.title)
    if width > MAX_TITLE_CELLS:
        yield "title", tr("{width} cells wide, at most {most}", width=width, most=MAX_TITLE_CELLS)


def _kinds_without_effects(event: Event) -> Iterator[Violation]:
    if event.effects and event.kind in ("licence", "statement"):
        yield (
            "effects",
            tr(
                "a {kind} cannot have effects; name the tracks in `touches`, or change the kind to `measure`",
                kind=event.kind,
            ),
        )


def _kinds_with_tracks(event: Event) -> Iterator[Violation]:
    if event.kind == "licence" and not event.touches:
        yield "touches", tr("a licence must name its tracks")
    if event.kind == "measure" and not event.touches and not event.effects:
        yield (
            "touches",
            tr(
                "a measure must have effects, or name the tracks that it concerns in `touches`; "
                "otherwise use the kind `other`"
            ),
        )


def _changed_and_touched(event: Event) -> Iterator[Violation]:
    both = {effect.track for effect in event.effects} & {*event.touches}
    if both:
        yield "touches", tr("{track} is in the effects already", track=min(both))


def _effects(event: Event) -> Iterator[Violation]:
    for index, effect in enumerate(event.effects):
        for field, message in _effect(effect, event):
            yield f"effects[{index}].{field}", message


def _effect(effect: Effect, event: Event) -> Iterator[Violation]:
    """Yield the violations of one effect."""
    decided = effect.stage in DECIDED
    day = effect.in_force or (event.day if effect.stage == "in-force" else None)
    if effect.in_force and effect.in_force < event.date.first and not effect.note:
        yield "in_force", tr("before the event; add a note that explains why")
    if effect.in_force and (effect.in_force - event.day).days > MAX_NOTICE and not effect.note:
        yield "in_force", tr("more than ten years after the event; add a note that explains why")
    if effect.in_force and effect.in_force > event.day and effect.stage == "in-force":
        yield "stage", tr("takes effect on a later day: write adopted")
    if effect.until and not decided:
        message = tr("allowed only for adopted and in-force effects, not for {stage}", stage=effect.stage)
        yield "until", message
    elif effect.until and day and effect.until < day:
        yield "until", tr("before the first day in force, {day}", day=day)
    if effect.then and not effect.until:
        yield "then", tr("requires `until`, which is missing")
    if effect.then == effect.state:
        yield "then", tr("the same state, {state}", state=effect.then)


def _disputes(event: Event) -> Iterator[Violation]:
    for dispute in event.disputed:
        if len(dispute.readings) < 2:
            yield "disputed", tr("at least two readings are needed")
        if not all(reading.sources for reading in dispute.readings):
            yield "disputed", tr("every reading needs a source")


def _confidence(event: Event, record: Record) -> Iterator[Violation]:
    cited = [record.sources[source] for source in event.sources if source in record.sources]
    weak = all(source.machine_translated or source.kind == "forum" for source in cited)
    if cited and weak and event.confidence != "low":
        yield "confidence", tr("rests only on machine translations or forum copies: write low")


EVENT_RULES: tuple[Callable[[Event], Iterator[Violation]], ...] = (
    _dated_id,
    _end,
    _time,
    _meeting_days,
    _title_width,
    _effects,
    _kinds_without_effects,
    _kinds_with_tracks,
    _changed_and_touched,
    _disputes,
)
"""The rules that need only the event. Messages are in the order of the rules."""

EVENT_IN_RECORD_RULES: tuple[Callable[[Event, Record], Iterator[Violation]], ...] = (
    _coverage,
    _reviewed,
    _year,
    _required_texts,
    _confidence,
)
"""The rules that need the event and the record."""


def violations(event: Event, record: Record) -> Iterator[Violation]:
    """Yield all rule violations of an event."""
    for rule in EVENT_IN_RECORD_RULES:
        yield from rule(event, record)
    for event_rule in EVENT_RULES:
        yield from event_rule(event)
