"""The commands in the command palette."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from kjtui.tui.commands import COMMANDS, Command


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
        await self.screen.run_action(f"app.{command.action}" if command.id == "quit" else command.action)
