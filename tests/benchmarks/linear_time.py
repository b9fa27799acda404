"""Measure whether the time for processing a text grows linearly with the length of the text.

This is a benchmark and not a test, because a test that measures time fails on a busy machine. The test
``tests/test_growth.py`` counts function calls instead.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

import pytest

import kjtui
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.files.atomic_write import ExportError
from kjtui.find.goto import find_targets
from kjtui.find.search import Index
from kjtui.formats import markdown
from kjtui.formats.format_table import render
from kjtui.formats.provenance_parser import is_first_edition, parse_provenance
from kjtui.formats.verify import verify
from kjtui.history.snapshot import History
from kjtui.record.sanitize import may_need_sanitizing, sanitize
from kjtui.tui.dialogs import fuzzy
from kjtui.words.wrap import wrap, wrap_address
from support.stores import MakeStore, Tables

SMALL, LARGE, HUGE = 8_000, 32_000, 1_000_000
DAY = date(2020, 3, 10)

PIECES = (
    *(
        "`",
        " ",
        "\t",
        "\r",
        "\n",
        "1",
        "\u0301",
        "\u11ab",
        "\u200d",
        "\u2028",
        "\\",
        '"',
        "#",
        "-",
        ":a",
        "&a",
    ),
    *(
        "](",
        "_",
        "1.",
        "[{",
        "<dt>",
        "GH-",
        "www",
        "a ",
        "ab ",
        "1th ",
        "第1",
        "年",
        "monday ",
        "first ",
        "1 ",
    ),
    *("漢字かな", "、", "「漢", "한국", "あ１"),
    *("Again: `", "Record: x\n", "x\n", "\n\n", "' ", "2020-", "{\\", "https://", "a-", "\x1b[", "=", "@a"),
)
"""Texts that make a careless regular expression backtrack from every position."""


def wrap_text(text: str) -> object:
    return wrap(text, 60, "  ", "    ")


def wrap_url(text: str) -> object:
    return wrap_address(text, 60, "  ")


def seconds(run: Callable[[str], object], text: str) -> float:
    before = time.process_time()
    with suppress(ValueError, ExportError):  # the time until an error is measured, too
        run(text)
    return time.process_time() - before


def assert_linear(run: Callable[[str], object]) -> None:
    """Assert that the time grows linearly.

    If a text becomes 4 times as long, linear time grows 4-fold, and quadratic time grows 16-fold.
    """
    for piece in PIECES:
        small, large = (seconds(run, (piece * size)[:size]) for size in (SMALL, LARGE))
        assert large < 9 * small + 0.2, f"{piece!r}: {small:.2f} s, then {large:.2f} s"
        assert large < 2, f"{piece!r}: {large:.2f} s"


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield each regular expression that a module of the package defines, with its name."""
    for module in pkgutil.walk_packages(kjtui.__path__, "kjtui."):
        if module.name == "kjtui.__main__" or module.name.startswith("kjtui.web"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, one in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    yield f"{module.name}.{name}.{number}", one


@pytest.mark.parametrize("pattern", [pytest.param(one, id=name) for name, one in patterns()])
def test_patterns(pattern: re.Pattern[str]) -> None:
    assert_linear(lambda text: (pattern.sub("", text), pattern.fullmatch(text)))


@pytest.fixture(scope="module")
def export(history: History) -> str:
    return render(snapshot_document(history.snapshot(DAY)), "text")


@pytest.fixture(scope="module")
def index(history: History) -> Index:
    return Index(history.record)


def test_verify_of_any_text(history: History) -> None:
    assert_linear(lambda text: verify(text, "x", history))


@pytest.mark.parametrize("name", ["Again", "Record", "Version", "SHA-256", "Document", "Format"])
def test_verify_of_a_footer_with_any_line(name: str, history: History, export: str) -> None:
    assert_linear(lambda text: verify(export.replace(f"{name}: ", f"{name}: {text}"), "x", history))


def test_verify_of_an_export_with_any_text_before_it(history: History, export: str) -> None:
    assert_linear(lambda text: verify(f"{text}\n{export}", "x", history))


def test_verify_of_an_export_whose_lines_are_all_moved(history: History, export: str) -> None:
    """The export is not too long, so ``verify`` compares it line by line."""
    lines = export.split("\n")
    moved = (sorted(lines) * 9)[: 2 * len(lines)] + lines
    assert seconds(lambda text: verify(text, "x", history), "\n".join(moved)) < 5


def test_verify_of_a_json_export(history: History) -> None:
    assert_linear(lambda text: verify('{"schema": "kjtui/snapshot/1", "x": ' + text, "x", history))


@pytest.mark.parametrize(
    "run", [sanitize, markdown.escape, parse_provenance, is_first_edition, wrap_text, wrap_url]
)
def test_texts(run: Callable[[str], object]) -> None:
    assert_linear(run)


def test_stores_in_bytes() -> None:
    assert_linear(lambda text: may_need_sanitizing(text.encode()))


def test_links() -> None:
    assert_linear(lambda text: markdown.link(text, f"https://example.org/{text}"))


def test_check(tables: Tables, make_store: MakeStore) -> None:
    from kjtui.record.check import validate

    def check(text: str) -> None:
        tables["events"]["2"] |= {"id": text, "title": text, "summary": text}
        tables["terms"] = {"1": {"id": text, "term": text, "meaning": text, "sources": [text]}}
        validate(make_store(tables))

    assert_linear(check)


def test_search(index: Index) -> None:
    assert_linear(lambda text: [index.find(text), index.snippet(text, 3), index.nearest(text)])


def test_go_to(history: History, index: Index) -> None:
    assert_linear(lambda text: find_targets(text, history, index, DAY, DAY))


def test_go_to_with_unknown_words_only(history: History, index: Index) -> None:
    words = " ".join(f"{number:x}q" for number in range(HUGE // 8))
    assert seconds(lambda text: find_targets(text, history, index, DAY, DAY), words) < 5


def test_palette(history: History) -> None:
    assert_linear(lambda text: [fuzzy.match(text, event.title) for event in history.record.events[:50]])


def test_palette_with_a_name_that_fits_in_every_way() -> None:
    assert seconds(lambda text: fuzzy.match("a" * 20, text), "a" * 10_000) < 1


@pytest.mark.parametrize("piece", ["`", " ", "\n", "a ", '"'])
def test_a_megabyte(piece: str, history: History, export: str, index: Index) -> None:
    text = (piece * HUGE)[:HUGE]
    for run in (
        lambda text: verify(text, "x", history),
        lambda text: verify(export.replace("Again: ", f"Again: {text}"), "x", history),
        sanitize,
        markdown.escape,
        index.find,
        lambda text: find_targets(text, history, index, DAY, DAY),
    ):
        assert seconds(run, text) < 10
