"""The rules for a whole record. Each rule is a function that yields faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from rich.cells import cell_len

from kjtui.languages import tr
from kjtui.record.event_rules import MAX_NOTICE, violations
from kjtui.record.folder.new_folder import EXAMPLE_SITE, PLACEHOLDER, example_titles
from kjtui.record.language_codes import LANGUAGE_CODES
from kjtui.record.model import DECIDED, Effect, Event, MeetingStep, Record
from kjtui.record.store import Fault

MAX_SHORT_CELLS = 12

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ACTOR = re.compile(r"[A-Z]{1,3}")


def _ids(record: Record) -> Iterator[Fault]:
    tables: dict[str, Iterable[str]] = {
        "tracks": record.tracks,
        "meetings": record.meetings,
        "sources": record.sources,
        "terms": record.terms,
        "series": record.series,
        "events": [event.id for event in record.events],
    }
    for table, ids in tables.items():
        for identity in ids:
            if not _SLUG.fullmatch(identity):
                yield Fault(table, identity, "id", tr("not lower-case words joined by hyphens"))


def _dataset(record: Record) -> Iterator[Fault]:
    dataset = record.dataset
    if dataset.start and dataset.start not in dataset.coverage:
        yield Fault("dataset", "", "start", tr("outside the coverage: {day}", day=dataset.start))
    if dataset.language not in LANGUAGE_CODES:
        yield Fault(
            "dataset", "", "language", tr("not an ISO 639-1 code: {language!r}", language=dataset.language)
        )
    if dataset.url and not is_address(dataset.url):
        yield Fault("dataset", "", "url", tr("not an address: {address!r}", address=dataset.url))
    for code in dataset.actors:
        if not _ACTOR.fullmatch(code):
            yield Fault(
                "dataset", "", "actors", tr("{code!r} is not one to three capital letters", code=code)
            )


def _tracks(record: Record) -> Iterator[Fault]:
    for track in record.tracks.values():
        name_width, short_width = cell_len(track.name), cell_len(track.short)
        if short_width > MAX_SHORT_CELLS:
            yield Fault(
                "tracks",
                track.id,
                "short",
                tr("{width} cells wide, at most {most}", width=short_width, most=MAX_SHORT_CELLS),
            )
        elif not track.short and name_width > MAX_SHORT_CELLS:
            message = tr(
                "required, because the name is {width} cells wide, more than {most}",
                width=name_width,
                most=MAX_SHORT_CELLS,
            )
            yield Fault("tracks", track.id, "short", message)
        for index, fact in enumerate(track.facts):
            if fact.since and fact.until and fact.until < fact.since:
                yield Fault(
                    "tracks", track.id, f"facts[{index}].until", tr("before `since`: {day}", day=fact.until)
                )


def order(stored: Iterable[Event]) -> Iterator[Fault]:
    """Yield a fault for each event that breaks the chronological order of the store."""
    for before, event in pairwise(stored):
        if event.day < before.day:
            message = tr(
                "{day} is listed after a later event, {event} ({event_day})",
                day=event.date.text,
                event=before.id,
                event_day=before.date.text,
            )
            yield Fault("events", event.id, "date", message)
        elif event.day == before.day and event.time and before.time and event.time < before.time:
            message = tr(
                "{time} is listed after a later event, {event} ({event_time})",
                time=event.time,
                event=before.id,
                event_time=before.time,
            )
            yield Fault("events", event.id, "time", message)


def _events(record: Record) -> Iterator[Fault]:
    for event in record.events:
        for field, message in violations(event, record):
            yield Fault("events", event.id, field, message)


def _written_twice(record: Record) -> Iterator[Fault]:
    """Yield a fault for each event with the same date and title as an earlier event."""
    first_ids: dict[tuple[str, str], str] = {}
    for event in record.events:
        first_id = first_ids.setdefault((event.date.text, event.title), event.id)
        if event.title and first_id != event.id:
            message = tr("written twice: {event} has this date and title", event=first_id)
            yield Fault("events", event.id, "title", message)


def _placeholders(record: Record) -> Iterator[Fault]:
    """Yield a fault for each source that is left over from the example of ``kjtui new``.

    If the record still has the title of the example, yield nothing.
    """
    if record.dataset.title in example_titles():
        return
    for source in record.sources.values():
        if source.url and source.url.startswith(EXAMPLE_SITE):
            message = tr("the example written by kjtui new is still there; replace or delete it")
            yield Fault("sources", source.id, "url", message)
        if source.title == PLACEHOLDER:
            yield Fault("sources", source.id, "title", tr("still {text}", text=PLACEHOLDER))


def _due_changes(record: Record) -> Iterator[Fault]:
    """Yield a fault for each scheduled change whose day has passed without a confirmation.

    An event on the same track confirms the change if it happened on that day or later. A source also confirms
    the change if it was published on that day or later and the event that scheduled the change cites it. A
    change is checked only if its day is before the last day of the coverage and before the day of the review.
    Other changes are skipped, because the record usually has no confirmation of them yet.
    """
    end = min(record.dataset.coverage.last, record.dataset.reviewed)
    for track in record.tracks:
        concerned = [event for event in record.events if track in event.tracks]
        deciding = [event for event in concerned if _decides(event, track)]
        if not deciding:
            continue
        # Only the last decision counts: it replaces the earlier decisions.
        last = deciding[-1]
        for field, day in _due_days(last, track):
            confirmed = any(event.day >= day for event in concerned) or _cites(last, day, record)
            if day < end and not confirmed:
                message = tr(
                    "{track} was due to change on {day}, and nothing says what happened; add a later event "
                    "on it, cite a source of that day or later, or end the coverage earlier",
                    day=day,
                    track=track,
                )
                yield Fault("events", last.id, field, message)


def _unconfirmed_returns(record: Record) -> Iterator[Fault]:
    """Yield a fault for each unconfirmed change that the field ``then`` of a decision scheduled.

    Only changes whose day is before the next decision on the track are checked. The next decision confirms
    the change only if it sets the state in ``then``. A change that was conditional, for example the end of a
    suspension, may never have happened.
    """
    for track in record.tracks:
        concerned = [event for event in record.events if track in event.tracks]
        deciding = [event for event in concerned if _decides(event, track)]
        for event, decision in pairwise(deciding):
            between = [
                candidate.day
                for candidate in concerned
                if candidate is not decision and candidate.day <= decision.day
            ]
            for index, effect in enumerate(event.effects):
                day = _day_after(effect, track)
                if day is None or decision.day <= day or _decides(decision, track, effect.then):
                    continue
                if not any(on >= day for on in between) and not _cites(event, day, record):
                    message = tr(
                        "{track} was due to change on {day}, but nothing confirms it; if the change was "
                        "conditional, remove the field `then`, otherwise cite a source of that day or "
                        "later",
                        day=day,
                        track=track,
                    )
                    yield Fault("events", event.id, f"effects[{index}].then", message)


def _due_days(event: Event, track: str) -> Iterator[tuple[str, date]]:
    """Yield the changes of a track that an event schedules for a later day.

    Each change is a pair: the field of the event, and the day of the change.
    """
    for index, effect in enumerate(event.effects):
        is_adopted = effect.track == track and effect.stage == "adopted"
        if is_adopted and effect.in_force and effect.in_force > event.day:
            yield f"effects[{index}].in_force", effect.in_force
        if day := _day_after(effect, track):
            yield f"effects[{index}].then", day


def _day_after(effect: Effect, track: str) -> date | None:
    """Return the day on which the state in ``then`` begins: the day after ``until``.

    Return ``None`` if the effect changes a different track, is not decided, or has no ``then``.
    """
    if effect.track != track or effect.stage not in DECIDED or not effect.then:
        return None
    return effect.until + timedelta(days=1) if effect.until and effect.until < date.max else None


def _decides(event: Event, track: str, state: str = "") -> bool:
    """Return whether an event decides the state of a track.

    If ``state`` is given, return whether the event decides that the track enters this state.
    """
    return any(
        effect.track == track and effect.stage in DECIDED and state in ("", effect.state)
        for effect in event.effects
    )


def _cites(event: Event, day: date, record: Record) -> bool:
    """Return whether an event cites a source that was certainly published on or after a day."""
    dates = (record.sources[source].date for source in event.sources)
    return any(on is not None and on.first >= day for on in dates)


def _series(record: Record) -> Iterator[Fault]:
    for series in record.series.values():
        if not series.points:
            yield Fault("series", series.id, "points", tr("none"))
        for index, (before, point) in enumerate(pairwise(series.points), 1):
            # If two periods begin on the same day, the figure listed second must be published later.
            if (point.period.first, point.published) <= (before.period.first, before.published):
                message = tr(
                    "not in order: {period} is listed after {earlier}",
                    period=point.period.text,
                    earlier=before.period.text,
                )
                yield Fault("series", series.id, f"points[{index}]", message)
        for index, point in enumerate(series.points):
            field = f"points[{index}]"
            if not point.sources:
                message = tr("{period} has no source", period=point.period.text)
                yield Fault("series", series.id, field, message)
            if (point.period.first - point.published).days > MAX_NOTICE:
                message = tr(
                    "{period} was published more than ten years before it began", period=point.period.text
                )
                yield Fault("series", series.id, field, message)


def _sources(record: Record) -> Iterator[Fault]:
    reviewed = record.dataset.reviewed
    by_address: dict[str, str] = {}
    for source in record.sources.values():
        # If the dataset has the same wrong code, the fault is reported only once, for the dataset.
        if source.language not in LANGUAGE_CODES and source.language != record.dataset.language:
            yield Fault(
                "sources",
                source.id,
                "language",
                tr("not an ISO 639-1 code: {language!r}", language=source.language),
            )
        for field, address in (("url", source.url), ("archived", source.archived)):
            if address and not is_address(address):
                yield Fault("sources", source.id, field, tr("not an address: {address!r}", address=address))
        if source.date and source.date.first > reviewed:
            message = tr(
                "{day} is after the last review of the record, {reviewed}",
                day=source.date.text,
                reviewed=reviewed,
            )
            yield Fault("sources", source.id, "date", message)
        if source.accessed and source.accessed > reviewed:
            message = tr(
                "{day} is after the last review of the record, {reviewed}",
                day=source.accessed,
                reviewed=reviewed,
            )
            yield Fault("sources", source.id, "accessed", message)
        if source.url and by_address.setdefault(source.url, source.id) != source.id:
            yield Fault(
                "sources", source.id, "url", tr("also the address of {source}", source=by_address[source.url])
            )


def _sessions(record: Record) -> Iterator[Fault]:
    for meeting in record.meetings.values():
        parent = record.meetings.get(meeting.part_of or "")
        if parent and parent.part_of is not None:
            yield Fault(
                "meetings",
                meeting.id,
                "part_of",
                tr("{meeting} is itself part of another meeting", meeting=parent.id),
            )


def _meetings(record: Record) -> Iterator[Fault]:
    """Yield a fault for each meeting that no event mentions, or whose end is missing.

    The end is missing if the meeting was opened but not closed, or if the planned day has passed and no event
    says whether the meeting was held.
    """
    steps: dict[str, list[MeetingStep]] = {identity: [] for identity in record.meetings}
    for event in record.events:
        if event.meeting:
            steps[event.meeting.id].append(event.meeting)
    for identity, of_meeting in steps.items():
        phases = [step.phase for step in of_meeting if step.phase != "changed"]
        day = _planned_day(of_meeting)
        if not of_meeting:
            yield Fault("meetings", identity, "", tr("no event mentions it"))
        elif phases[-1:] == ["opened"]:
            yield Fault("meetings", identity, "", tr("opened and never closed"))
        elif phases[-1:] == ["planned"] and day and day < record.dataset.coverage.last:
            message = tr("was planned for {day}, and no later event says whether it was held", day=day)
            yield Fault("meetings", identity, "", message)


def _citations(record: Record) -> Iterator[Fault]:
    """Yield a fault for each source that nothing cites."""
    cited: set[str] = set()
    for event in record.events:
        cited.update(event.sources)
        for dispute in event.disputed:
            for reading in dispute.readings:
                cited.update(reading.sources)
    for track in record.tracks.values():
        cited.update(track.initial.sources)
        for fact in track.facts:
            cited.update(fact.sources)
    for series in record.series.values():
        for point in series.points:
            cited.update(point.sources)
    for term in record.terms.values():
        cited.update(term.sources)
    for source in record.sources:
        if source not in cited:
            yield Fault("sources", source, "", tr("not cited"))


def _planned_day(steps: Iterable[MeetingStep]) -> date | None:
    """Return the last day of a meeting according to the latest plan, or ``None`` if no day was planned."""
    day: date | None = None
    for step in steps:
        planned = step.ends or step.starts
        if planned:
            day = planned.last
    return day


def is_address(text: str) -> bool:
    """Return whether a text is a web address."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    has_name = host is not None and re.search(r"\w", host) is not None
    return parts.scheme in ("http", "https") and has_name and not re.search(r"\s", text)


RECORD_RULES: tuple[Callable[[Record], Iterator[Fault]], ...] = (
    _ids,
    _dataset,
    _events,
    _written_twice,
    _placeholders,
    _series,
    _tracks,
    _sources,
    _sessions,
)
"""The rules that are checked even if documents are invalid. Messages are in the order of the rules."""

COMPLETENESS_RULES: tuple[Callable[[Record], Iterator[Fault]], ...] = (
    _due_changes,
    _unconfirmed_returns,
    _citations,
    _meetings,
)
"""The rules that report something missing. They are checked only if all documents are valid."""
