"""Convert the text files of a folder to documents.

The files are ``dataset.toml``, ``tracks.toml``, ``meetings.toml``, ``terms.toml``, ``events/*.toml`` and
``series.toml``. The points of each series are in ``series/ID.csv``. Sources are in ``sources.toml`` and
``sources.json`` (CSL-JSON).
"""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from kjtui.languages import tr
from kjtui.record.folder.csl_sources import source_of_csl
from kjtui.record.folder.documents import TABLES, Document, Documents
from kjtui.record.folder.places import JsonOrigin, Place, RowsOrigin, TomlOrigin
from kjtui.record.folder.syntax_errors import explain_syntax, wrong_header

MAX_BYTES = 100_000_000
"""Maximum size of all text files together, in bytes."""

POINT_COLUMNS = ("period", "value", "published", "sources", "derived")
"""The columns of ``series/ID.csv``. Several sources are separated by spaces."""

_INTEGER = re.compile(r"-?\d+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_DERIVED = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
"""The allowed values in the column ``derived``."""


def paths_of(folder: Path) -> Iterator[Path]:
    """Yield the files of a record. The file ``series.toml`` comes before the files in ``series/``."""
    yield from sorted(folder.glob("*.toml"))
    sources = folder / "sources.json"
    if sources.exists():
        yield sources
    yield from sorted((folder / "series").glob("*.csv"))
    yield from sorted((folder / "events").glob("*.toml"))


def read_files(folder: Path, documents: Documents) -> None:
    """Read the files of a folder, and add their documents. Raises ``OSError`` if a file cannot be read."""
    total = 0
    for path in paths_of(folder):
        name = path.relative_to(folder).as_posix()
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would block; a device may never end
            documents.report_unreadable(Place(name), tr("not a file"))
            continue
        total += status.st_size
        if total > MAX_BYTES:
            size = MAX_BYTES // 1_000_000
            documents.report_unreadable(
                Place(name), tr("the files are larger than {size} MB together", size=size)
            )
            return
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            documents.report_unreadable(Place(name, line, 1), tr("not UTF-8; save the file as UTF-8"))
            continue
        _FileReader(name, text, documents).read()
    for series in documents["series"]:
        if "points" not in series:
            file = f"series/{series.get('id', 'ID')}.csv"
            message = tr("the file with the figures of this series is missing: {file}", file=file)
            documents.report_missing(documents.place(series), message)


class _FileReader:
    """A reader of one file."""

    def __init__(self, name: str, text: str, documents: Documents) -> None:
        self._name = name
        self._text = text
        self._documents = documents
        folder, _, file = name.rpartition("/")
        self._table = folder or file.removesuffix(".toml")

    def read(self) -> None:
        """Add the documents in the file, and report read errors."""
        folder, _, file = self._name.rpartition("/")
        table = self._table
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
                self._report(tr("no table has this name"))
        except RecursionError:
            self._report(tr("nested too deeply"))

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
            is_array = isinstance(value, list) and all(isinstance(element, dict) for element in value)
            if key == table and is_array:
                for index, document in enumerate(value):
                    self._documents.add(table, document, origin.below((table, index)))
                continue
            header = wrong_header(self._text, table)
            if header is not None:
                self._documents.report_unreadable(Place(self._name, *header.place), header.message)
            else:
                self._documents.report_unreadable(
                    origin.place((key,)), tr("expected {table}", table=f"[[{table}]]")
                )

    def _parse_toml(self) -> Document | None:
        """Parse the file, and convert it to JSON values. Report a syntax error and return ``None``."""
        try:
            values = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            fault = explain_syntax(str(error), self._text, self._table)
            self._documents.report_unreadable(Place(self._name, *fault.place), fault.message)
            return None
        plain: Document = _plain(values)
        return plain

    def _read_csl(self) -> None:
        try:
            items = json.loads(self._text)
        except json.JSONDecodeError as error:
            place = Place(self._name, error.lineno, error.colno)
            self._documents.report_unreadable(place, tr("not JSON: {cause}", cause=tr(error.msg)))
            return
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self._report(tr("not CSL-JSON: expected a list of items"))
            return
        for index, item in enumerate(items):
            origin = JsonOrigin(self._name, self._text, index)
            self._documents.add("sources", source_of_csl(item), origin)

    def _read_points(self, series_id: str) -> None:
        candidates = (series for series in self._documents["series"] if series.get("id") == series_id)
        series = next(candidates, None)
        if series is None:
            message = tr("series.toml has no series with the id {id}", id=series_id)
            self._documents.report_missing(Place(self._name), message)
            return
        rows = csv.reader(io.StringIO(self._text, newline=""))
        header = next(rows, [])
        if message := _header_fault(header):
            self._report_row(1, message)
            series["points"] = []
            return
        points, lines = [], []
        for row in rows:
            if not any(row):
                continue
            cells = dict(zip(header, row, strict=False))
            if len(row) > len(header):
                self._report_row(rows.line_num, tr("more cells than the first line has columns"))
            elif _derived(cells) not in _DERIVED:
                self._report_row(rows.line_num, tr("derived: write yes, or leave it empty"))
            points.append(_point(cells))
            lines.append(rows.line_num)
        self._documents.add_points(series, points, RowsOrigin(self._name, lines))

    def _report_row(self, line: int, message: str) -> None:
        self._documents.report(Place(self._name, line, 1), message)

    def _report(self, message: str) -> None:
        self._documents.report_unreadable(Place(self._name), message)


def _plain(value: Any) -> Any:
    """Convert a TOML value to a JSON value. Line breaks in texts become spaces."""
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


def _header_fault(header: Sequence[str]) -> str:
    """Return an error message about the first row of a CSV file with points.

    Return an empty text if the first row is valid.
    """
    if len(header) == 1 and ";" in header[0]:
        return tr("separate the columns by commas, not by semicolons")
    for column in header:
        if column not in POINT_COLUMNS:
            return tr("unknown column {column!r}", column=column)
    for column in POINT_COLUMNS[:-1]:  # derived is optional
        if column not in header:
            return tr("the column {column!r} is missing", column=column)
    return ""


def _derived(cells: Mapping[str, str]) -> str:
    return cells.get("derived", "").strip().lower()


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
    if _DERIVED.get(_derived(cells)):
        point["derived"] = True
    return point
