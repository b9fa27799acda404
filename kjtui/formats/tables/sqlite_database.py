"""Write the tables of a record as an SQLite database.

The database has types, keys, foreign keys and a full-text index. With the same version of SQLite, the same
record always gives the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

from kjtui.files.atomic_write import ExportError
from kjtui.formats.tables.all_tables import TABLES
from kjtui.formats.tables.table_model import Column, Table, Type, Value
from kjtui.history.snapshot import History
from kjtui.languages import tr_context
from kjtui.record.partial_date import PartialDate, Period

_TYPES: dict[Type, str] = {
    "string": "TEXT",
    "date": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
}
_SEARCHED = {
    "events": ("title", "summary"),
    "sources": ("title", "publisher"),
    "terms": ("name", "meaning"),
}
"""The columns in the full-text index of each table."""

_WRITER_VERSION = slice(96, 100)
"""The position of the SQLite library's version number in a database file."""


def database(history: History) -> bytes:
    """Return a record as the bytes of a database.

    Raises:
        ExportError: The SQLite library of Python has no full-text index.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("BEGIN")
        for table in TABLES.values():
            connection.execute(_create_table(table))
            for statement in _create_indexes(table):
                connection.execute(statement)
        for table in TABLES.values():
            connection.executemany(_insert(table), _rows(table, history))
        for name, columns in _SEARCHED.items():
            _index_text(connection, name, columns)
        connection.execute("COMMIT")
        content = bytearray(connection.serialize())
    except sqlite3.OperationalError as error:
        raise ExportError(f"SQLite: {error}") from None
    finally:
        connection.close()
    content[_WRITER_VERSION] = bytes(4)
    return bytes(content)


def _create_table(table: Table) -> str:
    """Return the statement that creates a table, with comments that explain the columns."""
    lines = [f"{_quote(column.name)} {_TYPES[column.type]}" for column in table.columns]
    constraints = []
    if table.key:
        constraints.append(f"PRIMARY KEY ({_names(table.key)})")
    for key in table.foreign_keys:
        referred = f"{_quote(key.table)} ({_names(key.referred)})"
        constraints.append(f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {referred}")
    body = _with_comments(lines, table.columns, bool(constraints)) + [f"  {text}" for text in constraints[:1]]
    body += [f"  , {text}" for text in constraints[1:]]
    text = "\n".join(body)
    return f"CREATE TABLE {_quote(table.name)} ( -- {tr_context('table', table.meaning)}\n{text}\n)"


def _with_comments(lines: list[str], columns: tuple[Column, ...], more: bool) -> list[str]:
    """Return the definitions of columns. Add a comma and a comment to each definition."""
    commented = []
    for line_number, (line, column) in enumerate(zip(lines, columns, strict=True), 1):
        comma = "," if more or line_number < len(lines) else ""
        commented.append(f"  {line}{comma} -- {tr_context('table', column.meaning)}")
    return commented


def _create_indexes(table: Table) -> Iterator[str]:
    """Yield an index statement for each foreign key that is not a prefix of the primary key."""
    for key in table.foreign_keys:
        if table.key[: len(key.columns)] != key.columns:
            name = _quote("_".join(["index", table.name, *key.columns]))
            yield f"CREATE INDEX {name} ON {_quote(table.name)} ({_names(key.columns)})"


def _insert(table: Table) -> str:
    marks = ", ".join("?" for _ in table.columns)
    return f"INSERT INTO {_quote(table.name)} VALUES ({marks})"


def _rows(table: Table, history: History) -> Iterator[list[str | int | float | None]]:
    for row in table.rows(history):
        yield [_cell(value) for value in row]


def _cell(value: Value) -> str | int | float | None:
    """Convert a value to a SQLite value. An empty text becomes NULL."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, PartialDate | Period):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    return value


def _index_text(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    """Create a full-text index. Datasette and sqlite-utils find it by its name."""
    index = _quote(f"{table}_fts")
    options = f"content={_quote(table)}, tokenize=unicode61"
    connection.execute(f"CREATE VIRTUAL TABLE {index} USING fts5({_names(columns)}, {options})")
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(map(_quote, names))


def _quote(name: str) -> str:
    """Quote a name, because some names are SQL keywords.

    Nothing is escaped, because this package defines all names.
    """
    return f'"{name}"'
