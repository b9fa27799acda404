"""Identifiers for documents of text files that have none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

_TITLE_WORDS = 4
"""Number of words of a title that an identifier takes."""

_NAMES: Mapping[str, str] = {"tracks": "name", "meetings": "name", "terms": "term", "series": "title"}
"""The field that names the documents of a table."""


def slug(text: str) -> str:
    """Return the letters and digits of a text in lower case, with hyphens between the words.

    Accents are dropped. Letters of other scripts than Latin are left out.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def used_identifiers(documents: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the identifiers that documents state."""
    return {document["id"] for document in documents if isinstance(document.get("id"), str)}


def identify(table: str, document: dict[str, Any], used: set[str]) -> None:
    """Give a document an ``id`` if it has none, and add that to the used ones.

    An event gets its date and the first words of its title, a source its publisher and date, anything else
    its name. A number is added where the identifier is already used.
    """
    if "id" in document:
        return
    base = _base(table, document) or table.removesuffix("s")
    identity, number = base, 2
    while identity in used:
        identity, number = f"{base}-{number}", number + 1
    used.add(identity)
    document["id"] = identity


def _base(table: str, document: Mapping[str, Any]) -> str:
    if table == "events":
        words = slug(_text(document, "title")).split("-")[:_TITLE_WORDS]
        return slug(" ".join([_text(document, "date"), *words]))
    if table == "sources":
        named_by = slug(_text(document, "publisher")) or slug(_text(document, "title"))
        return slug(f"{named_by} {_text(document, 'date')}")
    return slug(_text(document, _NAMES[table]))


def _text(document: Mapping[str, Any], field: str) -> str:
    value = document.get(field)
    return value if isinstance(value, str) else ""
