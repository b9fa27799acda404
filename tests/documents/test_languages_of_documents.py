"""Documents in Korean and Japanese: every interface text is translated, and no line is too wide."""

import json
import re
from collections.abc import Iterator
from datetime import date
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo

from kjtui import languages
from kjtui.documents.comparison_document import comparison_document
from kjtui.documents.document import Document, EventView, MeetingView
from kjtui.documents.event_document import event_document
from kjtui.documents.meeting_document import meeting_document
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.documents.track_document import track_document
from kjtui.formats import html, markdown, text
from kjtui.formats.json import document_json
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.record.partial_date import PartialDate, Period, day_text
from kjtui.words import day_words
from kjtui.words.wrap import cells
from support.catalogues import read_catalogue
from support.hangul import record_in_hangul

DAY = date(2020, 3, 10)
WORD = re.compile(r"[A-Za-z]{2,}")
UNTRANSLATED = re.compile(r"kjtui [^\n]*(\n--full)?|https?:\S+|(?<=가: )[a-z0-9-]+\n")
"""Commands, addresses and ids, which stay in English."""


@pytest.fixture(params=["ko", "ja"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Translate messages with the catalogue of the repository. The catalogue need not be compiled."""
    code: str = request.param
    file = BytesIO()
    write_mo(file, read_catalogue(languages.LOCALES / code / "LC_MESSAGES" / "kjtui.po"))
    file.seek(0)
    monkeypatch.setattr(languages, "_catalogue", GNUTranslations(file))
    monkeypatch.setattr(languages, "_current", code)
    return code


def documents(history: History) -> Iterator[Document]:
    """Yield a document of each kind."""
    snapshot = history.snapshot(DAY)
    yield snapshot_document(snapshot)
    yield snapshot_document(snapshot, full=True)
    yield comparison_document(compare(history.snapshot(date(2019, 7, 1)), snapshot))
    for track in history.record.tracks:
        yield track_document(track_page(snapshot, track))
        yield track_document(track_page(snapshot, track), full=True)
    for event in snapshot.events[-20:]:
        yield event_document(EventView(event, snapshot))
    for state in snapshot.meetings.known[-20:]:
        yield meeting_document(MeetingView(state, snapshot))


def body(document: Document) -> str:
    """Return a document in text form. Omit the footer, because the names in the footer are not translated."""
    return text.render(document).partition("\n" + "─" * 80)[0]


@pytest.mark.usefixtures("hangul")
def test_documents_in_korean_contain_no_english(tmp_path: Path) -> None:
    record = record_in_hangul(tmp_path)
    actors = set(record.dataset.actors)
    for document in documents(History(record)):
        words = set(WORD.findall(UNTRANSLATED.sub("", body(document))))
        assert not words - actors, document.title


@pytest.mark.usefixtures("hangul")
def test_lines_in_korean_are_at_most_80_cells_wide(history: History) -> None:
    for document in documents(history):
        widths = [cells(line) for line in body(document).splitlines()]
        assert max(widths) <= 80, document.title


def test_a_snapshot_as_data_is_the_same_in_every_language(
    history: History, request: pytest.FixtureRequest
) -> None:
    document = snapshot_document(history.snapshot(DAY), full=True)
    english = json.loads(document_json.render(document))
    request.getfixturevalue("hangul")
    korean = json.loads(document_json.render(snapshot_document(history.snapshot(DAY), full=True)))
    assert (english["dataset"].pop("language", "en"), korean["dataset"].pop("language", "en")) == ("en", "ko")
    assert korean == english


DATES = {
    "ko": [
        "2020년 3월 10일",
        "2020년 3월 10일(화)",
        "3월 10일",
        "2020년 3월",
        "2019년",
        "2019년 1월~5월",
        "71일",
        "2개월",
    ],
    "ja": [
        "2020年3月10日",
        "2020年3月10日（火）",
        "3月10日",
        "2020年3月",
        "2019年",
        "2019年1月～5月",
        "71日",
        "2カ月",
    ],
}


def test_dates_are_written_as_the_language_orders_them(language: str) -> None:
    assert [
        day_text(DAY),
        day_words.header_day(DAY),
        day_words.day_near(DAY, date(2020, 1, 1)),
        str(PartialDate("2020-03")),
        str(Period("2019")),
        str(Period("2019-01/2019-05")),
        day_words.days(71),
        day_words.age(date(2020, 1, 1), DAY),
    ] == DATES[language]


def test_a_short_day_is_at_most_11_cells_wide(language: str) -> None:
    assert cells(day_words.short_day(date(2020, 12, 10))) <= 11


def test_the_date_of_an_event_in_a_list_is_at_most_11_cells_wide(language: str, history: History) -> None:
    assert max(cells(day_words.short_date(event)) for event in history.record.events) <= 11


STARTS = {"ko": ("2019년 7월 4일", "부터"), "ja": ("2019年7月4日", "から")}


def test_the_column_of_start_days_repeats_no_word_for_since(language: str, history: History) -> None:
    """HTML cells keep the word for “since”, because narrow screens show HTML tables without columns."""
    document = snapshot_document(history.snapshot(DAY), full=True)
    day, word = STARTS[language]
    assert f"| {day} |" in markdown.render(document)
    assert f"{day}{word} |" not in markdown.render(document)
    assert f'<span class="day">{day}<span class="since">{word}</span></span>' in html.render(document)
