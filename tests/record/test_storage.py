"""The read-only storage, compared with TinyDB's own storage."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where

from kjtui.record.storage import ReadOnlyStorage, StoreError
from kjtui.record.store import load
from support.stores import BRIDGE, ROOT, SAMPLE, MakeStore, Tables, file_state


@pytest.mark.parametrize(
    "store", [SAMPLE, BRIDGE, ROOT / "docs" / "example.json"], ids=lambda path: path.name
)
def test_the_storage_reads_the_same_tables_as_that_of_tinydb(store: Path) -> None:
    storage = ReadOnlyStorage(store, sanitized=False)
    ours = TinyDB(storage=lambda: storage)
    with TinyDB(store, access_mode="r", encoding="utf-8") as theirs:
        assert ours.tables() == theirs.tables()
        for name in theirs.tables():
            assert ours.table(name).all() == theirs.table(name).all()
            assert len(ours.table(name)) == len(theirs.table(name))
            for document in theirs.table(name):
                assert ours.table(name).get(doc_id=document.doc_id) == document
            assert ours.table(name).get(doc_id=999_999_999) is None


def test_tinydb_queries_it(tables: Tables, make_store: MakeStore) -> None:
    storage = ReadOnlyStorage(make_store(tables))
    events = TinyDB(storage=lambda: storage).table("events")
    identities = {document["id"] for document in tables["events"].values()}
    one = sorted(identities)[0]
    assert {document["id"] for document in events.search(where("id") != one)} == identities - {one}


def test_a_file_written_by_tinydb_opens(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "written.json"
    with TinyDB(path) as database:
        for name, documents in tables.items():
            database.table(name).insert_multiple(documents.values())
    assert load(path).events == load(BRIDGE).events


def test_escaped_text_gives_the_same_record(tmp_path: Path) -> None:
    """Documents with JSON escapes are processed differently: they are sanitized before their conversion."""
    path = tmp_path / "escaped.json"
    path.write_text(json.dumps(json.loads(SAMPLE.read_bytes())), encoding="ascii")
    assert b"\\u" in path.read_bytes()
    escaped, plain = load(path), load(SAMPLE)
    for field in ("dataset", "tracks", "meetings", "events", "sources", "terms", "series"):
        assert getattr(escaped, field) == getattr(plain, field)


def test_a_schema_beside_the_tables_is_no_table(tables: Tables, make_store: MakeStore) -> None:
    path = make_store(tables)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{", '{"$schema": "store.schema.json", ', 1), encoding="utf-8")
    storage = ReadOnlyStorage(path)
    assert TinyDB(storage=lambda: storage).tables() == {*tables}
    assert load(path).events == load(BRIDGE).events


@pytest.mark.parametrize(
    "write",
    [
        lambda database: database.table("events").insert({"id": "x"}),
        lambda database: database.table("events").truncate(),
        lambda database: database.drop_tables(),
    ],
    ids=["insert", "truncate", "drop tables"],
)
def test_writing_is_refused(write: Callable[[TinyDB], Any], tables: Tables, make_store: MakeStore) -> None:
    path = make_store(tables)
    before = file_state(path)
    storage = ReadOnlyStorage(path)
    with pytest.raises(StoreError, match="opened read-only"):
        write(TinyDB(storage=lambda: storage))
    assert file_state(path) == before
    assert TinyDB(storage=lambda: storage).table("events").all() == [*tables["events"].values()]
