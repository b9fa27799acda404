"""The line below a query: values of fields with numbers of hits, completions, and corrections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kjtui.find.filter import Filter
from kjtui.find.query import FIELDS, field_values, quoted
from kjtui.find.search import Index
from kjtui.languages import join_items, labelled, noted, tr
from kjtui.record.model import Record
from kjtui.tui.state.facets import COUNTED, count_values
from kjtui.words.wrap import cells

_MOST_COUNTED = 5_000
"""Maximum number of hits to count. Counting more hits would delay typing."""
_MOST_VALUES = 8
"""Maximum number of listed values of the field being typed."""
_MOST_RANKS = 4
"""Maximum number of values shown for each counted field."""
_LAST_TOKEN = re.compile(r'(?:\w[\w-]*:"[^"]*"?|\S*)$')
_SHOWN = ("actor", "kind", "level", "disputed")
"""The fields whose values are counted for every query."""


def completed(query: str, hits: Sequence[int], event_filter: Filter, index: Index, record: Record) -> str:
    """Return the query with its last word completed, or with corrected spelling.

    Empty if nothing was changed.
    """
    token = _last_token(query)
    before = query[: len(query) - len(token)]
    name, colon, typed = token.partition(":")
    if colon and typed:
        value = next(_values(query, record), "")
        if value and value.lower() != typed.strip('"').lower():
            return f"{before}{name}:{quoted(value)}"
        return ""
    if not colon and len(token) >= 3 and not (hits and token.lower() in FIELDS):
        for field in FIELDS:
            if field.startswith(token.lower()):
                return f"{before}{field}:"
    if query.strip() and not hits and not event_filter:
        corrections = index.corrections(query, 1)
        return corrections[0] if corrections else ""
    return ""


def fields_line(query: str, hits: Sequence[int], record: Record, width: int) -> str:
    """Return the line below the query: values of the field being typed, counts of hits, or field names."""
    name, _, value = _last_token(query).partition(":")
    if name in FIELDS and not value:
        return f"{labelled(name, tr(FIELDS[name]))}{other_values(query, hits, record)}"
    if hits and len(hits) <= _MOST_COUNTED:
        return _counts_line(hits, record, width)
    return _fitting([f"{field}:" for field in FIELDS], " ", width)


def other_values(query: str, hits: Sequence[int], record: Record) -> str:
    """Return the values that begin with the typed part of a value, each with the number of its hits."""
    values = list(_values(query, record))
    if len(values) < 2:
        return ""
    name = _last_token(query).partition(":")[0].lower()
    if name in COUNTED and 0 < len(hits) <= _MOST_COUNTED:
        counts = count_values(hits, name, record)
        values = _with_counts(Counter({value: counts[value] for value in values}))
    return f" · {join_items(values[:_MOST_VALUES])}" if values else ""


def _counts_line(hits: Sequence[int], record: Record, width: int) -> str:
    """Return fields with their most frequent values, such as ``actor: KR 21, JP 9``.

    Values that do not fit are omitted. Users of every language type fields and kinds in English. So other
    languages show a translation after the English word.
    """
    ordered = {field: _with_counts(count_values(hits, field, record)) for field in _SHOWN}
    ordered["kind"] = _with_counts(
        Counter({_explained(kind): count for kind, count in count_values(hits, "kind", record).items()})
    )
    ordered["disputed"] = [value for value in ordered["disputed"] if value.startswith("yes")]
    shown: dict[str, list[str]] = {field: [] for field in _SHOWN}
    for rank in range(_MOST_RANKS):
        for field, values in ordered.items():
            longer = shown | {field: values[: rank + 1]}
            if len(values) > rank == len(shown[field]) and cells(_joined(longer)) <= width:
                shown = longer
    return _joined(shown)


def _joined(values: Mapping[str, Sequence[str]]) -> str:
    return " · ".join(
        labelled(_explained(field), join_items(names)) for field, names in values.items() if names
    )


def _explained(word: str) -> str:
    """Return an English word of a query, followed by its translation if any: ``kind（種類）``."""
    meaning = tr(word)
    return word if meaning == word else noted(word, meaning)


def _with_counts(counts: Counter[str]) -> list[str]:
    """Return the values that occur, each with its count, most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [f"{value} {count:,}" for value, count in ordered if count]


def _last_token(query: str) -> str:
    """Return the last token of the query: a word, or ``field:"value"``. Omit a leading minus sign."""
    match = _LAST_TOKEN.search(query)
    return match[0].removeprefix("-") if match else ""


def _values(query: str, record: Record) -> Iterator[str]:
    """Yield the values that begin with the typed value, then the values with an alias that begins with it."""
    name, colon, written = _last_token(query).partition(":")
    if not colon or name.lower() not in FIELDS:
        return
    typed = written.strip('"').lower()
    others = []
    for value, aliases in field_values(name.lower(), record):
        if value.lower().startswith(typed):
            yield value
        elif any(alias.lower().startswith(typed) for alias in aliases):
            others.append(value)
    yield from others


def _fitting(parts: Iterable[str], gap: str, width: int) -> str:
    """Join the first parts that fit a width; always include the first part."""
    line = ""
    for part in parts:
        longer = f"{line}{gap}{part}" if line else part
        if line and cells(longer) > width:
            break
        line = longer
    return line
