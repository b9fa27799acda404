"""The JSON export, and the published schemas."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kjtui.formats.json.comparison_json import ComparisonJson
from kjtui.formats.json.encoding import schema
from kjtui.formats.json.snapshot_json import SnapshotJson
from kjtui.formats.json.track_page_json import TrackPageJson
from kjtui.history.compare import compare
from kjtui.history.snapshot import History
from kjtui.history.track_page import track_page
from kjtui.record.model import Effect
from kjtui.record.store import default_store
from regenerate import schemas, store_schema
from support.exports import as_json
from support.fee_record import fee_event, fee_history

DAYS = (date(2018, 1, 1), date(2019, 7, 4), date(2020, 3, 10), date(2023, 4, 14), date(2025, 12, 31))


def exported(history: History, day: date) -> Any:
    return json.loads(as_json(history.snapshot(day)))


@pytest.mark.parametrize("path", schemas(), ids=lambda path: path.name)
def test_the_published_schemas_are_those_of_the_code(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == schemas()[path], "python tests/regenerate.py"


def test_the_record_keeps_the_schema_of_a_store() -> None:
    Draft202012Validator(store_schema()).validate(json.loads(default_store().read_text(encoding="utf-8")))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_exports_keep_the_schema_of_a_snapshot(history: History, day: date) -> None:
    Draft202012Validator(schema(SnapshotJson)).validate(exported(history, day))


def test_comparisons_and_reasons_keep_their_schemas(history: History) -> None:
    snapshots = [history.snapshot(day) for day in DAYS]
    for one, other in pairwise(snapshots):
        document = json.loads(as_json(compare(one, other)))
        Draft202012Validator(schema(ComparisonJson)).validate(document)
    for track in history.record.tracks:
        document = json.loads(as_json(track_page(snapshots[-1], track)))
        Draft202012Validator(schema(TrackPageJson)).validate(document)


def test_the_json_export_has_exactly_the_documented_names(history: History) -> None:
    snapshot = exported(history, date(2020, 3, 10))
    assert list(snapshot) == [
        "schema", "as_of", "covered", "dataset", "tracks", "meetings", "events", "series", "sources"
    ]  # fmt: skip
    assert set(snapshot["dataset"]) == {"title", "version", "digest"}
    assert set(snapshot["tracks"][0]) == {
        "id", "group", "name", "state", "label", "since", "because", "until", "until_by", "pending",
        "facts",
        "requirements",
    }  # fmt: skip
    assert set(snapshot["meetings"][0]) == {
        "id", "series", "name", "round", "part_of", "status", "starts", "ends", "form",
        "place", "level", "heads", "agenda", "outcome", "events",
    }  # fmt: skip


def test_references_resolve_within_the_export(history: History) -> None:
    for day in DAYS:
        snapshot = exported(history, day)
        events = {event["id"] for event in snapshot["events"]}
        sources = {source["id"] for source in snapshot["sources"]}
        for event in snapshot["events"]:
            assert set(event["sources"]) <= sources
        for track in snapshot["tracks"]:
            assert track["because"] is None or track["because"] in events
            assert all(entry["event"] in events for entry in track["pending"])
        for meeting in snapshot["meetings"]:
            assert set(meeting["events"]) <= events


def test_the_day_of_the_first_article(history: History) -> None:
    snapshot = exported(history, date(2020, 3, 10))
    assert snapshot["as_of"] == "2020-03-10"
    assert snapshot["covered"] is True
    tracks = {track["id"]: track for track in snapshot["tracks"]}
    assert (tracks["photoresist"]["state"], tracks["photoresist"]["since"]) == ("specific-bulk", "2019-12-20")
    assert (tracks["japan-list"]["label"], tracks["japan-list"]["since"]) == (
        "delisted, Group B",
        "2019-08-28",
    )
    assert tracks["japan-entry"]["pending"] == [
        {
            "state": "visa-free",
            "stage": "adopted",
            "in_force": "2020-04-01",
            "meant_for": None,
            "until": None,
            "event": "2020-03-09-japan-entry-in-force",
        }
    ]
    meetings = {meeting["id"]: meeting for meeting in snapshot["meetings"]}
    assert meetings["dialogue-08"]["status"] == "under-way"
    assert meetings["dialogue-08"]["starts"] == "2020-03-10T10:00"
    assert meetings["dialogue-08"]["ends"] is None
    assert meetings["dialogue-06"]["starts"] == "2016-06"
    assert "dialogue-09" not in meetings


def test_a_run_published_late_has_its_days_in_force_and_the_days_on_which_it_is_shown() -> None:
    """A decree published on 10 March applies from 1 March. The snapshots of 1 to 9 March do not show it."""
    late = Effect("fee", "due", "in-force", date(2022, 3, 1), note="published late")
    history = fee_history(fee_event("2022-03-10", late))
    page = json.loads(as_json(track_page(history.snapshot(date(2022, 3, 31)), "fee")))
    free, due = page["runs"]
    assert (free["first"], free["last"], free["days"]) == (None, "2022-02-28", None)
    assert (free["shown_from"], free["shown_to"]) == (None, "2022-03-09")
    assert (due["first"], due["last"], due["days"], due["total_days"]) == ("2022-03-01", None, 31, 31)
    assert (due["shown_from"], due["shown_to"]) == ("2022-03-10", None)


def test_a_comparison_has_the_changes_of_a_track_in_the_same_state_again(history: History) -> None:
    """Japan took Korea off its list on 28 August 2019 and put it back on 21 July 2023."""
    comparison = compare(history.snapshot(date(2019, 7, 4)), history.snapshot(date(2023, 7, 21)))
    [track] = [one for one in json.loads(as_json(comparison))["tracks"] if one["track"] == "japan-list"]
    assert (track["changed"], track["changes"]) == (False, ["2019-08-28", "2023-07-21"])
