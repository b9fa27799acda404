"""Export the day to a file: a path already filled in, enter writes, and it says where.

In a browser it becomes a download; nothing is written on the machine that serves the page.
"""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from kjtui.exports import labels
from kjtui.exports.atomic_write import ExistsError, ExportError, save
from kjtui.exports.formats import format_of, render
from kjtui.exports.snapshot import default_name, snapshot_document
from kjtui.history.snapshot import Snapshot
from kjtui.record.sanitize import SAFE_TEXT, sanitize
from kjtui.tui.dialogs.dialog import Dialog

_PREVIEW = 60
"""Lines of a preview: more than any dialog shows."""


class ExportDialog(Dialog[str | None]):
    """Writes the snapshot and tells where it is; stays open where it could not, and says why."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._document = snapshot_document(snapshot)
        self._overwrite: Path | None = None
        self._shown = ""

    def compose(self) -> ComposeResult:
        """The path to write, what happened, and how the file will begin."""
        with Vertical(classes="dialog reader"):
            yield Static(f"Export {labels.long_day(self._snapshot.day)}", markup=False)
            yield Input(default_name(self._snapshot), select_on_focus=False, restrict=SAFE_TEXT)
            yield Static(classes="message", markup=False)
            yield Static(classes="preview", markup=False)
            hint = "enter writes · escape leaves · a name in .md gives Markdown, in .html HTML, in .json JSON"
            yield Static(hint, classes="hint", markup=False)

    @on(Input.Changed)
    def preview(self, event: Input.Changed) -> None:
        """Show how the file will begin; another name needs its own leave to overwrite."""
        self._overwrite = None
        try:
            chosen = format_of(Path(event.value))
        except ExportError as error:
            self._say(str(error))
            return
        self._say("to your downloads" if self.app.is_web else f"in {_folder()}", error=False)
        if chosen != self._shown:
            self._shown = chosen
            beginning = render(self._document, chosen).splitlines()[:_PREVIEW]
            self.query_one(".preview", Static).update("\n".join(beginning))

    @on(Input.Submitted)
    def write(self, event: Input.Submitted) -> None:
        """Write the file whole or not at all."""
        if not event.value.strip():
            self._say("a file name is needed")
            return
        if self.app.is_web:
            self._deliver(event.value)
            return
        try:
            path = Path(event.value.strip())
            text = render(self._document, format_of(path))
            save(text, path, force=path == self._overwrite)
        except ExistsError:
            self._overwrite = path
            self._say(f"{path} exists: enter again overwrites it")
        except ExportError as error:
            self._say(str(error))
        else:
            self.dismiss(f"Saved {sanitize(str(path.expanduser().absolute()))}")

    def _deliver(self, path: str) -> None:
        """Hand the file to the browser. Folders are this machine's, so of a path only the name counts."""
        # It travels in a header, bare: what would end it there or hide the file is not for a name.
        name = re.sub(r"[^\w.-]+", "-", Path(path).name).strip("-.") or default_name(self._snapshot)
        try:
            text = render(self._document, format_of(Path(name)))
        except ExportError as error:
            self._say(str(error))
            return
        self.app.deliver_text(StringIO(text), save_filename=name)
        self.dismiss(f"Handed {name} to the browser as a download")

    def _say(self, text: str, *, error: bool = True) -> None:
        message = self.query_one(".message", Static)
        message.set_class(error, "-error")
        message.update(sanitize(text))


def _folder() -> str:
    """The current folder, which may have gone."""
    try:
        return sanitize(str(Path.cwd()))
    except OSError:
        return "a folder that is no more"
