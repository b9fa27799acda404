"""Write a list as CSV. Several values in one cell are separated by spaces."""

from __future__ import annotations

from csv import writer
from io import StringIO
from typing import Any

import msgspec

from kjtui.formats.csv_cells import csv_cell
from kjtui.formats.lists.listing import Column, Listing


def render(listing: Listing) -> str:
    """Return a list as CSV without a byte-order mark."""
    file = StringIO(newline="")
    rows = writer(file, lineterminator="\r\n")
    rows.writerow([field if isinstance(field, str) else field.name for field in listing.fields])
    for item in listing.items:
        rows.writerow([csv_cell(_flat(_value(item, field))) for field in listing.fields])
    return file.getvalue()


def _value(item: Any, field: str | Column) -> Any:
    """Return the value of an item in a column."""
    return getattr(item, field) if isinstance(field, str) else field.text(item)


def _flat(value: Any) -> Any:
    """Convert a value to the text of one cell.

    A dictionary becomes "name: text" pairs, and a list becomes values separated by spaces.
    """
    if value is msgspec.UNSET:
        return None
    if isinstance(value, dict):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, list) and value and isinstance(value[0], msgspec.Struct):
        return "; ".join(_struct_text(item) for item in value)
    if isinstance(value, list):
        return " ".join(value)
    return value


def _struct_text(item: msgspec.Struct) -> str:
    """Join the values of a pending state or of a fact for one cell. Sources and events are left out."""
    values = msgspec.structs.asdict(item)
    return " ".join(
        str(text) for name, text in values.items() if text is not None and name not in ("sources", "event")
    )
