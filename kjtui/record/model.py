"""The record: everything a store holds, as immutable values.

The words are those of the store's format (docs/store.md). Text in these values is clean: the store
removes control and bidirectional characters before it builds them.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct, field

from kjtui.record.partial_date import PartialDate

Tone = Literal["free", "eased", "controlled", "idle"]
"""How a state weighs on those it applies to; ``idle`` is a procedure at rest."""

Stage = Literal["proposed", "adopted", "in-force"]
Phase = Literal["planned", "changed", "opened", "closed", "cancelled"]
Form = Literal["in-person", "video", "telephone", "written"]
Confidence = Literal["high", "medium", "low"]
Kind = Literal[
    "measure",
    "licence",
    "case",
    "pact",
    "court",
    "meeting",
    "summit",
    "statement",
    "figures",
    "background",
    "other",
]
"""What an event is. ``licence`` and ``statement`` never have effects; only ``background`` may lie
before the coverage."""

SourceKind = Literal["official", "wire", "press", "reference", "forum"]
"""Who speaks; ``forum`` is a copy on a message board or a blog."""


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An immutable value of the store; unknown fields are faults."""


class Coverage(Value, frozen=True):
    """The days a record undertakes to cover, both included."""

    first: dt.date = field(name="from")
    last: dt.date = field(name="to")

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


class Dataset(Value, frozen=True):
    """What the record is as a whole.

    Attributes:
        version: of the record, not of the program.
        reviewed: the day on which all of it was last read against its sources.
        actors: the names of those who act, by the short code that events use.
        notice: a sentence that every export carries.
    """

    title: str
    version: str
    coverage: Coverage
    reviewed: dt.date
    actors: dict[str, str]
    notice: str = ""


class State(Value, frozen=True):
    """One of the values a track can be in."""

    id: str
    label: str
    meaning: str
    tone: Tone
    short: str = ""


class Initial(Value, frozen=True):
    """The state of a track before its first event."""

    state: str
    since: PartialDate | None = None
    note: str = ""
    sources: tuple[str, ...] = ()


class Track(Value, frozen=True):
    """Something whose status is followed: a material, a list, a case, a pact, a rule."""

    id: str
    group: str
    name: str
    states: tuple[State, ...]
    initial: Initial
    short: str = ""
    about: str = ""
    aliases: tuple[str, ...] = ()

    def state(self, state_id: str) -> State:
        """The state with this id. Raises ``KeyError`` where the track declares none."""
        for state in self.states:
            if state.id == state_id:
                return state
        raise KeyError(state_id)


class Meeting(Value, frozen=True):
    """A meeting's lasting identity; all else about it is told by events."""

    id: str
    series: str
    name: str
    round: int | None = None
    short: str = ""
    aliases: tuple[str, ...] = ()


class Effect(Value, frozen=True):
    """What an event does to a track.

    ``adopted`` takes effect by itself on ``in_force``, or waits for a later event where that day is
    not known; ``in-force`` takes effect on ``in_force``, or on the day of the event where it is left
    out; ``proposed`` never takes effect by itself. An ``in_force`` before the event needs a ``note``.
    """

    track: str
    state: str
    stage: Stage
    in_force: dt.date | None = None
    note: str = ""


class MeetingStep(Value, frozen=True):
    """A step in a meeting's life, with what became known of it; the rest stays as it was known."""

    id: str
    phase: Phase
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    form: Form | None = None
    place: str | None = None
    level: str | None = None
    heads: dict[str, str] | None = None
    agenda: str | None = None
    outcome: str | None = None


class Reading(Value, frozen=True):
    """What one side of a disagreement between sources says."""

    says: str
    sources: tuple[str, ...]


class Dispute(Value, frozen=True):
    """A point on which sources disagree, and what each says."""

    about: str
    readings: tuple[Reading, ...]


class Event(Value, frozen=True):
    """Something that happened on a day, in the words of that day.

    ``touches`` names the tracks it bears on without changing them.
    """

    id: str
    date: PartialDate
    kind: Kind
    actors: tuple[str, ...]
    title: str
    summary: str
    sources: tuple[str, ...]
    confidence: Confidence
    end: PartialDate | None = None
    time: str = ""
    says: dict[str, str] = {}
    effects: tuple[Effect, ...] = ()
    touches: tuple[str, ...] = ()
    meeting: MeetingStep | None = None
    disputed: tuple[Dispute, ...] = ()

    @property
    def day(self) -> dt.date:
        """The first day on which the event is certain to have happened."""
        return self.date.last


class Source(Value, frozen=True):
    """Where a claim can be read. A title in square brackets is a description, not a headline."""

    id: str
    title: str
    publisher: str
    language: str
    kind: SourceKind
    date: PartialDate | None = None
    url: str = ""
    machine_translated: bool = False


class Term(Value, frozen=True):
    """An entry of the glossary."""

    id: str
    term: str
    meaning: str
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Record(Struct, frozen=True, kw_only=True, eq=False):
    """All that a store holds, validated.

    ``events`` are in the order in which they happened: by day, and within a day as in the store.
    ``digest`` is the sha256 of the store's bytes; ``store`` is the name of its file, empty for the one
    that comes with the program.
    """

    digest: str
    store: str
    dataset: Dataset
    tracks: dict[str, Track]
    meetings: dict[str, Meeting]
    events: tuple[Event, ...]
    sources: dict[str, Source]
    terms: dict[str, Term]
