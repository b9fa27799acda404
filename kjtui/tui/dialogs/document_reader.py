"""A dialog to read a document.

The user can select, open and cite passages, and save and copy the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from kjtui.documents.document import Document
from kjtui.documents.layout import Passage, lay_out
from kjtui.find.filter import Filter
from kjtui.history.snapshot import Snapshot
from kjtui.languages import tr
from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.dialogs.passage_list import PassageList
from kjtui.tui.keys.command_table import Command, bindings
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.state.clipboard import copy_document, copy_line
from kjtui.tui.state.exportable import Exportable
from kjtui.tui.terminal.browser import open_address
from kjtui.words.addresses import web_address


class Closed(NamedTuple):
    """The position of a document reader when it was closed.

    Attributes:
        event: the index of the event that was read or chosen last.
        track: the id of the track that was shown last.
        meeting: the id of the meeting that was shown last.
        go: whether to close all other document readers as well, and to go to the event in the panes.
    """

    event: int | None = None
    track: str = ""
    go: bool = False
    meeting: str = ""


OpenPassage = Callable[["DocumentReader", Passage], None]
"""A function that opens a dialog about the subject of a passage, above a document reader."""


class DocumentReader(Dialog[Closed]):
    """Show a document. Enter opens the selected passage; escape closes the dialog.

    Args:
        document: The document to read.
        snapshot: The snapshot used for the list of sources, and for documents that are opened from this
            dialog.
        open_passage: The function that opens the subject of a passage.
        exportable: The document as it is saved and copied. ``None`` if the user cannot save or copy it.
        heading: A line above the text.
    """

    class SearchRequested(Message):
        """The user asks to search for an event."""

        def __init__(self, reader: DocumentReader) -> None:
            super().__init__()
            self.reader = reader

    BINDINGS: ClassVar[list[BindingType]] = bindings("document")
    HINTS: ClassVar[tuple[str, ...]] = ("document",)

    def __init__(
        self,
        document: Document,
        snapshot: Snapshot,
        open_passage: OpenPassage,
        exportable: Exportable | None = None,
        heading: str = "",
    ) -> None:
        super().__init__()
        self.snapshot = snapshot
        self.exportable = exportable
        self.heading = heading
        self._open_passage = open_passage
        self.text = DocumentText(document)

    def compose(self) -> ComposeResult:
        """Compose the heading, the text and the keys."""
        with Vertical(classes="dialog reader"):
            yield Static(self.heading, classes="count", markup=False)
            yield self.text
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """Focus the text, so that keys scroll it."""
        self.query_one(".count").display = bool(self.heading)
        self.text.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable save and copy if there is no exportable document."""
        if action in ("export", "copy"):
            return self.exportable is not None
        return super().check_action(action, parameters)

    def event_index(self, event: str) -> int:
        """Return the index of an event in the record by its id."""
        index = self.snapshot.history.index_of(event)
        assert index is not None  # passages are about events of the record
        return index

    def reopened(self, closed: Closed | None) -> None:
        """Handle the closing of a document reader above this dialog: select the event that was read last.

        If ``closed.go`` is set, close this dialog too.
        """
        if closed is None or closed.event is None:
            return
        if closed.go:
            self.dismiss(self.closed()._replace(event=closed.event, go=True))
        else:
            self.text.select_event(self.snapshot.record.events[closed.event].id)

    @property
    def search_filter(self) -> Filter:
        """Return the filter for searches that start in this dialog."""
        return Filter()

    def action_search(self) -> None:
        """Ask the app to open the search."""
        self.post_message(self.SearchRequested(self))

    def closed(self) -> Closed:
        """Return the current position."""
        return Closed()

    def show(self, document: Document, heading: str, exportable: Exportable | None) -> None:
        """Show a different document."""
        self.heading, self.exportable = heading, exportable
        self.text.show_document(document)
        self.query_one(".count", Static).update(heading)

    @on(PassageList.Selected)
    def show_opened(self) -> None:
        """Update the label of the enter key in the hint, which depends on the selected passage."""
        for hint in self.query(Hint):  # there is no hint while the dialog opens or closes
            hint.refresh(layout=True)

    def hint_word(self, command: Command) -> str:
        """Return the label of a command in the hint.

        The label of the enter key says what kind of item it opens.
        """
        passage = self.text.selected_passage
        if command.id != "document.open" or passage is None:
            return super().hint_word(command)
        if passage.event:
            return tr("opens the event")
        if passage.meeting:
            return tr("opens the meeting")
        if passage.series:
            return tr("lists the series")
        if passage.track:
            return tr("opens the track")
        return tr("opens the address") if passage.is_source else tr("lists its sources")

    @on(PassageList.OpenRequested)
    def action_open(self) -> None:
        """Open the subject of the selected passage. For an entry of the list of sources, open its address."""
        passage = self.text.selected_passage
        if passage is None:
            return
        address = (
            web_address(self.snapshot.record.sources[passage.sources[0]].url) if passage.is_source else ""
        )
        if address:
            otherwise = tr("{key} copies the citation", key=key_of(self.app, "document.cite"))
            open_address(self.app, address, otherwise=otherwise)
        else:
            self.open_passage(passage)

    def open_passage(self, passage: Passage) -> None:
        """Open a dialog about the subject of a passage, above this dialog."""
        self._open_passage(self, passage)

    def action_go(self) -> None:
        """Go to the day of the selected event."""
        passage = self.text.selected_passage
        if passage and passage.event:
            self.dismiss(self.closed()._replace(event=self.event_index(passage.event), go=True))
        else:
            self.notify(tr("The selected passage is not an event."), markup=False)

    def action_sources(self) -> None:
        """List the sources of the selected passage.

        If the passage has no sources, list the sources of the document.
        """
        passage = self.text.selected_passage
        if passage and passage.sources:
            self.list_sources(passage)
        elif self.text.document.sources:
            sources = tuple(source.id for source in self.text.document.sources)
            self.list_sources(Passage((), sources=sources, title=self.text.document.title))
        else:
            self.notify(tr("This text has no sources."), markup=False)

    def list_sources(self, passage: Passage) -> None:
        """List the sources of a passage."""
        from kjtui.tui.dialogs.sources_dialog import SourceGroup, SourcesDialog

        sources = self.snapshot.record.sources
        group = SourceGroup(passage.title, tuple(sources[source] for source in passage.sources))
        open_screen(self, SourcesDialog([group], self.snapshot, self.text.document.sources))

    def action_cite(self) -> None:
        """Copy a citation of each source of the selected passage."""
        from kjtui.formats.citation import citation

        passage = self.text.selected_passage
        if passage is None or not passage.sources:
            self.notify(tr("The selected passage has no sources."), markup=False)
            return
        record = self.snapshot.record
        cited = [citation(record.sources[source], record) for source in passage.sources]
        copy_line(
            self.app,
            "\n".join(cited),
            tr("Citation") if len(cited) == 1 else tr("{count} citations", count=len(cited)),
        )

    def action_export(self) -> None:
        """Save the document as a file."""
        if self.exportable:
            from kjtui.tui.dialogs.export_dialog import ExportDialog

            open_screen(self, ExportDialog(self.exportable))

    def action_copy(self) -> None:
        """Copy the text of the document to the clipboard."""
        if self.exportable:
            from kjtui.formats.format_table import render

            copy_document(self.app, render(self.exportable.document(), "text"))

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss(self.closed())


class DocumentText(PassageList):
    """The text of a document, laid out at the width of the widget."""

    DEFAULT_CSS = "DocumentText { height: 1fr; width: 1fr; overflow-y: scroll; }"

    def __init__(self, document: Document) -> None:
        super().__init__(id="document")
        self.document = document
        self.first_event = ""
        """The id of the event to select first."""

    def show_document(self, document: Document) -> None:
        """Show a different document."""
        self.document = document
        self.show()

    def compose_passages(self, width: int) -> Iterator[Passage]:
        """Compose the document, indented by one cell for the mark of the selected passage."""
        for passage in lay_out(self.document, max(width - 2, 1)):
            lines = tuple(((" ", ""), *line) if line else () for line in passage.lines)
            yield replace(passage, lines=lines)

    def first_choice(self) -> int:
        """Return the index of the passage about ``first_event``.

        Return 0 if this passage does not exist, or if it is not visible without scrolling.
        """
        for index, passage in enumerate(self._items):
            if passage.event and passage.event == self.first_event:
                return index if self._extent(index)[1] <= self.rows else 0
        return 0
