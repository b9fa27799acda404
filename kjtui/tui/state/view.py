"""The cursor and the snapshot of its day, as one immutable value."""

from __future__ import annotations

from msgspec import Struct

from kjtui.history.snapshot import History, Snapshot
from kjtui.tui.state.cursor import Cursor


class View(Struct, frozen=True, eq=False):
    """The cursor and the snapshot of its day, which the panes show.

    Attributes:
        cursor: The current position in the history.
        snapshot: Snapshot of the cursor's day.
    """

    cursor: Cursor
    snapshot: Snapshot

    @classmethod
    def of(cls, snapshot: Snapshot) -> View:
        """Return the view of a snapshot's day, with all events visible."""
        return cls(Cursor.at(snapshot.history, snapshot.day), snapshot)

    @classmethod
    def at(cls, cursor: Cursor, history: History) -> View:
        """Return the view for a cursor in a history."""
        return cls(cursor, history.snapshot(cursor.day))

    def moved(self, cursor: Cursor) -> View:
        """Return the view for a moved cursor. If the day is the same, reuse the snapshot."""
        if cursor.day == self.cursor.day:
            return View(cursor, self.snapshot)
        return View.at(cursor, self.snapshot.history)
