"""Lay out a document as lines of styled text.

The lines can have any width. They are used for plain text and on the screen.

Lines are grouped into passages. A passage holds the id of its subject, such as an event, so that the app can
open the subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from kjtui.documents import block_types as doc
from kjtui.documents.document import Document
from kjtui.documents.styled_text import Line, Span, wrap_spans
from kjtui.languages import join_items, labelled, noted, tr
from kjtui.record.model import Event
from kjtui.words import day_words, labels, source_words
from kjtui.words.wrap import cells, fit, wrap_address

_NAME, _STATE = 25, 25
"""Width of the name column, and width of the state column."""
_EVENT_INDENT = 18
"""Width of the date column and the actor column, which precede the title of an event."""
_COLUMNS_WIDTH = 60
"""Minimum width of a text whose wrapped lines align with the last column.

In narrower texts, wrapped lines have a small indent.
"""
_DATE_INDENT = 15
"""Width of the indent and the date column in a line without an actor column.

Such lines contain a meeting in a list, or an event below a changed track.
"""
_SHORTEST_BAR, _LONGEST_BAR = 12, 32
_AROUND_BAR = 6
"""Total width of the gaps in a line with a bar."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


class Passage(Struct, frozen=True):
    """Lines that belong together, and the ids of their subject.

    Attributes:
        event: the id of the event, if the lines report an event.
        meeting: the id of the meeting, if the lines describe a meeting.
        track: the id of the track, if the lines describe a track.
        series: the name of a series of meetings, if the lines contain this name.
        sources: the ids of the cited sources.
        title: the heading for a list of these sources.
        section: the name of the section, if the lines begin a section.
        is_source: whether the lines are an entry of the list of sources.
    """

    lines: tuple[Line, ...]
    event: str = ""
    meeting: str = ""
    track: str = ""
    sources: tuple[str, ...] = ()
    title: str = ""
    section: str = ""
    is_source: bool = False
    series: str = ""

    @property
    def selectable(self) -> bool:
        """Return whether the passage can be opened."""
        return bool(self.event or self.meeting or self.track or self.series or self.sources)


_BLANK = Passage(((),))


def lay_out(document: Document, width: int) -> Iterator[Passage]:
    """Yield the passages of a document: its title with the summary, then its blocks."""
    yield _passage(
        wrap_spans(document.heading, width, style="strong"),
        *(wrap_spans(caution, width, style="warning") for caution in document.cautions),
        wrap_spans(document.summary, width),
    )
    yield from lay_out_blocks(document.blocks, width)


def lay_out_blocks(blocks: Iterable[doc.Block], width: int) -> Iterator[Passage]:
    """Yield the passages of blocks, with an empty line before each block.

    If :func:`follows_closely` returns true for a block, there is no empty line before it.
    """
    above: doc.Block | None = None
    for block in blocks:
        if not follows_closely(block, above):
            yield _BLANK
        yield from _block(block, width)
        above = block


def plain_lines(passages: Iterable[Passage]) -> Iterator[str]:
    """Yield the lines of passages as text without styles."""
    for passage in passages:
        for line in passage.lines:
            yield "".join([text for text, _ in line]).rstrip()


def follows_closely(block: doc.Block, above: doc.Block | None) -> bool:
    """Return whether a block follows the block above without an empty line."""
    if isinstance(above, doc.Heading):
        return not isinstance(block, doc.Heading)
    if isinstance(block, doc.Paragraph) and not isinstance(above, doc.Paragraph):
        return _is_compact(above) and not block.apart
    return _is_compact(block) and _is_compact(above)


def _is_compact(block: doc.Block | None) -> bool:
    if isinstance(block, doc.EventDetails | doc.MeetingDetails):
        return block.compact
    if isinstance(block, doc.StatusTable | doc.Legend):
        return isinstance(block, doc.Legend) or bool(block.group)
    return isinstance(block, doc.EventList | doc.EventStep | doc.StateRun | doc.FieldList | doc.MeetingList)


