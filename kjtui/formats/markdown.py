"""Render a document as Markdown: CommonMark with GitHub's tables.

No line is wrapped, because issue trackers keep line breaks within paragraphs.
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
# JupyterLab removes backslashes before brackets in link texts and parses the result again.
# So the parenthesis in `](` is escaped, too.
_MARKUP = re.compile(rf"[\\`*_\[\]<>|~^#$]|(?<=\])\(|{_ENTITY}|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"^([0-9]{1,9}(?=[.)](?: |$))|(?=[-+]))")
_NOTIFYING = re.compile(r"@(?=\S)|#(?=\d)|\bGH-(?=\d)|(?<!\d):(?=[\w+-]+:)", re.IGNORECASE)
_JOINER = "\u2060"
_CITED = "\0"
"""Placeholder for a citation while the surrounding text is escaped. Sanitized text never contains it."""


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
    # The footer is not Markdown, so it needs a fenced code block. No line of the footer can end this block.
    parts.append("\n".join(["```text", *fields, "```"]))
    lines = "\n\n".join(filter(str.strip, parts)).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def escape(text: str) -> str:
    """Escape text, so that Markdown shows it literally at any position of a line.

    GitHub turns ``@name``, ``#12`` and ``:+1:`` into mentions, links and pictures. This happens after GitHub
    has parsed the Markdown, so backslashes cannot prevent it. A word joiner after ``@``, ``#`` or ``:``
    prevents it. A word joiner has no width, and sanitized text never contains this character.
    """
    folded = _NOTIFYING.sub(rf"\g<0>{_JOINER}", " ".join(text.split()))
    marked = _LEADING.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", folded))
    return marked.replace(_JOINER, "&#8288;")


def link(text: str, url: str) -> str:
    """Return a text that links to ``url``. If ``url`` is no web address, print it after the text instead."""
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
            yield _inline(inline)
        case doc.Legend(signs=signs):
            yield escape(" · ".join(signs))
        case doc.StatusTable(rows=rows, group=group):
            if group:
                yield f"### {escape(group)}"
            yield _table(rows, brief=bool(group))
        case doc.MeetingDetails():
            name = labelled(block.status.capitalize(), escape(block.name))
            yield f"### {name} {_citation(block.citation)}"
            fields = [*block.fields, *((event.day, event.text) for event in block.events)]
            yield "\n".join(f"- **{escape(name)}:** {_inline(text)}" for name, text in fields)
        case doc.MeetingList(meetings=meetings):
            yield _items((f"{entry.day} · ", *entry.text) for entry in meetings)
        case doc.EventDetails():
            yield f"- **{escape(_event_title(block.event))}** {_citation(block.citation)}"
            yield f"  {escape(block.event.summary)}"
            yield "\n".join(f"  - {_inline((f'{remark.sign} ', *remark.text))}" for remark in block.remarks)
            yield "\n".join(f"  - {escape(outcome)}" for outcome in block.outcomes)
        case doc.EventStep():
            yield f"- {escape(_event_title(block.event))} {_citation(block.citation)}"
            yield "\n".join(f"  - {escape(outcome)}" for outcome in block.outcomes)
        case doc.StateRun():
            yield f"**{escape(f'{labels.SYMBOLS[block.tone]} {block.state}')}** {escape(block.dates)}"
        case doc.EventText():
            yield _inline(block.summary)
            yield _items((f"{remark.sign} ", *remark.text) for remark in block.remarks)
        case doc.EventList(events=events):
            yield _items((f"{_event_title(event)} ", citation) for event, citation in events)
        case doc.FieldList(fields=fields):
            yield "\n".join(f"- **{escape(field.name)}:** {_inline(field.text)}" for field in fields)
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
            yield _inline(block.about)
            yield _items((f"{_dated_title(event)} ", citation) for event, citation in block.events)
        case doc.TrackList(tracks=tracks):
            yield _items(map(_track_line, tracks))
        case doc.TrackStanding():
            state = (f"{labels.SYMBOLS[block.tone]} ", *block.state)
            yield _inline((*state, join_items(("", "")), *block.since))
            yield escape(block.meaning)
            yield _disagreement(block.disputed)
            yield _items(block.pending)
        case doc.SourceList():
            yield escape(source_words.brackets(block.sources))
            yield "\n".join(
                f'{number}. <a id="source-{number}"></a>{_source(source, block)}'
                for number, source in enumerate(block.sources, 1)
            )
        case _:
            raise NotImplementedError(type(block))


def _items(texts: Iterable[doc.Inline]) -> str:
    return "\n".join(f"- {_inline(text)}" for text in texts)


def _inline(text: doc.Inline) -> str:
    """Return running text as Markdown. The numbers of citations link to the sources."""
    marked = escape("".join(_CITED if isinstance(piece, doc.Citation) else piece for piece in text))
    citations = (_citation(piece) for piece in text if isinstance(piece, doc.Citation))
    return re.sub(_CITED, lambda _: next(citations), marked).strip()


def _citation(citation: doc.Citation) -> str:
    """Return a citation as Markdown. Each number links to its source."""
    runs = ",".join("–".join(f"[{n}](#source-{n})" for n in run) for run in citation.runs)
    numbers = f"\\[{runs}\\]" if runs else ""
    return f"{numbers}{labels.DISPUTED if citation.disputed else ''}"


def _disagreement(about: str) -> str:
    """Return the sign for disputes, followed by a sentence about the disagreement.

    An empty text remains empty.
    """
    return escape(f"{labels.DISPUTED} {about}") if about else ""


def _table(rows: Iterable[doc.StatusRow], *, brief: bool) -> str:
    """Return a table of standings. A brief table has the meanings of states, but no numbers of days."""
    lines = []
    for row in rows:
        name, state = escape(row.name), _inline((f"{labels.SYMBOLS[row.tone]} ", row.state, *row.limit))
        since, because = escape(row.start or row.since), _inline(row.because)
        disputed = _disagreement(row.disputed)
        if brief:
            meaning = f"{escape(row.meaning)} {disputed}".strip()
            lines.append(_row(name, state, f"{since} {because}".strip(), meaning))
        else:
            days = f"{row.days:,}" if row.days else ""
            lines.append(_row(name, state, since, days, f"{because} {disputed}".strip()))
        for pending in row.pending:
            because = f"{_inline(pending.because)}{noted('', escape(pending.note))}"
            because = f"{because} {_disagreement(pending.disputed)}".strip()
            between = [""] if brief else ["", ""]
            lines.append(_row(name, escape(pending.state), *between, because))
    if brief:
        heads = [_cells(tr("Track"), tr("State"), tr("Since"), tr("Meaning")), "| --- | --- | --- | --- |"]
    else:
        heads = [
            _cells(tr("Track"), tr("State"), tr("Since"), tr("Days"), tr("Because")),
            "| --- | --- | --- | ---: | --- |",
        ]
    return "\n".join([*heads, *lines])


def _figures(table: doc.FigureTable) -> str:
    heads = _cells(tr("Period"), tr("Value"), tr("Published"), tr("Sources"))
    lines = [heads, "| --- | ---: | --- | --- |"]
    for figure in table.figures:
        cells = map(escape, (figure.period, figure.value, figure.published))
        lines.append(_row(*cells, _citation(figure.citation)))
    return "\n".join(lines)


def _cells(*texts: str) -> str:
    return _row(*map(escape, texts))


def _row(*cells: str) -> str:
    """Return a row of a table from cells in Markdown."""
    return f"| {' | '.join(cells)} |"


def _event_title(event: Event) -> str:
    return f"{event.date.text} · {' '.join(event.actors)} · {event.time} {event.title}"


def _dated_title(event: Event) -> str:
    return f"{event.date.text} · {event.time} {event.title}"


def _changed_track(change: doc.ChangedTrack) -> doc.Inline:
    before = f"{labels.SYMBOLS[change.before_tone]} {change.before}"
    after = f"{labels.SYMBOLS[change.after_tone]} {change.after}"
    because = ((f"{_dated_title(event)} ", citation) for event, citation in change.because)
    days = ((change.in_force,),) if change.in_force else ()
    return doc.joined(((labelled(change.name, f"{before} → {after}"),), *because, *days))


def _track_line(track: doc.TrackLine) -> doc.Inline:
    state = (f"{labels.SYMBOLS[track.tone]} ", *track.state)
    since = (join_items((track.name, "")), *track.since)
    return doc.joined((state, since, *track.remarks))


def _source(source: Source, block: doc.SourceList) -> str:
    translated = f" {escape(source_words.machine_translation(source))}".rstrip()
    published = escape(source_words.published(source, block.day))
    return labelled(published, f"{link(source.title, source.url)}{translated}")
