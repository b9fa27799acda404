"""The events behind the status of each track, one track at a time."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from kjtui.history.reason import explain
from kjtui.history.snapshot import Snapshot
from kjtui.tui.commands import bindings
from kjtui.tui.dialogs.contents import reason_content
from kjtui.tui.dialogs.reader import Reader
from kjtui.tui.exportable import export_track


class WhyReader(Reader):
    """Show the events behind one status; left and right lead to the other tracks."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("why")
    HINTS = ("why", "reader")

    def __init__(self, snapshot: Snapshot, track: str) -> None:
        self._snapshot = snapshot
        self._tracks = list(snapshot.record.tracks)
        self._index = self._tracks.index(track)
        super().__init__(reason_content(explain(snapshot, track)))

    def on_mount(self) -> None:
        """Show the first track."""
        self._show()

    def action_turn(self, step: int) -> None:
        """Show the next or previous track."""
        self._index = (self._index + step) % len(self._tracks)
        self._show()

    def _show(self) -> None:
        track = self._tracks[self._index]
        self.exportable = export_track(self._snapshot, track)
        self.query_one(Static).update(reason_content(explain(self._snapshot, track)))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        dialog = self.query_one(".dialog")
        dialog.border_title = "Why"
        dialog.border_subtitle = f"← {self._index + 1} of {len(self._tracks)} →"
