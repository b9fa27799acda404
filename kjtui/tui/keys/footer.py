"""The footer: one line with the keys of the most important commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace
from textual import events

from kjtui.tui.keys.command_table import BY_ID, FOOTER_MAIN, FOOTER_MORE
from kjtui.tui.keys.keymap import clicked_command, footer_label, is_available, keys_in_force
from kjtui.tui.paint.line_pane import Line, LinePane
from kjtui.words.wrap import cells

_ENDS = 2
"""Number of entries at the right end that are shown at every width: help and quit."""


_SHORTENED = (
    ("quit", "word"),
    ("export", "word"),
    ("day.go", "word"),
    ("export", "entry"),
    ("day.go", "entry"),
    ("event.previous", "word"),
    ("day.previous", "word"),
)
"""The parts that a narrow footer drops first, in this order.

``export`` and ``day.go`` first lose their words. Later, their entries are dropped completely, because a
letter key without a word explains little. The arrow keys only lose their words, because arrows are clear
without words.
"""


class _Entry(Struct, frozen=True):
    """An entry of the footer: the ids of its commands, their keys, and their shared word.

    The word is empty if there is no room for it.
    """

    ids: Sequence[str]
    shown: str
    word: str

    @property
    def width(self) -> int:
        """Width of the entry, including the space before it."""
        return cells(f" {self.shown} {self.word}".rstrip())


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
            spans.append((f" {entry.shown}", "footer-key"))
            if entry.word:
                spans.append((f" {entry.word}", ""))
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
        """Return the entries that fit."""
        width = self.size.width
        entries = _shortened(self._entries(FOOTER_MAIN), width)
        width_left = width - _width(entries)
        if not all(entry.word for entry in entries):
            return entries
        for entry in self._entries(FOOTER_MORE):
            if entry.width <= width_left:
                width_left -= entry.width
                entries.insert(-_ENDS, entry)
        return entries

    def _entries(self, table: Iterable[Sequence[str]]) -> list[_Entry]:
        """Return the entries of a table. Omit an entry if its first command is not available."""
        keys = keys_in_force(self.app)
        return [
            _Entry(ids, *footer_label((BY_ID[command_id] for command_id in ids), keys))
            for ids in table
            if is_available(BY_ID[ids[0]], self.screen)
        ]


def _shortened(entries: list[_Entry], width: int) -> list[_Entry]:
    """Shorten entries until they fit into a width.

    First drop the parts in ``_SHORTENED``, then the other words, then whole entries. Words and entries are
    dropped from the right.
    """
    for identity, part in _SHORTENED:
        for position, entry in enumerate(entries):
            if entry.ids[0] == identity and _width(entries) > width:
                entries[position : position + 1] = [replace(entry, word="")] if part == "word" else []
    for position in reversed(range(len(entries))):
        if _width(entries) > width:
            entries[position] = replace(entries[position], word="")
    while _width(entries) > width and len(entries) > _ENDS:
        del entries[-_ENDS - 1]
    return entries


def _width(entries: Iterable[_Entry]) -> int:
    return sum(entry.width for entry in entries)
