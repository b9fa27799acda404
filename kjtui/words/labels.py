"""Phrases and signs for states, pending states and figures, shared by the screen and exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kjtui.history.fold import Pending, Standing, is_decided
from kjtui.languages import grouped, join_items, labelled, noted, tr, tr_context
from kjtui.record.model import Effect, Event, Point, Record, Series, State, Tone
from kjtui.record.partial_date import day_text
from kjtui.words import day_words
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
    "advanced": "later step",
    "closed": "closed",
}
RESTRICTIONS: tuple[Tone, ...] = ("free", "eased", "controlled")
"""Tones that say how restrictive a state is. The other tones say how far a procedure has come."""
PROCEDURES: tuple[Tone, ...] = ("idle", "open", "advanced", "closed")
DISPUTED = "!"
"""The sign of an event on which sources disagree."""
PENDING = "▸"
"""The sign of a state that is decided but not yet in force."""
PROPOSED = "▹"
"""The sign of a state that is proposed, announced or in talks."""


def spoken(value: str) -> str:
    """Return a status, stage or form in words: "under way" for ``under-way``."""
    return tr(value.replace("-", " "))


def tones(states: Iterable[State]) -> tuple[Tone, ...]:
    """Return the tones of the given states, without duplicates, in the order of the legend."""
    used = {state.tone for state in states}
    return tuple(tone for tone in SYMBOLS if tone in used)


def tone_word(tone: Tone) -> str:
    """Return the name of a tone."""
    return tr_context("tone", TONE_WORDS[tone])


def record_tones(record: Record) -> tuple[Tone, ...]:
    """Return the tones of all states of a record, in the order of the legend."""
    return tones(state for track in record.tracks.values() for state in track.states)


def sign_name(sign: str) -> str:
    """Return the meaning of a sign. The sign is the symbol of a tone, ``PENDING`` or ``PROPOSED``."""
    for tone, symbol in SYMBOLS.items():
        if symbol == sign:
            return tone_word(tone)
    return tr("decided") if sign == PENDING else tr("undecided")


def legend(standings: Sequence[Standing]) -> list[str]:
    """Return the legend for the given standings: each sign with its meaning.

    The last entry explains the sign of a dispute.
    """
    signs = [f"{SYMBOLS[tone]} {tone_word(tone)}" for tone in tones(standing.state for standing in standings)]
    pending = [entry for standing in standings for entry in standing.pending]
    if any(is_firm(entry) for entry in pending):
        signs.append(f"{PENDING} {tr('decided')}")
    if not all(is_firm(entry) for entry in pending):
        signs.append(f"{PROPOSED} {tr('undecided')}")
    return [*signs, f"{DISPUTED} {tr('disputed')}"]


def legend_of_record(record: Record) -> list[str]:
    """Return the legend for a record: state symbols and signs of pending states, with their meanings."""
    signs = [f"{SYMBOLS[tone]} {tone_word(tone)}" for tone in record_tones(record)]
    return [*signs, f"{PENDING} {tr('decided')}", f"{PROPOSED} {tr('undecided')}"]


def dated_title(event: Event) -> str:
    """Return the date of an event, followed by its title."""
    return tr("{date}: {title}", date=event.date, title=event.title)


def actors(event: Event, width: int) -> str:
    """Return the codes of the actors.

    If the codes are too wide, return the first code and the number of the other actors.
    """
    together = " ".join(event.actors)
    return together if cells(together) <= width else f"{event.actors[0]} +{len(event.actors) - 1}"


def start(standing: Standing) -> str:
    """Return the first day of a standing, or else its first month or year. Empty if nothing is known."""
    if standing.because is None:
        stated = standing.track.initial.since
        return str(stated) if stated else ""
    return day_text(standing.since) if standing.since else ""


def since(standing: Standing) -> str:
    """Return the "since" phrase of a standing."""
    if day := start(standing):
        return day_words.since(day)
    return "" if standing.because else tr("since before the record")


def made_public(since: date | None, because: Event | None) -> str:
    """Return when a state became public, such as "made public 31 Mar 2020".

    Empty if the state was already public on its first day.
    """
    if since is None or because is None or because.day <= since:
        return ""
    return tr("made public {day}", day=day_of(because))


def in_force(standing: Standing) -> str:
    """Return a phrase with the first day of a state, and the day of the event that put it in force.

    Empty if both are the same day.
    """
    since, because = standing.since, standing.because
    if since is None or because is None or because.day == since:
        return ""
    public = made_public(since, because) or tr("decided {day}", day=day_of(because))
    return join_items((tr("in force {day}", day=day_text(since)), public))


def day_of(event: Event) -> str:
    """Return the day of an event without the time. If the day is unknown, return the month or year."""
    return day_text(event.day) if event.date.exact else str(event.date)


def held(standing: Standing, day: date) -> str:
    """Return the "since" phrase of a standing. If the last day of the state has passed, add a warning."""
    return join_items(part for part in (since(standing), overdue(standing, day)) if part)


def until(standing: Standing) -> str:
    """Return the last day of a standing, as "until 31 Mar 2020". Empty if no last day is set."""
    return day_words.until(day_text(standing.until)) if standing.until else ""


def overdue(standing: Standing, day: date) -> str:
    """Return a warning if the last day of the state has passed without a decision. Otherwise empty."""
    if standing.until is None or not standing.is_overdue(day):
        return ""
    last = day_text(standing.until)
    if any(entry.event.day > standing.until for entry in standing.pending):
        return tr("until {day}; no decision recorded since", day=last)
    return tr("until {day}; nothing recorded since", day=last)


def state_until(standing: Standing, day: date) -> str:
    """Return the label of a standing's state, with the last day if it has not passed."""
    return f"{standing.state.label}{limit(standing, day)}"


