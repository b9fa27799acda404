"""The server that the tests of the web page share. Some of these tests use a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.server import ServerProcess, server_process


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the working, home and configuration folder of the server."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[ServerProcess]:
    """Yield a server for the package's record. The server must not end by itself or print an error."""
    with server_process(folder, "--date", "2020-03-10") as server:
        yield server
        assert server.process.poll() is None, "the server ended by itself"
        assert server.stderr() == ""


@pytest.fixture(scope="module")
def address(server: ServerProcess) -> str:
    return server.address
