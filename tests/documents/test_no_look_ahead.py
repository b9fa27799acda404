"""A document contains nothing that was published after its day."""

from datetime import date

import msgspec
import pytest

from kjtui.documents.document import EventView
from kjtui.formats.format_table import DOCUMENT_FORMATS
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.record.model import (
    Record,
)
from support.articles import ARTICLES
from support.exports import export


def without_later(record: Record, day: date) -> Record:
    """Return the record without the events and figures that were published after a day."""
    series = {
        one.id: msgspec.structs.replace(one, points=tuple(p for p in one.points if p.published <= day))
        for one in record.series.values()
    }
    events = tuple(event for event in record.events if event.day <= day)
    return msgspec.structs.replace(record, events=events, series=series)


@pytest.mark.parametrize("day", [date(2019, 7, 1), date(2019, 8, 28), *ARTICLES], ids=str)
@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
def test_a_document_contains_nothing_later_than_its_day(history: History, day: date, form: str) -> None:
    cut = History(without_later(history.record, day))
    for full in (False, True):
        assert export(cut.snapshot(day), form, full=full) == export(history.snapshot(day), form, full=full)
    for track in ("photoresist", "gsomia"):
        assert export(track_page(cut.snapshot(day), track), form) == export(
            track_page(history.snapshot(day), track), form
        )
    event = history.snapshot(day).events[-1]
    assert export(EventView(event, cut.snapshot(day)), form) == export(
        EventView(event, history.snapshot(day)), form
    )
