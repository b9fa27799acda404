"""The blocks of a document, before a renderer formats them.

Blocks contain text and citations in reading order. Some blocks also contain events or sources of the record.
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
        """Yield the first and last number of each run of consecutive numbers.

        For a run of a single number, yield only this number.
        """
        for _, group in groupby(enumerate(self.numbers), lambda pair: pair[1] - pair[0]):
            run = [number for _, number in group]
            yield (run[0],) if len(run) == 1 else (run[0], run[-1])

    @property
    def written_numbers(self) -> str:
        """Return the numbers as text, such as ``[3–5,9]``, or an empty text if there are no numbers."""
        runs = ",".join("–".join(map(str, run)) for run in self.runs)
        return f"[{runs}]" if runs else ""

    def __str__(self) -> str:
        """Return the numbers as text, followed by a sign if the sources disagree."""
        return f"{self.written_numbers}{labels.DISPUTED if self.disputed else ''}"


_START_FIRST = frozenset(("ja", "ko"))
"""Languages in which a state's start is written before the last day."""

Inline = tuple[str | Citation, ...]
"""Running text. Whitespace is collapsed to single spaces."""


def plain(text: Inline) -> str:
    """Return running text as a string with numbered citations and single spaces."""
    return " ".join("".join(map(str, text)).split())


def joined(texts: Iterable[Inline]) -> Inline:
    """Join running texts with middle dots."""
    pieces: list[str | Citation] = []
    for text in texts:
        pieces += (" · ", *text) if pieces else text
    return tuple(pieces)


def with_limit(state: str, limit: Inline, since: str) -> tuple[Inline, Inline]:
    """Return a state and its start as running texts. The last day is appended to one of the two texts.

    In English, the last day follows the state: "suspended until 31 Mar 2020, since 9 Mar 2020". In Korean and
    Japanese, the last day follows the start, unless the start is unknown.
    """
    if current_language() in _START_FIRST and since:
        return (state,), (since, *limit)
    return (state, *limit), (since,)


class Block(Struct, frozen=True, eq=False):
    """A part of a document.

    The fields of each block class are in reading order, because citations are numbered in this order.

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
        apart: whether an empty line separates the paragraph from a list above it.
    """

    text: Inline
    apart: bool = False


class Omissions(Paragraph, frozen=True):
    """The items that a page leaves out, and the command that prints them.

    Attributes:
        items: the text without the command. In HTML, it can be a link to the list of all events.
    """

    items: str = ""


class Legend(Block, frozen=True):
    """The signs that the document uses, each with its meaning."""

    signs: tuple[str, ...]


class PendingState(Block, frozen=True):
    """A pending state of a track, with a note and the event that announced the state.

    Attributes:
        state: a text with the sign (decided or undecided), the label of the state, and the stage or day.
        disputed: a sentence that names the disputed subjects; empty if the sources of the event agree.
    """

    state: str
    because: Inline
    note: str
    disputed: str = ""


