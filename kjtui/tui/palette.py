"""The command palette: every command, and everything the record has a name for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch

from kjtui.tui.commands import COMMANDS, Command
from kjtui.tui.screen import MainScreen

_FUZZY = FuzzySearch()
LONGEST_MATCHED = 60
"""Characters of a name, as many as it should have: Textual tries every way in which a query fits."""


class Palette(CommandPalette):
    """Textual's palette, which closes once, and takes a page key while no entry is on screen yet."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, as a dialog does."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # raised by Textual 8.2.8 for a list that was not laid out yet
            super()._action_command_list(action)


class Commands(Provider):
    """Every command of the table, by its title."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.title, partial(self._run, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Those whose title matches."""
        for command in self._commands():
            if hit := _hit(query, command.title, command.help, partial(self._run, command)):
                yield hit

    def _commands(self) -> list[Command]:
        if not isinstance(self.screen, MainScreen):
            return []
        return [command for group in COMMANDS.values() for command in group]

    async def _run(self, command: Command) -> None:
        await self.screen.run_action(command.action)


class Entries(Provider):
    """Every event, meeting, track and term of the record: the palette leads to each."""

    async def search(self, query: str) -> Hits:
        """Those whose name matches."""
        for name, kind, lead in self._entries():
            if hit := _hit(query, name, kind, lead):
                yield hit

    def _entries(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        record = screen.history.record
        for place, event in enumerate(record.events):
            yield event.title, f"event, {event.date}", partial(screen.move_to_event, place)
        for state in screen.history.snapshot(screen.history.last_day).meetings.known:
            if state.first_day:
                yield state.meeting.name, f"meeting, {state.starts}", partial(screen.move, state.first_day)
        for track in record.tracks.values():
            yield track.name, "why it stands as it does", partial(screen.why, track.id)
        for term in record.terms.values():
            yield term.term, term.meaning, partial(screen.explain, term)


def _hit(query: str, name: str, help_text: str, lead: Callable[[], object]) -> Hit | None:
    """A match, with what matched marked.

    Textual's own matcher and help line read markup, and these names come from a store: so both stand in
    one text that is never read as markup.
    """
    score, cells = _FUZZY.match(query, name[:LONGEST_MATCHED])
    if not score:
        return None
    shown = Content(name)
    for cell in cells:
        shown = shown.stylize("bold underline", cell, cell + 1)
    return Hit(score, Content.assemble(shown, "\n", (help_text, "$line-dim")), lead, text=name)
