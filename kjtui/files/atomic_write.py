"""Write files atomically. Each file is replaced as a whole. If several files are saved, all or none change.

A symbolic link stays a link: its target is replaced. A read-only file is never replaced. If the process is
killed while writing, each file is either unchanged or complete. Temporary files, whose names begin with
``.kjtui-``, may be left in the folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kjtui.languages import labelled, tr

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)

REASONS: Mapping[int, str] = {
    errno.EACCES: "Permission denied",
    errno.EEXIST: "File exists",
    errno.EFBIG: "File too large",
    errno.EIO: "Input/output error",
    errno.EISDIR: "Is a directory",
    errno.ELOOP: "Too many levels of symbolic links",
    errno.EMFILE: "Too many open files",
    errno.ENAMETOOLONG: "File name too long",
    errno.ENOENT: "No such file or directory",
    errno.ENOSPC: "No space left on device",
    errno.ENOTDIR: "Not a directory",
    errno.ENOTEMPTY: "Directory not empty",
    errno.EPERM: "Operation not permitted",
    errno.EPIPE: "Broken pipe",
    errno.EROFS: "Read-only file system",
    errno.EADDRINUSE: "Address already in use",
    errno.EADDRNOTAVAIL: "Cannot assign requested address",
}
"""Messages of common operating-system errors. Python does not translate such messages, but kjtui does."""


class ExportError(Exception):
    """An export cannot be written or read. The message is one line."""


class ExistsError(ExportError):
    """The file exists, and overwriting was not allowed."""


Content = str | bytes
"""The content of a file. Text is written as UTF-8."""


def save(text: Content, path: Path, *, force: bool = False, keep: Iterable[Path] = ()) -> None:
    """Write a file.

    Args:
        text: The content.
        path: The file.
        force: Overwrite the file if it exists.
        keep: Files that must not be overwritten, such as the notes. For a folder, this means its text files.

    Raises ``ExistsError`` if the file exists and ``force`` is false. Raises ``ExportError`` if the file
    cannot be written. After an error, the file and its folder are as before.
    """
    with _reported(path):
        if any(_belongs_to(protected, path.expanduser()) for protected in keep):
            raise ExportError(labelled(str(path), tr("is read by kjtui, and is never overwritten")))
        _replace({_target(path, force): text}, force)


def save_all(files: Mapping[str, Content], folder: Path, *, force: bool = False) -> None:
    """Write files into a folder. Create the folder if it is missing.

    ``files`` maps file names to contents. A name with slashes is a path with subfolders.

    Raises ``ExistsError`` if a file exists and ``force`` is false. Raises ``ExportError`` if a file cannot be
    written or its path is outside ``folder``. After an error, ``folder`` is as before. Other files in
    ``folder`` are never changed.
    """
    with _reported(folder):
        for name in files:
            if ".." in Path(name).parts or Path(name).is_absolute():
                outside = tr("a path is outside the folder: {name}", name=name)
                raise ExportError(labelled(str(folder), outside))
        target = _resolve(folder)
        if target.is_dir():
            with _inner_folders(files, target):
                _replace({_target(folder / name, force): text for name, text in files.items()}, force)
        elif target.exists():
            raise ExportError(labelled(str(folder), tr("is not a folder")))
        else:
            _make_folder(files, target)


def _belongs_to(protected: Path, path: Path) -> bool:
    """Return whether ``path`` exists and is the protected file, or a text file in the protected folder."""
    try:
        if protected.is_dir():
            return path.suffix == ".toml" and path.is_file() and protected.resolve() in path.resolve().parents
        return path.samefile(protected)
    except OSError:  # one of the paths does not exist
        return False


@contextlib.contextmanager
def _inner_folders(names: Iterable[str], folder: Path) -> Iterator[None]:
    """Create the subfolders that the file names contain. After an error, remove the empty new subfolders."""
    new_folders = []
    for parent in sorted({(folder / name).parent for name in names} - {folder}):
        if not parent.exists():
            parent.mkdir(parents=True)
            new_folders.append(parent)
    try:
        yield
    except BaseException:
        for parent in reversed(new_folders):
            with contextlib.suppress(OSError):
                parent.rmdir()
        raise


@contextlib.contextmanager
def _reported(path: Path) -> Iterator[None]:
    """While ``path`` is written, re-raise errors as ``ExistsError`` or ``ExportError``."""
    try:
        yield
    except FileExistsError:
        raise ExistsError(labelled(str(path), tr("exists"))) from None
    except (OSError, ValueError, RuntimeError) as error:
        fault = tr("cannot be written: {reason}", reason=reason_of(error))
        raise ExportError(labelled(str(path), fault)) from None


def reason_of(error: Exception) -> str:
    """Return the reason why a file cannot be read or written. Omit the path that an ``OSError`` contains."""
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return tr(REASONS.get(error.errno or 0, error.strerror))


def _target(path: Path, force: bool) -> Path:
    """Return the path of the file to write, with links resolved. Raise an error if it must not be written."""
    expanded = path.expanduser()
    if expanded.is_dir():
        raise ExportError(labelled(str(expanded), tr("is a folder")))
    if expanded.exists():
        if not expanded.is_file():
            # Without this check, a regular file would replace a device such as /dev/null.
            raise ExportError(labelled(str(expanded), tr("is not a file")))
        if not force:
            raise ExistsError(labelled(str(expanded), tr("exists")))
        expanded.open("r+b").close()  # raises an error for a read-only file; renaming would not
    return _resolve(path)


def _resolve(path: Path) -> Path:
    """Resolve symbolic links. Raises ``OSError`` for a loop of links.

    ``Path.resolve`` is not used: since Python 3.13, it raises no error for a loop, and the new file would
    replace a link.
    """
    resolved = Path(os.path.realpath(path.expanduser()))
    if resolved.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return resolved


def _replace(files: Mapping[Path, Content], force: bool) -> None:
    """Replace several files. If one of them cannot be replaced, restore all of them."""
    with contextlib.ExitStack() as cleanup:
        staged = []
        for target, text in files.items():
            temporary = _temporary(target.parent)
            cleanup.callback(temporary.unlink, missing_ok=True)
            _write(text, temporary, _mode(target))
            staged.append((temporary, target))
        with contextlib.ExitStack() as rollback:
            for index, (temporary, target) in enumerate(staged, 1):
                existed = target.exists()
                if existed and index < len(staged):  # the last file needs no backup: nothing fails after it
                    backup = _temporary(target.parent)
                    cleanup.callback(backup.unlink, missing_ok=True)
                    _back_up(target, backup)
                    rollback.callback(backup.replace, target)
                _put(temporary, target, force)
                if not existed:
                    rollback.callback(target.unlink, missing_ok=True)
            rollback.pop_all()


def _back_up(path: Path, backup: Path) -> None:
    """Make a backup of a file: a hard link if possible, otherwise a copy."""
    try:
        os.link(path, backup)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        from shutil import copy2  # rarely needed, and shutil imports every compression module

        copy2(path, backup)


def _put(temporary: Path, target: Path, force: bool) -> None:
    """Rename a temporary file to its final name.

    Raises ``FileExistsError`` if a file with this name exists and ``force`` is false.
    """
    if force:
        with contextlib.suppress(FileNotFoundError):  # the target is new, or was just deleted
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
        return
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        target.open("x").close()  # without hard links: reserve the name, then replace the empty file
        try:
            temporary.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                target.unlink()
            raise


def _make_folder(files: Mapping[str, Content], target: Path) -> None:
    """Create a folder with these files. The folder gets its final name after all files are written."""
    temporary = _temporary(target.parent)
    try:
        temporary.mkdir()
        with _inner_folders(files, temporary):
            for name, text in files.items():
                _write(text, temporary / name)
        temporary.rename(target)
    except BaseException:
        from shutil import rmtree

        rmtree(temporary, ignore_errors=True)
        raise


def _temporary(folder: Path) -> Path:
    """Return a path for a temporary file or folder in ``folder``."""
    return folder / f".kjtui-{os.urandom(8).hex()}"


def _mode(path: Path) -> int:
    """Return the permissions of a file. A new file gets the default permissions, reduced by the umask."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o666


def _write(content: Content, path: Path, mode: int = 0o666) -> None:
    """Write a new file and flush it to the disk.

    The new file has the permissions ``mode`` from the start. Therefore, users who could not read the replaced
    file can never read the new file.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
