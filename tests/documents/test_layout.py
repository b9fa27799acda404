"""The layout of documents. Lines fit into any width, and each passage refers to its event or section."""

from collections.abc import Iterator
from datetime import date

import pytest

from kjtui.documents.block_types import Citation, EventList, Paragraph
from kjtui.documents.document import Document, EventView
from kjtui.documents.layout import bar, lay_out, lay_out_blocks, plain_lines
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.words.wrap import cells
from support.exports import document_of


def documents(history: History) -> Iterator[Document]:
    before, after = history.snapshot(date(2020, 3, 10)), history.snapshot(date(2023, 4, 14))
    yield document_of(after)
    yield document_of(compare(before, after))
    yield document_of(EventView(after.events[-1], after))
    for track in history.record.tracks:
        yield document_of(track_page(after, track))


@pytest.mark.parametrize("width", [34, 44, 60, 80, 120, 200])
def test_every_document_fits_the_width(history: History, width: int) -> None:
    for document in documents(history):
        for line in plain_lines(lay_out(document, width)):
            assert cells(line) <= width


def test_an_event_passage_names_its_event_and_sources(history: History) -> None:
    snapshot = history.snapshot(date(2020, 3, 10))
    passages = list(lay_out(document_of(snapshot), 80))
    events = {event.id: event for event in snapshot.events}
    found = [passage for passage in passages if passage.event]
    assert found
    for passage in found:
        assert passage.selectable
        assert set(passage.sources) <= set(history.record.sources)
        assert events[passage.event]


def test_a_heading_names_its_section_and_cannot_be_selected(history: History) -> None:
    passages = list(lay_out(document_of(track_page(history.snapshot(date(2021, 7, 1)), "photoresist")), 80))
    headings = [passage for passage in passages if passage.section]
    assert "Figures" in [heading.section for heading in headings]
    assert not any(heading.selectable for heading in headings)


def test_citations_keep_their_style_when_wrapped() -> None:
    block = Paragraph(("one two  three\nfour ", Citation(("a",), disputed=True, numbers=(1,)), "; five"))
    [blank, passage] = lay_out_blocks([block], 9)
    assert blank.lines == ((),)
    assert list(plain_lines([passage])) == ["one two", "three", "four", "[1]!;", "five"]
    assert passage.lines[3] == (("[1]", "dim"), ("!", "warning"), (";", ""))


@pytest.mark.parametrize(
    ("level", "drawn"),
    [(0, ""), (-3, ""), (0.00001, "▏"), (0.5, "█████"), (0.55, "█████▌"), (1, "██████████")],
)
def test_a_bar_is_as_long_as_its_level(level: float, drawn: str) -> None:
    assert bar(level, 10) == drawn


def test_a_long_title_is_wrapped_below_its_beginning(history: History) -> None:
    event = next(event for event in history.record.events if len(event.title) > 50)
    [blank, passage] = lay_out_blocks([EventList(((event, Citation(())),))], 60)
    first, second, *_ = plain_lines([passage])
    assert blank.lines == ((),)
    assert first.index(event.title.split()[0]) == len(second) - len(second.lstrip())
