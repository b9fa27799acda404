"""Detect changes of a file."""

from __future__ import annotations

import stat
from pathlib import Path

Stamp = tuple[object, ...]
"""A value that changes when the content of a file changes. Empty if there is no file."""


def file_stamp(path: Path) -> Stamp:
    """Return the stamp of a file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return ()
    identity = (status.st_dev, status.st_ino, stat.S_IFMT(status.st_mode))
    if not stat.S_ISREG(status.st_mode):
        return identity  # every use of a device changes its times
    return *identity, status.st_size, status.st_mtime_ns


class FileWatch:
    """A watched file, and its stamp at the last check."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = self.stamp()

    def changed(self) -> bool:
        """Return whether the file has changed since the previous check."""
        before = self._seen
        self._seen = self.stamp()
        return self._seen != before

    def stamp(self) -> Stamp:
        """Return the stamp of the file."""
        return file_stamp(self.path)
