"""A dialog to read track pages.

The left and right keys show other tracks, and the digit keys scroll to the sections.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from kjtui.documents.document import Document
from kjtui.documents.track_document import SECTIONS, track_document
from kjtui.history.snapshot import Snapshot
from kjtui.history.track_page import track_page
from kjtui.languages import tr
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.document_reader import Closed, DocumentReader, OpenPassage
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.state.exportable import export_track


class TrackReader(DocumentReader):
    """Show the page of a track. When the dialog closes, it returns the track that was read last."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("track")
    HINTS = ("track", "document")

    def __init__(self, snapshot: Snapshot, track: str, open_passage: OpenPassage) -> None:
        self.track = track
        self.snapshot = snapshot
        super().__init__(
            self._document(), snapshot, open_passage, export_track(snapshot, track), self._heading()
        )
        self.text.first_event = self._deciding_event()

    def closed(self) -> Closed:
        """Return the track that was read last."""
        return Closed(track=self.track)

    def action_turn(self, step: int) -> None:
        """Show the next or previous track."""
        tracks = list(self.snapshot.record.tracks)
        self.track = tracks[(tracks.index(self.track) + step) % len(tracks)]
        self.text.first_event = self._deciding_event()
        self.show(self._document(), self._heading(), export_track(self.snapshot, self.track))

    def action_section(self, section_number: int) -> None:
        """Scroll to a section."""
        name = tr(SECTIONS[section_number - 1])
        if not self.text.show_section(name):
            self.notify(tr("{name}: nothing was public yet on this day.", name=name), markup=False)

    def action_outcomes(self) -> None:
        """Show the outcomes of the track's pending states, as known at the end of the record."""
        from kjtui.tui.dialogs.outcomes_reader import outcomes_on_track

        open_screen(self, outcomes_on_track(self.snapshot, self.track, self._open_passage), self.reopened)

    def _document(self) -> Document:
        return track_document(track_page(self.snapshot, self.track), full=True, texts=False)

    def _deciding_event(self) -> str:
        """Return the id of the event that set the current state. Empty for the initial state."""
        because = self.snapshot.standing(self.track).because
        return because.id if because else ""

    def _heading(self) -> str:
        tracks = list(self.snapshot.record.tracks)
        name = self.snapshot.record.tracks[self.track].name
        position = tr("{index} of {count} ←→", index=tracks.index(self.track) + 1, count=len(tracks))
        return f"{name} · {tr('on {day}', day=day_text(self.snapshot.day))} · {position}"
