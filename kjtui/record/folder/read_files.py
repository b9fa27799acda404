"""Read the text files of a folder as documents.

The files are ``dataset.toml``, ``tracks.toml``, ``meetings.toml``, ``terms.toml``, ``events/*.toml``,
``series.toml`` with the points of each series in ``series/ID.csv``, and sources in ``sources.toml`` and
``sources.json`` (CSL-JSON).
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from kjtui.record.folder.csl_sources import source_of_csl
from kjtui.record.folder.documents import TABLES, Document, Documents
from kjtui.record.folder.places import JsonOrigin, Place, RowsOrigin, TomlOrigin, end_of_text

MAX_BYTES = 100_000_000
"""Maximum size of all text files together."""

POINT_COLUMNS = ("period", "value", "published", "sources", "derived")
"""The columns of ``series/ID.csv``; several sources are separated by spaces."""

_SYNTAX_ERROR = re.compile(r"(.+) \(at line (\d+), column (\d+)\)")
_AT_END = " (at end of document)"
_INTEGER = re.compile(r"-?\d+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_YES = ("true", "yes", "1")


def paths_of(folder: Path) -> Iterator[Path]:
    """Yield the files of a record, descriptions of series before their points."""
    yield from sorted(folder.glob("*.toml"))
    sources = folder / "sources.json"
    if sources.exists():
        yield sources
    yield from sorted((folder / "series").glob("*.csv"))
    yield from sorted((folder / "events").glob("*.toml"))


def read_files(folder: Path, documents: Documents) -> None:
    """Add the documents in the files of a folder. Raises ``OSError`` if a file cannot be read."""
    total = 0
    for path in paths_of(folder):
        name = path.relative_to(folder).as_posix()
        total += path.stat().st_size
        if total > MAX_BYTES:
            documents.report(Place(name), f"the files are larger than {MAX_BYTES // 1_000_000} MB together")
            return
        try:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            documents.report(Place(name), f"not UTF-8 at byte {error.start}")
            continue
        _FileReader(name, text, documents).read()


class _FileReader:
    """Read one file."""

    def __init__(self, name: str, text: str, documents: Documents) -> None:
        self._name = name
        self._text = text
        self._documents = documents

    def read(self) -> None:
        """Add the documents of the file; report read errors."""
        folder, _, file = self._name.rpartition("/")
        table = folder or file.removesuffix(".toml")
        try:
            if file == "sources.json":
                self._read_csl()
            elif folder == "series":
                self._read_points(file.removesuffix(".csv"))
            elif table == "dataset":
                self._read_dataset()
            elif table in TABLES:
                self._read_array(table)
            else:
                self._report("no table has this name")
        except RecursionError:
            self._report("nested too deeply")

    def _read_dataset(self) -> None:
        values = self._parse_toml()
        if values is not None:
            self._documents.add("dataset", values, TomlOrigin(self._name, self._text))

    def _read_array(self, table: str) -> None:
        """Read a file that consists only of ``[[table]]`` entries."""
        values = self._parse_toml()
        if values is None:
            return
        origin = TomlOrigin(self._name, self._text)
        for key, value in values.items():
            is_array = isinstance(value, list) and all(isinstance(one, dict) for one in value)
            if key != table or not is_array:
                self._documents.report(origin.place((key,)), f"expected [[{table}]]")
                continue
            for index, document in enumerate(value):
                self._documents.add(table, document, origin.below((table, index)))

    def _parse_toml(self) -> Document | None:
        """Return the values of a TOML file as JSON values; report a syntax error."""
        try:
            values = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            place, message = end_of_text(self._name, self._text), str(error).removesuffix(_AT_END)
            if found := _SYNTAX_ERROR.fullmatch(message):
                place, message = Place(self._name, int(found[2]), int(found[3])), found[1]
            self._documents.report(place, message)
            return None
        plain: Document = _plain(values)
        return plain

    def _read_csl(self) -> None:
        try:
            items = json.loads(self._text)
        except json.JSONDecodeError as error:
            place = Place(self._name, error.lineno, error.colno)
            self._documents.report(place, f"not JSON: {error.msg}")
            return
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self._report("not CSL-JSON: expected a list of items")
            return
        for index, item in enumerate(items):
            origin = JsonOrigin(self._name, self._text, index)
            self._documents.add("sources", source_of_csl(item), origin)

    def _read_points(self, series_id: str) -> None:
        rows = csv.reader(io.StringIO(self._text, newline=""))
        header = next(rows, [])
        for column in header:
            if column not in POINT_COLUMNS:
                self._documents.report(Place(self._name, 1, 1), f"unknown column {column!r}")
                return
        points, lines = [], []
        for row in rows:
            if any(row):
                points.append(_point(dict(zip(header, row, strict=False))))
                lines.append(rows.line_num)
        for series in self._documents["series"]:
            if series.get("id") == series_id:
                self._documents.add_points(series, points, RowsOrigin(self._name, lines))
                return
        self._report(f"series.toml has no series with the id {series_id}")

    def _report(self, message: str) -> None:
        self._documents.report(Place(self._name), message)


def _plain(value: Any) -> Any:
    """Convert a TOML value to a JSON value; line breaks in texts become spaces."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, str) and "\n" in value:
        return " ".join(value.split())
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not -1e308 <= value <= 1e308:  # inf and nan, which JSON lacks
        return str(value)
    return value


def _point(cells: Mapping[str, str]) -> Document:
    value: str | int | float = cells.get("value", "").strip()
    if _INTEGER.fullmatch(str(value)):
        value = int(value)
    elif _NUMBER.fullmatch(str(value)):
        value = float(value)
    point: Document = {
        "period": cells.get("period", "").strip(),
        "value": value,
        "published": cells.get("published", "").strip(),
        "sources": cells.get("sources", "").split(),
    }
    if cells.get("derived", "").strip().lower() in _YES:
        point["derived"] = True
    return point
