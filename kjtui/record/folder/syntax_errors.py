"""Explain a syntax error of a TOML file to someone who does not know TOML."""

from __future__ import annotations

import re
from typing import NamedTuple

from kjtui.languages import tr
from kjtui.record.folder.toml_positions import Position, position_of

_WHERE = re.compile(r"(.+) \(at line (\d+), column (\d+)\)")
_AT_END = " (at end of document)"
_HEADER = re.compile(r"^[ \t]*(\[\[?)[ \t]*([A-Za-z0-9_-]+)([^\[\]=]*)\]\]?[ \t]*(#.*)?$", re.MULTILINE)
_DATE_VALUE = re.compile(r"=\s*(\d+(?:[-/.]\w+)+|\d+\.? [^\W\d]+,? \d+)\s*(?=[,}\]#]|$)")
"""Matches a value that begins with a digit and is probably meant as a date."""
_PARTIAL_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2]|W\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BARE_TEXT = re.compile(r"=\s*[^\W\d]")
_TWICE = re.compile(r"Cannot declare \('(?P<table>[^']+)'.*\) twice|Duplicate inline table key '(?P<key>.+)'")
_CHARACTER = re.compile(r"(?:Illegal|Found invalid) character (.+)")
_CURLY_QUOTES = re.compile("[“”„‘’]")


class SyntaxFault(NamedTuple):
    """The place and the explanation of a syntax error."""

    place: Position
    message: str


def explain_syntax(error: str, text: str, table: str) -> SyntaxFault:
    """Return the place and an explanation of a syntax error that ``tomllib`` found.

    Args:
        error: The error message of ``tomllib``, which ends with the line and column.
        text: The text of the file.
        table: The table that the file should contain. In ``dataset.toml``, the table has no header.
    """
    place, message = position_of(text, len(text)), error.removesuffix(_AT_END)
    if match := _WHERE.fullmatch(error):
        message, place = match[1], Position(int(match[2]), int(match[3]))
    if text.lstrip().startswith("{"):
        return SyntaxFault(Position(1, 1), tr("JSON, where TOML is expected"))
    header = wrong_header(text, table) if table != "dataset" else None
    if header is not None:
        return header
    line = text.split("\n")[place.line - 1]
    explanation = _explanation(message, line) or _date_explanation(line, place.column - 1)
    return SyntaxFault(place, explanation or _bracket_explanation(message) or tr(message))


def wrong_header(text: str, table: str) -> SyntaxFault | None:
    """Return a fault for the first header with a wrong table name, or ``None`` if all headers are correct."""
    for match in _HEADER.finditer(text):
        brackets, name, inner_name = match[1], match[2], match[3].strip()
        is_single = brackets == "[" and not inner_name
        if name != table or is_single:
            message = tr("expected {expected}, not {found}", expected=f"[[{table}]]", found=f"[{name}]")
            return SyntaxFault(position_of(text, match.start()), message)
    return None


def _explanation(message: str, line: str) -> str:
    """Return an explanation of the error in ``line``, or an empty text if the message is clear enough."""
    if _CURLY_QUOTES.search(line) and message.startswith("Invalid"):
        return tr("curly quotation marks; write straight ones")
    if message.startswith("Illegal character '\\n'"):
        return tr("a quotation mark is missing at the end of the text")
    if message == "Cannot overwrite a value":
        return tr("the key {key} occurs twice", key=line.partition("=")[0].strip())
    if match := _TWICE.fullmatch(message):
        return tr("the key {key} occurs twice", key=match["table"] or match["key"])
    if match := _CHARACTER.fullmatch(message):
        return tr("the character {character} is not allowed here", character=match[1])
    if message == "Invalid value" and _BARE_TEXT.search(line):
        return tr("a text needs quotation marks")
    return ""


def _date_explanation(line: str, offset: int) -> str:
    """Return an explanation of the invalid date at ``offset``, or an empty text if no date is there."""
    for match in _DATE_VALUE.finditer(line):
        if not match.start(1) <= offset <= match.end(1):
            continue
        if _PARTIAL_DATE.fullmatch(match[1]):
            return tr("a month or a week needs quotation marks")
        if _DAY.fullmatch(match[1]):
            return tr("no such day: {day}", day=match[1])
        return tr("not a day: {text}; a day is written {example}", text=match[1], example="2020-03-10")
    return ""


def _bracket_explanation(message: str) -> str:
    if message in ("Unclosed array", "Unclosed inline table"):
        return tr("a comma or a closing bracket is missing before this place")
    return ""
