"""HTML documents that show the status on a day, for screen readers and small screens."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kjtui.files.atomic_write import reason_of
from kjtui.languages import ENGLISH, speaking, tr
from kjtui.web.process import kill, log_errors, start_process

_TIMEOUT = 20.0
"""Timeout in seconds for the process that creates a document."""

_MAX_PROCESSES = 2
_MAX_REQUESTS = 32
"""Maximum number of processes at a time, and of documents that are being created or wait for a process."""

_MAX_PAGES = 64
_MAX_BYTES = 16 << 20
"""Maximum number and total size of cached documents."""


Stamp = list[tuple[str, int, int, int]]
"""Path, modification time, size and inode of each file of a store."""


class PageRequest(NamedTuple):
    """The requested document: its day, its language, and whether it is the full version with every event."""

    day: date
    language: str = ENGLISH
    full: bool = False


class UnavailableError(Exception):
    """A document cannot be created now; the message is one line."""


class DayPages:
    """Creates documents with ``kjtui snapshot``, each for one day, and caches recently used documents.

    Args:
        command: The command that runs kjtui with the store.
        store: The store. Any change to the store clears the cache.
    """

    def __init__(self, command: Sequence[str], store: Path) -> None:
        self._command = command
        self._store = store
        self._stamp: Stamp = []
        self._pages: dict[PageRequest, bytes] = {}
        self._making: dict[PageRequest, asyncio.Task[bytes]] = {}
        self._slots = asyncio.Semaphore(_MAX_PROCESSES)

    async def page(self, request: PageRequest) -> bytes:
        """Return a document. Raises ``UnavailableError`` if it cannot be created."""
        self._drop_stale()
        if request in self._pages:
            self._pages[request] = self._pages.pop(request)  # keep the least recently used page first
            return self._pages[request]
        if request not in self._making:
            if len(self._making) >= _MAX_REQUESTS:
                with speaking(request.language):
                    raise UnavailableError(tr("too many documents are being made; try again later"))
            task = asyncio.create_task(self._make(request))
            task.add_done_callback(lambda _: self._making.pop(request))
            self._making[request] = task
        return await asyncio.shield(self._making[request])

    def _drop_stale(self) -> None:
        stamp = _stamp(self._store)
        if stamp != self._stamp:
            self._stamp = stamp
            self._pages.clear()

    async def _make(self, request: PageRequest) -> bytes:
        async with self._slots:
            stamp = self._stamp
            page = await self._run(request)
        if stamp == self._stamp:
            self._pages[request] = page
            while len(self._pages) > _MAX_PAGES or sum(map(len, self._pages.values())) > _MAX_BYTES:
                del self._pages[next(iter(self._pages))]
        return page

    async def _run(self, request: PageRequest) -> bytes:
        # "--page" restricts the process in the same way as the process of a visitor's app.
        arguments = ["snapshot", request.day.isoformat(), "--format", "html", "--lang", request.language]
        if request.full:
            arguments.append("--full")
        command = [*self._command, "--page", "", *arguments]
        try:
            process = await start_process(command, {})
        except OSError as error:
            with speaking(request.language):
                reason = reason_of(error)
                raise UnavailableError(tr("the document cannot be made: {reason}", reason=reason)) from None
        try:
            async with asyncio.timeout(_TIMEOUT):
                page, errors = await process.communicate()
        except TimeoutError:
            with speaking(request.language):
                raise UnavailableError(tr("the document takes too long")) from None
        finally:
            kill(process)
            await process.wait()
        log_errors(errors)
        if process.returncode:
            with speaking(request.language):
                raise UnavailableError(tr("the document cannot be made"))
        return page


def _stamp(store: Path) -> Stamp:
    """Return a fingerprint of the store, which changes whenever a file of the store changes."""
    stamp: Stamp = []
    with suppress(OSError):  # the store is being replaced, or was deleted
        for path in sorted(store.rglob("*")) if store.is_dir() else [store]:
            status = path.stat()
            stamp.append((str(path), status.st_mtime_ns, status.st_size, status.st_ino))
    return stamp
