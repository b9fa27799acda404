"""The record as an SQLite database."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kjtui.cli.commands import main
from kjtui.formats.tables.all_tables import TABLES
from kjtui.formats.tables.sqlite_database import database
from kjtui.history.snapshot import History
from kjtui.record.store import load
from support.stores import BRIDGE


@pytest.fixture
def connection(any_history: History) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(any_history))
    yield connection
    connection.close()


def test_the_database_has_every_row_of_every_table(
    connection: sqlite3.Connection, any_history: History
) -> None:
    for table in TABLES.values():
        [[count]] = connection.execute(f'SELECT count(*) FROM "{table.name}"')
        assert count == len(list(table.rows(any_history))), table.name
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')]
        assert columns == [column.name for column in table.columns]


def test_keys_and_foreign_keys_hold(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    keys = {row[2] for row in connection.execute("PRAGMA foreign_key_list(effects)")}
    assert keys == {"events", "tracks", "states"}


def test_values_have_the_types_of_their_columns(bridge: History) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(bridge))
    [row] = connection.execute(
        "SELECT date, first_day, disputed, time FROM events WHERE id LIKE '2021-04-h%'"
    )
    assert row == ("2021-04", "2021-04-01", 0, None)
    connection.close()


def test_texts_can_be_searched(bridge: History) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(bridge))
    title = bridge.record.events[0].title
    word = max(title.split(), key=len)
    found = connection.execute(
        "SELECT events.id FROM events_fts JOIN events ON events.rowid = events_fts.rowid "
        "WHERE events_fts MATCH ?",
        (f'"{word}"',),
    )
    assert (bridge.record.events[0].id,) in found.fetchall()
    connection.close()


def test_the_same_record_gives_the_same_bytes(bridge: History) -> None:
    assert database(bridge) == database(History(bridge.record))


@pytest.mark.parametrize("name", ["record.sqlite", "record.sqlite3", "record.db"])
def test_the_extension_selects_the_format(name: str, tmp_path: Path) -> None:
    assert main(["export", "--store", str(BRIDGE), "--output", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes() == database(History(load(BRIDGE)))


def test_a_database_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "sqlite"]) == 2
    assert "--output" in capsys.readouterr().err
