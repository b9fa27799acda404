"""The formats of documents and of lists.

To add a format, write a module with ``render(document) -> str`` or ``render(listing) -> str``, and add the
format to ``DOCUMENT_FORMATS`` or ``LIST_FORMATS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kjtui.files.atomic_write import ExportError
from kjtui.languages import join_items, labelled, tr

if TYPE_CHECKING:
    from kjtui.documents.document import Document
    from kjtui.formats.lists.listing import Listing


class Format(Struct, frozen=True):
    """A format.

    Attributes:
        suffix: the suffix of files in this format.
        module: the name of the module that renders this format. It is imported when the format is first used.
        purpose: the purpose in a few words, for the help. Formats for both documents and lists have a purpose
            only in ``DOCUMENT_FORMATS``.
    """

    suffix: str
    module: str
    purpose: str = ""


DOCUMENT_FORMATS: Mapping[str, Format] = {
    "text": Format(".txt", "kjtui.formats.text", "reading, mail, diffs; documents are at most 80 cells wide"),
    "markdown": Format(".md", "kjtui.formats.markdown", "wikis, issues, notes; lists are a table"),
    "html": Format(
        ".html", "kjtui.formats.html", "browsers, screen readers, printing; lists only with events --full"
    ),
    "json": Format(
        ".json", "kjtui.formats.json.document_json", "programs; documents and lists have a published schema"
    ),
}
"""The formats of documents by name."""

LIST_FORMATS: Mapping[str, Format] = {
    "text": Format(".txt", "kjtui.formats.lists.list_text"),
    "markdown": Format(".md", "kjtui.formats.lists.list_markdown"),
    "json": Format(".json", "kjtui.formats.lists.list_json"),
    "ndjson": Format(
        ".ndjson", "kjtui.formats.lists.list_ndjson", "programs that read one item per line; lists only"
    ),
    "csv": Format(".csv", "kjtui.formats.lists.list_csv", "spreadsheets; lists only"),
}
"""The formats of lists by name."""


def render(document: Document, format_name: str) -> str:
    """Return a document in a format. Raises ``KeyError`` if there is no such format."""
    text: str = import_module(DOCUMENT_FORMATS[format_name].module).render(document)
    return text


def render_list(listing: Listing, format_name: str) -> str:
    """Return a list in a format. Raises ``KeyError`` if there is no such format."""
    text: str = import_module(LIST_FORMATS[format_name].module).render(listing)
    return text


def suffixes(formats: Mapping[str, Format]) -> dict[str, str]:
    """Return a dictionary from the name of each format to its suffix."""
    return {name: output_format.suffix for name, output_format in formats.items()}


def format_of(path: Path, suffix_by_format: Mapping[str, str]) -> str:
    """Return the name of the format that has the suffix of a path.

    If the path has no suffix, return ``text``.

    Args:
        path: the path of the file to write.
        suffix_by_format: a dictionary from the name of each possible format to its suffix.

    Raises:
        ExportError: no format has this suffix.
    """
    if path.suffix in ("", "."):
        return "text"
    name = format_with_suffix(path, suffix_by_format)
    if name is None:
        message = tr(
            "no format here has the extension {suffix}; available: {suffixes}",
            suffix=path.suffix,
            suffixes=join_items(suffix_by_format.values()),
        )
        raise ExportError(labelled(str(path), message))
    return name


def format_with_suffix(path: Path, suffix_by_format: Mapping[str, str]) -> str | None:
    """Return the name of the format that has the suffix of a path, or ``None`` if no format has this suffix.

    The suffix can have two parts, such as ``.csl.json``.
    """
    ending = "".join(path.suffixes).lower()
    for name, suffix in suffix_by_format.items():
        if ending.endswith(suffix):
            return name
    return None
