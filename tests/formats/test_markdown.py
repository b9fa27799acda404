"""The Markdown export. No text of a store becomes markup, and the words are the same as in plain text."""

import json
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.gfm import gfm_plugin
from mdit_py_plugins.superscript import superscript_plugin

from kjtui.documents.snapshot_document import snapshot_document
from kjtui.formats.markdown import escape, link
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.record.model import Record
from kjtui.record.sanitize import sanitize
from kjtui.record.store import load
from kjtui.words import source_words
from support.articles import ARTICLES
from support.exports import as_markdown, as_text
from support.modules import loaded_by
from support.printed import HOSTILE, HOSTILE_CASES, exports, filled, folded, full, harmless, spoilt_and_plain
from support.stores import MakeStore, Tables, sample_record

COMMON = MarkdownIt("commonmark").enable("table")
GITHUB = MarkdownIt("commonmark").use(gfm_plugin, dollarmath=True).use(superscript_plugin)
JOINER = "\u2060"
ANCHOR = re.compile(r'<a id="source-\d+">|</a>')
"""The only HTML tags in a document: the anchors of its sources."""
REFERENCE = re.compile(r"#source-\d+")


@lru_cache(maxsize=8)
def parse(markdown: str, parser: MarkdownIt) -> list[Token]:
    """Parse a document. Repeated calls use the cache."""
    return parser.parse(markdown)


