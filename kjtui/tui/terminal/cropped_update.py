"""Write only the changed cells of a line to the terminal."""

from __future__ import annotations

from rich.console import Console
from textual._compositor import ChopsUpdate


class CroppedUpdate(ChopsUpdate):
    """A partial update of the screen that omits the unchanged cells to the left of a change.

    Textual crops a changed line only on the right (issue 5625). For a change in the last cell of a pane,
    Textual writes the whole line of the pane. Cropping on both sides halves the output when the cursor moves.
    """

    @classmethod
    def of(cls, update: ChopsUpdate) -> CroppedUpdate:
        """Return the cropped form of an update."""
        return cls(update.chops, update.spans, update.chop_ends)

    def render_segments(self, console: Console) -> str:
        """Render the changed cells as text with escape sequences."""
        output: list[str] = []
        for y, first, last in self.spans:
            for end, (start, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                start_cell, end_cell = max(start, first), min(end, last)
                if strip is not None and start_cell < end_cell:
                    output.append(f"\x1b[{y + 1};{start_cell + 1}H")
                    output.append(strip.crop(start_cell - start, end_cell - start).render(console))
        return "".join(output)
