"""Render a document as plain text, at most 80 cells wide. Footer values are not wrapped and can be wider."""

from __future__ import annotations

from collections.abc import Iterator

from kjtui.documents.document import Document
from kjtui.documents.layout import lay_out, plain_lines
from kjtui.words.wrap import PAGE_WIDTH, wrap


def render(document: Document) -> str:
    """Return a document as plain text."""
    lines = [
        *wrap(document.record.dataset.title, PAGE_WIDTH),
        *plain_lines(lay_out(document, PAGE_WIDTH)),
        "",
        *_footer(document),
    ]
    return "\n".join(lines) + "\n"


def _footer(document: Document) -> Iterator[str]:
    yield "─" * PAGE_WIDTH
    for text in document.imprint:
        yield from wrap(text, PAGE_WIDTH)
    for name, value in document.provenance("text").fields():
        yield f"{name}: {value}".rstrip()
