"""Detect changes of a store on disk, and read it again."""

from __future__ import annotations

from pathlib import Path

from kjtui.history.snapshot import History
from kjtui.record.store import load


class StoreWatch:
    """The file of a store, or its folder of text files, compared with what was last seen of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = self._stat()

    def changed(self) -> bool:
        """Return whether a file has changed since the last call."""
        before, self._seen = self._seen, self._stat()
        return self._seen != before

    def read(self) -> History:
        """Read the store. Raise ``StoreError`` if it is unusable."""
        self._seen = self._stat()
        return History(load(self.path))

    def _stat(self) -> tuple[object, ...]:
        try:
            if self.path.is_dir():
                from kjtui.record.folder.text_folder import stamp

                return stamp(self.path)
            status = self.path.stat()
        except OSError:
            return ()
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
