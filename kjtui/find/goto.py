"""Interpret the input of the go-to command: a day, or the name of a track, term, meeting or event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kjtui.find.day_parser import NotADayError, Span, names_today, parse_days, possible_days
from kjtui.find.filter import Filter
from kjtui.find.names import names_begun, names_of, names_typed
from kjtui.find.relative_words import EventStep, event_step, is_neighbour
from kjtui.find.search import Index
from kjtui.find.word_match import fold, matches
from kjtui.history.day_steps import next_of, previous_of
from kjtui.history.meetings import Stop
from kjtui.history.snapshot import History
from kjtui.languages import join_items, tr
from kjtui.record.model import Event, Record, Term, Track
from kjtui.record.partial_date import day_in_sentence

MAX_TARGETS = 50
"""Maximum number of listed targets, and of listed days that a text can mean."""


class Target(NamedTuple):
    """A day to go to, and the item to show if the user typed the name of an item.

    Attributes:
        day: the day to go to. The page of a track or of a term is shown as of this day.
        name: the name of the target, if any.
        item: the event, meeting, track or term that the user named; ``None`` if the user typed a day.
    """

    day: date
    name: str = ""
    item: Event | Stop | Track | Term | None = None


class Answer(NamedTuple):
    """The targets of a text, best match first.

    ``exact`` is true if the text can only mean the first target. Otherwise the user must choose.
    """

    targets: tuple[Target, ...]
    exact: bool


def find_targets(text: str, history: History, index: Index, cursor: date, today: date) -> Answer:
    """Return the targets of ``text``. Relative texts such as ``+30`` count from the day ``cursor``.

    Raises ``NotADayError`` if the text is neither a date nor a name. Raises ``ValueError`` if the day does
    not exist or is outside the record. The messages are shown to the user.
    """
    step = event_step(text)
    if step and (day := _day_of_step(step, history, cursor)):
        return _day_or_meetings(step, day, history)
    limits = span(history, cursor)
    if today > limits.last and names_today(text):
        name = tr("the last day of the record; today is {today}", today=today)
        return Answer((Target(limits.last, name=name),), exact=True)
    try:
        days = parse_days(text, limits, today)
    except NotADayError:
        answer = _named_targets(text, history, index, cursor)
        if answer:
            return answer
        raise
    return Answer(tuple(map(Target, days)), exact=len(days) == 1)


def _day_or_meetings(step: EventStep, day: date, history: History) -> Answer:
    """Return the meetings of ``day`` if the step leads to a meeting. Otherwise return the day itself."""
    meetings = [stop for stop in history.meeting_stops if stop.day == day]
    if meetings and step.what == "meeting":
        return Answer(tuple(map(_to_meeting, meetings)), exact=len(meetings) == 1)
    return Answer((Target(day),), exact=True)


def _named_targets(text: str, history: History, index: Index, cursor: date) -> Answer | None:
    """Return the tracks, terms, meetings and events that match the text. ``None`` if there are none."""
    pages = _pages(text, history.record, cursor)
    targets = (*pages, *_others(text, history, index, pages, cursor))[:MAX_TARGETS]
    if not targets:
        return None
    called = [target for target in targets if fold(target.name) == fold(text)]
    if pages:
        return Answer(targets, exact=len(pages) == 1 and called == pages)
    others = [target for target in targets if target not in called]
    return Answer((*called, *others), exact=len(called) == 1)


def find_day(text: str, history: History, today: date, *, last: bool = False) -> date:
    """Return the day that ``text`` means.

    A month or a year means its first day. If ``last`` is true, it means its last day. A relative text such as
    ``+30`` counts from the latest change, but "last year" counts from today. The day may lie outside the
    record. Raises ``ValueError`` if the text is not a day or can mean several days.
    """
    cursor = today if is_neighbour(text) else history.latest_change
    step = event_step(text)
    if step and (day := _day_of_step(step, history, cursor)):
        return day
    limits = span(history, cursor)
    try:
        days = possible_days(text, limits, today, last=last)
    except NotADayError as error:
        raise ValueError(tr("{text!r} is not a day: {error}", text=text[:40], error=error)) from None
    within = tuple(day for day in days if limits.first <= day <= limits.last) or days
    if len(within) > 1:
        listed = [str(day) for day in within[:MAX_TARGETS]]
        if len(within) > MAX_TARGETS:
            listed.append(tr("{count} more", count=len(within) - MAX_TARGETS))
        raise ValueError(tr("{text!r} can mean {days}", text=text[:40], days=join_items(listed)))
    return within[0]


def span(history: History, cursor: date) -> Span:
    """Return the span of the record, for parsing a text typed on the day ``cursor``."""
    start = history.record.dataset.start or history.first_day
    return Span(history.first_day, history.last_day, cursor, start)


def _day_of_step(step: EventStep, history: History, cursor: date) -> date | None:
    """Return the day to which a step such as ``next meeting`` leads.

    ``None`` if the record has no item of this kind at all. Raises ``ValueError`` if it has such items, but
    none after or before the day ``cursor``.
    """
    all_days = {"meeting": history.meeting_days, "change": history.changes, "event": history.event_days}
    days = all_days[step.what]
    if not days:
        return None
    match step.which:
        case "first":
            return days[0]
        case "final":
            return days[-1]
        case "next":
            if day := next_of(days, cursor):
                return day
            message = tr("there is no {what} after {day}", what=step.word, day=day_in_sentence(cursor))
        case "previous":
            if day := previous_of(days, cursor):
                return day
            message = tr("there is no {what} before {day}", what=step.word, day=day_in_sentence(cursor))
    raise ValueError(message)


def _pages(text: str, record: Record, cursor: date) -> list[Target]:
    """Return the tracks and terms with a name that equals the text.

    If there are none, return the tracks and terms with a name that begins with the text.
    """
    tracks, terms = names_of("track", record), names_of("term", record)
    called_tracks, called_terms = names_typed(text, tracks), names_typed(text, terms)
    if called_tracks.whole or called_terms.whole:
        track_ids = called_tracks.ids if called_tracks.whole else ()
        term_ids = called_terms.ids if called_terms.whole or called_terms.first else ()
    else:
        track_ids, term_ids = names_begun(text, tracks), names_begun(text, terms)
    pages = [_to_track(track, record, cursor) for track in track_ids]
    return pages + [_to_term(term, record, cursor) for term in term_ids]


def _others(
    text: str, history: History, index: Index, pages: Sequence[Target], cursor: date
) -> Iterator[Target]:
    """Yield meetings, then tracks and terms whose name contains the text, and then the search results.

    Tracks and terms in ``pages`` are left out. The search results are sorted, best first.
    """
    if not fold(text):
        return
    record = history.record
    for stop in history.meeting_stops:
        meeting = stop.meeting
        if matches(text, (meeting.name, meeting.short, *meeting.aliases)):
            yield _to_meeting(stop)
    matching = [
        _to_track(track, record, cursor)
        for track, names in names_of("track", record).items()
        if matches(text, names)
    ]
    matching += [
        _to_term(term, record, cursor)
        for term, names in names_of("term", record).items()
        if matches(text, names)
    ]
    yield from (target for target in matching if target not in pages)
    for event_index in index.hits(Filter(text=text)):
        event = history.record.events[event_index]
        yield Target(event.day, event.title, event)


def _to_track(track: str, record: Record, day: date) -> Target:
    return Target(day, record.tracks[track].name, record.tracks[track])


def _to_term(term: str, record: Record, day: date) -> Target:
    return Target(day, record.terms[term].term, record.terms[term])


def _to_meeting(stop: Stop) -> Target:
    return Target(stop.day, stop.meeting.name, stop)
