"""Build the blocks and phrases about standings. A standing is the state of a track on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from kjtui.documents.block_builders import Claim, Select, cite, cited_title, disagreement, every, subjects
from kjtui.documents.block_types import (
    Block,
    Citation,
    Heading,
    Inline,
    Legend,
    PendingState,
    StatusRow,
    StatusTable,
    with_limit,
)
from kjtui.history.fold import Pending, Standing
from kjtui.history.snapshot import Snapshot
from kjtui.languages import join_clauses, join_items, tr
from kjtui.record.model import Event
from kjtui.words import labels


def status(snapshot: Snapshot, select: Select = every) -> Iterator[Block]:
    """Yield a legend, and a table of standings for each group of tracks."""
    yield Legend(tuple(labels.legend(snapshot.standings)))
    for group, standings in groupby(snapshot.standings, lambda s: s.track.group):
        yield Heading(3, group)
        yield StatusTable(tuple(_full_status_row(standing, snapshot, select) for standing in standings))


def _full_status_row(standing: Standing, snapshot: Snapshot, select: Select) -> StatusRow:
    initial = standing.track.initial
    because: Inline = (f"{initial.note} ", Citation(select(Claim(initial.sources))))
    if standing.because:
        because = cited_title(standing.because, snapshot, select)
    if standing.until_by and standing.until_by is not standing.because:
        because = (*because, join_clauses(("", "")), *cited_title(standing.until_by, snapshot, select))
    if overdue := labels.overdue(standing, snapshot.day):
        because = (f"{overdue} · ", *because)
    pending = [cited_title(entry.event, snapshot, select) for entry in standing.pending]
    disputed, age = disagreement(disputed_subjects(standing, snapshot)), standing.days(snapshot.day)
    return status_row(standing, snapshot, select, because, pending, disputed, age=age)


def status_row(
    standing: Standing,
    snapshot: Snapshot,
    select: Select,
    because: Inline,
    pending: Sequence[Inline],
    disputed: str,
    *,
    age: int | None = None,
    meaning: str = "",
    named_subjects: Collection[str] = (),
) -> StatusRow:
    """Return the row of a standing.

    Args:
        standing: the standing.
        snapshot: the snapshot of the document.
        select: the function that selects the sources to cite.
        because: the reason for the state.
        pending: the reason for each pending state.
        disputed: a sentence about what the sources disagree on; empty if they agree.
        age: the number of days in this state; ``None`` to omit it.
        meaning: the meaning of the state; empty to omit it.
        named_subjects: disputed subjects that are already named elsewhere. Pending states do not repeat them.
    """
    return StatusRow(
        standing.track.id,
        standing.track.name,
        standing.state.tone,
        standing.state.label,
        _cited_limit(standing, snapshot, select),
        labels.since(standing),
        labels.start(standing),
        age,
        because,
        meaning,
        disputed,
        tuple(
            PendingState(
                labels.signed_pending(entry, standing, snapshot.day),
                reason,
                entry.note,
                disagreement(_without(named_subjects, pending_subjects(entry, standing, snapshot))),
            )
            for entry, reason in zip(standing.pending, pending, strict=True)
        ),
    )


def cited_standing(
    standing: Standing, snapshot: Snapshot, select: Select, public: str = ""
) -> tuple[Inline, Inline]:
    """Return two texts: a state's label, and the state's start followed by a citation.

    The last day is appended to one of the two texts; see :func:`with_limit`. ``public`` is a phrase with the
    day on which the state became public; it can be empty.
    """
    limit = _cited_limit(standing, snapshot, select)
    start = join_items(filter(None, (labels.since(standing), public)))
    state, since = with_limit(standing.state.label, limit, start)
    return state, (*since, " ", *cited_reason(standing, snapshot, select))


def _cited_limit(standing: Standing, snapshot: Snapshot, select: Select) -> Inline:
    """Return the last day of a state, or an empty text if no last day is set or if it has passed.

    If one event set both the state and the last day, the last day has no citation.
    """
    limit = labels.limit(standing, snapshot.day)
    if not limit:
        return ()
    if standing.until_by in (None, standing.because):
        return (limit,)
    return f"{limit} ", cite(standing.until_by, snapshot, select)


def cited_reason(standing: Standing, snapshot: Snapshot, select: Select) -> Inline:
    """Return a citation of the sources of a state.

    If the last day of the state has passed or was removed, a note says so. The note cites the sources of the
    event that set or removed the last day.
    """
    reason: Inline = (Citation(select(Claim(standing.track.initial.sources))),)
    if standing.because:
        reason = (cite(standing.because, snapshot, select),)
    if standing.until_by is None:
        return reason
    limit = labels.overdue(standing, snapshot.day)
    if standing.until is None:
        limit = tr("without end date")
    if not limit:
        return reason
    return *reason, f"{join_items(('', limit))} ", cite(standing.until_by, snapshot, select)


def cited_pending(standing: Standing, snapshot: Snapshot, select: Select) -> Iterator[Inline]:
    """Yield each pending state of a standing with its sources."""
    for entry in standing.pending:
        yield f"{labels.signed_pending(entry, standing, snapshot.day)} ", cite(entry.event, snapshot, select)


def disputed_subjects(standing: Standing, snapshot: Snapshot) -> list[str]:
    """Return the subjects on which the sources of a standing disagree."""
    return subjects(_reasons(standing), snapshot)


def pending_subjects(entry: Pending, standing: Standing, snapshot: Snapshot) -> list[str]:
    """Return the subjects on which the sources of a pending state disagree.

    If the event of the pending state also set the current state or its last day, return no subjects. A
    dispute does not say which state it concerns, so the disputes of such an event are shown only with the
    current state.
    """
    return [] if entry.event in _reasons(standing) else subjects([entry.event], snapshot)


def _without(named_subjects: Collection[str], about: Iterable[str]) -> list[str]:
    return [subject for subject in about if subject not in named_subjects]


def _reasons(standing: Standing) -> list[Event]:
    return [event for event in (standing.because, standing.until_by) if event]
