"""Fixtures of the tests of the web page."""

from collections.abc import Iterator

import pytest

from support.server import ServerProcess, server_process


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Yield a running server, which must not end by itself or print an error."""
    with server_process(tmp_path_factory.mktemp("server"), "--date", "2020-03-10") as server:
        yield server
        assert server.process.poll() is None, "the server ended by itself"
        assert server.stderr() == ""
