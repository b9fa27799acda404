"""Noticing that a store changed on disk, and reading it again."""

from __future__ import annotations

from pathlib import Path

from kjtui.history.snapshot import History
from kjtui.record.store import load


class StoreWatch:
    """The file of a store, and whether it is still the one that was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = self._look()

    def changed(self) -> bool:
        """Whether the file is another one than when this was last asked."""
        before, self._seen = self._seen, self._look()
        return self._seen != before

    def read(self) -> History:
        """The record that the file holds now. Raises ``StoreError`` where it holds none."""
        self._seen = self._look()
        return History(load(self.path))

    def _look(self) -> tuple[int, ...]:
        try:
            found = self.path.stat()
        except OSError:
            return ()
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
