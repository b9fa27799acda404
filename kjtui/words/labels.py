"""Phrases and signs for what a snapshot holds, the same on screen and in exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kjtui.history.fold import Pending, Run, Standing, is_decided
from kjtui.history.meetings import MeetingState
from kjtui.history.outcomes import Outcome
from kjtui.record.model import Dataset, Effect, Event, Point, Record, Series, Source, State, Tone
from kjtui.record.partial_date import LONG_MONTHS, WEEKDAYS, day_text
from kjtui.words.wrap import cells

SYMBOLS: Mapping[Tone, str] = {
    "free": "○",
    "eased": "◐",
    "controlled": "●",
    "idle": "◌",
    "open": "□",
    "advanced": "▣",
    "closed": "■",
}
TONE_WORDS: Mapping[Tone, str] = {
    "free": "free",
    "eased": "eased",
    "controlled": "controlled",
    "idle": "at rest",
    "open": "open",
    "advanced": "advanced",
    "closed": "closed",
}
DISPUTED = "!"
"""The sign of an event on which sources disagree."""
PENDING = "▸"
"""The sign of a state that is decided and not in force yet."""
PROPOSED = "▹"
"""The sign of a state that is proposed, announced or in talks."""

_MONTHS_FROM = 31
"""The age in days from which it is given in months."""


def spoken(value: str) -> str:
    """Return a status, stage or form as people write it: ``under-way`` as "under way"."""
    return value.replace("-", " ")


def tones(states: Iterable[State]) -> tuple[Tone, ...]:
    """Return the tones of states, each once, in the order of the legend."""
    used = {state.tone for state in states}
    return tuple(tone for tone in SYMBOLS if tone in used)


def record_tones(record: Record) -> tuple[Tone, ...]:
    """Return the tones that any state of a record has, in the order of the legend."""
    return tones(state for track in record.tracks.values() for state in track.states)


def legend(standings: Iterable[Standing]) -> list[str]:
    """Return the meaning of each sign; of the tones, only those of these standings."""
    used = tones(standing.state for standing in standings)
    signs = [f"{SYMBOLS[tone]} {TONE_WORDS[tone]}" for tone in used]
    return [*signs, f"{PENDING} decided", f"{PROPOSED} undecided", f"{DISPUTED} disputed"]


def long_day(day: date) -> str:
    """Return a day as ``Tuesday 10 March 2020``, the same in every locale."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def short_weekday(day: date) -> str:
    """Return the weekday of a day in three letters, the same in every locale."""
    return WEEKDAYS[day.weekday()][:3]


def header_day(day: date) -> str:
    """Return a day as ``Tue 10 March 2020``, the same in every locale."""
    return f"{short_weekday(day)} {day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def day_near(day: date, other: date) -> str:
    """Return a day as ``10 Mar``, with its year if ``other`` is in another one."""
    text = day_text(day)
    return text.rpartition(" ")[0] if day.year == other.year else text


def run_days(run: Run) -> str:
    """Return the first and the last day of a run, as far as they are known."""
    first = "" if run.first == date.min else day_text(run.first)
    if run.last is None:
        return f"since {first}" if first else "always"
    return f"{first} – {day_text(run.last)}" if first else f"until {day_text(run.last)}"


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


def held(standing: Standing, day: date) -> str:
    """Return since when a standing has held and, if it has outlived its last day, which day that was."""
    return ", ".join(part for part in (since(standing), overdue(standing, day)) if part)


def until(standing: Standing) -> str:
    """Return the last day of a standing by its own text, as "until 31 Mar 2020"; empty if none is set."""
    return f"until {day_text(standing.until)}" if standing.until else ""


def overdue(standing: Standing, day: date) -> str:
    """Return that the last day of a standing has passed without a word; empty otherwise."""
    if not standing.is_overdue(day):
        return ""
    if any(entry.event.day > standing.until for entry in standing.pending if standing.until):
        return f"{until(standing)}; no decision recorded since"
    return f"{until(standing)}; nothing recorded since"


def state_until(standing: Standing, day: date) -> str:
    """Return the label of a standing's state, with its last day as long as that has not passed."""
    if standing.until is None or standing.is_overdue(day):
        return standing.state.label
    return f"{standing.state.label} {until(standing)}"


def signed_state(standing: Standing, day: date) -> str:
    """Return the symbol of a standing's state before :func:`state_until`."""
    return f"{SYMBOLS[standing.state.tone]} {state_until(standing, day)}"


def until_forms(standing: Standing, day: date) -> tuple[str, str, str, str]:
    """Return the last day of a standing as seen from ``day``, longest form first; empty if none is set."""
    if standing.until is None:
        return "", "", "", ""
    near = day_near(standing.until, day)
    if standing.is_overdue(day):
        return overdue(standing, day), f"until {near}, passed", f"until {near}?", "?"
    return until(standing), f"until {near}", f"–{near}", ""