def walk(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from walk(token.children or [])


def structure(markdown: str, parser: MarkdownIt) -> list[tuple[Any, ...]]:
    """Return the structure of a document: every token with its nesting and attributes, without text."""
    return [(token.type, token.tag, token.level, token.attrs) for token in walk(parse(markdown, parser))]


def rendered(markdown: str) -> str:
    """Return the text without markup and anchors, one line per block. A block of code keeps its lines."""
    blocks = [token for token in parse(markdown, COMMON) if token.type in ("inline", "fence")]
    return "\n".join(
        "".join(part.content for part in block.children or [] if not is_anchor(part))
        or block.content.rstrip("\n")
        for block in blocks
    )


def is_anchor(token: Token) -> bool:
    return token.type == "html_inline" and ANCHOR.fullmatch(token.content) is not None


def read(markdown: str) -> str:
    """Return the visible text without zero-width characters."""
    return rendered(markdown).replace(JOINER, "")


def targets(markdown: str) -> list[str]:
    return [str(token.attrs["href"]) for token in walk(parse(markdown, COMMON)) if token.type == "link_open"]


def links(markdown: str) -> list[str]:
    """Return the targets of all links, except links from citations to sources."""
    return [target for target in targets(markdown) if not REFERENCE.fullmatch(target)]


def cells_of_rows(markdown: str) -> Iterator[list[int]]:
    """Yield one list per table: the number of cells in each row.

    Cells are counted in the Markdown text, because a parser would add missing cells.
    """
    for block in markdown.split("\n\n"):
        if block.startswith("|"):
            yield [len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in block.splitlines()]


@pytest.mark.parametrize("hostile", HOSTILE_CASES)
def test_text_of_a_store_is_only_text(
    hostile: str, tables: Tables, make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_words, "brackets", lambda _: "")  # no explanation of titles in brackets
    spoilt, plain = spoilt_and_plain(hostile, tables, make_store)
    for markdown, expected in zip(exports(spoilt, "markdown"), exports(plain, "markdown"), strict=True):
        for parser in (COMMON, GITHUB):
            assert structure(markdown, parser) == structure(expected, parser)
        # The footer does not fold white space, so its text is replaced first.
        words = read(expected).replace(sanitize(harmless(hostile)), sanitize(hostile))
        words = words.replace(folded(harmless(hostile)), folded(hostile))
        assert read(markdown) == words.replace(plain.record.digest, spoilt.record.digest)
        assert all(len(set(cells)) == 1 for cells in cells_of_rows(markdown))
        assert not links(markdown)


def test_empty_text_leaves_no_gap(tables: Tables, make_store: MakeStore) -> None:
    empty = History(load(make_store(filled(full(tables), ""))))
    for markdown in exports(empty, "markdown"):
        assert not re.search(r" \n|\n\n\n|\n\n$", markdown)


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    elif isinstance(value, str):
        yield value


def test_the_tests_of_hostile_texts_cover_every_printed_field(tables: Tables, make_store: MakeStore) -> None:
    history = History(load(make_store(filled(full(tables), "Ж"))))
    text = "".join(map(read, exports(history, "markdown")))
    texts = [leaf for leaf in leaves(tables) if re.search(r"[A-Z]\w| ", leaf) and leaf[0].isalpha()]
    assert len(texts) > 30
    assert not [leaf for leaf in texts if leaf in text]


signs = st.sampled_from(
    [*"\\`*_{}[]<>()#+-.!|~&$:;/@\"'^=% q1Ж", "www.", "http://", "x.org", "&lt;", "&#35;"]
)
specials = st.lists(signs, max_size=20).map("".join).filter(str.strip)


@given(specials)
def test_escaped_text_is_read_verbatim_wherever_it_stands(text: str) -> None:
    for place in (
        "{}",
        "a {}",
        "- {}",
        "1. {}",
        "# {}",
        "> {}",
        "a **b {}** c",
        "- a\n\n  - {}",
        "[{}](http://x.org)",
    ):
        markdown = place.format(escape(text))
        assert read(markdown) == read(place.format("Ж")).replace("Ж", folded(text))
        for parser in (COMMON, GITHUB):
            kinds = [kind for kind in structure(markdown, parser) if kind[0] != "text"]
            assert kinds == [kind for kind in structure(place.format("Ж"), parser) if kind[0] != "text"]
    row = f"| a | b |\n| --- | --- |\n| {escape(text)} | c |"
    assert read(row).split("\n") == ["a", "b", folded(text), "c"]


@given(specials)
def test_an_address_cannot_end_its_link(text: str) -> None:
    url = f"https://example.org/{text}"
    markdown = f"a {link('b', url)} c"
    assert read(markdown) == "a b c"
    assert [unquote(address) for address in links(markdown)] == [unquote(url)]
    assert re.fullmatch(r"\[b\]\(https://[^\s()<>\[\]\"'\\|`]+\)", link("b", url))


def test_a_link_without_words_shows_its_address() -> None:
    assert read(link(" ", "https://example.org/_a_")) == "https://example.org/_a_"
    assert links(link(" ", "https://example.org/_a_")) == ["https://example.org/_a_"]


@given(specials)
def test_a_link_contains_no_other_link_if_its_text_is_parsed_twice(text: str) -> None:
    """JupyterLab's parser ``marked`` parses the text of a link twice.

    Before the second pass, the parser removes the backslashes in front of brackets.
    """
    for hostile in (f"[{text}](http://x.org)", f"![{text}](http://x.org)"):
        twice = re.sub(r"\\([\[\]])", r"\1", escape(hostile))
        assert not {"link_open", "image"} & {token.type for token in walk(COMMON.parse(twice))}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)//http://x.org",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://x.org",
        "mailto:a@x.org",
        "//x.org",
        "x.org/http://x.org",
        " https:x",
        "http:///",
        "#top",
    ],
)
def test_an_address_outside_the_web_is_printed_without_a_link(url: str) -> None:
    for parser in (COMMON, GITHUB):
        tokens = [token.type for token in walk(parser.parse(link("The title", url)))]
        assert tokens == ["paragraph_open", "inline", "text", "paragraph_close"]
    assert read(link("The title", url)) == f"The title {url.strip()}"


def test_no_character_is_left_that_github_would_interpret() -> None:
    text = rendered(escape(f"{HOSTILE['notices']} {HOSTILE['addresses']}"))
    assert not re.search(r"@[^\s\u2060]|#\d|GH-\d|:[\w+-]+:", text, re.IGNORECASE)
    assert rendered(escape("10:00:05, 5 @ 3, # 4, a: b")) == "10:00:05, 5 @ 3, # 4, a: b"


