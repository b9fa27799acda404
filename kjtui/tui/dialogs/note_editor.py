"""The editor of a note."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea
from textual.worker import Worker

from kjtui.languages import labelled, tr
from kjtui.notes import MAX_TEXT, Note, NoteConflictError, NotesError, NotesLockedError
from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.keys.command_table import BY_ID, bindings

_RETRY_INTERVAL = 0.1
"""Seconds between two attempts to save while another program holds the lock."""


class Save(Protocol):
    """A function that saves a text if the stored text equals ``replaces``. Raises ``NotesError``."""

    def __call__(self, text: str, *, replaces: str) -> None: ...


class NoteText(TextArea):
    """A text field that refuses a paste if the note would become too long.

    Textual needs seconds for a paste of a megabyte. The key that opens the user's own editor is bound here
    too. Otherwise Textual would use this key to move the text cursor to the end of the line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [BY_ID["editor.edit"].binding()]

    def on_paste(self, event: events.Paste) -> None:
        """Refuse a paste that is too long."""
        if len(self.text) + len(event.text) > MAX_TEXT:
            event.prevent_default()
            event.stop()
            refusal = tr("Not pasted: a note can have at most {limit:,} characters", limit=MAX_TEXT)
            self.notify(refusal, markup=False)


class NoteEditor(Dialog[None]):
    """Edit a note. If saving fails, stay open and show the reason, so that no text is lost.

    Args:
        note: The note to change.
        title: Title of the event or day of the note.
        save: The function that saves the text of the note.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("editor")
    HINTS = ("editor",)

    def __init__(self, note: Note, title: str, save: Save) -> None:
        super().__init__()
        self._note, self._title, self._save = note, title, save
        self._seen = note.text  # the stored text that the user has seen; saving must not replace a newer text
        self._asked = False
        self._waiting: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """Compose the title, the text, and the keys."""
        with Vertical(classes="dialog note"):
            yield Static(labelled(tr("Note"), self._title), classes="title", markup=False)
            yield NoteText(self._note.text, compact=True, highlight_cursor_line=False)
            yield Static(classes="message", markup=False)
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        text = self.query_one(NoteText)
        text.move_cursor(text.document.end)

    @on(TextArea.Changed)
    def change(self) -> None:
        """Reset the confirmation for discarding the text."""
        self._asked = False

    def action_edit(self) -> None:
        """Edit the text in the user's own editor."""
        from kjtui.tui.terminal.external_editor import edit

        text_area = self.query_one(NoteText)
        text = edit(self.app, text_area.text)
        if text is None:
            self._say(tr("The editor could not be used; set EDITOR to another editor."))
        elif len(text) > MAX_TEXT:
            self._say(tr("Not accepted: a note can have at most {limit:,} characters.", limit=MAX_TEXT))
        else:
            text_area.text = text.rstrip("\n")
            text_area.move_cursor(text_area.document.end)

    def action_save(self) -> None:
        """Save the text and close. Wait in the background if another program holds the lock."""
        if self._waiting is None and not self._try_to_save():
            self._say(tr("Another program is using the notes. Waiting for it; closing cancels."))
            self._waiting = self.run_worker(self._save_when_unlocked())

    async def _save_when_unlocked(self) -> None:
        while True:
            await asyncio.sleep(_RETRY_INTERVAL)
            if self._try_to_save():
                self._waiting = None
                return

    def _try_to_save(self) -> bool:
        """Save the text, or show the error. Return false if another program holds the lock."""
        try:
            self._save(self.query_one(NoteText).text.strip(), replaces=self._seen)
        except NotesLockedError:
            return False
        except NoteConflictError as error:
            self._seen = error.text
            self._say(tr("{error} Save again to overwrite it.", error=error))
        except NotesError as error:
            self._say(str(error))
        else:
            self.app.notify(tr("Saved"), markup=False)
            self.dismiss(None)
        return True

    def action_back(self) -> None:
        """If the editor waits for the lock, stop waiting.

        Otherwise close, but ask first if the text was changed.
        """
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
            self._say(tr("Not saved."))
            return
        changed = self.query_one(NoteText).text.strip() != self._note.text
        if changed and not self._asked:
            self._asked = True
            self._say(tr("Not saved. Press again to discard what you wrote."))
        else:
            self.dismiss(None)

    def _say(self, text: str) -> None:
        self.query_one(".message", Static).update(text)
