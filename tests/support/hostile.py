"""Stores whose every text would do something if it were more than text."""

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
"""Text that would do something if it were more than text."""

COMMAND = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069]")
"""What commands a terminal, turns text around or hides in it; all but the end of a line."""


class Hostile:
    """Texts to put into fields, each another where that is asked for."""

    def __init__(self, kind: str, text: str | None = None) -> None:
        self._kind, self._text, self._turn = kind, text, count()

    def text(self) -> str:
        """A text for one field: what is cut off at its end in one field begins that of another."""
        if self._text is not None:
            return self._text
        if self._kind == "mixed":
            turn = next(self._turn) % len(PIECES)
            return " ".join(PIECES[turn:] + PIECES[:turn])
        return "W" * 10_000 if self._kind == "long" else ""

    def name(self, identity: str) -> str:
        """An id, a code or a reference to one, the same for the same: it is text too."""
        return identity + ("" if self._kind != "mixed" else PIECES[len(identity) % len(PIECES)])


NAMES = {"id", "part_of", "state", "track", "touches", "sources", "actors", "series"}
"""Fields that hold ids or codes."""


def spoilt(value: Any, kind: Any, hostile: Hostile, field: str = "") -> Any:
    """A value of a type, hostile wherever the type says text, also in fields that it leaves out."""
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    if isinstance(kind, inspect.StrType):
        return hostile.name(value) if field in NAMES else hostile.text()
    if isinstance(kind, inspect.VarTupleType):
        return [spoilt(inner, kind.item_type, hostile, field) for inner in value]
    if isinstance(kind, inspect.DictType):
        return {
            key if key.isdigit() else hostile.name(key): spoilt(inner, kind.value_type, hostile)
            for key, inner in value.items()
        }
    if isinstance(kind, inspect.StructType):
        texts = {
            f.encode_name: bare for f in kind.fields if (bare := left_out(f.type)) and f.name not in NAMES
        }
        return {
            f.encode_name: spoilt((texts | value)[f.encode_name], f.type, hostile, f.encode_name)
            for f in kind.fields
            if f.encode_name in texts | value
        }
    return value


def left_out(kind: Any) -> Any:
    """What stands for a text, or texts, that a store left out."""
    if isinstance(kind, inspect.UnionType):
        return next(filter(None, map(left_out, kind.types)), None)
    if isinstance(kind, inspect.VarTupleType):
        return ["?"] if isinstance(kind.item_type, inspect.StrType) else None
    return "?" if isinstance(kind, inspect.StrType) else None


def filled(tables: Tables) -> Tables:
    """The second record with an entry wherever texts hang on one."""
    tables["terms"]["1"] = {"id": "pier", "term": "?", "meaning": "?", "sources": ["plaque"]}
    tables["events"]["2"]["meeting"]["heads"] = {"C": "?", "V": "?"}
    tables["events"]["5"]["touches"] = ["ferry"]
    tables["tracks"]["1"]["facts"] = [{"label": "?", "value": "?", "sources": ["plaque"]}]
    point = {"period": "2021-02", "value": 7.5, "published": "2021-06-01", "sources": ["gazette"]}
    names = {"id": "crossings", "track": "bridge", "title": "?", "measure": "?", "unit": "?", "note": "?"}
    tables["series"] = {"1": names | {"points": [point]}}
    return tables


def spoilt_tables(tables: Tables, kind: str, text: str | None = None) -> Tables:
    """The second record full of hostile texts, or of one text."""
    spoiled: Tables = spoilt(filled(tables), inspect.type_info(StoreFile), Hostile(kind, text))
    return spoiled
