"""The reader of outcomes of pending states, which come from events after the day, as its summary says."""

from __future__ import annotations

from collections.abc import Sequence

from kjtui.documents.outcomes_document import outcomes_document
from kjtui.history.outcomes import Outcome, outcomes_of, track_outcomes
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.document_reader import DocumentReader, OpenPassage
from kjtui.tui.dialogs.opening import open_screen


class OutcomesReader(DocumentReader):
    """Show outcomes by the end of the record; export the list that ``kjtui outcomes`` prints."""

    def __init__(
        self, snapshot: Snapshot, found: Sequence[Outcome], title: str, open_passage: OpenPassage
    ) -> None:
        super().__init__(outcomes_document(snapshot, found, title), snapshot, open_passage)
        self._found = found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable the export, although a list is no document."""
        return True if action == "export" else super().check_action(action, parameters)

    def action_export(self) -> None:
        """Save the list as a file."""
        from kjtui.tui.dialogs.list_export import outcomes_export

        open_screen(self, outcomes_export(self.snapshot, self._found))


def day_outcomes(snapshot: Snapshot, open_passage: OpenPassage) -> OutcomesReader:
    """Return a reader of the outcomes of all states pending on a day."""
    title = tr("What became of states pending on {day}", day=day_text(snapshot.day))
    return OutcomesReader(snapshot, outcomes_of(snapshot.history, snapshot.day), title, open_passage)


def outcomes_on_track(snapshot: Snapshot, track: str, open_passage: OpenPassage) -> OutcomesReader:
    """Return a reader of the outcomes of all states that were pending on a track up to a day."""
    history = snapshot.history
    every = track_outcomes(history, track, history.last_day)
    found = [outcome for outcome in every if outcome.since <= snapshot.day]
    title = tr("What became of states pending up to {day}", day=day_text(snapshot.day))
    return OutcomesReader(snapshot, found, title, open_passage)