def _block(block: doc.Block, width: int) -> Iterator[Passage]:
    match block:
        case doc.Heading(level=2, text=text):
            heading = wrap_spans(text.upper(), width, style="heading")
            rule: Line = (("─" * max(map(_width, heading)), "dim"),)
            yield Passage((*heading, rule), section=text)
        case doc.Heading(text=text):
            yield _passage(wrap_spans(text, width, style="heading"))
        case doc.Paragraph(text=inline):
            yield _passage(wrap_spans(_spans(inline), width), sources=_cited(inline))
        case doc.Legend(signs=signs):
            yield _passage(_legend(signs, width))
        case doc.StatusTable(rows=rows, group=group):
            if group:
                yield _passage(wrap_spans(group, width, style="heading"))
            for row, below in zip(rows, (*rows[1:], None), strict=True):
                # If adjacent rows have the same meaning, it is printed only once, below the last row.
                # A row with pending states or disputes always prints its meaning, because further lines
                # separate this row from the next.
                has_more = row.pending or row.disputed
                shared = below is not None and below.meaning == row.meaning and not has_more
                meaning = "" if shared else row.meaning
                yield _brief_row(row, meaning, width) if group else _status_row(row, width)
        case doc.MeetingDetails():
            yield from _meeting(block, width)
        case doc.MeetingList(meetings=meetings):
            for entry in meetings:
                prefix: Line = ((f"  {fit(entry.day, 12)} ", "dim"),)
                indent = " " * (_DATE_INDENT if width >= _COLUMNS_WIDTH else 4)
                yield _passage(
                    wrap_spans(_spans(entry.text), width, prefix, indent),
                    meeting=entry.meeting,
                    sources=_cited(entry.text),
                    title=entry.name,
                )
        case doc.EventDetails():
            yield _event_details(block, width)
        case doc.EventStep():
            yield _about_event(
                block.event,
                block.citation,
                _event_title(block.event, block.citation, width),
                *_outcomes(block.outcomes, width),
            )
        case doc.StateRun():
            spans = ((f"{labels.SYMBOLS[block.tone]} {block.state}", block.tone), (f" {block.dates}", ""))
            yield _passage(wrap_spans(spans, width, (), "    "))
        case doc.EventText():
            yield _passage(wrap_spans(_spans(block.summary), width), sources=_cited(block.summary))
            for remark in block.remarks:
                sign = f"{remark.sign} " if remark.sign else ""
                lines = wrap_spans(((sign, "warning"), *_spans(remark.text)), width, (), "  ")
                yield _passage(lines, sources=_cited(remark.text))
        case doc.EventList(events=events):
            for event, citation in events:
                yield _about_event(event, citation, _event_title(event, citation, width))
        case doc.FieldList(fields=fields):
            for field in fields:
                yield _field(field, width)
        case doc.FigureTable():
            yield from _figures(block, width)
        case doc.NoteList(notes=notes):
            for note in notes:
                yield _note(note, width)
        case doc.ChangeSummary(tracks=changed):
            groups = groupby(changed, lambda change: (change.because, change.in_force))
            for (because, in_force), alike in groups:
                for change in alike:
                    yield _changed_track(change, width)
                yield from _steps(because, width, in_force)
        case doc.TrackSteps():
            yield from _track_steps(block, width)
        case doc.TrackList(tracks=tracks):
            for track in tracks:
                yield _track_line(track, width)
        case doc.TrackStanding():
            yield _track_standing(block, width)
        case doc.SourceList():
            yield from _sources(block, width)
        case _:
            raise NotImplementedError(type(block))


def _legend(signs: Iterable[str], width: int) -> list[Line]:
    """Wrap the legend. A line never breaks between a sign and its meaning."""
    rows = [""]
    for sign in signs:
        longer = f"{rows[-1]}  {sign}" if rows[-1] else sign
        if cells(longer) <= width or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(sign)
    return [((row, "dim"),) for row in rows]


def _status_row(row: doc.StatusRow, width: int) -> Passage:
    lines = [_columns(row, width)]
    age = tr("for {days}", days=day_words.days(row.days)) if row.days else ""
    because = (*_spans(row.because),)
    text = ((f"{age} · ", ""), *because) if age and because else ((age, ""), *because)
    lines.append(wrap_spans(text, width, _indent(4), " " * 4))
    lines.append(_disagreement(row.disputed, width))
    for pending in row.pending:
        note = noted("", pending.note)
        spans = ((pending.state, "accent"), (" · ", ""), *_spans(pending.because), (note, ""))
        lines.append(wrap_spans(spans, width, _indent(2), " " * 4))
        lines.append(_disagreement(pending.disputed, width, 4))
    return _passage(*lines, track=row.track, sources=_cited(row.because), title=row.name)


def _brief_row(row: doc.StatusRow, meaning: str, width: int) -> Passage:
    """Return a row of the brief status.

    The state and its sources come first, and the meaning of the state is on the lines below.
    """
    lines = [_columns(row, width, *row.because)]
    lines.append(wrap_spans(meaning, width, _indent(4), " " * 4))
    lines.append(_disagreement(row.disputed, width))
    for pending in row.pending:
        note = noted("", pending.note)
        spans = ((f"{pending.state} ", "accent"), *_spans(pending.because), (note, ""))
        lines.append(wrap_spans(spans, width, _indent(2), " " * 4))
        lines.append(_disagreement(pending.disputed, width, 4))
    return _passage(*lines, track=row.track, sources=_cited(row.because), title=row.name)


