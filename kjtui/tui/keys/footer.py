"""The footer: the keys of the most important commands that fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import events

from kjtui.tui.keys.command_table import BY_ID, FOOTER, FOOTER_END
from kjtui.tui.keys.keymap import clicked_command, footer_label, is_available, keys_in_force
from kjtui.tui.paint.line_pane import Line, LinePane
from kjtui.words.wrap import cells


class Footer(LinePane, can_focus=False):
    """One line. A click on a command runs it."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="footer")

    def line_count(self) -> int:
        """Return 1."""
        return 1

    def line(self, index: int) -> Line:
        """Return the keys and words that fit."""
        spans = [((f" {shown}", "footer-key"), (f" {word}", "")) for _, shown, word in self._fitting()]
        return tuple(span for pair in spans for span in pair)

    async def on_click(self, event: events.Click) -> None:
        """Run the clicked command. The space before a label belongs to the label's first key."""
        right = 0
        for ids, shown, word in self._fitting():
            left, right = right, right + cells(f" {shown} {word}")
            if left <= event.x < right:
                commands = [BY_ID[identity] for identity in ids]
                command = clicked_command(commands, shown, event.x - left - 1)
                await self.screen.run_action(command.action)

    def _fitting(self) -> Iterator[tuple[Sequence[str], str, str]]:
        """Yield ids, keys and word of the entries that fit."""
        keys = keys_in_force(self.app)
        ends = [(ids, *footer_label((BY_ID[one] for one in ids), keys)) for ids in FOOTER_END]
        room = self.size.width - sum(cells(f" {shown} {word}") for _, shown, word in ends)
        for ids in FOOTER:
            if not is_available(BY_ID[ids[0]], self.screen):
                continue
            shown, word = footer_label((BY_ID[one] for one in ids), keys)
            taken = cells(f" {shown} {word}")
            if taken <= room:
                room -= taken
                yield ids, shown, word
        yield from ends
