"""A dialog that saves a document as a file. In a browser, the file is downloaded."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from kjtui.documents.document import Document
from kjtui.files.atomic_write import ExistsError, ExportError, reason_of, save
from kjtui.formats.format_table import DOCUMENT_FORMATS, format_of, render
from kjtui.languages import labelled, tr
from kjtui.notes import default_path
from kjtui.record.sanitize import SAFE_TEXT, sanitize
from kjtui.tui.dialogs.dialog import Dialog, Hint
from kjtui.tui.dialogs.text_line import MAX_PATH
from kjtui.tui.keys.command_table import Command, bindings
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.state.exportable import Exportable
from kjtui.tui.state.last_place import load_export

_PREVIEW = 60
"""Maximum number of lines of the preview. No dialog has room for more lines."""


@runtime_checkable
class StoreReader(Protocol):
    """An app with an open store. Exports must not overwrite this store."""

    @property
    def store(self) -> Path | None:
        """The path of the open file or folder, if any."""


class ExportDialog(Dialog[None]):
    """Ask for a file name and write the file. On failure, stay open and show the reason.

    The suffix of the name selects the format. A name without a suffix gets the suffix of the text format,
    unless a file of this name exists. To overwrite a file or to create a folder, the user presses enter
    twice.
    """

    class Saved(Message):
        """A file was saved.

        The message contains the path of the file, the kind of document, the suffix and the form.
        """

        def __init__(self, path: Path, kind: str, suffix: str, form: int) -> None:
            super().__init__()
            self.path, self.kind, self.suffix, self.form = path, kind, suffix, form

    BINDINGS: ClassVar[list[BindingType]] = bindings("export")
    HINTS = ("export",)

    def __init__(self, exportable: Exportable) -> None:
        super().__init__()
        self._exportable = exportable
        self._form = 0
        self._documents: dict[int, Document] = {}
        self._allowed: Path | None = None
        """The file to overwrite or the folder to make, once the user has been asked."""
        self._shown: tuple[int, str] | None = None

    @property
    def suffixes(self) -> Mapping[str, str]:
        """A mapping from the name of each available format to its suffix."""
        return {name: DOCUMENT_FORMATS[name].suffix for name in self._exportable.formats}

    def format_of(self, path: Path) -> str:
        """Return the format for the suffix of a path.

        Raises ``ExportError`` for an unknown suffix.
        """
        return format_of(path, self.suffixes)

    def render_as(self, format_name: str) -> str:
        """Render the document in a format."""
        return render(self._document(), format_name)

    def compose(self) -> ComposeResult:
        """Compose the path input, a message and the preview."""
        with Vertical(classes="dialog reader"):
            yield Static(classes="title", markup=False)
            yield Input(self._first_name(), max_length=MAX_PATH, restrict=SAFE_TEXT)
            yield Static(classes="formats", markup=False)
            yield Static(classes="message", markup=False)
            yield Static(classes="preview", markup=False)
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """Show the preview."""
        self._show_title()

    def _first_name(self) -> str:
        """Return the default path, and restore the form last used for this kind of document.

        The path has the folder of the last export and the suffix last used for this kind of document.
        """
        last = None if self.app.is_web else load_export(self._exportable.kind)
        default = next(iter(self.suffixes.values()))
        if last is None:
            return f"{self._exportable.stem}{default}"
        if 0 <= last.form < len(self._exportable.forms):
            self._form = last.form
        suffix = last.suffix if last.suffix in self.suffixes.values() else default
        name = f"{self._exportable.stem}{suffix}"
        with suppress(OSError):  # the current folder was deleted
            if last.folder == Path.cwd():
                return name
        return str(last.folder / name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the key that switches the form if there is only one form."""
        if action == "form":
            return self._has_forms()
        return super().check_action(action, parameters)

    def _has_forms(self) -> bool:
        """Return whether the user can choose a form. JSON is always complete, so there is no choice."""
        return len(self._exportable.forms) > 1 and (self._shown is None or self._shown[1] != "json")

    def hint_word(self, command: Command) -> str:
        """Return the label of a command in the hint.

        The label of the key that switches the form is the name of the next form.
        """
        forms = self._exportable.forms
        if command.id == "export.form":
            return forms[(self._form + 1) % len(forms)][0]
        return super().hint_word(command)

    def action_form(self) -> None:
        """Switch to the next form of the document."""
        self._form = (self._form + 1) % len(self._exportable.forms)
        self._show_title()
        self._preview(self.query_one(Input).value)

    def action_format(self, step: int) -> None:
        """Replace the suffix of the name by the suffix of the next or previous format."""
        typed = self.query_one(Input)
        path = Path(typed.value)
        names = list(self.suffixes)
        with suppress(ExportError, ValueError):
            chosen = self.format_of(path)
            suffix = self.suffixes[names[(names.index(chosen) + step) % len(names)]]
            stem = path.name.removesuffix(self.suffixes[chosen])
            typed.value = str(path.with_name(f"{stem}{suffix}"))
            typed.cursor_position = len(typed.value)

    async def action_save(self) -> None:
        """Write the file."""
        await self.query_one(Input).action_submit()

    @on(Input.Changed)
    def change(self, event: Input.Changed) -> None:
        """Show path and preview. The confirmation of the previous name no longer applies."""
        self._allowed = None
        self._preview(event.value)

    @on(Input.Submitted)
    def write(self, event: Input.Submitted) -> None:
        """Write the file atomically; ask before overwriting."""
        typed = event.value.strip()
        if not typed:
            self._say(tr("enter a file name"))
        elif self.app.is_web:
            self._deliver(typed)
        else:
            self._write(self._with_suffix(typed))

    def _with_suffix(self, typed: str) -> Path:
        """Convert a typed name to a path.

        A name without a suffix gets the suffix of the text format, unless a file of this name exists.
        """
        path = Path(typed)
        is_file_name = path.name not in ("", "..") and not typed.endswith("/")
        if not is_file_name or path.suffix not in ("", ".") or _is_there(path):
            return path
        return path.with_name(f"{path.name.rstrip('.')}{self.suffixes[self.format_of(path)]}")

    def _kept_files(self) -> list[Path]:
        """Return the files that an export must not overwrite: the notes and the store."""
        files = [default_path()]
        if isinstance(self.app, StoreReader) and self.app.store:
            files.append(self.app.store)
        return files

    def _write(self, path: Path) -> None:
        try:
            path = _absolute(path)
        except ExportError as error:
            self._say(str(error))
            return
        try:
            format_name = self.format_of(path)
            text = self.render_as(format_name)
            if self._allowed == path.parent:
                _save_in_new_folder(text, path)
            else:
                save(text, path, force=path == self._allowed, keep=self._kept_files())
        except ExistsError:
            self._allowed = path
            self._say(
                tr(
                    "{path} exists; press {key} again to overwrite it",
                    path=path,
                    key=self._save_key,
                )
            )
        except ExportError as error:
            if path.parent != self._allowed and _is_missing(path.parent):
                self._allowed = path.parent
                self._say(
                    tr(
                        "{folder} does not exist; press {key} again to make this folder",
                        folder=path.parent,
                        key=self._save_key,
                    )
                )
            else:
                self._say(str(error))
        else:
            self.app.post_message(
                self.Saved(path, self._exportable.kind, self.suffixes[format_name], self._form)
            )
            self.dismiss()

    def _preview(self, typed: str) -> None:
        try:
            path = self._with_suffix(typed.strip())
            chosen = self.format_of(path)
            where = self._destination(path) if typed.strip() else tr("enter a file name")
        except ExportError as error:
            self._say(str(error))
            return
        self._say(where, error=not typed.strip())
        if (self._form, chosen) != self._shown:
            self._shown = (self._form, chosen)
            self._show_title()
            self.query_one(".formats", Static).update(self._formats_line(chosen))
            read_as = "text" if chosen == "html" else chosen  # a preview of HTML would show mostly tags
            beginning = self.render_as(read_as).splitlines()[:_PREVIEW]
            self.query_one(".preview", Static).update("\n".join(beginning))

    def _formats_line(self, chosen: str) -> Content:
        """Return a line with the suffixes of all formats.

        An arrow marks the chosen format, for terminals without colours.
        """
        return Content("  ").join(self._choices(self.suffixes.values(), self.suffixes[chosen]))

    def _choices(self, texts: Iterable[str], chosen: str) -> list[Content]:
        return [
            Content.styled(f"▶{text}", "bold $accent") if text == chosen else Content(f" {text}")
            for text in texts
        ]

    def _destination(self, path: Path) -> str:
        if self.app.is_web:
            return tr("{name}, to your downloads", name=self._download_name(path))
        absolute = _absolute(path)
        if _is_missing(absolute.parent):
            return tr("{path}, in a new folder", path=absolute)
        return str(absolute)

    def _deliver(self, typed: str) -> None:
        """Send the file to the browser.

        Remove folders from the path, because the browser chooses the folder of a download.
        """
        name = self._download_name(Path(typed))
        try:
            text = self.render_as(self.format_of(Path(name)))
        except ExportError as error:
            self._say(str(error))
            return
        self.app.deliver_text(StringIO(text), save_filename=name)
        self.app.notify(tr("Sent {name} to the browser as a download", name=name), markup=False)
        self.dismiss()

    def _download_name(self, path: Path) -> str:
        # The name is sent unquoted in an HTTP header, so only safe characters remain. A leading dot would
        # hide the file.
        return re.sub(r"[^\w.-]+", "-", path.name).strip("-.") or f"{self._exportable.stem}.txt"

    @property
    def _save_key(self) -> str:
        return key_of(self.app, "export.save")

    def _document(self) -> Document:
        if self._form not in self._documents:
            self._documents[self._form] = self._exportable.forms[self._form][1]()
        return self._documents[self._form]

    def _show_title(self) -> None:
        title = Content(tr("Export: {title}", title=self._exportable.title))
        forms = [name for name, _ in self._exportable.forms]
        if self._has_forms():
            title = Content("  ").join([title, *self._choices(forms, forms[self._form])])
        self.query_one(".title", Static).update(title)
        self.query_one(Hint).refresh(layout=True)  # it contains the name of the next form

    def _say(self, text: str, *, error: bool = True) -> None:
        message = self.query_one(".message", Static)
        message.set_class(error, "-error")
        message.update(sanitize(text))


