"""A partial update writes only the changed cells."""

from collections.abc import Sequence

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from kjtui.tui.terminal.cropped_update import CroppedUpdate
from kjtui.words.wrap import cells

_NARROW = "aé─●"
_WIDE = "한日"


def update_of(parts: Sequence[str], first: int, last: int) -> ChopsUpdate:
    """Return an update of the cells ``first`` to ``last - 1`` in a line that consists of ``parts``."""
    strips, ends = {}, []
    start = 0
    for part in parts:
        strips[start] = Strip([Segment(part)])
        start += cells(part)
        ends.append(start)
    return ChopsUpdate([strips], [(0, first, last)], [ends])


def written(update: ChopsUpdate) -> str:
    return update.render_segments(Console())


def test_an_update_of_two_cells_writes_two_cells() -> None:
    update = update_of(["Photoresist individual licence 12 d"], 31, 33)
    assert "Photoresist" in written(update)  # Textual issue 5625: the line is cropped on the right only
    assert written(CroppedUpdate.of(update)) == "\x1b[1;32H12"


def test_an_update_across_panes_writes_the_changed_part_of_each() -> None:
    update = CroppedUpdate.of(update_of(["left pane", "right pane"], 5, 14))
    assert written(update) == "\x1b[1;6Hpane\x1b[1;10Hright"


parts = st.lists(st.text(_NARROW + _WIDE, min_size=1, max_size=8), min_size=1, max_size=4)


@given(parts, st.data())
def test_an_updated_line_equals_a_line_written_whole(old: list[str], data: st.DataObject) -> None:
    """The changed cells begin and end at character boundaries, because panes change only whole characters."""
    texts = "".join(old)
    begin = data.draw(st.integers(0, len(texts) - 1))
    end = data.draw(st.integers(begin + 1, len(texts)))
    width = cells(texts[begin:end])
    replaced = data.draw(st.sampled_from(["x" * width, "─" * width, "한" * (width // 2) + "x" * (width % 2)]))
    new = texts[:begin] + replaced + texts[end:]
    first = cells(texts[:begin])
    screen = pyte.Screen(80, 1)
    stream = pyte.Stream(screen)
    stream.feed(texts)
    stream.feed(written(CroppedUpdate.of(update_of([new], first, first + width))))
    whole = pyte.Screen(80, 1)
    pyte.Stream(whole).feed(new)
    assert screen.display == whole.display
