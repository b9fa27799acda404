"""Check a folder of text files, and report every fault with its file and line."""

from __future__ import annotations

from pathlib import Path

from kjtui.record.check import validate
from kjtui.record.folder.text_folder import TextFolder
from kjtui.record.sanitize import sanitize
from kjtui.record.storage import StoreError, shorten
from kjtui.record.store import describe_faults


def check_folder(path: Path) -> list[str]:
    """Return one line per fault of a folder, or an empty list if the folder is valid.

    The rules of a store are checked only if every file can be read.

    Raises:
        StoreError: The folder is not a record, or a file cannot be read.
    """
    try:
        return describe_faults(path, validate(path))
    except StoreError:
        faults = _syntax_faults(path)
        if not faults:
            raise
    name = sanitize(str(path))
    return [f"{name}/{shorten(fault)}" for fault in faults]


def _syntax_faults(path: Path) -> list[str]:
    """Return the faults found while reading the files, or an empty list if a file cannot be opened."""
    try:
        return [str(fault) for fault in TextFolder(path).faults]
    except OSError:
        return []
