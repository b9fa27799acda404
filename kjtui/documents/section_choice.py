"""Print one section of a document."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from kjtui.documents.document import Block, Document, Heading, SourceList, number


class SectionError(ValueError):
    """The document has no such section. The message is for readers."""


def only_section(document: Document, name: str) -> Document:
    """Return a document with one section and the sources that it cites.

    Args:
        document: the whole document.
        name: the heading of the section, or its beginning, in any case.

    Raises:
        SectionError: the document has no such section.
    """
    names = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    chosen = [known for known in names if known.lower().startswith(name.lower()) and name]
    if not chosen:
        raise SectionError(f"there is no section {name[:40]!r}; there are {', '.join(names)}")
    blocks, ids = number(_section(document.blocks, chosen[0]))
    sources = tuple(document.record.sources[identity] for identity in ids)
    if sources and chosen[0] != "Sources":
        listed = SourceList(sources, max(document.request.days))
        blocks = (*blocks, Heading(2, "Sources"), listed)
    request = replace(document.request, options=(f"section={chosen[0].split(',')[0].lower()}",))
    return replace(document, blocks=tuple(blocks), sources=sources, request=request)


def _section(blocks: Sequence[Block], name: str) -> list[Block]:
    """Return the heading and the blocks of a section."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            if found:
                break
            if block.text == name:
                found.append(block)
        elif found:
            found.append(block)
    return found
