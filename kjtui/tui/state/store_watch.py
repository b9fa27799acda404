"""Detect changes of a store on disk, and read the store again."""

from __future__ import annotations

from kjtui.files.file_watch import FileWatch, Stamp, file_stamp
from kjtui.history.snapshot import History
from kjtui.record.store import load


class StoreWatch(FileWatch):
    """Watches a store, which is either a file or a folder of text files."""

    def read(self) -> History:
        """Read the store. Raises ``StoreError`` if the store is unusable."""
        self.changed()  # before reading, so that a change during the read is detected later
        return History(load(self.path))

    def stamp(self) -> Stamp:
        """Return the stamp of the file or folder."""
        if self.path.is_dir():
            from kjtui.record.folder.text_folder import stamp

            try:
                return stamp(self.path)
            except OSError:  # a file was removed during the scan of the folder
                return ()
        return file_stamp(self.path)
