"""Phrases and signs for what a snapshot holds, the same on screen and in exports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from shlex import quote

from kjtui.exports.wrap import cells
from kjtui.history.fold import RANK, Pending, Standing
from kjtui.history.meetings import MeetingState
from kjtui.record.model import Dataset, Event, Point, Record, Series, Source, State, Tone
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
"""The sign of a state that is not in force yet."""

_MONTHS_FROM = 31
"""The age in days from which it is given in months."""


def spoken(value: str) -> str:
    """Return a status, stage or form as people write it: ``under-way`` as "under way"."""
    return value.replace("-", " ")


def legend() -> list[str]:
    """Return each sign with its meaning."""
    tones = [f"{symbol} {TONE_WORDS[tone]}" for tone, symbol in SYMBOLS.items()]
    return [*tones, f"{PENDING} pending", f"{DISPUTED} sources disagree"]


def long_day(day: date) -> str:
    """Return a day as ``Tuesday 10 March 2020``, the same in every locale."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def days(count: int) -> str:
    """Return a number of days with its unit."""
    return f"{count:,} day" if count == 1 else f"{count:,} days"


def age(since: date, day: date) -> str:
    """Return an age in few cells: ``today``, ``30 d``, later ``20 mo``; whole months change rarely."""
    days = (day - since).days
    if days < _MONTHS_FROM:
        return f"{days} d" if days else "today"
    months = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
    return f"{months:,} mo"


def actors(event: Event, width: int) -> str:
    """Return the codes of the actors, or the first and the number of others if they are too wide."""
    together = " ".join(event.actors)
    return together if cells(together) <= width else f"{event.actors[0]} +{len(event.actors) - 1}"


def since(standing: Standing) -> str:
    """Return since when a standing has held, as far as the record knows."""
    initial = standing.track.initial.since
    if standing.because is None:
        return f"since {initial}" if initial else "as before the record"
    return f"since {day_text(standing.since)}" if standing.since else ""


def state(value: State) -> str:
    """Return the symbol and the label of a state."""
    return f"{SYMBOLS[value.tone]} {value.label}"


def pending(entry: Pending) -> str:
    """Return a pending state in one line, without its event."""
    if RANK[entry.stage] < RANK["adopted"]:
        return f"{entry.state.label}: {spoken(entry.stage)}"
    if entry.in_force is None:
        return f"{entry.state.label}: adopted, day not set"
    return f"{entry.state.label}: set for {day_text(entry.in_force)}"


def number(value: float) -> str:
    """Return a figure with commas between thousands: ``38,339`` or ``1.5``."""
    return f"{value:,}".removesuffix(".0")


def latest(series: Series) -> Point:
    """Return the figure of the latest time; of several, the one published last."""
    return max(series.points, key=lambda point: (point.period.last, point.published))


def figure(series: Series, point: Point) -> str:
    """Return a figure with its unit and its time."""
    return f"{number(point.value)} {series.unit} ({point.period}{', derived' if point.derived else ''})"


def meeting_days(state: MeetingState) -> str:
    """Return the dates of a meeting as far as they are known."""
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
    """Return the form, level and place of a meeting as far as they are known."""
    form = spoken(state.form or "")
    return " · ".join(part for part in (form, state.level and f"{state.level} level", state.place) if part)


def meeting_rows(state: MeetingState) -> list[tuple[str, str]]:
    """Return what is known of a meeting as name and value; an unknown value is empty."""
    return [
        ("When", meeting_days(state)),
        ("How", meeting_form(state)),
        *state.heads.items(),
        ("Agenda", state.agenda),
        ("Outcome", state.outcome),
    ]


def published(source: Source, day: date | None = None) -> str:
    """Return the publisher and the date of a source, and whether that was later than a day."""
    later = " (later than this day)" if day and source.date and source.date.first > day else ""
    return f"{source.publisher}, {source.date.text if source.date else 'undated'}{later}"


def title(source: Source) -> str:
    """Return the title of a source, marked if what is cited is a machine translation."""
    return f"{source.title}{' (machine translation)' if source.machine_translated else ''}"


def outside(day: date, dataset: Dataset) -> str:
    """Return a caution for a day outside the coverage; empty for a day within it."""
    if day in dataset.coverage:
        return ""
    covered = f"{dataset.coverage.first} to {dataset.coverage.last}"
    return f"{day} lies OUTSIDE THE COVERAGE of the record, {covered}: it may lack events."


def reviewed(dataset: Dataset) -> str:
    """Return what the record covers, and when it was last checked against its sources."""
    coverage = dataset.coverage
    return f"Coverage {coverage.first} to {coverage.last}, reviewed {dataset.reviewed}."


def data(record: Record) -> str:
    """Return which record an export was drawn from."""
    return f"{record.dataset.title}, version {record.dataset.version}, sha256 {record.digest}"


def command(record: Record, *words: str) -> str:
    """Return the command that makes an export again."""
    store = f" --store {quote(record.store)}" if record.store else ""
    return f"kjtui {' '.join(map(quote, words))}{store}"
