"""The command palette: every command, and everything in the record that has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple, Protocol, runtime_checkable

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kjtui.tui import fuzzy
from kjtui.tui.commands import all_commands
from kjtui.tui.guards import ScreenGuard


class Entry(NamedTuple):
    """A line of the palette, and what it runs."""

    name: str
    help: str
    run: Callable[[], object]


@runtime_checkable
class EntrySource(Protocol):
    """A screen that has entries of its own for the palette."""

    def entries(self) -> Iterable[Entry]:
        """Return the entries."""


class Palette(ScreenGuard, CommandPalette):
    """Textual's palette without two of its faults."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close. Ignore repeated dismissals, as :class:`~kjtui.tui.dialogs.dialog.Dialog` does."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore page keys while the list has no size: Textual would raise ``KeyError``.

        ``OptionList`` computes its lines only once it has a size (as in Textual issue 5794), but looks a line
        up in any case. tests/tui/test_textual_faults.py fails once that is mended.
        """
        if action == "command_list":
            return all(entries.scrollable_content_region for entries in self.query(CommandList))
        return super().check_action(action, parameters)


class CommandProvider(Provider):
    """The commands of the table, by title."""

    async def discover(self) -> Hits:
        """Yield every command, before anything is typed."""
        for entry in self._entries():
            yield DiscoveryHit(entry.name, entry.run, help=entry.help)

    async def search(self, query: str) -> Hits:
        """Yield the commands that match."""
        for hit in _hits(query, self._entries()):
            yield hit

    def _entries(self) -> Iterable[Entry]:
        for command in all_commands():
            yield Entry(command.title, command.help, partial(self.screen.run_action, command.action))


class RecordProvider(Provider):
    """The entries of the screen: every event, meeting, track and term of the record."""

    async def search(self, query: str) -> Hits:
        """Yield the entries that match."""
        if isinstance(self.screen, EntrySource):
            for hit in _hits(query, self.screen.entries()):
                yield hit


def _hits(query: str, entries: Iterable[Entry]) -> Iterable[Hit]:
    """Yield the entries that match, with the matched characters highlighted.

    Names and help come from a store, and Textual reads the help of a hit as markup. So both are put into one
    text that is not.
    """
    for entry in entries:
        score, offsets = fuzzy.match(query, entry.name)
        if score:
            shown = Content(entry.name)
            for offset in offsets:
                shown = shown.stylize("bold underline", offset, offset + 1)
            text = Content.assemble(shown, "\n", (entry.help, "$line-dim"))
            yield Hit(score, text, entry.run, text=entry.name)
