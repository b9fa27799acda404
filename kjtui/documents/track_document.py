"""The page of a track as a document: its state on a day, the events that led to it, and other known facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kjtui.documents.best_sources import best_sources
from kjtui.documents.block_builders import (
    Claim,
    Select,
    cite,
    disagreement,
    event_details,
    event_list,
    every,
)
from kjtui.documents.block_types import (
    Block,
    Citation,
    EventList,
    EventStep,
    Field,
    FieldList,
    Inline,
    Omissions,
    Paragraph,
    StateRun,
    TrackStanding,
)
from kjtui.documents.document import Document, build, section
from kjtui.documents.figure_blocks import compared_figures, figure_table
from kjtui.documents.outcome_blocks import outcome_fields
from kjtui.documents.page_fit import Entry, fit_lists, fit_page, joined
from kjtui.documents.provenance import Request
from kjtui.documents.status_blocks import cited_pending, cited_standing, disputed_subjects, pending_subjects
from kjtui.history.fold import Run, Standing
from kjtui.history.snapshot import Snapshot
from kjtui.history.track_page import Step, TrackPage
from kjtui.languages import join_clauses, join_sentences, labelled, noted, tr
from kjtui.record.model import Effect, Event, Fact, Track
from kjtui.record.partial_date import day_text
from kjtui.words import day_words, labels
from kjtui.words.outcome_words import effect_state
from kjtui.words.wrap import PAGE_WIDTH, wrap

SECTIONS = (
    "Requirements",
    "Why",
    "What came of it",
    "Licences",
    "Figures",
    "Statements and measures",
    "Facts",
)
"""English names of the sections of a track's page, in order. Empty sections are omitted."""

RULE = (
    "The current state is the latest state whose day has come. A decision replaces all pending states of "
    "the track. Everything else, such as talks, announcements, proposals and statements, changes nothing by "
    "itself."
)

_LINES = 120
"""Maximum number of lines of a short page, without the list of sources."""

_MOST_OTHERS = 20
"""Maximum number of statements and measures on a short page."""


def track_document(page: TrackPage, *, full: bool = False, texts: bool = True) -> Document:
    """Return the document of a track page.

    A short page lists the titles of events and the best source of each claim. ``full`` adds all figures,
    all sources, all other events, and the texts of the events that changed the track.

    Args:
        texts: Whether a full page has the texts of events. The app omits the texts, because it shows each
            event in a dialog.
    """
    track, day = page.standing.track, page.snapshot.asked
    select = every if full else best_sources(page.snapshot)
    everything = Request("track", (day,), track.id, ("full",))
    return build(
        page,
        everything if full else Request("track", (day,), track.id),
        page.snapshot.record,
        _title(page),
        _full_page(page, texts=texts) if full else _short_page(page, select),
        summary=track.about,
        note=""
        if full
        else tr("Selected sources; all texts, figures and sources: {command}", command=everything.command),
    )


def _title(page: TrackPage) -> str:
    day = day_words.long_day(page.snapshot.day)
    return tr("{track} on {day}", track=page.standing.track.name, day=day)


def step_words(page: TrackPage, step: Step) -> Iterator[str]:
    """Yield one phrase for each effect of an event on the track.

    If the event has no effect on the track, yield a phrase that says so.
    """
    if not step.effects:
        yield tr("changes nothing")
    for effect in step.effects:
        yield f"{effect_words(page.standing.track, effect)}{_change(step, effect)}"


def effect_words(track: Track, effect: Effect) -> str:
    """Return a phrase with the stage, the state and the day of an effect."""
    state = noted(effect_state(track, effect, signed=True), effect.note)
    return labelled(labels.spoken(effect.stage), state)


def _full_page(page: TrackPage, *, texts: bool) -> Iterator[Block]:
    snapshot = page.snapshot
    yield _standing(page, every)
    yield from _fields("Requirements", _fact_fields(page.requirements, every))
    rule = Paragraph((tr("Rule: {rule}", rule=tr(RULE)),))
    yield from section(tr("Why"), (rule, *_why(page, every, texts=texts)))
    yield from _fields("What came of it", outcome_fields(reversed(page.outcomes), page.snapshot))
    yield from _unless_empty("Licences", event_list(reversed(page.licences), snapshot))
    track = page.standing.track.id
    yield from _unless_empty(
        "Figures", [figure_table(series) for series in snapshot.series if series.track == track]
    )
    yield from _unless_empty("Statements and measures", event_list(reversed(page.touching), snapshot))
    yield from _fields("Facts", _fact_fields(page.facts, every))


