"""Writing several files into a folder, all of them or none."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from kjtui.exports.files import ExistsError, ExportError, failures_told, place, temporary_name, write


def save_all(files: Mapping[str, str], folder: Path, *, force: bool = False) -> None:
    """Write files, by name, into a folder, as UTF-8; the folder is made unless it is there.

    Raises ``ExistsError`` where one of them exists and ``force`` is not given, and ``ExportError`` where one
    cannot be written; then nothing is left behind, and old files are as they were. Other files in the folder
    are left alone.
    """
    with failures_told(folder):
        folder = folder.expanduser()
        target = folder.resolve()  # a link stays a link
        new = not target.exists()
        if not new and not target.is_dir():
            raise ExportError(f"{folder}: is not a folder")
        for name in files:
            if (target / name).is_dir():
                raise ExportError(f"{folder / name}: is a folder")
            if _taken(target / name) and not force:
                raise ExistsError(f"{folder / name}: exists")
        temporary = temporary_name(target.parent if new else target)
        try:
            temporary.mkdir()
            for name, text in files.items():
                write(text, temporary / name)
            if new:
                temporary.rename(target)
            else:
                _exchange(files, temporary, target, force=force)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _exchange(names: Iterable[str], source: Path, target: Path, *, force: bool) -> None:
    """Put files in the place of those of their names, or leave all as it was."""
    old = temporary_name(target)
    old.mkdir()
    try:
        with contextlib.ExitStack() as undo:
            for name in names:
                if force and _taken(target / name):
                    (target / name).rename(old / name)
                    undo.callback((old / name).rename, target / name)
                    shutil.copymode(old / name, source / name)
                place(source / name, target / name)
                undo.callback((target / name).unlink)
            undo.pop_all()
        for file in old.iterdir():
            file.unlink()
    finally:
        with contextlib.suppress(OSError):  # what could not be put back stays where it can be found
            old.rmdir()


def _taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()