def limit(standing: Standing, day: date) -> str:
    """Return the last day of a standing, as a suffix for the label of the state.

    Empty if the last day has passed, or if there is none.
    """
    if standing.until is None or standing.is_overdue(day):
        return ""
    return tr("{state} until {day}", state="", day=day_text(standing.until))


def signed_state(standing: Standing, day: date) -> str:
    """Return the symbol and the label of a standing's state, with its last day; see :func:`state_until`."""
    return f"{SYMBOLS[standing.state.tone]} {state_until(standing, day)}"


def until_forms(standing: Standing, day: date) -> tuple[str, str, str, str]:
    """Return texts for the last day of a standing, longest first. ``day`` is the displayed day.

    All texts are empty if no last day is set.
    """
    if standing.until is None:
        return "", "", "", ""
    near = day_words.day_near(standing.until, day)
    if standing.is_overdue(day):
        return overdue(standing, day), tr("until {day} (passed)", day=near), f"{day_words.until(near)}?", "?"
    return until(standing), day_words.until(near), tr("–{day}", day=near), ""


def since_day(standing: Standing, day: date) -> str:
    """Return the first day of a standing in at most 11 cells. Empty if unknown."""
    if standing.since == day:
        return tr("today")
    if standing.since:
        return day_words.short_day(standing.since)
    initial = standing.track.initial.since
    return day_words.since(tr("{year}", year=initial.text[:4])) if initial else ""


def state(value: State) -> str:
    """Return the symbol and the label of a state."""
    return f"{SYMBOLS[value.tone]} {value.label}"


def short_state(state: State) -> str:
    """Return the short form of a state if it abbreviates the label. Otherwise return the label.

    So users see the same words at every width. The short form must consist of words of the label, in the same
    order. A word with a full stop must be the beginning of a word of the label. In Korean and Japanese, the
    short form must consist of characters of the label, in the same order.
    """
    parts = state.short.split() if state.short.isascii() else state.short
    start = 0
    for part in parts:
        position = state.label.find(part.removesuffix("."), start)
        if position < 0:
            return state.label
        start = position + 1
    return state.short or state.label


def pending(entry: Pending, standing: Standing, day: date) -> str:
    """Return a pending state of a standing as one line of text. The event is not mentioned."""
    label = pending_state(entry, standing)
    if not is_firm(entry):
        return labelled(label, undecided(entry, day))
    if entry.in_force is None:
        text = tr("adopted, day not set")
    else:
        text = tr("set for {day}", day=day_text(entry.in_force))
    return labelled(label, _with_last_day(text, entry.until))


