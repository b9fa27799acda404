"""The export of the record as a static website."""

import json
import posixpath
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from kjtui.cli.commands import main
from kjtui.formats.site.site_links import page_name
from kjtui.formats.site.site_pages import site
from kjtui.history.snapshot import History
from kjtui.languages import current_language
from kjtui.record.model import Effect
from kjtui.record.store import load
from kjtui.record.translate import translated
from kjtui.words import labels
from support.broken_stores import event
from support.catalogues import TRANSLATED
from support.fee_record import fee_event, fee_history
from support.hangul import in_hangul
from support.stores import BRIDGE, MakeStore, Tables

UNTRANSLATED = re.compile(
    r"kjtui [a-z]+ [^<\n]*|SHA-256 [0-9a-f]{64}|\d{4}-\d\d[a-z0-9-]+|<(style|script|cite).*?</\1>|<[^>]*>",
    re.DOTALL,
)
"""Parts that stay in English: commands, the digest, ids, styles, scripts, tags, and names of publications."""

VOID = {"meta", "link", "br", "hr", "input", "img", "line"}


class Page(HTMLParser):
    """A parser that collects the links, ids and scripts of a page, and checks that elements are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.alternates: dict[str, str] = {}
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
        if tag == "link" and found["rel"] == "alternate":
            self.alternates[found["hreflang"] or ""] = found["href"] or ""
        elif tag == "link":
            self.loaded.append(found["href"] or "")
        self._data_type = (found.get("type") or "") if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag
        self._data_type = ""

    def handle_data(self, data: str) -> None:
        if self._data_type:
            self.data[self._data_type] = data


@pytest.fixture(scope="module")
def bridge_site() -> dict[str, str]:
    return site({"en": History(load(BRIDGE))})


@pytest.fixture
def languages_site(tables: Tables, make_store: MakeStore, all_languages: None) -> dict[str, str]:
    """Return the site of the second record in three languages."""
    histories = {"en": History(load(BRIDGE))}
    for language in TRANSLATED:
        translation = translated(tables, language, lambda context, text: in_hangul(text))
        histories[language] = History(load(make_store(translation)))
    return site(histories)


def assert_links_lead_somewhere(texts: dict[str, str]) -> None:
    pages = {path: Page(text) for path, text in texts.items()}
    internal = 0
    for path, page in pages.items():
        for link in (*page.links, *page.alternates.values()):
            if link.startswith(("http://", "https://")):
                continue
            target, _, fragment = unquote(link).partition("#")
            target = resolved(path, target) if target else path
            assert target in pages, (path, link)
            assert not fragment or fragment in pages[target].ids, (path, link)
            internal += 1
    assert internal > len(pages)


def resolved(path: str, link: str) -> str:
    """Return the path of the page to which ``link`` leads from the page at ``path``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), link))


def test_every_internal_link_leads_to_a_page_and_an_element(any_history: History) -> None:
    assert_links_lead_somewhere(site({"en": any_history}))


def test_the_picture_shows_the_days_in_force_of_a_change_that_was_published_later() -> None:
    due = Effect("fee", "due", "in-force", date(2022, 3, 1))
    front = site({"en": fee_history(fee_event("2022-03-05", due))})["index.html"]
    assert "<title>free: to 28 Feb 2022</title>" in front
    assert "<title>waiver suspended: from 1 Mar 2022</title>" in front


def test_every_link_between_languages_leads_to_a_page(languages_site: dict[str, str]) -> None:
    assert_links_lead_somewhere(languages_site)


def test_every_page_names_itself_in_each_language_and_a_default(languages_site: dict[str, str]) -> None:
    for path, text in languages_site.items():
        page = Page(text)
        inner = path.removeprefix("ko/").removeprefix("ja/")
        wanted = {"en": inner, "ko": f"ko/{inner}", "ja": f"ja/{inner}", "x-default": inner}
        assert {code: resolved(path, link) for code, link in page.alternates.items()} == wanted
        assert {*wanted.values()} <= {resolved(path, link) for link in page.links}
        own = path[:2] if path.startswith(("ko/", "ja/")) else "en"
        assert page.language == own


