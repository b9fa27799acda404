"""An event in full."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event
from kjtui.tui.commands import bindings
from kjtui.tui.dialogs.contents import event_content
from kjtui.tui.dialogs.reader import Reader
from kjtui.tui.exportable import export_event


class EventReader(Reader):
    """Show an event, and on request list its sources."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("event")
    HINTS = ("event", "reader")

    def __init__(self, event: Event, snapshot: Snapshot) -> None:
        super().__init__(event_content(event, snapshot), export_event(event, snapshot))
        self._event, self._snapshot = event, snapshot

    def action_sources(self) -> None:
        """List the sources of the event."""
        from kjtui.tui.dialogs.sources import SourcesDialog, event_group

        self.app.push_screen(SourcesDialog([event_group(self._event, self._snapshot)], self._snapshot))
