"""Output paths that can be written, and output paths that cannot."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Prepare = Callable[[Path], Any]


def nothing(folder: Path) -> None:
    """Leave the folder unchanged."""


def circle(folder: Path) -> None:
    """Create two symbolic links that point to each other."""
    (folder / "one").symlink_to("two")
    (folder / "two").symlink_to("one")


LOOP = f"cannot be written: {os.strerror(errno.ELOOP)}"

CANNOT: dict[str, tuple[str, Prepare, str]] = {
    "a folder that is not there": ("gone/day.txt", nothing, "cannot be written: No such file or directory"),
    "a folder": ("folder", lambda f: (f / "folder").mkdir(), "is a folder"),
    "this folder": (".", nothing, "is a folder"),
    "the home folder": ("~", nothing, "is a folder"),
    "nobody's home": ("~nobody-of-this-name/day.txt", nothing, "cannot be written: Could not determine home"),
    "in a file": ("file/day.txt", lambda f: (f / "file").touch(), "cannot be written: Not a directory"),
    "a name too long": ("x" * 300, nothing, "cannot be written: File name too long"),
    "a link to itself": ("loop", lambda f: (f / "loop").symlink_to("loop"), LOOP),
    "links in a circle": ("one", circle, LOOP),
    "in a link to itself": ("ring/day.txt", lambda f: (f / "ring").symlink_to("ring"), LOOP),
    "a pipe": ("pipe", lambda f: os.mkfifo(f / "pipe"), "is not a file"),
    "a device": ("/dev/null", nothing, "is not a file"),
}
"""Paths that even root cannot write: the typed path, a function that prepares the folder, and the message."""

CAN: dict[str, tuple[str, Prepare, str]] = {
    "a name": ("day.txt", nothing, "day.txt"),
    "a path": ("sub/../day.txt", lambda f: (f / "sub").mkdir(), "day.txt"),
    "in the home folder": ("~/day.txt", nothing, "home/day.txt"),
    "a link to nothing yet": ("link", lambda f: (f / "link").symlink_to("day.txt"), "day.txt"),
    "a name in another script": ("날 日.txt", nothing, "날 日.txt"),
    "a name that looks like an option": ("--force.txt", nothing, "--force.txt"),
}
"""Paths that can be written: the typed path, a function that prepares the folder, and the resulting file."""


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the mode and content of every path in a folder, including hidden files."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def make_huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 40)  # sparse, so that it uses no disk space


def make_zero_link(path: Path) -> None:
    path.symlink_to("/dev/zero")


ODD_SHAPES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a named pipe": (lambda path: os.mkfifo(path), "is not a file"),
    "a link to a device": (make_zero_link, "is not a file"),
    "a folder": (Path.mkdir, "is a folder"),
    "a huge file": (make_huge, "larger than"),
    "a link to itself": (lambda path: path.symlink_to(path.name), os.strerror(errno.ELOOP)),
}
"""Paths that are not ordinary files: a function that creates the path, and part of the error message."""
