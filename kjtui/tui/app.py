"""The app: themes, store reloads, and the main screen."""

from __future__ import annotations

import gc
import os
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from textual import events
from textual.notifications import SeverityLevel
from textual.screen import Screen

from kjtui.history.snapshot import History
from kjtui.languages import LANGUAGES, LanguageError, current_language, join_clauses, tr, use_language
from kjtui.record.sanitize import sanitize
from kjtui.record.storage import StoreError
from kjtui.record.store import default_store
from kjtui.tui.dialogs.opening import open_screen
from kjtui.tui.keys.keymap import Keymap, key_of, parse_keymap
from kjtui.tui.main_screen import MainScreen
from kjtui.tui.paint.themes import DARK, LIGHT, own_variables
from kjtui.tui.state.config import load_config, save_language, save_theme
from kjtui.tui.state.cursor import clamp
from kjtui.tui.state.last_place import Place, load_place, save_export, save_place
from kjtui.tui.state.store_watch import StoreWatch
from kjtui.tui.state.view import View
from kjtui.tui.terminal.signals import TerminalApp

if TYPE_CHECKING:
    from kjtui.find.link import Link
    from kjtui.tui.dialogs.dialog import Dialog
    from kjtui.tui.dialogs.document_reader import DocumentReader
    from kjtui.tui.dialogs.export_dialog import ExportDialog
    from kjtui.tui.dialogs.notes_dialog import NotesDialog
    from kjtui.tui.notes_controller import NotesController

_CHECK_INTERVAL = 2.0
"""Interval in seconds between checks for changes of the store and the notes."""

_NEW_OBJECTS = 10_000
"""Number of new objects that starts a garbage collection.

With the default of 700, four of five steps to another day wait for a collection, on average 6 % of a step.
With 10,000, it is one of forty steps, for 0.4 MB of memory.
"""


class _Notice(Struct, frozen=True):
    """A notice on the screen: its text, the key that caused it, and the time when it disappears."""

    text: str
    key: str
    ends: float


