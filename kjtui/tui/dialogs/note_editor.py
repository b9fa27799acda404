"""A note of the reader's, to write and to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from kjtui.notes import Note, NotesError
from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.keys.command_table import bindings

Save = Callable[[str, bool], None]
"""Save a text; the second argument allows to overwrite what was written elsewhere. Raises ``NotesError``."""


class NoteEditor(Dialog[None]):
    """Edit a note; stay open and say why if it cannot be saved, so that no text is lost.

    Args:
        note: The note to change.
        beside: What it stands beside.
        save: What saves its text.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("editor")

    def __init__(self, note: Note, beside: str, save: Save) -> None:
        super().__init__()
        self._note, self._beside, self._save = note, beside, save
        self._asked = self._overwrite = False

    def compose(self) -> ComposeResult:
        """Compose what the note stands beside, its text, and the keys."""
        with Vertical(classes="dialog note"):
            yield Static(self._beside, classes="title", markup=False)
            yield TextArea(self._note.text, compact=True, highlight_cursor_line=False)
            yield Static(classes="message", markup=False)
            yield Hint("editor")

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        text = self.query_one(TextArea)
        text.move_cursor(text.document.end)

    @on(TextArea.Changed)
    def change(self) -> None:
        """Ask again before discarding."""
        self._asked = False

    def action_save(self) -> None:
        """Save the text and close."""
        try:
            self._save(self.query_one(TextArea).text.strip(), self._overwrite)
        except NotesError as error:
            self._overwrite = True
            self._say(str(error))
        else:
            self.dismiss(None)

    def action_back(self) -> None:
        """Close; ask first if the text was changed."""
        changed = self.query_one(TextArea).text.strip() != self._note.text
        if changed and not self._asked:
            self._asked = True
            self._say("Not saved. Press again to discard what you wrote.")
        else:
            self.dismiss(None)

    def _say(self, text: str) -> None:
        self.query_one(".message", Static).update(text)
