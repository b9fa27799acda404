"""The dialog for the filter, which selects the visible events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kjtui.find.filter import Filter
from kjtui.find.names import begins, names_of
from kjtui.find.query import field_values
from kjtui.find.search import Index
from kjtui.find.word_match import matches
from kjtui.languages import quoted, tr
from kjtui.record.model import Record
from kjtui.tui.dialogs.dialog import Hint
from kjtui.tui.dialogs.finder import Finder, FoundList
from kjtui.tui.dialogs.text_line import TextLine
from kjtui.tui.keys.command_table import bindings
from kjtui.tui.keys.keymap import key_of
from kjtui.tui.state.facets import FilterCounts
from kjtui.tui.state.visible_events import filter_parts
from kjtui.words import labels

HEADINGS: Mapping[str, str] = {
    "track": "Tracks",
    "kind": "Kinds of events",
    "actor": "Actors",
    "minor": "Weight and certainty",
    "disputed": "Weight and certainty",
    "confidence": "Weight and certainty",
    "level": "Levels of meetings",
}
"""For each field of the filter, the heading above the choices of this field."""


class Choice(NamedTuple):
    """An entry of the list: a field of the filter and a value to set.

    Attributes:
        part: the field of the filter; empty for the choice that clears all fields.
        value: the value to set.
        label: the label in the list.
        aliases: other names that typed text can match.
        events: the number of events that pass the filter if it has this value.
    """

    part: str
    value: str
    label: str
    aliases: tuple[str, ...] = ()
    events: int = 0


class FilterDialog(Finder[Filter | None]):
    """Ask for a filter. The result is the new filter, or ``None`` if the user pressed escape."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("filter")
    HINTS = ("filter", "finder")

    def __init__(self, record: Record, index: Index, current: Filter) -> None:
        super().__init__()
        self._counts = FilterCounts(record, index, current)
        self._marked = False
        self._rows: list[Choice | str] = []
        """The rows of the list; a heading is a string."""

    def compose(self) -> ComposeResult:
        """Compose the current filter, the input and the list."""
        with Vertical(classes="dialog finder reader"):
            yield Static(classes="active", markup=False)
            yield TextLine(placeholder=tr("type part of an entry, or words of events"))
            yield FoundList(markup=False)
            yield Hint(*self.HINTS)

    def on_mount(self) -> None:
        """List all choices."""
        self._list()

    @on(Input.Changed)
    def narrow(self) -> None:
        """List the choices that match the typed text. The last choice is to search for the typed text."""
        self._list()

    @on(Input.Submitted)
    def apply(self) -> None:
        """Close and return the filter that the title describes."""
        if self._highlighted:
            event_filter, _ = self._result()
            self.dismiss(event_filter)

    def choose(self, index: int) -> None:
        """Apply a choice of the list to the filter, close, and return the new filter."""
        if isinstance(chosen := self._rows[index], Choice):
            self.dismiss(self._with(chosen))

    def action_tab(self) -> None:
        """Set the highlighted choice in the filter, or clear it if it was set. Stay open."""
        chosen = self._highlighted
        if not chosen:
            return
        self._counts = FilterCounts(self._counts.record, self._counts.index, self._with(chosen))
        self._marked = True
        self.query_one(Input).clear()
        self._list(chosen)

    @on(OptionList.OptionHighlighted)
    def show_result(self) -> None:
        """Show in the title which events the enter key would select."""
        for title in self.query(".active").results(Static):  # no title while the dialog opens or closes
            title.update(self._title())

    def _title(self) -> str:
        if self.found.option_count == 0:
            return self._nothing_found()
        event_filter, passed = self._result()
        record = self._counts.record
        return tr(
            "{key} shows {parts}: {kept:,} of {count:,} events",
            key=key_of(self.app, "filter.choose"),
            parts=" · ".join(filter_parts(event_filter, record)) or tr("everything"),
            kept=passed,
            count=len(record.events),
        )

    def _result(self) -> tuple[Filter, int]:
        """Return the filter that enter applies, and the number of events that pass it."""
        choice = self._highlighted
        if choice is None or (self._marked and not self.typed):
            return self._counts.event_filter, self._counts.passed
        event_filter = self._with(choice)
        if self._is_set(choice):  # enter clears this value, but choice.events is the count with this value
            return event_filter, len(self._counts.index.select(event_filter))
        return event_filter, choice.events

    @property
    def _highlighted(self) -> Choice | None:
        index = self.found.highlighted
        row = None if index is None else self._rows[index]
        return row if isinstance(row, Choice) else None

    def _with(self, choice: Choice) -> Filter:
        """Return the filter with a choice set. If the choice is already set, clear it instead."""
        if not choice.part:
            return Filter()
        return self._counts.event_filter.with_field(choice.part, "" if self._is_set(choice) else choice.value)

    def _is_set(self, choice: Choice) -> bool:
        return bool(choice.part) and getattr(self._counts.event_filter, choice.part) == choice.value

    def _list(self, highlighted: Choice | None = None) -> None:
        """List the choices for the typed text. Highlight ``highlighted``, by default the first choice."""
        counts = self._counts
        listed = list(choices(counts, self.typed))
        self._rows = list(listed if self.typed else _with_headings(listed))
        self.found.set_options(map(self._option, self._rows))
        chosen = [row for row, choice in enumerate(self._rows) if isinstance(choice, Choice)]
        preferred = [row for row in chosen if highlighted and self._rows[row][:2] == highlighted[:2]]
        self.found.highlighted = next(iter(preferred + chosen), None)
        self.show_result()

    def _nothing_found(self) -> str:
        from kjtui.find.advice import advice

        return advice(self._counts.event_filter.with_text(self.typed), self._counts.index) or tr("none found")

    def _option(self, row: Choice | str) -> Option:
        if isinstance(row, Choice):
            return Option(self._line(row))
        return Option(Content.styled(row, "$line-dim bold"), disabled=True)

    def _line(self, choice: Choice) -> Content:
        sign = "● " if self._is_set(choice) else "  "
        alias = _alias(choice, self.typed)
        called = f" · {alias}" if alias else ""
        count = tr("({count:,})", count=choice.events)
        return Content.assemble((sign, "$accent"), choice.label, (f" {count}{called}", "$line-dim"))


