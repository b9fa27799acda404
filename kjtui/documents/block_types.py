"""The blocks of a document, before a renderer formats them.

Blocks hold text and citations in reading order, and events and sources of the record unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Literal, TypeVar

from msgspec import Struct

from kjtui.languages import current_language, join_clauses
from kjtui.record.model import Event, Source, Tone
from kjtui.words import labels


class Citation(Struct, frozen=True):
    """A reference to sources.

    Attributes:
        ids: the ids of the sources.
        disputed: whether the sources disagree.
        numbers: the numbers of the sources, ascending; empty until a document is built.
    """

    ids: tuple[str, ...]
    disputed: bool = False
    numbers: tuple[int, ...] = ()

    @property
    def runs(self) -> Iterator[tuple[int, ...]]:
        """Yield runs of consecutive numbers as one number, or as first and last number."""
        for _, group in groupby(enumerate(self.numbers), lambda pair: pair[1] - pair[0]):
            run = [number for _, number in group]
            yield (run[0],) if len(run) == 1 else (run[0], run[-1])

    @property
    def written_numbers(self) -> str:
        """Return ``[3–5,9]``; empty without numbers."""
        runs = ",".join("–".join(map(str, run)) for run in self.runs)
        return f"[{runs}]" if runs else ""

    def __str__(self) -> str:
        """Return the numbers, with a sign where the sources disagree."""
        return f"{self.written_numbers}{labels.DISPUTED if self.disputed else ''}"


_START_FIRST = frozenset(("ja", "ko"))
"""The languages that name the start of a period before its end."""

Inline = tuple[str | Citation, ...]
"""Running text. Whitespace only separates words."""


def plain(text: Inline) -> str:
    """Return running text with numbered citations and single spaces."""
    return " ".join("".join(map(str, text)).split())


def joined(texts: Iterable[Inline]) -> Inline:
    """Return running texts as one, with middle dots between them."""
    pieces: list[str | Citation] = []
    for text in texts:
        pieces += (" · ", *text) if pieces else text
    return tuple(pieces)


def with_limit(state: str, limit: Inline, since: str) -> tuple[Inline, Inline]:
    """Return a state and its start as running texts. Add the last day to one of them.

    English names the last day with the state: "suspended until 31 Mar 2020, since 9 Mar 2020". Korean and
    Japanese name the start of a period before its end.
    """
    if current_language() in _START_FIRST and since:
        return (state,), (since, *limit)
    return (state, *limit), (since,)


class Block(Struct, frozen=True, eq=False):
    """A part of a document. Its fields are in reading order.

    Blocks are compared by identity, so that a page can cache their heights.
    """


B = TypeVar("B", bound=Block)


class Heading(Block, frozen=True):
    """A heading. Level 2 begins a section, level 3 a subsection."""

    level: Literal[2, 3]
    text: str


class Paragraph(Block, frozen=True):
    """Running text.

    Attributes:
        apart: whether an empty line precedes the block even after a list.
    """

    text: Inline
    apart: bool = False


class Omissions(Paragraph, frozen=True):
    """The items that a page leaves out, and the command that prints them.

    Attributes:
        items: the text without the command, for pages that link to the items.
    """

    items: str = ""


class Legend(Block, frozen=True):
    """The signs that the document uses, each with its meaning."""

    signs: tuple[str, ...]


class PendingState(Block, frozen=True):
    """A pending state of a track, with its event and a note.

    Attributes:
        state: the sign for decided or undecided, the label of the state, and its stage or day.
        disputed: what the sources of the event disagree on; empty if they agree.
    """

    state: str
    because: Inline
    note: str
    disputed: str = ""


class StatusRow(Block, frozen=True):
    """The standing of a track.

    Attributes:
        track: the id of the track.
        tone: the tone of the state.
        state: the label of the state.
        limit: the last day of the state with the sources of that day; empty if the state has no last day.
        since: a phrase such as "since 4 Jul 2019"; empty if the day is not known.
        start: the day, month or year in this phrase; empty if the phrase has none.
        days: for how many days the state has held; ``None`` if unknown or left out.
        because: the title of the event that put the state in force, or the note on the initial state. The
            event that set or removed the last day follows, if it is another event. A brief row has only the
            sources.
        meaning: the meaning of the state, in a brief row.
        disputed: what the sources of the state disagree on; empty if they agree.
    """

    track: str
    name: str
    tone: Tone
    state: str
    limit: Inline
    since: str
    start: str
    days: int | None
    because: Inline
    meaning: str
    disputed: str
    pending: tuple[PendingState, ...]


class StatusTable(Block, frozen=True):
    """The standings of a group of tracks, under the group's name unless a heading has that name."""

    rows: tuple[StatusRow, ...]
    group: str = ""


class DatedEvent(Block, frozen=True):
    """An event by its id, day and title."""

    event: str
    day: str
    text: Inline


