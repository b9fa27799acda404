"""Limit how much a visitor sends."""

from __future__ import annotations

import asyncio

RATE = 8 * 1024
"""Bytes per second over time. Hands and a mouse send less than 5 kB/s."""


class InputLimit(asyncio.Protocol):
    """Drop a connection that sends faster than a keyboard and a mouse.

    It stands between a transport and its protocol, and counts every byte of every frame. aiohttp reports only
    whole messages, so that endless fragments of one message would pass uncounted.

    Args:
        transport: The visitor's connection.
        burst: Bytes that may arrive at once.
    """

    def __init__(self, transport: asyncio.Transport, burst: int) -> None:
        protocol = transport.get_protocol()
        assert isinstance(protocol, asyncio.Protocol)
        self._transport = transport
        self._protocol = protocol
        self._burst = burst
        self._allowance = float(burst)
        self._clock = asyncio.get_running_loop().time
        self._last_time = self._clock()
        transport.set_protocol(self)

    def data_received(self, data: bytes) -> None:
        now = self._clock()
        refilled = self._allowance + (now - self._last_time) * RATE
        self._allowance = min(self._burst, refilled) - len(data)
        self._last_time = now
        if self._allowance < 0:
            self._transport.abort()
        else:
            self._protocol.data_received(data)

    def eof_received(self) -> bool | None:
        return self._protocol.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()
