"""Translate the error messages of the JSON and TOML parsers."""

from __future__ import annotations

from kjtui.languages import tr

PARSER_MESSAGES = (
    # msgspec
    "Input data was truncated",
    "Integer value out of range",
    "Invalid UTF-8 encoded string",
    "Number out of range",
    "expected ',' or ']'",
    "expected ',' or '}'",
    "expected ':'",
    "invalid character",
    "invalid character in unicode escape",
    "invalid escape character in string",
    "invalid number",
    "object keys must be strings",
    "trailing characters",
    "trailing comma in array",
    "trailing comma in object",
    # json
    "Expecting ',' delimiter",
    "Expecting ':' delimiter",
    "Expecting property name enclosed in double quotes",
    "Expecting value",
    "Extra data",
    "Unterminated string starting at",
    # tomllib
    "Cannot overwrite a value",
    "Expected '=' after a key in a key/value pair",
    "Expected ']' at the end of a table declaration",
    "Expected ']]' at the end of an array declaration",
    "Expected newline or end of document after a statement",
    "Invalid date or datetime",
    "Invalid hex value",
    "Invalid initial character for a key part",
    "Invalid statement",
    "Invalid value",
    "Unescaped '\\' in a string",
    "Unterminated string",
)
"""The messages that kjtui translates. Any other message of a parser stays English."""


def json_fault(error: Exception, content: bytes) -> str:
    """Return why msgspec cannot decode a JSON text, with the line and the column if they are known.

    msgspec reports only the byte offset.
    """
    if isinstance(error, RecursionError):
        return tr("nested too deeply")
    cause, _, position = str(error).removeprefix("JSON is malformed: ").partition(" (byte ")
    if position:
        before = content[: int(position.rstrip(")"))]
    elif "truncated" in cause:
        before = content
    else:
        return tr(cause.partition(" - at ")[0])
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1
    return tr("{cause} at line {line}, column {column}", cause=tr(cause), line=line, column=column)
