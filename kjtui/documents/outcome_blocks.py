"""Fields with the outcomes of pending states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kjtui.documents.block_builders import Select, cited_title, every
from kjtui.documents.block_types import Field
from kjtui.history.outcomes import Outcome
from kjtui.history.snapshot import Snapshot
from kjtui.words.outcome_words import expected, fate


def outcome_fields(
    outcomes: Iterable[Outcome], snapshot: Snapshot, select: Select = every
) -> Iterator[Field]:
    """Yield the outcome of each pending state, with the event that caused the outcome.

    If there is no such event, the last event about the pending state is shown.
    """
    for outcome in outcomes:
        event = outcome.by or outcome.latest.event
        text = (f"{fate(outcome)} · ", *cited_title(event, snapshot, select))
        yield Field(expected(outcome), text, event=event.id)
