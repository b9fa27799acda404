"""The process of a visitor can read only the store and its own code. It cannot write files or get secrets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.server import server_process
from support.stores import BRIDGE, ROOT
from support.visitor import until, visiting, visitor_processes

pytestmark = pytest.mark.slow

ATTEMPTS = {
    "read a file": "open(secret)",
    "read a file by descriptor": "os.open(secret, os.O_RDONLY)",
    "read a file by a relative path": "open('secret')",
    "read a file through a link": "open(link)",
    "read a folder": "os.listdir(folder)",
    "read the working folder": "os.listdir()",
    "read the configuration": "open(os.path.expanduser('~/.config/kjtui/config.json'))",
    "read the store beside": "open(store + '.bak')",
    "write a file": "open(secret, 'w')",
    "append to the store": "open(store, 'a')",
    "create a file": "os.open(secret + '2', os.O_CREAT)",
    "create a temporary file": "tempfile.mkdtemp(dir=folder)",
    "write beside its own code": "open(os.path.join(sys.path[-1], 'new.py'), 'x')",
    "remove a file": "os.remove(secret)",
    "rename the store": "os.rename(store, secret)",
    "link the store": "os.link(store, secret + '3')",
    "make a folder": "os.mkdir(secret + '4')",
    "change a mode": "os.chmod(store, 0)",
    "run a shell": "os.system('true')",
    "run a program": "subprocess.run([sys.executable, '--version'])",
    "fork": "os.fork()",
    "signal the server": "os.kill(os.getppid(), 0)",
    "look up a name": "socket.getaddrinfo('localhost', 80)",
    "connect": "socket.create_connection(('127.0.0.1', 9))",
    "connect to a local socket": "socket.socket(socket.AF_UNIX).connect(secret)",
    "listen": "socket.socket().bind(('127.0.0.1', 0))",
    "send a datagram": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "open a database": "sqlite3.connect(secret)",
}

SCRIPT = """
import asyncio, json, os, socket, sqlite3, subprocess, sys, tempfile
from pathlib import Path
folder, store, attempts = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
secret, link = os.path.join(folder, "secret"), os.path.join(folder, "link")
opened = open(os.path.join(folder, "opened"), "w")

from kjtui.web.confinement import restrict
restrict(Path(store))

outcomes = {}
for attempt in attempts:
    try:
        eval(attempt)
    except Exception as error:
        outcomes[attempt] = repr(error)
    else:
        outcomes[attempt] = "done"
try:
    os.write(opened.fileno(), b"x")
except OSError as error:
    outcomes["write to an open file"] = repr(error)
print(json.dumps(outcomes))
"""


def outcomes(folder: Path, store: Path, *attempts: str) -> dict[str, str]:
    """Run forbidden code in a restricted process. Return the result of each attempt."""
    arguments = [str(folder), str(store), json.dumps(attempts)]
    result = subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(result.stdout)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a store, a secret file, a link to the secret file, and a configuration."""
    (tmp_path / "secret").write_text("a secret")
    (tmp_path / "link").symlink_to("secret")
    (tmp_path / "store.json").write_bytes(BRIDGE.read_bytes())
    (tmp_path / "store.json.bak").write_text("another store")
    (tmp_path / ".config" / "kjtui").mkdir(parents=True)
    (tmp_path / ".config" / "kjtui" / "config.json").write_text('{"theme": "kjtui-light"}')
    return tmp_path


def test_a_visitors_process_cannot_write_start_a_process_or_connect(folder: Path) -> None:
    found = outcomes(folder, folder / "store.json", *ATTEMPTS.values())
    refused = {name for name, attempt in ATTEMPTS.items() if found[attempt].startswith("PermissionError")}
    assert refused == {*ATTEMPTS}
    assert {path.name for path in folder.iterdir()} == {
        ".config", "link", "opened", "secret", "store.json", "store.json.bak",
    }  # fmt: skip


def test_the_kernel_refuses_to_write_to_a_file_that_was_open(folder: Path) -> None:
    assert "File too large" in outcomes(folder, folder / "store.json")["write to an open file"]
    assert (folder / "opened").read_text() == ""


@pytest.mark.parametrize(
    "attempt",
    [
        "open(store).read()",
        "os.stat(store)",
        "__import__('textual.app')",
        "__import__('kjtui.tui.app')",
        "__import__('xml.dom.minidom')",
        "asyncio.run(asyncio.sleep(0))",
        "open(0, closefd=False)",
    ],
)
def test_a_visitors_process_runs_the_app(attempt: str, folder: Path) -> None:
    assert outcomes(folder, folder / "store.json", attempt)[attempt] == "done"


def test_a_store_that_is_replaced_or_a_link_can_be_read_again(folder: Path) -> None:
    (folder / "current").symlink_to("store.json")
    attempt = "open(store).read()"
    assert outcomes(folder, folder / "current", attempt)[attempt] == "done"


def test_a_store_that_is_a_folder_can_be_read_and_nothing_beside_it(folder: Path) -> None:
    record = folder / "record"
    record.mkdir()
    (record / "dataset.toml").write_text("title = 'A record'")
    allowed = ["open(os.path.join(store, 'dataset.toml')).read()", "os.listdir(store)"]
    refused = ["open(secret)", "os.listdir(folder)", "open(os.path.join(store, 'new.toml'), 'w')"]
    found = outcomes(folder, record, *allowed, *refused)
    assert [found[attempt] for attempt in allowed] == ["done", "done"]
    assert all(found[attempt].startswith("PermissionError") for attempt in refused)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads the environment from /proc")
async def test_a_visitors_process_has_an_environment_of_its_own(folder: Path) -> None:
    secrets = {
        "SECRET_TOKEN": "hunter2",
        "TEXTUAL_LOG": str(folder / "log"),
        "NO_COLOR": "1",
        "TEXTUAL": "devtools",
        "LC_ALL": "C.UTF-8",
    }
    with server_process(folder, "--store", "store.json", **secrets) as server:
        async with visiting(server.address) as visitor:
            await visitor.wait_for("Bridge open on foot")
            (process,) = visitor_processes(server.process.pid)
            content = Path(f"/proc/{process}/environ").read_text()
            limits = Path(f"/proc/{process}/limits").read_text().splitlines()
        variables = dict(line.split("=", 1) for line in content.split("\0") if line)
        documented = (ROOT / ".github" / "SECURITY.md").read_text()
        assert {name for name in variables if f"`{name}`" not in documented} == set()
        assert not {*secrets} - {"LC_ALL"} & {*variables}
        assert (variables["HOME"], variables["LC_ALL"]) == (os.devnull, "C.UTF-8")
        memory = str((1 << 30) + 12 * (folder / "store.json").stat().st_size)
        assert {("file", "size", "0", "0"), ("address", "space", memory, memory)} <= {
            tuple(line.split()[1:5]) for line in limits
        }
        await until(lambda: not visitor_processes(server.process.pid), 5)
        assert server.stderr() == ""
    assert not (folder / "log").exists()


async def test_a_visitor_does_not_get_the_theme_of_the_servers_user(folder: Path) -> None:
    background = "48;2;255;255;255"
    with server_process(folder, "--store", "store.json", XDG_CONFIG_HOME=str(folder / ".config")) as server:
        async with visiting(server.address) as visitor:
            await visitor.wait_for("Bridge open on foot")
            dark = visitor.output
            await visitor.type("t")
            await visitor.wait_for("⏎ keeps")
    assert background not in dark
