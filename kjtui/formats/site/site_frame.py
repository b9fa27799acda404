"""The frame of every page of a site: head, navigation, language switch and footer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from msgspec import Struct

from kjtui.formats.citation import record_citation
from kjtui.formats.html_page import NAVIGATION_STYLE, html_page, language_list, link_list
from kjtui.formats.site.site_links import SiteLinks
from kjtui.languages import tr
from kjtui.record.model import Record
from kjtui.words import record_words

LISTS = {
    "index.html": "Overview",
    "events.html": "Events",
    "meetings.html": "Meetings",
    "terms.html": "Terms",
    "sources.html": "Sources",
    "search.html": "Search",
}
"""The pages to which every page links, with their names. A list without entries has no page."""

_TITLE_LENGTH = 70


class Page(Struct, frozen=True):
    """The content of a page, without the frame.

    Attributes:
        path: Path below the folder of the page's language.
        title: Title, without the title of the record.
        body: Lines of the header and of the main part.
        command: Command that prints the same document; may be empty.
        steps: Names and addresses of neighbouring pages, such as the next event.
        head: Further lines for the ``head`` element.
        style: Style rules in addition to the rules of the site.
        policy: Directives to add to the content security policy of the site.
    """

    path: str
    title: str
    body: Sequence[str]
    command: str = ""
    steps: Sequence[tuple[str, str]] = ()
    head: Sequence[str] = ()
    style: str = ""
    policy: str = ""


def lists_of(record: Record) -> Mapping[str, str]:
    """Return the pages in ``LISTS``, except lists that would be empty for the record."""
    empty = set()
    if not record.meetings:
        empty.add("meetings.html")
    if not record.terms:
        empty.add("terms.html")
    return {path: name for path, name in LISTS.items() if path not in empty}


def framed(page: Page, record: Record, languages: Sequence[str]) -> str:
    """Return a page as HTML.

    Args:
        page: The page.
        record: The record in the language of the page.
        languages: Languages of the site. The first language is at the root of the site, and each other
            language in a folder.
    """
    title = page.title or record.dataset.title
    if page.title:
        title = f"{page.title} · {record.dataset.title}"
    language = record.dataset.language
    others = _translations(page.path, language, languages)
    body = [*_navigation(page, record)]
    if others:
        body += language_list(others, language)
    body += page.body
    body += _footer(record, page.command)
    head = [*_alternates(others), *page.head]
    return html_page(_short(title), body, language, head, NAVIGATION_STYLE + page.style, page.policy)


def _short(title: str) -> str:
    """Truncate a title to the length that search engines show."""
    if len(escape(title)) <= _TITLE_LENGTH:
        return title
    length = _TITLE_LENGTH - 1
    while len(escape(title[:length])) >= _TITLE_LENGTH:
        length -= 1
    return f"{title[:length]}…"


def _translations(path: str, language: str, languages: Sequence[str]) -> list[tuple[str, str]]:
    """Return the relative address of a page in each language.

    If the site has only one language, return an empty list.
    """
    if len(languages) < 2:
        return []
    root = languages[0]
    up = "../" * (path.count("/") + (language != root))
    return [(code, f"{up}{path}" if code == root else f"{up}{code}/{path}") for code in languages]


def _alternates(translations: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the links to translations of the page, for search engines."""
    for code, address in translations:
        yield f'<link rel="alternate" hreflang="{code}" href="{address}">'
    if translations:
        yield f'<link rel="alternate" hreflang="x-default" href="{translations[0][1]}">'


def _navigation(page: Page, record: Record) -> Iterator[str]:
    links = SiteLinks.of_page(page.path)
    lists = []
    for path, name in lists_of(record).items():
        current = ' aria-current="page"' if path == page.path else ""
        lists.append(f'<a href="{links.page(path)}"{current}>{escape(tr(name))}</a>')
    yield from link_list(tr("Site"), lists)
    if page.steps:
        yield from link_list(
            tr("Days"), [f'<a href="{address}">{escape(text)}</a>' for text, address in page.steps]
        )


def _footer(record: Record, command: str) -> Iterator[str]:
    dataset = record.dataset
    texts = [
        tr("This page as a document: {command}", command=command) if command else "",
        dataset.notice,
        record_words.reviewed(dataset),
        record_words.translation(dataset),
        tr("Licence: {licence}", licence=dataset.license) if dataset.license else "",
        tr("To cite this record: {citation}", citation=record_citation(record)),
    ]
    yield "<footer>"
    yield from (f"<p>{escape(text)}</p>" for text in texts if text)
    yield "</footer>"
