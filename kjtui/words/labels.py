"""Phrases and signs for the values of a snapshot, shared by the screen and exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kjtui.history.fold import Pending, Standing, days_held, is_decided
from kjtui.history.meetings import MeetingState
from kjtui.languages import join_items, labelled, noted, tr, tr_context
from kjtui.record.model import Dataset, Effect, Event, Point, Record, Series, Source, State, Tone
from kjtui.record.partial_date import LONG_MONTHS, WEEKDAYS, day_text, month_name
from kjtui.words.wrap import cells

if TYPE_CHECKING:
    from kjtui.history.snapshot import Snapshot

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

SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)

_SHORT_DAY = 11
"""Maximum width of a short day in cells."""

_MONTHS_FROM = 31
"""Minimum age of a state, in days, for showing the age in months."""


def spoken(value: str) -> str:
    """Return a status, stage or form as people write it: ``under-way`` as "under way"."""
    return tr(value.replace("-", " "))


def tones(states: Iterable[State]) -> tuple[Tone, ...]:
    """Return the tones of states without duplicates, in the order of the legend."""
    used = {state.tone for state in states}
    return tuple(tone for tone in SYMBOLS if tone in used)


def tone_word(tone: Tone) -> str:
    """Return the name of a tone."""
    return tr_context("tone", TONE_WORDS[tone])


def record_tones(record: Record) -> tuple[Tone, ...]:
    """Return the tones that any state of a record has, in the order of the legend."""
    return tones(state for track in record.tracks.values() for state in track.states)


def sign_name(sign: str) -> str:
    """Return the meaning of the sign of a tone or of a pending state."""
    for tone, symbol in SYMBOLS.items():
        if symbol == sign:
            return tone_word(tone)
    return tr("decided") if sign == PENDING else tr("undecided")


def legend(standings: Iterable[Standing]) -> list[str]:
    """Return the meaning of each sign, omitting tones that these standings lack."""
    used = tones(standing.state for standing in standings)
    signs = [f"{SYMBOLS[tone]} {tone_word(tone)}" for tone in used]
    decided, undecided, disputed = tr("decided"), tr("undecided"), tr("disputed")
    return [*signs, f"{PENDING} {decided}", f"{PROPOSED} {undecided}", f"{DISPUTED} {disputed}"]


def long_day(day: date) -> str:
    """Return a day as ``Tuesday 10 March 2020``, the same in every locale."""
    return _day_with_weekday(tr(WEEKDAYS[day.weekday()]), tr(LONG_MONTHS[day.month - 1]), day)


def short_weekday(day: date) -> str:
    """Return the weekday of a day in three letters, the same in every locale."""
    return tr(SHORT_WEEKDAYS[day.weekday()])


def header_day(day: date) -> str:
    """Return a day as ``Tue 10 March 2020``, the same in every locale."""
    return _day_with_weekday(short_weekday(day), tr(LONG_MONTHS[day.month - 1]), day)


def long_day_text(day: date) -> str:
    """Return a day as ``10 March 2020``, the same in every locale."""
    month = tr(LONG_MONTHS[day.month - 1])
    return tr("{day} {month} {year}", day=day.day, month=month, year=day.year)


def day_with_weekday(day: date) -> str:
    """Return a day as ``Tue 10 Mar 2020``, the same in every locale."""
    return _day_with_weekday(short_weekday(day), month_name(day), day)


def _day_with_weekday(weekday: str, month: str, day: date) -> str:
    return tr("{weekday} {day} {month} {year}", weekday=weekday, day=day.day, month=month, year=day.year)


def day_near(day: date, other: date) -> str:
    """Return a day as ``10 Mar``, with its year if ``other`` is in another one."""
    if day.year != other.year:
        return day_text(day)
    return tr("{day} {month}", day=day.day, month=month_name(day))


def short_day(day: date) -> str:
    """Return a day in at most 11 cells: ``10 Mar 2020``, or ``2020-03-10`` if the language needs more."""
    text = day_text(day)
    return text if cells(text) <= _SHORT_DAY else day.isoformat()


def short_date(event: Event) -> str:
    """Return the date of an event in at most 11 cells, a partial date as in the store."""
    return short_day(event.day) if event.date.exact else event.date.text


def days(count: int) -> str:
    """Return a number of days with its unit."""
    if count == 1:
        return tr("1 day")
    return tr("{count} days", count=f"{count:,}")


def age(since: date, day: date) -> str:
    """Return for how long a state has held, in few cells: ``today``, ``30 d``, later ``20 mo``.

    Whole months change rarely, so they replace the days after the first month.
    """
    if since == day:
        return tr("today")
    if (day - since).days < _MONTHS_FROM:
        return tr("{days} d", days=days_held(since, day))
    months = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
    return tr("{months} mo", months=f"{months:,}")


def actors(event: Event, width: int) -> str:
    """Return the codes of the actors, or the first and the number of others if they are too wide."""
    together = " ".join(event.actors)
    return together if cells(together) <= width else f"{event.actors[0]} +{len(event.actors) - 1}"


def since(standing: Standing) -> str:
    """Return the "since" phrase of a standing."""
    initial = standing.track.initial.since
    if standing.because is None:
        return _since_day(str(initial)) if initial else tr("as before the record")
    return _since_day(day_text(standing.since)) if standing.since else ""


def _since_day(day: str) -> str:
    return tr("since {day}", day=day)


def _until_day(day: str) -> str:
    return tr("until {day}", day=day)


def held(standing: Standing, day: date) -> str:
    """Return the "since" phrase of a standing and, if its last day has passed, that day."""
    return join_items(part for part in (since(standing), overdue(standing, day)) if part)


def until(standing: Standing) -> str:
    """Return the last day of a standing, as "until 31 Mar 2020"; empty without a last day."""
    return _until_day(day_text(standing.until)) if standing.until else ""


def overdue(standing: Standing, day: date) -> str:
    """Return a warning that the last day has passed without a new event; empty otherwise."""
    if standing.until is None or not standing.is_overdue(day):
        return ""
    last = day_text(standing.until)
    if any(entry.event.day > standing.until for entry in standing.pending):
        return tr("until {day}; no decision recorded since", day=last)
    return tr("until {day}; nothing recorded since", day=last)


def state_until(standing: Standing, day: date) -> str:
    """Return the label of a standing's state, with its last day until that day has passed."""
    if standing.until is None or standing.is_overdue(day):
        return standing.state.label
    return tr("{state} until {day}", state=standing.state.label, day=day_text(standing.until))


