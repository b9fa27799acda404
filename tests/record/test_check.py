"""`validate` reports every fault of a store."""

from pathlib import Path

import pytest

from kjtui.record.check import validate
from kjtui.record.store import load
from support.broken_stores import FAULTS, VALID, event
from support.stores import BRIDGE, MakeStore, Tables


def test_a_valid_store_has_no_fault() -> None:
    assert validate(BRIDGE) == []


@pytest.mark.parametrize("name", FAULTS)
def test_faults_that_do_not_prevent_loading_are_reported(
    tables: Tables, make_store: MakeStore, name: str
) -> None:
    edit, message = FAULTS[name]
    edit(tables)
    path = make_store(tables)
    load(path)
    assert any(message in str(fault) for fault in validate(path)), validate(path)


@pytest.mark.parametrize("name", VALID)
def test_values_at_the_limits_of_the_rules_have_no_fault(
    tables: Tables, make_store: MakeStore, name: str
) -> None:
    VALID[name](tables)
    assert validate(make_store(tables)) == []


def test_all_faults_are_reported_at_once(tables: Tables, make_store: MakeStore) -> None:
    event(tables).pop("title")
    event(tables, "2").update(sources=[])
    event(tables, "4")["effects"][0].update(track="road")
    faults = "\n".join(map(str, validate(make_store(tables))))
    for message in ("'title' is missing", "sources: none", "unknown id 'road'"):
        assert message in faults


def test_a_wrong_stage_does_not_hide_a_wrong_state(tables: Tables, make_store: MakeStore) -> None:
    event(tables, "4")["effects"][0].update(stage="propsed", state="flooded")
    stage, state = map(str, validate(make_store(tables)))
    assert "effects[0].stage: unknown value 'propsed'; allowed: proposed" in stage
    assert "effects[0].state: unknown state 'flooded' of bridge; allowed: closed" in state


@pytest.mark.parametrize(
    ("written", "twice", "fault"),
    [
        ('"5": {', '"4": {', "events: 4: written twice"),
        ('"title": "Notice 1"', '"title": "x", "title": "Notice 1"', "sources: 2: title: written twice"),
        (
            '"says": "one million"',
            '"says": "", "says": "one"',
            "events: 4: disputed: readings: says: written",
        ),
        ('"terms": {}', '"terms": {}, "terms": {}', "terms: written twice"),
    ],
)
def test_duplicate_keys_are_reported(tmp_path: Path, written: str, twice: str, fault: str) -> None:
    path = tmp_path / "store.json"
    text = BRIDGE.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, twice), encoding="utf-8")
    [found] = [str(found) for found in validate(path) if "written twice" in found.message]
    assert found.startswith(fault)
