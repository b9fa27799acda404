"""Notes in the app: read, write, list and delete them, and follow changes by other windows."""

from __future__ import annotations

from datetime import date

from textual.app import App

from kjtui.notes import Note, Notes, NotesError, default_path
from kjtui.record.model import Event
from kjtui.tui.dialogs.note_editor import NoteEditor
from kjtui.tui.dialogs.notes_dialog import NotesDialog
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.screen import MainScreen
from kjtui.tui.state.note_index import NoteIndex
from kjtui.words import labels


class NotesController:
    """Connects the file of notes with the main screen and the dialogs of notes."""

    def __init__(self, app: App[None], screen: MainScreen) -> None:
        self._app, self._screen = app, screen
        self._path = default_path()
        self._notes = Notes(self._path)
        self._last_stamp: object = None

    def read(self) -> None:
        """Read the notes and show them."""
        self._last_stamp = self._stamp()
        record = self._screen.history.record
        try:
            notes = NoteIndex.of(self._notes.read(record.dataset.title), record)
        except NotesError as error:
            self._notify_error(error)
            return
        self._screen.notes = notes
        for dialog in self._app.screen_stack:
            if isinstance(dialog, NotesDialog):
                dialog.show_notes(notes)

    def check(self) -> None:
        """Read the notes again if another window changed them."""
        if self._stamp() != self._last_stamp:
            self.read()

    def write_selected(self) -> None:
        """Edit the note on the selected event, or on the day if no event is selected."""
        self._edit(self._note_at(self._selected_place()))

    def write_day(self) -> None:
        """Edit the note on the day."""
        self._edit(self._note_at(self._day_place()))

    def edit(self, message: NotesDialog.EditRequested) -> None:
        """Edit a note of the list."""
        if self._app.screen is message.dialog:  # else a repeated key opened the editor already
            self._edit(message.note)

    def bookmark(self) -> None:
        """Set or remove a bookmark on the selected event or the day; a note with text stays."""
        self.check()
        place = self._selected_place()
        known = self._known(place)
        if known is None:
            self._set_bookmark(place)
        elif known.text:
            key = key_of(self._app, "note.write")
            self._app.notify(f"There is a note here already; {key} edits it", markup=False)
        else:
            self.delete(known)

    def delete(self, note: Note) -> None:
        """Delete a note."""
        try:
            self._notes.delete(note)
        except NotesError as error:
            self._notify_error(error)
            return
        self._app.notify("Note deleted" if note.text else "Bookmark deleted", markup=False)
        self.read()

    def list(self) -> None:
        """List the notes, and go to the chosen one."""
        self.check()

        def go(note: Note | None) -> None:
            if note is None:
                return
            for index, event in enumerate(self._screen.history.record.events):
                if event.id == note.event:
                    self._screen.go_to_event(index)
                    return
            self._screen.go_to_day(note.day)

        open_screen(self._screen, NotesDialog(self._screen.notes, self._screen.history.record), go)

    def _edit(self, note: Note) -> None:
        def save(text: str, overwrite: bool) -> None:
            self._save(note, text, overwrite=overwrite)

        open_screen(self._app.screen, NoteEditor(note, self._title(note), save))

    def _save(self, note: Note, text: str, *, overwrite: bool) -> None:
        """Save a text in the place of a note; without text, delete the note. Raises ``NotesError``."""
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

    def _set_bookmark(self, place: Note) -> None:
        try:
            self._notes.write(place)
        except NotesError as error:
            self._notify_error(error)
            return
        self._app.notify(f"Bookmark set: {self._title(place)}", markup=False)
        self.read()

    def _selected_place(self) -> Note:
        """Return an empty note on the selected event, or on the day if no event is selected."""
        event = self._screen.selected_event
        return self._day_place() if event is None else self._place(event.day, event)

    def _day_place(self) -> Note:
        return self._place(self._screen.cursor.day)

    def _place(self, day: date, event: Event | None = None) -> Note:
        title = self._screen.history.record.dataset.title
        return Note(record=title, day=day, event=event.id if event else "")

    def _note_at(self, place: Note) -> Note:
        """Return the note in a place, or the empty note if there is none."""
        return self._known(place) or place

    def _known(self, place: Note) -> Note | None:
        for note in self._screen.notes.notes:
            if note.event == place.event and (place.event or note.day == place.day):
                return note
        return None

    def _title(self, note: Note) -> str:
        titles = {event.id: event.title for event in self._screen.history.record.events}
        return titles.get(note.event) or labels.long_day(note.day)

    def _notify_error(self, error: NotesError) -> None:
        self._app.notify(str(error), severity="error", markup=False)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino
