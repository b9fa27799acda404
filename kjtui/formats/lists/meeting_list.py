"""The list of meetings."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kjtui.find.filter import Filter
from kjtui.find.query import parse_query
from kjtui.find.word_match import matches
from kjtui.formats.json.meeting_json import MeetingJson, meeting_json
from kjtui.formats.json.record_json import DatasetJson, dataset_json
from kjtui.formats.lists.listing import AsOf, Column, Listing, any_fits, named_first, seen_from, strings
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import History
from kjtui.languages import join_clauses, labelled, tr
from kjtui.record.model import Event
from kjtui.record.partial_date import PartialDate, day_text
from kjtui.words import labels, meeting_words


class ListedMeetingJson(MeetingJson):
    """A meeting in a list. ``known`` is the day on which the dates of the meeting became public."""

    known: date


class MeetingsJson(Struct):
    """A list of meetings."""

    schema: Literal["kjtui/meetings/1"]
    as_of: AsOf
    dataset: DatasetJson
    meetings: list[ListedMeetingJson]


def meeting_listing(history: History, event_filter: Filter, *, series: str = "", status: str = "") -> Listing:
    """Return a list of the meetings that match a filter, sorted by first day."""
    snapshot = seen_from(history, event_filter)
    query = parse_query(event_filter.text, history.record)
    filters = list(query.filters)
    if event_filter.track:
        filters.append(Filter(track=event_filter.track))
    items: list[ListedMeetingJson] = []
    days: dict[str, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    for state in snapshot.meetings.known:
        if not _fits(state, event_filter, series, status):
            continue
        if not any_fits(state.events, filters, history.record):
            continue
        item, dates = _listed_meeting(state), meeting_words.days(state)
        if matches(query.words, (*strings(item), state.meeting.short, *state.meeting.aliases, dates)):
            items.append(item)
            days[item.id] = dates
            names[item.id] = (state.meeting.name, state.meeting.short, *state.meeting.aliases)
    items = named_first(query.words, items, lambda meeting: names[meeting.id])
    return Listing(
        "meetings",
        items,
        (
            Column("when", lambda meeting: days[meeting.id]),
            Column("known", _later),
            Column("id", lambda meeting: meeting.id),
            Column("state", lambda meeting: labels.spoken(meeting.status)),
            Column("level", lambda meeting: meeting.level or "–"),
            Column("name", lambda meeting: meeting.name),
            Column("outcome", lambda meeting: meeting.outcome or "–", "meeting"),
            Column("place", lambda meeting: meeting.place or "–"),
            Column("heads", _heads),
        ),
        (
            *("id", "name", "series", "round", "part_of", "status", "starts", "ends", "known", "form"),
            *("place", "level", "heads", "agenda", "outcome", "events"),
        ),
        MeetingsJson("kjtui/meetings/1", snapshot.day, dataset_json(history.record), items),
    )


def _fits(state: MeetingState, event_filter: Filter, series: str, status: str) -> bool:
    """Return whether a meeting has the requested series, status, level and dates.

    An empty value matches all.
    """
    if series and state.meeting.series != series:
        return False
    if status and state.status != status:
        return False
    if event_filter.level and state.level != event_filter.level:
        return False
    if status == "planned":  # planned meetings lie after the filter's last day
        event_filter = replace(event_filter, last=None)
    return _within(state, event_filter)


def _within(state: MeetingState, event_filter: Filter) -> bool:
    """Return whether the dates of a meeting overlap the date range of a filter."""
    if not (event_filter.first or event_filter.last):
        return True
    if state.starts is None:
        return False
    last_day = (state.ends or state.starts).last
    too_early = event_filter.first is not None and last_day < event_filter.first
    too_late = event_filter.last is not None and state.starts.first > event_filter.last
    return not (too_early or too_late)


def _listed_meeting(state: MeetingState) -> ListedMeetingJson:
    fields = msgspec.structs.asdict(meeting_json(state))
    return ListedMeetingJson(**fields, known=known_day(state))


def known_day(state: MeetingState) -> date:
    """Return the day on which the current dates of a meeting became public."""
    if state.starts is not None:
        for event in state.events:
            starts = _start_by(event)
            if starts is not None and starts.first == state.starts.first:
                return event.day
    return state.events[0].day


def _start_by(event: Event) -> PartialDate | None:
    """Return the start of a meeting as reported by an event, or ``None`` if the event reports no start.

    If an event opens or closes a meeting without reporting a start, the date of the event is the start.
    """
    step = event.meeting
    if step is None:
        return None
    if step.starts is None and step.phase in ("opened", "closed"):
        return event.date
    return step.starts


def _later(meeting: ListedMeetingJson) -> str:
    """Return a phrase with the day on which the dates of a meeting became public.

    If this was not after the first day of the meeting, return a dash.
    """
    if meeting.starts and meeting.starts.exact and meeting.known > meeting.starts.first:
        return tr("known {day}", day=day_text(meeting.known))
    return "–"


def _heads(meeting: ListedMeetingJson) -> str:
    """Return the heads of the delegations.

    If the meeting was held and no heads are known, return "not reported".
    """
    if meeting.heads:
        return join_clauses(labelled(name, text) for name, text in meeting.heads.items())
    return tr("not reported") if meeting.status == "held" else "–"