def _absolute(path: Path) -> Path:
    """Return an absolute path, with ``~`` expanded. Raises ``ExportError``."""
    try:
        return path.expanduser().absolute()
    except RuntimeError as error:
        fault = tr("cannot be written: {error}", error=error)
        raise ExportError(labelled(str(path), fault)) from None
    except OSError:
        fault = tr("the current folder was deleted; enter a path from / or ~")
        raise ExportError(labelled(str(path), fault)) from None


def _is_there(path: Path) -> bool:
    try:
        return os.path.lexists(path.expanduser())
    except (OSError, RuntimeError, ValueError):
        return False


def _is_missing(folder: Path) -> bool:
    """Return whether a folder does not exist but could be created."""
    try:
        return not os.path.lexists(folder) and _nearest(folder).is_dir()
    except (OSError, ValueError):
        return False


def _nearest(folder: Path) -> Path:
    """Return the nearest parent folder that exists."""
    return next(parent for parent in folder.parents if os.path.lexists(parent))


def _save_in_new_folder(text: str, path: Path) -> None:
    """Create the folder of a file, then write the file. On failure, remove the created folders.

    Raises ``ExportError``.
    """
    new_folders = [folder for folder in (path.parent, *path.parent.parents) if not os.path.lexists(folder)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(text, path)
    except OSError as error:
        _remove(new_folders)
        fault = tr("cannot be made: {reason}", reason=reason_of(error))
        raise ExportError(labelled(str(path.parent), fault)) from None
    except ExportError:
        _remove(new_folders)
        raise


def _remove(folders: list[Path]) -> None:
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()
