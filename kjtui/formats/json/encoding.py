"""Convert values of the record to JSON structs, and JSON structs to JSON text and schemas."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kjtui.record.partial_date import PATTERN, PartialDate, Period

StructT = TypeVar("StructT", bound=Struct)


def from_attributes(value: object, type_: type[StructT]) -> StructT:
    """Convert a value to a struct.

    For each field of the struct, the value has an attribute or a dictionary item with the same name.
    """
    return msgspec.convert(value, type_, from_attributes=True)


def encode(data: object) -> bytes:
    """Encode data as JSON in one line."""
    return msgspec.json.encode(data, enc_hook=date_text)


def indented(data: object) -> str:
    """Encode data as indented JSON that ends with a newline."""
    return msgspec.json.format(encode(data), indent=2).decode() + "\n"


def builtins(data: object) -> Any:
    """Convert data to dictionaries, lists, strings and numbers."""
    return msgspec.to_builtins(data, enc_hook=date_text)


def date_text(value: PartialDate | Period) -> str:
    """Return a partial date or a period in the notation of the store."""
    return value.text


def schema(type_: type) -> dict[str, Any]:
    """Return the JSON Schema of a struct."""
    return msgspec.json.schema(type_, schema_hook=_date_schema)


def _date_schema(kind: type) -> dict[str, Any]:
    if kind is PartialDate:
        return {
            "description": "ISO 8601, as precise as known",
            "type": "string",
            "pattern": f"^{PATTERN}$",
        }
    if kind is Period:
        return {"type": "string"}
    raise NotImplementedError
