"""Stores in which every text is hostile: markup, escape sequences, long or wide text."""

import re
from itertools import count
from typing import Any

from msgspec import inspect

from kjtui.record.model import StoreFile
from support.stores import Tables

PIECES = (
    "[/] [bold [@click=app.quit]x[/] [link=http://x]y [#zzz]q[/] $accent C:\\[x] [/x]",
    "\x1b]52;c;aGk=\x07\x1b[2J\x1b[31m\x9b2J\x85\x1b]8;;http://x\x1b\\link\x1b]0;title\x07\x1b[6n",
    "\u202egnp.exe\u2066 \u200fright \u061c",
    "불화수소フッ化水素",
    "e" + "\u0301" * 300 + " zero\u200bwidth\u2060 \ufe0f",
    "\u1112\u1161\u11ab 한 \u1112\u1161" + "\u11ab" * 50 + " क्षि ที่ \U0001d306 ☰ \u0897",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f44d\U0001f3fb \U0001f1f0\U0001f1f7 \U0001fae8",
    "one\ntwo\r\nthree\ttab\u2028four\v\f\x00 <b>&amp;</b> `code` $(reboot) %s {0}",
)
"""Texts that have an effect if a program does not treat them as plain text."""

COMMAND = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069]")
"""Invisible characters, characters that reverse text, and control characters except the line feed."""


class Hostile:
    """Supply hostile texts for fields.

    Kind ``mixed`` joins all pieces. Their order differs from field to field. Kind ``long`` gives 10,000
    characters. Any other kind gives empty texts. If ``text`` is given, every field gets this text instead.
    """

    def __init__(self, kind: str, text: str | None = None) -> None:
        self._kind, self._text, self._turn = kind, text, count()

    def text(self) -> str:
        """Return a text for a field.

        Mixed texts begin with different pieces, because columns show only the beginning of a text.
        """
        if self._text is not None:
            return self._text
        if self._kind == "mixed":
            first = next(self._turn) % len(PIECES)
            return " ".join(PIECES[first:] + PIECES[:first])
        return "W" * 10_000 if self._kind == "long" else ""

    def name(self, identity: str) -> str:
        """Return a hostile id or code for ``identity``. References to ``identity`` get the same result."""
        return identity + ("" if self._kind != "mixed" else PIECES[len(identity) % len(PIECES)])


NAMES = {"id", "part_of", "state", "states", "then", "track", "touches", "sources", "actors", "series"}
"""Fields that hold ids or codes."""


def hostile_value(value: Any, kind: Any, hostile: Hostile, field: str = "") -> Any:
    """Return a copy of a value with a hostile text in every text field. Add missing text fields."""
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    if isinstance(kind, inspect.StrType):
        return hostile.name(value) if field in NAMES else hostile.text()
    if isinstance(kind, inspect.VarTupleType):
        return [hostile_value(inner, kind.item_type, hostile, field) for inner in value]
    if isinstance(kind, inspect.DictType):
        return {
            key if key.isdigit() else hostile.name(key): hostile_value(inner, kind.value_type, hostile)
            for key, inner in value.items()
        }
    if isinstance(kind, inspect.StructType):
        texts = {
            f.encode_name: text for f in kind.fields if (text := placeholder(f.type)) and f.name not in NAMES
        }
        return {
            f.encode_name: hostile_value((texts | value)[f.encode_name], f.type, hostile, f.encode_name)
            for f in kind.fields
            if f.encode_name in texts | value
        }
    return value


def placeholder(kind: Any) -> Any:
    """Return a value for an omitted text or list of texts. ``None`` for other types."""
    if isinstance(kind, inspect.UnionType):
        return next(filter(None, map(placeholder, kind.types)), None)
    if isinstance(kind, inspect.VarTupleType):
        return ["?"] if isinstance(kind.item_type, inspect.StrType) else None
    return "?" if isinstance(kind, inspect.StrType) else None


def with_all_entries(tables: Tables) -> Tables:
    """Add entries to the second record, so that the record contains every kind of text."""
    tables["dataset"]["1"]["aliases"] = {"?": ["?"]}
    tables["terms"]["1"] = {"id": "pier", "term": "?", "meaning": "?", "sources": ["plaque"]}
    tables["events"]["2"]["meeting"]["heads"] = {"C": "?", "V": "?"}
    tables["meetings"]["2"] = {"id": "break", "series": "?", "name": "?", "part_of": "hearing-1"}
    tables["events"]["5"]["touches"] = ["ferry"]
    fact = {"label": "?", "value": "?", "sources": ["plaque"]}
    tables["tracks"]["1"]["facts"] = [fact, fact | {"states": ["closed"]}]
    tables["events"]["5"]["effects"][0] |= {"until": "2021-12-31", "then": "open"}
    point = {"period": "2021-02", "value": 7.5, "published": "2021-06-01", "sources": ["gazette"]}
    names = {"id": "crossings", "track": "bridge", "title": "?", "measure": "?", "unit": "?", "note": "?"}
    tables["series"] = {"1": names | {"points": [point]}}
    return tables


def spoilt_tables(tables: Tables, kind: str, text: str | None = None) -> Tables:
    """Return the second record with a hostile text in every field. For the arguments, see ``Hostile``."""
    result: Tables = hostile_value(
        with_all_entries(tables), inspect.type_info(StoreFile), Hostile(kind, text)
    )
    return result
