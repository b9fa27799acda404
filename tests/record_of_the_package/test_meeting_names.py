"""Meeting names are shown from the day of the first plan, so a name must not reveal later facts."""

import re
from calendar import month_name
from datetime import date, timedelta

from kjtui.history.snapshot import History
from kjtui.record.model import Event

_MONTHS = month_name[1:]
_OFFICES = {"Foreign", "Prime"}
"""Words in the names of ministries and official residences. These words do not name a place."""


def _told(step: Event) -> set[str]:
    """Return the words with which an event reports the place and the days of a meeting."""
    assert step.meeting
    days: set[str] = set()
    for day in (step.meeting.starts, step.meeting.ends):
        if day:
            days |= _words_of(day.text)
    return days | set(re.findall(r"[A-Z]\w{3,}", step.meeting.place or "")) - _OFFICES


def _words_of(day: str) -> set[str]:
    """Return the month and the day of a partial date.

    For a week, return only its month. Return nothing if the week extends over two months.
    """
    if found := re.fullmatch(r"(\d{4})-W(\d\d)", day):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        sunday = monday + timedelta(days=6)
        return {_MONTHS[monday.month - 1]} if monday.month == sunday.month else set()
    if found := re.match(r"\d{4}-(\d\d)(?:-(\d\d))?", day):
        return {_MONTHS[int(found[1]) - 1], *([str(int(found[2]))] if found[2] else [])}
    return set()


def test_no_name_reveals_a_place_or_a_day_before_it_is_known(package_history: History) -> None:
    ahead = []
    for meeting in package_history.record.meetings.values():
        steps = [
            event
            for event in package_history.record.events
            if event.meeting and event.meeting.id == meeting.id
        ]
        later = set().union(*(_told(step) for step in steps[1:])) - _told(steps[0])
        words = set(re.findall(r"\w+", f"{meeting.name} {meeting.short}"))
        words |= {month for month in _MONTHS if month[:3] in words}
        ahead += [(meeting.id, word) for word in sorted(words & later)]
    assert not ahead
