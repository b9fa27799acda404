"""Render a document as plain text, at most 80 cells wide but for the values of its footer."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.documents import document as doc
from kjtui.record.model import Event
from kjtui.words import labels
from kjtui.words.wrap import cells, fit, wrap_address
from kjtui.words.wrap import wrap as wrap_to

WIDTH = 80
"""The greatest width of a line, in cells."""

_RULE = "─" * WIDTH
_NAME, _STATE = 25, 25
_BAR = 12


def render(document: doc.Document) -> str:
    """Return a document as plain text."""
    title = document.title[:1].upper() + document.title[1:]
    lines = [
        *(line for text in (document.record.dataset.title, title) for line in _wrap(text)),
        *(line for text in (*document.cautions, document.summary) for line in _wrap(text)),
    ]
    above: doc.Block | None = None
    for block in document.blocks:
        if not _close(block, above):
            lines.append("")
        lines += _lines(block)
        above = block
    lines += ["", _RULE, *(line for text in document.imprint for line in _wrap(text))]
    lines += [f"{name}: {value}" for name, value in document.provenance("text").fields()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _close(block: doc.Block, above: doc.Block | None) -> bool:
    """Return whether a block follows the one above without an empty line."""
    if isinstance(above, doc.Heading):
        return not isinstance(block, doc.Heading)
    return all(
        isinstance(one, doc.EventList) or (isinstance(one, doc.EventDetails) and one.compact)
        for one in (above, block)
    )


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    return wrap_to(text, WIDTH, first, rest)


def _lines(block: doc.Block) -> Iterator[str]:
    match block:
        case doc.Heading(level=2, text=text):
            yield text.upper()
            yield "─" * cells(text)
        case doc.Heading(text=text):
            yield from _wrap(text)
        case doc.Paragraph(text=inline):
            yield from _wrap(doc.plain(inline))
        case doc.Legend(signs=signs):
            yield "  ".join(signs)
        case doc.StatusTable(rows=rows):
            for row in rows:
                yield from _status_row(row)
        case doc.MeetingDetails():
            yield from _meeting(block)
        case doc.MeetingList(meetings=meetings):
            for day, inline in meetings:
                yield from _wrap(doc.plain(inline), f"  {fit(day, 12)} ", " " * 15)
        case doc.EventDetails():
            yield from _event_details(block)
        case doc.EventList(events=events):
            for event, citation in events:
                yield from _event_title(event, citation)
        case doc.FieldList(fields=fields):
            for name, inline in fields:
                yield from _wrap(f"{name}: {doc.plain(inline)}", "", "    ")
        case doc.FigureTable():
            yield from _figures(block)
        case doc.NoteList(notes=notes):
            for note in notes:
                yield from _wrap(note.title, f"{note.day}  ", " " * 12) or [str(note.day)]
                for line in note.text.split("\n"):
                    yield from _wrap(line, "    ", "    ")
        case doc.TrackChange():
            yield from _track_change(block)
        case doc.TrackList(tracks=tracks):
            for track in tracks:
                yield from _track_line(track)
        case doc.TrackStanding():
            yield from _wrap(block.state)
            yield from _wrap(block.meaning, "  ", "  ")
            for pending in block.pending:
                yield from _wrap(pending, "", "  ")
        case doc.SourceList():
            yield from _sources(block)
        case _:
            raise NotImplementedError(type(block))


def _status_row(row: doc.StatusRow) -> Iterator[str]:
    line = f"{row.symbol} {fit(row.name, _NAME)} {fit(row.state, _STATE)} {row.since}"
    if cells(row.name) <= _NAME and cells(row.state) <= _STATE and cells(line) <= WIDTH:
        yield line
    else:
        yield from _wrap(f"{row.symbol} {row.name}: {row.state}, {row.since}", "", "    ")
    age = f"for {labels.days(row.days)}" if row.days and row.days > 0 else ""
    yield from _wrap(" · ".join(filter(None, (age, doc.plain(row.because)))), "    ", "    ")
    for pending in row.pending:
        text = f"{pending.state} · {_pending_because(pending)}"
        yield from _wrap(text, "  ", "    ")


def _pending_because(pending: doc.PendingState) -> str:
    return f"{doc.plain(pending.because)}{pending.note and f' ({pending.note})'}"


def _meeting(meeting: doc.MeetingDetails) -> Iterator[str]:
    yield from _wrap(f"{meeting.status.upper()}: {meeting.name}", "", "  ")
    for name, text in meeting.fields:
        yield from _wrap(text, f"  {fit(name, 8)} ", " " * 11)
    for day, inline in meeting.events:
        yield from _wrap(doc.plain(inline), f"  {fit(day, 10)}  ", " " * 14)


def _event_title(event: Event, citation: doc.Citation) -> list[str]:
    lead = f"{fit(event.date.text, 10)} {fit(labels.actors(event, 6), 6)} "
    return _wrap(f"{event.time} {event.title} {citation}", lead, " " * 18)


def _event_details(block: doc.EventDetails) -> Iterator[str]:
    yield from _event_title(block.event, block.citation)
    indent = 2 if block.compact else 4
    yield from _wrap(block.event.summary, " " * indent, " " * indent)
    for remark in block.remarks:
        sign = f"{remark.sign:>{indent - 1}} "
        yield from _wrap(doc.plain(remark.text), sign, " " * (indent if remark.sign else indent + 2))
    for outcome in block.outcomes:
        yield from _wrap(outcome, "  = ", "    ")


def _figures(table: doc.FigureTable) -> Iterator[str]:
    """Yield a line for each figure, with a bar unless the period or the value is too wide for it."""
    yield from _wrap(table.title)
    yield from _wrap(table.about, "    ", "    ")
    period = max(cells(figure.period) for figure in table.figures)
    value = max(cells(figure.value) for figure in table.figures)
    for figure in table.figures:
        number = " " * (value - cells(figure.value)) + figure.value
        lead = f"  {fit(figure.period, period)} {number}  {fit(_bar(figure.level), _BAR)} "
        if cells(lead) > WIDTH // 2:
            lead = f"  {figure.period} {figure.value} "
        yield from _wrap(f"{figure.published} {figure.citation}", lead, " " * 4)


def _bar(level: float) -> str:
    """Return a bar of up to ``_BAR`` cells, exact to an eighth of a cell."""
    eighths = round(level * _BAR * 8)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def _track_change(change: doc.TrackChange) -> Iterator[str]:
    yield from _wrap(change.name)
    yield from _wrap(change.change, "    ", "      ")
    yield from _pending(change.pending)
    for event, citation in change.events:
        yield from _wrap(f"{event.title} {citation}", f"    {fit(event.date.text, 10)} ", " " * 15)


def _track_line(track: doc.TrackLine) -> Iterator[str]:
    line = f"{track.symbol} {fit(track.name, max(_NAME, cells(track.name)))} {track.state}, {track.since}"
    yield from _wrap(line, "", "    ") if cells(line) > WIDTH else [line]
    yield from _pending(track.pending)


def _pending(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        yield from _wrap(text, "    ", "      ")


def _sources(block: doc.SourceList) -> Iterator[str]:
    for number, source in enumerate(block.sources, 1):
        lead, published = f"{f'[{number}]':>4} ", labels.published(source, block.day)
        said = published if block.brief and source.url else f"{published}: {labels.title(source)}"
        address = wrap_address(source.url, WIDTH, " " * 5)
        whole = f"{lead}{said} {address[0].strip()}" if address else ""
        if block.brief and len(address) == 1 and cells(whole) <= WIDTH:
            yield whole
        else:
            yield from _wrap(said, lead, " " * 5)
            yield from address
