"""A dialog to read outcomes of pending states.

Outcomes depend on events after the displayed day. The summary of the document tells the user about this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from kjtui.documents.outcomes_document import outcomes_document
from kjtui.history.outcomes import Outcome, outcomes_of, track_outcomes
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.document_reader import DocumentReader, OpenPassage
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.command_table import bindings


class Choice(NamedTuple):
    """A set of outcomes that the user can choose: its title, and the function that returns the outcomes."""

    title: str
    find: Callable[[], Sequence[Outcome]]


class OutcomesReader(DocumentReader):
    """Show outcomes as known at the end of the record.

    The export contains the list that ``kjtui outcomes`` prints.

    Args:
        snapshot: The snapshot of the displayed day.
        day: The outcomes for the displayed day. They are shown first.
        ever: The outcomes for all days.
        open_passage: The function that opens the subject of a passage.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("outcomes")
    HINTS = ("outcomes", "document")

    def __init__(self, snapshot: Snapshot, day: Choice, ever: Choice, open_passage: OpenPassage) -> None:
        self._shown, self._other = day, ever
        self._found = day.find()
        super().__init__(outcomes_document(snapshot, self._found, day.title), snapshot, open_passage)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable the export: this dialog exports a list instead of a document."""
        return True if action == "export" else super().check_action(action, parameters)

    def action_export(self) -> None:
        """Save the list of outcomes as a file."""
        from kjtui.tui.dialogs.list_export import outcomes_export

        open_screen(self, outcomes_export(self.snapshot, self._found))

    def action_switch(self) -> None:
        """Switch between the outcomes for the displayed day and the outcomes for all days."""
        self._shown, self._other = self._other, self._shown
        self._found = self._shown.find()
        document = outcomes_document(self.snapshot, self._found, self._shown.title)
        self.show(document, self.heading, self.exportable)


def day_outcomes(snapshot: Snapshot, open_passage: OpenPassage) -> OutcomesReader:
    """Return a dialog with the outcomes of states that were pending on the displayed day.

    The user can switch to all states that were ever pending.
    """
    history = snapshot.history
    day = Choice(
        tr("Outcomes of states pending on {day}", day=day_text(snapshot.day)),
        lambda: outcomes_of(history, snapshot.day),
    )

    def every_outcome() -> list[Outcome]:
        by_track = (track_outcomes(history, track, history.last_day) for track in history.record.tracks)
        return [outcome for outcomes in by_track for outcome in outcomes]

    ever = Choice(tr("Outcomes of all pending states"), every_outcome)
    return OutcomesReader(snapshot, day, ever, open_passage)


def outcomes_on_track(snapshot: Snapshot, track: str, open_passage: OpenPassage) -> OutcomesReader:
    """Return a dialog with outcomes of a track's states that became pending on or before the displayed day.

    The user can switch to all states of the track that were ever pending.
    """
    history = snapshot.history
    every = track_outcomes(history, track, history.last_day)
    day = Choice(
        tr("Outcomes of states pending on or before {day}", day=day_text(snapshot.day)),
        lambda: [outcome for outcome in every if outcome.since <= snapshot.day],
    )
    ever = Choice(tr("Outcomes of all pending states"), lambda: every)
    return OutcomesReader(snapshot, day, ever, open_passage)
