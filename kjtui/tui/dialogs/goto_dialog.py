"""Go to a day or a named item. While the user types, the dialog shows how it interprets the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from kjtui.find.day_examples import day_examples
from kjtui.find.day_parser import NotADayError
from kjtui.find.goto import MAX_TARGETS, Answer, Target, find_targets
from kjtui.find.search import Index
from kjtui.history.snapshot import History
from kjtui.languages import current_language, join_items, tr
from kjtui.record.model import Event, Record, Term, Track
from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.finder import Finder, FoundList
from kjtui.tui.dialogs.text_line import TextLine
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.state.cursor import main_event
from kjtui.words import day_words
from kjtui.words.wrap import cells, fit, wrap

_DATE = 13
"""Width of the first column of the list, with a space at the end.

It contains a date or the kind of a page.
"""
_WIDE_DAY = date(2020, 12, 30)
"""A day whose text has the maximum width."""

_SECOND_PRESS = 0.4
"""Time limit in seconds for the second press of the dialog's key.

The second press counts only if no other key follows within the same number of seconds.
"""

_NOTHING = Answer((), exact=False)

EXAMPLES = """\
{day} · {words}
{without_year}      the days it can mean, to choose from
{month} · {week}      the first day of a month or week
+30 · -2w · +1m · -1y   from the day on screen
start · end · {today}
next meeting · last change · first event
words                   a track, person, term or meeting by its name, events by their text"""


_EAST_ASIAN = frozenset(("ja", "ko"))
"""If a record has sources in one of these languages, the examples include a foreign notation."""


def examples(day: date, record: Record) -> str:
    """Return the help on notations of days. All examples are notations of ``day``.

    In English, a notation in a foreign language is added if the record has sources in Korean or Japanese.
    """
    notations = day_examples(day)
    words = [notations.words, notations.era if current_language() == "ja" else notations.more_words]
    if not _EAST_ASIAN.isdisjoint(source.language for source in record.sources.values()):
        words.append(notations.foreign)
    return tr(
        EXAMPLES,
        day=day.isoformat(),
        words=" · ".join(filter(None, words)),
        without_year=" · ".join(filter(None, (notations.without_year, notations.either_order))),
        month=f"{day.year}-{day.month:02}",
        week=f"{day.isocalendar().year}-W{day.isocalendar().week:02}",
        today=notations.today,
    )


class GoToDialog(Finder[Target | None]):
    """Ask for a day or a name. The result is its target, or ``None`` if the user pressed escape.

    If a text is ambiguous, all targets are listed and the best target is highlighted.

    Args:
        history: The history of the displayed record.
        index: The search index of the record.
        cursor: The displayed day.
        go_to_first: The function that goes to the first item in the pane. It is called if the user presses
            the key of this dialog twice.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("go")
    HINTS = ("go", "finder")

    def __init__(self, history: History, index: Index, cursor: date, go_to_first: Callable[[], None]) -> None:
        super().__init__()
        self._history, self._index, self._cursor = history, index, cursor
        self._go_to_first = go_to_first
        self._opened = 0.0  # set when the input can receive the first key
        self._bounds = tr("{first_day} to {last_day}", first_day=history.first_day, last_day=history.last_day)
        self._answer = _NOTHING

    def compose(self) -> ComposeResult:
        """Compose the input, a line that shows how the input is interpreted, and the list."""
        with Vertical(classes="dialog finder"):
            yield Static(tr("Go to"), markup=False)
            yield TextLine(placeholder=tr("a day, or words"), max_length=60)
            yield Static(self._bounds, classes="message", markup=False)
            yield FoundList(classes="-empty", markup=False)
            yield Static(
                examples(self._history.latest_change, self._history.record), classes="keys", markup=False
            )
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """Store the time of opening, to measure how fast a second press of the key is."""
        self._opened = monotonic()

    @on(Input.Changed)
    def watch_for_second_press(self) -> None:
        """Go to the first item if the key of this dialog was pressed twice, like ``gg`` in vi.

        A typed name can begin with the same letter as this key. So a second press counts only if it follows
        quickly, and if the user does not continue to type.
        """
        if self._is_second_press() and monotonic() - self._opened < _SECOND_PRESS:
            self.set_timer(_SECOND_PRESS, self._end_second_press)

    def _is_second_press(self) -> bool:
        return self.query_one(Input).value == key_of(self.app, "day.go")

    def _end_second_press(self) -> None:
        if self.is_active and self._is_second_press():
            self.dismiss(None)
            self._go_to_first()

    @on(Input.Changed)
    def understand(self) -> None:
        """Show the interpretation of the text, or the error."""
        self._answer, said = self._parse(self.typed)
        self.say(said, error=not self._answer.targets and bool(self.typed))
        choices = () if self._answer.exact else self._answer.targets
        self.found.set_options(Option(self._choice(target)) for target in choices)
        self.found.highlighted = self._best() if choices else None
        self.found.set_class(not choices, "-empty")
        self.query_one(".keys").set_class(bool(choices), "-hidden")

    @on(Input.Submitted)
    def go(self) -> None:
        """Close and return the target of the text, or the highlighted target if the text is ambiguous."""
        chosen = self.found.highlighted
        if self._answer.exact:
            self.dismiss(self._answer.targets[0])
        elif chosen is not None:
            self.choose(chosen)

    def choose(self, index: int) -> None:
        """Close and return a target of the list."""
        self.dismiss(self._answer.targets[index])

    def action_tab(self) -> None:
        """If nothing was found, replace the text by the best spelling correction."""
        corrections = [] if self._answer.targets else self._index.corrections(self.typed)
        if corrections:
            line = self.query_one(Input)
            line.value = corrections[0]
            line.cursor_position = len(line.value)

    def _best(self) -> int:
        """Return the index of the target to highlight.

        If the first target is a name, return its index. Otherwise, return the index of the day nearest to the
        cursor.
        """
        targets = self._answer.targets
        if targets[0].name:
            return 0
        return min(range(len(targets)), key=lambda choice: abs(targets[choice].day - self._cursor))

    def _parse(self, text: str) -> tuple[Answer, str]:
        """Return the targets of a text, and the message that explains the interpretation."""
        if not text:
            return _NOTHING, self._bounds
        try:
            answer = find_targets(text, self._history, self._index, self._cursor, date.today())
        except NotADayError:
            return _NOTHING, self._nothing_found(text)
        except ValueError as error:
            return _NOTHING, str(error)
        count = len(answer.targets)
        if answer.exact:
            target = answer.targets[0]
            place = _page_kind(target) or day_words.long_day(target.day)
            return answer, f"{place} · {target.name or self._said_of(target.day)}"
        if not answer.targets[0].name:
            return answer, tr("{count} possible days · ↑↓ choose another", count=count)
        if count == MAX_TARGETS:
            message = tr("{count} or more found for {text!r} · ↑↓ choose another", count=count, text=text)
        else:
            message = tr("{count} found for {text!r} · ↑↓ choose another", count=count, text=text)
        return answer, message

    def _nothing_found(self, text: str) -> str:
        """Return a message with a suggestion, for a text that is neither a day nor a name."""
        if corrected := self._index.corrections(text, 1):
            return tr("nothing found; tab takes {corrected}", corrected=corrected[0])
        if nearest := self._index.nearest(text):
            return tr("nothing found; did you mean {nearest}?", nearest=join_items(nearest))
        keys = f"{key_of(self.app, 'finder.close')} {key_of(self.app, 'search')}"
        return tr("neither a day nor a name in the record; {keys} searches the texts", keys=keys)

    def _choice(self, target: Target) -> Content:
        """Return the list entry of a target: its day or kind, and its name."""
        if not target.name:
            width = cells(day_words.day_with_weekday(_WIDE_DAY)) + 2
            day = fit(day_words.day_with_weekday(target.day), width)
            return Content.assemble((day, "$accent"), (self._said_of(target.day), "$line-dim"))
        kind = ""
        match target.item:
            case Event() as event:
                on = day_words.short_date(event)
            case Track() | Term():
                on = _page_kind(target)
            case _:
                on = day_words.short_day(target.day)
                kind = f"{tr('meeting')} "
        first, *further_lines = wrap(kind + target.name, self.query_one(Input).size.width - 5 - _DATE) or [""]
        indented_lines = "".join(f"\n{' ' * _DATE}{line}" for line in further_lines)
        shown = Content(first).stylize("$line-dim", 0, len(kind))
        return Content.assemble((fit(on, _DATE), "$accent"), shown, indented_lines)

    def _said_of(self, day: date) -> str:
        """Return the title of the main event of a day."""
        events = self._history.record.events
        index = main_event(self._history, day, range(len(events)))
        return tr("no events") if index is None else events[index].title


def _page_kind(target: Target) -> str:
    """Return the kind of a target that is a track or a term. Empty for targets with a day."""
    match target.item:
        case Track():
            return tr("track")
        case Term():
            return tr("term")
    return ""
