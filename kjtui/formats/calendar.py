"""Write the whole record as iCalendar (RFC 5545): its events and meetings as all-day entries.

This module needs the ``icalendar`` library, which the extra ``ics`` installs. The timestamps of entries come
from the record, so the same store gives the same bytes. Entries keep their ids, so importing a later export
updates the entries instead of duplicating them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

import icalendar

from kjtui.documents.block_builders import cite, cited_title, remarks
from kjtui.documents.block_types import Inline, Paragraph
from kjtui.documents.document import number
from kjtui.history.meetings import MeetingState, Status
from kjtui.history.snapshot import History, Snapshot
from kjtui.languages import join_clauses, join_items, labelled, tr, tr_context
from kjtui.record.model import Event, Record
from kjtui.record.partial_date import PartialDate, day_text
from kjtui.words import labels, meeting_words, record_words, source_words
from kjtui.words.addresses import web_address

STATUS: Mapping[Status, str] = {
    "planned": "TENTATIVE",
    "under-way": "CONFIRMED",
    "held": "CONFIRMED",
    "cancelled": "CANCELLED",
}
"""The iCalendar status of a meeting."""

_TITLE, _ABOUT = ("name", "x-wr-calname"), ("description", "x-wr-caldesc")
"""The property names of RFC 7986, and the older property names that more programs read."""


def calendar(history: History) -> str:
    """Return a calendar of all events, and of all meetings as known at the end of the record.

    If an entry has only a month instead of a day, the entry spans the whole month, and its description says
    so. iCalendar requires a date, so meetings without a date are only named in the description of the
    calendar.
    """
    record = history.record
    snapshot = history.snapshot(history.last_day)
    meetings = snapshot.meetings.known
    dated = {state.meeting.id: state.starts for state in meetings if state.starts}
    undated = [state.meeting.name for state in meetings if state.meeting.id not in dated]
    about = "\n".join(_about(record, undated))
    result = icalendar.Calendar()
    result.add("prodid", "-//kjtui//kjtui//EN")
    result.add("version", "2.0")
    for names, text in ((_TITLE, record.dataset.title), (_ABOUT, about)):
        for name in names:
            result.add(name, icalendar.vText(text))
    for event in record.events:
        entry = _event(event, snapshot)
        if event.meeting and event.meeting.id in dated:
            entry.add("related-to", _uid(record, "meetings", event.meeting.id))
        result.add_component(entry)
    for state in meetings:
        if state.meeting.id in dated:
            result.add_component(_meeting(state, dated[state.meeting.id], snapshot))
    written: bytes = result.to_ical()
    return written.decode()


def _about(record: Record, undated: list[str]) -> Iterable[str]:
    """Yield sentences about the record, and a sentence that names the meetings without an entry."""
    dataset = record.dataset
    if dataset.notice:
        yield dataset.notice
    if undated:
        yield tr(
            "Not in this calendar, because no date is known: {meetings}.", meetings=join_clauses(undated)
        )
    yield record_words.reviewed(dataset)
    yield f"Data: {record_words.data(record)}"
    yield f"Again: {record_words.command(record, 'export', '--format', 'icalendar')}"


def _event(event: Event, snapshot: Snapshot) -> icalendar.Event:
    record = snapshot.record
    title = event.title
    if snapshot.is_disputed(event):
        title = f"{title} {labels.DISPUTED}"
    entry = _entry(_uid(record, "events", event.id), event.date, event.end, record)
    entry.add("summary", title)
    entry.add("categories", [event.kind])
    entry.add("status", "CONFIRMED")
    _describe(entry, _event_paragraphs(event, snapshot), record)
    return entry


def _event_paragraphs(event: Event, snapshot: Snapshot) -> Iterable[Inline]:
    """Yield the paragraphs about an event.

    The order is: summary with its citation, remarks, precision of the dates, time, and last days of effects.
    """
    summary = f"{event.summary} " if event.summary else labelled(tr("Sources"))
    yield summary, cite(event, snapshot)
    for remark in remarks(event, snapshot):
        sign = f"{remark.sign} " if remark.sign else ""
        yield sign, *remark.text
    for text in _precisions(event.date, event.end):
        yield (text,)
    if event.time:
        yield (labelled(tr("Time"), event.time),)
    for text in _last_days(event, snapshot.record):
        yield (text,)


def _last_days(event: Event, record: Record) -> Iterable[str]:
    """Yield a text for each effect with a last day: the last day, and the following state if it is set."""
    for effect in event.effects:
        if effect.until is None:
            continue
        track = record.tracks[effect.track]
        state = track.state(effect.state).label
        text = tr("{state} until {day}", state=state, day=day_text(effect.until))
        if effect.then:
            text = join_items((text, tr("then {state}", state=track.state(effect.then).label)))
        yield labelled(track.name, text)


def _meeting(state: MeetingState, starts: PartialDate, snapshot: Snapshot) -> icalendar.Event:
    record = snapshot.record
    entry = _entry(_uid(record, "meetings", state.meeting.id), starts, state.ends, record)
    entry.add("summary", state.meeting.name)
    entry.add("categories", ["meeting", state.meeting.series])
    entry.add("status", STATUS[state.status])
    if state.place:
        entry.add("location", state.place)
    _describe(entry, _meeting_paragraphs(state, starts, snapshot), record)
    return entry


def _meeting_paragraphs(state: MeetingState, starts: PartialDate, snapshot: Snapshot) -> Iterable[Inline]:
    """Yield the paragraphs about a meeting.

    The order is: status, details, precision of the dates, and the events about the meeting with citations.
    """
    yield (labelled(tr_context("meeting", "Status"), meeting_words.status(state, snapshot.day)),)
    for name, text in meeting_words.rows(state):
        if text:
            yield (labelled(name, text),)
    for text in _precisions(starts, state.ends):
        yield (text,)
    for event in state.events:
        yield f"{event.date.text} ", *cited_title(event, snapshot)


def _entry(uid: str, starts: PartialDate, ends: PartialDate | None, record: Record) -> icalendar.Event:
    """Return an all-day entry that does not mark its days as busy."""
    entry = icalendar.Event()
    entry.add("uid", uid)
    reviewed = datetime.combine(record.dataset.reviewed, time(), UTC)
    entry.add("dtstamp", reviewed)
    entry.add("last-modified", reviewed)
    entry.add("sequence", sequence(record.dataset.version))
    entry.add("dtstart", starts.first)
    last = max(starts.first, (ends or starts).last)
    if last < date.max:  # Python has no later day
        entry.add("dtend", last + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    return entry


def sequence(version: str) -> int:
    """Return the sequence number of a version. Programs accept updates if the number increases.

    Only the first three numbers of the version are used, as in ``2026.11.6``. The result fits in 31 bits, as
    clients expect.
    """
    parts = [int(number) for number in re.findall(r"\d{1,9}", version)[:3]]
    major, minor, patch = (*parts, 0, 0, 0)[:3]
    if major > 1_000_000:  # the version is a date such as 20261130
        return min(major, 2**31 - 1)
    return min(major * 1_000_000 + minor * 1_000 + patch, 2**31 - 1)


def _describe(entry: icalendar.Event, texts: Iterable[Inline], record: Record) -> None:
    """Add a description to an entry, with a list of the cited sources.

    The first web address in this list becomes the link of the entry.
    """
    paragraphs, ids = number(map(Paragraph, texts))
    sources = [record.sources[source] for source in ids]
    lines = ["".join(map(str, paragraph.text)) for paragraph in paragraphs]
    lines.append("")
    for position, source in enumerate(sources, 1):
        title = labelled(source_words.published(source), source_words.title(source))
        lines.append(f"[{position}] {title} {source.url}".strip())
    entry.add("description", "\n".join(lines).strip())
    addresses = [address for source in sources if (address := web_address(source.url))]
    if addresses:
        entry.add("url", addresses[0])


def _precisions(*dates: PartialDate | None) -> Iterable[str]:
    """Yield a sentence about the precision of each date whose day is not known."""
    for when in dates:
        if when is None or when.exact:
            continue
        match len(when.text):
            case 4:  # 2020
                yield tr("Known only to the year: {year}", year=when)
            case 7:  # 2020-03
                yield tr("Known only to the month: {month}", month=when)
            case _:  # 2020-W11
                yield tr("Known only to the week: {week}", week=when)


def _uid(record: Record, table: str, identity: str) -> str:
    """Return a unique id for an event or a meeting. It changes only if the title of the record changes."""
    return f"{identity}@{table}.{uuid5(NAMESPACE_URL, f'kjtui:{record.dataset.title}')}"
