"""The record as immutable values, one class for each kind of document in a store.

The fields have the same names as in a store (docs/store.md). All text is sanitized.

This module does not postpone the evaluation of annotations, because msgspec would have to evaluate each
annotation at every start.
"""

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from kjtui.record.partial_date import PartialDate, Period

# Limits that no author reaches. Without limits, laying out one text could take minutes.
Name = Annotated[str, Meta(max_length=20_000)]
"""A text shown on one line, an identifier, or an address."""
Text = Annotated[str, Meta(max_length=100_000)]
"""A text of one or more sentences."""
Names = Annotated[tuple[Name, ...], Meta(max_length=1_000)]

Tone = Literal["free", "eased", "controlled", "idle", "open", "advanced", "closed"]
"""The tone of a state: how restrictive it is, or how far a procedure has come.

``free``, ``eased`` and ``controlled`` describe restrictions. ``idle``, ``open``, ``advanced`` and ``closed``
describe procedures, such as a court case or the wording of a law; these tones do not favour any side.
"""

Stage = Literal["in-talks", "announced", "proposed", "adopted", "in-force"]
"""How firm an effect is, from the least to the most firm.

``in-talks``: the sides discuss the change. ``announced``: a side has said that it will make the change.
``proposed``: there is a draft or a request. ``adopted``: the responsible body has decided the change.
"""

DECIDED: tuple[Stage, ...] = ("adopted", "in-force")
"""The stages at which an effect changes a state. At other stages, only a later event can change the state."""

Weight = Literal["main", "minor"]
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
"""``licence`` and ``statement`` events have no effects.

Only ``background`` events may be earlier than the first day of the coverage.
"""

STATEMENT_KINDS = ("statement", "figures")
"""The kinds of events that report something without changing a state."""

SourceKind = Literal["official", "wire", "press", "reference", "forum"]
"""``forum`` is a copy of a publication on a message board or in a blog."""


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """An immutable value of a store. Unknown fields are refused.

    The garbage collector need not track such values, because JSON values have no reference cycles.
    """


class Coverage(Value, frozen=True):
    """The first and the last day of the period for which the record aims to be complete."""

    first: dt.date = field(name="from")
    last: dt.date = field(name="to")

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


class Dataset(Value, frozen=True):
    """Metadata of a record.

    Attributes:
        version: the version of the record, not of the program.
        reviewed: the day on which the record was last checked against its sources.
        actors: maps the short codes that events use for actors to the names of the actors.
        notice: a sentence printed in every export.
        about: an introduction for readers who do not know the subject.
        start: the day shown at the first start of the app.
        authors: the authors of the record.
        license: the SPDX identifier of its licence.
        url: the address of the published record.
        language: the ISO 639-1 code of its texts.
        original_title: the title before translation; empty if the record is not a translation.
        aliases: other names of actors, publishers, meeting levels and meeting series. In a translation, the
            English names are among them.
    """

    title: Name
    version: Name
    coverage: Coverage
    reviewed: dt.date
    actors: dict[Name, Text]
    notice: Text = ""
    about: Text = ""
    start: dt.date | None = None
    authors: Names = ()
    license: Name = ""
    url: Name = ""
    language: Name = "en"
    original_title: Name = ""
    aliases: dict[Name, Names] = {}

    @property
    def key(self) -> str:
        """The title that identifies the record in notes and saved positions. It is not translated."""
        return self.original_title or self.title


class State(Value, frozen=True):
    """A possible state of a track."""

    id: Name
    label: Name
    tone: Tone
    meaning: Text = ""
    short: Name = ""


class Initial(Value, frozen=True):
    """The state of a track before its first event."""

    state: Name
    since: PartialDate | None = None
    note: Text = ""
    sources: Names = ()


