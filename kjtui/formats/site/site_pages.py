"""The pages of a site: the record as HTML documents that are linked to each other.

The pages need no script and load nothing. Links are relative, so that a site works from a file system and in
any folder of a server. The same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

import msgspec

from kjtui.documents.document import Document, EventView, MeetingView, TermView
from kjtui.documents.event_document import event_document
from kjtui.documents.meeting_document import meeting_document
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.documents.term_document import term_document
from kjtui.documents.track_document import track_document
from kjtui.formats.citation import record_citation
from kjtui.formats.html import document_body, html_page, source_line
from kjtui.formats.site import lanes_picture
from kjtui.formats.site.search_page import SCRIPT_POLICY, json_in_html, search_body
from kjtui.formats.site.site_links import SiteLinks, page_name
from kjtui.history.snapshot import History, Snapshot, sources_of
from kjtui.history.track_page import track_page
from kjtui.record.model import Event, Record
from kjtui.words import labels
from kjtui.words.addresses import web_address

_LISTS = {
    "index.html": "Overview",
    "events.html": "Events",
    "meetings.html": "Meetings",
    "terms.html": "Terms",
    "sources.html": "Sources",
    "search.html": "Search",
}
"""The pages linked from every page, and their names."""

_TITLE_LENGTH = 70

_STYLE = """\
body { max-width: 60rem; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; }
main > p, main > ul, main > ol, main > dl, header > p, article { max-width: 46rem; }
"""


def site_pages(history: History) -> Iterator[tuple[str, str]]:
    """Yield each page of a site as its path and its content."""
    record = history.record
    top = SiteLinks("")
    yield "index.html", _list_page(history, "index.html", _index(history, top), _json_ld(record))
    yield "events.html", _list_page(history, "events.html", _events(history, top))
    yield "meetings.html", _list_page(history, "meetings.html", _meetings(history, top))
    yield "terms.html", _list_page(history, "terms.html", _terms(history, top))
    yield "sources.html", _list_page(history, "sources.html", _sources(history, top))
    yield "search.html", _list_page(history, "search.html", search_body(history, top), policy=SCRIPT_POLICY)
    links = SiteLinks("../")
    yield from _day_pages(history, links)
    last = history.snapshot(history.last_day)
    for track in record.tracks:
        document = track_document(track_page(last, track))
        yield page_name("tracks", track), _document_page(document, links)
    for event in record.events:
        document = event_document(EventView(event, last))
        neighbours = [(f"{event.date.text}: that day", links.day(day)) for day in _changes_on(event, history)]
        yield page_name("events", event.id), _document_page(document, links, neighbours)
    for state in last.meetings.known:
        document = meeting_document(MeetingView(state, last))
        yield page_name("meetings", state.meeting.id), _document_page(document, links)
    for term in record.terms.values():
        yield page_name("terms", term.id), _document_page(term_document(TermView(term, last)), links)


def _changes_on(event: Event, history: History) -> list[date]:
    """Return the day of an event if a state changed on it."""
    return [event.day] if event.day in history.changes else []


def _day_pages(history: History, links: SiteLinks) -> Iterator[tuple[str, str]]:
    """Yield a page for each day on which a state changed."""
    days = history.changes
    for index, day in enumerate(days):
        neighbours = []
        if index > 0:
            neighbours.append((f"Previous change: {days[index - 1]}", links.day(days[index - 1])))
        if index + 1 < len(days):
            neighbours.append((f"Next change: {days[index + 1]}", links.day(days[index + 1])))
        document = snapshot_document(history.snapshot(day))
        yield page_name("days", str(day)), _document_page(document, links, neighbours)


def _document_page(document: Document, links: SiteLinks, neighbours: Iterable[tuple[str, str]] = ()) -> str:
    """Return the page of a document."""
    record = document.record
    body = [*_navigation(links, neighbours), *document_body(document, links)]
    body += _footer(record, f"The same as a document: {document.request.command}.")
    return html_page(
        _short(f"{document.title} · {record.dataset.title}"), body, record.dataset.language, style=_STYLE
    )


def _list_page(
    history: History, path: str, main: Iterable[str], head: Iterable[str] = (), policy: str = ""
) -> str:
    """Return one of the pages at the root of the site."""
    record = history.record
    title = record.dataset.title if path == "index.html" else f"{_LISTS[path]} · {record.dataset.title}"
    heading = record.dataset.title if path == "index.html" else _LISTS[path]
    body = [
        *_navigation(SiteLinks(""), ()),
        "<header>",
        f"<h1>{escape(heading)}</h1>",
        "</header>",
        "<main>",
        *main,
        "</main>",
        *_footer(record),
    ]
    return html_page(_short(title), body, record.dataset.language, head, _STYLE + lanes_picture.STYLE, policy)


def _short(title: str) -> str:
    """Cut a title to the length that search engines show."""
    if len(escape(title)) <= _TITLE_LENGTH:
        return title
    length = _TITLE_LENGTH - 1
    while len(escape(title[:length])) >= _TITLE_LENGTH:
        length -= 1
    return f"{title[:length]}…"


def _navigation(links: SiteLinks, neighbours: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield '<nav aria-label="Site">'
    yield "<ul>"
    for path, name in _LISTS.items():
        yield f'<li><a href="{links.page(path)}">{name}</a></li>'
    yield "</ul>"
    yield "</nav>"
    steps = list(neighbours)
    if steps:
        yield '<nav aria-label="Days">'
        yield "<ul>"
        for text, address in steps:
            yield f'<li><a href="{address}">{escape(text)}</a></li>'
        yield "</ul>"
        yield "</nav>"


def _footer(record: Record, note: str = "") -> Iterator[str]:
    dataset = record.dataset
    licence = f"Licence: {dataset.license}." if dataset.license else ""
    cite = f"To cite this record: {record_citation(record)}"
    yield "<footer>"
    for text in (note, dataset.notice, labels.reviewed(dataset), licence, cite):
        if text:
            yield f"<p>{escape(text)}</p>"
    yield "</footer>"


def _index(history: History, links: SiteLinks) -> Iterator[str]:
    """Yield the overview: a description of the record, the states over time, and the days with a change."""
    dataset = history.record.dataset
    if dataset.about:
        yield f"<p>{escape(dataset.about)}</p>"
    yield "<h2>States over time</h2>"
    yield from lanes_picture.lanes_picture(history, links)
    yield "<h2>Tracks</h2>"
    last = history.snapshot(history.last_day)
    yield f"<p>As of the last day of the record, {labels.long_day(history.last_day)}.</p>"
    yield "<ul>"
    for standing in last.standings:
        link = f'<a href="{links.track(standing.track.id)}">{escape(standing.track.name)}</a>'
        state = f"{labels.SYMBOLS[standing.state.tone]} {escape(standing.state.label)}"
        yield f"<li>{link}: {state}</li>"
    yield "</ul>"
    yield "<h2>Days on which a state changed</h2>"
    yield "<ul>"
    for day in history.changes:
        names = ", ".join(_changed(history, day))
        yield f'<li><a href="{links.day(day)}"><time>{day}</time></a> {escape(names)}</li>'
    yield "</ul>"


def _changed(history: History, day: date) -> Iterator[str]:
    """Yield the tracks whose state changed on a day, with the new state."""
    for track in history.record.tracks.values():
        for run in history.runs(track.id):
            if run.first == day:
                yield f"{track.name}: {run.state.label}"


def _events(history: History, links: SiteLinks) -> Iterator[str]:
    """Yield all events, by year."""
    year = 0
    for event in history.record.events:
        if event.day.year != year:
            if year:
                yield "</ul>"
            year = event.day.year
            yield f"<h2>{year}</h2>"
            yield "<ul>"
        title = f'<a href="{links.event(event.id)}">{escape(event.title)}</a>'
        yield f"<li><time>{event.date.text}</time> · {escape(' '.join(event.actors))} · {title}</li>"
    if year:
        yield "</ul>"


def _meetings(history: History, links: SiteLinks) -> Iterator[str]:
    yield "<ul>"
    for state in history.snapshot(history.last_day).meetings.known:
        name = f'<a href="{links.meeting(state.meeting.id)}">{escape(state.meeting.name)}</a>'
        yield f"<li>{name}: {escape(labels.spoken(state.status))}, {escape(labels.meeting_days(state))}</li>"
    yield "</ul>"


def _terms(history: History, links: SiteLinks) -> Iterator[str]:
    yield "<ul>"
    for term in history.record.terms.values():
        yield f'<li><a href="{links.term(term.id)}">{escape(term.term)}</a>: {escape(term.meaning)}</li>'
    yield "</ul>"


def _sources(history: History, links: SiteLinks) -> Iterator[str]:
    """Yield all sources, each with the events that cite it."""
    last = history.snapshot(history.last_day)
    citing = _citing(last)
    yield "<ol>"
    for source in history.record.sources.values():
        yield f'<li id="{escape(page_name("source", source.id)[:-5].replace("/", "-"))}">'
        yield source_line(source, last.day)
        if events := citing.get(source.id):
            yield "<ul>"
            for event in events:
                yield f'<li><a href="{links.event(event.id)}">{escape(event.title)}</a></li>'
            yield "</ul>"
        yield "</li>"
    yield "</ol>"


def _citing(snapshot: Snapshot) -> dict[str, list[Event]]:
    """Return the events that cite each source."""
    citing: dict[str, list[Event]] = {}
    for event in snapshot.events:
        for source in sources_of(event, snapshot):
            citing.setdefault(source, []).append(event)
    return citing


def _json_ld(record: Record) -> Iterator[str]:
    """Yield the description of the record as a data set of schema.org, for search engines."""
    dataset = record.dataset
    data = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.about or dataset.notice or dataset.title,
        "version": dataset.version,
        "dateModified": dataset.reviewed.isoformat(),
        "temporalCoverage": f"{dataset.coverage.first}/{dataset.coverage.last}",
        "inLanguage": dataset.language,
        "identifier": f"sha256:{record.digest}",
        "license": _licence_address(dataset.license),
        "url": web_address(dataset.url) or "",
        "creator": [{"@type": "Organization", "name": author} for author in dataset.authors],
        "isAccessibleForFree": True,
    }
    text = msgspec.json.encode({name: value for name, value in data.items() if value}).decode()
    yield f'<script type="application/ld+json">{json_in_html(text)}</script>'


def _licence_address(identifier: str) -> str:
    """Return the address of a licence by its SPDX identifier, which search engines expect."""
    return f"https://spdx.org/licenses/{identifier}" if identifier and " " not in identifier else identifier