def _with_headings(listed: Iterable[Choice]) -> Iterator[Choice | str]:
    """Yield each heading, followed by its choices."""
    for heading, group in groupby(listed, lambda choice: HEADINGS.get(choice.part, "")):
        if heading:
            yield tr(heading)
        yield from group


def choices(counts: FilterCounts, typed: str) -> Iterator[Choice]:
    """Yield the choices that match a typed text. Each choice sets or clears a field of the filter."""
    record, event_filter = counts.record, counts.event_filter
    if event_filter and not typed:
        yield Choice("", "", tr("everything"), events=len(record.events))
    if event_filter.text and not typed:
        yield Choice("text", event_filter.text, quoted(event_filter.text), events=counts.passed)
    matching = [choice for choice in _all_choices(record) if _alias(choice, typed) is not None]
    for choice in sorted(matching, key=lambda choice: bool(_alias(choice, typed))):  # matching labels first
        events = counts.with_value(choice.part, choice.value)
        if events or getattr(event_filter, choice.part) == choice.value:
            yield choice._replace(events=events)
    if typed:
        event_indices = counts.index.select(event_filter.with_text(typed))
        if event_indices:
            yield Choice(
                "text",
                typed,
                tr("“{typed}” in title, text or sources", typed=typed),
                events=len(event_indices),
            )


def _alias(choice: Choice, typed: str) -> str | None:
    """Return the alias of a choice that matches the typed text.

    Return an empty text if the label matches, and ``None`` if neither the label nor an alias matches.
    """
    labels_of_choice = [choice.label]
    if ":" in typed:
        labels_of_choice.append(f"{choice.part}:{choice.value}")
    if any(_is_match(label, typed) for label in labels_of_choice):
        return ""
    return next((alias for alias in choice.aliases if _is_match(alias, typed)), None)


def _is_match(name: str, typed: str) -> bool:
    return begins(name, typed) or matches(typed, (name,))


def _all_choices(record: Record) -> Iterator[Choice]:
    for track in record.tracks.values():
        yield Choice("track", track.id, track.name, (track.short, *track.aliases))
    for kind, _ in field_values("kind", record):
        yield Choice("kind", kind, tr("kind: {kind}", kind=labels.spoken(kind)), (kind,))
    for code, names in names_of("actor", record).items():
        yield Choice("actor", code, tr("by {name}", name=names[0]), (code, *names[1:]))
    yield Choice("minor", "no", tr("main events"))
    yield Choice("minor", "yes", tr("minor events"))
    yield Choice("disputed", "yes", tr("sources disagree"), ("disputed",))
    for confidence, _ in field_values("confidence", record):
        yield Choice(
            "confidence", confidence, tr("confidence: {confidence}", confidence=labels.spoken(confidence))
        )
    for level, aliases in field_values("level", record):
        yield Choice("level", level, tr("level: {level}", level=level), aliases)
