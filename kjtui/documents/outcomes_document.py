"""The outcomes of pending states as a document or as a section, as known at the end of the record.

Other documents use only events up to the day of their snapshot. Outcomes also depend on all later events.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kjtui.documents.block_types import Block, FieldList, Heading, Paragraph
from kjtui.documents.document import Document, build
from kjtui.documents.outcome_blocks import outcome_fields
from kjtui.documents.provenance import Request
from kjtui.history.outcomes import Outcome, track_outcomes
from kjtui.history.snapshot import History, Snapshot
from kjtui.languages import tr
from kjtui.record.model import Event
from kjtui.record.partial_date import day_text


def outcomes_document(snapshot: Snapshot, outcomes: Sequence[Outcome], title: str) -> Document:
    """Return the document of some outcomes, as known at the end of the record.

    Args:
        snapshot: The snapshot of the displayed day.
        outcomes: The outcomes.
        title: The title of the document.
    """
    history = snapshot.history
    nothing = Paragraph((tr("Nothing was pending."),))
    return build(
        snapshot,
        Request("snapshot", (snapshot.day,)),
        snapshot.record,
        title,
        _by_track(outcomes, history) if outcomes else [nothing],
        summary=tr("As known on {last}, the end of the record", last=day_text(history.last_day)),
    )


def outcomes_heading(history: History) -> str:
    """Return the heading for the section of :func:`event_outcomes`, with the last day of the record."""
    return tr("What came of it by {day}", day=day_text(history.last_day))


def event_outcomes(event: Event, history: History) -> Iterator[Block]:
    """Yield a section with the outcomes of the states that an event announced or limited.

    The section shows the outcome of each state that the event made pending. It also shows the outcome of each
    state for which the event set a last day but no following state.
    """
    yield Heading(2, outcomes_heading(history))
    outcomes: list[Outcome] = []
    for track in dict.fromkeys(effect.track for effect in event.effects):
        every = track_outcomes(history, track, history.last_day)
        outcomes += [outcome for outcome in every if outcome.pending.event is event]
    if outcomes:
        yield from _by_track(outcomes, history)
    else:
        yield Paragraph((tr("This event left no state pending."),))


def _by_track(outcomes: Sequence[Outcome], history: History) -> Iterator[Block]:
    """Yield outcomes under the names of their tracks."""
    last = history.snapshot(history.last_day)
    for track, track_group in groupby(outcomes, lambda outcome: outcome.track):
        yield Heading(3, track.name)
        yield FieldList(tuple(outcome_fields(track_group, last)))
