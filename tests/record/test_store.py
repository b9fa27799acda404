"""Loading a record. A broken store is rejected with an error of one line, and the file stays unchanged."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kjtui.history.snapshot import History
from kjtui.languages import speaking
from kjtui.record.check import validate
from kjtui.record.model import Record, StoreFile
from kjtui.record.sanitize import sanitize
from kjtui.record.storage import StoreError
from kjtui.record.store import load
from support.broken_stores import BROKEN, BROKEN_NAMES, FAULTS, event
from support.stores import BRIDGE, MakeStore, Tables, file_state

ENGLISH = re.compile(r"\b(?!kjtui )[a-z]{3,} [a-z]{2,}")
"""Two English words. Commands and lists of values stay English."""


def test_the_sample_record_loads_in_order_of_days(record: Record) -> None:
    assert len(record.events) > 100
    assert [event.day for event in record.events] == sorted(event.day for event in record.events)


def test_events_of_one_day_keep_the_order_of_the_store(tables: Tables, make_store: MakeStore) -> None:
    for number in tables["events"]:
        event(tables, number)["date"] = "2021-07-01"
    in_store = [document["id"] for document in tables["events"].values()]
    assert [loaded.id for loaded in load(make_store(tables)).events] == in_store
    tables["events"] = dict(zip(tables["events"], reversed(tables["events"].values()), strict=True))
    assert [loaded.id for loaded in load(make_store(tables)).events] == in_store[::-1]


@pytest.mark.parametrize("name", BROKEN_NAMES)
def test_a_broken_store_is_refused_in_one_line(name: str, tmp_path: Path, tables: Tables) -> None:
    make, message = BROKEN[name]
    path = make(tmp_path, tables)
    before = file_state(path)
    with pytest.raises(StoreError) as refusal:
        load(path)
    line = rf"{re.escape(sanitize(str(path)))}: ({message})( \(and [1-9]\d* more: kjtui check\))?"
    assert re.fullmatch(line, str(refusal.value))
    assert has_faults(path)
    assert file_state(path) == before


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize("name", BROKEN_NAMES)
def test_every_error_is_translated(name: str, tmp_path: Path, tables: Tables) -> None:
    path = BROKEN[name][0](tmp_path, tables)
    with speaking("ko"), pytest.raises(StoreError) as refusal:
        load(path)
    message = str(refusal.value).removeprefix(sanitize(str(path))).replace("The bridge", "")
    assert re.search("[가-힣]", message)
    assert not ENGLISH.search(re.sub("“[^”]*(”|…)", "", message))  # values in the file are quoted


@pytest.mark.usefixtures("all_languages")
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_translated(name: str, tables: Tables, make_store: MakeStore) -> None:
    FAULTS[name][0](tables)
    with speaking("ko"):
        faults = validate(make_store(tables))
    assert not any(ENGLISH.search(re.sub("“[^”]*”", "", str(fault))) for fault in faults), faults


def test_the_message_counts_the_other_faults(tables: Tables, make_store: MakeStore) -> None:
    for number in ("1", "2", "4"):
        event(tables, number)["sources"].append("hearsay")
    with pytest.raises(StoreError, match=r"unknown id 'hearsay' \(and 2 more: kjtui check\)$"):
        load(make_store(tables))


def test_a_store_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    whole = BRIDGE.read_bytes().rstrip()
    for size in range(0, len(whole), 7):
        path.write_bytes(whole[:size])
        with pytest.raises(StoreError, match="not JSON"):
            load(path)


def test_ids_that_differ_in_invisible_characters_only_are_duplicates(
    tables: Tables, make_store: MakeStore
) -> None:
    tables["sources"]["9"] = deepcopy(tables["sources"]["2"]) | {"id": "notice-1\u200b"}
    with pytest.raises(StoreError, match="sources: notice-1: id: used 2 times"):
        load(make_store(tables))


WRONG_VALUES: tuple[Any, ...] = (None, 10**30, "", "0000-00-00", [None], {"x": 1})


def test_any_wrong_value_is_tolerated_or_refused_by_file_and_table(
    tables: Tables, make_store: MakeStore
) -> None:
    """Replace the values of a store by wrong values, one value at a time."""
    for *way, last in list(paths(tables)):
        parent: Any = tables
        for key in way:
            parent = parent[key]
        right = parent[last]
        for wrong in WRONG_VALUES:
            parent[last] = wrong
            path = make_store(tables)
            if refusal := refusal_of(path):
                name, table, _ = refusal.split(": ", 2)
                assert (name, table in StoreFile.__struct_fields__) == (str(path), True)
                assert refusal.isprintable()
                assert has_faults(path)
            else:
                history = History(load(path))
                assert history.snapshot(history.latest_change).standings
        parent[last] = right


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each nested value in a JSON value: a tuple of keys and indices."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from paths(inner, (*path, key))


def refusal_of(path: Path) -> str:
    try:
        load(path)
    except StoreError as error:
        return str(error)
    return ""


def has_faults(path: Path) -> bool:
    try:
        return bool(validate(path))
    except StoreError:
        return True
