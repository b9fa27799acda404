"""An event or a meeting in full, with its sources on request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from kjtui.history.meetings import MeetingState
from kjtui.history.snapshot import Snapshot
from kjtui.record.model import Event
from kjtui.tui.dialogs.contents import event_content, meeting_content
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.dialogs.reader import Reader
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.state.exportable import Exportable, export_event


class SourcedReader(Reader):
    """Show a text, and on request list the sources of the events that it tells of."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("event")
    HINTS = ("event", "reader")

    def __init__(
        self,
        content: Content,
        events: Iterable[Event],
        snapshot: Snapshot,
        exportable: Exportable | None = None,
    ) -> None:
        super().__init__(content, exportable)
        self._events, self._snapshot = tuple(events), snapshot

    def action_sources(self) -> None:
        """List the sources of the events."""
        from kjtui.tui.dialogs.sources_dialog import SourcesDialog, event_group

        groups = [event_group(event, self._snapshot) for event in self._events]
        open_screen(self, SourcesDialog(groups, self._snapshot))


def event_reader(event: Event, snapshot: Snapshot) -> SourcedReader:
    """Return a reader of an event."""
    exportable = export_event(event, snapshot)
    return SourcedReader(event_content(event, snapshot), [event], snapshot, exportable)


def meeting_reader(state: MeetingState, snapshot: Snapshot) -> SourcedReader:
    """Return a reader of a meeting; the sources are those of its events, the newest first."""
    return SourcedReader(meeting_content(state, snapshot), reversed(state.events), snapshot)