class KjtuiApp(TerminalApp):
    """The app.

    Args:
        history: The history to show.
        day: The day to open. By default, this is the day of the last session. If there was no
            session before, it is the start day of the record.
        store: The store to watch for changes, and to reload.
        theme: A theme to use instead of the saved theme.
        open_at: A link. At startup, the app opens the event or track page that the link points to.
        follows_environment: Whether the language was taken from the environment. If so, the app shows a
            notice.
    """

    TITLE = "kjtui"
    CSS_PATH = "app.tcss"
    COMMANDS = set()  # noqa: RUF012  # Textual declares it without ClassVar; the screen has the commands
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # as above
        (0, "-narrow"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-low"), (34, "-tall")]  # noqa: RUF012  # as above

    _saved_theme = ""
    """The theme that was chosen last. Empty until ``__init__`` has chosen a theme."""

    def __init__(
        self,
        history: History,
        day: date | None = None,
        *,
        store: Path | None = None,
        theme: str = "",
        open_at: Link | None = None,
        follows_environment: bool = False,
    ) -> None:
        super().__init__()
        self._watch = StoreWatch(store) if store else None
        self._history = history
        self._day = day
        self._first_start = False
        self._notes: NotesController | None = None
        self._saved_file: Path | None = None
        self._open_at = open_at
        self._follows_environment = follows_environment
        self._notice: _Notice | None = None
        self._key = ""
        """The last key pressed. Empty after a mouse click."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        config = load_config()
        self.keymap: Keymap = parse_keymap(config.keys)
        self._config_faults = list(self.keymap.faults)
        if config.fault:
            self._config_faults.insert(0, config.fault)
        if self.keymap.keys:
            self.set_keymap(self.keymap.keys)
        chosen = theme or config.theme
        # If NO_COLOR is set, Textual blends dim text with the background. In an ANSI theme, dim text would
        # become invisible.
        if chosen not in self.available_themes or ("NO_COLOR" in os.environ and "ansi" in chosen):
            chosen = DARK.name
        self._saved_theme = chosen
        self.theme = chosen

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen, with the breakpoint classes of the current size.

        Textual would set these classes only on the first resize, after the first frame. A small terminal
        would then show the wide layout for a moment.
        """
        day, pane = self._opening()
        screen = MainScreen(self._history, day, pane)
        for size, breakpoints in (
            (self.size.width, self.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            screen.add_class([name for least, name in breakpoints if least <= size][-1], update=False)
        return screen

    def _opening(self) -> tuple[date, str]:
        """Return the day and the pane to open. In a web page, ignore the last session."""
        if self._day:
            return self._day, ""
        dataset = self._history.record.dataset
        place = None if self.is_web else load_place(dataset.key)
        if place:
            return clamp(self._history, place.day), place.pane
        self._first_start = True
        return clamp(self._history, dataset.start or self._history.latest_change), ""

    def on_ready(self) -> None:
        """Resume garbage collection, and start to watch the files.

        ``kjtui/__main__.py`` disabled garbage collection for a faster start.
        """
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS, 10, 10)
        gc.enable()
        self.set_interval(_CHECK_INTERVAL, self.check_store)
        if self.is_web:
            self.watch(self.screen, "view", self._report_day)
        else:
            self.call_later(self._read_notes)
        if self._open_at:
            self._follow(self._open_at)
        # In a web page, config.json belongs to the owner of the server, not to the visitor.
        for fault in () if self.is_web else self._config_faults:
            self.notify(fault, title="config.json", severity="warning", markup=False, timeout=10)
        if self._first_start and self._history.record.dataset.about:
            self._welcome()
        else:
            self._notify_language()

    def _notify_language(self) -> None:
        """If the language was taken from the environment, show a notice that explains how to change it."""
        if self._follows_environment:
            name = LANGUAGES[current_language()]
            said = tr(
                "kjtui uses the system language, {name}. To change it, press ctrl+p and choose Language.",
                name=name,
            )
            self.notify(said, markup=False)

    def _welcome(self) -> None:
        """Show the welcome dialog. Its result is a list of keys, which are simulated on the main screen."""
        from kjtui.tui.dialogs.welcome_dialog import WelcomeDialog

        def go_on(keys: list[str] | None) -> None:
            for key in keys or ():
                self.simulate_key(key)
            self.call_later(self._notify_language)  # after the keys, because they would remove the notice

        screen = self.screen
        if isinstance(screen, MainScreen):
            open_screen(screen, WelcomeDialog(self._history.record, screen.cursor.day), go_on)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notice, unless the same notice is already on screen.

        A notice of severity ``information`` disappears at the next key press or click (see :meth:`on_event`).
        """
        now = monotonic()
        if self._notice and self._notice.text == message and now < self._notice.ends:
            return
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)
        if severity == "information":
            self._notice = _Notice(message, self._key, now + (timeout or self.NOTIFICATION_TIMEOUT))

    async def on_event(self, event: events.Event) -> None:
        """When the user presses a key or clicks, remove the previous notice, because it covers the footer.

        While the user holds a key down, the notice that this key caused stays. Drawing the notice again for
        each repeat of the key would send thousands of bytes to the terminal.
        """
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            self._key = event.key if isinstance(event, events.Key) else ""
            if self._notice and (not self._key or self._key != self._notice.key):
                self._notice = None
                self.clear_notifications()
        await super().on_event(event)

    def exit(self, *args: Any, **options: Any) -> None:
        """Save the day and the pane, and exit."""
        self._save_place()
        super().exit(*args, **options)

    def _save_place(self) -> None:
        screen = self.screen_stack[0] if self.screen_stack else None
        if self.is_web or not isinstance(screen, MainScreen):
            return
        save_place(screen.history.record.dataset.key, Place(screen.cursor.day, screen.pane))

    def _report_day(self, view: View) -> None:
        """Report the cursor's day to the web page, which contains a link to the document of this day."""
        from kjtui.tui.terminal.visitor_driver import VisitorDriver

        if isinstance(self._driver, VisitorDriver):
            self._driver.report_day(view.cursor.day)

    def _follow(self, link: Link) -> None:
        """Open the event or the track page of a link. If the link has invalid values, explain why."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            if link.event is not None:
                screen.go_to_event(link.event)
            if link.track:
                screen.show_track(link.track)
            elif link.event is not None:
                screen.open_event()
        if link.faults:
            message = tr("The link cannot be opened: {faults}", faults=join_clauses(link.faults))
            self.notify(message, severity="warning", markup=False)

    @property
    def store(self) -> Path | None:
        """Path of the watched store: a file, or a folder of text files. ``None`` if no store is watched."""
        return self._watch.path if self._watch else None

    def check_store(self) -> None:
        """Check the notes and the store for changes.

        If the store is a folder of text files, reload it after a change. If the store is a single file, only
        show a notice with the key that reloads it.
        """
        if self._notes:
            self._notes.check()
        if not self._watch:
            return
        follows = self._watch.path.is_dir()  # text files are reloaded after each edit
        if follows and not isinstance(self.screen, MainScreen):
            return  # reload after the dialog has closed
        if not self._watch.changed():
            return
        if follows:
            self.action_reload()
        else:
            key = key_of(self, "reload")
            text = tr("The store has changed on disk; press {key} to reload", key=key)
            # A notice of severity ``information`` would disappear at the next key press.
            self.notify(text, severity="warning", markup=False)

    def action_reload(self) -> None:
        """Read the store and the notes again, and keep the position."""
        self._reload_store()
        if self._notes:
            self._notes.read()

    def _reload_store(self) -> None:
        """Read the store again. Keep the record if the store is unusable."""
        screen = self.screen
        if self._watch is None or not isinstance(screen, MainScreen):
            return
        try:
            history = self._watch.read()
        except StoreError as error:
            self.notify(tr("Store not reloaded: {error}", error=error), severity="error", markup=False)
            screen.fault = str(error).removeprefix(f"{self._watch.path}/")
            return
        if screen.fault:
            self.clear_notifications()  # the store is usable again
            screen.fault = ""
        if history.record.digest == screen.history.record.digest:
            self.notify(tr("The store has not changed"), markup=False)
            return
        screen.show_history(history)
        self.notify(tr("Store reloaded: {count:,} events", count=len(history.record.events)), markup=False)

    def on_dialog_help_requested(self, message: Dialog.HelpRequested) -> None:
        """Show the help. It begins with the keys and the signs of the dialog that requested it."""
        main = self.screen_stack[0]
        if isinstance(main, MainScreen):
            main.show_help(message.dialog, message.dialog.HINTS)

    def on_document_reader_search_requested(self, message: DocumentReader.SearchRequested) -> None:
        """Open the search dialog above a document reader.

        The reader shows the event that the user chooses in the dialog.
        """
        main = self.screen_stack[0]
        if isinstance(main, MainScreen):
            main.search_from(message.reader)

    def action_command_palette(self) -> None:
        """Open the command palette. On the main screen, it also finds events, meetings, tracks and terms."""
        from kjtui.tui.dialogs.palette import Palette

        if not isinstance(self.screen, Palette):
            holds_record = isinstance(self.screen, MainScreen)
            what = tr("commands, events, meetings, tracks, terms") if holds_record else tr("commands")
            open_screen(self.screen, Palette(placeholder=what))

    def search_themes(self) -> None:
        """Choose a theme, and save the choice."""
        from kjtui.tui.dialogs.themes_dialog import ThemesDialog

        open_screen(self.screen, ThemesDialog(), self._remember_theme)

    def action_use_theme(self, theme: str) -> None:
        """Use a theme, and save the choice."""
        self.theme = theme
        self._remember_theme(theme)

    def _remember_theme(self, theme: str | None) -> None:
        # In a web page, config.json belongs to the owner of the server, not to the visitor.
        if theme and theme != self._saved_theme and not self.is_web:
            self._saved_theme = theme
            save_theme(theme)

    def action_use_language(self, code: str) -> None:
        """Show the interface and the record in a language, and save the choice. Keep the position."""
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        before = current_language()
        watch = self._watch
        try:
            use_language(code)
            if watch and watch.path in map(default_store, LANGUAGES):
                watch = StoreWatch(default_store(code))
            history = watch.read() if watch else screen.history
        except (LanguageError, StoreError) as error:
            use_language(before)
            self.notify(str(error), severity="error", markup=False)
            return
        self._watch = watch
        screen.show_history(history)
        if self._notes:
            self._notes.read()
        # In a web page, config.json belongs to the owner of the server, not to the visitor.
        if not self.is_web:
            save_language(code)

    def action_save_screenshot(self) -> None:
        """Save a picture of the screen after the palette has closed."""
        self.set_timer(0.2, self._save_screenshot)

    def _save_screenshot(self) -> None:
        """Save a picture of the screen in the current folder. In a browser, download the picture instead."""
        from kjtui.files.atomic_write import ExportError, save

        if self.is_web:
            self.deliver_screenshot()
            return
        path = Path(f"kjtui-{datetime.now():%Y-%m-%d-%H%M%S}.svg")
        try:
            path = path.absolute()
            save(self.export_screenshot(), path)
        except (ExportError, OSError) as error:
            self.notify(sanitize(str(error)), severity="error", markup=False)
        else:
            self.notify(tr("Saved {path}", path=sanitize(str(path))), markup=False)

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with kjtui's additions and corrections.

        Textual first asks for them before ``__init__`` has chosen the theme; then return none.
        """
        if not self._saved_theme:
            return {}
        variables = super().get_css_variables()
        self.theme_variables = variables | own_variables(variables)
        return self.theme_variables

    def refresh_css(self, animate: bool = True) -> None:
        """Apply a theme. Before the first screen exists, only set the variables of the style sheet.

        ``__init__`` sets the theme before there is a screen. If the theme were applied at that time, Textual
        would parse the style sheet once more before the first paint.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    # Saved files

    def on_export_dialog_saved(self, message: ExportDialog.Saved) -> None:
        """Show and remember the full path of a saved file."""
        self._saved_file = message.path
        save_export(message.path.parent, message.kind, message.suffix, message.form)
        key = key_of(self, "export.open")
        self.notify(
            tr("Saved {path}\n{key} opens it", path=sanitize(str(message.path)), key=key), markup=False
        )

    def action_open_export(self) -> None:
        """Open the last saved file in the default program of the system."""
        if self._saved_file is None:
            self.notify(tr("Nothing was saved yet; {key} exports", key=key_of(self, "export")), markup=False)
            return
        path = sanitize(str(self._saved_file))
        if not self._saved_file.exists():
            self.notify(tr("{path} is no longer there", path=path), markup=False)
        else:
            from kjtui.tui.terminal.browser import open_address

            open_address(self, self._saved_file.as_uri(), otherwise=tr("the file is {path}", path=path))

    # Notes

    def _read_notes(self) -> None:
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            from kjtui.tui.notes_controller import NotesController

            self._notes = NotesController(self, screen)
            self._notes.read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a web page, disable the commands for notes: the notes belong to the user who runs the server."""
        if action in ("note", "note_day", "bookmark", "notes"):
            return not self.is_web
        return super().check_action(action, parameters)

    def action_note(self) -> None:
        """Write a note on the selected event, or on the day if no event is selected."""
        if self._notes:
            self._notes.write_selected()

    def action_note_day(self) -> None:
        """Write a note on the day."""
        if self._notes:
            self._notes.write_day()

    def action_bookmark(self) -> None:
        """Set or remove a bookmark on the selected event, or on the day if no event is selected."""
        if self._notes:
            self._notes.bookmark()

    def action_notes(self) -> None:
        """List the notes."""
        if self._notes:
            self._notes.list()

    def on_notes_dialog_edit_requested(self, message: NotesDialog.EditRequested) -> None:
        """Edit the note that the user selected in the list of notes."""
        if self._notes:
            self._notes.edit(message)

    def on_notes_dialog_delete_requested(self, message: NotesDialog.DeleteRequested) -> None:
        """Delete the note that the user selected in the list of notes."""
        if self._notes:
            self._notes.delete(message.note)
