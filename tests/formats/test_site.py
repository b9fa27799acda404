"""The record as a site of static pages."""

import json
import posixpath
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from kjtui.cli.commands import main
from kjtui.formats.site.site_links import page_name
from kjtui.formats.site.site_pages import site_pages
from kjtui.history.snapshot import History
from kjtui.record.store import load
from support.stores import BRIDGE, MakeStore, Tables

VOID = {"meta", "link", "br", "hr", "input", "img", "line"}


class Page(HTMLParser):
    """The links, identifiers, scripts and open elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.language = ""
        self.data: dict[str, str] = {}
        self._open: list[str] = []
        self._data_type = ""
        self.feed(text)
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        assert tag != "a" or "a" not in self._open, "a link within a link"
        if tag not in VOID:
            self._open.append(tag)
        if tag == "a":
            self.links.append(found["href"] or "")
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "html":
            self.language = found["lang"] or ""
        self.loaded += [value or "" for name, value in attributes if name in ("src", "srcset", "poster")]
        if tag == "link":
            self.loaded.append(found["href"] or "")
        self._data_type = (found.get("type") or "") if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self._data_type = ""

    def handle_data(self, data: str) -> None:
        if self._data_type:
            self.data[self._data_type] = data


@pytest.fixture(scope="module")
def bridge_site() -> dict[str, str]:
    return dict(site_pages(History(load(BRIDGE))))


def test_every_internal_link_leads_to_a_page_and_an_element(any_history: History) -> None:
    texts = dict(site_pages(any_history))
    pages = {path: Page(text) for path, text in texts.items()}
    internal = 0
    for path, page in pages.items():
        for link in page.links:
            if link.startswith(("http://", "https://")):
                continue
            target, _, fragment = unquote(link).partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert target in pages, (path, link)
            assert not fragment or fragment in pages[target].ids, (path, link)
            internal += 1
    assert internal > len(pages)


def test_elements_are_closed_and_identifiers_are_used_once(any_history: History) -> None:
    for path, text in site_pages(any_history):
        counts = Counter(Page(text).ids)
        assert {identity for identity, count in counts.items() if count > 1} == set(), path


def test_pages_load_nothing(any_history: History) -> None:
    for path, text in site_pages(any_history):
        assert Page(text).loaded == [], path
        assert "default-src 'none'" in text
        assert ("<script>" in text) == (path == "search.html")


def test_every_page_can_be_reached_from_the_overview(bridge_site: dict[str, str]) -> None:
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for link in Page(bridge_site[path]).links:
            if "://" not in link and not link.startswith("#"):
                waiting.append(
                    posixpath.normpath(posixpath.join(posixpath.dirname(path), link.split("#")[0]))
                )
    assert reached == set(bridge_site)


def test_each_day_with_a_change_has_a_page(bridge: History, bridge_site: dict[str, str]) -> None:
    assert {page_name("days", str(day)) for day in bridge.changes} == {
        path for path in bridge_site if path.startswith("days/")
    }


def test_the_same_record_gives_the_same_bytes(bridge: History, bridge_site: dict[str, str]) -> None:
    assert dict(site_pages(History(bridge.record))) == bridge_site


def test_the_overview_describes_the_data_set(tables: Tables, make_store: MakeStore) -> None:
    tables["dataset"]["1"] |= {
        "authors": ["Ada"],
        "license": "CC-BY-4.0",
        "url": "https://a.eu/",
        "language": "ko",
        "about": "</script><b>",
    }
    history = History(load(make_store(tables)))
    text = dict(site_pages(history))["index.html"]
    page = Page(text)
    data = json.loads(page.data["application/ld+json"])
    assert (data["@type"], data["inLanguage"], page.language) == ("Dataset", "ko", "ko")
    assert data["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert data["description"] == "</script><b>"
    assert data["creator"] == [{"@type": "Organization", "name": "Ada"}]


def test_the_search_finds_events_in_its_index(bridge: History, bridge_site: dict[str, str]) -> None:
    entries = json.loads(Page(bridge_site["search.html"]).data["application/json"])
    links = {entry["link"] for entry in entries}
    assert links <= set(bridge_site)
    assert {page_name("events", event.id) for event in bridge.record.events} <= links


@pytest.mark.parametrize("output", ["site", "record-site"])
def test_the_name_of_the_folder_chooses_the_format(output: str, tmp_path: Path) -> None:
    folder = tmp_path / output
    assert main(["export", "--store", str(BRIDGE), "--output", f"{folder}/"]) == 0
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert written == set(dict(site_pages(History(load(BRIDGE)))))


def test_page_names_are_safe_and_unique() -> None:
    names = [
        page_name("events", identity) for identity in ("a", "A", "../a", "", "ä", "_e4_", "a/b", "CON:1")
    ]
    assert len({name.lower() for name in names}) == len(names)
    assert all(name.count("/") == 1 and ".." not in name for name in names)