class Fact(Value, frozen=True):
    """A lasting detail of a track, such as its control-list item or its customs code.

    Attributes:
        since: the first day on which the fact applies, or the day of its publication if that was later;
            ``None`` if the fact has always applied.
        until: the last day on which the fact applies; ``None`` if there is no last day.
        states: the ids of the states in which the fact applies; empty if it applies in all states.
    """

    label: Name
    value: Text
    sources: Names
    since: dt.date | None = None
    until: dt.date | None = None
    states: Names = ()

    def applies_on(self, day: dt.date) -> bool:
        """Return whether the fact applies on a day and was already public on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Track(Value, frozen=True):
    """A subject whose state changes over time, such as a material, a court case, a pact or an entry rule."""

    id: Name
    group: Name
    name: Name
    states: tuple[State, ...]
    initial: Initial
    short: Name = ""
    about: Text = ""
    aliases: Names = ()
    facts: tuple[Fact, ...] = ()

    def state(self, state_id: str) -> State:
        """Return the state with this id. Raises ``KeyError`` if the track has no such state."""
        for state in self.states:
            if state.id == state_id:
                return state
        raise KeyError(state_id)

    def facts_known(self, day: dt.date) -> tuple[Fact, ...]:
        """Return the facts that apply on a day, whatever the state of the track is."""
        return tuple(fact for fact in self.facts if not fact.states and fact.applies_on(day))

    def requirements(self, state_id: str, day: dt.date) -> tuple[Fact, ...]:
        """Return the facts that apply on a day because the track is in this state."""
        return tuple(fact for fact in self.facts if state_id in fact.states and fact.applies_on(day))


class Meeting(Value, frozen=True):
    """The fixed details of a meeting. Events contain the details that can change.

    If the meeting is part of another meeting, ``part_of`` is the id of that meeting.
    """

    id: Name
    series: Name
    name: Name
    round: int | None = None
    part_of: Name | None = None
    short: Name = ""
    aliases: Names = ()


class Effect(Value, frozen=True):
    """An effect of an event on a track.

    An ``adopted`` effect changes the track on the day ``in_force``. If this day is missing, only a later
    event can change the track. An ``in-force`` effect changes the track on the day ``in_force``, by default
    the day of the event. An effect at a lower stage never changes the track; its ``in_force`` is a target
    day. If ``in_force`` is before the day of the event, ``note`` must give the reason.

    Attributes:
        until: the last day of the effect, as stated in the text of the decision.
        then: the id of the state that follows after ``until``, if the text of the decision names this state.
    """

    track: Name
    state: Name
    stage: Stage
    in_force: dt.date | None = None
    until: dt.date | None = None
    then: Name = ""
    note: Text = ""


class MeetingStep(Value, frozen=True):
    """What an event reports about a meeting. Omitted fields have the values from earlier events."""

    id: Name
    phase: Phase
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    form: Form | None = None
    place: Name | None = None
    level: Name | None = None
    heads: dict[Name, Text] | None = None
    agenda: Text | None = None
    outcome: Text | None = None


class Reading(Value, frozen=True):
    """One side of a disagreement between sources."""

    says: Text
    sources: Names


class Dispute(Value, frozen=True):
    """A point on which sources disagree, with a reading for each side."""

    about: Text
    readings: tuple[Reading, ...]


class Event(Value, frozen=True):
    """Something that happened on a day, described as it was known on that day.

    ``touches`` lists the tracks that the event concerns but does not change. Events with the
    weight ``minor`` are less important. ``summary`` is empty if the title and the effects say everything.
    """

    id: Name
    date: PartialDate
    kind: Kind
    actors: Names
    title: Name
    sources: Names
    confidence: Confidence
    summary: Text = ""
    weight: Weight = "main"
    end: PartialDate | None = None
    time: Name = ""
    says: dict[Name, Text] = {}
    effects: tuple[Effect, ...] = ()
    touches: Names = ()
    meeting: MeetingStep | None = None
    disputed: tuple[Dispute, ...] = ()

    @property
    def day(self) -> dt.date:
        """Return the last possible day of the event: by then, it has certainly happened."""
        return self.date.last

    @property
    def tracks(self) -> frozenset[str]:
        """Return the ids of the tracks that the event changes or touches."""
        return frozenset(effect.track for effect in self.effects).union(self.touches)


class Point(Value, frozen=True):
    """One figure of a series.

    Attributes:
        period: the period that the figure covers.
        published: the day on which the figure became public.
        derived: whether the figure was computed from published figures.
    """

    period: Period
    value: float
    published: dt.date
    sources: Names
    derived: bool = False


class Series(Value, frozen=True):
    """Figures about a track, published over time.

    All figures of a series measure the same thing in the same unit.
    """

    id: Name
    track: Name
    title: Name
    measure: Name
    unit: Name
    points: tuple[Point, ...]
    note: Text = ""


class Source(Value, frozen=True):
    """A publication. A title in square brackets is a description, not a headline.

    Attributes:
        accessed: the day on which an undated page was read.
        archived: the address of an archived copy.
        copy_of: the publisher of the original text, if the page is a copy.
    """

    id: Name
    title: Name
    publisher: Name
    language: Name
    kind: SourceKind
    date: PartialDate | None = None
    url: Name = ""
    machine_translated: bool = False
    accessed: dt.date | None = None
    archived: Name = ""
    copy_of: Name = ""

    def is_later(self, day: dt.date) -> bool:
        """Return whether the source was published after a day."""
        return self.date is not None and self.date.first > day


class Term(Value, frozen=True):
    """A glossary entry."""

    id: Name
    term: Name
    meaning: Text
    aliases: Names = ()
    sources: Names = ()


class StoreFile(Struct, frozen=True, eq=False, forbid_unknown_fields=True):
    """The content of a store. Each field is a table: a dict from TinyDB document numbers to documents."""

    dataset: dict[str, Dataset]
    tracks: dict[str, Track]
    meetings: dict[str, Meeting]
    events: dict[str, Event]
    sources: dict[str, Source]
    terms: dict[str, Term]
    series: dict[str, Series] = {}


class Record(Struct, frozen=True, kw_only=True, eq=False):
    """The validated content of a store.

    Attributes:
        digest: the SHA-256 of the store's bytes, in hexadecimal.
        store: the name of the store's file; empty for the bundled store.
        events: the events in chronological order. Events of one day are in the same order as in the store.
    """

    digest: str
    store: str
    dataset: Dataset
    tracks: dict[str, Track]
    meetings: dict[str, Meeting]
    events: tuple[Event, ...]
    sources: dict[str, Source]
    terms: dict[str, Term]
    series: dict[str, Series]

    @property
    def first_day(self) -> dt.date:
        """Return the first day of the coverage, or the day of the first event if it is earlier."""
        days = [event.day for event in self.events[:1]]
        return min(self.dataset.coverage.first, *days)

    @property
    def last_day(self) -> dt.date:
        """Return the last day of the coverage, or the day of the last event if it is later."""
        days = [event.day for event in self.events[-1:]]
        return max(self.dataset.coverage.last, *days)
