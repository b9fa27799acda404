"""The table of all commands, including the commands of dialogs.

The app builds the bindings, the footer, the hints, the palette and the help from this table. The table has
the default keys. :mod:`kjtui.tui.keys.keymap` reads the user's custom keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from textual.binding import Binding, BindingType

from kjtui.tui.state.pane_table import PANES, Pane

_PANE_KEYS = f"1-{len(PANES)} pane"


class Command(Struct, frozen=True):
    """A command that the user can run.

    Attributes:
        id: Id of the binding, also used in key maps.
        keys: Textual key names, separated by commas. Empty if the command is available only in the palette.
        shown: Keys as displayed in the footer and the help.
        action: Textual action to run.
        title: Name in the palette and the help.
        help: Short description of the command.
        footer: Label in the footer or in the hint of a dialog: keys and a word. Empty if the command has no
            label there.
        is_backward: Whether the command steps backward or up. If two commands share a label, a click on the
            word runs the command that steps forward.
    """

    id: str
    keys: str
    shown: str
    action: str
    title: str
    help: str
    footer: str = ""
    is_backward: bool = False

    @classmethod
    def to_show(cls, pane: Pane) -> Command:
        """Return the command that shows a pane."""
        key = str(pane.number)
        return cls(f"pane.{pane.id}", key, key, f"pane('{pane.id}')", pane.title, pane.help, _PANE_KEYS)

    def binding(self, *, priority: bool = False) -> Binding:
        """Return the binding of the command.

        With ``priority``, the binding handles a key before the focused widget receives the key.
        """
        return Binding(
            self.keys,
            self.action,
            self.title,
            show=False,
            tooltip=self.help,
            id=self.id,
            priority=priority,
        )


class Dialog(Struct, frozen=True):
    """The commands of a dialog.

    Attributes:
        title: Heading in the help.
        commands: The commands; their ids begin with the dialog's name.
        typing: Whether the dialog has a text input. If so, keys that type a character cannot run commands.
        shares: Names of other dialogs whose commands are also available in this dialog.
    """

    title: str
    commands: tuple[Command, ...]
    typing: bool = False
    shares: tuple[str, ...] = ()


# For readability, each command is on one line, even if the line is too long:
# ruff: noqa: E501
# fmt: off
COMMANDS: dict[str, tuple[Command, ...]] = {
    "Move": (
        Command("day.previous", "left,h", "← h", "move('day', -1)", "Previous day", "Back one day", "←→ day", is_backward=True),
        Command("day.next", "right,l", "→ l", "move('day', 1)", "Next day", "Forward one day"),
        Command("event.previous", "up,k", "↑ k", "select(-1)", "Select previous", "Event, track or meeting, depending on the pane", "↑↓ event", is_backward=True),
        Command("event.next", "down,j", "↓ j", "select(1)", "Select next", "Event, track or meeting, depending on the pane"),
        Command("change.next", "n", "n", "repeat(1)", "Next change", "Next match of a search, otherwise next change", "n/p change"),
        Command("change.previous", "p", "p", "change(-1)", "Previous change", "Of the selected track or filter, otherwise any", is_backward=True),
        Command("repeat.previous", "N", "N", "repeat(-1)", "Previous match or change", "Previous match of a search, otherwise same as p", is_backward=True),
        Command("meeting.next", "m", "m", "move('meeting', 1)", "Next meeting", "To its first day, or the day it became public", "m meeting"),
        Command("meeting.previous", "M", "M", "move('meeting', -1)", "Previous meeting", "To its first day, or the day it became public", is_backward=True),
        Command("round.next", "d", "d", "move('round', 1)", "Next round", "The next meeting that has a number"),
        Command("round.previous", "D", "D", "move('round', -1)", "Previous round", "The previous meeting that has a number", is_backward=True),
        Command("meeting.list", "L", "L", "meetings", "All meetings", "Choose a meeting from a list", "L meetings"),
        Command("month.previous", "left_square_bracket", "[", "move('month', -1)", "Previous month", "Back one month", is_backward=True),
        Command("month.next", "right_square_bracket", "]", "move('month', 1)", "Next month", "Forward one month"),
        Command("year.previous", "left_curly_bracket", "{", "move('month', -12)", "Previous year", "Back one year", is_backward=True),
        Command("year.next", "right_curly_bracket", "}", "move('month', 12)", "Next year", "Forward one year"),
        Command("day.first", "home", "home gg", "select_end(-1)", "First", "Day, track or meeting, depending on the pane", is_backward=True),
        Command("day.last", "end,G", "end G", "select_end(1)", "Last", "Day, track or meeting, depending on the pane"),
        Command("day.go", "g", "g", "go_to", "Go to", "A day, +30, last meeting, a name or words", "g go"),
        Command("day.back", "apostrophe", "'", "move('back', -1)", "Back", "To the day before the last jump", is_backward=True),
    ),
    "Read": (
        Command("event.open", "enter", "enter", "open", "Open", "The selected event, track or meeting in full", "⏎ open"),
        Command("why", "w", "w", "track_page", "Track", "Its status and reasons, facts, licences, trade", "w track"),
        Command("compare", "c", "c", "compare", "Compare", "Pin a day; c again shows what changed", "c compare"),
        Command("sources", "s", "s", "sources", "Sources", "Cited for the selected event, track or meeting", "s sources"),
        Command("sources.day", "S", "S", "day_sources", "All sources", "Every source up to the day, grouped by event"),
        Command("outcomes", "o", "o", "outcomes", "What came of it", "States pending on the day, with later outcomes", "o outcome"),
        Command("search", "slash", "/", "search", "Search", "Find events by words, names and fields", "/ search"),
        Command("match.next", "greater_than_sign,f3", "> f3", "match(1)", "Next match", "In the search results; esc ends the search", "<> match"),
        Command("match.previous", "less_than_sign,shift+f3", "<", "match(-1)", "Previous match", "In the search results; esc ends the search", is_backward=True),
        Command("filter", "f", "f", "filter", "Filter", "By track, kind, actor, weight and words", "f filter"),
        Command("clear", "escape", "esc", "clear", "Clear", "End search, zoom, pin and filter, one by one", "esc ends"),
    ),
    "View": (
        *map(Command.to_show, PANES),
        Command("pane.next", "tab", "tab", "step_pane(1)", "Next pane", "In the order of the pane numbers"),
        Command("pane.previous", "shift+tab", "s-tab", "step_pane(-1)", "Previous pane", "In the order of the pane numbers", is_backward=True),
        Command("timeline.minor", "v", "v", "minor", "Minor events", "Show or hide them in the timeline", "v minor"),
        Command("lanes.closer", "plus,equals_sign", "+", "zoom_lanes(1)", "Zoom lanes in", "Fewer months"),
        Command("lanes.wider", "minus", "-", "zoom_lanes(-1)", "Zoom lanes out", "More months", is_backward=True),
        Command("pane.up", "pageup,ctrl+u", "pgup", "page(-1)", "Page up", "Scroll the pane; the day stays", is_backward=True),
        Command("pane.down", "pagedown,ctrl+d,space", "pgdn space", "page(1)", "Page down", "Scroll the pane; the day stays"),
        Command("pane.maximise", "z", "z", "maximise", "Maximise", "Show one pane only; again to return", "z maximise"),
        Command("theme", "t", "t", "app.change_theme", "Theme", "Choose a theme; the choice is saved", "t theme"),
        Command("theme.dark", "", "ctrl+p", "app.use_theme('kjtui-dark')", "Dark", "Theme of kjtui; the choice is saved"),
        Command("theme.light", "", "ctrl+p", "app.use_theme('kjtui-light')", "Light", "Theme of kjtui; the choice is saved"),
        Command("language.en", "", "ctrl+p", "app.use_language('en')", "Language: English", "For the app and the record; the choice is saved"),
        Command("language.ko", "", "ctrl+p", "app.use_language('ko')", "Language: 한국어", "For the app and the record; the choice is saved"),
        Command("language.ja", "", "ctrl+p", "app.use_language('ja')", "Language: 日本語", "For the app and the record; the choice is saved"),
        Command("screenshot", "", "ctrl+p", "app.save_screenshot", "Screenshot", "Save a picture of the screen as SVG"),
    ),
    "Note": (
        Command("note.write", "a", "a", "app.note", "Note", "For the selected event, or for the day if none", "a note"),
        Command("note.day", "A", "A", "app.note_day", "Note on the day", "Write a note on the day"),
        Command("note.bookmark", "b", "b", "app.bookmark", "Bookmark", "Set or remove a bookmark"),
        Command("note.list", "B", "B", "app.notes", "Notes", "List, search, edit or delete notes, or go to one", "B notes"),
    ),
    "Export and leave": (
        Command("export", "e", "e", "export", "Export", "Save the day as a file", "e export"),
        Command("export.open", "E", "E", "app.open_export", "Open export", "Open the file saved last"),
        Command("copy", "y", "y", "copy", "Copy", "Copy the day's text to the clipboard", "y copy"),
        Command("reload", "r", "r", "app.reload", "Reload", "Read the store again after a change"),
        Command("help", "question_mark,f1", "?", "help", "Help", "Keys, signs, search and files", "? help"),
        Command("stop", "ctrl+z", "ctrl+z", "app.suspend_process", "Suspend", "To the shell; fg returns"),
        Command("quit", "q", "q", "app.quit", "Quit", "Leave kjtui", "q quit"),
    ),
}

FOOTER_MAIN: tuple[tuple[str, ...], ...] = (
    ("day.previous", "day.next"),
    ("event.previous", "event.next"),
    ("event.open",),
    ("change.next", "change.previous"),
    ("search",),
    ("day.go",),
    ("export",),
    ("help",),
    ("quit",),
)
"""The most important entries of the footer. An entry has the ids of the commands that share its label.

