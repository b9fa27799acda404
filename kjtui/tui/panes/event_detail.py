"""The details of the selected event, below the list of the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from kjtui.history.snapshot import Snapshot, sources_of
from kjtui.languages import join_clauses, join_items, join_names, labelled, tr
from kjtui.record.model import Event
from kjtui.tui.paint.line_pane import Line, line_width
from kjtui.words import day_words, labels, source_words
from kjtui.words.wrap import cells, cut, fit, wrap

_LIST = 4
"""Minimum number of rows for the list of events."""
_LONG_LIST = 24
"""If the pane has at least this many rows, the details take more than half of the rows."""
_LEAST, _WANTED = 3, 5
"""Minimum and preferred number of rows for the details."""
_TALL = 8
"""If the details have at least this many rows, the text about a dispute can take two rows."""
_NARROW = 56
"""In a pane narrower than this, the details get more rows, because their text needs more lines."""
_WIDE = 100
"""Minimum width for two columns. The lines in two columns are shorter, and easier to read."""


def detail_height(rows: int, width: int) -> int:
    """Return the number of rows for the details.

    The number is the same for all events, so that the height of the list does not change.
    """
    if width < _NARROW:
        share = rows * 3 // 5  # text needs more lines in a narrow pane
    elif rows >= _LONG_LIST:
        share = rows * 5 // 9
    else:
        share = rows * 2 // 5
    height = min(max(share, _WANTED), rows - _LIST)
    return height if height >= _LEAST else 0


def rule(event: Event | None, snapshot: Snapshot, width: int) -> Line:
    """Return the line between the list and the details. It shows the number of sources."""
    count = len(sources_of(event, snapshot)) if event else 0
    text = ""
    if count:
        text = f" {tr('1 source') if count == 1 else tr('{count} sources', count=count)} "
    before = width - cells(text) - 3
    if not count or before < 0:
        return (("─" * width, "dim"),)
    return (("─" * before, "dim"), (text, ""), ("───", "dim"))


def event_detail(event: Event, snapshot: Snapshot, width: int, height: int) -> list[Line]:
    """Return an event in at most ``height`` lines: title, dispute, summary, statements, effects, sources."""
    if width < _WIDE:
        return _event(event, snapshot, width, height, beside=False)
    left_width = width * 2 // 3
    texts = _event(event, snapshot, left_width, height, beside=True)
    particulars = _particulars(event, snapshot, width - left_width - 3, height)[:height]
    lines: list[Line] = []
    for text, particular in zip_longest(texts, particulars, fillvalue=()):
        lines.append((*_padded(text, left_width), (" │ ", "dim"), *particular))
    return lines


def empty_detail(
    text: str, before: Event | None, hidden: Sequence[Event], after: Event | None, width: int, height: int
) -> list[Line]:
    """Return the lines for a day without a selected event.

    They explain why no event is selected. They also show the events before and after the day and, if there is
    room, the hidden events.
    """
    lines: list[Line] = [((f" {row}", "strong"),) for row in wrap(text, max(width - 2, 1))]
    rows = [(tr("Minor"), event, "") for event in hidden[: max(height - len(lines) - 2, 0)]]
    for label, event, style in (*rows, (tr("Before"), before, ""), (tr("After"), after, "ahead")):
        if event:
            day = f" {fit(label, 7)} {fit(day_words.short_date(event), 12)}"
            title_width = max(width - cells(day) - 1, 0)
            lines.append(((day, "dim"), (fit(event.title, title_width), style)))
    return lines[:height]


def _event(event: Event, snapshot: Snapshot, width: int, height: int, *, beside: bool) -> list[Line]:
    """Return title, dispute, summary and statements of an event.

    Unless ``beside`` is true, add the actors, effects and sources below.
    """
    text_width = max(width - 2, 1)
    lines: list[Line] = [((f" {row}", "strong"),) for row in wrap(event.title, text_width)]
    lines += _shortened(_dispute(event, snapshot, text_width), 2 if height >= _TALL else 1, text_width)
    summary: list[Line] = [((f" {row}", ""),) for row in wrap(event.summary, text_width)]
    statements = [list(_statement(code, text, text_width)) for code, text in event.says.items()]
    rows_left = max(height - len(lines), 0)
    summary_rows = rows_left - _rows_for_statements(statements, rows_left)
    lines += _shortened(summary, summary_rows, text_width)
    rows_left -= min(summary_rows, len(summary))
    for position, statement in enumerate(statements):
        statements_after = len(statements) - position - 1
        statement_rows = max(rows_left - statements_after, min(rows_left, 1))
        lines += _shortened(statement, statement_rows, text_width)
        rows_left -= min(statement_rows, len(statement))
    if not beside and rows_left > 0:
        lines += _particulars(event, snapshot, width, rows_left)[:rows_left]
    return lines[:height]


def _rows_for_statements(statements: Sequence[Sequence[Line]], rows_left: int) -> int:
    """Return the number of rows for statements: one per statement, but at most a third of ``rows_left``."""
    if rows_left <= 1:
        return 0
    one_row_each = sum(1 for statement in statements if statement)
    return min(one_row_each, max(rows_left // 3, 1))


def _dispute(event: Event, snapshot: Snapshot, width: int) -> list[Line]:
    """Return the lines about what the sources disagree on. Empty if there is no dispute."""
    subjects = [dispute.about for dispute in snapshot.disputes(event)]
    if not subjects:
        return []
    text = tr("{sign} Sources disagree on {about}", sign=labels.DISPUTED, about=join_clauses(subjects))
    return [((f" {row}", "warning"),) for row in wrap(text, width, subsequent_indent="  ")]


def _statement(code: str, text: str, width: int) -> Iterator[Line]:
    """Yield the lines of a statement. The first line begins with the code of the side that made it."""
    code_width = cells(code) + 1
    for index, row in enumerate(wrap(text, max(width - code_width, 8))):
        side = code if index == 0 else ""
        yield ((f" {fit(side, code_width)}", "heading"), (row, ""))


def _particulars(event: Event, snapshot: Snapshot, width: int, height: int) -> list[Line]:
    """Return the actors, effects and sources.

    If there are too few rows, the title of each source is truncated to one row.
    """
    record, text_width = snapshot.record, max(width - 2, 1)
    who = join_names(record.dataset.actors[code] for code in event.actors)
    lines: list[Line] = [((f" {fit(f'{labels.spoken(event.kind)} · {who}', text_width)}", "dim"),)]
    for effect in event.effects:
        track = record.tracks[effect.track]
        name = f" {labelled(track.short or track.name)}"
        text = labels.state(track.state(effect.state))
        # An effect that is in force from the day of the event is shown without its stage.
        if effect.stage != "in-force" or effect.in_force or effect.until:
            text = join_items((text, labels.stage(effect)))
        lines.append(((name, "dim"), (fit(text, max(width - cells(name) - 1, 0)), "accent")))
    sources = [record.sources[identity] for identity in sources_of(event, snapshot)]
    titles = [
        labelled(source_words.published(source, snapshot.day), source_words.title(source))
        for source in sources
    ]
    rows: list[str] = []
    for title in titles:
        rows += wrap(title, text_width, subsequent_indent="  ")
    if len(lines) + len(rows) > height:
        rows = [fit(title, text_width) for title in titles]
    lines += [((f" {row}", "dim"),) for row in rows]
    return lines


def _shortened(lines: Sequence[Line], count: int, width: int) -> list[Line]:
    """Return the first ``count`` lines. If there are more, the last of the returned lines ends with "…"."""
    if len(lines) <= count or not count:
        return list(lines[:count])
    *spans, (text, style) = lines[count - 1]
    last_width = width - line_width(spans)
    text = text.rstrip()
    if cells(text) + 2 > last_width:
        beginning, _ = cut(text, max(last_width - 1, 0))
        text = beginning.rpartition(" ")[0] or beginning
    text = f"{text.rstrip(' ,;')} …"
    return [*lines[: count - 1], (*spans, (text, style))]


def _padded(line: Line, width: int) -> Line:
    return (*line, (" " * max(width - line_width(line), 0), ""))
