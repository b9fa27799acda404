"""The user's notes in the snapshots of days."""

import json
from datetime import date
from typing import Any

import pytest

from kjtui.documents.document import Document
from kjtui.documents.snapshot_document import snapshot_document
from kjtui.formats.format_table import DOCUMENT_FORMATS, render
from kjtui.history.snapshot import History
from kjtui.notes import Note
from support.articles import ARTICLES
from support.exports import document_of


def notes() -> list[Note]:
    record = "Japan–Korea export controls"
    return [
        Note(record=record, day=date(2020, 3, 9), event="2020-03-09-japan-entry-in-force", text="ask\nxyzzy"),
        Note(record=record, day=date(2020, 3, 10), text="<b>call</b> *back*"),
        Note(record=record, day=date(2020, 4, 1), text="plugh"),
    ]


@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
def test_notes_have_their_own_heading_and_appear_only_on_request(history: History, form: str) -> None:
    snapshot = history.snapshot(ARTICLES[0])
    with_notes = render(snapshot_document(snapshot, notes=notes()), form)
    assert "xyzzy" in with_notes
    assert "plugh" not in with_notes
    without = render(snapshot_document(snapshot), form)
    assert "xyzzy" not in without
    assert without == render(document_of(snapshot), form)


def test_notes_in_json(history: History) -> None:
    snapshot = history.snapshot(ARTICLES[0])

    def noted(document: Document) -> Any:
        return json.loads(render(document, "json")).get("notes")

    assert noted(snapshot_document(snapshot)) is None
    assert noted(snapshot_document(snapshot, notes=[])) == []
    assert noted(snapshot_document(snapshot, notes=notes())) == [
        {"day": "2020-03-09", "event": "2020-03-09-japan-entry-in-force", "text": "ask\nxyzzy"},
        {"day": "2020-03-10", "event": "", "text": "<b>call</b> *back*"},
    ]
