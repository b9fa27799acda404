"""Limits on connections: the number of waiting connections, their waiting time, and the rate of input."""

import asyncio

import pytest

from kjtui.web import connection
from kjtui.web.connection import Connection, ConnectionPool

RATE = 8 * 1024  # bytes per second


class Receiver(asyncio.Protocol):
    """A protocol that counts the bytes that a connection passes on."""

    def __init__(self) -> None:
        self.received = 0
        self.lost = False

    def data_received(self, data: bytes) -> None:
        self.received += len(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True


class FakeTransport(asyncio.Transport):
    def __init__(self, protocol: asyncio.Protocol) -> None:
        super().__init__()
        self._protocol = protocol
        self.aborted = False

    def is_closing(self) -> bool:
        return self.aborted

    def abort(self) -> None:
        self.aborted = True
        self._protocol.connection_lost(None)


def connect(pool: ConnectionPool) -> tuple[Connection, FakeTransport]:
    made = pool.connect()
    transport = FakeTransport(made)
    made.connection_made(transport)
    return made, transport


async def test_a_connection_that_sends_no_request_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_IDLE_TIMEOUT", 0.05)
    receiver = Receiver()
    _, idle = connect(ConnectionPool(lambda: receiver, 10))
    await asyncio.sleep(0.2)
    assert idle.aborted
    assert receiver.lost


async def test_a_connection_is_not_closed_while_its_request_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "_IDLE_TIMEOUT", 0.05)
    made, transport = connect(ConnectionPool(Receiver, 10))
    made.answer()
    await asyncio.sleep(0.2)
    assert not transport.aborted
    made.wait()
    await asyncio.sleep(0.2)
    assert transport.aborted


async def test_above_the_limit_the_longest_waiting_connection_is_closed() -> None:
    pool = ConnectionPool(Receiver, 3)
    answering, busy = connect(pool)
    answering.answer()
    connections = [connect(pool) for _ in range(4)]
    transports = [busy, *(transport for _, transport in connections)]
    assert [transport.aborted for transport in transports] == [False, True, False, False, False]
    connections[1][0].wait()  # this connection was answered, and waits again
    connect(pool)
    assert [transport.aborted for transport in transports] == [False, True, False, True, False]


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now[0])
    return now


async def limited(receiver: Receiver) -> tuple[Connection, FakeTransport]:
    """Return a connection with limited input, and its transport. The maximum burst is 1,000 bytes."""
    made, transport = connect(ConnectionPool(lambda: receiver, 10))
    made.answer()
    made.limit_input(burst=1000)
    return made, transport


async def test_bytes_within_the_rate_pass(clock: list[float]) -> None:
    receiver = Receiver()
    made, transport = await limited(receiver)
    made.data_received(bytes(1000))
    for _ in range(100):
        clock[0] += 1000 / RATE
        made.data_received(bytes(1000))
    assert (receiver.received, transport.aborted) == (101_000, False)


async def test_more_than_the_burst_is_dropped_and_not_passed_on(clock: list[float]) -> None:
    receiver = Receiver()
    made, transport = await limited(receiver)
    made.data_received(bytes(1001))
    assert (receiver.received, transport.aborted) == (0, True)


async def test_a_long_silence_allows_no_more_than_the_burst(clock: list[float]) -> None:
    made, transport = await limited(Receiver())
    clock[0] += 3600
    made.data_received(bytes(1001))
    assert transport.aborted