def pending_state(entry: Pending, standing: Standing) -> str:
    """Return the label of a pending state, with a note if the state is extended without an end date."""
    if entry.state is standing.state and standing.until and not entry.until:
        return tr("{state} without end date", state=entry.state.label)
    return entry.state.label


def undecided(entry: Pending, day: date) -> str:
    """Return the stage of an undecided state and its target day, with a note if that day has passed."""
    stage = spoken(entry.stage)
    if entry.meant_for is None:
        return stage
    meant_for = day_text(entry.meant_for)
    if entry.is_overdue(day):
        return tr("{stage} for {day} (passed)", stage=stage, day=meant_for)
    return tr("{stage} for {day}", stage=stage, day=meant_for)


def _with_last_day(text: str, last: date | None) -> str:
    """Return a text followed by the last day, if there is one."""
    return join_items((text, day_words.until(day_text(last)))) if last else text


def number(value: float) -> str:
    """Return a number with thousands separators: ``38,339`` or ``1.5``."""
    return f"{value:,}".removesuffix(".0")


def latest(series: Series) -> Point:
    """Return the figure for the latest period.

    If this period has several figures, return the figure that was published last. In most series, the latest
    period is the period that ends last. In a series with open-ended periods, the latest period is the period
    that begins last, because each figure replaces the previous figure.
    """
    if any(point.period.is_open for point in series.points):
        return max(series.points, key=lambda point: (point.period.first, point.published))
    return max(series.points, key=lambda point: (point.period.last, point.published))


def amount(value: float, unit: str) -> str:
    """Return a value with its unit: ``794 tonnes``, ``9.5%``, ``USD 12.52 million``.

    In Korean and Japanese, millions are counted in units of ten thousand: ``1,252만 달러``, ``1252万ドル``.
    """
    if unit == "%":
        return f"{grouped(value)}%"
    if unit.startswith("백만 "):
        text = _in_myriads(value, "억", "만")
        return f"{text}{unit.removeprefix('백만') if text[-1] in '억만' else unit.removeprefix('백만 ')}"
    if unit.startswith("百万"):
        return _in_myriads(value, "億", "万").replace(",", "") + unit.removeprefix("百万")
    if unit.startswith("USD "):
        return unit.replace("USD", f"USD {grouped(value)}", 1)
    return tr("{number} {unit}", number=grouped(value), unit=unit)


def _in_myriads(millions: float, hundred_million: str, ten_thousand: str) -> str:
    """Return a number of millions in units of 100 million, 10,000 and 1: ``3억2,827만`` or ``434만2,000``."""
    ones = round(abs(millions) * 1_000_000)
    parts = {hundred_million: ones // 10**8, ten_thousand: ones // 10**4 % 10**4, "": ones % 10**4}
    text = "".join(f"{count:,}{name}" for name, count in parts.items() if count)
    return f"{'-' if millions < 0 else ''}{text or 0}"


def figure(series: Series, point: Point) -> str:
    """Return a figure with its unit and period."""
    value = amount(point.value, series.unit)
    if point.derived:
        return tr("{value} ({period}, derived)", value=value, period=point.period)
    return noted(value, str(point.period))


def is_firm(entry: Pending) -> bool:
    """Return whether a pending state is decided."""
    return is_decided(entry.stage)


def pending_sign(entry: Pending) -> str:
    """Return the sign that shows whether a pending state is decided."""
    return PENDING if is_firm(entry) else PROPOSED


def signed_pending(entry: Pending, standing: Standing, day: date) -> str:
    """Return a pending state of a standing as one line of text, with its sign."""
    return f"{pending_sign(entry)} {pending(entry, standing, day)}"


def pending_forms(entry: Pending, day: date) -> tuple[str, str, str, str]:
    """Return texts for a pending state with its sign, longest first. ``day`` is the displayed day."""
    sign, name = pending_sign(entry), short_state(entry.state)
    if entry.in_force and is_firm(entry):
        near = day_words.day_near(entry.in_force, day)
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
    """Return the stage of an effect, with the scheduled or target day and the last day of the state."""
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
