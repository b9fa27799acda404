"""The command palette: every command and every named item of the record."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice
from typing import Self

from rich.align import Align
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.command import (
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
    SearchIcon,
)
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import LoadingIndicator
from textual.widgets.option_list import Option

from kjtui.find.word_match import matches, parse_words
from kjtui.languages import tr
from kjtui.tui.dialogs import fuzzy
from kjtui.tui.dialogs.choice_list import MarkedOptions
from kjtui.tui.dialogs.palette_entries import CommandPage, Entry, RecordReader, event_entries, named_entries
from kjtui.tui.dialogs.search_bar import snippet_content
from kjtui.tui.dialogs.text_line import MAX_LINE, fit_paste
from kjtui.tui.keys.command_table import BY_ID, DIALOGS, Command, main_commands
from kjtui.tui.keys.keymap import is_available, keys_in_force, shown_keys
from kjtui.tui.terminal.guards import ScreenGuard, skip_option_that_is_gone

_MOST_EVENTS = 50
"""Maximum number of listed events."""
_EVERYWHERE = ("screenshot", "theme", "theme.dark", "theme.light")
"""Ids of the commands that work in every dialog."""
_SNIPPET = 60
"""Width of a snippet in cells."""


class PaletteLine(CommandInput):
    """The input. It truncates pasted text, like :class:`~kjtui.tui.dialogs.text_line.TextLine`."""

    def on_paste(self, event: events.Paste) -> None:
        """Truncate the pasted text."""
        fit_paste(self, event)


class EntryList(MarkedOptions, CommandList):
    """The list of entries."""

    def add_option(self, option: Option | VisualType | None = None) -> Self:
        """Add an option. Translate "No matches found", which Textual adds in English."""
        if isinstance(option, Option) and option.id == CommandPalette._NO_MATCHES:  # noqa: SLF001  # no option
            option = Option(Align.center(Text(tr("No matches found"))), id=option.id, disabled=True)
        return super().add_option(option)

    def on_click(self, event: events.Click) -> None:
        """Ignore a click on an option that was removed."""
        skip_option_that_is_gone(self, event)


class Palette(ScreenGuard, CommandPalette):
    """Textual's palette, with workarounds for three of its faults."""

    CSS_PATH = "dialogs.tcss"

    def compose(self) -> ComposeResult:
        """Compose Textual's palette with kjtui's input and list.

        Textual has no parameter for these classes.
        """
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield SearchIcon()
                yield PaletteLine(placeholder=self._placeholder, select_on_focus=False, max_length=MAX_LINE)
            with Vertical(id="--results"):
                yield EntryList()
                yield LoadingIndicator()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close. Ignore repeated dismissals, as :class:`~kjtui.tui.dialogs.dialog.Dialog` does."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore page keys while the list has no size: Textual would raise ``KeyError``.

        ``OptionList`` computes its lines only when it has a size, but looks up a line even without a size (as
        in Textual issue 5794). A test in tests/tui/terminal/test_textual_faults.py fails when Textual has
        fixed this error.
        """
        if action == "command_list":
            return all(entries.scrollable_content_region for entries in self.query(CommandList))
        return super().check_action(action, parameters)


class CommandProvider(Provider):
    """Find commands in the table of commands by title and help text."""

    def commands(self) -> Iterable[Command]:
        """Return the commands of the screen."""
        return main_commands()

    async def discover(self) -> Hits:
        """Yield every command while nothing is typed."""
        for entry in self._entries():
            keys = f"  {entry.keys}" if entry.keys else ""
            shown = Content.assemble(entry.name, (keys, "$accent"))
            yield DiscoveryHit(shown, entry.run, text=entry.name, help=entry.help)

    async def search(self, query: str) -> Hits:
        """Yield the commands that match."""
        for hit in _hits(query, self._entries()):
            yield hit

    def _entries(self) -> Iterable[Entry]:
        keys = keys_in_force(self.app)
        for command in self.commands():
            if is_available(command, self.screen):
                # Put the command into the queue of the screen. The palette itself would put it into the queue
                # of the app, and the command would run even after the screen has closed.
                run = partial(self.screen.call_later, self.screen.run_action, command.action)
                shown = shown_keys(command, keys) if command.keys else ""
                title, purpose = tr(command.title), tr(command.help)
                aliases = (purpose, command.title, command.help, command.id)  # in English and translated
                yield Entry(title, purpose, run, tuple(dict.fromkeys(aliases)), keys=shown, is_command=True)


class DialogCommandProvider(CommandProvider):
    """Find commands of a dialog, and commands that work in every dialog."""

    def commands(self) -> Iterable[Command]:
        """Return the commands of the screen."""
        names = self.screen.HINTS if isinstance(self.screen, CommandPage) else ()
        dialog_commands = (command for name in names for command in DIALOGS[name].commands)
        return (*dialog_commands, *(BY_ID[identity] for identity in _EVERYWHERE))


class RecordProvider(Provider):
    """Find events, meetings, tracks and terms in the record."""

    async def search(self, query: str) -> Hits:
        """Yield the meetings, tracks and terms that match, and the events that a search finds.

        Events whose title matches score higher than other events.
        """
        if isinstance(self.screen, RecordReader):
            for hit in _hits(query, named_entries(self.screen), least=_by_word(query)):
                yield hit
            for position, entry in enumerate(islice(event_entries(query, self.screen), _MOST_EVENTS)):
                score = (0 if entry.snippet else _by_word(query)) + 1 - position / 1_000
                yield _hit(score, Content(entry.name), entry)


def _hits(query: str, entries: Iterable[Entry], *, least: float = 0) -> Iterable[Hit]:
    """Yield hits for entries whose name scores more than ``least``, or whose aliases contain every word.

    Names and help texts may come from a store, but Textual interprets the help text of a hit as markup. So
    the help text is displayed as part of the name, which Textual does not interpret.
    """
    words = parse_words(query)
    for entry in entries:
        score, offsets = fuzzy.match(query, entry.name)
        if score > least:
            shown = Content(entry.name)
            for offset in offsets:
                shown = shown.stylize("bold underline", offset, offset + 1)
            yield _hit(score, shown, entry)
        elif entry.aliases and words and matches(query, (entry.name, *entry.aliases)):
            bonus = 3 if entry.is_command else 2
            yield _hit(_by_word(query) + bonus, Content(entry.name), entry)


def _by_word(query: str) -> float:
    """Return the score of an entry that contains all words of a query.

    This score is lower than for a prefix match, and higher than for a match of scattered letters.
    """
    return 2.0 * len(query)


def _hit(score: float, shown: Content, entry: Entry) -> Hit:
    snippet = snippet_content(entry.snippet, _SNIPPET) if entry.snippet else Content("")
    help = Content.assemble(entry.help, " · " if entry.snippet else "", snippet).stylize_before("$line-dim")
    keys = f"  {entry.keys}" if entry.keys else ""
    return Hit(score, Content.assemble(shown, (keys, "$accent"), "\n", help), entry.run, text=entry.name)
