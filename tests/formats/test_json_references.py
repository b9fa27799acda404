"""A JSON document contains every event and source that it refers to."""

import json
from datetime import date
from typing import Any

import pytest

from kjtui.documents.document import Subject
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from support.articles import ARTICLES
from support.exports import as_json


def events_of(document: dict[str, Any]) -> set[str]:
    known = document["events"] + document.get("other_events", [])
    return {event["id"] for event in known}


@pytest.mark.parametrize("day", ARTICLES, ids=str)
def test_json_names_every_event_meeting_and_source_it_refers_to(history: History, day: date) -> None:
    snapshot = history.snapshot(day)
    subjects: list[Subject] = [snapshot, compare(history.snapshot(date(2019, 9, 1)), snapshot)]
    subjects += [track_page(snapshot, track) for track in history.record.tracks]
    for subject in subjects:
        document = json.loads(as_json(subject))
        events, sources = events_of(document), {source["id"] for source in document["sources"]}
        referred, cited = references(document)
        assert referred <= events
        assert cited <= sources


def references(value: Any, field: str = "") -> tuple[set[str], set[str]]:
    """Return the ids of all events and of all sources that a document refers to."""
    events: set[str] = set()
    sources: set[str] = set()
    if isinstance(value, dict):
        for key, item in value.items():
            more = references(item, key)
            events |= more[0]
            sources |= more[1]
    elif isinstance(value, list):
        for item in value:
            more = references(item, field)
            events |= more[0]
            sources |= more[1]
    elif isinstance(value, str):
        if field in ("because", "event", "events", "licences", "statements"):
            events.add(value)
        if field == "sources":
            sources.add(value)
    return events, sources
