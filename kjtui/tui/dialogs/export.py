"""Export the day to a file: a path already filled in, enter writes, and it says where."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kjtui.history.snapshot import Snapshot
from kjtui.record.clean import UNSAFE, clean
from kjtui.text import words
from kjtui.text.export import FORMATS, ExistsError, ExportError, default_name, format_of, save


class ExportDialog(ModalScreen[Path | None]):
    """Writes the snapshot and gives the path; stays open where it could not, and says why."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._overwrite: Path | None = None

    def compose(self) -> ComposeResult:
        """The path to write, and what happened."""
        with Vertical(classes="dialog"):
            yield Static(f"Export {words.long_day(self._snapshot.day)}", markup=False)
            yield Input(default_name(self._snapshot), select_on_focus=False, restrict=f"[^{UNSAFE}]*")
            yield Static(f"in {clean(str(Path.cwd()))}", classes="message", markup=False)
            yield Static(
                "enter writes · escape leaves · a name in .json gives JSON", classes="hint", markup=False
            )

    @on(Input.Changed)
    def forget(self) -> None:
        """Another name needs its own leave to overwrite."""
        self._overwrite = None

    @on(Input.Submitted)
    def write(self, event: Input.Submitted) -> None:
        """Write the file whole or not at all."""
        if not event.value.strip():
            self._say("a file name is needed")
            return
        try:
            path = Path(event.value.strip()).expanduser()
            text = FORMATS[format_of(path)](self._snapshot)
            save(text, path, force=path == self._overwrite)
        except ExistsError:
            self._overwrite = path
            self._say(f"{path} exists: enter again overwrites it")
        except (ExportError, RuntimeError) as error:  # RuntimeError: ~ of nobody
            self._say(str(error))
        else:
            self.dismiss(path.absolute())

    def _say(self, text: str) -> None:
        message = self.query_one(".message", Static)
        message.add_class("-error")
        message.update(clean(text))
