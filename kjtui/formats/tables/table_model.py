"""A table of a record: columns, rows and foreign keys.

No cell holds a list: a field with several values, such as the sources of an event, has a table of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from kjtui.history.snapshot import History
from kjtui.record.partial_date import PartialDate, Period

Value = str | int | float | date | PartialDate | Period | None
"""The value of a cell. ``None`` if the value is unknown or does not apply."""

Rows = Iterable[tuple[Value, ...]]
"""Rows with their values in the order of the columns."""

Type = Literal["string", "date", "integer", "number", "boolean"]
"""The type of a column. The Table Schema standard defines these names of types."""


class Column(NamedTuple):
    """A column.

    Attributes:
        meaning: What the column contains, in English. Exports translate it.
        refers: Name of the table whose ids the column contains; empty if the column contains no ids.
    """

    name: str
    meaning: str
    type: Type = "string"
    refers: str = ""


class ForeignKey(NamedTuple):
    """Columns that refer to a row of another table."""

    columns: tuple[str, ...]
    table: str
    referred: tuple[str, ...]


class Table(NamedTuple):
    """A table.

    Attributes:
        meaning: What the table contains, in English. Exports translate it.
        rows: A function that yields the rows.
        key: Names of the columns of the primary key; empty if there is no primary key.
        parents: Foreign keys with several columns each.
    """

    name: str
    meaning: str
    rows: Callable[[History], Rows]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    parents: tuple[ForeignKey, ...] = ()

    @property
    def foreign_keys(self) -> Iterator[ForeignKey]:
        """Yield every foreign key. Keys with a single column come first."""
        for column in self.columns:
            if column.refers:
                yield ForeignKey((column.name,), column.refers, ("id",))
        yield from self.parents


# Columns shared by several tables

DATE = "ISO 8601, as precise as known"
ID = Column("id", "id of the row, stable, never reused")
NAME = Column("name", "its name")
SHORT = Column("short", "its name where there is little room")
ALIAS = Column("alias", "other name, in any language")
ACTOR = Column("actor", "who", refers="actors")
TRACK = Column("track", "the track", refers="tracks")
STATE = Column("state", "the state of that track")
EVENT = Column("event", "the event", refers="events")
MEETING = Column("meeting", "the meeting", refers="meetings")
SOURCE = Column("source", "the source", refers="sources")
TERM = Column("term", "the term", refers="terms")

STATE_OF_TRACK = ForeignKey(("track", "state"), "states", ("track", "id"))
