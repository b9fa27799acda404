"""The number of function calls for any input text is at most linear in the size of the text."""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from types import FrameType

import pytest

from kjtui.documents.snapshot_document import snapshot_document
from kjtui.files.atomic_write import ExportError
from kjtui.find.goto import find_targets
from kjtui.find.search import Index
from kjtui.formats import markdown
from kjtui.formats.format_table import render
from kjtui.formats.verify import verify
from kjtui.history.snapshot import History
from kjtui.record.sanitize import sanitize
from kjtui.words.wrap import wrap, wrap_address

SMALL, LARGE = 1_000, 4_000
DAY = date(2020, 3, 10)
PIECES = ("`", "a ", "ab ", "1.", "漢「", "한국 ", "\n", "Again: `", "https://", "2020-", "](")


def calls(run: Callable[[str], object], text: str) -> int:
    """Return the number of calls of Python and C functions while ``run`` processes a text."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(trace)
    try:
        with suppress(ValueError, ExportError):  # calls before an error are counted, too
            run(text)
    finally:
        sys.setprofile(None)
    return count


def assert_linear(run: Callable[[str], object]) -> None:
    """Assert that 4 times as much text needs at most 5 times as many calls. Quadratic work needs 16 times."""
    for piece in PIECES:
        small, large = (calls(run, (piece * size)[:size]) for size in (SMALL, LARGE))
        assert large <= 5 * small + 200, f"{piece!r}: {small} calls, then {large}"


@pytest.mark.parametrize(
    "run",
    [
        sanitize,
        markdown.escape,
        lambda text: wrap(text, 60, "  ", "    "),
        lambda text: wrap_address(text, 60, "  "),
    ],
    ids=["sanitize", "escape for Markdown", "wrap", "wrap an address"],
)
def test_a_text_takes_work_in_proportion_to_its_length(run: Callable[[str], object]) -> None:
    assert_linear(run)


def test_a_query_takes_work_in_proportion_to_its_length(history: History) -> None:
    index = Index(history.record)
    index.find("warm")
    assert_linear(index.find)
    assert_linear(lambda text: find_targets(text, history, index, DAY, DAY))


def test_verify_takes_work_in_proportion_to_the_length_of_a_file(history: History) -> None:
    export = render(snapshot_document(history.snapshot(DAY)), "text")
    assert_linear(lambda text: verify(text, "x", history))
    assert_linear(lambda text: verify(export.replace("Again: ", f"Again: {text}"), "x", history))
