"""Fit a document on one page: shorten lists, and choose the events whose text is shown.

The height of a block depends on the numbers of its sources, and these depend on the whole page. So the page
is fitted by trial: compose the page for a number of lines, measure its height, and adjust the number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from kjtui.documents.block_types import Block, EventList, FieldList, MeetingList
from kjtui.documents.document import number
from kjtui.documents.layout import follows_closely, lay_out_blocks
from kjtui.words.wrap import PAGE_WIDTH

_MOST_PASSES = 4
"""Maximum number of attempts to fill the page."""


class Entry(Struct, frozen=True):
    """An entry of a list in a short form, and optionally in a long form.

    Attributes:
        rank: the priority of the long form. The entry with the lowest rank gets its long form first.
    """

    short: Block
    long: Block | None = None
    rank: tuple[int, ...] = ()

    @property
    def added(self) -> int:
        """Return the number of lines that the long form adds."""
        return own_height(self.long) - own_height(self.short) if self.long else 0


class Cut(Struct, frozen=True):
    """The entries of a list that fit, and the number of entries that were left out."""

    blocks: tuple[Block, ...]
    left_out: int


Compose = Callable[[int], list[Block]]
"""A function that composes a page. Its argument is the total number of lines available to the lists."""


def fit_page(compose: Compose, lines: int) -> list[Block]:
    """Return the fullest page that fits in ``lines``.

    If even the page without lists does not fit, return that page.
    """
    available = max(lines - estimated_height(compose(0)), 0)
    page = compose(available)
    # If all entries of a list fit, no line is needed for the number of omitted entries, so this line is free.
    # An entry on a free line can add a heading and make the page too long again, so passes are limited.
    for _ in range(_MOST_PASSES):
        spare = lines - estimated_height(page)
        if spare <= 0:
            break
        available += spare
        page = compose(available)
    while available > 0 and (excess := _excess(page, lines)) > 0:
        # Fewer entries may also need fewer headings, so subtracting the whole excess would omit too much.
        available -= max(excess // 4, 1)
        page = compose(available)
    return page


def _excess(blocks: Sequence[Block], lines: int) -> int:
    """Return the number of lines by which blocks exceed the page.

    The exact height is measured only if the estimated height fits.
    """
    excess = estimated_height(blocks) - lines
    return excess if excess > 0 else height(blocks) - lines


def fit_lists(
    lists: Sequence[Sequence[Entry]], lines: int, required: Sequence[int] | None = None
) -> list[Cut]:
    """Shorten lists to a total number of lines.

    Lines are allocated to the short forms first, in the order of the lists. If the lines do not suffice, the
    last lists lose entries. If lines remain, they are used for long forms, lowest rank first.

    Args:
        lists: the lists.
        lines: the total number of lines, including the lines of required entries.
        required: for each list, the number of entries that are never omitted; by default 0.
    """
    least = required or [0] * len(lists)
    lines_left = lines
    for entries, count in zip(lists, least, strict=True):
        lines_left -= sum(own_height(entry.short) for entry in entries[:count])
    counts: list[int] = []
    for entries, count in zip(lists, least, strict=True):
        for entry in entries[count:]:
            if own_height(entry.short) > lines_left:
                break
            lines_left -= own_height(entry.short)
            count += 1
        counts.append(count)
    shown = [list(entries[:count]) for entries, count in zip(lists, counts, strict=True)]
    long: set[int] = set()
    for entry in sorted((entry for entries in shown for entry in entries), key=lambda entry: entry.rank):
        if entry.long and entry.added <= lines_left:
            lines_left -= entry.added
            long.add(id(entry))
    result: list[Cut] = []
    for entries, all_entries in zip(shown, lists, strict=True):
        blocks = [entry.long if entry.long and id(entry) in long else entry.short for entry in entries]
        result.append(Cut(tuple(blocks), len(all_entries) - len(entries)))
    return result


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, with adjacent lists merged."""
    last: Block | None = None
    for block in blocks:
        if isinstance(last, EventList) and isinstance(block, EventList):
            last = EventList((*last.events, *block.events))
        elif isinstance(last, FieldList) and isinstance(block, FieldList):
            last = FieldList((*last.fields, *block.fields))
        elif isinstance(last, MeetingList) and isinstance(block, MeetingList):
            last = MeetingList((*last.meetings, *block.meetings))
        else:
            if last:
                yield last
            last = block
    if last:
        yield last


def height(blocks: Iterable[Block]) -> int:
    """Return the height of blocks on the page, including empty lines between blocks."""
    numbered, _ = number(blocks)  # citation numbers add to the width of lines
    return sum(len(passage.lines) for passage in lay_out_blocks(numbered, PAGE_WIDTH))


def estimated_height(blocks: Iterable[Block]) -> int:
    """Return the sum of the blocks' own heights and of the empty lines between blocks.

    The sum is an estimate, because citation numbers on the whole page can have more digits than in a single
    block. Laying out the whole page at each attempt would take longer than all other work on a snapshot.
    """
    height = 0
    above: Block | None = None
    for block in blocks:
        height += own_height(block) + (not follows_closely(block, above))
        above = block
    return height


@lru_cache(maxsize=512)
def own_height(block: Block) -> int:
    """Return the height of a block without the empty line before the block."""
    return height([block]) - 1
