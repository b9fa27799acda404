"""Meetings in words: status, days, form and place."""

from __future__ import annotations

from datetime import date

from kjtui.history.meetings import MeetingState
from kjtui.languages import join_items, tr
from kjtui.record.partial_date import day_text, month_name
from kjtui.words import day_words, labels


def status(state: MeetingState, day: date) -> str:
    """Return the status of a meeting in words.

    If the planned dates are before ``day`` and nothing was reported, return the dates and a note.
    """
    if state.is_overdue(day):
        return tr("planned for {days}; no report", days=dates(state))
    return labels.spoken(state.status)


def days(state: MeetingState) -> str:
    """Return the known dates of a meeting."""
    if state.starts is None:
        return tr("day not set")
    start, end = state.starts, state.ends
    if end is None and state.status == "under-way":
        return day_words.since(str(start))
    if end is None or end.text == start.text or end.text == start.first.isoformat():
        return str(start)
    if end.exact and start.exact and end.first == start.first and end.time:
        if start.time:
            return tr("{start}–{end}", start=start, end=end.time)
        return tr("{day}, to {time}", day=start, time=end.time)
    if start.exact and end.exact and not (start.time or end.time) and start.text[:7] == end.text[:7]:
        return _days_of_month(start.first, end.first)
    return tr("{first_day} – {last_day}", first_day=start, last_day=end)


def dates(state: MeetingState) -> str:
    """Return the dates of a meeting without the times of day."""
    first, last = state.first_day, state.last_day
    if first is None or last is None:
        return days(state)
    if state.ends is None and state.status == "under-way":
        return day_words.since(day_text(first))
    if first == last:
        return day_text(last)
    if (first.year, first.month) == (last.year, last.month):
        return _days_of_month(first, last)
    return tr("{first_day} – {last_day}", first_day=day_text(first), last_day=day_text(last))


def has_dates(name: str, state: MeetingState) -> bool:
    """Return whether the name of a meeting includes its dates: "Video session of 12–13 April 2023"."""
    last = state.last_day
    if last is None:
        return False
    return any(text in name for text in (dates(state), day_text(last), day_words.long_day_text(last)))


def named(state: MeetingState) -> str:
    """Return the name and the days of a meeting. The days are omitted if the name includes them."""
    name, when = state.meeting.name, days(state)
    return name if when == dates(state) and has_dates(name, state) else join_items((name, when))


def _days_of_month(first: date, last: date) -> str:
    """Return the first and the last day of a period within a month, as ``10–12 Mar 2020``."""
    month = month_name(last)
    return tr("{first}–{last} {month} {year}", first=first.day, last=last.day, month=month, year=last.year)


def level(name: str) -> str:
    """Return the level of a meeting with a label: "level: leaders"."""
    return tr("level: {level}", level=name)


def form(state: MeetingState) -> str:
    """Return the form, level and place of a meeting. Unknown details are left out."""
    parts = [labels.spoken(state.form or ""), level(state.level) if state.level else "", state.place]
    return " · ".join(part for part in parts if part)


def _form_row(state: MeetingState) -> tuple[str, str]:
    """Return a label, and the form, level and place of a meeting. Unknown details are left out.

    The label depends on which details are known.
    """
    if state.level and not (state.form or state.place):
        return tr("Level"), state.level
    return tr("How") if state.form or state.level else tr("Where"), form(state)


def rows(state: MeetingState) -> list[tuple[str, str]]:
    """Return the details of a meeting as pairs of label and value. An unknown value is empty."""
    return [
        (tr("When"), days(state)),
        _form_row(state),
        *state.heads.items(),
        (tr("Agenda"), state.agenda),
        (tr("Outcome"), state.outcome),
    ]
