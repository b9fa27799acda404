"""Wrap styled text to lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kjtui.words.wrap import wrap

Span = tuple[str, str]
"""A text and the name of its style. The name is empty if the text has no style."""

Line = tuple[Span, ...]


def wrap_spans(
    text: str | Iterable[Span],
    width: int,
    initial_indent: Line = (),
    subsequent_indent: str = "",
    *,
    style: str = "",
) -> list[Line]:
    """Wrap styled text to a width. If the text is empty, return no lines.

    ``initial_indent`` is the indent of the first line, and ``subsequent_indent`` is the indent of all further
    lines.
    """
    spans = _normalised(((text, style),) if isinstance(text, str) else text)
    normalised = "".join([piece for piece, _ in spans])
    lines: list[Line] = []
    position = 0
    indent = initial_indent
    indent_text = "".join([piece for piece, _ in initial_indent])
    for row in wrap(normalised, width, indent_text, subsequent_indent):
        content = row[len(indent_text) :]
        if normalised[position : position + 1] == " ":
            position += 1
        lines.append((*indent, *_slice(spans, position, len(content))))
        position += len(content)
        indent = ((subsequent_indent, ""),) if subsequent_indent else ()
        indent_text = subsequent_indent
    return lines


def _normalised(spans: Iterable[Span]) -> list[Span]:
    """Collapse whitespace in spans to single spaces, and strip both ends."""
    result: list[Span] = []
    space = False
    for text, style in spans:
        words = text.split()
        space = space or text[:1].isspace()
        if words:
            joined = " ".join(words)
            result.append((f" {joined}" if space and result else joined, style))
            space = text[-1].isspace()
    return result


def _slice(spans: list[Span], start: int, length: int) -> Iterator[Span]:
    """Yield a slice of styled text. ``start`` and ``length`` are in characters."""
    offset = 0
    for text, style in spans:
        piece = text[max(start - offset, 0) : max(start + length - offset, 0)]
        if piece:
            yield piece, style
        offset += len(text)
