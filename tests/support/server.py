"""Run `kjtui serve` in a separate process."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from kjtui.formats.html_page import NAVIGATION_STYLE


def free_port() -> int:
    """Return an unused port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


class ServerProcess(NamedTuple):
    """A running server."""

    port: int
    process: subprocess.Popen[str]
    errors: IO[bytes]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stderr(self) -> str:
        """Return what the server has written to standard error so far."""
        self.errors.seek(0)
        return self.errors.read().decode()


@contextmanager
def server_process(
    folder: Path, *arguments: str, host: str = "127.0.0.1", **variables: str
) -> Iterator[ServerProcess]:
    """Run a server with these arguments and environment variables. On exit, terminate a running server.

    ``folder`` is the server's working, home and configuration folder. ``host`` is the host in the address
    that the server prints.
    """
    port = free_port()
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            [sys.executable, "-m", "kjtui", "serve", "--port", str(port), *arguments],
            cwd=folder,
            env=os.environ | home | variables,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        server = ServerProcess(port, process, errors)
        try:
            line = process.stdout.readline()
            assert line.startswith(f"kjtui: http://{host}:{port} ("), server.stderr()
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[str]:
    """Run a server and yield its address. ``folder`` is its working, home and configuration folder."""
    with server_process(folder, *arguments) as server:
        yield server.address
        assert server.process.poll() is None, "the server ended by itself"


def without_navigation(page: str) -> str:
    """Return a served page without the navigation links, the form, and the style of both."""
    return re.sub(r"<(nav|form).*?</\1>\n", "", page, flags=re.DOTALL).replace(NAVIGATION_STYLE, "")
