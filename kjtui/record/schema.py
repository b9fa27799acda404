"""The JSON Schema of a store, made from the model: docs/store.schema.json."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from kjtui.record.model import Dataset, Event, Meeting, Source, Term, Track
from kjtui.record.when import FORM, When


class StoreFile(Struct, forbid_unknown_fields=True):
    """A store: tables of documents under running numbers."""

    dataset: dict[str, Dataset]
    tracks: dict[str, Track]
    meetings: dict[str, Meeting]
    events: dict[str, Event]
    sources: dict[str, Source]
    terms: dict[str, Term]


def schema() -> dict[str, Any]:
    """The JSON Schema of a store's file."""
    return msgspec.json.schema(StoreFile, schema_hook=_custom)


def _custom(kind: type) -> dict[str, Any]:
    if kind is When:
        return {"type": "string", "pattern": f"^{FORM}$", "description": "ISO 8601, as precise as known"}
    raise NotImplementedError
