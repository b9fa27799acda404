"""The one table of commands. Keys, footer, palette and help derive from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.binding import Binding

from kjtui.tui.line_pane import SnapshotPane
from kjtui.tui.panes import PANES


class Command(NamedTuple):
    """Something the reader can do.

    Attributes:
        id: Id of the binding, by which a key map can change the keys.
        keys: Keys by Textual's names, separated by commas.
        shown: Keys as the footer and the help show them.
        action: Textual action to run.
        title: Name in the palette and the help.
        help: What the command does, in a few words.
        footer: Keys and word in the footer; a command without is not shown there.
    """

    id: str
    keys: str
    shown: str
    action: str
    title: str
    help: str
    footer: str = ""

    @classmethod
    def to_show(cls, pane: type[SnapshotPane]) -> Command:
        """Return the command that shows a pane."""
        key = str(pane.NUMBER)
        return cls(f"pane.{pane.ID}", key, key, f"pane('{pane.ID}')", pane.TITLE, pane.HELP)

    def binding(self) -> Binding:
        """Return the binding of the command."""
        shown, _, word = self.footer.partition(" ")
        return Binding(
            self.keys,
            self.action,
            word or self.title,
            show=bool(self.footer),
            key_display=shown or self.shown,
            tooltip=self.help,
            id=self.id,
        )


# A table reads best with one row per line, however long:
# ruff: noqa: E501
# fmt: off
COMMANDS: dict[str, tuple[Command, ...]] = {
    "Move": (
        Command("day.previous", "left,h", "← h", "step_day(-1)", "Previous day", "Back one day", "←→ day"),
        Command("day.next", "right,l", "→ l", "step_day(1)", "Next day", "Forward one day"),
        Command("event.previous", "up,k", "↑ k", "step_event(-1)", "Previous event", "Back one event", "↑↓ event"),
        Command("event.next", "down,j", "↓ j", "step_event(1)", "Next event", "Forward one event"),
        Command("change.next", "n", "n", "step_change(1)", "Next change", "Any change of status", "n/p change"),
        Command("change.previous", "p", "p", "step_change(-1)", "Previous change", "Any change of status"),
        Command("meeting.next", "m", "m", "step_meeting(1)", "Next meeting", "Show it, on its first day"),
        Command("meeting.previous", "M", "M", "step_meeting(-1)", "Previous meeting", "Show it, on its first day"),
        Command("round.next", "d", "d", "step_round(1)", "Next round", "The next meeting with a number, not the talks between"),
        Command("round.previous", "D", "D", "step_round(-1)", "Previous round", "The meeting with a number before"),
        Command("meeting.list", "L", "L", "meetings", "All meetings", "A list, to go to one"),
        Command("month.previous", "left_square_bracket", "[", "step_month(-1)", "Previous month", "Back one month"),
        Command("month.next", "right_square_bracket", "]", "step_month(1)", "Next month", "Forward one month"),
        Command("year.previous", "left_curly_bracket", "{", "step_month(-12)", "Previous year", "Back one year"),
        Command("year.next", "right_curly_bracket", "}", "step_month(12)", "Next year", "Forward one year"),
        Command("day.first", "home", "home", "first_day", "First day", "To the beginning of the record"),
        Command("day.last", "end", "end", "last_day", "Last day", "To the end of the record"),
        Command("day.go", "g", "g", "go_to", "Go to", "A day, +30, last meeting, an event's title", "g go to"),
        Command("day.back", "apostrophe", "'", "go_back", "Back", "To the day before the last jump"),
    ),
    "Read": (
        Command("event.open", "enter", "enter", "open_event", "Event in full", "Summary, effects and sources"),
        Command("why", "w", "w", "why", "Why", "The events behind each status", "w why"),
        Command("compare", "c", "c", "compare", "Compare", "Pin a day; c again shows what changed"),
        Command("sources", "s", "s", "sources", "Sources", "Behind the day, numbered as in its export"),
        Command("search", "slash", "/", "search", "Search", "Words, names, aliases; ↑ ↓ between matches"),
        Command("filter", "f", "f", "filter", "Filter", "Show events of one track, kind or actor"),
        Command("clear", "escape", "esc", "clear", "Clear", "Unpin the day, then remove the filter"),
    ),
    "View": (
        *map(Command.to_show, PANES),
        Command("lanes.closer", "plus,equals_sign", "+", "zoom_lanes(1)", "Zoom lanes in", "Fewer months"),
        Command("lanes.wider", "minus", "-", "zoom_lanes(-1)", "Zoom lanes out", "More months"),
        Command("pane.up", "pageup,ctrl+u", "pgup", "page(-1)", "Page up", "Scroll the pane; the day stays"),
        Command("pane.down", "pagedown,ctrl+d", "pgdn", "page(1)", "Page down", "Scroll the pane; the day stays"),
        Command("pane.maximise", "z", "z", "zoom", "Maximise", "Show one pane only; again to return"),
        Command("theme", "t", "t", "app.change_theme", "Theme", "Choose a theme; it is remembered"),
    ),
    "Export and leave": (
        Command("export", "e", "e", "export", "Export", "Save the day as a file", "e export"),
        Command("copy", "y", "y", "copy", "Copy", "Copy the day's text to the clipboard"),
        Command("reload", "r", "r", "app.reload", "Reload", "Read the store again after a change"),
        Command("help", "question_mark,f1", "?", "help", "Help", "All keys, signs and terms", "? help"),
        Command("stop", "ctrl+z", "ctrl+z", "app.suspend_process", "Suspend", "To the shell; fg returns"),
        Command("quit", "q", "q", "app.quit", "Quit", "Leave kjtui"),
    ),
}
# fmt: on


def all_commands() -> Iterator[Command]:
    """Iterate over the commands of every group."""
    for group in COMMANDS.values():
        yield from group
