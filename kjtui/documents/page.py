"""Fit a document on one page: decide which lists to cut, and which events have room for their text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from kjtui.documents.document import Block, EventList, FieldList, number
from kjtui.documents.layout import follows_closely, lay_out_blocks

WIDTH = 80
"""The width of the page in cells, that of a text."""


_MOST_PASSES = 4
"""Maximum number of attempts to fill the page."""


class Entry(Struct, frozen=True):
    """An entry of a list that can be cut, in a short form and perhaps a long one."""

    short: Block
    long: Block | None = None


class Cut(Struct, frozen=True):
    """The entries of a list that fit, and the number of entries that were left out."""

    blocks: tuple[Block, ...]
    left_out: int


Compose = Callable[[int], list[Block]]
"""Compose a page whose lists have some lines together."""


def fit_page(compose: Compose, lines: int) -> list[Block]:
    """Return a page of at most some lines, unless it is longer even with empty lists."""
    available = max(lines - _estimate(compose(0)), 0)
    page = compose(available)
    # A section without entries that fit is left out, so that its heading leaves lines to others.
    for _ in range(_MOST_PASSES):
        spare = lines - _estimate(page)
        if spare <= 0:
            break
        available += spare
        page = compose(available)
    while available > 0 and (_estimate(page) > lines or _height(page) > lines):
        available -= 1
        page = compose(available)
    return page


def fit_lists(lists: Sequence[Sequence[Entry]], lines: int) -> list[Cut]:
    """Return as much of some lists as fits into a number of lines.

    The short forms come first, list by list, so that the last list is cut first. Lines that are left go to
    the long forms.
    """
    left = lines
    counts: list[int] = []
    for entries in lists:
        count = 0
        for entry in entries:
            if own_height(entry.short) > left:
                break
            left -= own_height(entry.short)
            count += 1
        counts.append(count)
    result: list[Cut] = []
    for entries, count in zip(lists, counts, strict=True):
        blocks: list[Block] = []
        for entry in entries[:count]:
            block = entry.short
            if entry.long is not None:
                more = own_height(entry.long) - own_height(entry.short)
                if more <= left:
                    left -= more
                    block = entry.long
            blocks.append(block)
        result.append(Cut(tuple(blocks), len(entries) - count))
    return result


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks with neighbouring lists as one list."""
    last: Block | None = None
    for block in blocks:
        if isinstance(last, EventList) and isinstance(block, EventList):
            last = EventList((*last.events, *block.events))
        elif isinstance(last, FieldList) and isinstance(block, FieldList):
            last = FieldList((*last.fields, *block.fields))
        else:
            if last:
                yield last
            last = block
    if last:
        yield last


def _height(blocks: Iterable[Block]) -> int:
    """Return how many lines blocks have on the page, with the empty lines between them."""
    numbered, _ = number(blocks)  # the numbers of sources take room
    return sum(len(passage.lines) for passage in lay_out_blocks(numbered, WIDTH))


def _estimate(blocks: Iterable[Block]) -> int:
    """Return the height of blocks from their own heights, which may differ by the numbers of sources.

    To lay the whole page out for each attempt takes longer than everything else that a snapshot needs.
    """
    height = 0
    above: Block | None = None
    for block in blocks:
        height += own_height(block) + (not follows_closely(block, above))
        above = block
    return height


@lru_cache(maxsize=512)
def own_height(block: Block) -> int:
    """Return how many lines a block has without the empty line before it."""
    return _height([block]) - 1
