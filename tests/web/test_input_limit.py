"""A connection that sends faster than hands and a mouse is dropped."""

import asyncio
from typing import Any

import pytest

from kjtui.web.input_limit import RATE, InputLimit


class Receiver(asyncio.Protocol):
    def __init__(self) -> None:
        self.received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)


class FakeTransport(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.protocol: Any = Receiver()
        self.aborted = False

    def get_protocol(self) -> Any:
        return self.protocol

    def set_protocol(self, protocol: Any) -> None:
        self.protocol = protocol

    def abort(self) -> None:
        self.aborted = True


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now[0])
    return now


async def test_bytes_within_the_rate_pass(clock: list[float]) -> None:
    transport = FakeTransport()
    receiver = transport.protocol
    limit = InputLimit(transport, burst=1000)
    limit.data_received(bytes(1000))
    for _ in range(100):
        clock[0] += 1000 / RATE
        limit.data_received(bytes(1000))
    assert (receiver.received, transport.aborted) == (101_000, False)


async def test_more_than_the_burst_is_dropped_and_not_passed_on(clock: list[float]) -> None:
    transport = FakeTransport()
    receiver = transport.protocol
    limit = InputLimit(transport, burst=1000)
    limit.data_received(bytes(1001))
    assert (receiver.received, transport.aborted) == (0, True)


async def test_a_long_silence_allows_no_more_than_the_burst(clock: list[float]) -> None:
    transport = FakeTransport()
    limit = InputLimit(transport, burst=1000)
    clock[0] += 3600
    limit.data_received(bytes(1001))
    assert transport.aborted
