"""The formats that lists can be written in: for reading, and for scripts.

A new format is a function from a list to text, and a line in ``LIST_FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kjtui.files.atomic_write import ExportError
from kjtui.formats.format_table import name_with_suffix
from kjtui.formats.json.encoding import encode, indented
from kjtui.formats.lists.event_list import Column, Listing
from kjtui.languages import tr
from kjtui.record.partial_date import PartialDate
from kjtui.words.wrap import cells, fit

_GAP = "  "
_WIDEST = 50
"""Maximum padded width of a column. Longer texts are printed in full."""


def text(listing: Listing, width: int | None = None) -> str:
    """Return a list with one line per item, cut to ``width`` cells if a terminal has no more."""
    rows = _text_rows(listing)
    if listing.rows is not None:  # lists with their own columns need a header line
        rows.insert(0, [tr(column.name) for column in listing.columns])
    widths = [min(max(map(cells, column)), _WIDEST) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        padded = [cell + " " * (size - cells(cell)) for cell, size in zip(row, widths, strict=True)]
        line = _GAP.join(padded).rstrip()
        lines.append(line if width is None else fit(line, width).rstrip())
    return "".join(f"{line}\n" for line in lines)


def markdown(listing: Listing) -> str:
    """Return a list as a table in Markdown."""
    from kjtui.formats.markdown import escape

    names = [tr(column.name) for column in listing.columns]
    rows = [list(map(escape, row)) for row in _text_rows(listing)]
    lines = (f"| {' | '.join(row)} |" for row in (names, ["---"] * len(names), *rows))
    return "".join(f"{line}\n" for line in lines)


def json(listing: Listing) -> str:
    """Return a list as one JSON object with the metadata of the record."""
    return indented(listing.whole)


def ndjson(listing: Listing) -> str:
    """Return a list as one JSON object per line."""
    return "".join(f"{encode(item).decode()}\n" for item in listing.items)


def csv(listing: Listing) -> str:
    """Return a list as CSV without a byte-order mark; several values in a cell are joined by spaces."""
    from csv import writer
    from io import StringIO

    file = StringIO(newline="")
    rows = writer(file, lineterminator="\r\n")
    rows.writerow(field if isinstance(field, str) else field.name for field in listing.fields)
    for item in listing.items:
        rows.writerow(_cell(_value(item, field)) for field in listing.fields)
    return file.getvalue()


def _value(item: Any, field: str | Column) -> Any:
    """Return the value of an item in a column of CSV."""
    return getattr(item, field) if isinstance(field, str) else field.text(item)


def _text_rows(listing: Listing) -> list[list[str]]:
    """Return the cells of the columns of text."""
    items = listing.items if listing.rows is None else listing.rows
    return [[column.text(item) for column in listing.columns] for item in items]


def _cell(value: Any) -> str:
    from kjtui.formats.tables.csv_folder import shield

    if value is None or value is msgspec.UNSET:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return shield(_flat(value))


def _flat(value: Any) -> str:
    """Return a value in one cell: names with their texts, or several values separated by spaces."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, list) and value and isinstance(value[0], msgspec.Struct):
        return "; ".join(_struct_text(item) for item in value)
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, PartialDate):
        return value.text
    return str(value)


def _struct_text(item: msgspec.Struct) -> str:
    """Return a pending state or a fact in one cell: its texts, without its sources and events."""
    values = msgspec.structs.asdict(item)
    return " ".join(
        str(text) for name, text in values.items() if text is not None and name not in ("sources", "event")
    )


class ListFormat(NamedTuple):
    """A list format: the suffix of its files, and the function that writes a list."""

    suffix: str
    render: Callable[[Listing], str]


LIST_FORMATS: Mapping[str, ListFormat] = {
    "text": ListFormat(".txt", text),
    "markdown": ListFormat(".md", markdown),
    "json": ListFormat(".json", json),
    "ndjson": ListFormat(".ndjson", ndjson),
    "csv": ListFormat(".csv", csv),
}
"""Every format by its name."""


def list_format_of(path: Path) -> str:
    """Return the name of the format with the suffix of a path; text if there is no suffix.

    Raises ``ExportError`` if no format has this suffix.
    """
    suffixes = {name: known.suffix for name, known in LIST_FORMATS.items()}
    name = name_with_suffix(path, suffixes)
    if name is None:
        message = tr(
            "no format of lists has the ending {suffix}; there are {suffixes}",
            suffix=path.suffix,
            suffixes=", ".join(suffixes.values()),
        )
        raise ExportError(f"{path}: {message}")
    return name