def _disagreement(about: str, width: int, indent: int = 2) -> list[Line]:
    """Return the lines of a sentence about a disagreement. The sign for disputes comes first."""
    prefix: Line = (*_indent(indent), (f"{labels.DISPUTED} ", "warning"))
    return wrap_spans(about, width, prefix, " " * (indent + 2))


def _columns(row: doc.StatusRow, width: int, *cited: str | doc.Citation) -> list[Line]:
    """Return sign, name, state and date in columns. If the columns are too narrow, return wrapped text.

    If the wrapped text would be longer than one line, the date begins a new line.

    Args:
        row: the row.
        width: the width of the lines.
        cited: text and citations to print after the date.
    """
    symbol = labels.SYMBOLS[row.tone]
    label, start = doc.with_limit(row.state, row.limit, row.since)
    state, since = doc.plain(label), doc.plain((*start, " ", *cited))
    text = f"{symbol} {fit(row.name, _NAME)} {fit(state, _STATE)} {since}"
    if cells(row.name) <= _NAME and cells(state) <= _STATE and cells(text) <= width:
        return [
            (
                (f"{symbol} ", row.tone),
                (f"{fit(row.name, _NAME)} ", ""),
                (f"{fit(state, _STATE)} ", row.tone),
                (since, "dim"),
            )
        ]
    spans = ((f"{symbol} ", row.tone), (labelled(row.name), ""), *_spans(label, row.tone))
    dated = (*spans, (join_items(("", since)), "dim"))
    if sum(cells(piece) for piece, _ in dated) <= width or not since:
        return wrap_spans(dated, width, (), "    ")
    below = wrap_spans(since, width, _indent(4), " " * 4, style="dim")
    return [*wrap_spans(spans, width, (), "    "), *below]


def _meeting(meeting: doc.MeetingDetails, width: int) -> Iterator[Passage]:
    status = (labelled(meeting.status.upper()), "accent")
    name = (status, (f"{meeting.name} ", "strong"), *_citation(meeting.citation))
    lines = [wrap_spans(name, width, (), "  ")]
    label_width = max([8, *(cells(label) for label, _ in meeting.fields)])
    for label, text in meeting.fields:
        prefix: Line = ((f"  {fit(label, label_width)} ", "dim"),)
        lines.append(wrap_spans(_spans(text), width, prefix, " " * (label_width + 3)))
    sources = _cited((meeting.citation, *(piece for _, text in meeting.fields for piece in text)))
    yield _passage(*lines, meeting=meeting.id, sources=sources, title=meeting.name)
    for event in meeting.events:
        prefix = ((f"  {fit(event.day, 10)}  ", "dim"),)
        rows = wrap_spans(_spans(event.text), width, prefix, " " * 14)
        yield _passage(rows, event=event.event, sources=_cited(event.text), title=doc.plain(event.text))


def _event_title(event: Event, citation: doc.Citation, width: int, style: str = "") -> list[Line]:
    prefix: Line = ((f"{fit(event.date.text, 10)} {fit(labels.actors(event, 6), 6)} ", "dim"),)
    indent = _EVENT_INDENT if width >= _COLUMNS_WIDTH else 4
    title = ((f"{event.time} {event.title} ", style), *_citation(citation))
    return wrap_spans(title, width, prefix, " " * indent)


def _event_details(block: doc.EventDetails, width: int) -> Passage:
    indent = 2 if block.compact else 4
    lines = [
        _event_title(block.event, block.citation, width, "strong"),
        wrap_spans(block.event.summary, width, _indent(indent), " " * indent),
    ]
    for remark in block.remarks:
        prefix: Line = ((f"  {remark.sign} ", "warning"),) if remark.sign else _indent(indent)
        text_indent = 4 if remark.sign else indent + 2
        lines.append(wrap_spans(_spans(remark.text), width, prefix, " " * text_indent))
    return _about_event(block.event, block.citation, *lines, *_outcomes(block.outcomes, width))


def _outcomes(outcomes: Iterable[str], width: int) -> Iterator[list[Line]]:
    for outcome in outcomes:
        yield wrap_spans(outcome, width, (("  = ", "dim"),), "    ", style="accent")


