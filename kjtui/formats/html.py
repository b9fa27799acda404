"""Render a document as one self-contained HTML page.

All text of a store is escaped, and only http and https addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape

from kjtui.documents import block_types as doc
from kjtui.documents.document import Document
from kjtui.formats.html_page import NAVIGATION_STYLE, html_page
from kjtui.languages import current_language, join_clauses, join_items, labelled, noted, tr
from kjtui.record.model import Event, Source, Tone
from kjtui.words import labels, source_words
from kjtui.words.addresses import web_address

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")
_UNSAFE_IN_ANCHOR = re.compile(r"[^A-Za-z0-9.-]")

_SIGN = re.compile("|".join((*labels.SYMBOLS.values(), labels.PENDING, labels.PROPOSED)))


class Links:
    """The addresses of other pages. A standalone document has no other pages, so all addresses are empty."""

    def event(self, identity: str) -> str:
        """Return the address of the page of an event."""
        return ""

    def meeting(self, identity: str) -> str:
        """Return the address of the page of a meeting."""
        return ""

    def track(self, identity: str) -> str:
        """Return the address of the page of a track."""
        return ""

    def events(self) -> str:
        """Return the address of the list of all events."""
        return ""


NO_LINKS = Links()


def render(document: Document, navigation: Sequence[str] = (), links: Links = NO_LINKS) -> str:
    """Return a document as HTML.

    Args:
        document: The document.
        navigation: HTML lines to put above the document, with links to other pages.
        links: The addresses of other pages.
    """
    title = labelled(document.record.dataset.title, document.title)
    body = [
        *navigation,
        *document_body(document, links, title),
        "<footer>",
        *(f"<p>{escape(text)}</p>" for text in document.imprint),
        "<dl>",
        *(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in document.provenance("html").fields()),
        "</dl>",
        "</footer>",
    ]
    return html_page(title, body, current_language(), style=NAVIGATION_STYLE if navigation else "")


def document_body(document: Document, links: Links, heading: str = "") -> Iterator[str]:
    """Yield the header and the main part of a document. If ``heading`` is set, it replaces the title."""
    yield "<header>"
    yield f"<h1>{escape(heading or document.heading)}</h1>"
    for caution in document.cautions:
        yield f'<p class="caution">{escape(caution)}</p>'
    yield from _paragraph(escape(document.summary))
    yield "</header>"
    yield "<main>"
    for block in document.blocks:
        yield from _lines(block, links)
    yield "</main>"


def anchor(kind: str, identity: str) -> str:
    """Return the anchor of a track or an event. Different ids have different anchors."""
    return f"{kind}-{_UNSAFE_IN_ANCHOR.sub(lambda match: f'_{ord(match[0]):x}_', identity)}"


def _inline(text: doc.Inline, address: str = "") -> str:
    """Return running text as HTML. Citations link to their sources.

    If ``address`` is set, the rest of the text links to this address.
    """
    pieces = []
    for piece in text:
        if isinstance(piece, doc.Citation):
            pieces.append(_citation(piece))
        elif piece.strip():
            pieces.append(_link(escape(piece), address))
        else:
            pieces.append(piece)
    return "".join(pieces).strip()


def _citation(citation: doc.Citation) -> str:
    """Return a citation as HTML. Each number links to its source."""
    runs = ",".join("–".join(f'<a href="#source-{n}">{n}</a>' for n in run) for run in citation.runs)
    sign = ""
    if citation.disputed:
        sign = f'<abbr title="{escape(tr("sources disagree"))}">{labels.DISPUTED}</abbr>'
    cited = f"{runs and f'[{runs}]'}{sign}"
    return cited and f'<span class="cited">{cited}</span>'


def _link(text: str, address: str) -> str:
    """Return a link as HTML. Without an address, return only the text."""
    return f'<a href="{escape(address)}">{text}</a>' if address and text else text


def _lines(block: doc.Block, links: Links) -> Iterator[str]:
    match block:
        case doc.Heading(level=level, text=text):
            yield f"<h{level}>{escape(text)}</h{level}>"
        case doc.Omissions(items=items) if address := links.events():
            yield f"<p>{_link(escape(items), address)}</p>"
        case doc.Paragraph(text=inline):
            yield f"<p>{_inline(inline)}</p>"
        case doc.Legend(signs=signs):
            yield from _list(map(escape, signs), ' class="legend"')
        case doc.StatusTable(rows=rows, group=group):
            if group:
                yield f"<h3>{escape(group)}</h3>"
            yield from _table(rows, links, brief=bool(group))
        case doc.MeetingDetails():
            name = _link(escape(block.name), links.meeting(block.id))
            head = labelled(escape(block.status.capitalize()), name)
            yield f"<h3>{head} {_citation(block.citation)}</h3>"
            yield "<dl>"
            yield from (f"<dt>{escape(name)}</dt><dd>{_inline(text)}</dd>" for name, text in block.fields)
            yield from (f"<dt>{_day(event.day)}</dt><dd>{_inline(event.text)}</dd>" for event in block.events)
            yield "</dl>"
        case doc.MeetingList(meetings=meetings):
            yield from _list(
                f"{_day(entry.day)} · {_inline(entry.text, links.meeting(entry.meeting))}"
                for entry in meetings
            )
        case doc.EventDetails(event=event):
            yield f'<article id="{anchor("event", event.id)}">'
            yield f"<h3>{_event_title(event, links)} {_citation(block.citation)}</h3>"
            yield from _paragraph(escape(event.summary))
            yield from _list(f"{remark.sign} {_inline(remark.text)}".strip() for remark in block.remarks)
            yield from _list(map(_signed, block.outcomes))
            yield "</article>"
        case doc.EventStep(event=event):
            yield f'<article id="{anchor("event", event.id)}">'
            yield f"<h3>{_event_title(event, links)} {_citation(block.citation)}</h3>"
            yield from _list(map(_signed, block.outcomes))
            yield "</article>"
        case doc.StateRun():
            state = _signed(f"{labels.SYMBOLS[block.tone]} {block.state}")
            yield f"<p><strong>{state}</strong> {escape(block.dates)}</p>"
        case doc.EventText():
            yield from _paragraph(_inline(block.summary))
            yield from _list(f"{remark.sign} {_inline(remark.text)}".strip() for remark in block.remarks)
        case doc.EventList(events=events):
            yield "<ul>"
            for event, citation in events:
                title = _event_title(event, links)
                yield f'<li id="{anchor("event", event.id)}">{title} {_citation(citation)}</li>'
            yield "</ul>"
        case doc.FieldList(fields=fields):
            yield "<dl>"
            yield from (f"<dt>{escape(field.name)}</dt><dd>{_field(field, links)}</dd>" for field in fields)
            yield "</dl>"
        case doc.FigureTable():
            yield from _figures(block)
        case doc.NoteList(notes=notes):
            for note in notes:
                yield f"<h3>{_day(str(note.day))}{escape(note.title and f' · {note.title}')}</h3>"
                yield from (f"<p>{escape(line)}</p>" for line in note.text.split("\n") if line.strip())
        case doc.ChangeSummary(tracks=changed):
            yield from _change_table(changed, links)
        case doc.TrackSteps():
            names = join_clauses(_link(escape(name), links.track(track)) for track, name in block.tracks)
            yield f"<h3>{names}</h3>"
            yield f"<p>{_signed_inline(block.about)}</p>"
            yield from _list(_cited_events(block.events, links))
        case doc.TrackList(tracks=tracks):
            yield "<ul>"
            for track in tracks:
                yield f'<li id="{anchor("track", track.track)}">{_track_line(track)}</li>'
            yield "</ul>"
        case doc.TrackStanding():
            state = f"<strong>{_state(block.tone, *block.state)}</strong>"
            yield f'<p id="{anchor("track", block.track)}">{join_items((state, _inline(block.since)))}</p>'
            yield from _paragraph(escape(block.meaning))
            yield from _paragraph(block.disputed and f"{labels.DISPUTED} {escape(block.disputed)}")
            yield from _list(map(_signed_inline, block.pending))
        case doc.SourceList():
            yield from _paragraph(escape(source_words.brackets(block.sources)))
            yield "<ol>"
            for number, source in enumerate(block.sources, 1):
                yield f'<li id="source-{number}">{source_line(source, block.day)}</li>'
            yield "</ol>"
        case _:
            raise NotImplementedError(type(block))


def _track_line(track: doc.TrackLine) -> str:
    state = (f"{labels.SYMBOLS[track.tone]} ", *track.state)
    since = (join_items((track.name, "")), *track.since)
    return _signed_inline(doc.joined((state, since, *track.remarks)))


def _field(field: doc.Field, links: Links) -> str:
    """Return the text of a field, linked to its tracks, meeting or event."""
    if field.tracks:
        return join_items(_link(escape(name), links.track(track)) for track, name in field.tracks)
    address = ""
    if field.track:
        address = links.track(field.track)
    elif field.meeting:
        address = links.meeting(field.meeting)
    elif field.event:
        address = links.event(field.event)
    return _inline(field.text, address)


def _paragraph(text: str) -> Iterator[str]:
    """Yield a paragraph, or nothing if the text is empty."""
    if text:
        yield f"<p>{text}</p>"


def _list(items: Iterable[str], attributes: str = "") -> Iterator[str]:
    """Yield a list, or nothing if there are no items."""
    if entries := [f"<li>{item}</li>" for item in items]:
        yield from (f"<ul{attributes}>", *entries, "</ul>")


def _head(name: str, style: str = "") -> str:
    """Return the header cell of a column."""
    attributes = f' class="{style}"' if style else ""
    return f'<th scope="col"{attributes}>{escape(name)}</th>'


def _heads(*names: str) -> str:
    return f"<thead><tr>{''.join(map(_head, names))}</tr></thead>"


def _table(rows: Iterable[doc.StatusRow], links: Links, *, brief: bool) -> Iterator[str]:
    """Yield a table of standings.

    In a brief table, the meaning of a state is below the state, and the sources follow the date. Other tables
    have columns for the number of days and the reason.
    """
    heads = [_head(tr("Track")), _head(tr("State")), _head(tr("Since"), "since-head")]
    if not brief:
        heads += [_head(tr("Days"), "days-head"), _head(tr("Because"))]
    yield from _open_table(tr("Status"), "stacks brief" if brief else "stacks")
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        name = _link(escape(row.name), links.track(row.track))
        yield f'<tr id="{anchor("track", row.track)}"><th scope="row">{name}</th>'
        yield f"{_brief_cells(row) if brief else _full_cells(row)}</tr>"
        for pending in row.pending:
            because = noted(_inline(pending.because), escape(pending.note)).strip()
            because += _disagreement(pending)
            state = _signed(pending.state)
            yield f'<tr class="pending"><th scope="row">{escape(row.name)}</th>'
            if brief:
                yield f"<td>{state} {because}</td><td></td></tr>"
            else:
                yield f"<td>{state}</td><td></td><td></td><td>{because}</td></tr>"
    yield "</tbody>"
    yield "</table></div>"


def _brief_cells(row: doc.StatusRow) -> str:
    meaning = row.meaning and f" <div>{escape(row.meaning)}</div>"
    since = f"{_since(row)} {_inline(row.because)}".strip()
    state = _state(row.tone, row.state, *row.limit)
    return f"<td>{state}{meaning}{_disagreement(row)}</td><td>{since}</td>"


def _full_cells(row: doc.StatusRow) -> str:
    days = f"{row.days:,}" if row.days else ""
    state = _state(row.tone, row.state, *row.limit)
    cells = f'<td>{state}</td><td>{_since(row)}</td><td class="number">{days}</td>'
    return f"{cells}<td>{_inline(row.because)}{_disagreement(row)}</td>"


def _state(tone: Tone, *state: str | doc.Citation) -> str:
    """Return a state as HTML, with its sign. The last day and its sources can follow the label."""
    return _signed_inline((f"{labels.SYMBOLS[tone]} ", *state))


def _disagreement(row: doc.StatusRow | doc.PendingState) -> str:
    """Return the sentence about the disputed subjects of a state as HTML.

    If no subject is disputed, return an empty text.
    """
    return row.disputed and f" <div>{labels.DISPUTED} {escape(row.disputed)}</div>"


def _open_table(name: str, style: str = "") -> Iterator[str]:
    """Yield the opening tags of a table. A wide table can be scrolled sideways, also by keyboard."""
    yield f'<div class="table" role="group" tabindex="0" aria-label="{escape(name)}">'
    yield f'<table class="{style}">' if style else "<table>"


def _signed(text: str) -> str:
    """Return text as HTML. The text alternative of each state symbol is its meaning."""
    return _SIGN.sub(_labelled, escape(text))


def _signed_inline(text: doc.Inline) -> str:
    """Return running text as HTML, with a text alternative for each state symbol."""
    return "".join(_citation(piece) if isinstance(piece, doc.Citation) else _signed(piece) for piece in text)


def _labelled(match: re.Match[str]) -> str:
    name = escape(labels.sign_name(match[0]))
    return f'<span class="sign" role="img" aria-label="{name}" title="{name}">{match[0]}</span>'


def _since(row: doc.StatusRow) -> str:
    """Return the start of a state as HTML. If the start contains a date, the text is never wrapped.

    On wide screens, the words around the date, such as "since", are hidden, because the column is named
    "Since".
    """
    if not row.start:
        return escape(row.since)
    before, _, after = row.since.partition(row.start)
    return f'<span class="day">{_since_word(before)}{escape(row.start)}{_since_word(after)}</span>'


def _since_word(text: str) -> str:
    return f'<span class="since">{escape(text)}</span>' if text else ""


def _change_table(changed: Iterable[doc.ChangedTrack], links: Links) -> Iterator[str]:
    yield from _open_table(tr("What changed"), "stacks")
    yield _heads(tr("Track"), tr("Before"), tr("After"), tr("Why"))
    yield "<tbody>"
    for change in changed:
        before = _signed(f"{labels.SYMBOLS[change.before_tone]} {change.before}")
        name = _link(escape(change.name), links.track(change.track))
        after = _signed(f"{labels.SYMBOLS[change.after_tone]} {change.after}")
        days = [escape(change.in_force)] if change.in_force else []
        why = " · ".join([*_cited_events(change.because, links), *days])
        row = f'<th scope="row" id="{anchor("track", change.track)}">{name}</th>'
        states = f'<td class="before">{before}</td><td class="after">{after}</td>'
        yield f"<tr>{row}{states}<td>{why}</td></tr>"
    yield "</tbody>"
    yield "</table></div>"


def _cited_events(events: Iterable[tuple[Event, doc.Citation]], links: Links) -> Iterator[str]:
    """Yield one line per event: its day, its title and its citation."""
    for event, citation in events:
        yield f"{_day(event.date.text)} · {_linked_title(event, links)} {_citation(citation)}"


def _figures(table: doc.FigureTable) -> Iterator[str]:
    yield f"<h3>{escape(table.title)}</h3>"
    yield f"<p>{escape(table.about)}</p>"
    yield from _open_table(table.title)
    yield _heads(tr("Period"), tr("Value"), tr("Published"), tr("Sources"))
    yield "<tbody>"
    for figure in table.figures:
        value = f'<td class="number">{escape(figure.value)}</td>'
        other_cells = f"<td>{escape(figure.published)}</td><td>{_citation(figure.citation)}</td>"
        yield f'<tr><th scope="row">{escape(figure.period)}</th>{value}{other_cells}</tr>'
    yield "</tbody>"
    yield "</table></div>"


def _day(text: str) -> str:
    """Return a date in a machine-readable ``time`` element. The dash for a missing date stays plain text."""
    return f"<time>{escape(text)}</time>" if text[:1].isdigit() else escape(text)


def _event_title(event: Event, links: Links) -> str:
    actors = escape(" ".join(event.actors))
    return f"{_day(event.date.text)} · {actors} · {_linked_title(event, links)}"


def _linked_title(event: Event, links: Links) -> str:
    return _link(escape(f"{event.time} {event.title}".strip()), links.event(event.id))


def source_line(source: Source, day: date | None) -> str:
    """Return a source with a link to its address.

    A title in brackets is a description in the language of the page.
    """
    translated = escape(source_words.machine_translation(source))
    published = escape(source_words.published(source, day))
    address = web_address(source.url)
    described = source.language == current_language() or source.title.startswith("[")
    language = "" if described or not _LANGUAGE.fullmatch(source.language) else f' lang="{source.language}"'
    title = f"<cite{language}>{escape(source.title if source.title.strip() else source.url)}</cite>"
    if address:
        title = f'<a href="{escape(address)}">{title}</a>'
    elif source.title.strip():
        title = f"{title} {escape(source.url)}".strip()
    return labelled(published, f"{title}{translated}")
