"""Explain an invalid value in the terms of docs/store.md, and suggest a correction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

import msgspec
from msgspec import inspect

from kjtui.languages import join_clauses, join_items, tr
from kjtui.record.partial_date import DateFormError, PartialDate, Period

TYPES: Mapping[str, str] = {
    "str": "a text",
    "array": "a list",
    "object": "an object",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
    "date": "a day",
}
"""Maps JSON types to the names that docs/store.md uses for them."""

DATE_HINTS: Mapping[type, str] = {
    PartialDate: "write 2020-03-10, 2020-03, 2020-W11 or 2020",
    Period: (
        "write a date such as 2020-03, two joined by a slash, 2020-01/2020-05, "
        "or 2020-03-10/.. for an open-ended period"
    ),
}
_NEAR, _NEAR_PART = 0.6, 0.8
"""Minimum similarity of a suggestion. The second value is for the similarity to one part of an id."""
_LONGEST = 100
"""Maximum number of characters of a word that are compared."""
_LIMIT = re.compile("Expected `(?P<type>str|array)` of length <= (?P<limit>[0-9]+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def explain(error: msgspec.ValidationError, document: Mapping[str, Any], model: type[Any]) -> tuple[str, str]:
    """Return the invalid field of a document, and an error message."""
    message, _, where = str(error).partition(" - at `$")
    field = where.strip("`.")
    value, kind = _at(document, inspect.type_info(model), field)
    if isinstance(kind, inspect.CustomType) and kind.cls in DATE_HINTS:
        return field, _partial_date_message(error.__cause__, value, tr(DATE_HINTS[kind.cls]))
    return field, _message(message, value, kind)


def hint(word: str, candidates: Iterable[str]) -> str:
    """Return the phrase "did you mean …?" for a misspelt word, or an empty text if no word is similar."""
    scores = {candidate: _likeness(word[:_LONGEST], candidate) for candidate in candidates}
    best = max(scores, key=scores.__getitem__, default="")
    return tr("did you mean {word!r}?", word=best) if scores.get(best, 0) >= _NEAR else ""


def _likeness(word: str, candidate: str) -> float:
    """Return the similarity of two words, from 0 to 1.

    If ``candidate`` is an id with several parts, a high similarity of ``word`` to one part is sufficient.
    """
    word, candidate = word.lower(), candidate.lower()
    similarity = SequenceMatcher(None, word, candidate).ratio()
    parts = [SequenceMatcher(None, word, part).ratio() for part in re.split(r"[-_]", candidate)]
    best_part = max(parts)
    return max(similarity, best_part) if best_part >= _NEAR_PART else similarity


def _message(message: str, value: Any, kind: inspect.Type) -> str:
    match = re.fullmatch(r"Expected `([a-z]+)(?: \| null)?`, got `([a-z]+)`", message)
    if match:
        return tr("must be {wanted}, not {given}", wanted=_type_name(match[1]), given=_type_name(match[2]))
    if match := _LIMIT.fullmatch(message):
        limit = f"{int(match['limit']):,}"
        if match["type"] == "str":
            return tr("longer than {limit} characters", limit=limit)
        return tr("more than {limit} entries", limit=limit)
    if message.startswith("Invalid enum value") and isinstance(kind, inspect.LiteralType):
        allowed = join_items(most_similar_first(str(value), map(str, kind.values)))
        return tr("unknown value {value!r}; allowed: {allowed}", value=value, allowed=allowed)
    if match := re.fullmatch(r"Object contains unknown field `(.*)`", message):
        fields = []
        if isinstance(kind, inspect.StructType):
            fields = [field.encode_name for field in kind.fields]
        message = tr("unknown field {field!r}", field=match[1])
        return join_clauses(filter(None, (message, hint(match[1], fields))))
    if match := re.fullmatch(r"Object missing required field `(.*)`", message):
        return _missing(match[1], kind)
    if message == "Invalid RFC3339 encoded date":
        return _day_message(value)
    return message


def _missing(field: str, kind: inspect.Type) -> str:
    """Return the message for a missing field. If only certain values are allowed, the message lists them."""
    fields = kind.fields if isinstance(kind, inspect.StructType) else ()
    types = {model_field.encode_name: model_field.type for model_field in fields}
    missing = types.get(field)
    if not isinstance(missing, inspect.LiteralType):
        return tr("the field {field!r} is missing", field=field)
    allowed = join_items(map(str, missing.values))
    return tr("the field {field!r} is missing; allowed: {allowed}", field=field, allowed=allowed)


def _partial_date_message(cause: BaseException | None, value: Any, date_hint: str) -> str:
    """Return the message for an invalid date. ``cause`` is the error that the model raised."""
    if not isinstance(value, str):
        return tr("must be a date; {hint}", hint=date_hint)
    return join_clauses((str(cause), date_hint)) if isinstance(cause, DateFormError) else str(cause)


def most_similar_first(text: str, candidates: Iterable[str]) -> list[str]:
    """Sort the candidates by their similarity to a text, most similar first."""
    return sorted(candidates, key=lambda candidate: -SequenceMatcher(None, text, candidate).ratio())


def _type_name(name: str) -> str:
    return tr(TYPES.get(name, name))


def _day_message(value: Any) -> str:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return tr("no such day: {value!r}", value=value)
    return tr("a full day is needed, such as 2020-03-10, not {value!r}", value=str(value)[:40])


def _at(value: Any, kind: inspect.Type, field: str) -> tuple[Any, inspect.Type]:
    """Return the value at a path such as ``effects[0].stage``, and the type of this field in the model."""
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+|\.\.\.)\]", field):
        kind = _without_null(kind)
        if isinstance(kind, inspect.StructType):
            value = value.get(name) if isinstance(value, dict) else None
            kind = next((inner.type for inner in kind.fields if inner.encode_name == name), kind)
        elif isinstance(kind, inspect.VarTupleType) and index.isdigit():
            value = value[int(index)] if isinstance(value, list) and int(index) < len(value) else None
            kind = kind.item_type
        elif isinstance(kind, inspect.DictType):
            value, kind = None, kind.value_type
    return value, _without_null(kind)


def _without_null(kind: inspect.Type) -> inspect.Type:
    if isinstance(kind, inspect.UnionType):
        return next((member for member in kind.types if not isinstance(member, inspect.NoneType)), kind)
    return kind
