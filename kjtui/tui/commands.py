"""The one table of commands. Keys, footer, palette and help are all made from it."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Command(NamedTuple):
    """Something a reader can do.

    ``keys`` are Textual's names, ``shown`` how people read them, ``footer`` the word in the footer, if any.
    """

    id: str
    keys: str
    shown: str
    action: str
    title: str
    help: str
    footer: str = ""


# A table is read by its columns:
# fmt: off
COMMANDS: dict[str, tuple[Command, ...]] = {
    "Move the day": (
        Command("day.previous", "left,h", "← h", "step_day(-1)", "Previous day", "One back", "←→ day"),
        Command("day.next", "right,l", "→ l", "step_day(1)", "Next day", "One on"),
        Command("event.previous", "up,k", "↑ k", "step_event(-1)", "Previous event", "One back", "↑↓ event"),
        Command("event.next", "down,j", "↓ j", "step_event(1)", "Next event", "One on"),
        Command("change.next", "n", "n", "step_change(1)", "Next change", "Of any standing", "n/p change"),
        Command("change.previous", "p", "p", "step_change(-1)", "Previous change", "Of any standing"),
        Command("meeting.next", "m", "m", "step_meeting(1)", "Next meeting", "To the day it began"),
        Command("meeting.previous", "M", "M", "step_meeting(-1)", "Previous meeting", "To the day it began"),
        Command("month.previous", "left_square_bracket", "[", "step_month(-1)", "Previous month", "One back"),
        Command("month.next", "right_square_bracket", "]", "step_month(1)", "Next month", "One on"),
        Command("year.previous", "left_curly_bracket", "{", "step_month(-12)", "Previous year", "One back"),
        Command("year.next", "right_curly_bracket", "}", "step_month(12)", "Next year", "One on"),
        Command("day.first", "home", "home", "go_end(-1)", "First day", "To the beginning of the record"),
        Command("day.last", "end", "end", "go_end(1)", "Last day", "To the end of the record"),
        Command("day.go", "g", "g", "go_to", "Go to", "A day, +30, last meeting, an event's name", "g go to"),
        Command("day.back", "apostrophe", "'", "go_back", "Back", "To where you were before the last jump"),
    ),
    "Ask": (
        Command("event.open", "enter", "enter", "open_event", "Event in full", "All the record has on it"),
        Command("why", "w", "w", "why", "Why", "The chain of events behind each standing", "w why"),
        Command("compare", "c", "c", "compare", "Compare", "Pin this day; then c tells what differs"),
        Command("sources", "s", "s", "sources", "Sources", "Those behind the day, numbered as exported"),
        Command("search", "slash", "/", "search", "Search", "Words, names, aliases; ↑ ↓ go to matches"),
        Command("filter", "f", "f", "filter", "Filter", "Limit the timeline by track, kind or actor"),
        Command("clear", "escape", "esc", "clear", "Clear", "Unpin the day, then clear the filter"),
    ),
    "Look": (
        Command("pane.timeline", "1", "1", "pane('timeline')", "Timeline", "Every event and the cursor"),
        Command("pane.status", "2", "2", "pane('status')", "Status", "Every standing and what is pending"),
        Command("pane.meeting", "3", "3", "pane('meeting')", "Meeting", "The one that matters on the day"),
        Command("pane.lanes", "4", "4", "pane('lanes')", "Lanes", "A bar per track over the whole record"),
        Command("lanes.closer", "plus,equals_sign", "+", "zoom_lanes(1)", "Lanes closer", "Fewer months"),
        Command("lanes.wider", "minus", "-", "zoom_lanes(-1)", "Lanes wider", "More months"),
        Command("pane.up", "pageup,ctrl+u", "pgup", "page(-1)", "Page up", "The day stays"),
        Command("pane.down", "pagedown,ctrl+d", "pgdn", "page(1)", "Page down", "The day stays"),
        Command("pane.maximise", "z", "z", "zoom", "Maximise", "The pane alone; again to return"),
        Command("theme", "t", "t", "app.change_theme", "Theme", "Pick one; the choice is remembered"),
    ),
    "Take along": (
        Command("export", "e", "e", "export", "Export", "As text, Markdown or JSON", "e export"),
        Command("copy", "y", "y", "copy", "Copy", "Hand the day's text to the terminal's clipboard"),
        Command("reload", "r", "r", "app.reload", "Reload", "Read the store again once it has changed"),
        Command("help", "question_mark,f1", "?", "help", "Help", "All keys, signs and words", "? help"),
        Command("stop", "ctrl+z", "ctrl+z", "app.suspend_process", "Stop", "Back to the shell; fg goes on"),
        Command("quit", "q", "q", "app.quit", "Quit", "Leave kjtui"),
    ),
}
# fmt: on


def bindings() -> list[Binding]:
    """Every command as a binding with its id."""
    return [_binding(command) for group in COMMANDS.values() for command in group]


def _binding(command: Command) -> Binding:
    shown, _, word = command.footer.partition(" ")
    return Binding(
        command.keys,
        command.action,
        word or command.title,
        show=bool(command.footer),
        key_display=shown or command.shown,
        tooltip=command.help,
        id=command.id,
    )
