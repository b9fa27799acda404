"""Documents: citations are numbered in reading order, and an empty section has a placeholder."""

from collections.abc import Iterable
from datetime import date

import pytest

from kjtui.documents.block_types import Block, Citation, Heading, Paragraph, plain
from kjtui.documents.document import build, number, section
from kjtui.documents.provenance import Request
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from support.exports import document_of

DAY = date(2021, 5, 20)


@pytest.mark.parametrize(
    ("numbers", "disputed", "written"),
    [
        ((), False, ""),
        ((), True, "!"),
        ((7,), False, "[7]"),
        ((1, 2), False, "[1–2]"),
        ((3, 4, 5, 9), False, "[3–5,9]"),
        ((1, 3, 5), True, "[1,3,5]!"),
    ],
)
def test_consecutive_citations_are_written_as_a_range(
    numbers: tuple[int, ...], disputed: bool, written: str
) -> None:
    assert str(Citation((), disputed, numbers)) == written


def test_sources_are_numbered_in_the_order_in_which_they_are_first_cited() -> None:
    blocks, ids = number(
        [Paragraph(("a ", Citation(("x", "y")))), Paragraph(("b ", Citation(("z", "x")), "; c"))]
    )
    assert ids == ["x", "y", "z"]
    assert [plain(block.text) for block in blocks] == ["a [1–2]", "b [1,3]; c"]


def test_numbering_leaves_the_values_of_the_record_as_they_are(history: History) -> None:
    events = {id(event) for event in history.record.events}
    document = snapshot_document(history.snapshot(date(2020, 3, 10)))
    found = [block.event for block in document.blocks if hasattr(block, "event")]
    assert found
    assert {id(event) for event in found} <= events


def texts(blocks: Iterable[Block]) -> list[tuple[type[Block], object]]:
    return [(type(block), block.text) for block in blocks if isinstance(block, Heading | Paragraph)]


def test_an_empty_section_has_a_placeholder() -> None:
    assert texts(section("Sources", [])) == [(Heading, "Sources"), (Paragraph, ("None.",))]
    assert texts(section("Notes", [Paragraph(("a",))])) == [(Heading, "Notes"), (Paragraph, ("a",))]


def test_a_document_lists_the_sources_it_cites_and_no_others(bridge: History) -> None:
    request = Request("snapshot", (DAY,))
    document = build(
        bridge.snapshot(DAY), request, bridge.record, "title", [Paragraph(("a", Citation(("plaque",))))]
    )
    assert [source.id for source in document.sources] == ["plaque"]


def test_a_day_outside_the_coverage_has_a_caution(bridge: History) -> None:
    inside, outside = bridge.snapshot(DAY), bridge.snapshot(date(2030, 1, 1))
    assert document_of(inside).cautions == []
    assert len(document_of(outside).cautions) == 1
    assert len(document_of(compare(inside, outside)).cautions) == 1
