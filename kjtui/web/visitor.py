"""One visitor: the process that runs the app, and the WebSocket of the page."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from aiohttp import WSMessage, WSMsgType
from aiohttp.web import Request, WebSocketResponse
from textual_serve._binary_encode import load as decode_packed

from kjtui.web.connection import Connection
from kjtui.web.download import CHUNK_SIZE, Download
from kjtui.web.process import kill, log_errors, start_process

_PING_INTERVAL = 1.0
"""Seconds between two pings. Every browser answers pings."""

_SILENCE_TIMEOUT = 4.0
"""Seconds without a message or pong before a visitor counts as gone."""

_SEND_TIMEOUT = 5.0
"""Timeout in seconds for sending to the page, and for sending to the app."""

_CLOSE_TIMEOUT = 1.0
"""Timeout in seconds for closing the WebSocket."""

_CHUNK_TIMEOUT = 10.0
"""Timeout in seconds for the app to send the next chunk of a download."""

_MAX_MESSAGE = 64 * 1024
"""Maximum size of a message in bytes. It also limits the length of pasted text."""

_SEND_BUFFER = 64 * 1024
"""Size of the system's send buffer in bytes. The default is several megabytes."""

_MAX_ERRORS = 16 * 1024
"""Maximum number of bytes that are logged from the standard error of a process."""

_MAX_DOWNLOADS = 20
"""Maximum number of offered downloads. If there are more, the oldest is dropped."""

_MAX_WIDTH, _MAX_HEIGHT = 1000, 500

_WEB_SCHEMES = ("http://", "https://", "mailto:")

_READY = b"__GANGLION__\n"  # Textual's driver writes this line before the first packet