class StatusRow(Block, frozen=True):
    """The status of a track.

    Attributes:
        track: the id of the track.
        tone: the tone of the state.
        state: the label of the state.
        limit: the last day of the state, with sources; empty if no last day is set, or if it has passed.
        since: a phrase such as "since 4 Jul 2019"; empty if the day is not known.
        start: the day, month or year in ``since``; empty if ``since`` contains none.
        days: the number of days in this state; ``None`` if unknown or omitted.
        because: the title of the event that put the state in force, or the note on the initial state. If
            a different event set or removed the last day, the title of that event follows. In brief rows,
            sources replace the titles and the note.
        meaning: the meaning of the state; empty except in brief rows.
        disputed: a sentence that names the disputed subjects; empty if the sources of the state agree.
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
    """The status of each track in a group.

    ``group`` is the name to print above the table. It is empty if the name is already printed as a heading.
    """

    rows: tuple[StatusRow, ...]
    group: str = ""


class DatedEvent(Block, frozen=True):
    """The id, day and title of an event."""

    event: str
    day: str
    text: Inline


class MeetingDetails(Block, frozen=True):
    """A meeting: its details as pairs of name and value, and some events about the meeting.

    Attributes:
        citation: the sources of the last event about the meeting. Fields without a citation have the same
            sources.
        compact: whether no empty line is needed between this meeting and a compact block above it.
    """

    id: str
    status: str
    name: str
    citation: Citation
    fields: tuple[tuple[str, Inline], ...]
    events: tuple[DatedEvent, ...]
    compact: bool = False


class MeetingLine(Block, frozen=True):
    """The id, name and day of a meeting, and the text of its line."""

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
    """An event with its summary and remarks.

    Attributes:
        outcomes: descriptions of the event's effects on the document's track.
        compact: whether no empty line is needed between this event and a compact block above it.
    """

    event: Event
    citation: Citation
    remarks: tuple[Remark, ...]
    outcomes: tuple[str, ...] = ()
    compact: bool = False


class EventStep(Block, frozen=True):
    """The title of an event, with descriptions of the event's effects on the document's track."""

    event: Event
    citation: Citation
    outcomes: tuple[str, ...]


class StateRun(Block, frozen=True):
    """A period in which a track was in one state.

    ``dates`` is a text with the first day, the last day and the length of the period.
    """

    tone: Tone
    state: str
    dates: str


class EventText(Block, frozen=True):
    """The text of the event that the document is about. The title of the document is the event's title.

    ``summary`` is empty if the event has no summary.
    """

    summary: Inline
    remarks: tuple[Remark, ...]


class EventList(Block, frozen=True):
    """Events, one line per event."""

    events: tuple[tuple[Event, Citation], ...]


class Field(Block, frozen=True):
    """A name and a value.

    ``track``, ``meeting``, ``event`` and ``series`` are ids. One of them is set if the value names a single
    track, meeting, event or series.

    Attributes:
        tracks: ids and names of the tracks, if the value is a list of several tracks.
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
        period: the period to which the figure applies.
        published: a text with the day of publication. The text also says if the value is derived.
        level: the length of the figure's bar, from 0 to 1.
        after_gap: whether periods are missing before this figure.
    """

    period: str
    value: str
    published: str
    level: float
    citation: Citation
    after_gap: bool = False


class FigureTable(Block, frozen=True):
    """The figures of one series. ``about`` gives the measure, the unit and the note of the series."""

    title: str
    about: str
    figures: tuple[Figure, ...]


class ReaderNote(Block, frozen=True):
    """A note of the user.

    ``title`` is the title of the event. It is empty if the note is about no event, or if the event is not
    public yet.
    """

    day: date
    event: str
    title: str
    text: str


class NoteList(Block, frozen=True):
    """The user's own notes."""

    notes: tuple[ReaderNote, ...]


class TrackSteps(Block, frozen=True):
    """A group of changed tracks that were affected by the same events between two days.

    Attributes:
        tracks: ids and names of the tracks.
        states: descriptions of the states in order, each with its first day and its length.
        pending: descriptions of the states pending on the later day.
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
        """The states, followed by the pending states, as one running text."""
        states = (piece for state in self.states for piece in (" ", *state))
        return joined((tuple(states)[1:], *self.pending))


class ChangedTrack(Block, frozen=True):
    """A track in one line: its states on two days, and the event that caused the later state.

    ``because`` is empty if no event caused the later state. ``in_force`` is a text with the first day of the
    later state and the day of the event; it is empty if these two days are the same.
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
    """A track in one line: its state and the start of the state.

    ``remarks`` are printed below the line. They describe earlier states and pending states.
    """

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
    """The standing of the track that the document is about.

    ``disputed`` is a sentence that names the disputed subjects; empty if the sources agree.
    """

    track: str
    tone: Tone
    state: Inline
    since: Inline
    meaning: str
    disputed: str
    pending: tuple[Inline, ...]


class SourceList(Block, frozen=True):
    """The sources that the document cites, in the order of their numbers.

    Sources published after ``day`` are marked. If ``brief`` is true, a format may omit the title of a source
    that has an address.
    """

    sources: tuple[Source, ...]
    day: date
    brief: bool = False
