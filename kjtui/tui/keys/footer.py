"""The footer: the keys of the most important commands that fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import events

from kjtui.tui.keys.command_table import BY_ID, FOOTER_MAIN, FOOTER_MORE
from kjtui.tui.keys.keymap import clicked_command, footer_label, is_available, keys_in_force
from kjtui.tui.paint.line_pane import Line, LinePane
from kjtui.words.wrap import cells

_ENDS = 2
"""Number of main commands at the end of the line, help and quit, which are shown at every width."""


_SHORTENED = (
    ("quit", "word"),
    ("export", "word"),
    ("day.go", "word"),
    ("export", "entry"),
    ("day.go", "entry"),
    ("event.previous", "word"),
    ("day.previous", "word"),
)
"""What a narrow footer drops first. A letter says little without its word, arrows say enough."""


class _Entry(NamedTuple):
    """The ids of commands, the keys, and the shared word, which is empty if there is no room."""

    ids: Sequence[str]
    shown: str
    word: str

    @property
    def width(self) -> int:
        """The width with the space before the entry."""
        return cells(f" {self.shown} {self.word}".rstrip())


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
        spans = []
        for _, shown, word in self._fitting():
            spans.append((f" {shown}", "footer-key"))
            if word:
                spans.append((f" {word}", ""))
        return tuple(spans)

    async def on_click(self, event: events.Click) -> None:
        """Run the clicked command. The space before a label belongs to the label's first key."""
        right = 0
        for entry in self._fitting():
            left, right = right, right + entry.width
            if left <= event.x < right:
                commands = [BY_ID[identity] for identity in entry.ids]
                command = clicked_command(commands, entry.shown, event.x - left - 1)
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
        """Return the available entries of a table."""
        keys = keys_in_force(self.app)
        return [
            _Entry(ids, *footer_label((BY_ID[one] for one in ids), keys))
            for ids in table
            if is_available(BY_ID[ids[0]], self.screen)
        ]


def _shortened(entries: list[_Entry], width: int) -> list[_Entry]:
    """Fit entries into a width: drop what the table says, then words, then entries, from the end."""
    for identity, part in _SHORTENED:
        for position, entry in enumerate(entries):
            if entry.ids[0] == identity and _width(entries) > width:
                entries[position : position + 1] = [entry._replace(word="")] if part == "word" else []
    for position in reversed(range(len(entries))):
        if _width(entries) > width:
            entries[position] = entries[position]._replace(word="")
    while _width(entries) > width and len(entries) > _ENDS:
        del entries[-_ENDS - 1]
    return entries


def _width(entries: Iterable[_Entry]) -> int:
    return sum(entry.width for entry in entries)
