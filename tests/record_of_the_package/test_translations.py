"""The record in Korean and Japanese: the same values as in English, the width of texts, and golden files."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from kjtui.documents.document import Document, EventView, MeetingView
from kjtui.documents.event_document import event_document
from kjtui.documents.meeting_document import meeting_document
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.documents.track_document import track_document
from kjtui.formats import text
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.languages import ENGLISH, speaking
from kjtui.record.partial_date import month_name
from kjtui.record.store import default_store, load
from kjtui.words.labels import short_state
from kjtui.words.wrap import cells
from regenerate import GOLDEN_DAYS, translated_goldens
from support.catalogues import TRANSLATED
from support.exports import as_json

pytestmark = pytest.mark.usefixtures("all_languages")

TEXTS = {
    *("title", "about", "group", "name", "label", "value", "note", "meaning", "term", "measure", "unit"),
    *("summary", "says", "series", "place", "level", "heads", "agenda", "outcome"),
    *("publisher", "copy_of"),
}
"""Names of the fields whose texts are translated."""
DIFFERENT = {"title", "language", "digest"}
"""Fields of the data set that differ between languages."""
CLOSING = "、。，．：；？！）］｝〕〉》」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
"""Characters with which a Japanese line must not begin."""


def history_in(language: str) -> History:
    return History(load(default_store(language)))


def values(data: Any) -> Any:
    """Return JSON data with each translated text replaced by a boolean: whether the text is not empty."""
    if isinstance(data, dict):
        kept = {}
        for name, value in data.items():
            is_list_of_objects = isinstance(value, list) and value and isinstance(value[0], dict)
            kept[name] = bool(value) if name in TEXTS and not is_list_of_objects else values(value)
        return kept
    return [values(item) for item in data] if isinstance(data, list) else data


def snapshot_values(language: str, day: date) -> Any:
    with speaking(language):
        snapshot = history_in(language).snapshot(day)
        data = msgspec.json.decode(as_json(snapshot, full=True))
    data["dataset"] = {name: value for name, value in data["dataset"].items() if name not in DIFFERENT}
    return values(data)


@pytest.mark.parametrize("day", map(date.fromisoformat, (*GOLDEN_DAYS, "2019-07-04", "2025-12-31")), ids=str)
@pytest.mark.parametrize("language", TRANSLATED)
def test_a_snapshot_has_the_same_values_in_each_language(language: str, day: date) -> None:
    assert snapshot_values(language, day) == snapshot_values(ENGLISH, day)


@pytest.mark.parametrize("language", TRANSLATED)
def test_short_names_have_at_most_12_cells_and_titles_60(language: str) -> None:
    record = history_in(language).record
    short = [meeting.short for meeting in record.meetings.values()]
    for track in record.tracks.values():
        short += [track.short, *(state.short for state in track.states)]
    assert [name for name in short if cells(name) > 12] == []
    assert [event.title for event in record.events if cells(event.title) > 60] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_states_are_shown_by_their_short_form_in_narrow_places(language: str) -> None:
    record = history_in(language).record
    shown = {short_state(state) for track in record.tracks.values() for state in track.states}
    assert [name for name in shown if cells(name) > 12] == []
    with speaking(language):
        assert max(cells(month_name(date(2020, month, 1))) for month in range(1, 13)) <= 4


def documents(history: History) -> Iterator[Document]:
    for day in GOLDEN_DAYS:
        snapshot = history.snapshot(date.fromisoformat(day))
        yield snapshot_document(snapshot)
        yield snapshot_document(snapshot, full=True)
        for track in history.record.tracks:
            yield track_document(track_page(snapshot, track), full=True)
    last = history.snapshot(history.last_day)
    yield from (event_document(EventView(event, last)) for event in history.record.events)
    yield from (meeting_document(MeetingView(state, last)) for state in last.meetings.known)


@pytest.mark.slow
@pytest.mark.parametrize("language", TRANSLATED)
def test_lines_of_documents_fit_and_begin_with_no_closing_mark(language: str) -> None:
    with speaking(language):
        for document in documents(history_in(language)):
            body = text.render(document).partition("\n" + "─" * 80)[0]
            for line in body.splitlines():
                assert cells(line) <= 80, document.title
                assert not line.lstrip().startswith(tuple(CLOSING)), line


@pytest.mark.slow
def test_the_days_of_the_articles_in_each_language() -> None:
    for path, golden in translated_goldens().items():
        assert golden == path.read_text(encoding="utf-8"), path
