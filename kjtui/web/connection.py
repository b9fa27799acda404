"""Limit the number of connections, their idle time, and their input rate."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

_IDLE_TIMEOUT = 60.0
"""Maximum time in seconds that a connection waits for its first or next request.

The time for sending the previous answer is included.
"""

_INPUT_RATE = 8 * 1024
"""Maximum average input in bytes per second. Keyboard and mouse send less than 5 kB/s."""


class ConnectionPool:
    """The open connections of the server.

    If too many connections wait for a request, the connection that has waited longest is closed. Otherwise
    waiting connections could use up the file descriptors of the server.

    Args:
        protocol_factory: Creates the HTTP protocol behind each connection.
        max_connections: Maximum number of waiting connections.
    """

    def __init__(self, protocol_factory: Callable[[], asyncio.Protocol], max_connections: int) -> None:
        self._protocol_factory = protocol_factory
        self._max_connections = max_connections
        self._waiting: dict[Connection, asyncio.TimerHandle] = {}

    def connect(self) -> Connection:
        """Create the protocol for a new connection."""
        return Connection(self._protocol_factory(), self)

    def wait(self, connection: Connection) -> None:
        """Start the timeout of a connection.

        If too many connections wait, close the one that waited longest.
        """
        self.answer(connection)
        timer = asyncio.get_running_loop().call_later(_IDLE_TIMEOUT, connection.abort)
        self._waiting[connection] = timer
        if len(self._waiting) > self._max_connections:
            next(iter(self._waiting)).abort()

    def answer(self, connection: Connection) -> None:
        """Cancel the timeout of a connection that is answering a request or is closed."""
        if timer := self._waiting.pop(connection, None):
            timer.cancel()


class Connection(asyncio.Protocol):
    """A proxy between a transport and its HTTP protocol.

    The proxy counts every byte of every WebSocket frame. aiohttp reports only whole messages, so the
    fragments of an endless message would not be counted.
    """

    def __init__(self, protocol: asyncio.Protocol, pool: ConnectionPool) -> None:
        self._protocol = protocol
        self._pool = pool
        self._transport: asyncio.Transport | None = None
        self._burst = 0
        self._allowance = 0.0
        self._last_time = 0.0

    def limit_input(self, burst: int) -> None:
        """From now on, close the connection if it exceeds the input rate.

        Args:
            burst: Number of bytes that may arrive at once without exceeding the rate.
        """
        self._burst = burst
        self._allowance = burst
        self._last_time = asyncio.get_running_loop().time()

    def abort(self) -> None:
        """Close the connection immediately."""
        self._pool.answer(self)
        if self._transport is not None:
            self._transport.abort()

    def answer(self) -> None:
        """Stop the timeout while a request is being answered."""
        self._pool.answer(self)

    def wait(self) -> None:
        """Restart the timeout after a request was answered."""
        if self._transport is not None and not self._transport.is_closing():
            self._pool.wait(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._protocol.connection_made(transport)
        self._pool.wait(self)

    def data_received(self, data: bytes) -> None:
        if self._burst:
            now = asyncio.get_running_loop().time()
            refilled = self._allowance + (now - self._last_time) * _INPUT_RATE
            self._allowance = min(self._burst, refilled) - len(data)
            self._last_time = now
            if self._allowance < 0:
                self.abort()
                return
        self._protocol.data_received(data)

    def eof_received(self) -> bool | None:
        return self._protocol.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._pool.answer(self)
        self._protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()
