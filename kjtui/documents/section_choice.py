"""Select one section of a document."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from kjtui.documents.block_types import Block, Heading, SourceList
from kjtui.documents.document import Document, number
from kjtui.documents.track_document import SECTIONS
from kjtui.languages import join_items, tr


class SectionError(ValueError):
    """The document has no such section. The message is shown to the user."""


def only_section(document: Document, name: str) -> Document:
    """Return a document with only one section and the sources that the section cites.

    Args:
        document: the whole document.
        name: a prefix of the heading, in English or in the language of the document; case is ignored.

    Raises:
        SectionError: the document has no such section.
    """
    names = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    english = {tr(heading): heading for heading in (*SECTIONS, "Sources")}
    chosen = [heading for heading in names if name and _begins(heading, english.get(heading, ""), name)]
    if not chosen:
        raise SectionError(
            tr("there is no section {name!r}; available: {names}", name=name[:40], names=join_items(names))
        )
    blocks, ids = number(_section(document.blocks, chosen[0]))
    sources = tuple(document.record.sources[identity] for identity in ids)
    if sources and chosen[0] != tr("Sources"):
        listed = SourceList(sources, max(document.request.days))
        blocks = (*blocks, Heading(2, tr("Sources")), listed)
    key = english.get(chosen[0], chosen[0]).split(",")[0].lower()
    request = replace(document.request, options=(f"section={key}",))
    return replace(document, blocks=tuple(blocks), sources=sources, request=request)


def _begins(text: str, english: str, beginning: str) -> bool:
    """Return whether a heading or its English original begins with a prefix, ignoring case."""
    return any(name.lower().startswith(beginning.lower()) for name in (text, english))


def _section(blocks: Sequence[Block], name: str) -> list[Block]:
    """Return the heading and the blocks of a section."""
    section_blocks: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            if section_blocks:
                break
            if block.text == name:
                section_blocks.append(block)
        elif section_blocks:
            section_blocks.append(block)
    return section_blocks