class MeetingDetails(Block, frozen=True):
    """A meeting with everything known about it: fields as name and value, and its events.

    Attributes:
        citation: the sources of the meeting's last report, which also apply to fields without a citation.
        compact: whether the meeting may follow another meeting without an empty line.
    """

    id: str
    status: str
    name: str
    citation: Citation
    fields: tuple[tuple[str, Inline], ...]
    events: tuple[DatedEvent, ...]
    compact: bool = False


class MeetingLine(Block, frozen=True):
    """A meeting by its id, name, day and text."""

    meeting: str
    name: str
    day: str
    text: Inline


class MeetingList(Block, frozen=True):
    """Meetings, one line per meeting."""

    meetings: tuple[MeetingLine, ...]


class Remark(Block, frozen=True):
    """A remark on an event, with an optional sign."""

    sign: str
    text: Inline


class EventDetails(Block, frozen=True):
    """An event in full.

    Attributes:
        outcomes: the effects on the track of the document.
        compact: whether the event may follow another event without an empty line.
    """

    event: Event
    citation: Citation
    remarks: tuple[Remark, ...]
    outcomes: tuple[str, ...] = ()
    compact: bool = False


class EventStep(Block, frozen=True):
    """The title of an event, and its effects on the track of the document."""

    event: Event
    citation: Citation
    outcomes: tuple[str, ...]


class StateRun(Block, frozen=True):
    """A run of a track's state, with its first and last day and its length in days."""

    tone: Tone
    state: str
    dates: str


class EventText(Block, frozen=True):
    """The text of the document's event. The event's title is the title of the document.

    ``summary`` is empty if the event has none.
    """

    summary: Inline
    remarks: tuple[Remark, ...]


class EventList(Block, frozen=True):
    """Events, one line per event."""

    events: tuple[tuple[Event, Citation], ...]


class Field(Block, frozen=True):
    """A name and a value.

    If the value names a track, meeting, series of meetings or event, the field has its id.

    Attributes:
        tracks: ids and names of several tracks; the value is the list of their names.
    """

    name: str
    text: Inline
    track: str = ""
    meeting: str = ""
    event: str = ""
    series: str = ""
    tracks: tuple[tuple[str, str], ...] = ()


class FieldList(Block, frozen=True):
    """Fields, one line per field."""

    fields: tuple[Field, ...]


class Figure(Block, frozen=True):
    """One figure of a series.

    Attributes:
        period: the measured period.
        published: the day of publication, and whether the value is derived.
        level: the length of the bar, from 0 to 1.
        after_gap: whether periods are missing before this figure.
    """

    period: str
    value: str
    published: str
    level: float
    citation: Citation
    after_gap: bool = False


class FigureTable(Block, frozen=True):
    """The figures of one series. ``about`` describes the measure, the unit and any note."""

    title: str
    about: str
    figures: tuple[Figure, ...]


class ReaderNote(Block, frozen=True):
    """A note of the user. ``title`` is the title of its event, if the event is known by the day."""

    day: date
    event: str
    title: str
    text: str


class NoteList(Block, frozen=True):
    """The user's own notes."""

    notes: tuple[ReaderNote, ...]


class TrackSteps(Block, frozen=True):
    """The events that changed tracks between two days.

    Attributes:
        tracks: ids and names of the tracks with these events.
        states: the states in order, each with its first day and its length.
        pending: the pending states of the later day.
    """

    tracks: tuple[tuple[str, str], ...]
    states: tuple[Inline, ...]
    pending: tuple[Inline, ...]
    events: tuple[tuple[Event, Citation], ...]

    @property
    def title(self) -> str:
        """The names of the tracks."""
        return join_clauses(name for _, name in self.tracks)

    @property
    def about(self) -> Inline:
        """The states and then the pending states as one running text."""
        states = (piece for state in self.states for piece in (" ", *state))
        return joined((tuple(states)[1:], *self.pending))


class ChangedTrack(Block, frozen=True):
    """A track in one line: its states on two days, and the event behind the later state, if any.

    ``in_force`` names the first day of the later state if the event has another day.
    """

    track: str
    name: str
    before: str
    before_tone: Tone
    after: str
    after_tone: Tone
    because: tuple[tuple[Event, Citation], ...] = ()
    in_force: str = ""


class ChangeSummary(Block, frozen=True):
    """The tracks that changed between two days, one line per track."""

    tracks: tuple[ChangedTrack, ...]


class TrackLine(Block, frozen=True):
    """A track in one line: its state and the start of the state. ``remarks`` below name other states."""

    track: str
    name: str
    tone: Tone
    state: Inline
    since: Inline
    remarks: tuple[Inline, ...]


class TrackList(Block, frozen=True):
    """Tracks, one line per track."""

    tracks: tuple[TrackLine, ...]


class TrackStanding(Block, frozen=True):
    """The standing of the track that the document is about. ``disputed`` says what sources disagree on."""

    track: str
    tone: Tone
    state: Inline
    since: Inline
    meaning: str
    disputed: str
    pending: tuple[Inline, ...]


class SourceList(Block, frozen=True):
    """The sources that the document cites, in the order of their numbers, as seen from a day.

    ``brief`` lets a format leave out the title of a source that has an address.
    """

    sources: tuple[Source, ...]
    day: date
    brief: bool = False
