"""The hits of a search: a list, and the text of the selected event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textual import events
from textual.geometry import Size
from textual.message import Message

from kjtui.documents.document import EventView
from kjtui.documents.event_document import event_document
from kjtui.documents.layout import lay_out
from kjtui.documents.track_document import effect_words
from kjtui.find.search import Index
from kjtui.find.snippet import Snippet
from kjtui.find.word_match import parse_words
from kjtui.history.snapshot import History
from kjtui.languages import join_items, labelled
from kjtui.record.model import Event, Record
from kjtui.tui.dialogs.search_bar import first_words, last_words
from kjtui.tui.paint.line_pane import Line, LinePane, mark_selected
from kjtui.words import day_words, labels, source_words
from kjtui.words.wrap import cells, cut, fit

_DAY = 12
"""Width of the column of days."""
_NARROW = 40
"""Minimum width for showing day and actors before the title of a hit."""
_TWO_LINES = 16
"""Minimum height for showing a snippet below every hit."""


class HitList(LinePane, can_focus=False):
    """The list of hits, with one or two lines per hit. The input above keeps the focus."""

    class Chosen(Message):
        """The user clicked the selected hit."""

    class Selected(Message):
        """The user clicked a hit that was not selected."""

    def __init__(self, history: History, index: Index) -> None:
        super().__init__(id="hits")
        self._history, self._index = history, index
        codes = history.record.dataset.actors
        # A code, the number of other actors, and a space, as in "WTO +3 ".
        self._actors_width = max((cells(code) for code in codes), default=0) + len(" +3 ")
        self._query = ""
        self._snippets: dict[int, Snippet | None] = {}
        self.hits: Sequence[int] = ()
        self.selected = 0

    def show(self, query: str, hits: Sequence[int], selected: int | None = None) -> None:
        """Show new hits and select one hit, by default the first.

        Args:
            query: the query.
            hits: the indices of the events.
            selected: the index of the event to select, if it is among the hits.
        """
        self._query, self.hits, self._snippets = query, hits, {}
        self.selected = hits.index(selected) if selected in hits else 0
        self._reveal()
        self.repaint()

    @property
    def event(self) -> int | None:
        """The index of the selected event."""
        return self.hits[self.selected] if self.hits else None

    def move(self, step: int) -> None:
        """Move the selection by ``step`` hits, stopping at the first or last hit."""
        if self.hits:
            self.selected = min(max(self.selected + step, 0), len(self.hits) - 1)
            self._reveal()
            self.repaint()

    def page(self, pages: int) -> None:
        """Move the selection by pages."""
        lines = 2 if self._has_two_lines else 1
        self.move(pages * max(self.rows // lines - 1, 1))

    def lay_out(self) -> None:
        """Keep the selected hit visible after a resize."""
        super().lay_out()
        self.call_after_refresh(self._reveal)

    @property
    def _has_two_lines(self) -> bool:
        return self.rows >= _TWO_LINES

    def line_count(self) -> int:
        """Return the number of lines.

        If the list has too little height for two lines per hit, only the selected hit has a snippet.
        """
        if self._has_two_lines:
            return 2 * len(self.hits)
        return len(self.hits) + (1 if self.hits else 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height that the list needs on screens that show the selected event below the list."""
        return len(self.hits) + 1

    def line(self, index: int) -> Line:
        """Return a line of the list: the title or the snippet of a hit."""
        position, is_snippet = self._hit_at(index)
        line = self._snippet_line(position) if is_snippet else self._title_line(position)
        if position == self.selected and not is_snippet:
            return mark_selected(line, self.columns)
        return line

    def on_click(self, event: events.Click) -> None:
        """Select the clicked hit. If it is already selected, choose it."""
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= offset.y + self.scroll_offset.y < self.line_count():
            return
        position, _ = self._hit_at(offset.y + self.scroll_offset.y)
        if position == self.selected:
            self.post_message(self.Chosen())
        else:
            self.move(position - self.selected)
            self.post_message(self.Selected())

    def _hit_at(self, index: int) -> tuple[int, bool]:
        """Return the position of the hit that a line belongs to, and whether the line is a snippet."""
        if self._has_two_lines:
            return index // 2, index % 2 == 1
        if index <= self.selected:
            return index, False
        return index - 1, index == self.selected + 1

    def _reveal(self) -> None:
        lines = 2 if self._has_two_lines else 1
        first = self.selected * lines
        last = first + 2
        top = self.scroll_offset.y
        if first < top:
            top = first
        elif last > top + self.rows:
            top = max(last - self.rows, 0)
        if top != self.scroll_offset.y and self.rows:
            self._resize_content()
            self.scroll_to(y=top, animate=False, immediate=True)

    def _title_line(self, position: int) -> Line:
        event = self._history.record.events[self.hits[position]]
        if self.columns < _NARROW:
            return ((" ", ""), (fit(event.title, max(self.columns - 1, 0)), ""))
        day = fit(day_words.short_date(event), _DAY)
        actors = fit(labels.actors(event, self._actors_width - 1), self._actors_width)
        disputed = "! " if event.disputed else ""
        width = self.columns - 1 - _DAY - self._actors_width - len(disputed)
        return (
            (" ", ""),
            (day, "dim"),
            (actors, "dim"),
            (disputed, "warning"),
            (fit(event.title, width), ""),
        )

    def _snippet_line(self, position: int) -> Line:
        event_index = self.hits[position]
        if event_index not in self._snippets:
            self._snippets[event_index] = self._index.snippet(self._query, event_index)
        snippet = self._snippets[event_index]
        indent = " " * min(6, self.columns)
        width = max(self.columns - len(indent), 0)
        if snippet is None:
            event = self._history.record.events[event_index]
            return ((indent, ""), (fit(_first_text(event, self._history.record), width), "dim"))
        where = labelled(snippet.where)
        before, after = _around(snippet, width - cells(where))
        return (
            (indent, ""),
            (cut(where, width)[0], "dim"),
            (before, "dim"),
            (cut(snippet.match, max(width - cells(where) - cells(before), 0))[0], "found"),
            (after, "dim"),
        )


