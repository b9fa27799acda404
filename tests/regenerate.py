"""Write anew what tests compare with: golden texts and schemas. Read the difference before you commit it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from kjtui.history.snapshot import History
from kjtui.record import schema as store_schema
from kjtui.record.store import default_store, load
from kjtui.text.comparison import ComparisonJson
from kjtui.text.json import SnapshotJson
from kjtui.text.plain import snapshot_text
from kjtui.text.reason import ReasonJson

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"
GOLDEN_DAYS = ("2020-03-10", "2023-04-14")


def schemas() -> dict[Path, str]:
    """The published schemas by file."""

    def text(schema: dict[str, Any]) -> str:
        return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

    return {
        DOCS / "store.schema.json": text(store_schema.schema()),
        DOCS / "snapshot.schema.json": text(msgspec.json.schema(SnapshotJson)),
        DOCS / "comparison.schema.json": text(msgspec.json.schema(ComparisonJson)),
        DOCS / "reason.schema.json": text(msgspec.json.schema(ReasonJson)),
    }


def goldens() -> dict[Path, str]:
    """The golden texts by file."""
    history = History(load(default_store()))
    return {
        TESTS / "golden" / f"{day}.txt": snapshot_text(history.snapshot(date.fromisoformat(day)))
        for day in GOLDEN_DAYS
    }


if __name__ == "__main__":
    for path, content in (schemas() | goldens()).items():
        path.write_text(content, encoding="utf-8")
