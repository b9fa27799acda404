"""Write the tables of a record as CSV files, with a description of the files.

The files follow RFC 4180. They are in UTF-8 with a byte-order mark. ``datapackage.json`` describes each table
and column, and the joins between tables (https://datapackage.org). ``README.md`` contains the same
description for people.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec

from kjtui.formats.citation import record_citation
from kjtui.formats.csv_cells import BYTE_ORDER_MARK, csv_cell
from kjtui.formats.markdown import escape
from kjtui.formats.tables.all_tables import TABLES
from kjtui.formats.tables.table_model import ForeignKey, Table
from kjtui.history.snapshot import History
from kjtui.languages import labelled, tr, tr_context
from kjtui.record.folder.identifiers import slug
from kjtui.record.model import Record
from kjtui.words import record_words

DESCRIPTOR = "datapackage.json"
README = "README.md"


def csv_files(history: History) -> dict[str, str]:
    """Return a dictionary from the name of each file to its text."""
    files = {f"{name}.csv": _table(table, history) for name, table in TABLES.items()}
    return {README: _readme(history.record), DESCRIPTOR: _descriptor(history), **files}


def _table(table: Table, history: History) -> str:
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows(history):
        writer.writerow([csv_cell(value) for value in row])
    return file.getvalue()


def _descriptor(history: History) -> str:
    """Return the description of the files as a Data Package."""
    record = history.record
    dataset = record.dataset
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug(dataset.title) or "record",
        "title": dataset.title,
        "version": dataset.version,
        "created": f"{dataset.reviewed}T00:00:00Z",
        "description": "\n".join(_description(record)),
    }
    if dataset.url:
        package["homepage"] = dataset.url
    if dataset.license:
        package["licenses"] = [{"name": dataset.license}]
    if dataset.authors:
        package["contributors"] = [{"title": author, "roles": ["author"]} for author in dataset.authors]
    package["resources"] = [_resource(table) for table in TABLES.values()]
    return msgspec.json.format(msgspec.json.encode(package), indent=2).decode() + "\n"


def _description(record: Record) -> Iterator[str]:
    """Yield sentences about the files as a whole."""
    dataset = record.dataset
    if dataset.notice:
        yield dataset.notice
    yield record_words.reviewed(dataset)
    yield tr(
        "Data: {title}, version {version}, sha256 {digest}.",
        title=dataset.title,
        version=dataset.version,
        digest=record.digest,
    )
    command = record_words.command(record, "export", "--format", "csv", "--output", "FOLDER")
    yield tr("Again: {command}.", command=command)
    yield tr("A text that a spreadsheet would run as a formula has an apostrophe before it.")


def _readme(record: Record) -> str:
    """Return the readme file: a description of all files in Markdown, for people."""
    dataset = record.dataset
    licence = dataset.license or tr("The record names no licence.")
    paragraphs = [f"# {escape(dataset.title)}"]
    if dataset.about:
        paragraphs.append(escape(dataset.about))
    paragraphs += [escape(sentence) for sentence in _description(record)]
    paragraphs += [
        f"## {tr_context('record', 'Licence')}",
        escape(licence),
        f"## {tr('How to cite')}",
        escape(record_citation(record)),
        f"## {tr('Tables')}",
        tr("`{file}` describes the same for programs.", file=DESCRIPTOR),
    ]
    for table in TABLES.values():
        columns = [
            labelled(f"- `{column.name}`", escape(tr_context("table", column.meaning)))
            for column in table.columns
        ]
        meaning = escape(tr_context("table", table.meaning))
        paragraphs += [f"### {table.name}.csv", meaning, "\n".join(columns)]
    return "\n\n".join(paragraphs) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": column.name, "type": column.type, "description": tr_context("table", column.meaning)}
            for column in table.columns
        ]
    }
    if table.key:
        schema["primaryKey"] = table.key
    schema["foreignKeys"] = [
        {"fields": key.columns, "reference": _reference(key, table)} for key in table.foreign_keys
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "type": "table",
        "description": tr_context("table", table.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _reference(key: ForeignKey, table: Table) -> dict[str, Any]:
    """Return the target of a foreign key. An empty name means that a table refers to itself."""
    return {"resource": "" if key.table == table.name else key.table, "fields": key.referred}
