"""The user's notes, as a list."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kjtui.languages import tr
from kjtui.notes import Note
from kjtui.record.model import Record
from kjtui.record.partial_date import day_text
from kjtui.tui.dialogs.choice_list import ChoiceList
from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.narrowed_dialog import NarrowedDialog, NarrowingLine
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.state.note_index import NoteIndex, first_line
from kjtui.tui.terminal.guards import is_listed


class NotesDialog(NarrowedDialog[Note | None]):
    """List notes by day. The result is the chosen note.

    To change a note, the dialog sends a message to the app. The app changes the note, then calls
    :meth:`show_notes`.
    """

    class EditRequested(Message):
        """The user asks to edit a note."""

        def __init__(self, dialog: NotesDialog, note: Note) -> None:
            super().__init__()
            self.dialog, self.note = dialog, note

    class DeleteRequested(Message):
        """The user confirmed the deletion of a note."""

        def __init__(self, note: Note) -> None:
            super().__init__()
            self.note = note

    BINDINGS: ClassVar[list[BindingType]] = bindings("notes")
    HINTS = ("notes",)
    LIST = "ChoiceList"

    def __init__(self, notes: NoteIndex, record: Record) -> None:
        super().__init__()
        self._notes, self._record = notes, record
        self._titles = {event.id: event.title for event in record.events}
        self._found: tuple[Note, ...] = ()
        self._to_delete: Note | None = None

    def compose(self) -> ComposeResult:
        """Compose the list, the filter input, and a message."""
        with Vertical(classes="dialog reader"):
            yield Static(classes="title", markup=False)
            yield ChoiceList(markup=False)
            yield NarrowingLine(tr("words of your notes"))
            yield Static(classes="message", markup=False)
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """List every note."""
        self.show_notes(self._notes)
        super().on_mount()

    def show_notes(self, notes: NoteIndex) -> None:
        """List the notes that match the query. Keep the position of the highlight."""
        self._notes = notes
        entries, query = self.query_one(OptionList), self.query_one(Input).value
        highlighted = entries.highlighted or 0
        self._found = notes.find(query)
        entries.clear_options()
        entries.add_options([self._option(note) for note in self._found])
        entries.highlighted = min(highlighted, len(self._found) - 1) if self._found else None
        count = (
            tr("{count} of {total}", count=len(self._found), total=len(notes.notes))
            if query.strip()
            else str(len(notes.notes))
        )
        self.query_one(".title", Static).update(tr("Notes: {count}", count=count))
        self._say(
            ""
            if notes.notes
            else tr("None yet. In the panes, {key} writes one.", key=key_of(self.app, "note.write"))
        )

    def _option(self, note: Note) -> Option:
        place = self._titles.get(note.event, "")
        if note.event and not place:
            place = tr("the event {event} is no longer in the record", event=note.event)
        return Option(
            Content.assemble(
                (f"{day_text(note.day)}  ", "$accent"),
                first_line(note),
                (f"\n{place or tr('the day')}", "$line-dim"),
            )
        )

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Close and return the chosen note. The app then goes to the event or the day of the note."""
        if is_listed(event):
            self.dismiss(self._found[event.option_index])

    @on(OptionList.OptionHighlighted)
    def forget(self) -> None:
        """Reset the confirmation for deleting."""
        if self._to_delete is not None:
            self._to_delete = None
            self._say("")

    def narrow(self, query: str) -> None:
        """List the notes that contain every word of a query."""
        self.show_notes(self._notes)

    def action_edit(self) -> None:
        """Edit the note."""
        if note := self._highlighted():
            self.post_message(self.EditRequested(self, note))

    def action_delete(self) -> None:
        """Delete the note. The first key press only asks for confirmation."""
        note = self._highlighted()
        if note is None:
            return
        if note == self._to_delete:
            self._to_delete = None
            self.post_message(self.DeleteRequested(note))
        else:
            self._to_delete = note
            self._say(tr("Press again to delete this note."))

    def _highlighted(self) -> Note | None:
        index = self.query_one(OptionList).highlighted
        return None if index is None else self._found[index]

    def _say(self, text: str) -> None:
        self.query_one(".message", Static).update(text)
