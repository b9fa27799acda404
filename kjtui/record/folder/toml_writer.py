"""Write the documents of a table as TOML.

The writer supports the types in a store: objects, lists, texts, numbers and booleans. Its output is
deterministic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from textwrap import wrap
from typing import Any

_WIDTH = 110
"""Maximum length of a line. A value that cannot be wrapped may exceed it."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def write_table(fields: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """Convert a table to TOML.

    Args:
        fields: The values of the table.
        path: The keys of the table's header; empty for the root of a file.
    """
    return "".join(f"{line}\n" for line in _table_lines(fields, path))


def write_array(name: str, documents: Iterable[Mapping[str, Any]]) -> str:
    """Convert documents to a TOML array of tables, with an empty line before each table."""
    return "".join(f"\n[[{name}]]\n{write_table(document, (name,))}" for document in documents)


def _table_lines(fields: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a table: first its plain fields, then its tables, as TOML requires."""
    nested = []
    for name, value in fields.items():
        lines = _field_lines(name, value)
        if lines is None:
            nested.append((name, value))
        else:
            yield from lines
    for name, value in nested:
        inner_path = (*path, name)
        header = ".".join(map(_key, inner_path))
        if isinstance(value, dict):
            yield f"[{header}]"
            yield from _table_lines(value, inner_path)
        else:
            for element in value:
                yield f"[[{header}]]"
                yield from _table_lines(element, inner_path)


def _field_lines(name: str, value: Any) -> list[str] | None:
    """Return the lines of a field, or ``None`` if it must be written as a table with its own header."""
    line = f"{_key(name)} = {_inline(value)}"
    if len(line) <= _WIDTH and not _has_several_tables(value):
        return [line]
    if isinstance(value, str):
        return _long_text(name, value)
    if isinstance(value, list):
        elements = [f"    {_inline(element)}," for element in value]
        short = all(len(element) <= _WIDTH for element in elements)
        if short or not all(isinstance(element, dict) for element in value):
            return [f"{_key(name)} = [", *elements, "]"]
    if isinstance(value, list | dict):
        return None
    return [line]


def _has_several_tables(value: Any) -> bool:
    """Return whether a value is a list of several tables. Such tables are written one per line."""
    return isinstance(value, list) and len(value) > 1 and all(isinstance(element, dict) for element in value)


def _long_text(name: str, text: str) -> list[str]:
    """Return the lines of a field with a long text.

    A backslash at the end of a line means that the line break is not part of the text.
    """
    if not text or " ".join(text.split()) != text:  # wrapping would change its whitespace
        return [f"{_key(name)} = {_string(text)}"]
    lines = wrap(_escape(text), _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return [f'{_key(name)} = """\\', *(f"{line} \\" for line in lines[:-1]), f'{lines[-1]}"""']


def _inline(value: Any) -> str:
    """Convert a value to TOML in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if _is_day(value) else _string(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        fields = ", ".join(f"{_key(name)} = {_inline(inner)}" for name, inner in value.items())
        return f"{{ {fields} }}"
    if isinstance(value, int | float):
        return repr(value)
    raise TypeError(f"not a value of a store: {type(value).__name__}")


def _is_day(text: str) -> bool:
    """Return whether a text can be written as a TOML date."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _string(name)


def _string(text: str) -> str:
    return f'"{_escape(text)}"'


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text)
