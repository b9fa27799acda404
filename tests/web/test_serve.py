"""`kjtui serve` without a browser: pages, WebSockets, downloads, errors. See also tests/web/browser."""

import re
import shutil
import socket
import subprocess
import sys
import tomllib
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError
from textual.widgets import Input

from kjtui.cli.commands import main
from kjtui.cli.install_advice import how_to_install
from kjtui.history.snapshot import History
from kjtui.tui.app import KjtuiApp
from kjtui.tui.state.config import load_config
from support.app import app_on, press
from support.exports import as_markdown
from support.server import served, server_process
from support.stores import BRIDGE, MakeStore, Tables
from support.visitor import until, visiting

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow  # runs servers

ENTER, RIGHT = "\r", "\x1b[C"


def test_the_page_loads_nothing_from_other_servers(address: str) -> None:
    with urllib.request.urlopen(address) as response:
        page = response.read().decode()
    assert "<title>Japan–Korea export controls · kjtui</title>" in page
    assert "//" not in re.sub(r"^ *//.*$|<!--.*?-->", "", page, flags=re.MULTILINE)
    paths = ["".join(found) for found in re.findall(r'(?:src|href)="(static/[^"]+)"|url\("(.+?)"\)', page)]
    assert paths
    for path in paths:
        with urllib.request.urlopen(f"{address}/{path}") as response:
            assert response.status == 200


async def test_a_visitor_sees_the_app_and_moves_the_day(address: str) -> None:
    async with visiting(address) as visitor:
        for words in ("10 March 2020", "1 Timeline", "2 Status", "3 Meeting", "4 Lanes"):
            await visitor.wait_for(words)
        await visitor.type(RIGHT)
        await visitor.wait_for("11 March 2020")


async def test_each_visitor_has_a_separate_cursor(address: str) -> None:
    async with visiting(address) as one, visiting(address) as other:
        await one.wait_for("10 March 2020")
        await other.wait_for("10 March 2020")
        await one.type(RIGHT)
        await one.wait_for("11 March 2020")
        await other.type("h")
        await other.wait_for("9 March 2020")


async def test_an_export_is_downloaded_and_not_written_on_the_server(
    address: str, folder: Path, package_history: History
) -> None:
    async with visiting(address) as visitor:
        await visitor.wait_for("10 March 2020")
        await visitor.type("e")
        await visitor.wait_for("to your downloads")
        await visitor.wait_for("⏎ saves")
        assert str(folder) not in visitor.output
        await visitor.type(*"folder/../day.md")
        await visitor.wait_for("folder/../day.md")
        await visitor.type(ENTER)
        assert await visitor.download() == (
            "day.md",
            as_markdown(package_history.snapshot(date(2020, 3, 10))),
        )
        await visitor.wait_for("Sent day.md to the browser as a download")
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
async def test_a_download_keeps_only_the_name_of_a_path(
    typed: str, name: str, package_history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(KjtuiApp, "is_web", True)
    monkeypatch.setattr(KjtuiApp, "deliver_text", lambda *_, save_filename: delivered.append(save_filename))
    app = app_on(package_history, "2020-03-10")
    async with app.run_test() as pilot:
        await press(pilot, "e")
        app.screen.query_one(Input).value = typed
        await press(pilot, "enter")
    assert delivered == [name]
    assert list(tmp_path.iterdir()) == []


async def test_the_theme_of_a_visitor_is_not_saved(
    package_history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KjtuiApp, "is_web", True)
    app = app_on(package_history, "2020-03-10")
    async with app.run_test() as pilot:
        await press(pilot, "t", "down", "enter")
        assert app.theme == "kjtui-light"
    assert load_config().theme == ""


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://elsewhere.example", None),  # a page of another server
        ("https://127.0.0.1:{port}", None),  # another scheme
        ("http://127.0.0.1:1", None),  # another port
        ("null", None),  # a page without an origin
        (
            "http://elsewhere.example:{port}",
            "elsewhere.example:{port}",
        ),  # DNS rebinding: the foreign name resolves to this machine
    ],
)
async def test_pages_of_other_servers_cannot_open_a_websocket(
    address: str, origin: str, host: str | None
) -> None:
    port = address.rpartition(":")[2]
    headers = {"Origin": origin.format(port=port)} | ({"Host": host.format(port=port)} if host else {})
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{address}/ws", headers=headers)
    assert refused.value.status == 403


@pytest.mark.parametrize("headers", ["Host: localhost", "Host: [", "Host: localhost\r\nOrigin: http://["])
def test_malformed_websocket_requests_are_refused(address: str, headers: str) -> None:
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as visitor:
        visitor.sendall(f"GET /ws HTTP/1.1\r\n{headers}\r\n\r\n".encode())
        assert visitor.recv(100).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost:9", "Host": "localhost:9"},
        {"Origin": "https://localhost", "Host": "localhost", "X-Forwarded-Proto": "https"},
    ],
    ids=["another port", "encrypted"],
)
async def test_a_tunnel_may_change_the_address(headers: dict[str, str], address: str) -> None:
    async with ClientSession() as session, session.ws_connect(f"{address}/ws", headers=headers) as socket:
        assert (await socket.receive()).type is WSMsgType.BINARY


