"""Notes in the app: read, write, list and delete notes, and show changes made in other windows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from textual.app import App

from kjtui.files.file_watch import Stamp, file_stamp
from kjtui.languages import tr
from kjtui.notes import MAX_TEXT, BrokenNotesError, Note, NoteConflictError, Notes, NotesError, default_path
from kjtui.record.model import Event
from kjtui.record.sanitize import sanitize
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.main_screen import MainScreen
from kjtui.tui.state.note_index import NoteIndex
from kjtui.words import day_words

if TYPE_CHECKING:
    from kjtui.tui.dialogs.notes_dialog import NotesDialog

_LOCK_TIMEOUT = 0.1
"""Timeout in seconds for the lock of the notes file. The app handles no keys while it waits."""


class NotesController:
    """Connects the notes file with the main screen and the dialogs."""

    def __init__(self, app: App[None], screen: MainScreen) -> None:
        self._app, self._screen = app, screen
        self._notes = Notes(default_path())
        self._list: NotesDialog | None = None
        self._last_stamp: Stamp = ()
        self._suspected: Stamp = ()  # stamp of a broken file that another program may still be writing
        self._reported: Stamp = ()  # stamp of a broken file: the user was warned that it may be renamed

    def read(self) -> None:
        """Read the notes and show them. If the file cannot be read, keep the notes on screen."""
        self._last_stamp = self._stamp()
        record = self._screen.history.record
        try:
            notes = NoteIndex.of(self._notes.read(record.dataset.key), record)
        except BrokenNotesError as error:
            if self._suspected == self._last_stamp:
                self._notify_error(error)
                self._suspected = ()
            else:
                self._suspected = self._last_stamp
            return
        except NotesError as error:
            self._notify_error(error)
            return
        self._suspected = ()
        self._screen.notes = notes
        if self._list in self._app.screen_stack:
            self._list.show_notes(notes)

    def check(self) -> None:
        """Read the notes again if the file has changed, or if it was broken and may be complete by now."""
        if self._stamp() != self._last_stamp or self._suspected:
            self.read()

    def write_selected(self) -> None:
        """Edit the note on the selected event, or on the day if no event is selected."""
        self._edit(self._note_at(self._selected_place()))

    def write_day(self) -> None:
        """Edit the note on the day."""
        self._edit(self._note_at(self._day_place()))

    def edit(self, message: NotesDialog.EditRequested) -> None:
        """Edit a note from the list of notes."""
        if self._app.screen is message.dialog:  # otherwise, a repeated key has already opened the editor
            self._edit(message.note)

    def bookmark(self) -> None:
        """Set or remove a bookmark on the selected event, or on the day if no event is selected.

        If the event or day already has a note with text, only show a notice with the key that edits the note.
        """
        self.check()
        place = self._selected_place()
        note = self._known(place)
        if note is None:
            self._try_to_change("write", place, tr("Bookmark set: {title}", title=self._title(place)))
        elif note.text:
            key = key_of(self._app, "note.write")
            self._app.notify(tr("There is a note here already; {key} edits it", key=key), markup=False)
        else:
            self.delete(note)

    def delete(self, note: Note) -> None:
        """Delete a note."""
        self._try_to_change("delete", note, tr("Note deleted") if note.text else tr("Bookmark deleted"))

    def list(self) -> None:
        """List the notes, and go to the chosen note."""
        from kjtui.tui.dialogs.notes_dialog import NotesDialog

        self.check()

        def go(note: Note | None) -> None:
            if note is None:
                return
            index = self._screen.history.index_of(note.event)
            if index is None:
                self._screen.go_to_day(note.day)
            else:
                self._screen.go_to_event(index)

        self._list = NotesDialog(self._screen.notes, self._screen.history.record)
        open_screen(self._screen, self._list, go)

    def _edit(self, note: Note) -> None:
        if len(note.text) > MAX_TEXT:
            path = sanitize(str(self._notes.path))
            message = tr(
                "This note has {count:,} characters, too many to edit here. It is in {path}",
                count=len(note.text),
                path=path,
            )
            self._app.notify(message, severity="warning", markup=False)
            return

        def save(text: str, *, replaces: str) -> None:
            edited = Note(record=note.record, day=note.day, event=note.event, text=text)
            self._change("write" if text else "delete", edited, replaces)

        from kjtui.tui.dialogs.note_editor import NoteEditor

        open_screen(self._app.screen, NoteEditor(note, self._title(note), save))

    def _try_to_change(self, change: Literal["write", "delete"], note: Note, message: str) -> None:
        """Write or delete a note, and notify the user of the result."""
        try:
            self._change(change, note, replaces=note.text)
        except NotesError as error:
            self._notify_error(error)
        else:
            self._app.notify(message, markup=False)

    def _change(self, change: Literal["write", "delete"], note: Note, replaces: str) -> None:
        """Write or delete a note.

        Raises ``NotesError``, for example if the stored text differs from ``replaces``. If the file is
        broken, the first attempt only warns the user. A second attempt renames the file and starts a new
        file.
        """
        stamp = self._stamp()
        set_aside = bool(stamp) and stamp == self._reported
        apply = self._notes.write if change == "write" else self._notes.delete
        try:
            apply(note, replaces=replaces, set_aside=set_aside, timeout=_LOCK_TIMEOUT)
        except NoteConflictError:
            self.read()
            raise
        except BrokenNotesError as error:
            self._reported = stamp
            aside = sanitize(self._notes.aside_path().name)
            raise NotesError(
                tr("{error}. Try again to move it to {aside} and start a new file.", error=error, aside=aside)
            ) from None
        self.read()

    def _selected_place(self) -> Note:
        """Return an empty note on the selected event, or on the day if no event is selected."""
        event = self._screen.selected_event
        return self._day_place() if event is None else self._place(event.day, event)

    def _day_place(self) -> Note:
        return self._place(self._screen.cursor.day)

    def _place(self, day: date, event: Event | None = None) -> Note:
        title = self._screen.history.record.dataset.key
        return Note(record=title, day=day, event=event.id if event else "")

    def _note_at(self, place: Note) -> Note:
        """Return the existing note on the event or day of ``place``, or else the empty note ``place``."""
        return self._known(place) or place

    def _known(self, place: Note) -> Note | None:
        for note in self._screen.notes.notes:
            if note.event == place.event and (place.event or note.day == place.day):
                return note
        return None

    def _title(self, note: Note) -> str:
        history = self._screen.history
        index = history.index_of(note.event)
        return day_words.long_day(note.day) if index is None else history.record.events[index].title

    def _notify_error(self, error: NotesError) -> None:
        self._app.notify(str(error), severity="error", markup=False)

    def _stamp(self) -> Stamp:
        return file_stamp(self._notes.path)
