"""The formats that every document can be written in.

A new format is a module with ``render(document) -> str``, and a line here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kjtui.files.atomic_write import ExportError
from kjtui.languages import tr

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


def format_of(path: Path, names: Iterable[str] = FORMATS) -> str:
    """Return the format with the suffix of a path; text if there is no suffix.

    Raises ``ExportError`` if no format has this suffix.
    """
    suffixes = {name: FORMATS[name].suffix for name in names}
    name = name_with_suffix(path, suffixes)
    if name is None:
        message = tr(
            "no format has the ending {suffix}; there are {suffixes}",
            suffix=path.suffix,
            suffixes=", ".join(suffixes.values()),
        )
        raise ExportError(f"{path}: {message}")
    return name


def name_with_suffix(path: Path, suffixes: Mapping[str, str]) -> str | None:
    """Return the name with the suffix of a path: text without a suffix, ``None`` for an unknown suffix.

    Args:
        path: the path of the file to write.
        suffixes: the suffix of each name.
    """
    suffix = path.suffix.lower()
    if suffix in ("", "."):
        return "text"
    for name, known in suffixes.items():
        if known == suffix:
            return name
    return None
