"""The base class of panes that show tracks. The up and down keys select a track."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message
from textual.reactive import var

from kjtui.tui.paint.line_pane import Line, SnapshotPane, mark_selected


class TrackSelection(SnapshotPane):
    """A pane that shows tracks. While the pane has the focus, the selected track is marked."""

    class TrackSelected(Message):
        """The user clicked on a track."""

        def __init__(self, track: str) -> None:
            super().__init__()
            self.track = track

    track: var[str] = var("")
    """The id of the selected track."""

    def track_lines(self) -> Sequence[str]:
        """Return the track id of each line. Lines without a track have an empty id."""
        raise NotImplementedError

    def row_line(self, row: int) -> Line:
        """Return the line to show in a row.

        Mark the first line of the selected track while the pane has the focus.
        """
        line = super().row_line(row)
        if self.has_focus and row + self.top == self._selected_line():
            return mark_selected(line, self.columns)
        return line

    def watch_track(self) -> None:
        """Mark the selected track and keep it visible."""
        selected = self._selected_line()
        if selected is not None and self.rows:
            top = self.scroll_offset.y
            # Also show the line before, which may be a heading, and the line after.
            shown = min(max(top, selected + 2 - self.rows), max(selected - 1, 0))
            if shown != top:
                self.scroll_to(y=shown, animate=False, immediate=True)
        self.repaint()

    def _selected_line(self) -> int | None:
        tracks = self.track_lines()
        return tracks.index(self.track) if self.track and self.track in tracks else None