def test_pages_are_in_their_language_and_name_the_translation(
    bridge: History, languages_site: dict[str, str]
) -> None:
    korean, japanese = languages_site["ko/index.html"], languages_site["ja/index.html"]
    assert ("상태의 추이" in korean, "상태" in languages_site["index.html"]) == (True, False)
    assert "기계 번역" in korean
    assert "機械翻訳" in japanese
    assert json.loads(Page(japanese).data["application/ld+json"])["inLanguage"] == "ja"
    record = bridge.record
    kept = [*record.tracks, *record.meetings, *(source.publisher for source in record.sources.values())]
    for term in record.terms.values():
        kept += [term.term, *term.aliases]
    names = set(re.findall(r"[A-Za-z]{3,}", " ".join(["English", *kept])))
    for path, text in languages_site.items():
        if path.startswith(("ko/", "ja/")):
            words = set(re.findall(r"[A-Za-z]{3,}", UNTRANSLATED.sub(" ", text)))
            assert words <= names, path


def test_a_site_of_one_language_links_to_no_other(bridge_site: dict[str, str]) -> None:
    for text in bridge_site.values():
        assert Page(text).alternates == {}


def test_the_language_is_english_again_after_a_site(languages_site: dict[str, str]) -> None:
    assert current_language() == "en"


def test_elements_are_closed_and_identifiers_are_used_once(any_history: History) -> None:
    for path, text in site({"en": any_history}).items():
        counts = Counter(Page(text).ids)
        assert {identity for identity, count in counts.items() if count > 1} == set(), path


def test_pages_load_nothing(any_history: History) -> None:
    for path, text in site({"en": any_history}).items():
        assert Page(text).loaded == [], path
        assert "default-src 'none'" in text
        assert ("<script>" in text) == (path == "search.html")


def test_the_overview_names_last_days_and_pending_states(tables: Tables, make_store: MakeStore) -> None:
    event(tables, "5")["effects"][0].update(until="2022-02-07", then="open")
    overview = site({"en": History(load(make_store(tables)))})["index.html"]
    tracks = re.sub("<[^>]*>", "", overview.partition("<h2>Tracks</h2>")[2])
    assert "on foot only until 7 Feb 2022; open: set for 8 Feb 2022" in tracks
    assert "not running; running: proposed" in tracks


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


def test_no_day_of_change_is_after_the_last_day_of_the_record(any_history: History) -> None:
    days = re.findall(r"days/([0-9-]+)\.html", site({"en": any_history})["index.html"])
    assert days == [str(day) for day in any_history.changes]
    assert all(day <= str(any_history.last_day) for day in days)


def test_the_title_of_the_page_of_a_day_begins_with_a_capital(
    bridge: History, bridge_site: dict[str, str]
) -> None:
    page = bridge_site[page_name("days", str(bridge.changes[0]))]
    assert "<h1>Status at the end of " in page
    assert "<title>Status at the end of " in page


def test_each_tone_has_a_fill_of_its_own_and_an_entry_in_the_legend(any_history: History) -> None:
    overview = site({"en": any_history})["index.html"]
    assert ".bar.closed { fill: url(#closed-fill); }" in overview
    assert '<pattern id="closed-fill"' in overview
    legend = overview.partition('<ul class="legend">')[2].partition("</ul>")[0]
    states = [state for track in any_history.record.tracks.values() for state in track.states]
    for state in states:
        assert f'<rect class="bar {state.tone}"' in legend
        assert f"</svg> {labels.SYMBOLS[state.tone]} {labels.TONE_WORDS[state.tone]}</li>" in legend


def test_the_same_record_gives_the_same_bytes(bridge: History, bridge_site: dict[str, str]) -> None:
    assert site({"en": History(bridge.record)}) == bridge_site


