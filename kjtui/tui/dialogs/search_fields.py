"""The line below a query: values of fields with numbers of hits, completions, and corrections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kjtui.find.filter import Filter
from kjtui.find.query import FIELDS, field_called, field_label, field_values, quoted, value_label
from kjtui.find.search import Index
from kjtui.languages import ENGLISH, current_language, join_items, labelled, tr
from kjtui.record.model import Record
from kjtui.tui.state.facets import COUNTED, count_values
from kjtui.words.wrap import cells

_MOST_COUNTED = 5_000
"""Maximum number of hits to count. Counting more hits would delay typing."""
_MOST_VALUES = 8
"""Maximum number of listed values of the field being typed."""
_MOST_RANKS = 4
"""Maximum number of values shown for each counted field."""
_COLON = re.compile("[:：]")
_LAST_TOKEN = re.compile(r"""(?:\w[\w-]*[:：]"[^"]*"?|\S*)$""")
_SHOWN = ("actor", "kind", "level", "disputed")
"""The fields whose values are counted for every query."""


def completed(query: str, hits: Sequence[int], event_filter: Filter, index: Index, record: Record) -> str:
    """Return the query with its last word completed, or with corrected spelling.

    Empty if nothing was changed.
    """
    token = _last_token(query)
    before = query[: len(query) - len(token)]
    name, colon, typed = _split(token)
    if colon and typed:
        value = next(iter(_completions(query, record).values()), "")
        if value and value.lower() != typed.strip('"').lower():
            return f"{before}{name}{colon}{quoted(value)}"
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
    name, colon, value = _split(_last_token(query))
    field = field_called(name)
    if field and colon and not value:
        return f"{labelled(field_label(field), tr(FIELDS[field]))}{other_values(query, hits, record)}"
    if hits and len(hits) <= _MOST_COUNTED:
        return _counts_line(hits, record, width)
    return _fitting([labelled(field_label(field)).rstrip() for field in FIELDS], " ", width)


def other_values(query: str, hits: Sequence[int], record: Record) -> str:
    """Return the values that begin with the typed part of a value, each with the number of its hits."""
    completions = _completions(query, record)
    if len(completions) < 2:
        return ""
    field = field_called(_split(_last_token(query))[0])
    counts: Counter[str] = Counter(dict.fromkeys(completions, 0))
    is_counted = field in COUNTED and 0 < len(hits) <= _MOST_COUNTED
    if is_counted:
        found = count_values(hits, field, record)
        counts = Counter({value: found[value] for value in completions})
    labelled_counts = _labelled(field, counts, record)
    values = _with_counts(labelled_counts) if is_counted else list(labelled_counts)
    return f" · {join_items(values[:_MOST_VALUES])}" if values else ""


def _counts_line(hits: Sequence[int], record: Record, width: int) -> str:
    """Return fields with their most frequent values, such as ``actor: KR 21, JP 9``.

    Values that do not fit are omitted.
    """
    counts = {field: count_values(hits, field, record) for field in _SHOWN}
    del counts["disputed"]["no"]
    ordered = {field: _with_counts(_labelled(field, counts[field], record)) for field in _SHOWN}
    shown: dict[str, list[str]] = {field: [] for field in _SHOWN}
    for rank in range(_MOST_RANKS):
        for field, values in ordered.items():
            longer = shown | {field: values[: rank + 1]}
            if len(values) > rank == len(shown[field]) and cells(_joined(longer)) <= width:
                shown = longer
    return _joined(shown)


def _joined(values: Mapping[str, Sequence[str]]) -> str:
    return " · ".join(
        labelled(field_label(field), join_items(names)) for field, names in values.items() if names
    )


def _labelled(field: str, counts: Counter[str], record: Record) -> Counter[str]:
    """Return the counts of the values of a field, with the names of the values as keys."""
    names = dict(field_values(field, record))
    return Counter({value_label(value, names[value]): count for value, count in counts.items()})


def _with_counts(counts: Counter[str]) -> list[str]:
    """Return the values that occur, each with its count, most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [f"{value} {count:,}" for value, count in ordered if count]


def _last_token(query: str) -> str:
    """Return the last token of the query: a word, or ``field:"value"``. Omit a leading minus sign."""
    match = _LAST_TOKEN.search(query)
    return match[0].removeprefix("-") if match else ""


def _split(token: str) -> tuple[str, str, str]:
    """Split a token of a query into the name of a field, the colon, and the typed value."""
    match = _COLON.search(token)
    if not match:
        return token, "", ""
    return token[: match.start()], match[0], token[match.end() :]


def _completions(query: str, record: Record) -> dict[str, str]:
    """Return the values that begin with the typed value, then the values with a name that begins with it.

    Each value is mapped to the text that completes the typed value: the value itself, or its main name if the
    user types this name in the language of the interface.
    """
    name, colon, written = _split(_last_token(query))
    field = field_called(name)
    if not colon or not field:
        return {}
    typed = written.strip('"').lower()
    begun, named = {}, {}
    for value, names in field_values(field, record):
        if value.lower().startswith(typed):
            begun[value] = value
        elif any(name.lower().startswith(typed) for name in names):
            main = names[0] if current_language() != ENGLISH else value
            named[value] = main if main.lower().startswith(typed) else value
    return begun | named


def _fitting(parts: Iterable[str], gap: str, width: int) -> str:
    """Join the first parts that fit a width; always include the first part."""
    line = ""
    for part in parts:
        longer = f"{line}{gap}{part}" if line else part
        if line and cells(longer) > width:
            break
        line = longer
    return line
