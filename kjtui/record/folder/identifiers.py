"""Generate missing identifiers of documents in text files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

_TITLE_WORDS = 4
"""Maximum number of title words in an identifier."""

_NAMES: Mapping[str, str] = {"tracks": "name", "meetings": "name", "terms": "term", "series": "title"}
"""Maps each table to the field that contains the name of a document."""

_DASHES = re.compile("[\u2010-\u2015\u2212]")


def slug(text: str) -> str:
    """Return the letters and digits of a text in lower case, with hyphens between the words.

    Accents and non-Latin letters are removed.
    """
    text = _DASHES.sub("-", text)  # the hyphen is the only dash in ASCII
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def used_identifiers(documents: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the identifiers that the authors gave to documents."""
    return {document["id"] for document in documents if isinstance(document.get("id"), str)}


def identify(table: str, document: dict[str, Any], used: set[str]) -> None:
    """Generate the ``id`` of a document if it is missing, and add it to ``used``.

    An event's id consists of its date and the first words of its title. A source's id consists of its
    publisher and date. Any other id is made from the short name, or from the name if there is no short name.
    If the id is already used, a number is appended.
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
    return slug(_text(document, "short") or _text(document, _NAMES[table]))


def _text(document: Mapping[str, Any], field: str) -> str:
    value = document.get(field)
    return value if isinstance(value, str) else ""
