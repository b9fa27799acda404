"""Why each track stands as it does, one after the other."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from kjtui.history.reason import explain
from kjtui.history.snapshot import Snapshot
from kjtui.tui.dialogs.contents import reason_content
from kjtui.tui.dialogs.reader import Reader


class WhyReader(Reader):
    """The reason of one standing; left and right lead to the other tracks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,w", "dismiss", "Close"),
        Binding("left,h", "turn(-1)", "Previous track"),
        Binding("right,l", "turn(1)", "Next track"),
    ]

    def __init__(self, snapshot: Snapshot, track: str) -> None:
        self._snapshot = snapshot
        self._tracks = list(snapshot.record.tracks)
        self._place = self._tracks.index(track)
        super().__init__(reason_content(explain(snapshot, track)))

    def on_mount(self) -> None:
        """Say which track this is."""
        self._show()

    def action_turn(self, step: int) -> None:
        """Show another track."""
        self._place = (self._place + step) % len(self._tracks)
        self._show()

    def _show(self) -> None:
        track = self._tracks[self._place]
        self.query_one(Static).update(reason_content(explain(self._snapshot, track)))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        dialog = self.query_one(".dialog")
        dialog.border_title = "Why"
        dialog.border_subtitle = f"← {self._place + 1} of {len(self._tracks)} →"