def some_days(history: History) -> list[date]:
    return [*ARTICLES, date(2018, 9, 1), date(2026, 2, 1), *history.event_days[::40]]


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_markdown_has_the_words_of_the_plain_text(history: History, day: date) -> None:
    """Markdown has each word at least as often as plain text.

    Exceptions are the words of table headers, and numbers such as “+2” for further actors.
    """

    def words(text: str) -> Counter[str]:
        return Counter(re.findall(r"\w+", re.sub(r" \+\d ", " ", text.casefold())))

    plain, _, _ = as_text(history.snapshot(day), full=True).partition("\nSOURCES\n")
    markdown, _, _ = read(as_markdown(history.snapshot(day), full=True)).partition("\nSources\n")
    assert set(words(plain) - words(markdown)) <= {"for", "day", "days", "since"}


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_every_meeting_is_printed_once(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    _, _, told = as_markdown(snapshot, full=True).partition("\n## Meetings\n")
    current, _, earlier = read(told.partition("\n## ")[0]).partition("\nEarlier\n")
    in_full = [line for line in current.splitlines() if re.match("(Under way|Held|Planned): ", line)]
    assert snapshot.meeting
    assert [re.sub(r" \[[\d,–]+\]!?$", "", line.partition(": ")[2]) for line in in_full] == [
        state.meeting.name for state in (snapshot.meeting, *snapshot.meetings.planned)
    ]
    assert len(in_full) + len(earlier.splitlines()) == len(snapshot.meetings.known)


def test_a_meeting_that_was_not_held_has_its_status(bridge: History) -> None:
    markdown = as_markdown(bridge.snapshot(date(2021, 5, 20)), full=True)
    assert "2021-05-10 · Public hearing (cancelled) [3]\n" in read(markdown)
    assert "No meetings so far." in as_markdown(bridge.snapshot(date(2021, 4, 1)))


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_every_event_up_to_the_day_and_none_after_is_in_it(history: History, day: date) -> None:
    text = read(as_markdown(history.snapshot(day), full=True))
    for event in history.record.events:
        time = f"{event.time} " if event.time else ""
        title = f"{event.date.text} · {' '.join(event.actors)} · {time}{event.title}"
        assert (title in text) == (event.day <= day), event.id


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_sources_have_the_numbers_of_the_plain_text_and_working_links(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    markdown = as_markdown(snapshot, full=True)
    body, _, listed = markdown.partition("\n## Sources\n\n")
    lines = listed[listed.index("1. ") :].partition("\n\n")[0].splitlines()
    sources = snapshot_document(snapshot, full=True).sources
    assert [line.split()[0] for line in lines] == [f"{number}." for number in range(1, len(sources) + 1)]
    for line, source in zip(lines, sources, strict=True):
        assert read(line).startswith(f"{source.publisher}, {source.date.text if source.date else 'undated'}")
        assert source.title in read(line)
        assert read(line).endswith(" (machine translation)") == source.machine_translated
        later = source.date is not None and source.date.first > day
        assert (" (later than this day): " in read(line)) == later
        assert [unquote(address) for address in links(line)] == ([unquote(source.url)] if source.url else [])
    assert links(markdown) == [address for line in lines for address in links(line)]
    assert all(address.startswith(("http://", "https://")) for address in links(markdown))
    assert f"{len(sources)}](#source-{len(sources)})\\]" in body


@pytest.mark.parametrize("full", [False, True], ids=["short", "full"])
def test_every_number_of_a_citation_leads_to_its_source(history: History, *, full: bool) -> None:
    markdown = as_markdown(history.snapshot(ARTICLES[0]), full=full)
    referred = {target for target in targets(markdown) if REFERENCE.fullmatch(target)}
    anchors = re.findall(r'(?m)^(\d+)\. <a id="source-(\d+)"></a>', markdown)
    assert all(number == anchor for number, anchor in anchors)
    # A range such as [3–5] has links only for its first and its last number.
    assert referred <= {f"#source-{anchor}" for _, anchor in anchors}
    assert "#source-1" in referred
    assert re.search(r"\\\[\[1\]\(#source-1\)", markdown)


def test_weak_sources_are_marked(tables: Tables, make_store: MakeStore) -> None:
    bridge = History(load(make_store(full(tables))))
    april, may = (as_markdown(bridge.snapshot(date(2021, *day))) for day in ((4, 30), (5, 20)))
    assert "</a>Gazette, 2021-W18 (later than this day): The Gazette\n" in april
    assert "</a>Gazette, 2021-W18: The Gazette\n" in may
    january = as_markdown(bridge.snapshot(date(2021, 1, 1)))
    assert "</a>The bridge, undated: \\[plaque on the bridge\\] (machine translation)\n" in january


def test_rows_have_the_same_number_of_cells(history: History) -> None:
    for day in some_days(history):
        tables = list(cells_of_rows(as_markdown(history.snapshot(day))))
        assert [set(rows) for rows in tables] == [{5}] * len(
            {track.group for track in history.record.tracks.values()}
        )
        assert sum(len(rows) - 2 for rows in tables) >= len(history.record.tracks)


def test_markdown_is_printable_and_names_its_record(history: History) -> None:
    for day in some_days(history):
        markdown = as_markdown(history.snapshot(day))
        assert all(character.isprintable() or character == "\n" for character in markdown)
        assert not re.search(r" \n|\n\n\n|\n\n$", markdown)
        *_, title, version, digest, document, form, again = read(markdown).splitlines()
        assert history.record.dataset.notice in read(markdown).splitlines()
        assert title == "Record: Japan–Korea export controls"
        assert version == f"Version: {history.record.dataset.version}"
        assert digest == f"SHA-256: {history.record.digest}"
        assert (document, form) == (f"Document: snapshot {day}", "Format: markdown")
        assert again == f"Again: kjtui snapshot {day} --format markdown"
        assert ("OUTSIDE THE COVERAGE" in markdown) == (day not in history.record.dataset.coverage)


def test_the_command_survives_the_name_of_any_store(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "a `b` ``c|$d.json"
    path.write_text(json.dumps(tables), encoding="utf-8")
    again = read(as_markdown(History(load(path)).snapshot(date(2021, 5, 1)))).splitlines()[-1]
    told = ["Again:", "kjtui", "snapshot", "2021-05-01", "--format", "markdown", "--store", path.name]
    assert shlex.split(again) == told


def test_same_store_same_bytes(history: History) -> None:
    again = History(sample_record())
    for day in ARTICLES:
        assert as_markdown(again.snapshot(day)) == as_markdown(history.snapshot(day))


def test_no_look_ahead(record: Record, history: History) -> None:
    for day in some_days(history):
        known = msgspec.structs.replace(record, events=tuple(e for e in record.events if e.day <= day))
        assert as_markdown(History(known).snapshot(day)) == as_markdown(history.snapshot(day)), day


def test_markdown_loads_no_library() -> None:
    loaded = loaded_by("import kjtui.formats.markdown")
    assert not loaded & {"textual", "markdown_it", "linkify_it", "mdurl", "html", "socket"}


def test_comparisons_and_reasons_as_markdown(history: History) -> None:
    before, after = history.snapshot(date(2020, 3, 10)), history.snapshot(date(2023, 4, 14))
    document = as_markdown(compare(before, after))
    assert document.startswith(
        "# Japan–Korea export controls: what changed between Tuesday 10 March 2020 and Friday 14 April 2023\n"
    )
    assert (
        "### Photoresist; Hydrogen fluoride; Fluorinated polyimide\n\nsince 23 Mar 2023, for 23 days\n"
        in document
    )
    assert document.endswith("Again: kjtui compare 2020-03-10 2023-04-14 --format markdown\n```\n")
    document = as_markdown(track_page(before, "photoresist"))
    assert "  - in force: ◐ specific bulk licence" in document
    assert "## Licences" in document
    assert document.endswith("Again: kjtui track photoresist 2020-03-10 --format markdown\n```\n")


def test_a_row_of_the_brief_status_has_the_meaning_of_its_state_and_no_days(history: History) -> None:
    lines = as_markdown(history.snapshot(date(2019, 7, 4))).split("\n")
    assert "| Track | State | Since | Meaning |" in lines
    materials = [line for line in lines if "| ● individual licence |" in line]
    assert len(materials) == 3
    assert all("No bulk licence of any kind is open" in line for line in materials)