def since_day(standing: Standing, day: date) -> str:
    """Return since when a standing has held, in at most 11 cells; empty if the record does not know."""
    if standing.since == day:
        return "today"
    if standing.since:
        return day_text(standing.since)
    initial = standing.track.initial.since
    return f"since {initial.text[:4]}" if initial else ""


def state(value: State) -> str:
    """Return the symbol and the label of a state."""
    return f"{SYMBOLS[value.tone]} {value.label}"


def short_state(state: State) -> str:
    """Return the short form of a state if the label begins with it: at every width the words are the same."""
    return state.short if state.short and state.label.startswith(state.short) else state.label


def pending(entry: Pending, day: date) -> str:
    """Return a pending state in one line, without its event."""
    if not is_firm(entry):
        return f"{entry.state.label}: {spoken(entry.stage)}{_meant_for(entry, day)}"
    last = f", until {day_text(entry.until)}" if entry.until else ""
    if entry.in_force is None:
        return f"{entry.state.label}: adopted, day not set{last}"
    return f"{entry.state.label}: set for {day_text(entry.in_force)}{last}"


def _meant_for(entry: Pending, day: date) -> str:
    """Return the day that an undecided state is meant for, and whether that day has passed."""
    if entry.meant_for is None:
        return ""
    passed = " (passed)" if entry.is_overdue(day) else ""
    return f" for {day_text(entry.meant_for)}{passed}"


def expected(outcome: Outcome) -> str:
    """Return what was expected: the state and the day for which it was set or meant."""
    entry = outcome.pending
    day = outcome.expected
    if day is None:
        return f"{entry.state.label}: {spoken(entry.stage)}, day not set"
    words = "set for" if is_firm(entry) else f"{spoken(entry.stage)} for"
    return f"{entry.state.label}: {words} {day_text(day)}"


def fate(outcome: Outcome) -> str:
    """Return what became of a pending state, without the event behind it."""
    day = day_text(outcome.day) if outcome.day else ""
    if outcome.fate == "took-effect":
        return f"took effect on {day}, after {days(outcome.days or 0)}"
    if outcome.fate == "replaced":
        return f"replaced on {day}"
    if outcome.fate == "dropped":
        return f"dropped on {day}"
    return "its day passed without a word" if outcome.fate == "lapsed" else "still open"


def number(value: float) -> str:
    """Return a figure with commas between thousands: ``38,339`` or ``1.5``."""
    return f"{value:,}".removesuffix(".0")


def latest(series: Series) -> Point:
    """Return the figure of the latest time; of several, the one published last."""
    return max(series.points, key=lambda point: (point.period.last, point.published))


def figure(series: Series, point: Point) -> str:
    """Return a figure with its unit and its time."""
    return f"{number(point.value)} {series.unit} ({point.period}{', derived' if point.derived else ''})"


def is_firm(entry: Pending) -> bool:
    """Return whether a pending state is decided."""
    return is_decided(entry.stage)


def pending_sign(entry: Pending) -> str:
    """Return the sign of a pending state, which tells how firm it is."""
    return PENDING if is_firm(entry) else PROPOSED


def signed_pending(entry: Pending, day: date) -> str:
    """Return a pending state in one line, behind its sign."""
    return f"{pending_sign(entry)} {pending(entry, day)}"


def pending_forms(entry: Pending, day: date) -> tuple[str, str, str, str]:
    """Return a pending state as seen from ``day`` with its sign, from the longest form to the shortest."""
    sign, name = pending_sign(entry), short_state(entry.state)
    if entry.in_force and is_firm(entry):
        near = day_near(entry.in_force, day)
        return (
            f"{sign} {entry.state.label} on {day_text(entry.in_force)}",
            f"{sign} {name} {near}",
            f"{sign}{near}",
            sign,
        )
    stage = "day not set" if is_firm(entry) else f"{spoken(entry.stage)}{_meant_for(entry, day)}"
    return (f"{sign} {entry.state.label}: {stage}", f"{sign} {name}: {stage}", f"{sign} {name}", sign)


def stage(effect: Effect) -> str:
    """Return how firm an effect is, with the day it is set or meant for and its last day."""
    day = ""
    if effect.in_force:
        words = {"adopted": ", set for", "in-force": " from"}.get(effect.stage, " for")
        day = f"{words} {day_text(effect.in_force)}"
    last = f", until {day_text(effect.until)}" if effect.until else ""
    return f"{spoken(effect.stage)}{day}{last}"


def meeting_status(state: MeetingState, day: date) -> str:
    """Return the status of a meeting as seen from a day, also that a planned one was not reported."""
    if state.is_overdue(day):
        return f"planned for {meeting_dates(state)}; no report"
    return spoken(state.status)


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


def meeting_dates(state: MeetingState) -> str:
    """Return the dates of a meeting without the times of day."""
    first, last = state.first_day, state.last_day
    if first is None or last is None:
        return meeting_days(state)
    if first == last:
        return day_text(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


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
    later = " (later than this day)" if day and source.is_later(day) else ""
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
    from shlex import quote

    store = f" --store {quote(record.store)}" if record.store else ""
    return f"kjtui {' '.join(map(quote, words))}{store}"
