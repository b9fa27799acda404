"""Read and write the user's own JSON files: notes, configuration and state.

Only regular files are accepted: reading a named pipe would block forever, and reading a device may never end.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import msgspec

from kjtui.files.atomic_write import ExportError, reason_of, save
from kjtui.languages import labelled, tr

MAX_SIZE = 16_000_000
"""Maximum size of a user file in bytes, enough for thousands of notes."""

_CHUNK = 1 << 20


class UserFileError(Exception):
    """The file cannot be used. The message is one printable line.

    Attributes:
        reason: the message without the path.
    """

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = _printable(reason)
        super().__init__(labelled(_printable(str(path)), self.reason))


class BrokenFileError(UserFileError):
    """The content of the file is invalid, perhaps because another program is still writing the file."""


def read_json(path: Path) -> Any:
    """Return the content of a JSON file.

    Raises:
        FileNotFoundError: There is no file.
        BrokenFileError: The content is not JSON.
        UserFileError: The file cannot be read, is not a regular file, or is too large.
    """
    try:
        content = _read(path)
    except FileNotFoundError:
        raise
    except (OSError, RuntimeError, ValueError) as error:
        raise UserFileError(path, tr("cannot be read: {reason}", reason=reason_of(error))) from None
    try:
        return msgspec.json.decode(content)
    except (ValueError, RecursionError) as error:  # msgspec's errors inherit from ValueError
        from kjtui.files.parser_messages import json_fault  # only a broken file needs it

        raise BrokenFileError(path, tr("not JSON: {cause}", cause=json_fault(error, content))) from None


def write_json(value: Any, path: Path) -> None:
    """Write a JSON file atomically. Create the file and its folder if they are missing.

    A symbolic link stays a link, and an existing file keeps its permissions. Raises ``UserFileError`` if the
    file cannot be written. After this error, the file is unchanged.
    """
    try:
        content = msgspec.json.format(msgspec.json.encode(value), indent=2)
        if len(content) >= MAX_SIZE:
            raise ValueError(tr("it would be larger than {limit:,} bytes", limit=MAX_SIZE))
        path.parent.mkdir(parents=True, exist_ok=True)
        save(content + b"\n", path, force=True)
    except ExportError as error:
        raise UserFileError(path, str(error).removeprefix(labelled(str(path)))) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise UserFileError(path, tr("cannot be written: {reason}", reason=reason_of(error))) from None


def _read(path: Path) -> bytes:
    """Return the content of a regular file. For any other kind of file, raise ``ValueError`` immediately."""
    _require_regular(path.stat())  # checked before opening: opening a device can have side effects
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        _require_regular(os.fstat(descriptor))  # checked again: the file may have been replaced
        content = bytearray()
        while chunk := file.read(_CHUNK):  # read in chunks, because files in /proc report no size
            content += chunk
            if len(content) > MAX_SIZE:
                raise ValueError(tr("larger than {limit:,} bytes", limit=MAX_SIZE))
        return bytes(content)


def _require_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ValueError(tr("is a folder"))
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(tr("is not a file"))


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())
