"""The pages of a site: the record as HTML documents that are linked to each other.

The pages need no script and load nothing. Links are relative, so that a site works from a file system and in
any folder of a server. The same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from kjtui.documents.document import Document, EventView, MeetingView, TermView
from kjtui.documents.event_document import event_document
from kjtui.documents.meeting_document import meeting_document
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.documents.term_document import term_document
from kjtui.documents.track_document import track_document
from kjtui.formats.html import document_body
from kjtui.formats.site import lanes_picture, list_pages, search_page
from kjtui.formats.site.site_frame import Page, framed, lists_of
from kjtui.formats.site.site_links import SiteLinks, page_name
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.languages import speaking, tr
from kjtui.record.partial_date import day_text


def site(histories: Mapping[str, History]) -> dict[str, str]:
    """Return a dictionary from the path of each page of a site to its HTML.

    Args:
        histories: The record in each language. The first language is at the root of the site, each other
            language in a folder named by its code. The paths within each folder are the same.
    """
    pages = {}
    languages = tuple(histories)
    for language, history in histories.items():
        folder = "" if language == languages[0] else f"{language}/"
        with speaking(language):
            for page in _pages(history):
                pages[folder + page.path] = framed(page, history.record, languages)
    return pages


def _pages(history: History) -> Iterator[Page]:
    yield from _lists(history)
    yield from _day_pages(history)
    last = history.snapshot(history.last_day)
    for track in history.record.tracks:
        yield _document_page(page_name("tracks", track), track_document(track_page(last, track)))
    for index, event in enumerate(history.record.events):
        document = event_document(EventView(event, last))
        yield _document_page(page_name("events", event.id), document, _steps_of_event(index, history))
    for state in last.meetings.known:
        document = meeting_document(MeetingView(state, last))
        yield _document_page(page_name("meetings", state.meeting.id), document)
    for term in history.record.terms.values():
        yield _document_page(page_name("terms", term.id), term_document(TermView(term, last)))


def _lists(history: History) -> Iterator[Page]:
    """Yield the pages at the root of the site."""
    title, lists = history.record.dataset.title, lists_of(history.record)
    overview = [*_heading(title), *_main(list_pages.overview(history))]
    head = list(list_pages.dataset_description(history.record))
    yield Page("index.html", "", overview, head=head, style=lanes_picture.STYLE)
    for path, lines in (
        ("events.html", list_pages.events(history)),
        ("meetings.html", list_pages.meetings(history)),
        ("terms.html", list_pages.terms(history)),
        ("sources.html", list_pages.sources(history)),
    ):
        if path in lists:
            name = tr(lists[path])
            yield Page(path, name, [*_heading(name), *_main(lines)])
    name = tr(lists["search.html"])
    body = [*_heading(name), *_main(search_page.search_body(history))]
    yield Page("search.html", name, body, style=search_page.STYLE, policy=search_page.SCRIPT_POLICY)


def _heading(text: str) -> list[str]:
    return ["<header>", f"<h1>{escape(text)}</h1>", "</header>"]


def _main(lines: Iterator[str]) -> list[str]:
    return ["<main>", *lines, "</main>"]


def _day_pages(history: History) -> Iterator[Page]:
    """Yield a page for each day on which a state changed."""
    days = history.changes
    for index, day in enumerate(days):
        path = page_name("days", str(day))
        links = SiteLinks.of_page(path)
        steps = []
        if index > 0:
            before = days[index - 1]
            steps.append((tr("Previous change: {day}", day=day_text(before)), links.day(before)))
        if index + 1 < len(days):
            after = days[index + 1]
            steps.append((tr("Next change: {day}", day=day_text(after)), links.day(after)))
        yield _document_page(path, snapshot_document(history.snapshot(day)), steps)


def _steps_of_event(index: int, history: History) -> list[tuple[str, str]]:
    """Return links to the previous and the next event.

    If a state changed on the day of the event, add a link to the page of that day.
    """
    events = history.record.events
    links = SiteLinks.of_page(page_name("events", events[index].id))
    steps = []
    if index > 0:
        steps.append((tr("Previous event"), links.event(events[index - 1].id)))
    if index + 1 < len(events):
        steps.append((tr("Next event"), links.event(events[index + 1].id)))
    day = events[index].day
    if day in history.changes:
        steps.append((tr("Status on {day}", day=day_text(day)), links.day(day)))
    return steps


def _document_page(path: str, document: Document, steps: Sequence[tuple[str, str]] = ()) -> Page:
    body = list(document_body(document, SiteLinks.of_page(path)))
    return Page(path, document.heading, body, document.provenance("text").command, steps)
