"""Test clients that act as visitors of a served page, and functions to find the visitors' processes."""

import asyncio
import json
import re
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Self
from urllib.parse import quote, unquote

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

COMMAND = re.compile(r"\x1b\[[0-9;?<>=]*[ -/]*[@-~]")


class Visitor:
    """A client that simulates the page in a browser. It sends keys, collects output and fetches downloads."""

    def __init__(self, address: str, session: ClientSession, socket: ClientWebSocketResponse) -> None:
        self.address, self.socket = address, socket
        self._session = session
        self.output = ""
        self.day = ""  # the last day that the app reported

    async def type(self, *keys: str) -> None:
        """Discard earlier output, and type keys. Each key is sent in a separate message."""
        self.output = ""
        for key in keys:
            await self.socket.send_json(["stdin", key])

    async def wait_for(self, text: str) -> None:
        """Wait until the output contains a text."""
        await self.wait_for_pattern(re.escape(text))

    async def wait_for_pattern(self, pattern: str) -> None:
        """Wait until the output matches a pattern."""
        async with asyncio.timeout(30):
            while not re.search(pattern, COMMAND.sub("", self.output)):
                await self._receive()

    async def wait_for_day(self, day: str) -> None:
        """Wait until the app reports the day ``day``."""
        async with asyncio.timeout(30):
            while self.day != day:
                await self._receive()

    async def _receive(self) -> None:
        message = await self.socket.receive()
        if message.type is WSMsgType.TEXT:
            kind, value = json.loads(message.data)
            if kind == "day":
                self.day = value
        else:
            assert message.type is WSMsgType.BINARY, f"{message} after {self.output!r}"
            self.output += message.data.decode()

    async def wait_for_end(self) -> None:
        """Wait until the server closes the connection."""
        async with asyncio.timeout(30):
            async for _ in self.socket:
                pass

    async def download_key(self) -> str:
        """Wait until the app offers a file for download, and return the key of the file."""
        async with asyncio.timeout(30):
            async for message in self.socket:
                if message.type is WSMsgType.TEXT:
                    kind, value = json.loads(message.data)
                    if kind == "deliver_file_start":
                        return str(value)
        raise AssertionError("the connection was closed")

    async def download(self) -> tuple[str, str]:
        """Wait until the app offers a file for download. Fetch the file, and return its name and text."""
        key = await self.download_key()
        async with self._session.get(f"{self.address}/download/{key}") as response:
            disposition = response.headers["Content-Disposition"]
            name = unquote(disposition.removeprefix("attachment; filename*=UTF-8''"))
            return name, await response.text()


@asynccontextmanager
async def visiting(address: str, query: str = "") -> AsyncIterator[Visitor]:
    """Yield a visitor of the page. ``query`` is the query string of its address."""
    link = f"/{quote(query, safe='')}" if query else ""
    async with (
        ClientSession() as session,
        session.ws_connect(f"{address}/ws{link}?width=120&height=40", origin=address) as socket,
    ):
        yield Visitor(address, session, socket)


class RawVisitor:
    """A visitor that misbehaves: it reads no output and answers no ping."""

    def __init__(self, port: int) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect(("127.0.0.1", port))
        self.socket.settimeout(30)
        self.socket.sendall(
            f"GET /ws?width=120&height=40 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
            "MDAwMDAwMDAwMDAwMDAwMA==\r\n\r\n".encode()
        )
        assert self.socket.recv(12) == b"HTTP/1.1 101"

    def send(self, payload: bytes, kind: WSMsgType = WSMsgType.TEXT, *, last: bool = True) -> None:
        """Send a WebSocket frame: a whole message, or a part of a message if ``last`` is false."""
        self.socket.sendall(self.frame(payload, kind, last=last))

    def frame(self, payload: bytes, kind: WSMsgType, *, last: bool = True) -> bytes:
        """Return a WebSocket frame, masked with zeros. If ``last`` is true, the frame ends its message."""
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else b"\xff" + size.to_bytes(8)
        return bytes([last << 7 | kind]) + length + bytes(4) + payload

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def visitor_processes(server: int) -> list[int]:
    """Return the ids of the running child processes of a server."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == server and state not in "ZX":
                found.append(int(path.parent.name))
    return found


def runs(process: int) -> bool:
    """Return whether a process still runs."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


async def until(condition: Callable[[], object], seconds: float) -> None:
    """Wait until a condition is true. Fail after a timeout in seconds."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, f"not within {seconds} s"
        await asyncio.sleep(0.02)
