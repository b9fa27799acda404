"""Files that exports are written to: whole or not at all, in the format their name asks for."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

FORMATS: Mapping[str, str] = {"text": ".txt", "markdown": ".md", "json": ".json"}
"""What every document can be written as, and the suffix that asks for it."""


class ExportError(Exception):
    """An export that cannot be written, or read again; the message is one line."""


class ExistsError(ExportError):
    """A file that exists and was not to be overwritten."""


def format_of(path: Path) -> str:
    """The format a file's suffix stands for; text where it stands for none."""
    suffix = path.suffix.lower()
    return next((name for name, other in FORMATS.items() if other == suffix), "text")


def save(text: str, path: Path, *, force: bool = False) -> None:
    """Write a file whole or not at all, as UTF-8.

    Raises ``ExistsError`` where the file exists and ``force`` is not given, and ``ExportError`` where it
    cannot be written; then nothing is left behind, and an old file is as it was. A process killed in the
    middle leaves the old file as it was too, and beside it a hidden one that begins with ``.kjtui-``.
    """
    with failures_told(path):
        path = path.expanduser()
        if path.is_dir():
            raise ExportError(f"{path}: is a folder")
        if path.exists():
            if not path.is_file():
                raise ExportError(f"{path}: is not a file")  # /dev/null is not to become one
            if not force:
                raise ExistsError(f"{path}: exists")
            path.open("r+b").close()  # what may not be written may not be replaced
        target = path.resolve()  # a link stays a link
        temporary = temporary_name(target.parent)
        try:
            write(text, temporary)
            if force:
                with contextlib.suppress(FileNotFoundError):  # deleted meanwhile
                    temporary.chmod(target.stat().st_mode & 0o7777)
                temporary.replace(target)
            else:
                place(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def failures_told(path: Path) -> Iterator[None]:
    """Turn what goes wrong in writing ``path`` into ``ExistsError`` and ``ExportError``."""
    try:
        yield
    except FileExistsError:
        raise ExistsError(f"{path}: exists") from None
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExportError(f"{path}: cannot be written: {reason}") from None


def temporary_name(folder: Path) -> Path:
    """A path in a folder that nobody has taken."""
    return folder / f".kjtui-{os.urandom(8).hex()}"


def write(text: str, path: Path) -> None:
    """Write a new file down to the disk. Raises ``OSError``."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def place(temporary: Path, target: Path) -> None:
    """Give a file its name unless somebody took it meanwhile. Raises ``FileExistsError``."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK):
            raise
        with target.open("x"):  # no links on this file system: claim the name, then fill it
            pass
        try:
            temporary.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                target.unlink()
            raise
