"""The formats that every document can be written in.

A new format is a module with ``render(document) -> str``, and a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kjtui.files.atomic_write import ExportError

if TYPE_CHECKING:
    from kjtui.documents.document import Document


class Format(Struct, frozen=True):
    """A format.

    Attributes:
        suffix: the suffix of its files.
        module: its renderer, imported when first used.
        purpose: the purpose in a few words, for the help.
    """

    suffix: str
    module: str
    purpose: str


FORMATS: Mapping[str, Format] = {
    "text": Format(".txt", "kjtui.formats.text", "reading, mail, diffs; documents are at most 80 cells wide"),
    "markdown": Format(".md", "kjtui.formats.markdown", "wikis, issues, notes; lists are a table"),
    "html": Format(".html", "kjtui.formats.html", "browsers, screen readers, printing; documents only"),
    "json": Format(
        ".json", "kjtui.formats.json.document_json", "programs; documents and lists have a published schema"
    ),
}
"""Every format by its name."""


def render(document: Document, format_name: str) -> str:
    """Return a document in a format. Raises ``KeyError`` if there is no such format."""
    text: str = import_module(FORMATS[format_name].module).render(document)
    return text


def format_of(path: Path) -> str:
    """Return the name of the format with the suffix of a path; text if there is no suffix.

    Raises ``ExportError`` if no format has this suffix.
    """
    return name_with_suffix(path, {name: known.suffix for name, known in FORMATS.items()}, "no format")


def name_with_suffix(path: Path, suffixes: Mapping[str, str], none: str) -> str:
    """Return the name with the suffix of a path; text if there is no suffix.

    Args:
        path: the path of the file to write.
        suffixes: the suffix of each name.
        none: the beginning of the error, such as "no format".

    Raises:
        ExportError: no name has this suffix.
    """
    suffix = path.suffix.lower()
    if suffix in ("", "."):
        return "text"
    for name, known in suffixes.items():
        if known == suffix:
            return name
    endings = ", ".join(suffixes.values())
    raise ExportError(f"{path}: {none} has the ending {path.suffix}; there are {endings}")