class Visitor:
    """Runs the app for one visitor.

    The app and the server exchange the packets of Textual's web driver: a letter, the length and the payload.
    The letter is ``D`` for terminal data, ``M`` for a JSON object, and ``P`` for a chunk of a download.

    Attributes:
        websocket: The connection of the page. Messages are not compressed: a small compressed message could
            expand a thousandfold.
        downloads: The files that the page can fetch, by key.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self.websocket = WebSocketResponse(
            timeout=_CLOSE_TIMEOUT,
            receive_timeout=_SILENCE_TIMEOUT,
            autoping=False,
            compress=False,
            max_msg_size=_MAX_MESSAGE,
        )
        self.downloads: dict[str, Download] = {}
        self._command = command
        self._process: Process | None = None

    async def attend(self, request: Request) -> None:
        """Run the app until it ends or the visitor disconnects. In both cases the process is killed.

        The query string of the request contains the width and height of the page.
        """
        await self.websocket.prepare(request)
        if isinstance(request.transport, asyncio.Transport):
            connection = request.transport.get_protocol()
            assert isinstance(connection, Connection)
            connection.limit_input(burst=2 * _MAX_MESSAGE)
            request.transport.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER
            )
        width = _size(request.query.get("width", ""), default=80)
        height = _size(request.query.get("height", ""), default=24)
        try:
            process = await start_process(self._command, _terminal_variables(width, height))
        except OSError as error:  # too many processes, too many open files, too little memory
            log_errors(f"kjtui: cannot start the app for a visitor: {error.strerror}\n".encode())
            return
        self._process = process
        errors = asyncio.create_task(_read_end(process.stderr))
        output = asyncio.create_task(self._pass_output(process))
        tasks = [output, asyncio.create_task(self._pass_input()), asyncio.create_task(self._ping())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            kill(process)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._end_downloads()
            assert process.stdout is not None
            await asyncio.gather(process.stdout.read(), errors)  # wait() needs both streams to be read
            await process.wait()
            log_errors(errors.result())
        with suppress(ConnectionError, TimeoutError):  # the browser has disconnected, or does not read
            for task in done:
                task.result()
            if output in done:
                async with asyncio.timeout(_CLOSE_TIMEOUT):
                    await self.websocket.close()

    # From the app to the page

    async def _pass_output(self, process: Process) -> None:
        """Forward the app's output until the app ends.

        Raises ``TimeoutError`` if the browser does not read the output.
        """
        output = process.stdout
        assert output is not None
        with suppress(asyncio.IncompleteReadError):
            await output.readuntil(_READY)
            while True:
                kind, size = struct.unpack("!cI", await output.readexactly(5))
                payload = await output.readexactly(size)
                async with asyncio.timeout(_SEND_TIMEOUT):
                    await self._handle_packet(kind, payload)

    async def _handle_packet(self, kind: bytes, payload: bytes) -> None:
        if kind == b"D":
            await self.websocket.send_bytes(payload)
        elif kind == b"P":
            match decode_packed(payload):
                case ("deliver_chunk", str(key), bytes() | str() as chunk) if key in self.downloads:
                    self.downloads[key].receive(chunk)
        else:
            await self._handle_request(json.loads(payload))

    async def _handle_request(self, request: Mapping[str, Any]) -> None:
        """Handle a request from the app to the page."""
        match request:
            case {"type": "open_url", "url": str(url), "new_tab": new_tab}:
                if url.startswith(_WEB_SCHEMES):  # a "javascript:" address would run in the page
                    await self.websocket.send_json(["open_url", {"url": url, "new_tab": new_tab}])
            case {"type": "deliver_file_start"}:
                download = Download(dict(request))
                while len(self.downloads) >= _MAX_DOWNLOADS:
                    self._withdraw(next(iter(self.downloads)))
                self.downloads[download.key] = download
                await self.websocket.send_json(["deliver_file_start", download.key])
            case {"type": "day", "day": str(day)}:
                await self.websocket.send_json(["day", day])

    # From the page to the app

    async def _pass_input(self) -> None:
        """Forward the visitor's input until they leave or send a malformed message.

        Raises ``TimeoutError`` if the visitor stops responding.
        """
        async for message in self.websocket:
            if message.type is WSMsgType.ERROR:
                return
            try:
                async with asyncio.timeout(_SEND_TIMEOUT):
                    await self._handle_message(message)
            except (ValueError, RecursionError):
                return

    async def _handle_message(self, message: WSMessage) -> None:
        """Handle a message from the page. Raises ``ValueError`` or ``RecursionError`` if it is malformed."""
        if message.type is WSMsgType.PING:
            await self.websocket.pong(message.data)
        if message.type is not WSMsgType.TEXT:
            return
        match json.loads(message.data):
            case ["stdin", str(keys)]:
                await self._send(b"D", keys.encode())
            case ["resize", {"width": int(width), "height": int(height)}]:
                size = {"width": _clamp(width, _MAX_WIDTH), "height": _clamp(height, _MAX_HEIGHT)}
                await self._send_request("resize", **size)
            case ["ping", sent]:
                await self.websocket.send_json(["pong", sent])
            case ["blur"]:
                await self._send_request("blur")
            case ["focus"]:
                await self._send_request("focus")

    async def _send_request(self, kind: str, **values: object) -> None:
        await self._send(b"M", json.dumps({"type": kind, **values}).encode())

    async def _send(self, kind: bytes, payload: bytes) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with suppress(ConnectionError, RuntimeError):  # the app has ended, so the visit ends too
            self._process.stdin.write(struct.pack("!cI", kind, len(payload)) + payload)
            await self._process.stdin.drain()

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(_PING_INTERVAL)
            await self.websocket.ping()

    # Downloads

    async def read_download(self, download: Download) -> AsyncIterator[bytes]:
        """Request a file from the app and yield its chunks.

        Raises ``ConnectionError`` or ``TimeoutError`` if the file is incomplete.
        """
        try:
            while True:
                await self._send_request(
                    "deliver_chunk_request", key=download.key, size=CHUNK_SIZE, name=None
                )
                async with asyncio.timeout(_CHUNK_TIMEOUT):
                    chunk = await download.chunks.get()
                if chunk is None:
                    raise ConnectionAbortedError
                if not chunk:
                    return
                yield chunk
        finally:
            self.downloads.pop(download.key, None)

    def _withdraw(self, key: str) -> None:
        self.downloads.pop(key).chunks.put_nowait(None)

    def _end_downloads(self) -> None:
        for key in list(self.downloads):
            self._withdraw(key)


def _terminal_variables(width: int, height: int) -> dict[str, str]:
    return {
        "TERM": "xterm-256color",
        "TEXTUAL_DRIVER": "kjtui.tui.terminal.visitor_driver:VisitorDriver",
        "TEXTUAL_FPS": "60",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": str(_clamp(width, _MAX_WIDTH)),
        "ROWS": str(_clamp(height, _MAX_HEIGHT)),
    }


async def _read_end(stream: asyncio.StreamReader | None) -> bytes:
    """Read a stream to its end and return its last bytes."""
    assert stream is not None
    end = b""
    while chunk := await stream.read(4096):
        end = (end + chunk)[-_MAX_ERRORS:]
    return end


def _size(text: str, *, default: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if is_number else default


def _clamp(size: int, largest: int) -> int:
    return min(max(size, 1), largest)
