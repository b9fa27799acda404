"""Read sources from CSL-JSON, an export format of Zotero.

CSL has no fields for the kind of a source, the original publisher and machine translation. Zotero's field
"Extra" (``note`` in CSL) can contain them, one per line: ``kind: official``, ``copy of: Yonhap``,
``machine translated: yes``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

_KINDS: Mapping[str, str] = {
    "article": "press",
    "article-magazine": "press",
    "article-newspaper": "press",
    "bill": "official",
    "broadcast": "press",
    "hearing": "official",
    "interview": "press",
    "legal_case": "official",
    "legislation": "official",
    "post": "forum",
    "post-weblog": "forum",
    "regulation": "official",
    "treaty": "official",
}
"""Maps CSL types to kinds of sources. For any other type, the kind is ``reference``."""

_EXTRA = re.compile(r"^\s*(kind|copy of|machine translated)\s*:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)
_PUBLISHERS = ("container-title", "publisher", "authority")
_ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}


def source_of_csl(item: Mapping[str, Any]) -> dict[str, Any]:
    """Convert an item of CSL-JSON to a source. Fields that the item lacks are omitted.

    If the item has no publisher, the publisher is the host name in the address. An invalid value is kept, so
    that ``kjtui check`` reports it.
    """
    extra = {name.lower(): value for name, value in _EXTRA.findall(_text(item, "note"))}
    translated = extra.get("machine translated", "")
    publishers = (_text(item, field) for field in _PUBLISHERS)
    issued, accessed = _date(item.get("issued")), _date(item.get("accessed"))
    archived = next(
        (text for text in (_text(item, "archive_location"), _text(item, "archive")) if "://" in text), ""
    )
    source = {
        "id": _text(item, "id"),
        "title": _text(item, "title"),
        "publisher": next(filter(None, publishers), "") or site_of(_text(item, "URL")),
        "date": issued,
        "url": _text(item, "URL"),
        "language": _text(item, "language").lower().partition("-")[0].strip(),
        "kind": extra.get("kind", "").lower() or _KINDS.get(_text(item, "type"), "reference"),
        "machine_translated": _TRUTH.get(translated.lower(), translated),
        "accessed": accessed if not issued and len(accessed) == 10 else "",
        "archived": archived,
        "copy_of": extra.get("copy of", ""),
    }
    return {name: value for name, value in source.items() if value}


def _text(item: Mapping[str, Any], field: str) -> str:
    value = item.get(field)
    return " ".join(value.split()) if isinstance(value, str) and field != "note" else str(value or "")


def site_of(address: str) -> str:
    """Return the host name in an address, without ``www.``, or an empty text if there is no host name."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _date(value: Any) -> str:
    """Convert a CSL date to the text of a partial date. Return an invalid date as it is written."""
    if not isinstance(value, dict):
        return ""
    match value.get("date-parts"):
        case [[*parts], *_] if parts and all(str(part).isdigit() for part in parts):
            year, *month_and_day = (int(part) for part in parts[:3])
            return "-".join([f"{year:04}", *(f"{part:02}" for part in month_and_day)])
    written = str(value.get("raw") or value.get("literal") or "")
    match = _ISO_DATE.match(written)
    return match[0] if match else written
