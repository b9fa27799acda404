"""Restrict the process of a visitor's app. This is a guard against mistakes, not a sandbox."""

from __future__ import annotations

import mimetypes
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_MEMORY = 1 << 30
"""Limit of the address space in bytes, in addition to the memory for the store."""

_MEMORY_PER_STORE_BYTE = 12

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_LISTING = ("os.listdir", "os.scandir")

_REFUSED = ("os.", "pty.", "shutil.", "sqlite3.", "subprocess.", "tempfile.", "webbrowser.") + (
    () if sys.platform == "win32" else ("socket.",)  # on Windows, asyncio connects to its own socket
)
"""Prefixes of refused audit events; see https://docs.python.org/3/library/audit_events.html."""

_ALLOWED = ("os.putenv", "os.unsetenv", "socket.__new__")  # asyncio creates a pair of sockets


def restrict(store: Path) -> None:
    """Restrict this process to reading its own code and the store. The store is a file or a folder.

    From now on, Python raises ``PermissionError`` if the process reads or lists anything else, changes a
    file, starts a process or uses the network. If the system supports resource limits, the kernel also
    forbids writing to files, and limits the memory. This limit depends on the size of the store.
    """
    mimetypes.init()  # read the system files now; a download cannot read them later
    _limit_resources(store)
    store_path = os.path.abspath(store)  # noqa: PTH100  # as below
    folders = [*sys.path, store_path] if store.is_dir() else sys.path
    readable_folders = tuple(os.path.join(os.path.abspath(folder), "") for folder in folders)  # noqa: PTH100, PTH118

    def is_readable(name: Any) -> bool:
        if isinstance(name, int):
            return True  # the descriptor of an open file
        path = os.path.abspath(os.fsdecode("." if name is None else name))  # noqa: PTH100  # pathlib is slower
        return path == store_path or f"{path}{os.sep}".startswith(readable_folders)

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            name, _, flags = arguments
            if flags & _WRITING or not is_readable(name):
                raise PermissionError(f"a visitor's app may not open {name!r}")
        elif event in _LISTING:
            if not is_readable(arguments[0]):
                raise PermissionError(f"a visitor's app may not list {arguments[0]!r}")
        elif event.startswith(_REFUSED) and event not in _ALLOWED:
            raise PermissionError(f"a visitor's app may not do this: {event}")

    sys.addaudithook(check)


def _limit_resources(store: Path) -> None:
    """Set the kernel's limits, if the system supports limits."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return
    memory = _MEMORY
    with suppress(OSError):
        files = store.rglob("*") if store.is_dir() else [store]
        memory += sum(file.stat().st_size for file in files) * _MEMORY_PER_STORE_BYTE
    for limit, value in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory)):
        with suppress(ValueError, OSError):  # a lower limit is already set, or the limit is not supported
            resource.setrlimit(limit, (value, value))
