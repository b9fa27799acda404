"""The command palette: every command, and everything the record has a name for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from kjtui.tui.commands import COMMANDS, Command
from kjtui.tui.cursor import CursorScreen


class Commands(Provider):
    """Every command of the table, by its title."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.title, partial(self._run, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Those whose title matches."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                run = partial(self._run, command)
                yield Hit(score, matcher.highlight(command.title), run, help=command.help)

    def _commands(self) -> list[Command]:
        return [command for group in COMMANDS.values() for command in group]

    async def _run(self, command: Command) -> None:
        await self.screen.run_action(command.action)


class Entries(Provider):
    """Every event, meeting, track and term of the record: the palette leads to each."""

    async def search(self, query: str) -> Hits:
        """Those whose name matches."""
        matcher = self.matcher(query)
        for name, kind, lead in self._entries():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), lead, text=name, help=kind)

    def _entries(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        screen = cast("CursorScreen", self.screen)
        record = screen.history.record
        for place, event in enumerate(record.events):
            yield event.title, f"event, {event.date}", partial(screen.move_to_event, place)
        for state in screen.history.snapshot(screen.history.last_day).meetings:
            if state.first_day:
                yield state.meeting.name, f"meeting, {state.starts}", partial(screen.move, state.first_day)
        for track in record.tracks.values():
            yield track.name, "why it stands as it does", partial(screen.why, track.id)
        for term in record.terms.values():
            yield term.term, term.meaning, partial(screen.explain, term)
