"""Notes in the app: read, write, list and delete them, and follow what other windows do to them."""

from __future__ import annotations

from datetime import date

from textual.app import App

from kjtui.notes import Note, Notes, NotesError, default_path
from kjtui.record.model import Event
from kjtui.tui.dialogs.note_editor import NoteEditor
from kjtui.tui.dialogs.notes_dialog import NotesDialog
from kjtui.tui.screen import MainScreen
from kjtui.tui.state.messages import DaySelected, EventSelected
from kjtui.tui.state.notebook import Notebook
from kjtui.words import labels


class NoteTaking:
    """What the app does with the notes of its user."""

    def __init__(self, app: App[None], screen: MainScreen) -> None:
        self._app, self._screen = app, screen
        self._path = default_path()
        self._notes = Notes(self._path)
        self._read_at: object = None

    def read(self) -> None:
        """Read the notes and show them."""
        self._read_at = self._stamp()
        record = self._screen.history.record
        try:
            notes = Notebook.of(self._notes.read(record.dataset.title), record)
        except NotesError as error:
            self._app.notify(str(error), severity="error", markup=False)
            return
        self._screen.notes = notes
        for dialog in self._app.screen_stack:
            if isinstance(dialog, NotesDialog):
                dialog.show_notes(notes)

    def check(self) -> None:
        """Read the notes again if another window changed them."""
        if self._stamp() != self._read_at:
            self.read()

    def write(self, event: Event | None, day: date) -> None:
        """Edit the note beside an event, or beside a day."""
        self.edit(self._note_at(self._place(event, day)))

    def edit(self, note: Note) -> None:
        """Edit a note."""

        def save(text: str, overwrite: bool) -> None:
            self._save(note, text, overwrite=overwrite)

        self._app.push_screen(NoteEditor(note, self._beside(note), save))

    def bookmark(self, event: Event | None, day: date) -> None:
        """Set a bookmark, or remove one; a note with text stays."""
        self.check()
        place = self._place(event, day)
        known = self._known(place)
        if known is None:
            self._change(place, f"Bookmark set: {self._beside(place)}")
        elif known.text:
            self._app.notify("There is a note here already; a edits it", markup=False)
        else:
            self.delete(known)

    def delete(self, note: Note) -> None:
        """Delete a note."""
        try:
            self._notes.delete(note)
        except NotesError as error:
            self._app.notify(str(error), severity="error", markup=False)
            return
        self._app.notify(f"{'Note' if note.text else 'Bookmark'} deleted", markup=False)
        self.read()

    def list(self) -> None:
        """List the notes, and go to the one that is chosen."""
        self.check()

        def go(note: Note | None) -> None:
            if note:
                indices = {event.id: index for index, event in enumerate(self._screen.history.record.events)}
                index = indices.get(note.event)
                self._screen.post_message(DaySelected(note.day) if index is None else EventSelected(index))

        self._app.push_screen(NotesDialog(self._screen.notes, self._screen.history.record), go)

    def _save(self, note: Note, text: str, *, overwrite: bool) -> None:
        """Save a text in the place of a note; without text, delete it. Raises ``NotesError``."""
        self.check()
        now = self._note_at(note)
        if now.text != note.text and not overwrite:
            raise NotesError("This note was changed in another window. Save again to overwrite it.")
        changed = Note(record=note.record, day=note.day, event=note.event, text=text)
        if text:
            self._notes.write(changed)
        else:
            self._notes.delete(changed)
        self.read()

    def _change(self, note: Note, message: str) -> None:
        try:
            self._notes.write(note)
        except NotesError as error:
            self._app.notify(str(error), severity="error", markup=False)
            return
        self._app.notify(message, markup=False)
        self.read()

    def _place(self, event: Event | None, day: date) -> Note:
        """Return the empty note beside an event, or beside a day."""
        title = self._screen.history.record.dataset.title
        if event is None:
            return Note(record=title, day=day)
        return Note(record=title, day=event.day, event=event.id)

    def _note_at(self, place: Note) -> Note:
        """Return the note in a place; the place itself if there is none."""
        return self._known(place) or place

    def _known(self, place: Note) -> Note | None:
        same = (
            note
            for note in self._screen.notes.notes
            if note.event == place.event and (place.event or note.day == place.day)
        )
        return next(same, None)

    def _beside(self, note: Note) -> str:
        titles = {event.id: event.title for event in self._screen.history.record.events}
        return titles.get(note.event) or labels.long_day(note.day)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino
