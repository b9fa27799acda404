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
"""Minimum rows of the list."""
_LONG_LIST = 24
"""Minimum rows of a pane whose list is long enough with less than half of them."""
_LEAST, _WANTED = 3, 5
"""Minimum and preferred rows of the details."""
_TALL = 8
"""Minimum height that leaves two lines for the dispute."""
_NARROW = 56
"""Minimum width for full lines; narrower panes use more rows."""
_WIDE = 100
"""Minimum width for two columns, which keeps lines short enough to read."""


def detail_height(rows: int, width: int) -> int:
    """Return the rows of the details. All events get the same number, so that the list keeps its height."""
    if width < _NARROW:
        share = rows * 3 // 5  # a text has more lines in a narrow pane
    elif rows >= _LONG_LIST:
        share = rows * 5 // 9
    else:
        share = rows * 2 // 5
    wanted = min(max(share, _WANTED), rows - _LIST)
    return wanted if wanted >= _LEAST else 0


def rule(event: Event | None, snapshot: Snapshot, width: int) -> Line:
    """Return the line between list and details, with the number of sources."""
    count = len(sources_of(event, snapshot)) if event else 0
    text = ""
    if count:
        text = f" {tr('1 source') if count == 1 else tr('{count} sources', count=count)} "
    before = width - cells(text) - 3
    if not count or before < 0:
        return (("─" * width, "dim"),)
    return (("─" * before, "dim"), (text, ""), ("───", "dim"))


def event_detail(event: Event, snapshot: Snapshot, width: int, height: int) -> list[Line]:
    """Return an event in at most ``height`` lines: title, dispute, summary, statements, then particulars."""
    if width < _WIDE:
        return _event(event, snapshot, width, height, beside=False)
    left = width * 2 // 3
    columns = zip_longest(
        _event(event, snapshot, left, height, beside=True),
        _particulars(event, snapshot, width - left - 3, height)[:height],
        fillvalue=(),
    )
    return [(*_padded(line, left), (" │ ", "dim"), *other) for line, other in columns]


def empty_detail(
    text: str, before: Event | None, hidden: Sequence[Event], after: Event | None, width: int, height: int
) -> list[Line]:
    """Return why no event is selected, the hidden events that fit, and the events around the day."""
    lines: list[Line] = [((f" {row}", "strong"),) for row in wrap(text, max(width - 2, 1))]
    rows = [(tr("Minor"), event, "") for event in hidden[: max(height - len(lines) - 2, 0)]]
    for label, event, style in (*rows, (tr("Before"), before, ""), (tr("After"), after, "ahead")):
        if event:
            lead = f" {fit(label, 7)} {fit(day_words.short_date(event), 12)}"
            room = max(width - cells(lead) - 1, 0)
            lines.append(((lead, "dim"), (fit(event.title, room), style)))
    return lines[:height]


def _event(event: Event, snapshot: Snapshot, width: int, height: int, *, beside: bool) -> list[Line]:
    room = max(width - 2, 1)
    lines: list[Line] = [((f" {row}", "strong"),) for row in wrap(event.title, room)]
    about = [dispute.about for dispute in snapshot.disputes(event)]
    if about:
        disputed = wrap(
            tr("{sign} Sources disagree on {about}", sign=labels.DISPUTED, about=join_clauses(about)),
            room,
            rest="  ",
        )
        lines += _shortened(
            [((f" {row}", "warning"),) for row in disputed], 2 if height >= _TALL else 1, room
        )
    summary: list[Line] = [((f" {row}", ""),) for row in wrap(event.summary, room)]
    said = [list(_said(code, text, room)) for code, text in event.says.items()]
    left = max(height - len(lines), 0)
    # The summary needs most lines, but each side should get a line: at most a third goes to statements.
    kept = sum(min(1, len(rows)) for rows in said) if left > 1 else 0
    kept = min(kept, max(left // 3, 1)) if left > 1 else 0
    shown = max(left - kept, 0)
    lines += _shortened(summary, shown, room)
    left -= min(shown, len(summary))
    for number, rows in enumerate(said):
        others = len(said) - number - 1
        taken = max(left - others, min(left, 1))
        lines += _shortened(rows, taken, room)
        left -= min(taken, len(rows))
    if not beside and left > 0:
        lines += _particulars(event, snapshot, width, left)[:left]
    return lines[:height]


def _said(code: str, text: str, room: int) -> Iterator[Line]:
    """Yield the lines of a statement, after the code of its side."""
    lead = cells(code) + 1
    for index, row in enumerate(wrap(text, max(room - lead, 8))):
        yield ((f" {fit(code if index == 0 else '', lead)}", "heading"), (row, ""))


def _particulars(event: Event, snapshot: Snapshot, width: int, height: int) -> list[Line]:
    """Return actors, effects and sources; the titles of sources in full if there is room."""
    record, room = snapshot.record, max(width - 2, 1)
    who = join_names(record.dataset.actors[code] for code in event.actors)
    lines: list[Line] = [((f" {fit(f'{labels.spoken(event.kind)} · {who}', room)}", "dim"),)]
    for effect in event.effects:
        track = record.tracks[effect.track]
        lead = f" {labelled(track.short or track.name)}"
        text = labels.state(track.state(effect.state))
        if effect.stage != "in-force" or effect.in_force or effect.until:  # otherwise it has the event's day
            text = join_items((text, labels.stage(effect)))
        lines.append(((lead, "dim"), (fit(text, max(width - cells(lead) - 1, 0)), "accent")))
    sources = [record.sources[identity] for identity in sources_of(event, snapshot)]
    titles = [
        labelled(source_words.published(source, snapshot.day), source_words.title(source))
        for source in sources
    ]
    rows = [row for title in titles for row in wrap(title, room, rest="  ")]
    if len(lines) + len(rows) > height:
        rows = [fit(title, room) for title in titles]
    return [*lines, *(((f" {row}", "dim"),) for row in rows)]


def _shortened(lines: Sequence[Line], count: int, room: int) -> list[Line]:
    """Return the first lines, with an ellipsis if lines were cut."""
    if len(lines) <= count or not count:
        return list(lines[:count])
    *spans, (text, style) = lines[count - 1]
    width = room - line_width(spans)
    text = text.rstrip()
    if cells(text) + 2 > width:
        kept = cut(text, max(width - 1, 0))[0]
        text = kept.rpartition(" ")[0] or kept
    text = f"{text.rstrip(' ,;')} …"
    return [*lines[: count - 1], (*spans, (text, style))]


def _padded(line: Line, width: int) -> Line:
    return (*line, (" " * max(width - line_width(line), 0), ""))