def _short_page(page: TrackPage, select: Select) -> list[Block]:
    """Return the short page. Its lists are sorted newest first and shortened to fit on the page."""
    snapshot, track = page.snapshot, page.standing.track
    why = [Entry(block) for block in _why(page, select, texts=False)]
    licences = [_titled(event, page, select) for event in reversed(page.licences)]
    touching = [event for event in page.touching if event.weight == "main"]
    others = [_titled(event, page, select) for event in reversed(touching[-_MOST_OTHERS:])]
    series = [series for series in snapshot.series if series.track == track.id]
    series.sort(key=lambda item: labels.latest(item).period.last, reverse=True)
    standing = _standing(page, select)
    requirements = list(_fields("Requirements", _fact_fields(page.requirements, select)))
    outcomes = list(
        _fields("What came of it", outcome_fields(reversed(page.outcomes), page.snapshot, select))
    )
    figures = list(_fields("Figures", compared_figures(series, select)))
    facts = list(_fields("Facts", _fact_fields(page.facts, select)))

    def compose(lines: int) -> list[Block]:
        why_cut, licences_cut, others_cut = fit_lists([why, licences, others], lines)
        others_left = others_cut.left_out + max(len(touching) - _MOST_OTHERS, 0)
        return [
            standing,
            *requirements,
            *section(tr("Why"), _with_rest(why_cut.blocks, why_cut.left_out, page)),
            *outcomes,
            *_unless_empty("Licences", _with_rest(licences_cut.blocks, licences_cut.left_out, page)),
            *figures,
            *_unless_empty("Statements and measures", _with_rest(others_cut.blocks, others_left, page)),
            *facts,
        ]

    title = wrap(_title(page), PAGE_WIDTH)
    above = [*wrap(snapshot.record.dataset.title, PAGE_WIDTH), *title, *wrap(track.about, PAGE_WIDTH)]
    empty_line_above_sources = 1
    return fit_page(compose, _LINES - len(above) - empty_line_above_sources)


def _with_rest(blocks: Iterable[Block], left_out: int, page: TrackPage) -> Iterator[Block]:
    """Yield blocks, followed by the number of omitted blocks and the command that prints them."""
    yield from joined(blocks)
    if left_out:
        track, day = page.standing.track.id, page.snapshot.asked
        more = tr("1 earlier entry")
        if left_out > 1:
            more = tr("{count} earlier entries", count=f"{left_out:,}")
        command = Request("track", (day,), track, ("full",)).command
        yield Omissions((labelled(more, command),), items=more)


def _titled(event: Event, page: TrackPage, select: Select) -> Entry:
    return Entry(EventList(((event, cite(event, page.snapshot, select)),)))


def _unless_empty(name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield a section, or nothing if it has no blocks."""
    content = list(blocks)
    if content:
        yield from section(tr(name), content)


def _fields(name: str, fields: Iterable[Field]) -> Iterator[Block]:
    field_tuple = tuple(fields)
    yield from _unless_empty(name, [FieldList(field_tuple)] if field_tuple else [])


def _standing(page: TrackPage, select: Select) -> TrackStanding:
    standing, snapshot = page.standing, page.snapshot
    return TrackStanding(
        standing.track.id,
        standing.state.tone,
        *cited_standing(standing, snapshot, select),
        standing.state.meaning,
        disagreement(disputed_subjects(standing, snapshot), brief=True),
        tuple(_pending(standing, snapshot, select)),
    )


def _pending(standing: Standing, snapshot: Snapshot, select: Select) -> Iterator[Inline]:
    """Yield each pending state with its sources, and with the subjects on which these sources disagree."""
    for entry, text in zip(standing.pending, cited_pending(standing, snapshot, select), strict=True):
        about = disagreement(pending_subjects(entry, standing, snapshot))
        yield (*text, f" {about}") if about else text


def _fact_fields(facts: Iterable[Fact], select: Select) -> Iterator[Field]:
    for fact in facts:
        yield Field(fact.label, (f"{fact.value} ", Citation(select(Claim(fact.sources)))))


def _why(page: TrackPage, select: Select, *, texts: bool) -> Iterator[Block]:
    """Yield each period in which the state stayed the same, newest first, with the period's events."""
    steps = list(page.changes)
    for run in reversed(page.runs):
        within = [step for step in steps if step.event.day >= run.first]
        steps = steps[: len(steps) - len(within)]
        if run.first == date.min:
            yield from _steps(page, within, select, texts=texts)
            yield Paragraph(_before(page, select))
        else:
            yield _run(run, page.snapshot.day)
            yield from _steps(page, within, select, texts=texts)


def _steps(page: TrackPage, steps: list[Step], select: Select, *, texts: bool) -> Iterator[Block]:
    for step in reversed(steps):
        words = tuple(step_words(page, step))
        if texts:
            yield event_details(step.event, page.snapshot, words)
        else:
            yield EventStep(step.event, cite(step.event, page.snapshot, select), words)


def _run(run: Run, day: date) -> StateRun:
    days = day_words.days(run.days(day) or 0)
    first = day_text(run.since or run.first)
    dates = tr("from {first} on: {days} so far", first=first, days=days)
    if run.end:
        dates = tr("from {first} to {last}: {days}", first=first, last=day_text(run.end), days=days)
    return StateRun(run.state.tone, run.state.label, dates)


def _before(page: TrackPage, select: Select) -> Inline:
    """Return a sentence about the state before the record begins, with the sources for this state."""
    track = page.standing.track
    initial = track.initial
    state = labels.state(track.state(initial.state))
    if initial.since:
        state = tr("{state}, since {day}", state=state, day=initial.since)
    before = tr("Before the record: {state}.", state=state)
    return f"{join_sentences((before, initial.note))} ", Citation(select(Claim(initial.sources)))


def _change(step: Step, effect: Effect) -> str:
    if effect.stage != "in-force" and (effect.in_force or date.max) > step.event.day:
        return join_clauses(("", tr("nothing changes yet")))
    if step.after is step.before:
        return join_clauses(("", tr("as before")))
    return join_clauses(("", tr("previously {state}", state=labels.state(step.before))))