def signed_state(standing: Standing, day: date) -> str:
    """Return the symbol of a standing's state before :func:`state_until`."""
    return f"{SYMBOLS[standing.state.tone]} {state_until(standing, day)}"


def until_forms(standing: Standing, day: date) -> tuple[str, str, str, str]:
    """Return the last day of a standing as seen from ``day``, longest form first; empty if none is set."""
    if standing.until is None:
        return "", "", "", ""
    near = day_near(standing.until, day)
    if standing.is_overdue(day):
        return overdue(standing, day), tr("until {day}, passed", day=near), f"{_until_day(near)}?", "?"
    return until(standing), _until_day(near), f"–{near}", ""


def since_day(standing: Standing, day: date) -> str:
    """Return the start of a standing in at most 11 cells; empty if unknown."""
    if standing.since == day:
        return tr("today")
    if standing.since:
        return short_day(standing.since)
    initial = standing.track.initial.since
    return _since_day(tr("{year}", year=initial.text[:4])) if initial else ""


def state(value: State) -> str:
    """Return the symbol and the label of a state."""
    return f"{SYMBOLS[value.tone]} {value.label}"


def short_state(state: State) -> str:
    """Return the short form of a state if it only cuts the label, so that words match at every width.

    Its words are words of the label in the same order; a word with a full stop is the beginning of one. In
    Korean and Japanese, the same is true of its signs.
    """
    parts = state.short.split() if state.short.isascii() else state.short
    start = 0
    for part in parts:
        found = state.label.find(part.removesuffix("."), start)
        if found < 0:
            return state.label
        start = found + 1
    return state.short or state.label


