"""The address of the page sets the position at which the app opens."""

import re
import socket
from collections.abc import Iterator

import pytest

from kjtui.history.snapshot import History
from support.server import ServerProcess, server_process
from support.visitor import visiting

pytestmark = pytest.mark.slow

RIGHT = "\x1b[C"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    folder = tmp_path_factory.mktemp("server")
    with server_process(folder, "--date", "2020-03-10") as server:
        yield server
        assert server.process.poll() is None, "the server ended by itself"
        assert server.stderr() == ""
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("date=2019-07-04", ["4 July 2019"]),
        ("track=wto-ds590", ["10 March 2020", "←→ track", "WTO case DS590"]),
        ("date=2019-07-04&track=photoresist", ["4 July 2019", "←→ track", "Photoresist"]),
        ("", ["10 March 2020"]),
        ("fontsize=20", ["10 March 2020"]),
    ],
)
async def test_the_app_opens_at_the_position_of_the_address(
    query: str, texts: list[str], server: ServerProcess
) -> None:
    async with visiting(server.address, query) as visitor:
        for text in texts:
            await visitor.wait_for(text)
        assert "link cannot be opened" not in visitor.output


async def test_the_app_opens_the_event_of_the_address(
    server: ServerProcess, package_history: History
) -> None:
    day = next(day for day in package_history.event_days if len(package_history.events_on(day)) > 1)
    for event in package_history.events_on(day):
        async with visiting(server.address, f"event={event.id}") as visitor:
            await visitor.wait_for(f"{day.day} {day:%B %Y}")
            await visitor.wait_for("esc closes")  # the reader
            assert event.title[:20] in visitor.output
            await visitor.type("\x1b")
            await visitor.wait_for_pattern(rf"▶ [^▶\n]{{1,20}}{re.escape(event.title[:20])}")


async def test_the_app_reports_its_day_to_the_page(server: ServerProcess) -> None:
    async with visiting(server.address, "date=2019-07-04") as visitor:
        await visitor.wait_for_day("2019-07-04")
        await visitor.wait_for("4 July 2019")
        await visitor.type(RIGHT)
        await visitor.wait_for_day("2019-07-05")


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("date=2019-13-01", "there is no day '2019-13-01'"),
        ("date=1999-01-01", "1999-01-01 is outside the record"),
        ("track=steel", "there is no track 'steel'"),
        ("event=--store=/etc/passwd", "there is no event '--store=/etc/passwd'"),
        ("track=$(touch x)`touch x`'; touch x; \"", "there is no track"),
        ("track=[bold]x[/bold]", "there is no track '[bold]x[/bold]'"),
        ("track=%1B]0;title%07%1B[2J", "there is no track ']0;title[2J'"),
        ("event=a%00b", "there is no event 'ab'"),
        ("event=%ff%fe", "there is no event"),
        ("event=" + "x" * 3000, "there is no event 'xxxxx"),
    ],
)
async def test_an_invalid_address_opens_the_default_day_with_a_notice(
    query: str, line: str, server: ServerProcess
) -> None:
    async with visiting(server.address, query) as visitor:
        await visitor.wait_for("10 March 2020")
        await visitor.wait_for_pattern(r"[\s│▌▐┃]*".join(map(re.escape, line.replace(" ", ""))))
        await visitor.type(RIGHT)
        await visitor.wait_for("11 March 2020")


@pytest.mark.parametrize(
    "target",
    [
        b"/ws/" + bytes(range(128, 256)),
        b"/ws/track=%ed%a0%80",
        b"/ws/track%3D%ED%A0%80",
        b"/ws/%00",
        b"/ws/" + b"%26" * 1000,
        b"/ws/" + b"x" * 100_000,
        b"/ws/../../etc/passwd",
        b"/?date=" + bytes(range(128, 256)),
        b"/?date=" + b"x" * 100_000,
    ],
    ids=range(9),
)
async def test_no_address_harms_the_server(target: bytes, server: ServerProcess) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as visitor:
        visitor.settimeout(30)
        visitor.sendall(
            b"GET %b HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDAwMDAwMDAwMDAwMDAwMA==\r\n\r\n" % target
        )
        assert visitor.recv(12)[9:] in (b"101", b"200", b"400", b"404")
    async with visiting(server.address) as another:
        await another.wait_for("10 March 2020")