@pytest.mark.parametrize("path", ["/", "/ws", "/document?date=2020-03-10", "/static/js/textual.js", "/none"])
async def test_no_page_can_be_framed_or_reached_under_a_foreign_name(path: str, address: str) -> None:
    async with ClientSession() as session:
        async with session.get(f"{address}{path}") as response:
            assert response.headers["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        async with session.get(f"{address}{path}", headers={"Host": "elsewhere.example"}) as response:
            assert response.status == 403


@pytest.mark.parametrize("host", ["LOCALHOST", "127.1"])
async def test_other_spellings_of_loopback_refuse_foreign_names(host: str, tmp_path: Path) -> None:
    with server_process(tmp_path, "--host", host, host=host) as server:
        foreign = {
            "Host": f"elsewhere.example:{server.port}",
            "Origin": f"http://elsewhere.example:{server.port}",
        }
        async with ClientSession() as session:
            with pytest.raises(WSServerHandshakeError) as refused:
                await session.ws_connect(f"{server.address}/ws", headers=foreign)
            assert refused.value.status == 403
        async with visiting(server.address) as visitor:
            await visitor.wait_for("Timeline")
        assert server.stderr() == ""


async def test_clients_that_disconnect_during_a_response_do_not_stop_the_server(address: str) -> None:
    port = int(address.rpartition(":")[2])
    for _ in range(10):
        with socket.socket() as visitor:
            visitor.setsockopt(
                socket.SOL_SOCKET, socket.SO_RCVBUF, 4096
            )  # small, so that most of the response stays unsent
            visitor.connect(("127.0.0.1", port))
            visitor.sendall(b"GET /static/js/textual.js HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert visitor.recv(1)
    async with visiting(address) as visitor:
        await visitor.wait_for("10 March 2020")


async def test_another_store_is_served(tmp_path: Path) -> None:
    store = tmp_path / "a store's.json"  # a name that needs quoting
    shutil.copy(BRIDGE, store)
    with served(tmp_path, "--store", store.name) as address:
        async with visiting(address) as visitor:
            await visitor.wait_for("Bridge open on foot")


async def test_a_folder_of_text_files_is_served(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "record")]) == 0
    with server_process(tmp_path, "--store", "record") as server:
        async with visiting(server.address) as visitor:
            await visitor.wait_for("Timeline")
        with urllib.request.urlopen(f"{server.address}/document?date=2024-03-01") as response:
            assert b"<h1" in response.read()
        assert server.stderr() == ""


def test_the_title_of_a_store_is_escaped_in_the_page(
    tables: Tables, make_store: MakeStore, tmp_path: Path
) -> None:
    for row in tables["dataset"].values():
        row["title"] = "</title><script>alert(1)</script>"
    with (
        served(tmp_path, "--store", str(make_store(tables))) as address,
        urllib.request.urlopen(address) as response,
    ):
        page = response.read().decode()
    assert "alert(1)" in page
    assert "<script>alert" not in page


def refusal(*arguments: str) -> str:
    """Return the error message of a server that cannot start."""
    result = subprocess.run(
        [sys.executable, "-m", "kjtui", "serve", *arguments], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("kjtui: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_port_in_use_is_reported_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert refusal("--port", str(port)) == (
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
def test_unusable_arguments_are_refused_before_serving(arguments: list[str], expected: str) -> None:
    assert expected in refusal(*arguments)


def test_without_the_web_extra_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)  # as if the package were not installed
    monkeypatch.delitem(sys.modules, "kjtui.web.server", raising=False)
    assert main(["serve"]) == 2
    [needed] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["web"]
    assert capsys.readouterr().err == f"kjtui: kjtui serve needs {how_to_install(needed)}\n"


@pytest.mark.parametrize(
    ("host", "warned"),
    [
        ("127.0.0.1", False),
        ("127.1", False),
        ("::1", False),
        ("LOCALHOST", False),
        ("0.0.0.0", True),
        ("::", True),
    ],
)
async def test_serving_beyond_this_machine_prints_a_warning(host: str, warned: bool, tmp_path: Path) -> None:
    shown = f"[{host}]" if ":" in host else host
    if ":" in host:
        try:
            socket.create_server((host, 0), family=socket.AF_INET6).close()
        except OSError:
            pytest.skip("this machine has no IPv6")
    with server_process(tmp_path, "--host", host, host=shown) as server:
        if warned:
            await until(server.stderr, 5)
        assert ("there is no password and no encryption" in server.stderr()) == warned
        assert server.stderr().count("\n") == warned
