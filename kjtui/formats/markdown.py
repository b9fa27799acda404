"""Render a document as Markdown: CommonMark with GitHub's tables.

No line is wrapped, because issue trackers show line breaks as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kjtui.documents import block_types as doc
from kjtui.documents.document import Document
from kjtui.languages import join_items, labelled, noted, tr
from kjtui.record.model import Event, Source
from kjtui.words import labels, source_words
from kjtui.words.addresses import web_address

_ENTITY = r"&(?=#?\w+;)"
# JupyterLab takes the backslashes off brackets in the text of a link and reads it again: hence `](`.
_MARKUP = re.compile(rf"[\\`*_\[\]<>|~^#$]|(?<=\])\(|{_ENTITY}|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"^([0-9]{1,9}(?=[.)](?: |$))|(?=[-+]))")
_NOTIFYING = re.compile(r"@(?=\S)|#(?=\d)|\bGH-(?=\d)|(?<!\d):(?=[\w+-]+:)", re.IGNORECASE)
_JOINER = "\u2060"


def render(document: Document) -> str:
    """Return a document as Markdown."""
    title = labelled(document.record.dataset.title, document.title)
    parts = [f"# {escape(title)}"]
    parts += [f"> {escape(caution)}" for caution in document.cautions]
    parts.append(escape(document.summary))
    for block in document.blocks:
        parts += _parts(block)
    parts.append("---")
    parts += [escape(text) for text in document.imprint]
    fields = [f"{name}: {value}" for name, value in document.provenance("markdown").fields()]
    # The text of the fields is no Markdown, and no line can end the fence.
    parts.append("\n".join(["```text", *fields, "```"]))
    lines = "\n\n".join(filter(str.strip, parts)).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def escape(text: str) -> str:
    """Escape text, so that Markdown shows it literally at any position of a line.

    GitHub turns names, numbers and signs like ``@name``, ``#12`` and ``:+1:`` into mentions, links and
    pictures after parsing the Markdown, so backslashes do not help. A word joiner separates them: it has no
    width, and sanitized text never holds one.
    """
    folded = _NOTIFYING.sub(rf"\g<0>{_JOINER}", " ".join(text.split()))
    marked = _LEADING.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", folded))
    return marked.replace(_JOINER, "&#8288;")


def link(text: str, url: str) -> str:
    """Return a link to a web address. Any other address is printed after the text."""
    address = web_address(url)
    if not address:
        return escape(f"{text} {url}")
    return f"[{escape(text) or escape(url)}]({re.sub(_ENTITY, '&amp;', address)})"


def _parts(block: doc.Block) -> Iterator[str]:
    """Yield the paragraphs of a block, to be separated by blank lines."""
    match block:
        case doc.Heading():
            yield f"{'#' * block.level} {escape(block.text)}"
        case doc.Paragraph(text=inline):
            yield escape(doc.plain(inline))
        case doc.Legend(signs=signs):
            yield escape(" · ".join(signs))
        case doc.StatusTable(rows=rows, group=group):
            if group:
                yield f"### {escape(group)}"
            yield _table(rows, brief=bool(group))
        case doc.MeetingDetails():
            yield f"### {labelled(block.status.capitalize(), escape(block.signed_name))}"
            fields = [*block.fields, *((event.day, doc.plain(event.text)) for event in block.events)]
            yield "\n".join(f"- **{escape(name)}:** {escape(text)}" for name, text in fields)
        case doc.MeetingList(meetings=meetings):
            yield _items(f"{entry.day} · {doc.plain(entry.text)}" for entry in meetings)
        case doc.EventDetails():
            yield f"- **{escape(_event_title(block.event))}** {escape(str(block.citation))}"
            yield f"  {escape(block.event.summary)}"
            remarks = (f"{remark.sign} {doc.plain(remark.text)}" for remark in block.remarks)
            yield "\n".join(f"  - {escape(remark)}" for remark in remarks)
            yield "\n".join(f"  - {escape(outcome)}" for outcome in block.outcomes)
        case doc.EventStep():
            yield f"- {escape(_event_title(block.event))} {escape(str(block.citation))}"
            yield "\n".join(f"  - {escape(outcome)}" for outcome in block.outcomes)
        case doc.StateRun():
            yield f"**{escape(f'{labels.SYMBOLS[block.tone]} {block.state}')}** {escape(block.dates)}"
        case doc.EventText():
            yield escape(doc.plain(block.summary))
            yield _items(f"{remark.sign} {doc.plain(remark.text)}".strip() for remark in block.remarks)
        case doc.EventList(events=events):
            yield _event_items(events)
        case doc.FieldList(fields=fields):
            yield "\n".join(f"- **{escape(one.name)}:** {escape(doc.plain(one.text))}" for one in fields)
        case doc.FigureTable():
            yield f"### {escape(block.title)}"
            yield escape(block.about)
            yield _figures(block)
        case doc.NoteList(notes=notes):
            for note in notes:
                yield f"- **{escape(' · '.join(filter(None, (str(note.day), note.title))))}**"
                yield from (f"  {escape(line)}" for line in note.text.split("\n"))
        case doc.ChangeSummary(tracks=changed):
            yield _items(map(_changed_track, changed))
        case doc.TrackSteps():
            yield f"### {escape(block.title)}"
            yield escape(" · ".join(filter(None, (block.lengths, *block.pending))))
            yield _items(f"{_dated_title(event)} {citation}" for event, citation in block.events)
        case doc.TrackList(tracks=tracks):
            yield _items(map(_track_line, tracks))
        case doc.TrackStanding():
            yield escape(join_items((f"{labels.SYMBOLS[block.tone]} {block.state}", block.since)))
            yield escape(block.meaning)
            yield _items(block.pending)
        case doc.SourceList():
            sources = enumerate(block.sources, 1)
            yield "\n".join(f"{number}. {_source(source, block)}" for number, source in sources)
        case _:
            raise NotImplementedError(type(block))


def _items(texts: Iterable[str]) -> str:
    return "\n".join(f"- {escape(text)}" for text in texts)


def _table(rows: Iterable[doc.StatusRow], *, brief: bool) -> str:
    """Return a table of standings; brief rows have no number of days."""
    lines = []
    for row in rows:
        state = f"{labels.SYMBOLS[row.tone]} {row.state}"
        since = row.since.removeprefix("since ")
        because = f"{row.meaning} {doc.plain(row.because)}".strip()
        days = f"{row.days:,}" if row.days else ""
        lines.append(_row(row.name, state, since, None if brief else days, because))
        for pending in row.pending:
            because = noted(doc.plain(pending.because), pending.note)
            lines.append(_row(row.name, pending.state, "", None if brief else "", because))
    if brief:
        heads = [_cells(tr("Track"), tr("State"), tr("Since"), tr("Meaning")), "| --- | --- | --- | --- |"]
    else:
        heads = [
            _cells(tr("Track"), tr("State"), tr("Since"), tr("Days"), tr("Because")),
            "| --- | --- | --- | ---: | --- |",
        ]
    return "\n".join([*heads, *lines])


def _row(name: str, state: str, since: str, days: str | None, because: str) -> str:
    """Return a row of the table of standings; omit the cell of the days if ``days`` is ``None``."""
    if days is None:
        return _cells(name, state, since, because)
    return _cells(name, state, since, days, because)


def _figures(table: doc.FigureTable) -> str:
    heads = _cells(tr("Period"), tr("Value"), tr("Published"), tr("Sources"))
    lines = [heads, "| --- | ---: | --- | --- |"]
    lines += [_cells(f.period, f.value, f.published, str(f.citation)) for f in table.figures]
    return "\n".join(lines)


def _cells(*texts: str) -> str:
    return f"| {' | '.join(map(escape, texts))} |"


def _event_title(event: Event) -> str:
    return f"{event.date.text} · {' '.join(event.actors)} · {event.time} {event.title}"


def _dated_title(event: Event) -> str:
    return f"{event.date.text} · {event.time} {event.title}"


def _event_items(events: Iterable[tuple[Event, doc.Citation]]) -> str:
    return _items(f"{_event_title(event)} {citation}" for event, citation in events)


def _changed_track(change: doc.ChangedTrack) -> str:
    before = f"{labels.SYMBOLS[change.before_tone]} {change.before}"
    after = f"{labels.SYMBOLS[change.after_tone]} {change.after}"
    because = (f"{_dated_title(event)} {citation}" for event, citation in change.because)
    return labelled(change.name, " · ".join((f"{before} → {after}", *because)))


def _track_line(track: doc.TrackLine) -> str:
    line = f"{labels.SYMBOLS[track.tone]} {track.state} · {join_items((track.name, track.since))}"
    return " · ".join([line, *track.remarks])


def _source(source: Source, block: doc.SourceList) -> str:
    translated = f" {escape(source_words.machine_translation(source))}".rstrip()
    published = escape(source_words.published(source, block.day))
    return labelled(published, f"{link(source.title, source.url)}{translated}")