def _first_text(event: Event, record: Record) -> str:
    """Return the summary of an event.

    If it has no summary, return its effects. If it also has no effects, return the title of its first source.
    """
    if event.summary:
        return event.summary
    if event.effects:
        tracks = record.tracks
        return join_items(effect_words(tracks[effect.track], effect) for effect in event.effects)
    return source_words.title(record.sources[event.sources[0]]) if event.sources else ""


def _around(snippet: Snippet, width: int) -> tuple[str, str]:
    """Return the texts before and after a match, truncated so that the whole snippet fits a width."""
    available = max(width - cells(snippet.match), 0)
    before = last_words(snippet.before, available // 2)
    return before, first_words(snippet.after, max(available - cells(before), 0))


class HitPreview(LinePane, can_focus=False):
    """The document of the selected event, with the words of the query highlighted."""

    def __init__(self, history: History) -> None:
        super().__init__(id="preview")
        self._history = history
        self._query, self._event = "", -1
        self._lines: list[Line] = []

    def show(self, query: str, event: int | None) -> None:
        """Show a different event, or clear the preview."""
        self._query, self._event = query, -1 if event is None else event
        self._fill()
        self.scroll_to(y=0, animate=False, immediate=True)
        self.repaint()

    def lay_out(self) -> None:
        """Lay out the event for the new width."""
        self._fill()
        super().lay_out()

    def line_count(self) -> int:
        """Return the number of lines."""
        return len(self._lines)

    def line(self, index: int) -> Line:
        """Return a line."""
        return self._lines[index]

    def _fill(self) -> None:
        self._lines = []
        if self._event < 0 or self.columns < 3:
            return
        event = self._history.record.events[self._event]
        document = event_document(EventView(event, self._history.snapshot(event.day)))
        pattern = found_pattern(self._query)
        for passage in lay_out(document, self.columns - 2):
            for line in passage.lines:
                self._lines.append(((" ", ""), *_marked(line, pattern)))


def found_pattern(query: str) -> re.Pattern[str] | None:
    """Return a pattern that finds the words of a query in a text. ``None`` for an empty query."""
    parts = []
    for word in parse_words(query):
        stem = word.without_certain_particle.without_uncertain_particle.text
        text = r"\W+".join(map(re.escape, stem.split()))
        if particle := word.text.removeprefix(stem).strip():
            text += f"(?:{particle})?"
        start = r"\b" if word.needles[0].startswith(" ") else ""
        end = ""
        if word.whole or word.strict:
            end = r"\b"
        elif start:
            end = r"\w*"
        parts.append(f"{start}{text}{end}")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _marked(line: Line, pattern: re.Pattern[str] | None) -> Iterator[tuple[str, str]]:
    """Yield the spans of a line, with the style ``found`` for each match of the pattern."""
    for text, style in line:
        position = 0
        for match in pattern.finditer(text) if pattern else ():
            if match.end() > match.start():
                yield text[position : match.start()], style
                yield match[0], "found"
                position = match.end()
        yield text[position:], style
