"""Parse the query string of a page address, which sets the day, event and track to open."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

from msgspec import Struct

from kjtui.history.snapshot import History
from kjtui.languages import tr
from kjtui.record.storage import shorten


class Link(Struct, frozen=True):
    """The day, event and track to open. A missing or invalid value is ``None`` or empty.

    ``event`` is an index into the events of the record. If there is an event, ``day`` is its day. ``faults``
    are one-line messages about invalid values.
    """

    day: date | None = None
    event: int | None = None
    track: str = ""
    faults: tuple[str, ...] = ()


def parse_link(query: str, history: History) -> Link:
    """Parse a query string such as ``date=2019-07-04&track=photoresist`` or ``event=ID``."""
    given = {key: values[0] for key, values in parse_qs(query).items()}
    faults = []
    day = None
    if "date" in given:
        day = _parse_day(given["date"])
        if day is None:
            faults.append(tr("there is no day {typed!r}", typed=_short(given["date"])))
        elif not history.first_day <= day <= history.last_day:
            from kjtui.find.day_parser import outside_record  # slow: compiles many patterns

            faults.append(outside_record(day, history.first_day, history.last_day))
            day = None
    event = None
    if "event" in given:
        event = history.index_of(given["event"])
        if event is None:
            faults.append(tr("there is no event {typed!r}", typed=_short(given["event"])))
        else:
            day = history.record.events[event].day
    track = given.get("track", "")
    if track and track not in history.record.tracks:
        faults.append(tr("there is no track {typed!r}", typed=_short(track)))
        track = ""
    return Link(day, event, track, tuple(faults))


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
    except ValueError:
        return None


def _short(text: str) -> str:
    return shorten(text)[:40]
