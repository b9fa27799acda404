"""Files that a visitor's app offers for download in the web page."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

CHUNK_SIZE = 64 * 1024


class Download:
    """A file that the app sends in chunks on request.

    Attributes:
        key: The identifier in the address of the download.
        started: Whether the download has started. A file can be downloaded only once.
        chunks: Chunks from the app. An empty chunk ends the file, ``None`` aborts it.
    """

    def __init__(self, announcement: dict[str, Any]) -> None:
        """Create a download from the app's announcement packet."""
        self.key = str(announcement["key"])
        self.started = False
        self.chunks: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._file_name = str(announcement["path"]).replace("\\", "/").rpartition("/")[2]
        self._mime_type = str(announcement["mime_type"]) or "application/octet-stream"
        self._encoding = str(announcement["encoding"])

    def headers(self) -> dict[str, str]:
        """Return the HTTP headers of the file."""
        charset = f"; charset={self._encoding}" if self._encoding else ""
        return {
            "Content-Type": f"{self._mime_type}{charset}",
            # Never inline: an export of a hostile store must not run as a page of this server.
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(self._file_name, safe='')}",
            "Cache-Control": "no-store",
        }

    def receive(self, chunk: bytes | str) -> None:
        """Add a chunk that the app has sent."""
        self.chunks.put_nowait(chunk.encode(self._encoding or "utf-8") if isinstance(chunk, str) else chunk)
