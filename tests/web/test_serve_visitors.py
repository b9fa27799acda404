"""Visitors, including hostile visitors: limits per visitor, and the end of the visitor's process."""

import asyncio
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.error import HTTPError

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError

from support.server import ServerProcess, server_process
from support.stores import BRIDGE
from support.visitor import RawVisitor, runs, until, visiting, visitor_processes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the processes from /proc"),
]

DAY = "10 March 2020"
LEFT, RIGHT = "\x1b[D", "\x1b[C"


@pytest.fixture(autouse=True)
async def no_process_is_left(server: ServerProcess) -> None:
    await until(lambda: not visitor_processes(server.process.pid), 5)


def memory(process: int) -> int:
    """Return the peak memory of a process in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1000 for line in lines if line.startswith("VmHWM"))


async def test_a_silent_visitor_is_disconnected_within_five_seconds(server: ServerProcess) -> None:
    with RawVisitor(server.port):
        silent_since = time.monotonic()
        await until(lambda: visitor_processes(server.process.pid), 5)
        await until(lambda: not visitor_processes(server.process.pid), 10)
        assert time.monotonic() - silent_since < 5


async def test_a_visitor_who_closes_the_page_is_disconnected_immediately(server: ServerProcess) -> None:
    async with visiting(server.address) as visitor:
        await visitor.wait_for(DAY)
    await until(lambda: not visitor_processes(server.process.pid), 1)


async def test_an_idle_visitor_stays_connected(server: ServerProcess) -> None:
    async with visiting(server.address) as visitor:
        await visitor.wait_for(DAY)
        with suppress(TimeoutError):
            async with asyncio.timeout(6):  # longer than the timeout for silent visitors
                while (await visitor.socket.receive()).type in (WSMsgType.BINARY, WSMsgType.TEXT):
                    pass
        await visitor.type(RIGHT)
        await visitor.wait_for("11 March 2020")


async def test_a_visitor_who_never_reads_is_dropped(server: ServerProcess) -> None:
    with RawVisitor(server.port) as raw:
        await until(lambda: visitor_processes(server.process.pid), 5)
        (process,) = visitor_processes(server.process.pid)

        async def draw_until_dropped() -> None:
            async with asyncio.timeout(120):
                while True:
                    raw.send(b'["stdin", "z"]')  # the app redraws the whole screen
                    await asyncio.sleep(0.25)

        with pytest.raises(ConnectionError):  # closed by the server, despite unsent data
            await draw_until_dropped()
        assert not runs(process)
        assert memory(server.process.pid) < 120


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (WSMsgType.TEXT, b'["stdin", "' + b"j" * 50_000 + b'"]'),
        (WSMsgType.TEXT, b'["resize", {"width": 999, "height": 499}]'),
        (WSMsgType.BINARY, bytes(50_000)),
        (WSMsgType.PING, bytes(125)),
        (WSMsgType.TEXT, b""),
        (WSMsgType.TEXT, b'["stdin", "' + b"j" * 100_000_000 + b'"]'),
    ],
    ids=["keys", "sizes", "binary", "pings", "empty messages", "one message"],
)
async def test_a_visitor_who_sends_100_megabytes_is_dropped(
    kind: WSMsgType, message: bytes, server: ServerProcess
) -> None:
    async with visiting(server.address) as other:
        await other.wait_for(DAY)
        (others,) = visitor_processes(server.process.pid)
        with RawVisitor(server.port) as raw:
            await until(lambda: len(visitor_processes(server.process.pid)) == 2, 5)
            (process,) = {*visitor_processes(server.process.pid)} - {others}

            def flood() -> None:
                for _ in range(1 + 100_000_000 // max(1, len(message))):
                    raw.send(message, kind)

            async with asyncio.TaskGroup() as tasks:
                task = tasks.create_task(asyncio.to_thread(pytest.raises, ConnectionError, flood))
                for _ in range(100):
                    await other.type(RIGHT)
                    await other.wait_for("11 March 2020")
                    await other.type(LEFT)
                    await other.wait_for(DAY)
                    if task.done():
                        break
            await until(lambda: not runs(process), 3)
        await other.type(RIGHT)
        await other.wait_for("11 March 2020")
    assert memory(server.process.pid) < 120


async def test_a_message_in_endless_fragments_is_dropped(server: ServerProcess) -> None:
    with RawVisitor(server.port) as raw:
        await until(lambda: visitor_processes(server.process.pid), 5)
        raw.send(b"", WSMsgType.TEXT, last=False)

        def flood() -> None:
            for _ in range(100):
                raw.socket.sendall(raw.frame(b"", WSMsgType.CONTINUATION, last=False) * 10_000)

        with pytest.raises(ConnectionError):
            await asyncio.to_thread(flood)


async def test_a_typed_resize_report_changes_nothing(server: ServerProcess) -> None:
    async with visiting(server.address) as visitor:
        await visitor.wait_for(DAY)
        await visitor.type("\x1b[48;4000;4000;1;1t")
        await visitor.type(RIGHT)
        await visitor.wait_for("11 March 2020")
        assert len(visitor.output) < 100_000


async def test_a_typed_resize_report_without_pixels_survives_the_mouse(server: ServerProcess) -> None:
    async with visiting(server.address) as visitor:
        await visitor.wait_for(DAY)
        await visitor.type("\x1b[48;30;100;0;0t", "\x1b[<35;5;5M", RIGHT)
        await visitor.wait_for("11 March 2020")


@pytest.mark.parametrize(
    "message",
    [
        "",
        "no JSON",
        "[" * 100_000,
        '["stdin", "\\ud800"]',
        '["resize", {"width": ' + "9" * 5000 + ', "height": 1}]',
    ],
    ids=["empty", "no JSON", "nested", "half a character", "a number of 5,000 digits"],
)
async def test_a_message_that_is_malformed_ends_the_visit(message: str, server: ServerProcess) -> None:
    async with visiting(server.address) as visitor:
        await visitor.wait_for(DAY)
        await visitor.socket.send_str(message)
        await visitor.wait_for_end()


@pytest.mark.parametrize(
    "message",
    [
        "1",
        "[]",
        '["stdin"]',
        '["stdin", 1]',
        '["resize", {"width": "80"}]',
        '["resize", {"width": -5, "height": 1e300}]',
        '["resize", {"width": 1000000000, "height": 1000000000}]',
        '["unknown", 1]',
        '{"stdin": "x"}',
    ],
)
async def test_a_message_without_meaning_changes_nothing(message: str, server: ServerProcess) -> None:
    async with visiting(server.address) as visitor:
        await visitor.wait_for(DAY)
        await visitor.socket.send_str(message)
        await visitor.socket.send_json(["resize", {"width": 120, "height": 40}])
        await visitor.type(RIGHT)
        await visitor.wait_for("11 March 2020")


@pytest.mark.parametrize(
    "size", ["width=1000000000&height=1000000000", "width=-1&height=x", "width=0&height=0"]
)
async def test_a_page_of_any_size_is_served(size: str, server: ServerProcess) -> None:
    async with ClientSession() as session, session.ws_connect(f"{server.address}/ws?{size}") as socket:
        assert (await socket.receive(30)).type is WSMsgType.BINARY
        await socket.send_json(["stdin", "q"])
        async with asyncio.timeout(30):
            while (await socket.receive()).type in (WSMsgType.BINARY, WSMsgType.TEXT):
                pass


async def test_one_visitor_too_many_is_refused_with_a_page(tmp_path: Path) -> None:
    with server_process(tmp_path, "--visitors", "2") as server:

        def page() -> tuple[int, str]:
            try:
                with urllib.request.urlopen(server.address) as response:
                    return response.status, response.read().decode()
            except HTTPError as error:
                return error.code, error.read().decode()

        async with visiting(server.address), visiting(server.address):
            assert page()[0] == 503
            assert "serves at most 2 at once" in page()[1]
            with pytest.raises(WSServerHandshakeError) as refused:
                async with visiting(server.address):
                    pass
            assert refused.value.status == 503
            assert len(visitor_processes(server.process.pid)) == 2
        await until(lambda: page()[0] == 200, 5)
        async with visiting(server.address) as visitor:
            await visitor.wait_for("Timeline")


@pytest.mark.parametrize("number", ["0", "-1", "many", "10000", "٣"])
def test_a_number_of_visitors_is_refused_in_one_line(number: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "kjtui", "serve", f"--visitors={number}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert "is not a number from 1 to 9999" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_second_server_on_the_port_is_refused_in_one_line(server: ServerProcess) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "kjtui", "serve", "--port", str(server.port)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    expected = f"kjtui: cannot serve on 127.0.0.1 port {server.port}: Address already in use\n"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", expected)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
async def test_a_server_that_ends_leaves_no_process(number: signal.Signals, tmp_path: Path) -> None:
    with server_process(tmp_path) as server:
        async with visiting(server.address) as visitor, visiting(server.address), visiting(server.address):
            await visitor.wait_for("Timeline")
            with RawVisitor(server.port) as _:
                # Three processes serve visitors, and a fourth process is still starting.
                await until(lambda: len(visitor_processes(server.process.pid)) == 4, 5)
                processes = visitor_processes(server.process.pid)
                server.process.send_signal(number)
                await asyncio.to_thread(server.process.wait, 5)
                await until(lambda: not any(map(runs, processes)), 5)


async def test_a_server_ends_while_a_visitor_comes_and_goes(tmp_path: Path) -> None:
    with server_process(tmp_path) as server:
        with RawVisitor(server.port):
            pass
        server.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(server.process.wait, 5) == 0


async def test_an_app_that_fails_is_reported_on_the_server(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    store.write_bytes(BRIDGE.read_bytes())
    with server_process(tmp_path, "--store", str(store)) as server:
        store.write_text("\x1b[31mnone")
        async with visiting(server.address) as visitor:
            await visitor.wait_for_end()
        await until(server.stderr, 5)
        assert server.stderr().startswith(f"kjtui: {store}: not JSON")
        assert server.stderr().count("\n") == 1


async def test_connections_without_a_request_leave_room_for_visitors(tmp_path: Path) -> None:
    with server_process(tmp_path, "--visitors", "2") as server, ExitStack() as idle:
        for number in range(300):
            connection = idle.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            if number % 2:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: local")
        await until(lambda: len(list(Path(f"/proc/{server.process.pid}/fd").iterdir())) < 150, 5)
        async with visiting(server.address) as visitor:
            await visitor.wait_for("Timeline")
        assert server.stderr() == ""
