"""Convert a store to a folder of text files."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kjtui.record.folder.read_files import POINT_COLUMNS
from kjtui.record.folder.toml_writer import write_array, write_table

_ARRAYS = ("tracks", "meetings", "terms", "sources")


def folder_files(tables: Mapping[str, Mapping[str, dict[str, Any]]]) -> dict[str, str]:
    """Convert the tables of a store to text files: a dict from file names to texts."""
    [dataset] = tables["dataset"].values()
    files = {"dataset.toml": write_table(dataset)}
    for table in _ARRAYS:
        files[f"{table}.toml"] = _array(table, tables[table].values())
    by_year: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in tables["events"].values():
        by_year[event["date"][:4]].append(event)
    for year, events in by_year.items():
        files[f"events/{year}.toml"] = _array("events", events)
    all_series = list(tables.get("series", {}).values())
    described = [{name: value for name, value in series.items() if name != "points"} for series in all_series]
    files["series.toml"] = _array("series", described)
    for series in all_series:
        files[f"series/{series['id']}.csv"] = _points(series["points"])
    return {name: text for name, text in files.items() if text}


def _array(table: str, documents: Iterable[Mapping[str, Any]]) -> str:
    return write_array(table, documents).lstrip("\n")


def _points(points: Iterable[Mapping[str, Any]]) -> str:
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(POINT_COLUMNS)
    for point in points:
        derived = "true" if point.get("derived") else ""
        rows.writerow(
            [point["period"], repr(point["value"]), point["published"], " ".join(point["sources"]), derived]
        )
    return file.getvalue()
