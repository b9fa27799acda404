"""Build the store of another language: the same documents and ids, with translated texts.

The module uses only the standard library, because the build of the package imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Translate = Callable[[str, str], str]
"""The type of a function that translates a text.

Its arguments are a context and the text. It returns the text itself if there is no translation.
"""

_FIELDS: dict[str, tuple[str, ...]] = {
    "dataset": ("title", "about", "notice", "actors.*"),
    "tracks": (
        "group",
        "name",
        "short",
        "about",
        "states[].label",
        "states[].short",
        "states[].meaning",
        "initial.note",
        "facts[].label",
        "facts[].value",
    ),
    "meetings": ("name", "short", "series"),
    "events": (
        "title",
        "summary",
        "says.*",
        "effects[].note",
        "meeting.place",
        "meeting.level",
        "meeting.heads.*",
        "meeting.agenda",
        "meeting.outcome",
        "disputed[].about",
        "disputed[].readings[].says",
    ),
    "series": ("title", "measure", "unit", "note"),
    "terms": ("term", "meaning"),
    "sources": ("title", "publisher", "copy_of"),
}
"""Maps each table to the paths of its translated texts.

In a path, ``[]`` stands for each item of a list, and ``*`` for each value of an object.
"""

_NAMES = {"tracks": ("name", "short"), "meetings": ("name", "short"), "terms": ("term",)}
"""Maps each table to the fields that contain names."""

_BY_ID = ("events",)
"""Tables in which each document has its own context, because translating a sentence requires its event."""


def translated(tables: dict[str, dict[str, Any]], language: str, translate: Translate) -> dict[str, Any]:
    """Return the tables of a store in another language.

    A text stays English if it has changed since it was translated. The English names become aliases, so that
    searches in both languages find them.
    """
    result: dict[str, Any] = {}
    for table, documents in tables.items():
        result[table] = {}
        for document_id, document in documents.items():
            result[table][document_id] = _document(table, document, language, translate)
    for document_id, document in tables.get("dataset", {}).items():
        aliases = _translated_aliases(document.get("aliases", {}), tables, result)
        if aliases:
            result["dataset"][document_id]["aliases"] = aliases
    return result


def texts(tables: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield all texts to translate, in the order of the store. Each is a pair: context and English text."""
    collected: list[tuple[str, str]] = []

    def collect(context: str, text: str) -> str:
        collected.append((context, text))
        return text

    translated(tables, "", collect)
    yield from dict.fromkeys(collected)


def _document(table: str, document: dict[str, Any], language: str, translate: Translate) -> dict[str, Any]:
    result = document
    for path in _FIELDS.get(table, ()):
        if (table, path) == ("sources", "title") and not str(document.get("title", "")).startswith("["):
            continue  # the title of a publication stays as it was published
        context = f"{table}/{path}"
        if table in _BY_ID:
            context = f"{document['id']}/{path}"

        def replace(text: str, context: str = context) -> str:
            return translate(context, text)

        result = _replace(result, path.split("."), replace)
    if table == "dataset":
        return {**result, "language": language, "original_title": document.get("title", "")}
    return _with_english_names(table, document, result)


def _replace(value: Any, path: list[str], replace: Callable[[str], str]) -> Any:
    """Replace the texts at a path in a value. Return the value itself if the path does not exist."""
    if not path:
        return replace(value) if isinstance(value, str) and value else value
    name, remaining_path = path[0], path[1:]
    if not isinstance(value, dict):
        return value
    if name == "*":
        return {key: _replace(item, remaining_path, replace) for key, item in value.items()}
    field = name.removesuffix("[]")
    if field not in value:
        return value
    inner = value[field]
    if name.endswith("[]"):
        return {**value, field: [_replace(item, remaining_path, replace) for item in inner]}
    return {**value, field: _replace(inner, remaining_path, replace)}


def _translated_aliases(
    aliases: dict[str, list[str]], tables: dict[str, dict[str, Any]], result: dict[str, Any]
) -> dict[str, list[str]]:
    """Return a dict from the translated names of actors, levels, series and publishers to their aliases.

    The aliases include the English names.
    """
    translations: dict[str, list[str]] = {}
    for english, translation in zip(_names(tables), _names(result), strict=True):
        all_aliases = translations.setdefault(translation, list(aliases.get(english, [])))
        if english not in (translation, *all_aliases):
            all_aliases.append(english)
    return {translation: all_aliases for translation, all_aliases in translations.items() if all_aliases}


def _names(tables: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the names of actors, meeting levels, meeting series and publishers, in the order of the store."""
    for dataset in tables.get("dataset", {}).values():
        yield from dataset.get("actors", {}).values()
    for event in tables.get("events", {}).values():
        if level := event.get("meeting", {}).get("level"):
            yield level
    for meeting in tables.get("meetings", {}).values():
        if series := meeting.get("series"):
            yield series
    for source in tables.get("sources", {}).values():
        if publisher := source.get("publisher"):
            yield publisher


def _with_english_names(table: str, english: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    """Return the translated document ``result``, with the English names added to its aliases."""
    aliases = list(result.get("aliases", []))
    for field in _NAMES.get(table, ()):
        name = english.get(field)
        if name and name != result[field] and name not in aliases:
            aliases.append(name)
    return {**result, "aliases": aliases} if aliases else result
