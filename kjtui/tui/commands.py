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
        Command("event.previous", "up,k", "↑ k", "select(-1)", "Select previous", "Event, track or meeting, as in the focused pane", "↑↓ event"),
        Command("event.next", "down,j", "↓ j", "select(1)", "Select next", "Event, track or meeting, as in the focused pane"),
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
        Command("day.go", "g", "g", "go_to", "Go to", "A day, +30, last meeting, a name or words", "g go to"),
        Command("day.back", "apostrophe", "'", "go_back", "Back", "To the day before the last jump"),
    ),
    "Read": (
        Command("event.open", "enter", "enter", "open", "Open", "The selected event, track or meeting in full"),
        Command("why", "w", "w", "track_page", "Track", "Why it stands so, facts, licences, trade", "w why"),
        Command("compare", "c", "c", "compare", "Compare", "Pin a day; c again shows what changed"),
        Command("sources", "s", "s", "sources", "Sources", "Of the selected event, track or meeting"),
        Command("sources.day", "S", "S", "day_sources", "Sources of the day", "All of them, by event"),
        Command("search", "slash", "/", "search", "Search", "Words, names, aliases; enter keeps the matches marked"),
        Command("match.next", "greater_than_sign,f3", "> f3", "step_match(1)", "Next match", "Of the search, until esc ends it"),
        Command("match.previous", "less_than_sign,shift+f3", "<", "step_match(-1)", "Previous match", "Of the search, until esc ends it"),
        Command("filter", "f", "f", "filter", "Filter", "By track, kind, actor, weight and words"),
        Command("clear", "escape", "esc", "clear", "Clear", "End the search, then unpin the day, then remove the filter"),
    ),
    "View": (
        *map(Command.to_show, PANES),
        Command("pane.next", "tab", "tab", "step_pane(1)", "Next pane", "In the order of the numbers"),
        Command("pane.previous", "shift+tab", "s-tab", "step_pane(-1)", "Previous pane", "In the order of the numbers"),
        Command("timeline.minor", "v", "v", "minor", "Minor events", "Show or hide them in the timeline"),
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
