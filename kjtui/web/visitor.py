"""One visitor: the process that runs the app for them, and the WebSocket of their page."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import WSMessage, WSMsgType
from aiohttp.web import Request, WebSocketResponse
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

_PING_EVERY = 1.0
"""Seconds between two pings, which every browser answers."""

_SILENCE = 4.0
"""Seconds without a sign of the visitor after which they count as gone."""

_PATIENCE = 5.0
"""Seconds in which a visitor must take what the app draws, and the app what they type."""

_GOODBYE = 1.0
"""Seconds in which a visitor's page must take that the app has ended."""

_MAX_MESSAGE = 64 * 1024
"""Bytes of one message: the longest paste."""

_INPUT_RATE, _INPUT_BURST = 8 * 1024, 2 * _MAX_MESSAGE
"""Bytes a visitor may send per second over time, and at once. Hands and a mouse send less than 5 kB/s."""

_SEND_BUFFER = 64 * 1024
"""Bytes that the system keeps for a visitor who does not read; left to itself it keeps megabytes."""

_MESSAGE_COST = 16
"""Bytes that a message counts beside its own."""

_MAX_REPORT = 16 * 1024
"""Bytes kept of what a failing app writes to standard error."""

_MAX_WIDTH, _MAX_HEIGHT = 1000, 500

_READY = b"__GANGLION__\n"  # Textual's driver writes it before its first packet

_INHERITED = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONUTF8",
    "SYSTEMROOT",
    "TZ",
)
"""Variables a visitor's process takes over: what Python needs to start, encodings, the time zone."""


class Visitor(AppService):
    """Runs the app for one visitor.

    It keeps the packets and downloads of textual-serve's class. It replaces how that class starts the process
    (through a shell, with every variable of the server), reads it (as long as it writes) and ends it (by
    asking it to).
    """

    def __init__(self, command: Sequence[str], downloads: DownloadManager) -> None:
        self.websocket = websocket = WebSocketResponse(
            timeout=_GOODBYE, receive_timeout=_SILENCE, autoping=False, max_msg_size=_MAX_MESSAGE
        )
        super().__init__(
            "",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=_do_nothing,  # called before the app ends; its end is what ends the visit
            download_manager=downloads,
        )
        self._arguments = command

    async def attend(self, request: Request) -> None:
        """Run the app until it ends, or the visitor leaves or is dropped. No process is left.

        The query of the request has the width and height of the page.
        """
        await self.websocket.prepare(request)
        if request.transport:
            connection = request.transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        width, height = (_size(request, name) for name in ("width", "height"))
        process = await self._open_app_process(width, height)
        report = asyncio.create_task(self._read_report(process))
        output = asyncio.create_task(self.run())
        tasks = [output, asyncio.create_task(self._pass_input()), asyncio.create_task(self._ping())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.kill()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._download_manager.cancel_app_downloads(self.app_service_id)
            assert process.stdout is not None
            await asyncio.gather(process.stdout.read(), report)  # wait() would wait for both to be read
            await process.wait()
        with suppress(ConnectionError, TimeoutError):  # the visitor left, or does not read
            for task in done:
                task.result()
            if output in done:
                async with asyncio.timeout(_GOODBYE):
                    await self.websocket.close()

    def kill(self) -> None:
        """Kill the process and what it may have started. There is nothing that it could save."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        return inherited | {
            "HOME": os.devnull,  # without it Python looks the folder up in the list of users
            "PYTHONDONTWRITEBYTECODE": "1",
            "TERM": "xterm-256color",
            "TEXTUAL_DRIVER": "kjtui.web.driver:VisitorDriver",
            "TEXTUAL_FPS": "60",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "COLUMNS": str(_clamp(width, _MAX_WIDTH)),
            "ROWS": str(_clamp(height, _MAX_HEIGHT)),
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,  # a group of its own, which ctrl+c does not reach
        )
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Pass on what the app sends, until it ends.

        Raises ``TimeoutError`` if the visitor does not read it.
        """
        assert self._process is not None
        assert self._process.stdout is not None
        handlers = {b"D": self.on_data, b"M": self.on_meta, b"P": self.on_packed}
        output = self._process.stdout
        with suppress(asyncio.IncompleteReadError):
            await output.readuntil(_READY)
            while True:
                kind, size = struct.unpack("!cI", await output.readexactly(5))
                payload = await output.readexactly(size)
                async with asyncio.timeout(_PATIENCE):
                    await handlers[kind](payload)

    async def _pass_input(self) -> None:
        """Pass on what the visitor sends, until they leave, or send too much or what no page sends.

        Raises ``TimeoutError`` if they fall silent.
        """
        clock = asyncio.get_running_loop().time
        allowance, before = float(_INPUT_BURST), clock()
        async for message in self.websocket:
            if message.type is WSMsgType.ERROR:
                return
            now = clock()
            allowance = min(_INPUT_BURST, allowance + (now - before) * _INPUT_RATE)
            allowance -= len(message.data) + _MESSAGE_COST
            before = now
            if allowance < 0:
                return
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._handle(message)
            except (ValueError, RecursionError):
                return

    async def _handle(self, message: WSMessage) -> None:
        """Handle a message of the page. Raises ``ValueError`` or ``RecursionError`` if it is malformed."""
        if message.type is WSMsgType.PING:
            await self.websocket.pong(message.data)
        if message.type is not WSMsgType.TEXT:
            return
        match json.loads(message.data):
            case ["stdin", str(keys)]:
                await self.send_bytes(keys.encode())
            case ["resize", {"width": int(width), "height": int(height)}]:
                await self.set_terminal_size(_clamp(width, _MAX_WIDTH), _clamp(height, _MAX_HEIGHT))
            case ["ping", sent]:
                await self.websocket.send_json(["pong", sent])
            case ["blur"]:
                await self.blur()
            case ["focus"]:
                await self.focus()

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(_PING_EVERY)
            await self.websocket.ping()

    async def _read_report(self, process: Process) -> None:
        """Read standard error to its end, and print the end of it: the app writes there when it fails."""
        assert process.stderr is not None
        report = b""
        while chunk := await process.stderr.read(4096):
            report = (report + chunk)[-_MAX_REPORT:]
        text = report.decode("utf-8", "replace")
        if text and sys.stderr is not None:
            with suppress(OSError):
                sys.stderr.write("".join(char for char in text if char.isprintable() or char == "\n"))
                sys.stderr.flush()


def _size(request: Request, name: str) -> int:
    text = request.query.get(name, "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if is_number else {"width": 80, "height": 24}[name]


async def _do_nothing() -> None:
    pass


def _clamp(size: int, largest: int) -> int:
    return int(min(max(size, 1), largest))