def pending(entry: Pending, day: date) -> str:
    """Return a pending state in one line, without its event."""
    if not is_firm(entry):
        return labelled(entry.state.label, undecided(entry, day))
    if entry.in_force is None:
        text = tr("adopted, day not set")
    else:
        text = tr("set for {day}", day=day_text(entry.in_force))
    return labelled(entry.state.label, _with_last_day(text, entry.until))


def undecided(entry: Pending, day: date) -> str:
    """Return the stage of an undecided state, with its target day and whether that day has passed."""
    stage = spoken(entry.stage)
    if entry.meant_for is None:
        return stage
    meant_for = day_text(entry.meant_for)
    if entry.is_overdue(day):
        return tr("{stage} for {day} (passed)", stage=stage, day=meant_for)
    return tr("{stage} for {day}", stage=stage, day=meant_for)


def _with_last_day(text: str, last: date | None) -> str:
    """Return a text followed by the last day, if there is one."""
    return join_items((text, _until_day(day_text(last)))) if last else text


def number(value: float) -> str:
    """Return a figure with commas between thousands: ``38,339`` or ``1.5``."""
    return f"{value:,}".removesuffix(".0")


def latest(series: Series) -> Point:
    """Return the figure of the latest period; if there are several, the latest published.

    Figures replace each other in a series of periods without an end: the period that begins last is the
    latest. In other series, such as one of months and years, it is the period that ends last.
    """
    if any(point.period.is_open for point in series.points):
        return max(series.points, key=lambda point: (point.period.first, point.published))
    return max(series.points, key=lambda point: (point.period.last, point.published))


def figure(series: Series, point: Point) -> str:
    """Return a figure with its unit and its time."""
    value = f"{number(point.value)} {series.unit}"
    if point.derived:
        return tr("{value} ({period}, derived)", value=value, period=point.period)
    return noted(value, str(point.period))


def is_firm(entry: Pending) -> bool:
    """Return whether a pending state is decided."""
    return is_decided(entry.stage)


def pending_sign(entry: Pending) -> str:
    """Return the sign of a pending state: decided or undecided."""
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
            tr("{sign} {state} on {day}", sign=sign, state=entry.state.label, day=day_text(entry.in_force)),
            f"{sign} {name} {near}",
            f"{sign}{near}",
            sign,
        )
    stage = tr("day not set") if is_firm(entry) else undecided(entry, day)
    long, short = labelled(entry.state.label, stage), labelled(name, stage)
    return (f"{sign} {long}", f"{sign} {short}", f"{sign} {name}", sign)


def stage(effect: Effect) -> str:
    """Return the stage of an effect, with its scheduled or target day and its last day."""
    text = spoken(effect.stage)
    if effect.in_force:
        day = day_text(effect.in_force)
        match effect.stage:
            case "adopted":
                text = tr("{stage}, set for {day}", stage=text, day=day)
            case "in-force":
                text = tr("{stage} from {day}", stage=text, day=day)
            case _:
                text = tr("{stage} for {day}", stage=text, day=day)
    return _with_last_day(text, effect.until)


def meeting_status(state: MeetingState, day: date) -> str:
    """Return the status of a meeting on a day; mark a planned meeting without a report."""
    if state.is_overdue(day):
        return tr("planned for {days}; no report", days=meeting_dates(state))
    return spoken(state.status)


def meeting_days(state: MeetingState) -> str:
    """Return the known dates of a meeting."""
    if state.starts is None:
        return tr("day not set")
    start, end = state.starts, state.ends
    if end is None and state.status == "under-way":
        return _since_day(str(start))
    if end is None or end.text == start.text or end.text == start.first.isoformat():
        return str(start)
    if end.exact and start.exact and end.first == start.first and end.time:
        return f"{start}–{end.time}" if start.time else tr("{day}, to {time}", day=start, time=end.time)
    if start.exact and end.exact and not (start.time or end.time) and start.text[:7] == end.text[:7]:
        return _days_of_month(start.first, end.first)
    return f"{start} – {end}"


def meeting_dates(state: MeetingState) -> str:
    """Return the dates of a meeting without the times of day."""
    first, last = state.first_day, state.last_day
    if first is None or last is None:
        return meeting_days(state)
    if state.ends is None and state.status == "under-way":
        return _since_day(day_text(first))
    if first == last:
        return day_text(last)
    if (first.year, first.month) == (last.year, last.month):
        return _days_of_month(first, last)
    return f"{day_text(first)} – {day_text(last)}"


