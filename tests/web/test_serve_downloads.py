"""Downloads. A download can be fetched only once, and only while its visitor is connected."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientPayloadError, ClientSession

from support.server import ServerProcess
from support.visitor import Visitor, visiting, visitor_processes

pytestmark = pytest.mark.slow


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def offered(visitor: Visitor) -> str:
    """Export the current day, and return the address of the download."""
    await visitor.wait_for("10 March 2020")
    await visitor.type("e")
    await visitor.wait_for("⏎ saves")
    await visitor.type("\r")
    return f"{visitor.address}/download/{await visitor.download_key()}"


async def test_a_request_for_headers_leaves_the_download(
    server: ServerProcess, client: ClientSession
) -> None:
    async with visiting(server.address) as visitor:
        download = await offered(visitor)
        for _ in range(3):
            async with client.head(download) as response:
                assert response.status == 200
                assert "attachment" in response.headers["Content-Disposition"]
        async with client.get(download) as response:
            assert "10 March 2020" in await response.text()


async def test_a_download_is_received_once(server: ServerProcess, client: ClientSession) -> None:
    async with visiting(server.address) as visitor:
        download = await offered(visitor)

        async def status() -> int:
            async with client.get(download) as response:
                await response.read()
                return response.status

        statuses = await asyncio.gather(*(status() for _ in range(5)))
        assert sorted(statuses)[0] == 200
        assert set(sorted(statuses)[1:]) <= {404, 409}
        assert await status() == 404


async def test_a_download_ends_with_its_visitor(server: ServerProcess, client: ClientSession) -> None:
    async with visiting(server.address) as visitor:
        download = await offered(visitor)
    await asyncio.sleep(0.5)
    async with client.get(download) as response:
        assert (response.status, await response.text()) == (404, "there is no such download\n")


async def test_a_download_whose_visitor_leaves_breaks_off(
    server: ServerProcess, client: ClientSession
) -> None:
    async with visiting(server.address) as visitor:
        download = await offered(visitor)
        (process,) = visitor_processes(server.process.pid)
        os.kill(process, signal.SIGSTOP)  # the app cannot send the file
        response = await client.get(download)
        await visitor.socket.close()
        with pytest.raises(ClientPayloadError):
            await response.read()
