"""The tables of a record as files of comma-separated values, and what describes them.

The files are RFC 4180 in UTF-8. They begin with a byte-order mark, without which Excel takes them for
another encoding; pandas, R and LibreOffice pass over it. ``datapackage.json`` tells programs and people what
each table and column means and how the tables join (https://datapackage.org).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from kjtui.exports import labels
from kjtui.exports.rows import Row, Value, rows
from kjtui.exports.tables import TABLES, Table
from kjtui.history.snapshot import History
from kjtui.record.partial_date import PartialDate

DESCRIPTOR = "datapackage.json"
BYTE_ORDER_MARK = "\ufeff"

_FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]")
"""A cell that begins so can be run as a formula: also after white space, which some programs drop, and in
full width, which some take for the narrow sign."""


def csv_files(history: History) -> dict[str, str]:
    """The files of a record by name."""
    found = rows(history)
    files = {f"{name}.csv": _table(table, found[name]) for name, table in TABLES.items()}
    return {DESCRIPTOR: _descriptor(history), **files}


def _table(table: Table, found: Iterable[Row]) -> str:
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(map(_cell, row) for row in found)
    return file.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, str):
        return shield(value)
    return "" if value is None else str(value)


def shield(text: str) -> str:
    """Text that a spreadsheet shows and never runs: what would be a formula has an apostrophe before it.

    A text that begins with apostrophes and then a formula gets one more, so nothing is lost: one less
    gives the text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _descriptor(history: History) -> str:
    """What the files are, for programs: a Data Package."""
    record = history.record
    dataset = record.dataset
    again = labels.command(record, "export", "--format", "csv", "--output", "FOLDER")
    description = [
        dataset.notice,
        labels.reviewed(dataset),
        f"Data: {labels.data(record)}.",
        f"Again: {again}.",
        "A text that a spreadsheet would run as a formula has an apostrophe before it.",
    ]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "title": dataset.title,
        "version": dataset.version,
        "description": "\n".join(filter(None, description)),
        "resources": [_resource(table) for table in TABLES.values()],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2).decode() + "\n"


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [{"name": c.name, "type": c.type, "description": c.meaning} for c in table.columns]
    }
    if table.key:
        schema["primaryKey"] = table.key
    schema["foreignKeys"] = [
        {"fields": here, "reference": {"resource": other, "fields": there}}
        for here, other, there in table.joins
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "type": "table",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