def _days_of_month(first: date, last: date) -> str:
    """Return two days of a month as ``10–12 Mar 2020``."""
    month = month_name(last)
    return tr("{first}–{last} {month} {year}", first=first.day, last=last.day, month=month, year=last.year)


def labelled_level(level: str) -> str:
    """Return the level of a meeting, in the words of the record: "level: leaders"."""
    return tr("level: {level}", level=level)


def meeting_form(state: MeetingState) -> str:
    """Return the known form, level and place of a meeting."""
    form = spoken(state.form or "")
    level = state.level and labelled_level(state.level)
    return " · ".join(part for part in (form, level, state.place) if part)


def meeting_rows(state: MeetingState) -> list[tuple[str, str]]:
    """Return the details of a meeting as name and value; an unknown value is empty."""
    return [
        (tr("When"), meeting_days(state)),
        (tr("How"), meeting_form(state)),
        *state.heads.items(),
        (tr("Agenda"), state.agenda),
        (tr("Outcome"), state.outcome),
    ]


def published(source: Source, day: date | None = None) -> str:
    """Return the publisher and the date of a source, marked if later than a day."""
    dated = source.date.text if source.date else tr("undated")
    later = tr("later than this day") if day and source.is_later(day) else ""
    return noted(f"{source.publisher}, {dated}", later)


def title(source: Source) -> str:
    """Return the title of a source, marked if the cited text is a machine translation."""
    return source.title + machine_translation(source)


def machine_translation(source: Source) -> str:
    """Return the mark of a machine translation, placed after the title; empty otherwise."""
    return noted("", tr("machine translation")) if source.machine_translated else ""


def outside(day: date, record: Record) -> str:
    """Return a caution for a day outside the coverage; empty for a day within it.

    A document for a day outside the record is about the last day of the record, or about the time before it.
    """
    coverage = record.dataset.coverage
    if day in coverage:
        return ""
    span = {"day": day, "first": coverage.first, "last": coverage.last}
    if day > record.last_day:
        return tr(
            "{day} lies OUTSIDE THE COVERAGE of the record, {first} to {last}: "
            "this is what held on the last day of the record, {last_day}.",
            **span,
            last_day=record.last_day,
        )
    if day < record.first_day:
        return tr(
            "{day} lies OUTSIDE THE COVERAGE of the record, {first} to {last}: "
            "this is what held before the first day of the record, {first_day}.",
            **span,
            first_day=record.first_day,
        )
    return tr("{day} lies OUTSIDE THE COVERAGE of the record, {first} to {last}: it may lack events.", **span)


def held_at_the_end(snapshot: Snapshot) -> str:
    """Return the title of a snapshot, with the day of its states."""
    record = snapshot.record
    if snapshot.asked > record.last_day:
        return tr("what held on {day}, the last day of the record", day=long_day(snapshot.day))
    if snapshot.asked < record.first_day:
        return tr("what held before {day}, the first day of the record", day=long_day(record.first_day))
    return tr("what held at the end of {day}", day=long_day(snapshot.day))


def reviewed(dataset: Dataset) -> str:
    """Return the coverage of the record, and the day of its last review."""
    coverage = dataset.coverage
    return tr(
        "Coverage {first} to {last}, reviewed {day}.",
        first=coverage.first,
        last=coverage.last,
        day=dataset.reviewed,
    )


def translation(dataset: Dataset) -> str:
    """Return how a translated record was translated; empty for an original."""
    if not dataset.original_title:
        return ""
    return tr("Translated by machine and reviewed against the English; the English text governs.")


def data(record: Record) -> str:
    """Return the title, version and digest of a record."""
    return f"{record.dataset.title}, version {record.dataset.version}, sha256 {record.digest}"


def command(record: Record, *words: str) -> str:
    """Return the command that makes an export again."""
    from shlex import quote

    store = f" --store {quote(record.store)}" if record.store else ""
    return f"kjtui {' '.join(map(quote, words))}{store}"
