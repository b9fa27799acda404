"""The app served as a page, as far as it goes without a browser; tests/browser has the rest."""

import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError
from textual.widgets import Input

from kjtui.cli import main
from kjtui.exports.markdown import snapshot_markdown
from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.config import load_theme
from support.app import app_on, press
from support.server import free_port, served
from support.stores import BRIDGE, MakeStore, Tables
from support.visitor import visiting

ENTER, RIGHT = "\r", "\x1b[C"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The current, home and configuration folder of the server."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder, "--date", "2020-03-10") as address:
        yield address


def test_the_page_asks_nobody_but_its_server(address: str) -> None:
    with urllib.request.urlopen(address) as response:
        page = response.read().decode()
    assert "<title>Japan–Korea export controls · kjtui</title>" in page
    assert "//" not in re.sub(r"^ *//.*$|<!--.*?-->", "", page, flags=re.MULTILINE)
    for path in re.findall(r'(?:src|href)="(static/[^"]+)"|url\("(.+?)"\)', page):
        with urllib.request.urlopen(f"{address}/{''.join(path)}") as response:
            assert response.status == 200


async def test_a_visitor_gets_the_app_on_the_day_and_moves_it(address: str) -> None:
    async with visiting(address) as visitor:
        for words in ("Tuesday 10 March 2020", "1 Timeline", "2 Status", "3 Meeting", "4 Lanes"):
            await visitor.sees(words)
        await visitor.type(RIGHT)
        await visitor.sees("Wednesday 11 March 2020")


async def test_each_visitor_has_a_day_of_their_own(address: str) -> None:
    async with visiting(address) as one, visiting(address) as other:
        await one.sees("Tuesday 10 March 2020")
        await other.sees("Tuesday 10 March 2020")
        await one.type(RIGHT)
        await one.sees("Wednesday 11 March 2020")
        await other.type("h")
        await other.sees("Monday 9 March 2020")


async def test_an_export_is_a_download_and_leaves_nothing_on_the_server(
    address: str, folder: Path, history: History
) -> None:
    async with visiting(address) as visitor:
        await visitor.sees("Tuesday 10 March 2020")
        await visitor.type("e")
        await visitor.sees("to your downloads")
        await visitor.sees("enter writes")
        assert str(folder) not in visitor.drawn
        await visitor.type(*"/../day.md")
        await visitor.sees("kjtui-2020-03-10.txt/../day.md")
        await visitor.type(ENTER)
        assert await visitor.download() == ("day.md", snapshot_markdown(history.snapshot(date(2020, 3, 10))))
        await visitor.sees("Handed day.md to the browser as a download")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("/", "kjtui-2020-03-10.txt"),
        ("..", "kjtui-2020-03-10.txt"),
        ('my "notes"; 1.md', "my-notes-1.md"),
        ("노트.json", "노트.json"),
    ],
)
async def test_of_a_path_only_the_name_is_handed_over(
    typed: str, name: str, history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(KjtuiApp, "is_web", True)
    monkeypatch.setattr(KjtuiApp, "deliver_text", lambda *_, save_filename: delivered.append(save_filename))
    app = app_on(history, "2020-03-10")
    async with app.run_test() as pilot:
        await press(pilot, "e")
        app.screen.query_one(Input).value = typed
        await press(pilot, "enter")
    assert delivered == [name]
    assert list(tmp_path.iterdir()) == []


async def test_a_visitors_theme_is_not_remembered(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KjtuiApp, "is_web", True)
    app = app_on(history, "2020-03-10")
    async with app.run_test() as pilot:
        app.theme = "kjtui-light"
        await pilot.pause()
    assert load_theme() == ""


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://elsewhere.example", None),  # a page from elsewhere
        ("null", None),  # a page without an origin
        ("http://elsewhere.example:{port}", "elsewhere.example:{port}"),  # its name leads to this machine
    ],
)
async def test_pages_from_elsewhere_cannot_run_the_app(address: str, origin: str, host: str | None) -> None:
    port = address.rpartition(":")[2]
    headers = {"Origin": origin.format(port=port)} | ({"Host": host.format(port=port)} if host else {})
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{address}/ws", headers=headers)
    assert refused.value.status == 403


