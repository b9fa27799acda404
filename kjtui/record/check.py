"""Validate a store and report every violation, one line per fault.

The rules themselves are in :mod:`kjtui.record.event_rules` and :mod:`kjtui.record.record_rules`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from kjtui.languages import labelled, tr
from kjtui.record.record_rules import COMPLETENESS_RULES, RECORD_RULES, order
from kjtui.record.sanitize import may_need_sanitizing, sanitize_tree
from kjtui.record.storage import ReadOnlyStorage, Tables
from kjtui.record.store import Fault, build_record, parse, unresolved_references


def validate(path: Path) -> list[Fault]:
    """Return all faults of the store at ``path``.

    Some rules report that something is missing, for example that a source is never cited. They are checked
    only if all documents are valid, because an invalid document may contain what seems to be missing.

    Raises ``StoreError`` if the file cannot be read at all or is not a TinyDB store.
    """
    storage = ReadOnlyStorage(path, sanitized=False)
    parsed = parse(storage)
    faults = [*parsed.faults, *_missing_tables(storage.read())]
    faults += _duplicate_keys(storage.content.decode("utf-8-sig"))
    if len(parsed.file.dataset) == 1:
        record = build_record(parsed.file, storage.digest)
        faults += unresolved_references(record, parsed.invalid)
        complete = not faults
        faults += order(parsed.file.events.values())
        for rule in RECORD_RULES:
            faults += rule(record)
        if complete:
            for rule in COMPLETENESS_RULES:
                faults += rule(record)
    if may_need_sanitizing(storage.content):
        faults += _unsafe_text(storage.read())
    return faults


def _missing_tables(tables: Tables) -> Iterator[Fault]:
    """Yield a fault for each missing table. Other commands treat a missing table as empty."""
    for name in ("meetings", "sources", "terms"):
        if name not in tables:
            yield Fault(name, "", "", labelled(tr("the table is missing; an empty table is allowed"), "{}"))


def _duplicate_keys(text: str) -> Iterator[Fault]:
    """Yield a fault for each duplicate key.

    For example, after a merge in Git, two documents can have the same number.
    """
    # Only unknown fields can be nested too deeply for the JSON parser, and they are reported elsewhere.
    with suppress(RecursionError):
        # Numbers stay text, because Python refuses to convert numbers with thousands of digits.
        root = json.loads(text, object_pairs_hook=tuple, parse_int=str, parse_float=str)
        for table, *keys in _find_duplicate_keys(root, ()):
            yield Fault(table, labelled("").join(keys), "", tr("written twice; only the last is read"))


def _find_duplicate_keys(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, tuple):  # a JSON object, as pairs of key and value
        counts = Counter(key for key, _ in value)
        for key, count in counts.items():
            if count > 1:
                yield (*path, key)
        for key, inner in value:
            yield from _find_duplicate_keys(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _find_duplicate_keys(inner, path)


def _unsafe_text(tables: Tables) -> Iterator[Fault]:
    """Yield a fault for each field whose text contains characters that :func:`sanitize` removes."""
    for table, documents in tables.items():
        for document_id, document in documents.items():
            for field, value in document.items():
                if message := _unsafe(value):
                    yield Fault(table, str(document.get("id", document_id)), field, message)


def _unsafe(value: Any) -> str:
    """Return the reason why a value is unsafe, or an empty text if the value is safe."""
    try:
        unchanged = sanitize_tree(value) == value
    except ValueError as error:
        return str(error)
    except RecursionError:
        return tr("nested too deeply")
    return "" if unchanged else tr("control, bidirectional or invisible characters")
