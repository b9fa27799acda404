"""The served document of a day: the output of `kjtui snapshot DAY --format html`, with additional links."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession

from support.server import ServerProcess, server_process, without_navigation
from support.stores import BRIDGE
from support.visitor import until, visitor_processes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("server")
    (folder / "store.json").write_bytes(BRIDGE.read_bytes())
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[ServerProcess]:
    with server_process(folder, "--store", "store.json") as server:
        yield server
        assert server.process.poll() is None, "the server ended by itself"


async def fetch(address: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(address) as response:
        return response.status, await response.text()


async def test_the_document_links_to_other_days_and_to_the_app(server: ServerProcess) -> None:
    """The neighbouring changes are on 5 March 2021, when the bridge closes, and on 1 July."""
    _, page = await fetch(f"{server.address}/document?date=2021-04-10&lang=ko")
    days_and_app, _, others = page.partition("</nav>")
    links = [unescape(link) for link in re.findall('href="([^"]+)"', days_and_app)]
    days = [parse_qs(urlsplit(link).query)["date"][0] for link in links]
    assert days == ["2021-04-10", "2021-04-09", "2021-04-11", "2021-03-05", "2021-07-01"]
    assert links[0] == "./?date=2021-04-10&lang=ko"
    assert 'href="document?date=2021-04-10&amp;lang=ja"' in others, "the same day in another language"
    assert [(await fetch(f"{server.address}/{link}"))[0] for link in links[1:]] == [200] * 4


async def test_the_document_is_what_the_command_prints(server: ServerProcess, folder: Path) -> None:
    command = ["snapshot", "2022-06-15", "--format", "html", "--store", "store.json"]
    printed = subprocess.run(
        [sys.executable, "-m", "kjtui", *command], cwd=folder, capture_output=True, check=True
    )
    for _ in range(2):
        status, page = await fetch(f"{server.address}/document?date=2022-06-15")
        assert status == 200
        assert without_navigation(page) == printed.stdout.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?date=",
        "?date=2020-3-10",
        "?date=20200310",
        "?date=--help",
        "?date=2020-02-30",
        "?day=2020-03-10",
    ],
)
async def test_an_address_without_a_valid_day_is_not_found(query: str, server: ServerProcess) -> None:
    status, text = await fetch(f"{server.address}/document{query}")
    assert (status, text) == (404, "this address needs a day, such as ?date=2020-03-10\n")


async def test_many_days_at_once_are_made_by_few_processes(server: ServerProcess) -> None:
    most = 0
    requests = [
        asyncio.create_task(fetch(f"{server.address}/document?date=2022-{month:02}-{day:02}"))
        for month in range(1, 13)
        for day in range(1, 11)
    ]
    while not all(request.done() for request in requests):
        most = max(most, len(visitor_processes(server.process.pid)))
        await asyncio.sleep(0.01)
    statuses = {request.result()[0] for request in requests}
    assert statuses <= {200, 503}
    assert 1 <= most <= 2
    await until(lambda: not visitor_processes(server.process.pid), 5)
    assert (await fetch(f"{server.address}/document?date=2022-12-31"))[0] == 200


async def test_a_changed_store_gives_a_new_document_and_a_broken_one_an_error(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    text = BRIDGE.read_text(encoding="utf-8")
    store.write_text(text, encoding="utf-8")
    with server_process(tmp_path, "--store", str(store)) as server:
        address = f"{server.address}/document?date=2022-06-15"
        assert "Mill Lane bridge" in (await fetch(address))[1]
        store.write_text(text.replace("Mill Lane bridge", "Mill Road bridge"), encoding="utf-8")
        assert "Mill Road bridge" in (await fetch(address))[1]
        store.write_text("none", encoding="utf-8")
        assert await fetch(address) == (503, "the document cannot be made\n")
        await until(server.stderr, 5)
        assert server.stderr().startswith(f"kjtui: {store}: not JSON")
        assert server.stderr().count("\n") == 1


async def test_the_document_leads_to_the_full_document_of_the_day(
    server: ServerProcess, folder: Path
) -> None:
    command = ["snapshot", "2021-07-15", "--format", "html", "--full", "--store", "store.json"]
    printed = subprocess.run(
        [sys.executable, "-m", "kjtui", *command], cwd=folder, capture_output=True, check=True
    )
    _, page = await fetch(f"{server.address}/document?date=2021-07-15&full=1")
    assert without_navigation(page) == printed.stdout.decode()
