"""The HTML export: a self-contained page. Its links have targets, and no text of a store becomes markup."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kjtui.documents.snapshot_document import snapshot_document
from kjtui.formats.html import anchor
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.record.store import load
from kjtui.words import source_words
from support.articles import ARTICLES
from support.exports import as_html, as_text
from support.printed import HOSTILE_CASES, exports, folded, harmless, spoilt_and_plain
from support.stores import MakeStore, Tables

VOID = {"meta"}
BLOCKS = {"h1", "h2", "h3", "p", "li", "dt", "dd", "td", "th", "title"}


class Element(NamedTuple):
    """An element: its tag and attributes, the tags around the element, and the text in the element."""

    tag: str
    attributes: dict[str, str | None]
    within: tuple[str, ...]
    text: list[str]


class Page(HTMLParser):
    """A strict parser: it fails on HTML that a browser would have to repair."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.declarations: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_decl(self, decl: str) -> None:
        self.declarations.append(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        element = Element(tag, dict(attrs), tuple(outer.tag for outer in self._open), [])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text.append(data)

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    @property
    def ids(self) -> list[str]:
        return [found for element in self.elements if (found := element.attributes.get("id"))]

    @property
    def links(self) -> list[str]:
        return [element.attributes["href"] or "" for element in self.all("a")]

    @property
    def text(self) -> str:
        """Return the visible text, one line per block."""
        return "\n".join(folded("".join(e.text)) for e in self.elements if e.tag in BLOCKS)

    @property
    def structure(self) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Return the structure of the page: its tags and the names of their attributes, without text."""
        return [(e.tag, e.within, tuple(sorted(e.attributes))) for e in self.elements]


def pages(history: History, day: date) -> Iterator[Page]:
    """Yield a snapshot, a comparison and a track page."""
    snapshot = history.snapshot(day)
    yield Page(as_html(snapshot))
    yield Page(as_html(compare(history.snapshot(history.first_day), snapshot)))
    yield Page(as_html(track_page(snapshot, next(iter(history.record.tracks)))))


@pytest.mark.parametrize("hostile", HOSTILE_CASES)
def test_text_of_a_store_is_only_text(
    hostile: str, tables: Tables, make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_words, "brackets", lambda _: "")  # no explanation of titles in brackets
    spoilt, plain = spoilt_and_plain(hostile, tables, make_store)
    for html, expected in zip(exports(spoilt, "html"), exports(plain, "html"), strict=True):
        page, other = Page(html), Page(expected)
        assert page.structure == other.structure
        assert page.links == other.links
        words = other.text.replace(folded(harmless(hostile)), folded(hostile))
        assert page.text == words.replace(plain.record.digest, spoilt.record.digest)


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_html_has_the_words_of_the_plain_text(history: History, day: date) -> None:
    """HTML has each word at least as often as plain text.

    Exceptions are the words of table headers, and numbers such as “+2” for further actors.
    """

    def words(text: str) -> Counter[str]:
        return Counter(re.findall(r"\w+", re.sub(r" \+\d ", " ", text.casefold())))

    plain, _, _ = as_text(history.snapshot(day)).partition("\nSOURCES\n")
    html, _, _ = Page(as_html(history.snapshot(day))).text.partition("\nSources\n")
    assert set(words(plain) - words(html)) <= {"for", "day", "days", "since"}


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_every_citation_leads_to_its_source_and_every_source_is_listed(history: History, day: date) -> None:
    sources = snapshot_document(history.snapshot(day), full=True).sources
    page = Page(as_html(history.snapshot(day), full=True))
    listed = [element for element in page.all("li") if element.within[-1] == "ol"]
    assert [e.attributes["id"] for e in listed] == [f"source-{n}" for n in range(1, len(sources) + 1)]
    for element, source in zip(listed, sources, strict=True):
        assert source.title in "".join(element.text)
    for element in page.all("a"):
        if (element.attributes["href"] or "").startswith("#"):
            assert element.attributes["href"] == f"#source-{''.join(element.text)}"


def test_anchors_are_unique_and_every_internal_link_has_one(history: History, bridge: History) -> None:
    for page in (*pages(history, ARTICLES[0]), *pages(bridge, date(2021, 7, 1))):
        assert len(page.ids) == len(set(page.ids))
        assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
        assert all(re.fullmatch(r"#source-\d+|https?://.+", link) for link in page.links)


def test_every_track_and_every_event_has_an_anchor(history: History) -> None:
    snapshot = history.snapshot(ARTICLES[0])
    ids = Page(as_html(snapshot, full=True)).ids
    assert "event-2019-07-04-individual-licensing" in ids
    assert {anchor("event", event.id) for event in snapshot.events} <= set(ids)
    assert {anchor("track", track) for track in history.record.tracks} <= set(ids)


@given(st.text(), st.text())
def test_an_anchor_is_safe_and_unique_for_any_id(one: str, other: str) -> None:
    assert re.fullmatch(r"event-[A-Za-z0-9._-]*", anchor("event", one))
    assert (anchor("event", one) == anchor("event", other)) == (one == other)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("HTTP://example.org/?a=1&b", "HTTP://example.org/?a=1&b"),
    ],
)
def test_only_web_addresses_become_links(
    tables: Tables, make_store: MakeStore, url: str, link: str | None
) -> None:
    for source in tables["sources"].values():
        source["url"] = url
    page = Page(as_html(History(load(make_store(tables))).snapshot(date(2021, 5, 20))))
    outward = {target for target in page.links if not target.startswith("#")}
    assert outward == ({link} if link else set())
    assert (url in page.text) == (link is None)


def test_the_page_is_self_contained(history: History) -> None:
    for page in pages(history, ARTICLES[1]):
        assert page.declarations == ["DOCTYPE html"]
        assert not {e.tag for e in page.elements} & {"script", "link", "img", "iframe", "object", "form"}
        attributes = {name for element in page.elements for name in element.attributes}
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")]
        [style] = page.all("style")
        assert not re.search(r"url\(|@import", "".join(style.text))


def test_the_page_can_be_read_by_its_structure(history: History) -> None:
    for page in pages(history, ARTICLES[0]):
        assert page.elements[0].attributes == {"lang": "en"}
        assert ["".join(e.text) for e in page.all("title")] == ["".join(e.text) for e in page.all("h1")]
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(e.attributes["scope"] in ("col", "row") for e in page.all("th"))
        assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1


def test_a_title_in_another_language_has_a_language_attribute(tables: Tables, make_store: MakeStore) -> None:
    for language, expected in (("ko", "ko"), ("en", None), ('ko" onclick="', None)):
        for source in tables["sources"].values():
            source |= {"language": language, "title": "한국"}
        page = Page(as_html(History(load(make_store(tables))).snapshot(date(2021, 5, 20))))
        assert {element.attributes.get("lang") for element in page.all("cite")} == {expected}


def test_a_source_without_a_title_shows_its_address(tables: Tables, make_store: MakeStore) -> None:
    for source in tables["sources"].values():
        source |= {"title": " ", "url": "https://example.org/x"}
    page = Page(as_html(History(load(make_store(tables))).snapshot(date(2021, 5, 20))))
    assert {"".join(e.text) for e in page.all("cite")} == {"https://example.org/x"}


def test_same_store_same_bytes(history: History) -> None:
    again = History(history.record)
    for day in ARTICLES:
        assert as_html(again.snapshot(day)) == as_html(history.snapshot(day))


def test_every_sign_of_a_state_has_a_text_alternative(history: History) -> None:
    html = as_html(history.snapshot(date(2020, 3, 10)))
    for sign in re.findall(r"[●◐◌▸▹]", html.partition("<main>")[2].partition("</ul>")[2]):
        assert not re.search(rf"(?<!>){sign}", html.partition("</ul>")[2])


def test_a_wide_table_scrolls_by_keyboard(history: History) -> None:
    html = as_html(history.snapshot(date(2020, 3, 10)))
    assert html.count("<table") == html.count('class="table" role="group" tabindex="0"')


def test_titles_in_square_brackets_are_explained(history: History) -> None:
    assert "square brackets is a description" in as_html(history.snapshot(date(2020, 3, 10)))


def test_a_row_of_the_brief_status_has_the_meaning_of_its_state_and_the_word_since(history: History) -> None:
    html = as_html(history.snapshot(date(2019, 7, 4)))
    rows = re.findall(r'<tr id="track-[^>]*>.*?</tr>', html, re.DOTALL)
    materials = [row for row in rows if "individual licence" in row]
    assert len(materials) == 3
    for row in materials:
        assert "No bulk licence of any kind is open" in row
        assert '<span class="since">since </span>4 Jul 2019' in row
    wide, _, narrow = html.partition("@media (max-width: 40rem)")
    assert ".since { display: none; }" in wide
    assert ".since { display: inline; }" in narrow


def test_the_effects_of_an_event_on_its_track_are_not_bold(history: History) -> None:
    html = as_html(track_page(history.snapshot(date(2020, 3, 10)), "photoresist"))
    assert not re.search(r"<strong>[^<]*in force", html)
    assert re.search(r"<li>in force: ", html)