def test_a_record_without_meetings_and_terms_has_no_page_for_them_and_no_empty_list(
    tables: Tables, make_store: MakeStore
) -> None:
    tables["events"] = {key: event for key, event in tables["events"].items() if "meeting" not in event}
    tables |= {"meetings": {}, "terms": {}}
    pages = site({"en": History(load(make_store(tables)))})
    assert not {"meetings.html", "terms.html"} & pages.keys()
    for path, text in pages.items():
        navigation = text.partition("</nav>")[0]
        assert "Terms" not in navigation, path
        assert "Meetings" not in navigation, path
        assert not re.search(r"<(ul|ol|dl)>\s*</", text), path
        assert not re.search(r"</h2>\s*(</main>|<h2>)", text), path
        assert [link for link in Page(text).links if link.endswith(("meetings.html", "terms.html"))] == []


def test_the_years_of_a_picture_begin_with_the_first(bridge_site: dict[str, str], bridge: History) -> None:
    years = re.findall(r"<text [^>]*>(\d{4})</text>", bridge_site["index.html"])
    assert years[0] == str(bridge.record.dataset.coverage.first.year)


def test_the_overview_describes_the_data_set(tables: Tables, make_store: MakeStore) -> None:
    tables["dataset"]["1"] |= {
        "authors": ["Ada"],
        "license": "CC-BY-4.0",
        "url": "https://a.eu/",
        "language": "ko",
        "about": "</script><b>",
    }
    history = History(load(make_store(tables)))
    text = site({"en": history})["index.html"]
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


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize(
    ("options", "folders"), [([], {"en", "ko", "ja"}), (["--lang", "ko"], {"ko"}), (["--lang", "en"], {"en"})]
)
def test_a_site_has_all_languages_unless_one_is_named(
    options: list[str], folders: set[str], tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    assert main(["export", *options, "--output", str(folder)]) == 0
    found = {Page(path.read_text(encoding="utf-8")).language for path in folder.rglob("index.html")}
    assert found == folders
    assert Page((folder / "index.html").read_text(encoding="utf-8")).language == (
        "ko" if folders == {"ko"} else "en"
    )


@pytest.mark.parametrize("output", ["site", "record-site"])
def test_the_name_of_the_folder_selects_the_format(output: str, tmp_path: Path) -> None:
    folder = tmp_path / output
    assert main(["export", "--store", str(BRIDGE), "--output", f"{folder}/"]) == 0
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert written == set(site({"en": History(load(BRIDGE))}))


def test_page_names_are_safe_and_unique() -> None:
    names = [
        page_name("events", identity) for identity in ("a", "A", "../a", "", "ä", "_e4_", "a/b", "CON:1")
    ]
    assert len({name.lower() for name in names}) == len(names)
    assert all(name.count("/") == 1 and ".." not in name for name in names)


def test_what_a_page_leaves_out_is_a_link_and_no_command(history: History) -> None:
    """A visitor of the site cannot run commands, so pages link to what they omit."""
    pages = site({"en": history})
    bodies = [page.partition("<main>")[2].partition("</main>")[0] for page in pages.values()]
    assert any('<a href="../events.html">' in body for body in bodies)
    assert not any("kjtui snapshot" in body or "kjtui track" in body for body in bodies)


def test_events_that_decide_a_change_are_bold_and_linked_to_their_neighbours(
    bridge: History, bridge_site: dict[str, str]
) -> None:
    """The event that closes the bridge is a decision. The event that asks for a hearing is not a decision."""
    lines = bridge_site["events.html"].splitlines()
    [closed] = [line for line in lines if "Crack found, bridge to close" in line]
    [hearing] = [line for line in lines if "Hearing asked for" in line]
    assert "<strong>" in closed
    assert "<strong>" not in hearing
    first, second = (page_name("events", event.id) for event in bridge.record.events[:2])
    assert f'href="../{second}">Next event' in bridge_site[first]
    assert f'href="../{first}">Previous event' in bridge_site[second]
