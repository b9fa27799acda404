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


# fmt: off  # a table is read by its columns
COMMANDS: dict[str, tuple[Command, ...]] = {
    "Move the day": (
        Command("day.previous", "left,h", "← h", "step_day(-1)", "Previous day", "One day back", "←→ day"),
        Command("day.next", "right,l", "→ l", "step_day(1)", "Next day", "One day on"),
        Command(
            "event.previous",
            "up,k",
            "↑ k",
            "step_event(-1)",
            "Previous event",
            "To the one before",
            "↑↓ event",
        ),
        Command("event.next", "down,j", "↓ j", "step_event(1)", "Next event", "To the one after"),
        Command("change.next", "n", "n", "step_change(1)", "Next change", "Of any standing", "n/p change"),
        Command("change.previous", "p", "p", "step_change(-1)", "Previous change", "Of any standing"),
        Command("meeting.next", "m", "m", "step_meeting(1)", "Next meeting", "To the day it began"),
        Command("meeting.previous", "M", "M", "step_meeting(-1)", "Previous meeting", "To the day it began"),
        Command(
            "month.previous", "left_square_bracket", "[", "step_month(-1)", "Previous month", "One month back"
        ),
        Command("month.next", "right_square_bracket", "]", "step_month(1)", "Next month", "One month on"),
        Command(
            "year.previous", "left_curly_bracket", "{", "step_month(-12)", "Previous year", "One year back"
        ),
        Command("year.next", "right_curly_bracket", "}", "step_month(12)", "Next year", "One year on"),
        Command("day.first", "home", "home", "go_end(-1)", "First day", "To the beginning of the record"),
        Command("day.last", "end", "end", "go_end(1)", "Last day", "To the end of the record"),
        Command("day.go", "g", "g", "go_to", "Go to a day", "2020-03-10, 2020-03, +30, -2w, +1y", "g go to"),
        Command("day.back", "apostrophe", "'", "go_back", "Back", "To where you were before the last jump"),
    ),
    "Look": (
        Command("event.open", "enter", "enter", "open_event", "Event in full", "All the record has on it"),
        Command(
            "pane.timeline", "1", "1", "pane('timeline')", "Timeline", "Every event, the cursor among them"
        ),
        Command("pane.status", "2", "2", "pane('status')", "Status", "Every standing and what is pending"),
        Command("pane.meeting", "3", "3", "pane('meeting')", "Meeting", "The one that matters on the day"),
        Command(
            "pane.up", "pageup,ctrl+u", "pgup", "page(-1)", "Page up", "In the focused pane; the day stays"
        ),
        Command(
            "pane.down",
            "pagedown,ctrl+d",
            "pgdn",
            "page(1)",
            "Page down",
            "In the focused pane; the day stays",
        ),
        Command("pane.maximise", "z", "z", "zoom", "Maximise", "The pane alone; again to return"),
        Command("theme.switch", "t", "t", "switch_theme", "Light or dark", "Switch between the two themes"),
    ),
    "Take along": (
        Command("export", "e", "e", "export", "Export", "Save this day as text or JSON", "e export"),
        Command("help", "question_mark,f1", "?", "help", "Help", "All keys", "? help"),
        Command("quit", "q", "q", "quit", "Quit", "Leave kjtui", "q quit"),
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
        f"app.{command.action}" if command.id == "quit" else command.action,
        word or command.title,
        show=bool(command.footer),
        key_display=shown or command.shown,
        tooltip=command.help,
        id=command.id,
    )