def _about_event(event: Event, citation: doc.Citation, *lines: list[Line]) -> Passage:
    return _passage(
        *lines,
        event=event.id,
        sources=event.sources or citation.ids,
        title=labels.dated_title(event),
    )


def _field(field: doc.Field, width: int) -> Passage:
    lines = wrap_spans(((labelled(field.name), "dim"), *_spans(field.text)), width, (), "    ")
    return Passage(
        tuple(lines),
        event=field.event,
        meeting=field.meeting,
        track=field.track,
        sources=_cited(field.text),
        title=labelled(field.name, doc.plain(field.text)),
        series=field.series,
    )


def _figures(table: doc.FigureTable, width: int) -> Iterator[Passage]:
    """Yield the title, and one line per figure.

    Bars are omitted if they leave no room for the text after them.
    """
    yield _passage(
        wrap_spans(table.title, width, style="strong"), wrap_spans(table.about, width, _indent(4), " " * 4)
    )
    period_width = max(cells(figure.period) for figure in table.figures)
    value_width = max(cells(figure.value) for figure in table.figures)
    bar_width = min(max(width - 68, _SHORTEST_BAR), _LONGEST_BAR)
    published_width = max(cells(figure.published) for figure in table.figures)
    has_bars = period_width + value_width + bar_width + published_width + _AROUND_BAR <= width
    for figure in table.figures:
        if figure.after_gap:
            yield Passage(((("  ⋮", "dim"),),))
        prefix: Line = (
            (f"  {fit(figure.period, period_width)} ", ""),
            (f"{figure.value:>{value_width}}  ", "strong"),
            (f"{fit(bar(figure.level, bar_width), bar_width)} ", "accent"),
        )
        if not has_bars:
            prefix = ((f"  {figure.period} ", ""), (f"{figure.value} ", "strong"))
        spans = ((f"{figure.published} ", "dim"), *_citation(figure.citation))
        yield _passage(
            wrap_spans(spans, width, prefix, " " * 4),
            sources=figure.citation.ids,
            title=join_items((table.title, figure.period)),
        )


def bar(level: float, width: int) -> str:
    """Return a bar for a level from 0 to 1, in steps of an eighth of a cell.

    A level above 0 gets at least one eighth.
    """
    if level <= 0:
        return ""
    eighths = max(round(level * width * 8), 1)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _note(note: doc.ReaderNote, width: int) -> Passage:
    prefix: Line = ((f"{note.day}  ", "dim"),)
    title = wrap_spans(note.title, width, prefix, " " * 12, style="strong") or [((str(note.day), "dim"),)]
    text = (wrap_spans(line, width, _indent(4), " " * 4) for line in note.text.split("\n"))
    return _passage(title, *text, event=note.event)


def _changed_track(change: doc.ChangedTrack, width: int) -> Passage:
    """Return the name and both states on one line. If the line is too long, put the states below the name.

    A line never breaks between the symbol and the label of a state.
    """
    before = (f"{labels.SYMBOLS[change.before_tone]} {change.before}", change.before_tone)
    after = (f"{labels.SYMBOLS[change.after_tone]} {change.after}", change.after_tone)
    states: Line = (before, (" → ", "dim"), after)
    states_width = sum(cells(text) for text, _ in states)
    name_width = max(_NAME, cells(change.name))
    if name_width + 1 + states_width <= width:
        line: Line = ((f"{fit(change.name, name_width)} ", "strong"), *states)
        return _passage([line], track=change.track, title=change.name)
    lines = [wrap_spans(change.name, width, style="strong")]
    if states_width + 2 <= width:
        lines.append([(*_indent(2), *states)])
    else:
        lines.append(wrap_spans((before,), width, _indent(2), " " * 4))
        lines.append(wrap_spans((("→ ", "dim"), after), width, _indent(2), " " * 6))
    return _passage(*lines, track=change.track, title=change.name)


def _track_steps(block: doc.TrackSteps, width: int) -> Iterator[Passage]:
    yield _passage(
        wrap_spans(block.title, width, style="strong"),
        _chain(block.states, width),
        *_pending(block.pending, width, 4),
        track=block.tracks[0][0],
        title=block.title,
    )
    yield from _steps(block.events, width)


def _chain(states: Iterable[doc.Inline], width: int) -> list[Line]:
    """Lay out states one after the other, as many as fit on each line.

    A line breaks within a state only if the state is longer than a line.
    """
    lines: list[Line] = []
    for state in states:
        rows = wrap_spans(_spans(state), width, _indent(6 if lines else 4), " " * 8)
        if lines and len(rows) == 1 and _width(lines[-1]) + 1 + _width(rows[0][1:]) <= width:
            lines[-1] = (*lines[-1], (" ", ""), *rows[0][1:])
        else:
            lines += rows
    return lines


