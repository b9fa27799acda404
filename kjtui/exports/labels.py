"""The words and signs for what a snapshot holds, the same on screen and in exports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from shlex import quote

from kjtui.exports.wrap import cells
from kjtui.history.fold import Pending, Standing
from kjtui.history.meetings import MeetingState
from kjtui.record.model import Dataset, Event, Record, Source, State, Tone
from kjtui.record.partial_date import LONG_MONTHS, day_text

SYMBOLS: Mapping[Tone, str] = {"free": "○", "eased": "◐", "controlled": "●", "idle": "◌"}
TONE_WORDS: Mapping[Tone, str] = {
    "free": "free",
    "eased": "eased",
    "controlled": "controlled",
    "idle": "at rest",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DISPUTED = "!"
"""The sign of an event on which sources disagree."""
PENDING = "▸"
"""The sign of a state that was proposed or adopted and is not in force."""

_MONTHS_FROM = 31
"""Days from which on an age is told in months."""


def spoken(value: str) -> str:
    """A status, stage or form as people say it: ``under-way`` is "under way"."""
    return value.replace("-", " ")


def legend() -> list[str]:
    """What each sign means."""
    tones = [f"{symbol} {TONE_WORDS[tone]}" for tone, symbol in SYMBOLS.items()]
    return [*tones, f"{PENDING} pending", f"{DISPUTED} sources disagree"]


def long_day(day: date) -> str:
    """``Tuesday 10 March 2020``, the same in every locale."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def days(count: int) -> str:
    """A number of days in words."""
    return f"{count:,} day" if count == 1 else f"{count:,} days"


def age(since: date, day: date) -> str:
    """How long ago in few cells: ``today``, ``30 d``, later ``20 mo``, whole months, which seldom change."""
    days = (day - since).days
    if days < _MONTHS_FROM:
        return f"{days} d" if days else "today"
    months = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
    return f"{months:,} mo"


def actors(event: Event, width: int) -> str:
    """The codes of those who acted; where they are too wide, the first and how many more."""
    together = " ".join(event.actors)
    return together if cells(together) <= width else f"{event.actors[0]} +{len(event.actors) - 1}"


def since(standing: Standing) -> str:
    """From when a standing has held, as far as the record knows."""
    initial = standing.track.initial.since
    if standing.because is None:
        return f"since {initial}" if initial else "as before the record"
    return f"since {day_text(standing.since)}" if standing.since else ""


def state(value: State) -> str:
    """Symbol and word of a state."""
    return f"{SYMBOLS[value.tone]} {value.label}"


def pending(entry: Pending) -> str:
    """What is still to come, in one line without its event."""
    if entry.stage == "proposed":
        return f"{entry.state.label}: proposed"
    if entry.in_force is None:
        return f"{entry.state.label}: adopted, day not set"
    return f"{entry.state.label}: set for {day_text(entry.in_force)}"


def meeting_days(state: MeetingState) -> str:
    """When a meeting is or was: as much as is known."""
    if state.starts is None:
        return "day not set"
    start, end = state.starts, state.ends
    if end is None or end.text == start.text:
        return str(start)
    if end.exact and start.exact and end.first == start.first and end.time:
        return f"{start}–{end.time}" if start.time else f"{start}, to {end.time}"
    if start.exact and end.exact and not (start.time or end.time) and start.text[:7] == end.text[:7]:
        return f"{start.first.day}–{end}"
    return f"{start} – {end}"


def meeting_form(state: MeetingState) -> str:
    """How, at what level and where, as much as is known."""
    form = spoken(state.form or "")
    return " · ".join(part for part in (form, state.level and f"{state.level} level", state.place) if part)


def meeting_rows(state: MeetingState) -> list[tuple[str, str]]:
    """What is known of a meeting, each under its name; empty where it is not known."""
    return [
        ("When", meeting_days(state)),
        ("How", meeting_form(state)),
        *state.heads.items(),
        ("Agenda", state.agenda),
        ("Outcome", state.outcome),
    ]


def published(source: Source, day: date | None = None) -> str:
    """Who published a source and when; it tells where that was after a day."""
    later = " (later than this day)" if day and source.date and source.date.first > day else ""
    return f"{source.publisher}, {source.date.text if source.date else 'undated'}{later}"


def title(source: Source) -> str:
    """The title of a source; it tells where what is cited is a machine translation."""
    return f"{source.title}{' (machine translation)' if source.machine_translated else ''}"


def outside(day: date, dataset: Dataset) -> str:
    """That a day lies outside the coverage; empty where it does not."""
    if day in dataset.coverage:
        return ""
    covered = f"{dataset.coverage.first} to {dataset.coverage.last}"
    return f"{day} lies OUTSIDE THE COVERAGE of the record, {covered}: it may lack events."


def reviewed(dataset: Dataset) -> str:
    """What the record covers, and when it was last read against its sources."""
    coverage = dataset.coverage
    return f"Coverage {coverage.first} to {coverage.last}, reviewed {dataset.reviewed}."


def data(record: Record) -> str:
    """Which record a text was drawn from."""
    return f"{record.dataset.title}, version {record.dataset.version}, sha256 {record.digest}"


def command(record: Record, *words: str) -> str:
    """The command that prints a text again."""
    store = f" --store {quote(record.store)}" if record.store else ""
    return f"kjtui {' '.join(map(quote, words))}{store}"