If the footer is narrow, it omits entries.
"""

FOOTER_MORE: tuple[tuple[str, ...], ...] = (
    ("why",),
    ("meeting.list",),
    ("outcomes",),
    ("filter",),
    ("compare",),
    ("sources",),
    ("meeting.next",),
    tuple(f"pane.{pane.id}" for pane in PANES),
    ("note.write",),
    ("copy",),
    ("timeline.minor",),
    ("note.list",),
    ("pane.maximise",),
    ("theme",),
)
"""Further entries, which the footer adds if there is room, most important first."""

FIRST_KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("day.previous", "day.next"), "one day back or forward"),
    (("change.next", "change.previous"), "to the next or previous change of status"),
    (("event.open",), "the selected event in full, with its sources"),
    (("search",), "find events by words, in any language"),
    (("help",), "keys, signs, search and files"),
)
"""The rows of keys in the welcome dialog. Each row has the ids of its commands, and their purpose."""

DIALOGS: Mapping[str, Dialog] = {
    "welcome": Dialog(
        "On the welcome screen",
        (Command("welcome.close", "escape,enter,space", "esc", "close", "Close", "Same as any other key", "⏎ starts"),),
    ),
    "help": Dialog(
        "In the help",
        (
            Command("help.keys", "1", "1", "page(1)", "Keys", "Keys of the panes and of every dialog", "1-4 page"),
            Command("help.signs", "2", "2", "page(2)", "Signs", "Signs and codes of all panes"),
            Command("help.search", "3", "3", "page(3)", "Search", "What can be typed, and where"),
            Command("help.files", "4", "4", "page(4)", "Files", "Exports, notes and configuration"),
            Command("help.first", "0", "0", "page(0)", "First screen", "Ten keys and the signs of the pane", is_backward=True),
            Command("help.narrow", "slash", "/", "narrow", "Narrow", "Type words to find them on all pages", "/ narrows"),
            Command("help.close", "escape,q,question_mark,f1", "esc", "back", "Close", "Back to the panes", "esc closes"),
        ),
        shares=("help-page",),
    ),
    "help-page": Dialog(
        "On a page of the help",
        (
            Command("help-page.down", "down,j", "↓ j", "scroll(1)", "Down", "Scroll down a line"),
            Command("help-page.up", "up,k", "↑ k", "scroll(-1)", "Up", "Scroll up a line", is_backward=True),
            Command("help-page.page_down", "pagedown,space,ctrl+d", "pgdn", "page(1)", "Page down", "Scroll by a page"),
            Command("help-page.page_up", "pageup,ctrl+u", "pgup", "page(-1)", "Page up", "Scroll by a page", is_backward=True),
            Command("help-page.first", "home,g", "home g", "end(-1)", "First", "To the beginning", is_backward=True),
            Command("help-page.last", "end,G", "end G", "end(1)", "Last", "To the end"),
        ),
    ),
    "document": Dialog(
        "In a text",
        (
            Command("document.open", "enter", "enter", "open", "Open", "The selected event, meeting, track or source", "⏎ opens"),
            Command("document.sources", "s", "s", "sources", "Sources", "Cited in the selected lines or in the whole text", "s sources"),
            Command("document.go", "d", "d", "go", "Go to the day", "Close, and go to the day of the event", "d goes to its day"),
            Command("document.export", "e", "e", "export", "Export", "Save the text as a file, in any format", "e exports"),
            Command("document.open_export", "E", "E", "app.open_export", "Open export", "Open the file saved last"),
            Command("document.search", "slash", "/", "search", "Search", "Search the record; the chosen event opens here", "/ search"),
            Command("document.cite", "c", "c", "cite", "Cite", "Copy the sources as citations", "c cites"),
            Command("document.copy", "y", "y", "copy", "Copy", "Copy the text to the clipboard", "y copies"),
            Command("document.help", "question_mark,f1", "?", "help", "Help", "Keys and signs of this dialog", "? help"),
            Command("document.close", "escape,q", "esc", "close", "Close", "Back to the previous screen", "esc closes"),
        ),
        shares=("items",),
    ),
    "event": Dialog(
        "In an event",
        (
            Command("event.earlier", "left,h", "← h", "turn(-1)", "Previous event", "Only events that pass the filter", "←→ event", is_backward=True),
            Command("event.later", "right,l", "→ l", "turn(1)", "Next event", "Only events that pass the filter"),
            Command("event.track", "w", "w", "track_page", "Track", "Its status and reasons, facts, licences, trade", "w track"),
            Command("event.outcomes", "o", "o", "outcomes", "What came of it", "The event's effects, with later outcomes", "o outcome"),
            Command("event.match_next", "n", "n", "match(1)", "Next match", "Match of the active search", "nN match"),
            Command("event.match_previous", "N", "N", "match(-1)", "Previous match", "Match of the active search", is_backward=True),
        ),
        shares=("document", "items"),
    ),
    "items": Dialog(
        "In texts and lists of sources",
        (
            Command("items.down", "down,j", "↓ j", "select(1)", "Down", "Select the next line; scroll first if needed"),
            Command("items.up", "up,k", "↑ k", "select(-1)", "Up", "Select the previous line; scroll first if needed", is_backward=True),
            Command("items.page_down", "pagedown,ctrl+d,space", "pgdn", "page(1)", "Page down", "Scroll by a page"),
            Command("items.page_up", "pageup,ctrl+u", "pgup", "page(-1)", "Page up", "Scroll by a page", is_backward=True),
            Command("items.first", "home,g", "home g", "end(-1)", "First", "To the beginning", is_backward=True),
            Command("items.last", "end,G", "end G", "end(1)", "Last", "To the end"),
        ),
    ),
    "track": Dialog(
        "On a track's page",
        (
            Command("track.previous", "left,h", "← h", "turn(-1)", "Previous track", "Open its page", "←→ track", is_backward=True),
            Command("track.next", "right,l", "→ l", "turn(1)", "Next track", "Open its page"),
            *(
                Command(f"track.section.{number}", str(number), str(number), f"section({number})", name, help, "" if number > 1 else "1-7 section")
                for number, (name, help) in enumerate(
                    (
                        ("Requirements", "What an exporter has to do"),
                        ("Why", "The events behind the status, and past states"),
                        ("What came of it", "What became of pending states"),
                        ("Licences", "Licences made public up to the day"),
                        ("Figures", "Charts of the track's figures"),
                        ("Statements and measures", "Other events that concern the track"),
                        ("Facts", "Control-list items and customs codes"),
                    ),
                    1,
                )
            ),
            Command("track.outcomes", "o", "o", "outcomes", "What came of it", "The track's pending states, with later outcomes", "o outcome"),
            Command("track.close", "w", "w", "close", "Close", "Same as escape"),
        ),
        shares=("document", "items"),
    ),
    "comparison": Dialog(
        "In a comparison",
        tuple(
            Command(f"comparison.section.{number}", str(number), str(number), f"section({number})", name, help, "" if number > 1 else "1-7 section")
            for number, (name, help) in enumerate(
                (
                    ("Changed", "The states on both days"),
                    ("Expected, and did not happen", "Changes that were expected between the two days"),
                    ("How it came about", "The events behind each change"),
                    ("Changed and changed back", "Tracks that returned to their earlier state"),
                    ("The same", "Tracks that did not change"),
                    ("Meetings in between", "All meetings between the two days"),
                    ("Events after the first day", "All events between the two days"),
                ),
                1,
            )
        ),
        shares=("document", "items"),
    ),
    "meeting-page": Dialog(
        "On a meeting's page",
        (
            Command("meeting-page.previous", "left,h,M", "← h M", "turn(-1)", "Previous meeting", "Open its page", "←→ meeting", is_backward=True),
            Command("meeting-page.next", "right,l,m", "→ l m", "turn(1)", "Next meeting", "Open its page"),
            Command("meeting-page.series", "L", "L", "series", "Series", "List the meetings of the same series", "L series"),
        ),
        shares=("document", "items"),
    ),
    "outcomes": Dialog(
        "In the outcomes",
        (
            Command("outcomes.switch", "o", "o", "switch", "This day or all days", "States pending on the day, or on any day", "o day/ever"),
        ),
        shares=("document", "items"),
    ),
    "sources": Dialog(
        "In the list of sources",
        (
            Command("sources.open", "enter", "enter", "open", "Open", "Open the address in the browser", "⏎ opens"),
            Command("sources.copy", "y", "y", "copy_address", "Copy address", "Copy the address to the clipboard", "y copies the address"),
            Command("sources.cite", "c", "c", "copy_citation", "Copy citation", "Title, publisher, dates and address, as text", "c a citation"),
            Command("sources.export", "e", "e", "export", "Export", "As text, RIS, BibTeX or CSL-JSON", "e exports"),
            Command("sources.narrow", "slash", "/", "narrow", "Narrow", "Type words of title, publisher or event", "/ narrows"),
            Command("sources.help", "question_mark,f1", "?", "help", "Help", "Keys and signs of this dialog", "? help"),
            Command("sources.back", "escape", "esc", "back", "Back", "Clear the typed words first, then close", "esc closes"),
            Command("sources.close", "q,s,S", "q", "dismiss(None)", "Close", "Back to the panes"),
        ),
        shares=("items",),
    ),
    "list": Dialog(
        "In a list",
        (
            Command("list.down", "j", "↓ j", "cursor_down", "Down", "Next entry"),
            Command("list.up", "k", "↑ k", "cursor_up", "Up", "Previous entry", is_backward=True),
            Command("list.page_down", "space,ctrl+d", "pgdn", "page_down", "Page down", "Scroll the list"),
            Command("list.page_up", "ctrl+u", "pgup", "page_up", "Page up", "Scroll the list", is_backward=True),
            Command("list.first", "g", "home g", "first", "First", "To the first entry", is_backward=True),
            Command("list.last", "G", "end G", "last", "Last", "To the last entry"),
        ),
    ),
    "narrowing": Dialog(
        "In a filter line",
        (Command("narrowing.list", "down", "↓", "submit", "To the list", "Same as enter"),),
        typing=True,
    ),
    "meetings": Dialog(
        "In the list of meetings",
        (
            Command("meetings.go", "enter", "enter", "choose", "Go to", "To the day of the meeting", "⏎ goes there"),
            Command("meetings.rounds", "tab", "tab", "tab", "Rounds", "Numbered rounds only, or all", "tab numbered rounds only, or all"),
        ),
        typing=True,
        shares=("finder",),
    ),
    "finder": Dialog(
        "In a list with an input line",
        (
            Command("finder.down", "down", "↓", "move('cursor_down')", "Down", "Next entry", "↑↓ choose"),
            Command("finder.up", "up", "↑", "move('cursor_up')", "Up", "Previous entry", is_backward=True),
            Command("finder.page_down", "pagedown", "pgdn", "move('page_down')", "Page down", "Scroll the list"),
            Command("finder.page_up", "pageup", "pgup", "move('page_up')", "Page up", "Scroll the list", is_backward=True),
            Command("finder.help", "f1", "f1", "help", "Help", "Keys and signs of this dialog"),
            Command("finder.close", "escape", "esc", "dismiss(None)", "Close", "Change nothing", "esc closes"),
        ),
        typing=True,
    ),
    "filter": Dialog(
        "In the filter",
        (
            Command("filter.choose", "enter", "enter", "choose", "Choose", "Show only events with the marked values", "⏎ shows only these"),
            Command("filter.mark", "tab", "tab", "tab", "Mark", "Mark or unmark; events must match all marks", "tab marks several"),
        ),
        typing=True,
        shares=("finder",),
    ),
    "go": Dialog(
        "In the go-to line",
        (
            Command("go.choose", "enter", "enter", "choose", "Go to", "To the typed day, or to the highlighted entry", "⏎ goes there"),
            Command("go.correct", "tab", "tab", "tab", "Correct", "Replace a misspelt word by the closest word"),
        ),
        typing=True,
        shares=("finder",),
    ),
    "themes": Dialog(
        "In the list of themes",
        (
            Command("themes.choose", "enter", "enter", "choose", "Choose", "Keep the theme that is shown", "⏎ keeps"),
            Command("themes.close", "escape,q,t", "esc", "cancel", "Close", "Back to the previous theme", "esc back"),
        ),
        shares=("list",),
    ),
    "notes": Dialog(
        "In the list of notes",
        (
            Command("notes.go", "enter", "enter", "choose", "Go to", "To the event or the day", "⏎ goes there"),
            Command("notes.edit", "a,e", "a", "edit", "Edit", "Change the text", "a edits"),
            Command("notes.delete", "d", "d", "delete", "Delete", "Press twice to delete the note", "d deletes"),
            Command("notes.narrow", "slash", "/", "narrow", "Search", "Type words of the notes", "/ searches"),
            Command("notes.help", "question_mark,f1", "?", "help", "Help", "Keys and signs of this dialog", "? help"),
            Command("notes.close", "escape,q,B", "esc", "back", "Close", "Clear the typed words first, then close", "esc closes"),
        ),
        shares=("list",),
    ),
    "editor": Dialog(
        "In a note",
        (
            Command("editor.save", "ctrl+s", "ctrl+s", "save", "Save", "An empty text deletes the note", "ctrl+s saves"),
            Command("editor.edit", "ctrl+e", "ctrl+e", "screen.edit", "Edit in $EDITOR", "In your own editor, or in vi if none is set", "ctrl+e own editor"),
            Command("editor.help", "f1", "f1", "help", "Help", "Keys and signs of this dialog"),
            Command("editor.close", "escape", "esc", "back", "Close", "If the text was changed, ask for confirmation", "esc closes"),
        ),
        typing=True,
    ),
    "export": Dialog(
        "In the export",
        (
            Command("export.save", "enter", "enter", "save", "Save", "Press twice to overwrite a file or make a folder", "⏎ saves"),
            Command("export.next", "down", "↓", "format(1)", "Next format", "Text, Markdown, HTML, JSON", "↑↓ format"),
            Command("export.previous", "up", "↑", "format(-1)", "Previous format", "Text, Markdown, HTML, JSON", is_backward=True),
            Command("export.form", "tab", "tab", "form", "Other form", "For documents with more than one form", "tab other form"),
            Command("export.help", "f1", "f1", "help", "Help", "Keys and signs of this dialog"),
            Command("export.close", "escape", "esc", "dismiss(None)", "Close", "Without saving", "esc closes"),
        ),
        typing=True,
    ),
    "search": Dialog(
        "In the search",
        (
            Command("search.keep", "enter", "enter", "keep", "Go to", "Go to the event and keep the matches marked", "⏎ goes there"),
            Command("search.next", "down", "↓", "step(1)", "Next hit", "Select the next hit", "↑↓ choose"),
            Command("search.previous", "up", "↑", "step(-1)", "Previous hit", "Select the previous hit", is_backward=True),
            Command("search.page_down", "pagedown", "pgdn", "page(1)", "Page down", "Select a hit further down"),
            Command("search.page_up", "pageup", "pgup", "page(-1)", "Page up", "Select a hit further up", is_backward=True),
            Command("search.order", "tab", "tab", "tab", "Order", "Accept the suggestion, or change the sort order", "tab order"),
            Command("search.save", "ctrl+s", "ctrl+s", "save", "Save", "The list of hits, as text, CSV, JSON or Markdown", "ctrl+s saves"),
            Command("search.help", "f1", "f1", "help", "Help", "Keys and signs of this dialog"),
            Command("search.close", "escape", "esc", "close", "Close", "Back to where the search began", "esc returns"),
        ),
        typing=True,
    ),
}
"""The dialogs with their commands, by name. The ids of the commands begin with the name of the dialog."""
# fmt: on


_MAIN = Dialog("", tuple(command for group in COMMANDS.values() for command in group))


def main_commands() -> Iterator[Command]:
    """Iterate over the commands of the main screen."""
    yield from _MAIN.commands


def all_commands() -> Iterator[Command]:
    """Iterate over all commands. The commands of dialogs come last."""
    for dialog in (_MAIN, *DIALOGS.values()):
        yield from dialog.commands


def bindings(dialog: str) -> list[BindingType]:
    """Return the bindings of a dialog."""
    return [command.binding() for command in DIALOGS[dialog].commands]


def meet(first_id: str, second_id: str) -> bool:
    """Return whether two commands, given by their ids, can be available at the same time."""
    first_context, second_context = CONTEXTS[first_id], CONTEXTS[second_id]
    return (
        first_context == second_context
        or first_context in _dialog(second_context).shares
        or second_context in _dialog(first_context).shares
    )


def _dialog(name: str) -> Dialog:
    return DIALOGS.get(name, _MAIN)


CONTEXTS: Mapping[str, str] = {
    command.id: name for name, dialog in (("", _MAIN), *DIALOGS.items()) for command in dialog.commands
}
"""For each command id, the name of the command's dialog. Empty for commands of the main screen."""

BY_ID: Mapping[str, Command] = {command.id: command for command in all_commands()}
"""All commands by id."""