def _width(line: Line) -> int:
    return sum(cells(text) for text, _ in line)


def _steps(events: Iterable[tuple[Event, doc.Citation]], width: int, remark: str = "") -> Iterator[Passage]:
    """Yield events with their days. The remark, if any, follows the sources of each event."""
    after = ((f" · {remark}", ""),) if remark else ()
    for event, citation in events:
        prefix: Line = ((f"    {fit(event.date.text, 10)} ", "dim"),)
        indent = " " * (_DATE_INDENT if width >= _COLUMNS_WIDTH else 6)
        rows = wrap_spans(((f"{event.title} ", ""), *_citation(citation), *after), width, prefix, indent)
        yield _about_event(event, citation, rows)


def _track_line(track: doc.TrackLine, width: int) -> Passage:
    symbol = labels.SYMBOLS[track.tone]
    name = f"{fit(track.name, max(_NAME, cells(track.name)))} "
    dates = ((join_items(("", "")), "dim"), *_spans(track.since, "dim"))
    spans: Line = ((f"{symbol} ", track.tone), (name, ""), *_spans(track.state, track.tone), *dates)
    fits = sum(cells(text) for text, _ in spans) <= width
    lines = [spans]
    if not fits:
        wrapped = (spans[0], (labelled(track.name), ""), *spans[2:])
        lines = wrap_spans(wrapped, width, (), "    ")
    sources = _cited((*track.state, *track.since))
    remarks = _pending(track.remarks, width, 4)
    return _passage(lines, *remarks, track=track.track, sources=sources, title=track.name)


def _track_standing(block: doc.TrackStanding, width: int) -> Passage:
    state = ((f"{labels.SYMBOLS[block.tone]} ", block.tone), *_spans(block.state, block.tone))
    return _passage(
        wrap_spans((*state, (join_items(("", "")), ""), *_spans(block.since)), width),
        wrap_spans(block.meaning, width, _indent(2), "  "),
        _disagreement(block.disputed, width),
        *_pending(block.pending, width, 0),
    )


def _pending(texts: Iterable[doc.Inline], width: int, indent: int) -> Iterator[list[Line]]:
    for text in texts:
        yield wrap_spans(_spans(text, "accent"), width, _indent(indent), " " * (indent + 2))


def _sources(block: doc.SourceList, width: int) -> Iterator[Passage]:
    titled = [source for source in block.sources if not (block.brief and source.url)]
    if note := source_words.brackets(titled):
        yield _passage(wrap_spans(note, width, style="dim"))
    for number, source in enumerate(block.sources, 1):
        prefix = f"{f'[{number}]':>4} "
        published = source_words.published(source, block.day)
        text = labelled(published, source_words.title(source))
        if block.brief and source.url:
            text = published
        address = wrap_address(source.url, width, " " * 5)
        if block.brief and len(address) == 1 and cells(f"{prefix}{text} {address[0].strip()}") <= width:
            lines: list[Line] = [((prefix, "dim"), (f"{text} ", ""), (address[0].strip(), "dim"))]
        else:
            lines = wrap_spans(text, width, ((prefix, "dim"),), " " * 5)
            lines += [((row, "dim"),) for row in address]
        yield Passage(tuple(lines), sources=(source.id,), title=published, is_source=True)


def _passage(
    *lines: list[Line],
    event: str = "",
    meeting: str = "",
    track: str = "",
    sources: tuple[str, ...] = (),
    title: str = "",
) -> Passage:
    joined = tuple([line for group in lines for line in group])
    return Passage(joined, event, meeting, track, sources, title)


def _indent(width: int) -> Line:
    return ((" " * width, ""),)


def _cited(text: doc.Inline) -> tuple[str, ...]:
    """Return the ids of the sources cited in running text, without duplicates."""
    ids = [source for piece in text if isinstance(piece, doc.Citation) for source in piece.ids]
    return tuple(dict.fromkeys(ids))


def _spans(text: doc.Inline, style: str = "") -> tuple[Span, ...]:
    """Return running text as spans. Text has the given style, and citations have their own style."""
    spans: list[Span] = []
    for piece in text:
        spans += _citation(piece) if isinstance(piece, doc.Citation) else ((piece, style),)
    return tuple(spans)


def _citation(citation: doc.Citation) -> tuple[Span, ...]:
    numbers = (citation.written_numbers, "dim")
    return (numbers, (labels.DISPUTED, "warning")) if citation.disputed else (numbers,)
