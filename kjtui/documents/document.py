"""The document: the content of an export in blocks, before a renderer formats it.

Building a document numbers the citations of its blocks in reading order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from kjtui.documents.block_types import (
    B,
    Block,
    Citation,
    EventDetails,
    EventList,
    EventStep,
    Heading,
    Paragraph,
    SourceList,
)
from kjtui.documents.provenance import Provenance, Request
from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.languages import current_language, tr
from kjtui.record.model import Event, Record, Source, Term
from kjtui.words import record_words

if TYPE_CHECKING:
    from kjtui.history.compare import Comparison
    from kjtui.history.track_page import TrackPage

Subject: TypeAlias = "Snapshot | Comparison | TrackPage | EventView | EventsView | MeetingView | TermView"
"""The possible subjects of a document."""


class EventView(Struct, frozen=True):
    """An event, as known at the end of the snapshot's day."""

    event: Event
    snapshot: Snapshot


class EventsView(Struct, frozen=True):
    """Several events, as known at the end of the snapshot's day."""

    events: tuple[Event, ...]
    snapshot: Snapshot


class MeetingView(Struct, frozen=True):
    """A meeting, as known at the end of the snapshot's day."""

    state: MeetingState
    snapshot: Snapshot


class TermView(Struct, frozen=True):
    """A glossary entry, and the snapshot with the events and meetings for its document."""

    term: Term
    snapshot: Snapshot


class Document(Struct, frozen=True):
    """The content of an export.

    Attributes:
        subject: the snapshot, comparison, track page, event, meeting or term.
        request: the kind and the options of the document.
        record: the record.
        title: the title, shown after the title of the record.
        summary: a one-line summary; may be empty.
        blocks: the body, including the list of sources.
        sources: the cited sources, in the order of their numbers.
        note: a closing sentence about the document itself; may be empty.
    """

    subject: Subject
    request: Request
    record: Record
    title: str
    summary: str
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    note: str = ""

    @property
    def heading(self) -> str:
        """Return the title as a heading, beginning with a capital letter."""
        return self.title[:1].upper() + self.title[1:]

    @property
    def cautions(self) -> list[str]:
        """Return a warning for each requested day outside the coverage of the record."""
        return [text for day in self.request.days if (text := record_words.outside(day, self.record))]

    @property
    def imprint(self) -> list[str]:
        """Return the closing lines about the document and the record."""
        dataset = self.record.dataset
        lines = [
            self.note,
            record_words.codes(self._actor_codes(), dataset),
            dataset.notice,
            record_words.reviewed(dataset),
            record_words.translation(dataset),
        ]
        return [line for line in lines if line]

    def _actor_codes(self) -> set[str]:
        """Return the actor codes that are printed before the titles of events."""
        codes: set[str] = set()
        for block in self.blocks:
            if isinstance(block, EventList):
                codes.update(code for event, _ in block.events for code in event.actors)
            elif isinstance(block, EventDetails | EventStep):
                codes.update(block.event.actors)
        return codes

    def provenance(self, format_name: str) -> Provenance:
        """Return the provenance of an export of this document in the format ``format_name``."""
        record = self.record
        dataset = record.dataset
        return Provenance(
            dataset.title,
            dataset.version,
            record.digest,
            self.request,
            format_name,
            record.store,
            current_language(),
        )


def build(
    subject: Subject,
    request: Request,
    record: Record,
    title: str,
    body: Iterable[Block],
    summary: str = "",
    note: str = "",
    brief: bool = False,
) -> Document:
    """Build a document: number the citations of the body, and append the list of the cited sources."""
    blocks, ids = number(body)
    sources = tuple(record.sources[source] for source in ids)
    if sources:
        listed = SourceList(sources, max(request.days), brief)
        blocks = (*blocks, *section(tr("Sources"), [listed]))
    return Document(subject, request, record, title, summary, blocks, sources, note)


def section(name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield a heading and blocks. If there are no blocks, yield a placeholder sentence below the heading."""
    blocks = iter(blocks)
    yield Heading(2, name)
    yield from chain([next(blocks, Paragraph((tr("None."),)))], blocks)


def number(body: Iterable[B]) -> tuple[tuple[B, ...], list[str]]:
    """Return blocks with numbered citations, and the ids of the sources in the order of their numbers."""
    numbers: dict[str, int] = {}

    def numbered(value: Any) -> Any:
        if isinstance(value, Citation):
            cited_numbers = {numbers.setdefault(source, len(numbers) + 1) for source in value.ids}
            return Citation(value.ids, value.disputed, tuple(sorted(cited_numbers)))
        if type(value) is tuple:
            return tuple([numbered(item) for item in value])
        if isinstance(value, Block):
            return type(value)(*[numbered(getattr(value, name)) for name in value.__struct_fields__])
        return value

    blocks: tuple[B, ...] = numbered(tuple(body))
    return blocks, list(numbers)
