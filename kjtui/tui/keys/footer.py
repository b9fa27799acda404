"""The footer: one line with the keys of the most important commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from textual import events

from kjtui.tui.keys.command_table import BY_ID, FOOTER_MAIN, FOOTER_MORE
from kjtui.tui.keys.keymap import clicked_command, footer_label, is_available, keys_in_force
from kjtui.tui.paint.line_pane import Line, LinePane
from kjtui.words.wrap import cells

_ENDS = 2
"""Number of entries at the right end: help and quit."""

_MOST_IMPORTANT = ("help", "quit", "day.previous", "event.open", "search", "event.previous", "change.next")
"""The entries that a narrow footer keeps longest, most important first. The others follow in their order."""


class _Entry(Struct, frozen=True):
    """An entry of the footer: the ids of its commands, their keys, and their shared word."""

    ids: Sequence[str]
    shown: str
    word: str

    @property
    def width(self) -> int:
        """Width of the entry, including the space before it."""
        return cells(f" {self.shown} {self.word}")

    @property
    def rank(self) -> int:
        """Rank of the entry in a narrow footer. The most important entry has the rank 0."""
        first = self.ids[0]
        return _MOST_IMPORTANT.index(first) if first in _MOST_IMPORTANT else len(_MOST_IMPORTANT)


class Footer(LinePane, can_focus=False):
    """One line of entries. A click on an entry runs its command."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="footer")

    def line_count(self) -> int:
        """Return 1."""
        return 1

    def line(self, index: int) -> Line:
        """Return the keys and words that fit."""
        spans = []
        for entry in self._fitting():
            spans += [(f" {entry.shown}", "footer-key"), (f" {entry.word}", "")]
        return tuple(spans)

    async def on_click(self, event: events.Click) -> None:
        """Run the clicked command. The space before a label belongs to the label's first key."""
        end = 0
        for entry in self._fitting():
            start, end = end, end + entry.width
            if start <= event.x < end:
                commands = [BY_ID[identity] for identity in entry.ids]
                command = clicked_command(commands, entry.shown, event.x - start - 1)
                await self.screen.run_action(command.action)

    def _fitting(self) -> list[_Entry]:
        """Return the entries that fit. An entry always has its keys and its word."""
        main = self._entries(FOOTER_MAIN)
        chosen, width_left = _chosen(sorted(main, key=lambda entry: entry.rank), self.size.width)
        entries = [entry for entry in main if entry in chosen]
        if len(entries) == len(main):
            more, _ = _chosen(self._entries(FOOTER_MORE), width_left)
            entries[-_ENDS:-_ENDS] = more
        return entries

    def _entries(self, table: Iterable[Sequence[str]]) -> list[_Entry]:
        """Return the entries of a table. Omit an entry if its first command is not available."""
        keys = keys_in_force(self.app)
        return [
            _Entry(ids, *footer_label((BY_ID[command_id] for command_id in ids), keys))
            for ids in table
            if is_available(BY_ID[ids[0]], self.screen)
        ]


def _chosen(entries: Iterable[_Entry], width: int) -> tuple[list[_Entry], int]:
    """Return the entries that fit into a width, most important first, and the width that is left.

    Args:
        entries: the entries, most important first.
        width: the width.
    """
    chosen = []
    for entry in entries:
        if entry.width <= width:
            width -= entry.width
            chosen.append(entry)
    return chosen, width
