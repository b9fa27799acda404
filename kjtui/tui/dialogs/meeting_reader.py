"""A dialog to read a meeting. The left and right keys show other meetings."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from kjtui.documents.document import Document, MeetingView
from kjtui.documents.layout import Passage
from kjtui.documents.meeting_document import meeting_document
from kjtui.history.meetings import MeetingState, Stop
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.tui.dialogs.document_reader import Closed, DocumentReader, OpenPassage
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.state.exportable import export_meeting


class MeetingReader(DocumentReader):
    """Show a meeting as known on the displayed day.

    If the user steps to a meeting that ends later, this meeting is shown as known on its own last day. When
    the dialog closes, it returns the meeting that was read last.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("meeting-page")
    HINTS = ("meeting-page", "document")

    def __init__(self, state: MeetingState, snapshot: Snapshot, open_passage: OpenPassage) -> None:
        self._day = snapshot.day
        self._state, self.snapshot = state, snapshot
        super().__init__(
            self._document(), snapshot, open_passage, export_meeting(state, snapshot), self._heading()
        )
        self.text.first_event = state.events[-1].id

    def closed(self) -> Closed:
        """Return the meeting that was read last."""
        return Closed(meeting=self._state.meeting.id)

    def open_passage(self, passage: Passage) -> None:
        """Open the subject of a passage. If the subject is a series of meetings, list these meetings."""
        if passage.series:
            self.action_series()
        else:
            super().open_passage(passage)

    def action_turn(self, step: int) -> None:
        """Show the next or previous meeting."""
        stops = self.snapshot.history.meeting_stops
        position = self._position() + step
        if 0 <= position < len(stops):
            self._show_meeting(stops[position])
        else:
            self.notify(tr("No later meeting") if step > 0 else tr("No earlier meeting"), markup=False)

    def action_series(self) -> None:
        """List the meetings of the same series. Show the meeting that the user chooses."""
        from kjtui.tui.dialogs.meetings_dialog import MeetingsDialog

        def show(stop: Stop | None) -> None:
            if stop:
                self._show_meeting(stop)

        meeting = self._state.meeting
        open_screen(self, MeetingsDialog(self.snapshot, meeting.id, f'"{meeting.series}"'), show)

    def _show_meeting(self, stop: Stop) -> None:
        history = self.snapshot.history
        last = history.snapshot(history.last_day).meetings.get(stop.meeting.id)
        assert last is not None  # every stop refers to a meeting of the record
        day = max(self._day, stop.day, last.last_day or stop.day)
        self.snapshot = history.snapshot(min(day, history.last_day))
        state = self.snapshot.meetings.get(stop.meeting.id)
        assert state is not None  # a meeting is known on and after the day of its stop
        self._state = state
        self.text.first_event = state.events[-1].id
        self.show(self._document(), self._heading(), export_meeting(state, self.snapshot))

    def _document(self) -> Document:
        return meeting_document(MeetingView(self._state, self.snapshot))

    def _position(self) -> int:
        """Return the position of the meeting among all meetings, or -1."""
        ids = [stop.meeting.id for stop in self.snapshot.history.meeting_stops]
        return ids.index(self._state.meeting.id) if self._state.meeting.id in ids else -1

    def _heading(self) -> str:
        count = len(self.snapshot.history.meeting_stops)
        position = tr("{index} of {count} ←→", index=self._position() + 1, count=count)
        return f"{tr('Meeting')} {position}"
