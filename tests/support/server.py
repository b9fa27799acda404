"""Run `kjtui serve` in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[str]:
    """Run a server and yield its address. ``folder`` is its working, home and configuration folder."""
    port = free_port()
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "kjtui", "serve", "--port", str(port), *arguments],
        cwd=folder,
        env=os.environ | home,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            address = f"http://127.0.0.1:{port}"
            assert process.stdout.readline() == f"kjtui: {address} (ctrl+c stops it)\n"
            yield address
            assert process.poll() is None, "the server ended by itself"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
