"""The texts of readers: a term, an event, a meeting, a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.content import Content

from kjtui.documents.comparison_document import apart, meanwhile, states_words
from kjtui.history.compare import Comparison
from kjtui.history.fold import Standing
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot, sources_of
from kjtui.record.model import Event, MeetingStep, Phase, Record, Term
from kjtui.record.partial_date import day_text
from kjtui.words import labels
from kjtui.words.wrap import cells, fit

Parts = list[tuple[str, str]]
"""Text and style; the text is never read as markup."""

_DIM = "$line-dim"
_PHASES: Mapping[Phase, str] = {
    "planned": "planned",
    "changed": "changed",
    "opened": "under way",
    "closed": "held",
    "cancelled": "cancelled",
}


def term_parts(term: Term) -> Parts:
    """Return a term with its other names, for the glossary."""
    others = f" ({', '.join(term.aliases)})" if term.aliases else ""
    return [(f"  {term.term}", "$accent"), (f"{others}: ", _DIM), (f"{term.meaning}\n", "")]


def term_content(term: Term, record: Record) -> Content:
    """Return a term with its other names, meaning and sources."""
    parts: Parts = [(f"{term.term}\n", "bold"), (f"{', '.join(term.aliases)}\n\n", _DIM), (term.meaning, "")]
    for identity in term.sources:
        source = record.sources[identity]
        parts += [(f"\n\n{source.publisher}: {source.title}", ""), (f"\n{source.url}", _DIM)]
    return Content.assemble(*parts)


def event_content(event: Event, snapshot: Snapshot) -> Content:
    """Return everything known of an event by the day of a snapshot."""
    record = snapshot.record
    names = [record.dataset.actors[code] for code in event.actors]
    until = f" to {event.end}" if event.end else ""
    when = f"{event.date} {event.time}".strip() + until
    parts: Parts = [
        (f"{event.title}\n", "bold"),
        (f"{when} · {', '.join(names)} · {event.kind}\n\n", _DIM),
        (f"{event.summary}\n", ""),
    ]
    for code, said in event.says.items():
        parts += [(f"\n{record.dataset.actors[code]}: ", "bold"), (f"{said}\n", "")]
    for effect in event.effects:
        track = record.tracks[effect.track]
        note = f" ({effect.note})" if effect.note else ""
        parts.append((f"\n{track.name}: ", "$accent"))
        parts.append((f"{labels.state(track.state(effect.state))}, {labels.stage(effect)}{note}", ""))
    if event.effects:
        parts.append(("\n", ""))
    if event.touches:
        touched = ", ".join(record.tracks[track].name for track in event.touches)
        parts.append((f"\nAlso about: {touched}\n" if event.effects else f"\nAbout: {touched}\n", ""))
    if event.meeting:
        parts += _meeting(event.meeting, record)
    parts += _disputes(event, snapshot)
    parts.append((f"\nSources, confidence {event.confidence}\n", "bold"))
    for number, identity in enumerate(sources_of(event, snapshot), 1):
        source = record.sources[identity]
        published = labels.published(source)
        late = labels.published(source, snapshot.day)[len(published) :]
        parts += [(f"[{number}] {published}", ""), (late, "$warning"), (f": {labels.title(source)}\n", "")]
        parts.append((f"    {source.url}\n", _DIM))
    return Content.assemble(*parts)


def meeting_content(state: MeetingState, snapshot: Snapshot) -> Content:
    """Return everything known of a meeting by the day of a snapshot."""
    actors = snapshot.record.dataset.actors
    parts: Parts = [
        (f"{state.meeting.name}\n", "bold"),
        (f"{labels.spoken(state.status)} · {labels.meeting_days(state)}\n", _DIM),
        (f"{labels.meeting_form(state)}\n", _DIM),
    ]
    for label, text in (("Outcome", state.outcome), ("Agenda", state.agenda)):
        if text:
            parts += [(f"\n{label}\n", "bold"), (f"{text}\n", "")]
    if state.heads:
        parts.append(("\nHeads\n", "bold"))
        parts += [(f"{actors.get(code, code)}: {head}\n", "") for code, head in state.heads.items()]
    parts.append(("\nEvents\n", "bold"))
    for event in reversed(state.events):
        sign = f" {labels.DISPUTED}" if snapshot.is_disputed(event) else ""
        parts += [(f"{fit(str(event.date), 18)} ", _DIM), (event.title, ""), (f"{sign}\n", "$warning")]
    return Content.assemble(*parts)


def comparison_content(comparison: Comparison) -> Content:
    """Return what differs between two days, and by which events."""
    before, after = comparison.before.day, comparison.after.day
    parts: Parts = [
        (f"{labels.long_day(before)} and {labels.long_day(after)}\n", "bold"),
        (f"{apart(comparison)}\n", _DIM),
    ]
    width = max(cells(difference.after.track.name) for difference in comparison.differences)
    for difference in comparison.changed:
        parts.append((f"\n{fit(difference.after.track.name, width)}  ", "bold"))
        parts.append((states_words(difference, after), "$accent"))
    parts.append(("\n" if comparison.changed else "", ""))
    for difference in comparison.changed:
        parts.append((f"\n{difference.after.track.name}", "bold"))
        parts.append((f", {labels.held(difference.after, after)}\n", _DIM))
        parts += _pending(difference.after, after)
        for event in difference.events:
            sign = f" {labels.DISPUTED}" if comparison.after.is_disputed(event) else ""
            parts += [(f"  {fit(str(event.date), 12)} ", _DIM), (event.title, ""), (f"{sign}\n", "$warning")]
    parts.append(("\nThe same\n", "bold"))
    for difference in comparison.same:
        standing = difference.after
        then = f"; {meanwhile(difference)}" if meanwhile(difference) else ""
        parts.append(
            (
                f"{fit(standing.track.name, width)}  {labels.signed_state(standing, after)}{then}\n",
                "",
            )
        )
        parts += _pending(standing, after)
    if comparison.meetings:
        parts.append(("\nMeetings held between\n", "bold"))
        for state in comparison.meetings:
            day = day_text(state.first_day) if state.first_day else labels.meeting_days(state)
            parts += [(f"  {fit(day, 12)} ", _DIM), (f"{state.meeting.name}\n", "")]
    listed = labels.command(comparison.after.record, "compare", str(before), str(after))
    parts.append((f"\n{len(comparison.events)} events between: {listed} lists them.", _DIM))
    return Content.assemble(*parts)


def _pending(standing: Standing, day: date) -> Parts:
    return [(f"  {labels.signed_pending(entry, day)}\n", "$accent") for entry in standing.pending]


def _meeting(step: MeetingStep, record: Record) -> Parts:
    """Return what an event made known about a meeting."""
    parts: Parts = [(f"\n{record.meetings[step.id].name}: ", "$accent"), (f"{_PHASES[step.phase]}\n", "")]
    rows = [
        ("Starts", str(step.starts or "")),
        ("Ends", str(step.ends or "")),
        ("Form", labels.spoken(step.form or "")),
        ("Place", step.place),
        ("Level", step.level),
        *(step.heads or {}).items(),
        ("Agenda", step.agenda),
        ("Outcome", step.outcome),
    ]
    for label, text in rows:
        if text:
            parts += [(f"  {fit(label, 8)} ", _DIM), (f"{text}\n", "")]
    return parts


def _disputes(event: Event, snapshot: Snapshot) -> Parts:
    parts: Parts = []
    for dispute in snapshot.disputes(event):
        parts.append((f"\n{labels.DISPUTED} Sources disagree on {dispute.about}\n", "bold $warning"))
        for reading in dispute.readings:
            publishers = [labels.published(snapshot.record.sources[source]) for source in reading.sources]
            parts += [(f"  {reading.says} ", ""), (f"{'; '.join(publishers)}\n", _DIM)]
    return parts
