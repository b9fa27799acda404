"""Export the day to a file; in a browser, as a download."""

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
from kjtui.exports.document import Document
from kjtui.exports.formats import format_of, render
from kjtui.exports.snapshot import default_name, snapshot_document
from kjtui.history.snapshot import Snapshot
from kjtui.record.sanitize import SAFE_TEXT, sanitize
from kjtui.tui.dialogs.dialog import Dialog

_PREVIEW = 60
"""Lines of the preview, more than fit into any dialog."""


class ExportDialog(Dialog[str | None]):
    """Write the snapshot and return where; stay open and say why if that fails."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, snapshot: Snapshot, document: Document | None = None, name: str = "") -> None:
        super().__init__()
        self._snapshot = snapshot
        self._document = document or snapshot_document(snapshot)
        self._file_name = name or default_name(snapshot)
        self._overwrite: Path | None = None
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Compose the path, a message and the preview."""
        with Vertical(classes="dialog reader"):
            yield Static(f"Export {labels.long_day(self._snapshot.day)}", markup=False)
            yield Input(self._file_name, select_on_focus=False, restrict=SAFE_TEXT)
            yield Static(classes="message", markup=False)
            yield Static(classes="preview", markup=False)
            hint = "enter saves · escape closes · .md saves Markdown, .html HTML, .json JSON"
            yield Static(hint, classes="hint", markup=False)

    @on(Input.Changed)
    def preview(self, event: Input.Changed) -> None:
        """Show how the file will begin, and forget the permission to overwrite another one."""
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
        """Write the file atomically; ask before overwriting."""
        if not event.value.strip():
            self._say("enter a file name")
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
            self._say(f"{path} exists; press enter again to overwrite it")
        except ExportError as error:
            self._say(str(error))
        else:
            self.dismiss(f"Saved {sanitize(str(path.expanduser().absolute()))}")

    def _deliver(self, path: str) -> None:
        """Send the file to the browser, by the last part of its path: folders would be the server's."""
        # The name goes into an HTTP header without quotes, and a leading dot would hide the file.
        name = re.sub(r"[^\w.-]+", "-", Path(path).name).strip("-.") or self._file_name
        try:
            text = render(self._document, format_of(Path(name)))
        except ExportError as error:
            self._say(str(error))
            return
        self.app.deliver_text(StringIO(text), save_filename=name)
        self.dismiss(f"Sent {name} to the browser as a download")

    def _say(self, text: str, *, error: bool = True) -> None:
        message = self.query_one(".message", Static)
        message.set_class(error, "-error")
        message.update(sanitize(text))


def _folder() -> str:
    """Return the current folder, for a message."""
    try:
        return sanitize(str(Path.cwd()))
    except OSError:
        return "a folder that was deleted"
