"""Regenerate the message catalogues and the generated files.

Generated files are the golden texts, the schemas, the manual page and the outputs of examples in the docs.

Review the diff before committing.
"""

import inspect
import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from kjtui.formats.json.comparison_json import ComparisonJson
from kjtui.formats.json.encoding import schema as json_schema
from kjtui.formats.json.event_json import EventDocumentJson
from kjtui.formats.json.meeting_json import MeetingDocumentJson
from kjtui.formats.json.snapshot_json import SnapshotJson
from kjtui.formats.json.track_page_json import TrackPageJson
from kjtui.formats.lists.event_counts import CountsJson
from kjtui.formats.lists.event_list import EventsJson
from kjtui.formats.lists.figure_list import FiguresJson
from kjtui.formats.lists.meeting_list import MeetingsJson
from kjtui.formats.lists.note_list import NotesJson
from kjtui.formats.lists.outcome_list import OutcomesJson
from kjtui.formats.lists.run_list import RunsJson
from kjtui.formats.lists.source_list import SourcesJson
from kjtui.formats.lists.state_list import StatesJson
from kjtui.formats.lists.term_list import TermsJson
from kjtui.formats.lists.track_list import TracksJson
from kjtui.history.snapshot import History
from kjtui.languages import speaking
from kjtui.record.folder.text_folder import TextFolder
from kjtui.record.model import StoreFile
from kjtui.record.partial_date import PATTERN, PartialDate, Period
from kjtui.record.store import default_store, load
from support.catalogues import TRANSLATED, compile_catalogues, write_catalogues
from support.exports import as_text
from support.keys_page import keys_page
from support.manual import manual
from support.pages import PAGES, run_example, with_outputs
from support.stores import sample_record

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"
MANUAL = DOCS / "kjtui.1"
KEYS = DOCS / "keys.md"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
ADDRESS = "urn:kjtui:schema:"
"""Prefix of the schemas' identifiers. It is a URN, because kjtui has no web address."""
GOLDEN_DAYS = ("2020-03-10", "2023-04-14")


def store_schema() -> dict[str, Any]:
    """Return the JSON Schema of a store's file, generated from the model."""

    def custom(kind: type) -> dict[str, Any]:
        if kind is PartialDate:
            return {
                "type": "string",
                "pattern": f"^{PATTERN}$",
                "description": "ISO 8601, as precise as known",
            }
        if kind is Period:
            return {
                "type": "string",
                "description": "a partial date, or two joined by a slash; .. is an open end",
            }
        raise NotImplementedError

    return msgspec.json.schema(StoreFile, schema_hook=custom)


def schemas() -> dict[Path, str]:
    """Return the published schemas as a mapping from file to text."""

    def text(name: str, schema: dict[str, Any]) -> str:
        title = f"kjtui {name.replace('-', ' ')}"
        schema = {"$schema": DIALECT, "$id": f"{ADDRESS}{name}", "title": title, **schema}
        for part in (schema, *schema["$defs"].values()):
            if description := part.get("description"):  # still indented before Python 3.13
                part["description"] = inspect.cleandoc(description)
        return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

    return {
        DOCS / "store.schema.json": text("store", store_schema()),
        **{
            DOCS / f"{name}.schema.json": text(name, json_schema(type_))
            for name, type_ in (
                ("snapshot", SnapshotJson),
                ("comparison", ComparisonJson),
                ("track", TrackPageJson),
                ("event", EventDocumentJson),
                ("meeting", MeetingDocumentJson),
                ("events", EventsJson),
                ("meetings", MeetingsJson),
                ("tracks", TracksJson),
                ("sources", SourcesJson),
                ("notes", NotesJson),
                ("terms", TermsJson),
                ("runs", RunsJson),
                ("outcomes", OutcomesJson),
                ("figures", FiguresJson),
                ("states", StatesJson),
                ("counts", CountsJson),
            )
        },
    }


def goldens() -> dict[Path, str]:
    """Return the golden texts of the sample record as a mapping from file to text."""
    history = History(sample_record())
    return {
        TESTS / "data" / "golden" / f"{day}{suffix}.txt": as_text(
            history.snapshot(date.fromisoformat(day)), full=bool(suffix)
        )
        for day in GOLDEN_DAYS
        for suffix in ("", "-full")
    }


def translated_goldens() -> dict[Path, str]:
    """Return the translated golden texts of the package's record as a mapping from file to text.

    The digest is replaced by zeros, so that a change elsewhere in the record does not change the texts.
    """
    texts = {}
    for language in TRANSLATED:
        history = History(replace(load(default_store(language)), digest="0" * 64))
        with speaking(language):
            for day in GOLDEN_DAYS:
                path = TESTS / "data" / "golden" / f"{day}-{language}.txt"
                texts[path] = as_text(history.snapshot(date.fromisoformat(day)))
    return texts


def pages() -> dict[Path, str]:
    """Return the documentation pages, with new outputs of their examples, as a mapping from file to text."""
    return {path: with_outputs(path.read_text(encoding="utf-8"), run_example) for path in PAGES}


if __name__ == "__main__":
    write_catalogues()
    compile_catalogues()
    example = {DOCS / "example.json": TextFolder(DOCS / "example").store()}
    others = {MANUAL: manual(), KEYS: keys_page()}
    for path, content in (schemas() | goldens() | translated_goldens() | example | others).items():
        path.write_text(content, encoding="utf-8")
    for path, content in pages().items():  # after the schemas, which examples can print
        path.write_text(content, encoding="utf-8")