@pytest.mark.parametrize("headers", ["Host: localhost", "Host: [", "Host: localhost\r\nOrigin: http://["])
def test_what_is_no_visit_is_refused(address: str, headers: str) -> None:
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as visitor:
        visitor.sendall(f"GET /ws HTTP/1.1\r\n{headers}\r\n\r\n".encode())
        assert visitor.recv(100).startswith(b"HTTP/1.1 403 ")


async def test_a_tunnel_may_have_another_port(address: str) -> None:
    headers = {"Origin": "http://localhost:9", "Host": "localhost:9"}
    async with ClientSession() as session, session.ws_connect(f"{address}/ws", headers=headers) as socket:
        assert (await socket.receive()).type is WSMsgType.BINARY


async def test_visitors_who_leave_while_the_page_loads_do_not_end_the_server(address: str) -> None:
    port = int(address.rpartition(":")[2])
    for _ in range(10):
        with socket.socket() as visitor:
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # so that much is left to send
            visitor.connect(("127.0.0.1", port))
            visitor.sendall(b"GET /static/js/textual.js HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert visitor.recv(1)
    async with visiting(address) as visitor_who_stays:
        await visitor_who_stays.sees("Tuesday 10 March 2020")


async def test_another_store_is_served(tmp_path: Path) -> None:
    store = tmp_path / "a store's.json"  # its name needs quoting
    shutil.copy(BRIDGE, store)
    with served(tmp_path, "--store", store.name) as address:
        async with visiting(address) as visitor:
            await visitor.sees("The Mill Lane bridge")


def test_the_title_of_a_store_is_text_in_the_page(
    tables: Tables, make_store: MakeStore, tmp_path: Path
) -> None:
    for row in tables["dataset"].values():
        row["title"] = "</title><script>alert(1)</script>"
    with (
        served(tmp_path, "--store", str(make_store(tables))) as address,
        urllib.request.urlopen(address) as it,
    ):
        page = it.read().decode()
    assert "alert(1)" in page
    assert "<script>alert" not in page


def refused(*arguments: str) -> str:
    """What a server that does not start says."""
    result = subprocess.run(
        [sys.executable, "-m", "kjtui", "serve", *arguments], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("kjtui: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_port_in_use_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert refused("--port", str(port)) == (
            f"kjtui: cannot serve on 127.0.0.1 port {port}: Address already in use\n"
        )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--port", "0"], "'0' is not a port from 1 to 65535"),
        (["--port", "http"], "'http' is not a port"),
        (["--port", "99999"], "'99999' is not a port"),
        (["--host", "a..b"], "there is no host 'a..b'"),
        (["--store", "/nowhere.json"], "/nowhere.json: cannot be read: No such file"),
        (["--date", "1999-01-01"], "1999-01-01 is outside the record"),
    ],
)
def test_what_cannot_be_served_is_refused_before_serving(arguments: list[str], expected: str) -> None:
    assert expected in refused(*arguments)


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)  # as where it is not installed
    monkeypatch.delitem(sys.modules, "kjtui.web.server", raising=False)
    assert main(["serve"]) == 2
    assert capsys.readouterr().err == 'kjtui: kjtui serve needs textual-serve: pip install "kjtui[web]"\n'


@pytest.mark.parametrize(
    ("host", "warned"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), ("::", True)],
)
def test_others_than_this_machine_are_warned_of(
    host: str, warned: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def listening(app: Coroutine[Any, Any, Any], *, print: Callable[[str], None], **_: object) -> None:
        """All that serving does but listen: a machine may have no IPv6."""
        app.close()
        print("")

    monkeypatch.setattr("aiohttp.web.run_app", listening)
    assert main(["serve", "--host", host, "--port", str(free_port())]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("kjtui: http://")
    assert ("there is no password and no encryption" in told.err) == warned
    assert told.err.count("\n") == warned
